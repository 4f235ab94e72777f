//! The answer to a run in a sentence or two.

use crate::report::human::tally::{number, plural};
use crate::report::run::Summary;

/// What the run came to.
pub(crate) fn sentence(s: &Summary) -> String {
    if s.documents == 0 {
        return "Nothing was checked.".to_owned();
    }
    let of = |n: usize| match (n, s.documents) {
        (1, 1) => "The document".to_owned(),
        (n, all) if n == all => format!("All {} documents", number(n)),
        (n, all) => format!("{} of {}", number(n), plural(all, "document", "documents")),
    };
    let verb = |n: usize, one: &str, many: &str| if n == 1 { one.to_owned() } else { many.to_owned() };
    let mut said = match s.fail {
        0 if s.pass + s.remarks == s.documents => format!("{} {} the policy", of(s.documents), verb(s.documents, "meets", "meet")),
        0 => "No document fails the policy".to_owned(),
        n => format!("{} {} to be corrected", of(n), verb(n, "has", "have")),
    };
    if s.review > 0 {
        let more = if s.fail > 0 { " more" } else { "" };
        said.push_str(&format!("; {}{more} {} a person’s decision", number(s.review), verb(s.review, "needs", "need")));
    }
    said.push('.');
    if !s.incomplete.is_empty() {
        let files = plural(s.incomplete.len(), "file", "files");
        said.push_str(&format!(" The check is incomplete: {files} could not be read in full."));
    }
    said
}
