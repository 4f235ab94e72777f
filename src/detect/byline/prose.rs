//! Writers named in words for readers: marked elements, lines near the headline, the end of the text.

use crate::detect::byline::Origin;
use crate::detect::byline::line::Byline;
use crate::detect::byline::line::LONGEST;
use crate::detect::byline::line::LineReader;
use crate::detect::byline::state;
use crate::detect::person::NameKind;
use crate::detect::reading::Reading;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::InlineKind;
use crate::document::Marks;
use crate::document::Role;
use crate::evidence::Evidence;
use crate::terms::Channel;
use std::ops::Range;

/// How many blocks after the headline a byline without mark-up may stand.
const NEAR: usize = 14;

/// How many blocks from the end of the text a signature may stand.
const END: usize = 4;

pub(super) fn run(reading: &Reading<'_>, reader: &LineReader<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    let headline = document.blocks.iter().position(|b| b.role == Role::Headline);
    let last = document.blocks.iter().rposition(|b| b.role == Role::Body);
    for (id, block) in document.blocks() {
        if !may_name(block) {
            continue;
        }
        let place = Standing { headline, last, at: id.0 as usize };
        let finder = Finder { reading, reader, id, block };
        if let Some(found) = finder.marked(&place).or_else(|| finder.line(&place)) {
            evidence.push(found);
        }
    }
}

/// Where a block stands in the article.
struct Standing {
    headline: Option<usize>,
    last: Option<usize>,
    at: usize,
}

impl Standing {
    fn near_headline(&self) -> bool {
        let from = self.headline.unwrap_or(0);
        self.at + 6 >= from && self.at <= from + NEAR
    }

    fn near_end(&self) -> bool {
        self.last.is_some_and(|last| self.at <= last + 1 && self.at + END > last)
    }
}

/// Teasers, comments, menus and the like name other writers.
fn may_name(block: &Block) -> bool {
    let role = matches!(block.role, Role::BylineArea | Role::Body | Role::Lead | Role::Aside | Role::Header | Role::Heading);
    role && !block.text.is_empty() && block.text.len() <= LONGEST
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    reader: &'a LineReader<'a>,
    id: BlockId,
    block: &'a Block,
}

impl Finder<'_> {
    /// A name in words that mark-up calls author.
    fn marked(&self, standing: &Standing) -> Option<Evidence> {
        let block = self.block;
        let biography = block.marks.has(Marks::BIOGRAPHY);
        let whole = block.marks.has(Marks::AUTHOR) && !block.marks.has(Marks::CREDIT.and(Marks::CAPTION));
        let range = if whole { 0..block.text.len() } else { self.marked_inline()? };
        let byline = self.reader.read(&block.text[range.clone()]);
        if byline.names.is_empty() || byline.rest > 60 {
            return None;
        }
        let origin = match (biography, byline.labelled) {
            (true, _) => Origin::Biography,
            (false, true) => Origin::MarkedLine,
            (false, false) => Origin::Marked,
        };
        let single = byline.names.iter().all(|n| n.kind == NameKind::Single) && byline.rest > 0;
        if single || (!standing.near_headline() && !standing.near_end() && origin == Origin::Marked && block.role == Role::Aside) {
            return None;
        }
        Some(self.state(origin, &byline, range))
    }

    /// The first inline element that mark-up calls author.
    fn marked_inline(&self) -> Option<Range<usize>> {
        let named = |i: &&crate::document::Inline| {
            let author = matches!(&i.kind, InlineKind::Link { rel, .. } if rel.iter().any(|r| r == "author"));
            author || i.marks.has(Marks::AUTHOR)
        };
        let mut marked = self.block.inlines.iter().filter(named);
        let first = marked.next()?;
        let end = marked.map(|i| i.range.end).max().unwrap_or(0).max(first.range.end);
        Some(first.range.start as usize..end as usize)
    }

    /// A line that introduces a name or is one.
    fn line(&self, standing: &Standing) -> Option<Evidence> {
        let text = self.block.text.as_str();
        if text.len() > 200 || !(standing.near_headline() || standing.near_end()) {
            return None;
        }
        let byline = self.reader.read(text);
        let persons = byline.names.iter().any(|n| n.kind == NameKind::Person);
        let named = persons || byline.names.iter().any(|n| n.kind != NameKind::Single);
        let origin = match (standing.near_headline(), byline.labelled) {
            (true, true) if named && byline.rest <= 60 => Origin::Line,
            (true, false) if persons && byline.rest == 0 && self.is_bare(standing, &byline) => Origin::BareLine,
            (_, true) if persons && byline.rest <= 30 => Origin::SignOff,
            (_, false) if persons && byline.rest <= 4 && standing.near_end() && self.block.role == Role::Body => Origin::SignOff,
            _ => return None,
        };
        Some(self.state(origin, &byline, 0..text.len()))
    }

    /// Whether a name without a label can be a byline here: with a date, or beside a line that is one.
    fn is_bare(&self, standing: &Standing, byline: &Byline) -> bool {
        let blocks = &self.reading.document().blocks;
        let dated = |at: Option<usize>| {
            at.and_then(|at| blocks.get(at)).is_some_and(|b| b.text.len() < 80 && !self.reader.dates.find(&b.text).is_empty())
        };
        let headed = standing.headline.is_some_and(|h| standing.at == h + 1);
        let role = matches!(self.block.role, Role::BylineArea | Role::Body | Role::Lead);
        role && (byline.dated
            || dated(Some(standing.at + 1))
            || dated(standing.at.checked_sub(1))
            || headed
            || self.block.role == Role::BylineArea)
    }

    /// The evidence, placed at the names.
    fn state(&self, origin: Origin, byline: &Byline, range: Range<usize>) -> Evidence {
        let starts = byline.names.iter().map(|n| n.range.start).min().unwrap_or(0);
        let ends = byline.names.iter().map(|n| n.range.end).max().unwrap_or(range.len());
        let place = self.reading.place(self.id, range.start + starts..range.start + ends);
        state(origin, Channel::Prose, &byline.names, place)
    }
}
