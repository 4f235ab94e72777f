//! What is wrong with a policy, in the form of a finding.

use crate::policy::PolicyFile;
use std::ops::Range;
use std::sync::Arc;

/// One problem of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyProblem {
    /// Stable code: `unknown-word`, `key-not-for-this-fact`, `bad-pattern`, …; [`explain`] has a text for each.
    pub code: &'static str,
    /// One line.
    pub message: String,
    /// The file it stands in.
    pub file: Arc<PolicyFile>,
    /// The faulty bytes and what to say there.
    pub primary: (Range<usize>, String),
    /// Other places in the same file that explain it.
    pub related: Vec<(Range<usize>, String)>,
    /// What would settle it.
    pub help: Option<String>,
}

/// Every code with its explanation, sorted.
pub const CODES: &[(&str, &str)] = &[
    (
        "agree-facts",
        "`agree` compares two things: what several facts say of the uses listed in `on` (reservation, signal, licence, copyright), or what one fact says in several places (byline, date, credit). Other facts have nothing in common to compare.",
    ),
    (
        "bad-address",
        "The address of a site is written whole, with scheme and host: `https://example.org/`. Canonical addresses under it identify a document when its file is renamed.",
    ),
    (
        "bad-comparison",
        "A bound is a value with an optional sign before it: `25`, `\">= 25\"`, `\"< 2019-06-07\"`. Signs are <, <=, =, >= and >. Numbers of words and of statements are whole; days are written year-month-day.",
    ),
    (
        "bad-date",
        "A day is written year-month-day: `2026-08-02`. Where the format allows it, `today` stands for the day of the check and `published` for the document's day of publication; a year has four digits.",
    ),
    (
        "bad-name",
        "Names of policies, rules, sets, parties, wordings and detectors are lower-case words or numbers joined by single hyphens: `image-credit`. Reports, waivers and other policies refer to them.",
    ),
    (
        "bad-number",
        "The number lies outside of what the key can mean: a similarity is a share from 0 to 1, a size is a number of bytes or a text such as \"20 MB\".",
    ),
    (
        "bad-path-pattern",
        "Paths are matched by patterns: `*` stands for anything inside a folder, `**` for any folders, `?` for one character, `[abc]` for one of several. The pattern could not be read.",
    ),
    (
        "bad-pattern",
        "The regular expression of a detector could not be read. Patterns follow the syntax of Rust's `regex`: no look-around, no back references, linear time on any text.",
    ),
    ("bad-selector", "The CSS selector of a detector could not be read. It is one selector list, as in a style sheet."),
    (
        "detector-finder",
        "A detector finds its fact in exactly one way: by `pattern` (a regular expression), by `select` (a CSS selector) or by `like` (a text that is matched approximately).",
    ),
    ("empty-list", "A list without members demands nothing. Leave the key out, or write what it should list."),
    (
        "extends-circle",
        "Two policies extend each other, directly or through others. One of them has to stop: put what both need into a third.",
    ),
    (
        "extends-not-found",
        "A policy named in `extends` could not be read. `builtin:NAME` is one of the built-in policies, `file:PATH` a file beside this one, `pack:NAME` a policy pack in the project.",
    ),
    (
        "key-not-for-this-fact",
        "A key narrows a demand only for facts it says something about: `parts` for bylines and credits, `year` for copyright lines, `covers` for reservations. On another fact it would be ignored, so it is refused.",
    ),
    (
        "key-not-for-this-verb",
        "A key narrows a demand only under verbs it says something about: `on` belongs to `agree`, `on-silence` to `permit`, the others to `require`, `require-any` and `forbid`.",
    ),
    (
        "missing-key",
        "A table lacks a key it can't do without: a policy its `id`, a rule its `title`, a detector what it `yields`, an adjustment its `reason`, a test its `name` and what it expects.",
    ),
    (
        "missing-on-silence",
        "A `permit` rule must say what follows when a document says nothing about a use: `on-silence = \"fail\"`, `\"review\"` or `\"pass\"`. Silence is no permission; whether it is a failure is the policy's decision.",
    ),
    (
        "missing-verb",
        "A rule says what it demands with exactly one verb: `require`, `require-any`, `forbid`, `agree` or `permit`. A table that only changes keys of another policy's rule needs that policy in `extends`.",
    ),
    ("needless-key", "The key has no effect here, because what it refers to is missing."),
    ("never-applies", "The rule can't apply to any document: its day has passed, or a condition excludes what it asks for."),
    (
        "pattern-without-literal",
        "A pattern is tried only where a literal that every match must contain stands in the text. This pattern has none (all its parts are classes or optional), so it is tried on every line of every document. A fixed word in it makes it many times faster.",
    ),
    ("rules-contradict", "One rule requires a fact that another forbids in the same place, so every document fails one of them."),
    ("same-policy-id", "Two policies that are read together have the same `id`. Rules are named after their policy, so ids must differ."),
    (
        "same-rule-twice",
        "Two extended policies each have a rule of this key, and neither builds on the other. Say which one you change or switch off by naming its policy: `[rule.\"eu-tdm/signals\"]`.",
    ),
    ("several-verbs", "A rule has exactly one verb. Two demands are two rules, so that each has its own title, severity and exceptions."),
    ("syntax", "The file is not TOML at this place. The rest of the file is still read, so that all problems show at once."),
    (
        "test-document",
        "A test of a rule has exactly one document: `html`, `md` or `text` with its content, or `file` with a path from the policy's folder.",
    ),
    ("unknown-approvers", "`waivable` names who may grant exceptions: `anyone`, `no`, or a group listed under `[policy] approvers`."),
    (
        "unknown-fact",
        "The name is not a fact. Facts are what can be stated in or about a document; a detector of the policy can yield further ones.",
    ),
    (
        "unknown-key",
        "The table has no key of this name. Keys that mean nothing are refused, because a slip would silently switch a demand off.",
    ),
    (
        "unknown-party",
        "The name is not a party of the policy. Parties are defined with `[party.KEY]`; agencies of the built-in registry are known by their short name.",
    ),
    ("unknown-rule", "The policy and what it extends have no rule of this name; `rightscheck rules` lists them."),
    ("unknown-set", "The name is not a set of the policy. Sets of documents are defined with `[set.KEY]`."),
    (
        "unknown-slot",
        "A message has slots in braces from a closed list, which depends on the rule's verb and facts. `rightscheck explain RULE` prints the list.",
    ),
    ("unknown-table", "A policy has no table of this name. What stands there would be ignored, so it is refused."),
    ("unknown-word", "The word is not in the closed list that the key takes. The message names the nearest word, the help all of them."),
    ("unknown-wording", "The name is not a wording of the policy. Wordings are defined with `[wording.KEY]`."),
    (
        "untested-rule",
        "The rule has no test that passes or none that fails, so nothing shows that it does what its title says. Add `[[rule.KEY.test]]` for both.",
    ),
    ("unused-detector", "No rule of the policy speaks of the fact that the detector yields."),
    (
        "verb-changed",
        "A policy that changes another's rule may change its keys, not its verb: another verb makes it another rule. `replace = true` writes the rule anew.",
    ),
    ("wrong-schema", "A policy begins with `schema = 1`, the version of the format it is written in."),
    ("wrong-type", "The key takes a value of another type; the message says which."),
];

/// The explanation of `code`, for `rightscheck explain`.
pub fn explain(code: &str) -> Option<&'static str> {
    CODES.iter().find(|(c, _)| *c == code).map(|&(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_explained() {
        assert!(CODES.is_sorted_by(|a, b| a.0 < b.0), "sort CODES");
        assert!(CODES.iter().all(|(_, text)| text.ends_with('.') && text.len() > 40));
        assert!(explain("unknown-word").is_some() && explain("no-such-code").is_none());
    }
}
