//! A line for each finding: `path:line:column: error[rule] message`. Editors and log readers know this form.

use crate::report::record::FindingRecord;
use crate::report::run::{ALLOWED, KNOWN, WAIVED};
use crate::terms::Outcome;

/// The line of `finding`, without a line end. `path` is how the reader reaches the document, `most` the number of characters.
/// A finding about something absent points at the start of its document.
pub fn line(finding: &FindingRecord, path: &dyn Fn(&str) -> String, most: usize) -> String {
    let (source, line, column) = position(finding);
    let text = format!("{}:{line}:{column}: {}[{}] {}", path(source), word(finding), key(&finding.rule), finding.message);
    let mut line: String = text.chars().map(|c| if c.is_control() || is_turning(c) { ' ' } else { c }).take(most + 1).collect();
    if let Some((at, _)) = line.char_indices().nth(most) {
        line.truncate(at);
        line.pop();
        line.push('…');
    }
    line
}

/// The place of a finding among others: failures by severity, then what needs a person, notes, and what an exception covers.
pub fn rank(finding: &FindingRecord) -> usize {
    const ORDER: [&str; 4] = ["error", "warning", "review", "note"];
    ORDER.iter().position(|w| *w == word(finding)).unwrap_or(ORDER.len())
}

/// Source, line and column of a finding; the start of its document where something is absent.
pub fn position(finding: &FindingRecord) -> (&str, u32, u32) {
    match &finding.primary {
        Some(p) => (&p.place.source, p.place.from.line, p.place.from.column),
        None => (&finding.document.path, 1, 1),
    }
}

/// `waived`, `known`, `allowed`, `review`, or the severity of a failure.
pub fn word(finding: &FindingRecord) -> &'static str {
    match finding.status.as_ref() {
        WAIVED => return "waived",
        KNOWN => return "known",
        ALLOWED => return "allowed",
        _ => {}
    }
    if finding.outcome == Outcome::Review { "review" } else { finding.severity.name() }
}

/// The last part of a rule's full name.
pub fn key(rule: &str) -> &str {
    rule.rsplit('/').next().unwrap_or(rule)
}

/// Marks that turn the writing direction, and so could hide what a line says.
pub(crate) fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}
