//! Writers named in words for readers: marked elements, lines near the headline, the end of the text.

use crate::detect::byline::Origin;
use crate::detect::byline::east_asian;
use crate::detect::byline::line::Byline;
use crate::detect::byline::line::LineReader;
use crate::detect::byline::metadata;
use crate::detect::byline::segment;
use crate::detect::byline::state;
use crate::detect::person::Name;
use crate::detect::person::NameKind;
use crate::detect::reading::Reading;
use crate::detect::standing::Page;
use crate::detect::standing::Standing;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::Inline;
use crate::document::InlineKind;
use crate::document::Marks;
use crate::document::Role;
use crate::evidence::Evidence;
use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::terms::Channel;
use crate::text::fold;
use std::ops::Range;

/// Longest block that is searched for elements that name an author, in bytes: a line of tags may follow the name.
const LONGEST_MARKED: usize = 1500;

/// A block of at most so many bytes is read as a byline whatever its words are.
const SHORT: usize = 60;

/// Most letters of a block that stand outside the elements that name an author, unless it is short.
const MOST_AROUND: usize = 160;

pub(super) fn run(reading: &Reading<'_>, reader: &LineReader<'_>, evidence: &mut Vec<Evidence>) {
    let page = Page::of(reading);
    for (id, block) in reading.document().blocks() {
        let standing = page.standing(id.0 as usize, block);
        if standing == Standing::Away || block.role == Role::Headline || block.text.is_empty() || block.text.len() > LONGEST_MARKED {
            continue;
        }
        let finder = Finder { reading, reader, id, block, standing };
        if let Some(found) = finder.marked().or_else(|| finder.line()) {
            evidence.push(found);
        }
    }
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    reader: &'a LineReader<'a>,
    id: BlockId,
    block: &'a Block,
    standing: Standing,
}

impl Finder<'_> {
    /// A name in words that mark-up calls author.
    fn marked(&self) -> Option<Evidence> {
        let block = self.block;
        let (byline, range) = self.marked_inlines().or_else(|| self.marked_whole())?;
        let whole = self.reader.read(&block.text);
        let labelled = byline.labelled || whole.labelled && whole.names.iter().any(|n| byline.names.iter().any(|m| m.text == n.text));
        let origin = match (block.marks.has(Marks::BIOGRAPHY), labelled) {
            (true, _) => Origin::Biography,
            (false, true) => Origin::MarkedLine,
            (false, false) => Origin::Marked,
        };
        let single = byline.names.iter().all(|n| n.kind == NameKind::Single);
        if self.standing != Standing::Head && (single || block.role == Role::Aside && origin == Origin::Marked) {
            return None;
        }
        Some(self.state(origin, &byline, range))
    }

    fn marked_whole(&self) -> Option<(Byline, Range<usize>)> {
        let marks = self.block.marks;
        if !marks.has(Marks::AUTHOR) || marks.has(Marks::CREDIT.and(Marks::CAPTION)) {
            return None;
        }
        if let Some(linked) = self.linked() {
            return Some(linked);
        }
        let byline = self.reader.read_named(&self.block.text);
        let single = byline.names.iter().all(|n| n.kind == NameKind::Single) && byline.rest > 0 && !byline.labelled;
        let sentence = self.block.text.trim_end().ends_with(['.', '!', '?']) && byline.rest > 12 && !byline.labelled;
        (!byline.names.is_empty() && byline.rest <= 60 && !single && !sentence).then_some((byline, 0..self.block.text.len()))
    }

    /// A person named by a link inside a block that is called author: the link keeps buttons apart from the name.
    fn linked(&self) -> Option<(Byline, Range<usize>)> {
        let ranges = self.block.links().map(|(range, ..)| range).filter(|r| r.len() < self.block.text.len());
        let mut read = ranges.map(|range| (self.reader.read(&self.block.text[range.clone()]), range));
        read.find(|(byline, _)| byline.rest == 0 && byline.names.len() == 1 && byline.names[0].kind == NameKind::Person)
    }

    /// The names in the innermost elements that mark-up calls author, or that lead to an author's page.
    fn marked_inlines(&self) -> Option<(Byline, Range<usize>)> {
        let inlines: Vec<&Inline> = self.block.inlines.iter().filter(|i| names_author(i) && !i.range.is_empty()).collect();
        let innermost = |i: &&&Inline| !inlines.iter().any(|j| inside(j, i));
        let mut all = Byline::default();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for inline in inlines.iter().filter(innermost) {
            let range = inline.range.start as usize..inline.range.end as usize;
            if ranges.contains(&range) {
                continue;
            }
            let text = &self.block.text[range.clone()];
            let mut byline = self.reader.read_named(text);
            if byline.names.is_empty() && self.standing == Standing::Head {
                byline.names.extend(self.account(text));
            }
            all.labelled |= byline.labelled;
            all.names.extend(byline.names.into_iter().filter(|_| byline.rest <= 30).map(|n| shifted(n, range.start)));
            ranges.push(range);
        }
        let around = self.block.text.len() - ranges.iter().map(Range::len).sum::<usize>().min(self.block.text.len());
        let sure = inlines.iter().any(|i| matches!(&i.kind, InlineKind::Link { rel, .. } if rel.iter().any(|r| r == "author")));
        if around > MOST_AROUND && !sure {
            return None;
        }
        let persons = all.names.iter().any(|n| n.kind == NameKind::Person);
        all.names.retain(|n| !persons || n.kind != NameKind::Single);
        (!all.names.is_empty()).then_some((all, 0..self.block.text.len()))
    }

    /// A pen name in an element that is called author: `nova1984`.
    fn account(&self, text: &str) -> Option<Name> {
        let name = metadata::account(text)?;
        let one = !name.text.contains(char::is_whitespace) && name.text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        let known = self.reader.names.lexicon.scan_name(&fold(&name.text));
        let word = self.reader.dates.calendar.look_up(&fold(&name.text)).is_some();
        (one && known.is_empty() && !word && !segment::is_label(self.reader.names.lexicon, &name.text)).then_some(name)
    }

    /// A line that introduces a name or is one.
    fn line(&self) -> Option<Evidence> {
        let text = self.block.text.as_str();
        let head = self.standing == Standing::Head;
        let labelled = || text[..floor(text, 40)].contains([':', '：']) && self.starts_with_label();
        if text.len() > 220 || !(head || self.standing == Standing::End || labelled()) {
            return None;
        }
        if !self.promises() {
            return None;
        }
        let quiet = matches!(self.block.role, Role::Navigation | Role::Teaser | Role::Interface | Role::Footer);
        let byline = self.reader.read(text);
        let persons = byline.names.iter().any(|n| n.kind == NameKind::Person);
        let named = persons || byline.names.iter().any(|n| n.kind != NameKind::Single);
        let origin = match (head, byline.labelled) {
            (true, true) if (named || byline.dated && !byline.names.is_empty()) && byline.rest <= 60 => Origin::Line,
            (true, false) if persons && !quiet && self.is_bare(&byline) => Origin::BareLine,
            (false, true) if persons && byline.rest <= 30 => Origin::SignOff,
            (false, false) if persons && self.is_signature(&byline) => Origin::SignOff,
            _ => return None,
        };
        Some(self.state(origin, &byline, 0..text.len()))
    }

    /// Whether reading the block can be worth its cost: it has a label, or stands and looks as a name without one must.
    fn promises(&self) -> bool {
        let text = self.block.text.as_str();
        let short = text.len() <= SHORT || segment::small_letters(text) <= SHORT / 2;
        let labelled = || self.reading.short_hits(self.id).iter().any(|h| segment::labels_author(h.concept));
        let unlabelled = match self.standing {
            Standing::Head => matches!(self.block.role, Role::BylineArea | Role::Body | Role::Lead),
            _ => self.is_set_apart(),
        };
        // In East Asian scripts, and where a label stands without a blank, only reading tells.
        (short || self.block.role == Role::BylineArea) && unlabelled
            || !text.is_ascii() && east_asian::occurs(text)
            || segment::is_glued(text)
            || labelled()
    }

    /// Whether the block starts with "Author:".
    fn starts_with_label(&self) -> bool {
        let folded = &self.reading.folded[self.id.0 as usize].text;
        let opens = |h: &&Hit| h.concept == Concept::AttributionAuthorLabel && h.range.start == 0;
        let hit = self.reading.short_hits(self.id).iter().filter(opens).max_by_key(|h| h.range.end);
        hit.is_some_and(|h| folded[h.range.end..].trim_start().starts_with(':'))
    }

    /// Whether a name without a label can be a byline here: with a date, or beside a line that is one.
    fn is_bare(&self, byline: &Byline) -> bool {
        let blocks = &self.reading.document().blocks;
        let at = self.id.0 as usize;
        let dated = |at: Option<usize>| {
            at.and_then(|at| blocks.get(at)).is_some_and(|b| b.text.len() < 80 && !self.reader.dates.find(&b.text).is_empty())
        };
        let headed = at.checked_sub(1).and_then(|at| blocks.get(at)).is_some_and(|b| b.role == Role::Headline);
        let role = matches!(self.block.role, Role::BylineArea | Role::Body | Role::Lead);
        // "Ann Example, college of the north, 14 November 2024": with a date the tail doesn't matter.
        let sure = byline.rest == 0
            || byline.dated && self.block.role == Role::BylineArea && byline.rest <= 100 && byline.names[0].range.start == 0;
        role && sure && (byline.dated || dated(Some(at + 1)) || dated(at.checked_sub(1)) || headed || self.block.role == Role::BylineArea)
    }

    /// Whether a name that ends the text is a signature: two or three words and nothing else.
    fn is_signature(&self, byline: &Byline) -> bool {
        let text = self.block.text.trim();
        let words = byline.names[0].text.split_whitespace().count();
        let shouted = text.chars().filter(|c| c.is_lowercase()).count() == 0 && text.is_ascii();
        let role = self.block.role == Role::Body;
        role && self.is_set_apart()
            && byline.names.len() <= 3
            && byline.rest <= 4
            && (words == 2 || words == 3)
            && !text.ends_with([':', '!', '?'])
            && !shouted
    }

    /// Whether a mark in front or mark-up sets the block apart from the text.
    fn is_set_apart(&self) -> bool {
        let opens = self.block.text.trim_start().starts_with(['(', '[', '–', '—', '-', '/', '~', '*']);
        opens || self.block.marks.has(Marks::SMALL.and(Marks::AUTHOR))
    }

    /// The evidence, placed at the names.
    fn state(&self, origin: Origin, byline: &Byline, range: Range<usize>) -> Evidence {
        let starts = byline.names.iter().map(|n| n.range.start).min().unwrap_or(0);
        let ends = byline.names.iter().map(|n| n.range.end).max().unwrap_or(range.len());
        let place = self.reading.place(self.id, range.start + starts..range.start + ends);
        state(origin, Channel::Prose, &byline.names, place)
    }
}

/// Parts of an address that lead to the page of a writer.
const AUTHOR_PAGES: &[&str] = &[
    "author",
    "authors",
    "autor",
    "autoren",
    "autorin",
    "autores",
    "auteur",
    "auteurs",
    "autore",
    "autori",
    "byline",
    "by",
    "columnist",
    "columnists",
    "contributor",
    "contributors",
    "correspondent",
    "journalist",
    "journalists",
    "people",
    "person",
    "profile",
    "profiles",
    "profil",
    "redacteur",
    "reporter",
    "reporters",
    "schreiber",
    "skribent",
    "staff",
    "writer",
    "writers",
];

/// Whether an inline element is called author or leads to an author's page.
fn names_author(inline: &Inline) -> bool {
    let link = match &inline.kind {
        InlineKind::Link { href, rel } => rel.iter().any(|r| r == "author") || leads_to_author(href),
        _ => false,
    };
    link || inline.marks.has(Marks::AUTHOR)
}

fn leads_to_author(href: &str) -> bool {
    let path = href.split_once("://").map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    parts.len() >= 2 && parts[..parts.len() - 1].iter().any(|p| AUTHOR_PAGES.contains(&p.to_ascii_lowercase().as_str()))
}

/// Whether `a` lies inside `b` and is smaller.
fn inside(a: &Inline, b: &Inline) -> bool {
    b.range.start <= a.range.start && a.range.end <= b.range.end && a.range.len() < b.range.len()
}

/// The last character boundary at or before byte `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&n| text.is_char_boundary(n)).unwrap_or(0)
}

fn shifted(name: Name, by: usize) -> Name {
    Name { range: name.range.start + by..name.range.end + by, ..name }
}
