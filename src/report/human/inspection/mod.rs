//! What a document says, for people: its facts with their places, and the permission matrix.

mod answer;
mod facts;
mod matrix;

pub use answer::Answer;

use crate::detect::Facts;
use crate::detect::reading::Reading;
use crate::evidence::{Claim, Evidence, EvidenceId, Place};
use crate::report::human::Look;
use crate::report::human::paint::Paint;
use crate::report::human::visible;
use crate::report::inspection::document_id;
use crate::report::place::Places;
use crate::rights::Rights;
use crate::source::Source;
use std::fmt::Write as _;

/// Shows one document.
pub struct InspectionView<'a> {
    reading: &'a Reading<'a>,
    facts: &'a Facts,
    rights: &'a Rights,
    sources: Vec<&'a Source>,
    names: Vec<String>,
    places: Places,
    width: usize,
    paint: Paint,
    /// Whether nothing is counted instead of shown.
    whole: bool,
}

impl<'a> InspectionView<'a> {
    /// `path` turns the name of a source in reports into how its reader reaches it. `whole`: every fact is shown, however many.
    pub fn new(
        reading: &'a Reading<'a>,
        facts: &'a Facts,
        rights: &'a Rights,
        path: &dyn Fn(&str) -> String,
        look: Look,
        whole: bool,
    ) -> Self {
        let sources: Vec<&Source> = std::iter::once(reading.main).chain(reading.companions.iter().copied()).map(|r| &r.source).collect();
        let names = sources.iter().map(|s| path(&s.origin.path)).collect();
        let places = Places::new(&sources, facts.evidence.iter().flat_map(all_places));
        Self { reading, facts, rights, sources, names, places, width: look.width.clamp(60, 160), paint: Paint(look.color), whole }
    }

    /// The whole view, with a line end at its end.
    pub fn render(&self) -> String {
        let mut out = self.head();
        out.push('\n');
        out.push_str(&self.facts());
        out.push('\n');
        out.push_str(&self.matrix());
        out
    }

    fn head(&self) -> String {
        let source = &self.reading.main.source;
        let mut said = vec![source.kind.name().to_owned()];
        said.extend(self.reading.document().language.clone());
        said.push(format!("{} ({})", source.encoding.name, source.encoding.reason));
        let published = self.facts.attribution.published.as_ref();
        said.extend(published.map(|p| format!("published {}", p.chars().take(10).collect::<String>())));
        let name = visible::line(&self.names[0], self.width);
        let said = visible::line(&said.join(" · "), self.width);
        let mut out = String::new();
        let name_width = visible::width(&name);
        let name = self.paint.ink(crate::report::human::paint::Ink::Strong, &name);
        let gap = (36usize.saturating_sub(name_width)).max(3);
        if name_width + gap + visible::width(&said) <= self.width {
            let _ = writeln!(out, "{name}{:gap$}{said}", "");
        } else {
            let _ = writeln!(out, "{name}\n    {said}");
        }
        let id = document_id(self.reading);
        if id != source.origin.path {
            let _ = writeln!(out, "    id {}", visible::line(&id, self.width - 8));
        }
        out
    }

    fn evidence(&self, id: EvidenceId) -> Option<&'a Evidence> {
        self.facts.evidence.get(id.0 as usize)
    }

    /// Where a statement stands.
    fn place(&self, evidence: &Evidence) -> String {
        self.at(&evidence.place)
    }

    /// `24:6`, or `robots.txt 3:1` in a companion.
    fn at(&self, place: &Place) -> String {
        let report = self.places.report(&self.sources, place);
        let at = format!("{}:{}", report.from.line, report.from.column);
        match place.location.source.0 {
            0 => at,
            n => format!("{} {at}", visible::line(&self.names[n as usize], 40)),
        }
    }
}

/// The place of a statement, and those of the words in it that name uses or leave some open.
fn all_places(evidence: &Evidence) -> Vec<&Place> {
    let mut places = vec![&evidence.place];
    if let Claim::Reservation(terms) | Claim::Licence(terms) = &evidence.claim {
        places.extend(terms.uses.iter().map(|u| &u.place));
        places.extend(terms.exceptions.iter().map(|(_, place)| place));
    }
    places
}

/// `text` and blanks up to `columns`.
fn pad(text: &str, columns: usize) -> String {
    format!("{text}{:1$}", "", columns.saturating_sub(visible::width(text)))
}
