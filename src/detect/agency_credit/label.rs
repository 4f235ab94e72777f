//! Lines of their own: "Source: …", "By …", the bare name of an agency.

use crate::detect::agency_credit::Finder;
use crate::detect::agency_credit::Found;
use crate::detect::agency_credit::wire;
use crate::detect::agency_credit::wires;
use crate::detect::person::NameKind;
use crate::detect::standing::Standing;
use crate::document::Marks;
use crate::document::Role;
use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::terms::Confidence;
use crate::text::Folded;
use crate::text::fold;

/// Most words of a line that names an agency without a label.
const BARE: usize = 4;

impl Finder<'_> {
    /// A line that starts with a label: "Source: dpa", "By Ann Example, AFP", "By Nova News with agencies".
    pub(super) fn labelled(&self) -> Option<Found> {
        let text = self.block.text.as_str();
        let folded = &self.reading.folded[self.id.0 as usize];
        let hits =
            self.reading.lexicon.scan_short(&folded.text[..folded.text.char_indices().nth(60).map_or(folded.text.len(), |(at, _)| at)]);
        let label = hits.iter().filter(|h| h.range.start == 0 && is_label(h)).max_by_key(|h| h.range.end)?;
        let rest = &text[folded.original(label.range.clone()).end..];
        let colon = rest.trim_start().starts_with([':', '：']);
        let source = label.concept == Concept::AttributionSourceLabel;
        if source && !colon || !source && self.standing != Standing::Head {
            return None;
        }
        let agencies = self.parts(rest);
        let confidence = agencies.iter().map(|(_, c)| *c).max();
        if let Some(confidence) = confidence {
            let confidence = if source || colon { confidence.max(Confidence::High) } else { confidence };
            return Some(Found { agencies: agencies.into_iter().map(|(a, _)| a).collect(), range: 0..text.len(), confidence });
        }
        if source && self.standing == Standing::Head { self.other_outlet(rest) } else { None }
    }

    /// The agencies in the rest of a line, cut at marks and the words for "and" and "with".
    fn parts(&self, rest: &str) -> Vec<(String, Confidence)> {
        let folded = Folded::new(rest);
        let ands = self.reading.lexicon.scan_name(&folded.text).into_iter().filter(|h| h.concept == Concept::AttributionAnd);
        let mut cut = rest.to_owned();
        let apart = |h: &Hit| folded.text[..h.range.start].ends_with(' ') && folded.text[h.range.end..].starts_with(' ');
        let mut ranges: Vec<_> = ands.filter(apart).map(|h| folded.original(h.range)).collect();
        ranges.sort_by_key(|r| std::cmp::Reverse(r.start));
        for range in ranges {
            cut.replace_range(range, ",");
        }
        let cut = cut.replace(" - ", ",").replace([':', '：', '(', ')', '–', '—'], ",");
        wires(&cut)
    }

    /// Another outlet after "Source:" under the headline.
    fn other_outlet(&self, rest: &str) -> Option<Found> {
        let name = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '.'));
        let short = name.chars().count() <= 40 && name.split_whitespace().count() <= 5;
        let kind = self.names.kind(name);
        let own = self.names.is_site(&fold(name));
        let names_outlet = matches!(kind, NameKind::Organisation | NameKind::Single | NameKind::Agency);
        (short && names_outlet && !own).then(|| Found {
            agencies: vec![name.to_owned()],
            range: 0..self.block.text.len(),
            confidence: Confidence::Medium,
        })
    }

    /// A line that is the name of an agency, with little else: an element called source or author, the last line of the text.
    pub(super) fn alone(&self) -> Option<Found> {
        let text = self.block.text.as_str();
        let marked = self.block.marks.has(Marks::SOURCE.and(Marks::AUTHOR)) || self.block.role == Role::BylineArea;
        if text.split_whitespace().count() > BARE + 2 || !(marked || self.standing == Standing::End && self.block.role == Role::Body) {
            return None;
        }
        let whole = wire(text).map(|w| vec![w]).unwrap_or_default();
        let agencies = if whole.is_empty() { self.with_desk(text) } else { whole };
        let confidence = agencies.iter().map(|(_, c)| *c).max()?;
        Some(Found { agencies: agencies.into_iter().map(|(a, _)| a).collect(), range: 0..text.len(), confidence })
    }

    /// `AFP, HARBOUR TOWN`, `SID Nachrichtenagentur`, `dpa/js`: an agency with a place, a word for agency, initials.
    fn with_desk(&self, text: &str) -> Vec<(String, Confidence)> {
        let found = wires(text);
        if !found.is_empty() && text.chars().filter(|c| c.is_alphabetic()).count() <= 40 {
            return found;
        }
        let folded = Folded::new(text);
        let collective = self.reading.lexicon.scan_name(&folded.text).into_iter().find(|h| h.concept == Concept::AttributionCollective);
        let head = collective.filter(|h| h.range.end == folded.text.trim_end().len()).map(|h| folded.original(h.range).start);
        head.and_then(|end| wire(&text[..end])).into_iter().collect()
    }
}

fn is_label(hit: &Hit) -> bool {
    matches!(hit.concept, Concept::AttributionSourceLabel | Concept::AttributionByline | Concept::AttributionAuthorLabel)
}
