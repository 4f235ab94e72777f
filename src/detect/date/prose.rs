//! Dates for readers: `time` elements, lines around the headline, the end of the text.

use crate::detect::date::Origin;
use crate::detect::date::machine;
use crate::detect::date::state;
use crate::detect::date::visible::Found;
use crate::detect::date::visible::Reader;
use crate::detect::reading::Reading;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::Inline;
use crate::document::InlineKind;
use crate::document::Marks;
use crate::document::Role;
use crate::evidence::DateKind;
use crate::evidence::Evidence;
use crate::lexicon::concept::Concept;
use crate::text::Folded;
use std::ops::Range;

/// How many blocks around the headline a date line may stand.
const NEAR: usize = 14;

/// Longest text that is a date line, in bytes.
const LONGEST: usize = 260;

pub(super) fn run(reading: &Reading<'_>, reader: &Reader<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    let headline = document.blocks.iter().position(|b| b.role == Role::Headline).unwrap_or(0);
    let last = document.blocks.iter().rposition(|b| b.role == Role::Body).unwrap_or(0);
    for (id, block) in document.blocks() {
        let at = id.0 as usize;
        let near = at + 8 >= headline && at <= headline + NEAR;
        let end = at + 4 > last && at <= last + 6;
        if may_date(block) {
            let finder = Finder { reading, reader, id, block, near, end };
            finder.times(evidence);
            if near || end || block.marks.has(Marks::DATE) {
                finder.words(evidence);
            }
        }
    }
}

/// Dates of teasers, comments and events are others' dates.
fn may_date(block: &Block) -> bool {
    let role = matches!(block.role, Role::BylineArea | Role::Body | Role::Lead | Role::Aside | Role::Header | Role::Heading);
    role && !block.text.is_empty() && block.text.len() <= LONGEST
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    reader: &'a Reader<'a>,
    id: BlockId,
    block: &'a Block,
    near: bool,
    end: bool,
}

impl Finder<'_> {
    /// `time` elements with a value.
    fn times(&self, evidence: &mut Vec<Evidence>) {
        for inline in &self.block.inlines {
            let InlineKind::Time { datetime: Some(value) } = &inline.kind else { continue };
            let range = inline.range.start as usize..inline.range.end as usize;
            let Some(moment) = machine::parse(value, self.reader) else { continue };
            let kind = self.kind_of_time(inline, &range);
            if self.near || self.end || self.block.role == Role::BylineArea {
                evidence.push(state(Origin::Time, kind, moment, self.reading.place(self.id, range)));
            }
        }
    }

    fn kind_of_time(&self, inline: &Inline, range: &Range<usize>) -> DateKind {
        if inline.marks.has(Marks::UPDATED) || self.block.marks.has(Marks::UPDATED) {
            return DateKind::Modified;
        }
        self.label(range).unwrap_or(DateKind::Published)
    }

    /// Dates in words.
    fn words(&self, evidence: &mut Vec<Evidence>) {
        let text = self.block.text.as_str();
        let found = self.reader.find(text);
        let dates: usize = found.iter().map(|f| f.range.len()).sum();
        for date in found {
            if self.is_in_time(&date.range) {
                continue;
            }
            let label = self.label(&date.range);
            let Some(origin) = self.origin(&date, dates, label.is_some()) else { continue };
            let updated = self.block.marks.has(Marks::UPDATED);
            let kind = label.unwrap_or(if updated { DateKind::Modified } else { DateKind::Published });
            evidence.push(state(origin, kind, date.moment, self.reading.place(self.id, date.range)));
        }
    }

    fn origin(&self, date: &Found, dates: usize, labelled: bool) -> Option<Origin> {
        let short = self.block.text.len() <= dates + 90;
        let marked = self.block.marks.has(Marks::DATE) || self.is_marked(&date.range);
        match () {
            () if labelled && (short || marked) => Some(Origin::Labelled),
            () if marked => Some(Origin::Marked),
            () if self.near && (self.block.role == Role::BylineArea || short) => Some(Origin::Line),
            () if self.end && self.block.text.len() <= dates + 40 => Some(Origin::End),
            () => None,
        }
    }

    fn is_in_time(&self, range: &Range<usize>) -> bool {
        self.block.inlines.iter().any(|i| {
            let valued = matches!(&i.kind, InlineKind::Time { datetime: Some(v) } if machine::parse(v, self.reader).is_some());
            valued && (i.range.start as usize) < range.end && range.start < i.range.end as usize
        })
    }

    fn is_marked(&self, range: &Range<usize>) -> bool {
        let around = |i: &&Inline| i.range.start as usize <= range.start && range.end <= i.range.end as usize;
        self.block.inlines.iter().filter(around).any(|i| i.marks.has(Marks::DATE))
    }

    /// What a word before the date says of it.
    fn label(&self, range: &Range<usize>) -> Option<DateKind> {
        let folded = Folded::new(&self.block.text[..range.start]);
        let hits = self.reading.lexicon.scan_short(&folded.text);
        let labels = hits.iter().filter_map(|h| match h.concept {
            Concept::AttributionPublishedLabel => Some((h.range.end, DateKind::Published)),
            Concept::AttributionUpdatedLabel => Some((h.range.end, DateKind::Modified)),
            _ => None,
        });
        let near = labels.filter(|(end, _)| folded.text[*end..].chars().filter(|c| c.is_alphabetic()).count() <= 24);
        near.max_by_key(|(end, _)| *end).map(|(_, kind)| kind)
    }
}
