//! Explanations of the codes of problems with documents and files. Those of policies stand with the policies, those of signals with
//! their readers.

use crate::document::site::codes;
use crate::policy::problem;

/// Every code that is not a policy's, with its explanation, sorted.
const CODES: &[(&str, &str)] = &[
    (
        "bad-allowance",
        "A comment of the form `rightscheck: allow RULE reason=\"…\"` can't be honoured: it names no rule or one that the policy doesn't have, gives no reason, has ended, or stands in content that is checked for reuse. What it speaks of counts.",
    ),
    (
        "unused-allowance",
        "A comment of the form `rightscheck: allow RULE reason=\"…\"` allows something that is not found. It should be taken away, so that it allows nothing later.",
    ),
    (
        "bad-archive",
        "An archive, or one of its members, can't be unpacked: it is damaged, has a password, is packed by another method than deflate, or its name leads out of the archive. The other members are read; the check counts as incomplete.",
    ),
    ("bad-ignore-file", "A line of an ignore file is no pattern. The other lines are in force, so more may have been read than was meant."),
    (
        "binary",
        "The file is neither text nor a picture, so there is nothing to check in it. The check counts as incomplete, because it was named or has the extension of a document.",
    ),
    (
        "broken-front-matter",
        "The front matter of a Markdown file could not be read whole. Authors, dates and licences stated there may be missing from the check.",
    ),
    (
        "broken-json-ld",
        "A script of JSON-LD is damaged, and something in it could not be read. Authors, dates and licences stated there may be missing from the check.",
    ),
    (
        "encoding",
        "The bytes of the document contradict the encoding it declares, or can't be decoded whole. The message says which encoding was used. If characters were replaced, the check counts as incomplete.",
    ),
    (
        "internal-error",
        "The program failed on this document, which is its own mistake. The other documents are checked; the check counts as incomplete.",
    ),
    ("link-loop", "A link leads to a folder that holds the link. The folder is read where it stands, so nothing is lost."),
    (
        "mended-json-ld",
        "A script of JSON-LD breaks the rules of JSON in a way that is common and can mean only one thing. It was read all the same; other readers may drop it.",
    ),
    ("missing", "A path on the command line, or in a list of paths, does not exist. The check counts as incomplete."),
    (
        "nested-too-deep",
        "Elements are nested deeper than any real page needs. The tags beyond the limit were ignored, their text was read.",
    ),
    (
        "no-documents",
        "Nothing was found to check: no file has the extension of a document, or ignore files and --exclude left out everything. A check of nothing is not a pass.",
    ),
    (
        "too-large",
        "The file is larger than --max-size, or than [scan] max-size of its policy; packed files count unpacked. It was not read, and the check counts as incomplete.",
    ),
    (
        "too-many-attributes",
        "A tag has more attributes than any real page needs. The ones beyond the limit were ignored, and the check counts as incomplete.",
    ),
    (
        "unclosed-formatting",
        "Formatting that is opened again and again and never closed would grow the page without end. Further such tags were ignored; the text was read.",
    ),
    (
        "undecodable",
        "The bytes of the document are no text in any known encoding, too many of them contradict the encoding found, or its packing is damaged. It was not checked: what it says or lacks can't be told. The check counts as incomplete.",
    ),
    (
        "bad-waivers",
        "The file rights-waivers.toml beside the policy can't be used: a waiver lacks a key it must have, lasts too long, or is written wrongly. Nothing is waived until it is mended, and the exit code is 2.",
    ),
    (
        "bad-baseline",
        "The file rights-baseline.json can't be read, or is of another version. Nothing counts as known until it is mended or made anew, and the exit code is 2.",
    ),
    ("unmatched", "A pattern on the command line fits no file. The check counts as incomplete."),
    (
        "unreadable",
        "The file could not be opened or read; the message gives the system's reason. The check counts as incomplete, because what it says is unknown.",
    ),
];

/// The explanation of `code`.
pub(super) fn explain(code: &str) -> Option<&'static str> {
    let own = CODES.iter().find(|(c, _)| *c == code).map(|&(_, text)| text);
    let signal = || codes::CODES.iter().find(|(c, _)| *c == code).map(|&(_, text)| text);
    own.or_else(signal).or_else(|| problem::explain(code))
}

/// Every code.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    CODES.iter().chain(codes::CODES).chain(problem::CODES).map(|&(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_explained_once_in_sentences() {
        let mut names: Vec<_> = all().collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        assert!(CODES.iter().all(|(_, text)| text.ends_with('.')));
    }
}
