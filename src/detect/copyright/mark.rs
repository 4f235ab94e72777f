//! The signs and words that open a copyright line.

use crate::detect::copyright::years;
use std::ops::Range;

/// What kind of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MarkKind {
    /// ©, ⓒ, ℗.
    Sign,
    /// "(c)" in some script, or "@" before a year: also a list letter, an address.
    Bracketed,
    /// "Copyright" and its like.
    Word,
    /// "is the property of": a statement about content.
    Property,
    /// "Protected by copyright": a statement about content, too.
    Protected,
    /// "All rights reserved".
    Reserved,
    /// "Some rights reserved".
    SomeReserved,
}

/// A mark and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its kind; of several that stand together, the strongest.
    pub kind: MarkKind,
    /// Bytes of the text.
    pub range: Range<usize>,
}

/// Spelled signs, with their kind. The second bracketed letter is Cyrillic.
const SIGNS: &[(&str, MarkKind)] = &[
    ("©", MarkKind::Sign),
    ("ⓒ", MarkKind::Sign),
    ("Ⓒ", MarkKind::Sign),
    ("℗", MarkKind::Sign),
    ("&copy;", MarkKind::Sign),
    ("(c)", MarkKind::Bracketed),
    ("(C)", MarkKind::Bracketed),
    ("(с)", MarkKind::Bracketed),
    ("(С)", MarkKind::Bracketed),
    ("（c）", MarkKind::Bracketed),
    ("（C）", MarkKind::Bracketed),
];

/// An item "(b)" stands at most this many bytes before "(c)".
const LIST: usize = 400;

/// Whether `text` may hold a sign at all.
pub(super) fn possible(text: &str) -> bool {
    // Every sign starts with one of these bytes; most texts have none.
    let bytes = text.as_bytes();
    let sign = |at: usize| bytes[at] == b'@' || SIGNS.iter().any(|(sign, _)| bytes[at..].starts_with(sign.as_bytes()));
    memchr::memchr3_iter(b'@', b'(', b'&', bytes).any(sign) || memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(sign)
}

/// Every spelled sign in `text`, by start.
pub(super) fn signs(text: &str) -> Vec<Mark> {
    let mut found: Vec<Mark> = SIGNS
        .iter()
        .flat_map(|&(sign, kind)| text.match_indices(sign).map(move |(at, s)| Mark { kind, range: at..at + s.len() }))
        .filter(|m| m.kind == MarkKind::Sign || !is_list_letter(text, &m.range))
        .collect();
    if let Some(at) = stray_at_sign(text) {
        found.push(Mark { kind: MarkKind::Bracketed, range: at..at + 1 });
    }
    found.sort_by_key(|m| m.range.start);
    found
}

/// "(c)" behind "(a)" and "(b)" counts items; behind a word without a blank it is a formula or a plural.
fn is_list_letter(text: &str, range: &Range<usize>) -> bool {
    let from = (range.start.saturating_sub(LIST)..=range.start).find(|&i| text.is_char_boundary(i)).unwrap_or(range.start);
    let before = &text[from..range.start];
    before.contains("(b)") || before.contains("(B)") || before.ends_with(|c: char| c.is_alphanumeric() && c.is_ascii())
}

/// "@ 1997 - 2025": an at-sign that somebody typed for ©.
fn stray_at_sign(text: &str) -> Option<usize> {
    let at = text.find('@').filter(|&at| text[..at].trim().is_empty())?;
    let rest = text[at + 1..].trim_start();
    years::year(text, text.len() - rest.len()).map(|_| at)
}

/// Marks with those that stand together made one: "Copyright ©", "© (c) Copyright".
pub(super) fn joined(text: &str, mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|m| (m.range.start, std::cmp::Reverse(m.range.end)));
    let mut found: Vec<Mark> = Vec::new();
    for mark in marks {
        match found.last_mut() {
            Some(last) if mark.range.start < last.range.end => {
                // Of overlapping marks the longer says what it is: "are the copyright properties of".
                if mark.range.len() > last.range.len() {
                    last.kind = mark.kind;
                }
                last.range.end = last.range.end.max(mark.range.end);
            }
            Some(last) if last.opens() && mark.opens() && is_gap(&text[last.range.end..mark.range.start]) => {
                last.kind = last.kind.min(mark.kind);
                last.range.end = mark.range.end;
            }
            _ => found.push(mark),
        }
    }
    found
}

fn is_gap(text: &str) -> bool {
    text.len() <= 8 && text.chars().all(|c| c.is_whitespace() || matches!(c, '®' | ':' | '.' | ',' | '-' | '–' | '|' | '\u{fe0f}'))
}

impl Mark {
    /// Whether it opens a line by itself, as "all rights reserved" doesn't.
    pub(super) fn opens(&self) -> bool {
        matches!(self.kind, MarkKind::Sign | MarkKind::Bracketed | MarkKind::Word)
    }
}
