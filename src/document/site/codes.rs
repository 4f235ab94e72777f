//! The codes of problems with signals, explained.

/// Every code that readers of signals give, with its explanation, sorted.
pub const CODES: &[(&str, &str)] = &[
    (
        "ai-txt-unknown-format",
        "Two formats share the name `ai.txt`. Only the one with `User-Agent`, `Disallow` and `Allow` lines says something about use.",
    ),
    (
        "aipref-obsolete-label",
        "A label of `Content-Usage` comes from an earlier draft. Programs of today ignore it, so that it refuses nothing.",
    ),
    ("aipref-path", "A `Content-Usage` line starts with `*`. Paths start with `/`; anything else makes the whole line unreadable."),
    (
        "aipref-syntax",
        "The preferences are no Structured Fields dictionary (RFC 9651). Nothing in them counts, not even the parts that look right.",
    ),
    ("aipref-unknown-label", "A label is not in the AI preferences vocabulary, which has `train-ai` and `search`. It is ignored."),
    ("aipref-value", "Only the tokens `y` and `n` say something. Words, strings, numbers and capital letters leave the use unstated."),
    ("aipref-without-access", "Preferences apply to what may be fetched. In a group that forbids every path they say nothing."),
    (
        "bad-header-field",
        "A header field holds control characters, or its name has characters that names can't have. It was left out, the others were read.",
    ),
    ("broken-epub-package", "The package of the EPUB is no well-formed XML. What stands before the break was read."),
    ("broken-har", "The archive of requests is no complete JSON. What could be understood was read."),
    ("broken-rsl", "The licence document is no well-formed XML. What stands before the break was read."),
    ("broken-tdmrep", "The file is no correct JSON. What could be understood was read, but mining tools may ignore the whole file."),
    ("broken-xmp", "The metadata of a picture is no well-formed XML. What stands before the break was read."),
    ("content-signal-against-usage", "`Content-Signal` and `Content-Usage` of the same group say opposite things about the same use."),
    ("content-signal-unknown-key", "`Content-Signal` knows `search`, `ai-input` and `ai-train`. Other keys say nothing."),
    ("content-signal-value", "A content signal is `yes` or `no`. Other values neither grant nor restrict."),
    ("epub-tdm-prefix", "EPUB 3 knows properties by the prefixes that the package declares. Those of an undeclared prefix say nothing."),
    (
        "illegal-product-token",
        "Names of crawlers in robots.txt consist of letters, `_` and `-` (RFC 9309). Parsers cut the name at the first other character, so that the crawler that is meant may not see the group.",
    ),
    (
        "licence-address",
        "The address looks like that of a licence and is none: without its version, or misspelt, it doesn't say what may be done.",
    ),
    ("licence-id", "The identifier of a licence is not in the SPDX list, so that programs don't know the licence."),
    ("robots-expired-draft", "The line comes from a draft that was given up. No crawler is known to read it."),
    (
        "robots-group-hides-use",
        "A crawler with a group of its own doesn't read the group for all. What that says about use has to be repeated.",
    ),
    (
        "robots-joined-group",
        "Only allow, disallow and Content-Usage lines end a list of `User-agent` lines. Groups that look separate are one.",
    ),
    ("robots-meta-unknown-rule", "A rule in a robots meta element is misspelt. Search engines ignore it."),
    ("robots-meta-value", "A rule in a robots meta element has a value that can't be read. Search engines ignore it."),
    ("robots-missing-colon", "A line of robots.txt has no colon between name and value. Parsers that keep to the standard skip it."),
    (
        "robots-misspelt-field",
        "The name of a line in robots.txt is misspelt. Some crawlers guess what was meant, those that keep to the standard skip the line.",
    ),
    ("robots-page-directive", "A rule for pages stands in robots.txt, where it has no effect."),
    ("robots-path-without-slash", "A path in robots.txt has to start with `/` or `*`. Otherwise it matches nothing."),
    ("robots-rule-before-group", "A rule before the first `User-agent` line applies to nobody."),
    ("robots-too-long", "Parsers have to read 500 KiB of a robots.txt (RFC 9309). What follows can't be relied on and was left out."),
    ("rsl-commas", "RSL separates values by blanks. Commas were read as blanks; other programs may not do so."),
    ("rsl-namespace", "The document doesn't name the namespace of RSL. Programs that look for it find no licence."),
    ("rsl-no-url", "A `content` element without `url` is for no page."),
    ("rsl-payment", "A type of payment is not in RSL 1.0. It was read as one that costs money."),
    ("rsl-permits-and-prohibits", "A licence permits and prohibits the same use. The prohibition counts."),
    ("rsl-relative-licence", "A `License` line in robots.txt needs an absolute address."),
    ("rsl-type", "Permissions are about `usage`, `user` or `geo`. Another type says nothing."),
    ("rsl-usage", "A usage value is not in RSL 1.0. It says nothing."),
    ("tdm-policy-action", "Permissions in a policy for mining are about `tdm:mine`. Others were left out."),
    ("tdm-policy-member", "A policy for mining consists of permissions. Prohibitions and obligations in it needn't be read."),
    ("tdmrep-location", "The location of a rule has to start with `/`. Otherwise it matches nothing."),
    ("tdmrep-no-location", "A rule without location applies to nothing."),
    ("tdmrep-no-reservation", "A rule without reservation says nothing."),
    ("tdmrep-no-rule", "An entry of the file is no object and so no rule."),
    ("tdmrep-not-an-array", "The file has to be an array of rules, even for one rule. Mining tools may ignore anything else."),
    ("tdmrep-policy-ignored", "A policy says under which conditions mining is open. Where nothing is reserved it is ignored."),
    (
        "tdmrep-shadowed-rule",
        "The first matching rule counts. This one stands behind a rule that matches all its paths, and is never used.",
    ),
    ("tdmrep-value", "A reservation is 1 (reserved) or 0 (not reserved). Anything else says nothing."),
    ("trust-txt-contradiction", "The file says that training is allowed and that it isn't. The stricter was taken."),
    ("trust-txt-value", "`datatrainingallowed` is `yes` or `no`. Anything else says nothing."),
    ("xml-doctype", "A document type declaration was skipped. Entities that it declares are not expanded."),
    ("xml-own-entities", "References to entities that the document declares itself were left out: expanding them can fill any memory."),
    (
        "xmp-data-mining",
        "A picture says with `plus:DataMining` how it may be mined, in the words of the PLUS vocabulary. Other words say nothing.",
    ),
    (
        "xmp-tdm-namespace",
        "In XMP mining is reserved with properties of `http://www.w3.org/ns/tdmrep/`. Those of another namespace say nothing.",
    ),
];

/// Whether `code` is about a signal.
pub fn is_known(code: &str) -> bool {
    CODES.binary_search_by(|(known, _)| (*known).cmp(code)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The readers of signals.
    const READERS: &[&str] = &[
        include_str!("aipref.rs"),
        include_str!("content_signal.rs"),
        include_str!("headers.rs"),
        include_str!("robots/lint.rs"),
        include_str!("robots/read.rs"),
        include_str!("rsl/read.rs"),
        include_str!("small.rs"),
        include_str!("tdm_policy.rs"),
        include_str!("tdmrep.rs"),
        include_str!("../field_lint.rs"),
        include_str!("../xmp.rs"),
        include_str!("epub.rs"),
    ];

    #[test]
    fn codes_are_sorted_and_every_code_that_is_given_is_explained() {
        assert!(CODES.is_sorted_by(|a, b| a.0 < b.0) && CODES.iter().all(|(_, text)| text.ends_with('.')));
        for text in READERS {
            for call in ["note(\"", "problem(\""] {
                for code in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                    assert!(CODES.iter().any(|(known, _)| *known == code), "{code} is not explained");
                }
            }
        }
    }
}
