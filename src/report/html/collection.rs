//! The matrix of the collection: documents by uses.

use crate::report::html::document::is_everybody;
use crate::report::html::words;
use crate::report::html::words::Answer;
use crate::report::record::DocumentRecord;
use crate::terms::Use;

/// A line of the matrix.
#[derive(Debug)]
pub(super) struct Line<'r> {
    pub(super) document: usize,
    pub(super) path: &'r str,
    /// One for each use, in order, and whether it rests on general words.
    pub(super) answers: Vec<(Answer, bool)>,
}

/// The heads of the columns.
pub(super) fn heads() -> Vec<(&'static str, &'static str)> {
    Use::ALL.iter().map(|&u| (u.name(), words::usage_short(u))).collect()
}

/// A line for each document.
pub(super) fn lines(documents: &[DocumentRecord]) -> Vec<Line<'_>> {
    documents.iter().enumerate().map(|(n, d)| Line { document: n, path: &d.document.path, answers: answers(d) }).collect()
}

/// The answers of a document, in the order of the uses.
pub(super) fn answers(document: &DocumentRecord) -> Vec<(Answer, bool)> {
    let mut answers = vec![(Answer::Unstated, false); Use::ALL.len()];
    for usage in document.uses.iter().filter(|u| is_everybody(u)) {
        if let Some(at) = Use::ALL.iter().position(|u| u.name() == usage.usage) {
            answers[at] = (Answer::of(&usage.state, &usage.conditions), usage.by != "name");
        }
    }
    answers
}

/// For each use in how many documents each answer stands, in the order of [`Answer::ALL`].
pub(super) fn totals(lines: &[Line<'_>]) -> Vec<(&'static str, Vec<usize>)> {
    let count = |at: usize, answer: Answer| lines.iter().filter(|l| l.answers.get(at).is_some_and(|(a, _)| *a == answer)).count();
    let row = |(at, usage): (usize, &Use)| (words::usage(usage.name()), Answer::ALL.map(|a| count(at, a)).to_vec());
    Use::ALL.iter().enumerate().map(row).collect()
}
