//! `[detector.*]`: how a house states a fact.

use crate::policy::words::{Area, Attach, Consent, FactName};
use crate::terms::{Exception, Use};
use crate::text::fold;
use regex::Regex;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};
use std::ops::Range;

/// A detector of a policy. It states what it finds and judges nothing.
#[derive(Debug, Clone)]
pub struct Detector {
    /// Its key; shared by all policies of one name, so that evidence can carry it.
    pub key: &'static str,
    /// The fact it yields.
    pub yields: FactName,
    /// How it finds it.
    pub finder: Finder,
    /// Only in documents of these languages; empty: in all.
    pub languages: Vec<String>,
    /// Only in these areas; empty: in all visible text.
    pub scope: Vec<Area>,
    /// To which picture the find belongs.
    pub attach: Option<Attach>,
    /// For a reservation: what it means.
    pub meaning: Meaning,
    /// Where it says how it finds its fact: index into [`crate::policy::Policy::files`], and bytes.
    pub place: (usize, Range<usize>),
}

/// How a detector finds its fact.
#[derive(Debug, Clone)]
pub enum Finder {
    /// A regular expression.
    Pattern {
        /// The expression.
        regex: Regex,
        /// Folded literals of which one must stand in a text that the expression matches; empty: none known.
        literals: Vec<String>,
    },
    /// A CSS selector: the text of each hit.
    Select(String),
    /// Text like this.
    Like {
        /// The text.
        text: String,
        /// How like, 0 to 1.
        similarity: f64,
    },
}

/// What a reservation means that the lexicon can't read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// Uses it keeps back, by general words.
    pub covers: Vec<Use>,
    /// Uses it keeps back by name.
    pub names: Vec<Use>,
    /// What it leaves open.
    pub exempts: Vec<Exception>,
    /// The consent it asks for.
    pub consent: Option<Consent>,
    /// A party: whom to ask.
    pub holder: Option<String>,
}

/// Literals of which one must stand, folded, in any text that `pattern` matches; empty where none is known.
pub(super) fn required_literals(pattern: &str) -> Vec<String> {
    regex_syntax::parse(pattern).ok().and_then(|hir| required(&hir)).unwrap_or_default()
}

/// More alternatives than this are no help: each is searched for.
const MOST_ALTERNATIVES: usize = 64;

fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Alternation(branches) => {
            let sets: Option<Vec<_>> = branches.iter().map(required).collect();
            let all: Vec<String> = sets?.concat();
            (all.len() <= MOST_ALTERNATIVES).then_some(all)
        }
        HirKind::Concat(parts) => best_of(parts),
        _ => letters(hir).map(|l| vec![fold(&l)]).filter(|set| !set[0].is_empty()),
    }
}

/// The best set among runs of letters and required sets of the parts: the one whose shortest literal is longest.
fn best_of(parts: &[Hir]) -> Option<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut run = String::new();
    for part in parts {
        if matches!(part.kind(), HirKind::Look(_)) {
            continue;
        }
        match letters(part) {
            Some(more) => run.push_str(&more),
            None => {
                found.push(vec![std::mem::take(&mut run)]);
                if matches!(part.kind(), HirKind::Capture(_) | HirKind::Repetition(_) | HirKind::Alternation(_) | HirKind::Concat(_)) {
                    found.extend(required(part));
                }
            }
        }
    }
    found.push(vec![run]);
    let folded = found.into_iter().map(|set| set.iter().map(|l| fold(l)).collect::<Vec<_>>());
    folded.filter(|set| set.iter().all(|l| !l.is_empty())).max_by_key(|set| set.iter().map(String::len).min())
}

/// The letters that `hir` stands for, whatever their case.
fn letters(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_owned),
        HirKind::Class(Class::Unicode(class)) => one_letter(class).map(String::from),
        HirKind::Capture(capture) => letters(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(letters).collect(),
        _ => None,
    }
}

/// The letter of a class that holds one letter in all its cases.
fn one_letter(class: &ClassUnicode) -> Option<char> {
    let first = class.ranges().first()?.start();
    let mut cases = ClassUnicode::new([ClassUnicodeRange::new(first, first)]);
    cases.try_case_fold_simple().ok()?;
    (cases == *class).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_found_behind_groups_cases_and_alternatives() {
        assert_eq!(required_literals(r"(?im)(?:photo|images? source|фото)\s*:\s*(?P<agency>[^|\n]+)"), ["photo", "source", "фото"]);
        assert_eq!(required_literals(r"(?im)^(?:embargo(?:ed)? (?:until|till)|internal use only)\b.*$"), ["embargo", "internal use only"]);
        assert_eq!(required_literals(r"(\d+) Example (Media)+"), ["example"]);
        assert_eq!(required_literals(r"[A-Z]\w+|foo"), [""; 0]);
        assert_eq!(required_literals(r"\d*x?"), [""; 0]);
    }
}
