//! Places as reports write them: span, line, column and quote.

use crate::evidence::Place;
use crate::source::Source;
use crate::text::{Position, Span};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A place in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PlaceReport {
    /// Path of the source.
    pub source: String,
    /// Bytes of the decoded text.
    pub span: Span,
    /// Line and column of the first character.
    pub from: Position,
    /// Line and column after the last character.
    pub to: Position,
    /// What a reader sees there.
    pub quote: String,
}

/// Turns places into report places: all columns of a source in one forward pass.
#[derive(Debug, Default)]
pub struct Places {
    positions: HashMap<(u32, u32), Position>,
}

impl Places {
    /// Computes the positions of `places`; `sources` are indexed by source id.
    pub fn new<'p>(sources: &[&Source], places: impl Iterator<Item = &'p Place>) -> Self {
        let mut offsets: Vec<Vec<u32>> = vec![Vec::new(); sources.len()];
        for place in places {
            offsets[place.location.source.0 as usize].extend([place.location.span.start, place.location.span.end]);
        }
        let mut positions = HashMap::new();
        for (id, (source, mut offsets)) in sources.iter().zip(offsets).enumerate() {
            offsets.sort_unstable();
            offsets.dedup();
            let found = source.lines().positions(&source.text, &offsets);
            positions.extend(offsets.into_iter().zip(found).map(|(o, p)| ((id as u32, o), p)));
        }
        Self { positions }
    }

    /// The report's form of `place`, which must be among those given to [`Places::new`].
    pub fn report(&self, sources: &[&Source], place: &Place) -> PlaceReport {
        let (id, span) = (place.location.source.0, place.location.span);
        PlaceReport {
            source: sources[id as usize].origin.path.clone(),
            span,
            from: self.positions[&(id, span.start)],
            to: self.positions[&(id, span.end)],
            quote: place.quote.clone(),
        }
    }
}
