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
        let label = self.reading.short_hits(self.id).iter().filter(|h| h.range.start == 0 && is_label(h)).max_by_key(|h| h.range.end)?;
        let rest = &text[folded.original(label.range.clone()).end..];
        let colon = rest.trim_start().starts_with([':', '：']) || folded.text[label.range.clone()].ends_with(':');
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

    /// "… | Source: dpa": a source label further on in a line under the headline.
    pub(super) fn labelled_inside(&self) -> Option<Found> {
        let text = self.block.text.as_str();
        if self.standing != Standing::Head || !text.contains([':', '：']) {
            return None;
        }
        let folded = &self.reading.folded[self.id.0 as usize];
        let hits = self.reading.short_hits(self.id);
        let colon = |h: &&Hit| folded.text[h.range.end..].trim_start().starts_with(':') || folded.text[..h.range.end].ends_with(':');
        let label = hits.iter().filter(|h| h.concept == Concept::AttributionSourceLabel && h.range.start > 0).find(colon)?;
        let start = folded.original(label.range.clone());
        let after = &text[start.end..];
        let rest = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
        let next = hits
            .iter()
            .find(|h| h.range.start >= label.range.end && h.concept != label.concept)
            .map(|h| folded.original(h.range.clone()).start);
        let from = text.len() - rest.len();
        let cut = rest.find(['|', '•', '·', '\u{3000}', '。']).map_or(text.len(), |at| from + at);
        let end = cut.min(next.filter(|n| *n > from).unwrap_or(text.len()));
        let name = text[from..end].trim();
        let known = self.parts(name);
        let range = start.start..from + text[from..end].trim_end().len();
        let confidence = known.iter().map(|(_, c)| *c).max();
        match confidence {
            Some(confidence) => Some(Found { agencies: known.into_iter().map(|(a, _)| a).collect(), range, confidence }),
            None => self.other_outlet(name).map(|found| Found { range, ..found }),
        }
    }

    /// Whether the line credits a picture: it is called credit, starts with "Photo:" or with ©.
    fn credits_picture(&self) -> bool {
        let folded = &self.reading.folded[self.id.0 as usize].text;
        let photo = self.reading.short_hits(self.id).iter().any(|h| h.concept == Concept::AttributionPhotoLabel && h.range.start == 0);
        photo || self.block.marks.has(Marks::CREDIT.and(Marks::CAPTION).and(Marks::COPYRIGHT)) || folded.starts_with(['©', '®'])
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
        let placed = match self.standing {
            Standing::Head => self.near,
            Standing::End => self.block.role == Role::Body,
            _ => false,
        };
        if text.split_whitespace().count() > BARE + 2 || !(marked || placed) || self.credits_picture() {
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
        // "dpa/js" and "AFP, HARBOUR TOWN", but not "dpa/Ann Example", who took a picture.
        let others = text.split(['/', ',', '|']).filter(|part| wire(part).is_none());
        let plain =
            others.into_iter().all(|part| self.names.kind(part.trim()) != NameKind::Person || part.trim() == part.trim().to_uppercase());
        if !found.is_empty() && plain {
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
