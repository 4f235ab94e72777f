//! Dates for readers: `time` elements, lines around the headline, the end of the text.

use crate::detect::date::Origin;
use crate::detect::date::machine;
use crate::detect::date::moment::Moment;
use crate::detect::date::state;
use crate::detect::date::visible::Found;
use crate::detect::date::visible::Reader;
use crate::detect::reading::Reading;
use crate::detect::standing::Page;
use crate::detect::standing::Standing;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::Inline;
use crate::document::InlineKind;
use crate::document::Marks;
use crate::document::Role;
use crate::evidence::Claim;
use crate::evidence::DateKind;
use crate::evidence::Evidence;
use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::text::Folded;
use std::ops::Range;

/// Longest text that is a date line, in bytes.
const LONGEST: usize = 260;

/// Longest text that is nothing but a label, in bytes.
const LABEL: usize = 40;

/// How many bytes of a longer text near the headline are searched: "Harbour, 14 November 2024 – …".
const START: usize = 60;

pub(super) fn run(reading: &Reading<'_>, reader: &Reader<'_>, evidence: &mut Vec<Evidence>) {
    let page = Page::of(reading);
    for (id, block) in reading.document().blocks() {
        let standing = page.standing(id.0 as usize, block);
        if standing == Standing::Away || block.text.is_empty() {
            continue;
        }
        let finder = Finder { reading, reader, id, block, standing };
        if block.text.len() <= LONGEST {
            finder.times(evidence);
            if standing != Standing::Inside || block.marks.has(Marks::DATE) {
                finder.words(evidence);
            }
        } else if standing == Standing::Head && block.role != Role::Headline {
            finder.dateline(evidence);
        }
    }
}

/// Where nothing else dates the article: a date elsewhere on the page, in a `time` element or behind a label, if it is the only one.
pub(super) fn elsewhere(reading: &Reading<'_>, reader: &Reader<'_>, evidence: &mut Vec<Evidence>) {
    let mut found = Vec::new();
    for (id, block) in reading.document().blocks() {
        let others = matches!(block.role, Role::Teaser | Role::Comment | Role::Navigation | Role::Interface | Role::Quote);
        if !others && block.text.len() <= LONGEST {
            let finder = Finder { reading, reader, id, block, standing: Standing::Away };
            finder.times(&mut found);
            finder.words(&mut found);
        }
    }
    let day = |e: &Evidence| match &e.claim {
        Claim::Date { value, .. } => value.get(..10).map(str::to_owned),
        _ => None,
    };
    if found.windows(2).all(|w| day(&w[0]) == day(&w[1])) {
        evidence.extend(found);
    }
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    reader: &'a Reader<'a>,
    id: BlockId,
    block: &'a Block,
    standing: Standing,
}

impl Finder<'_> {
    /// `time` elements with a value.
    fn times(&self, evidence: &mut Vec<Evidence>) {
        for inline in &self.block.inlines {
            let InlineKind::Time { datetime: Some(value) } = &inline.kind else { continue };
            let range = inline.range.start as usize..inline.range.end as usize;
            let Some(moment) = machine::parse(value, self.reader) else { continue };
            let moment = self.published_in_words(&range).filter(|said| !said.same_day(&moment)).unwrap_or(moment);
            let kind = self.kind_of_time(inline, &range);
            if self.standing != Standing::Inside || self.block.role == Role::BylineArea {
                evidence.push(state(Origin::Time, kind, moment, self.reading.place(self.id, range)));
            }
        }
    }

    /// The day that the words of a `time` element say something was published: where the element's value is another, some
    /// systems have put the last change there.
    fn published_in_words(&self, range: &Range<usize>) -> Option<Moment> {
        let text = self.block.text.get(range.clone())?;
        let said = self.reader.only(text)?;
        let folded = Folded::new(&text[..said.range.start]);
        let published = |hit: &Hit| hit.concept == Concept::AttributionPublishedLabel;
        self.reading.lexicon.scan_short(&folded.text).iter().any(published).then_some(said.moment)
    }

    fn kind_of_time(&self, inline: &Inline, range: &Range<usize>) -> DateKind {
        // Themes call a date "published updated" where the two are the same: the mark alone says little.
        let several = self.block.inlines.iter().filter(|i| matches!(i.kind, InlineKind::Time { .. })).count() > 1;
        let updated = inline.marks.has(Marks::UPDATED) && several;
        self.label(range).unwrap_or(if updated { DateKind::Modified } else { DateKind::Published })
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

    /// A date at the start of a paragraph under the headline.
    fn dateline(&self, evidence: &mut Vec<Evidence>) {
        let text = self.block.text.as_str();
        let start = text.char_indices().nth(START).map_or(text.len(), |(at, _)| at);
        for date in self.reader.find(&text[..start]).into_iter().take(1) {
            evidence.push(state(Origin::Line, DateKind::Published, date.moment, self.reading.place(self.id, date.range)));
        }
    }

    fn origin(&self, date: &Found, dates: usize, labelled: bool) -> Option<Origin> {
        let short = self.block.text.len() <= dates + 90;
        let marked = self.block.marks.has(Marks::DATE) || self.is_marked(&date.range);
        match () {
            () if labelled && (short || marked) => Some(Origin::Labelled),
            () if marked => Some(Origin::Marked),
            () if self.standing == Standing::Head && (self.block.role == Role::BylineArea || short) => Some(Origin::Line),
            () if self.standing == Standing::End && self.block.text.len() <= dates + 40 => Some(Origin::End),
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

    /// What a word before the date says of it; where the date stands alone, the words of the block before it.
    fn label(&self, range: &Range<usize>) -> Option<DateKind> {
        let folded = Folded::new(&self.block.text[..range.start]);
        let label = self.label_in(&folded.text, 24);
        let alone = || self.block.text.len() <= range.len() + 12;
        label.or_else(|| self.label_in(self.words_before().filter(|_| alone())?, 0))
    }

    /// The folded text of the block before, if it is no longer than a label.
    fn words_before(&self) -> Option<&str> {
        let before = self.reading.folded.get((self.id.0 as usize).checked_sub(1)?)?;
        (before.text.len() <= LABEL).then_some(before.text.as_str())
    }

    /// What the last label in a folded text says, if no more than `most` letters follow it.
    fn label_in(&self, text: &str, most: usize) -> Option<DateKind> {
        let hits = self.reading.lexicon.scan_short(text);
        let labels = hits.iter().filter_map(|h| match h.concept {
            Concept::AttributionPublishedLabel => Some((h.range.end, DateKind::Published)),
            Concept::AttributionUpdatedLabel => Some((h.range.end, DateKind::Modified)),
            _ => None,
        });
        let near = labels.filter(|(end, _)| text[*end..].chars().filter(|c| c.is_alphabetic()).count() <= most);
        near.max_by_key(|(end, _)| *end).map(|(_, kind)| kind)
    }
}
