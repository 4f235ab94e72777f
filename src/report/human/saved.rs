//! Findings of a saved run for people: without the documents, the words are shown with what the run keeps of their surroundings.

use crate::report::concise;
use crate::report::human::finding::looked_in;
use crate::report::human::paint::{Ink, Paint};
use crate::report::human::visible;
use crate::report::record::{FindingRecord, LabelledPlace};
use crate::terms::{Outcome, Severity};

/// Columns of a line of surroundings.
const WIDTH: usize = 110;

/// The finding, without a line end at its end. `path` turns names in reports into how the reader reaches the files.
pub fn finding(finding: &FindingRecord, paint: Paint, path: &dyn Fn(&str) -> String) -> String {
    let head = format!("{}[{}]", concise::word(finding), concise::key(&finding.rule));
    let mut lines = vec![format!("{}: {}", paint.ink(ink(finding), &head), visible::line(&finding.message, 400))];
    if finding.primary.is_none() {
        lines.push(format!("  --> {}", visible::line(&path(&finding.document.path), 200)));
    }
    for place in finding.primary.iter().chain(&finding.related) {
        lines.extend(shown(place, paint, path));
    }
    let looked = looked_in(finding.searched.iter().map(|s| (s.place.as_str(), s.result.as_ref(), s.why.as_deref())));
    let notes = looked.into_iter().chain(finding.notes.iter().cloned()).chain(finding.basis.iter().map(|b| format!("basis: {}", b.cite)));
    lines.extend(notes.map(|n| format!("  = {}", visible::line(&n, 300))));
    lines.extend(finding.help.as_ref().map(|h| format!("  = help: {}", visible::line(h, 300))));
    lines.join("\n")
}

fn shown(place: &LabelledPlace, paint: Paint, path: &dyn Fn(&str) -> String) -> Vec<String> {
    let at = &place.place;
    let label = if place.label.is_empty() { String::new() } else { format!("  {}", visible::line(&place.label, 120)) };
    let words = place.around.mark_up.as_deref().unwrap_or(&at.quote);
    let mut lines = vec![format!("  --> {}:{}:{}{label}", visible::line(&path(&at.source), 200), at.from.line, at.from.column)];
    if !words.is_empty() {
        let (before, after) = (visible::line(&place.around.before, 300), visible::line(&place.around.after, 300));
        let text = format!("{before}›{}‹{after}", visible::line(words, 600));
        lines.extend(visible::wrap(&text, WIDTH).iter().map(|l| format!("   {} {l}", paint.ink(Ink::Faint, "|"))));
    }
    lines
}

fn ink(finding: &FindingRecord) -> Ink {
    match (finding.outcome, finding.severity) {
        (Outcome::Review, _) => Ink::Review,
        (_, Severity::Error) => Ink::Error,
        (_, Severity::Warning) => Ink::Warning,
        (_, Severity::Note) => Ink::Note,
    }
}
