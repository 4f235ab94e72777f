//! Whose the text is, if it is an agency's or another outlet's: datelines, bylines, source labels, signatures, sentences such
//! as "This article first appeared in …".

mod label;
mod sentence;
mod signature;

use crate::detect::person::Names;
use crate::detect::reading::Reading;
use crate::detect::standing::Page;
use crate::detect::standing::Standing;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::Role;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::registry::agencies::Agencies;
use crate::terms::Channel;
use crate::terms::Confidence;
use crate::text::fold;
use std::ops::Range;

/// A credit found in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// Agencies and outlets; empty where "agencies" are named in general.
    agencies: Vec<String>,
    /// Bytes of the block.
    range: Range<usize>,
    confidence: Confidence,
}

/// Finds credits in one block.
struct Finder<'a> {
    reading: &'a Reading<'a>,
    names: Names<'a>,
    id: BlockId,
    block: &'a Block,
    standing: Standing,
    /// Whether it stands within a few blocks of the headline.
    near: bool,
}

/// How many blocks after the headline an agency alone may stand.
const NEAR: usize = 6;

/// Longest block that is read as a line of its own, in bytes.
const LINE: usize = 240;

/// How many paragraphs can start with a dateline.
const FIRST: usize = 3;

/// States the agency credits.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let site = reading.own_names();
    let names = Names { lexicon: reading.lexicon, site };
    let page = Page::of(reading);
    let headline = reading.document().blocks.iter().position(|b| b.role == Role::Headline);
    let mut paragraphs = 0;
    for (id, block) in reading.document().blocks() {
        let standing = page.standing(id.0 as usize, block);
        if standing == Standing::Away || matches!(block.role, Role::Headline | Role::Caption) || block.text.is_empty() {
            continue;
        }
        let near = headline.is_some_and(|h| (h..=h + NEAR).contains(&(id.0 as usize)));
        let finder = Finder { reading, names, id, block, standing, near };
        let first = paragraphs < FIRST;
        paragraphs += usize::from(block.role == Role::Body && block.text.len() >= 60);
        let found = finder.find(first).into_iter().filter(|f| !finder.is_own(f));
        evidence.extend(found.map(|found| finder.state(found)));
    }
}

impl Finder<'_> {
    fn find(&self, first: bool) -> Vec<Found> {
        let text = self.block.text.as_str();
        let line = if text.len() <= LINE { self.labelled().or_else(|| self.labelled_inside()).or_else(|| self.alone()) } else { None };
        if let Some(found) = line {
            return vec![found];
        }
        let mut all = self.sentences();
        if first {
            all.extend(self.dateline());
        }
        all.extend(self.signed());
        all.sort_by_key(|f| f.range.start);
        all.dedup_by(|b, a| b.range.start < a.range.end);
        all
    }

    /// Whether the site credits itself: an agency's own page.
    fn is_own(&self, found: &Found) -> bool {
        !found.agencies.is_empty() && found.agencies.iter().all(|a| self.names.is_site(&fold(a)))
    }

    fn state(&self, found: Found) -> Evidence {
        Evidence {
            subject: Subject::Document,
            claim: Claim::AgencyCredit(found.agencies),
            channel: Channel::Prose,
            confidence: found.confidence,
            place: self.reading.place(self.id, found.range),
            detector: "agency-credit",
        }
    }
}

/// The agency that supplies texts which `text` as a whole names, with how sure that is.
fn wire(text: &str) -> Option<(String, Confidence)> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ':' | '*' | '-' | '–' | '—'));
    let found = Agencies::builtin().whole(text)?;
    // A short name counts in capitals only, or as the agency itself writes it: "(Pa)" is no agency.
    let agency = &Agencies::builtin().list()[found.index];
    let written = text == agency.slug || agency.forms.iter().any(|f| f == text) || !text.chars().any(char::is_lowercase);
    if found.weak && !written {
        return None;
    }
    let confidence = if found.weak { Confidence::Medium } else { Confidence::High };
    Agencies::builtin().list()[found.index].is("wire").then(|| (text.to_owned(), confidence))
}

/// The agencies among the parts of `text`, cut at marks: `dpa/gem`, `AFP, Reuters`.
fn wires(text: &str) -> Vec<(String, Confidence)> {
    text.split(['/', ',', ';', '&', '|', '+', '=', '、', '・', '·', '／', '，']).filter_map(wire).collect()
}
