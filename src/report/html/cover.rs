//! The first page: what came of the run, of what, by what, and whom to ask.

use crate::report::html::Content;
use crate::report::human::tally::{number, plural};
use crate::report::run::{PolicyRecord, ProblemRecord};
use crate::report::verdict;

/// Files named that the policy leaves out; the rest are counted.
const MOST_NAMES: usize = 50;

/// The cover.
#[derive(Debug)]
pub(super) struct Cover<'r> {
    pub(super) verdict: String,
    /// `fail`, `review`, `remarks`, `pass`, `incomplete`.
    pub(super) class: &'static str,
    pub(super) tiles: Vec<Tile>,
    pub(super) paths: String,
    pub(super) read: String,
    /// Files that should have been read and were not, or not whole.
    pub(super) unread: Vec<&'r ProblemRecord>,
    /// What the policy says isn't to be read, and how many more.
    pub(super) left_out: (Vec<&'r str>, usize),
    /// Oddities that lose nothing.
    pub(super) odd: Vec<&'r ProblemRecord>,
    /// What makes the run less than the policy asks for.
    pub(super) subset: Vec<String>,
    pub(super) owners: Vec<(&'r str, &'r str)>,
}

/// A number of the cover.
#[derive(Debug)]
pub(super) struct Tile {
    pub(super) class: &'static str,
    pub(super) count: String,
    pub(super) words: &'static str,
    pub(super) target: &'static str,
}

/// Makes the cover of `content`; `excepted` findings are covered by an exception.
pub(super) fn cover<'r>(content: &Content<'r>, excepted: usize) -> Cover<'r> {
    let summary = content.summary;
    let (unread, odd) = content.problems.iter().partition(|p| p.incomplete);
    Cover {
        verdict: verdict::sentence(content.summary),
        class: class(content),
        tiles: tiles(content, excepted),
        paths: content.head.scan.paths.join(", "),
        read: plural(summary.documents, "document", "documents"),
        unread,
        left_out: left_out(&summary.left_out),
        odd,
        subset: subset(content),
        owners: content.policies.iter().filter_map(|p| Some((name(p), p.owner.as_deref()?))).collect(),
    }
}

fn left_out(names: &[String]) -> (Vec<&str>, usize) {
    let named: Vec<&str> = names.iter().take(MOST_NAMES).map(String::as_str).collect();
    let more = names.len() - named.len();
    (named, more)
}

/// Its identifier and version.
pub(super) fn version(policy: &PolicyRecord) -> String {
    format!("{} {}", policy.id, policy.version).trim().to_owned()
}

/// The name of a policy for people.
pub(super) fn name(policy: &PolicyRecord) -> &str {
    if policy.name.is_empty() { &policy.id } else { &policy.name }
}

fn class(content: &Content<'_>) -> &'static str {
    let s = content.summary;
    if s.fail > 0 {
        "fail"
    } else if s.documents == 0 || !s.incomplete.is_empty() {
        "incomplete"
    } else if s.review > 0 {
        "review"
    } else if s.remarks > 0 {
        "remarks"
    } else {
        "pass"
    }
}

fn tiles(content: &Content<'_>, excepted: usize) -> Vec<Tile> {
    let s = content.summary;
    let found = s.findings;
    let mut tiles = vec![
        tile("review", found.review, ["needs a person", "need a person"], "people"),
        tile("error", found.error, ["error", "errors"], "findings"),
        tile("warning", found.warning, ["warning", "warnings"], "findings"),
        tile("note", found.note, ["note", "notes"], "findings"),
    ];
    if excepted > 0 {
        tiles.push(tile("excepted", excepted, ["excepted", "excepted"], "exceptions"));
    }
    tiles.push(tile("pass", s.pass, ["document without a finding", "documents without a finding"], "collection"));
    tiles
}

fn tile(class: &'static str, count: usize, words: [&'static str; 2], target: &'static str) -> Tile {
    Tile { class, count: number(count), words: words[usize::from(count != 1)], target }
}

fn subset(content: &Content<'_>) -> Vec<String> {
    let scan = &content.head.scan;
    let listed = |what: &str, list: &[String]| (!list.is_empty()).then(|| format!("{what} {}", list.join(", ")));
    let mut said: Vec<String> = [
        listed("only the rules", &scan.rules),
        listed("only rules tagged", &scan.tags),
        listed("without the rules", &scan.skip),
        listed("checked for", &scan.purposes),
    ]
    .into_iter()
    .flatten()
    .collect();
    if content.summary.hidden > 0 {
        let hidden = plural(content.summary.hidden, "finding", "findings");
        said.push(format!("{hidden} less certain than “{}” left out", scan.min_confidence));
    }
    said
}
