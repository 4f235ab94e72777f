//! Laws that a notice names as its basis.

use crate::detect::clause::cue::Cue;
use crate::detect::clause::cue::Found;
use std::ops::Range;

/// Between a section and its law stand a few words: "Article 4(3) of the European directive …".
const REACH: usize = 110;

/// The laws among `cues`, each from its section to its name.
pub(super) fn named(text: &str, cues: &[Found]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for cue in cues.iter().filter(|f| matches!(f.cue, Cue::Provision | Cue::Act)) {
        match found.last_mut() {
            Some(last) if cue.range.start <= last.end => last.end = last.end.max(cue.range.end),
            Some(last) if joined(&text[last.end..cue.range.start]) && cue.cue == Cue::Act => last.end = cue.range.end,
            _ => found.push(cue.range.clone()),
        }
    }
    found
}

fn joined(gap: &str) -> bool {
    gap.len() <= REACH && !gap.contains([';', '.']) || gap.len() <= 24 && !gap.contains(';')
}
