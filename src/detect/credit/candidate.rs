//! What may credit one picture, and how likely it does.

use crate::detect::credit::body::Known;
use crate::detect::credit::find;
use crate::detect::credit::find::Cue;
use crate::detect::credit::find::Found;
use crate::detect::credit::find::Setting;
use crate::detect::credit::piece::Piece;
use crate::detect::reading::Reading;
use crate::document::BlockId;
use crate::document::Image;
use crate::document::Marks;
use crate::document::Nearby;
use crate::document::Placed;
use crate::document::Relation;
use crate::terms::Confidence;
use crate::text::Span;
use std::collections::HashMap;

/// Where the words of a candidate stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Source {
    /// In bytes `start..end` of a block.
    Block(BlockId, u32, u32),
    /// In a value: an attribute, a property.
    Value(Span),
}

/// A credit that may be the picture's.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// What was found.
    pub(super) found: Found,
    /// Where.
    pub(super) source: Source,
    /// Whether readers see it, rather than programs alone.
    pub(super) visible: bool,
    /// How strongly it speaks.
    pub(super) weight: f32,
    /// How sure it is.
    pub(super) confidence: Confidence,
}

/// Reads what stands near pictures. Pieces that several pictures share are read once.
pub(super) struct Reader<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) known: Known<'a>,
    read: HashMap<(BlockId, u32, u32, u8), Vec<Found>>,
}

/// A candidate lighter than this is no credit.
const LIGHTEST: f32 = 1.0;

impl<'a> Reader<'a> {
    /// A reader of one document.
    pub(super) fn new(reading: &'a Reading<'a>, known: Known<'a>) -> Self {
        Self { reading, known, read: HashMap::new() }
    }

    /// The credits of `image`: mostly one; several where its caption says so.
    pub(super) fn credits(&mut self, image: &Image) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for near in &image.nearby {
            self.near(image, near, &mut candidates);
        }
        self.attributes(image, &mut candidates);
        strengthen(&mut candidates);
        best(&candidates)
    }

    fn near(&mut self, image: &Image, near: &Nearby, candidates: &mut Vec<Candidate>) {
        let block = self.reading.document().block(near.block);
        let range = near.range.start as usize..near.range.end as usize;
        let text = &block.text[range.clone()];
        let setting = setting(image, near, text, block.text.len());
        for found in self.found(near, setting) {
            let weight = weight(&found, setting, near.relation, text);
            let confidence = confidence(&found, setting, near.relation);
            candidates.push(Candidate {
                found,
                source: Source::Block(near.block, near.range.start, near.range.end),
                visible: true,
                weight,
                confidence,
            });
        }
    }

    fn found(&mut self, near: &Nearby, setting: Setting) -> Vec<Found> {
        let key = (near.block, near.range.start, near.range.end, setting as u8);
        let (reading, known) = (self.reading, self.known);
        let read = || {
            let (block, range) = (&reading.document().block(near.block).text, near.range.start as usize..near.range.end as usize);
            let piece = match range.len() == block.len() {
                true => Piece::of_block(reading, near.block),
                false => Piece::new(&block[range], reading.lexicon),
            };
            find::find(&piece, setting, known)
        };
        self.read.entry(key).or_insert_with(read).clone()
    }

    fn attributes(&self, image: &Image, candidates: &mut Vec<Candidate>) {
        for (name, placed) in &image.attributes {
            let credits = ["credit", "copyright", "photographer", "rights", "agency"].iter().any(|w| name.contains(w));
            let describes = ["caption", "title", "description"].iter().any(|w| name.contains(w));
            if credits {
                self.attribute(placed, Setting::Credit, 1.7, candidates);
            } else if describes {
                self.attribute(placed, Setting::Caption, 0.7, candidates);
            }
        }
        for placed in [&image.alt, &image.title].into_iter().flatten() {
            self.attribute(placed, Setting::Caption, 0.9, candidates);
        }
    }

    fn attribute(&self, placed: &Placed, setting: Setting, base: f32, candidates: &mut Vec<Candidate>) {
        if placed.value.contains("://") && !placed.value.contains(' ') || placed.value.starts_with(['{', '[']) {
            return;
        }
        // Values may hold mark-up of their own.
        let text = if placed.value.contains('<') { crate::text::reader_text(&placed.value) } else { placed.value.clone() };
        for found in find::find(&Piece::new(&text, self.reading.lexicon), setting, self.known) {
            let weight = base + party_weight(&found);
            let confidence = if found.known && setting == Setting::Credit { Confidence::Medium } else { super::GUESS };
            candidates.push(Candidate { found, source: Source::Value(placed.span), visible: true, weight, confidence });
        }
    }
}

/// How a text beside a picture is to be read. `length` is that of its block.
fn setting(image: &Image, near: &Nearby, text: &str, length: usize) -> Setting {
    let whole = text.len() == length;
    let closes = near.range.end as usize + 2 >= length;
    let inside = matches!(near.relation, Relation::Caption | Relation::Figure | Relation::Gallery);
    // "Author" and "source" are names for a picture's too, where they stand beside its caption.
    let described = near.range.start > 0 || image.caption.is_some_and(|c| c < near.block);
    let authored = inside && described && near.marks.has(Marks(Marks::SOURCE.0 | Marks::AUTHOR.0));
    let credited = near.marks.has(Marks(Marks::CREDIT.0 | Marks::COPYRIGHT.0)) || authored;
    let short = text.chars().count() <= 140;
    match near.relation {
        _ if credited && short => Setting::Credit,
        Relation::Caption | Relation::Figure | Relation::Gallery if !whole && short && closes => Setting::Own,
        Relation::Caption if whole && short && described => Setting::Own,
        Relation::Figure | Relation::Gallery if whole && short => Setting::Own,
        Relation::Caption | Relation::Figure | Relation::Gallery => Setting::Caption,
        Relation::Around | Relation::After | Relation::Before if near.marks.has(Marks::CAPTION) => Setting::Caption,
        Relation::Around if short => Setting::Beside,
        _ => Setting::Near,
    }
}

fn weight(found: &Found, setting: Setting, relation: Relation, text: &str) -> f32 {
    let cue = match found.cue {
        Cue::Label | Cue::Sign => 3.0,
        Cue::By => 2.8,
        Cue::Courtesy | Cue::Suffix => 2.4,
        Cue::Bracket => 1.8,
        Cue::BareLabel => 1.8,
        Cue::Tail => 1.4,
        Cue::Whole if setting == Setting::Credit => 2.8,
        Cue::Whole => 1.4,
    };
    let distance = match relation {
        Relation::Caption | Relation::Figure => 0.0,
        Relation::Around => 0.5,
        Relation::Gallery => 0.7,
        Relation::After | Relation::Before => 0.9,
    };
    let marked = if setting == Setting::Credit { 0.8 } else { 0.0 };
    let first = if found.range.start == 0 && found.range.end + 2 >= text.len() { 0.2 } else { 0.0 };
    cue + marked + first - distance + party_weight(found)
}

/// What the parties add: somebody known speaks for it, unknown words against it.
fn party_weight(found: &Found) -> f32 {
    let credit = &found.credit;
    let named = if found.known { 1.2 } else { 0.0 };
    let doubt = if found.doubtful && !found.known { 0.6 } else { 0.0 };
    let nobody = if credit.agencies.is_empty() && credit.persons.is_empty() { 0.6 } else { 0.0 };
    let long = if credit.text.split_whitespace().count() > 10 { 0.8 } else { 0.0 };
    named - doubt - nobody - long
}

fn confidence(found: &Found, setting: Setting, relation: Relation) -> Confidence {
    let near = matches!(relation, Relation::Caption | Relation::Figure);
    let announced = matches!(found.cue, Cue::Label | Cue::Sign | Cue::By);
    let clear = found.known || !found.doubtful;
    match () {
        () if announced && clear && near => Confidence::High,
        () if setting == Setting::Credit && clear && near => Confidence::High,
        () if announced || (found.known && near) || setting == Setting::Credit => Confidence::Medium,
        () => Confidence::Low,
    }
}

/// Candidates that say the same from different places speak for each other.
fn strengthen(candidates: &mut [Candidate]) {
    let keys: Vec<String> = candidates.iter().map(|c| key(&c.found)).collect();
    let mut sources: HashMap<&str, Vec<Source>> = HashMap::new();
    for (candidate, key) in candidates.iter().zip(&keys) {
        let seen = sources.entry(key).or_default();
        let same_block = |a: &Source, b: &Source| matches!((a, b), (Source::Block(x, ..), Source::Block(y, ..)) if x == y);
        if !seen.iter().any(|s| *s == candidate.source || same_block(s, &candidate.source)) {
            seen.push(candidate.source);
        }
    }
    for (candidate, key) in candidates.iter_mut().zip(&keys) {
        candidate.weight += 0.4 * (sources[key.as_str()].len().min(3) - 1) as f32;
    }
}

/// What two credits are compared by.
pub(super) fn key(found: &Found) -> String {
    let mut names: Vec<String> = found.credit.agencies.iter().chain(&found.credit.persons).map(|n| crate::text::fold(n)).collect();
    names.sort();
    if names.is_empty() { crate::text::fold(&found.credit.text) } else { names.join("|") }
}

/// The candidate that holds all that `best` names and more in the same words: "Ann Example / Nova Media" rather than the "Ann
/// Example" that has an element of its own.
fn fuller<'c>(best: &'c Candidate, candidates: &'c [Candidate]) -> &'c Candidate {
    let span = |c: &Candidate| match c.source {
        Source::Block(block, start, _) => Some((block, start as usize + c.found.range.start..start as usize + c.found.range.end)),
        Source::Value(_) => None,
    };
    let Some((block, range)) = span(best) else { return best };
    let names = |c: &Candidate| c.found.credit.agencies.len() + c.found.credit.persons.len();
    let holds = |c: &&Candidate| {
        let inside = span(c).is_some_and(|(b, r)| b == block && r.start <= range.start && r.end >= range.end);
        inside && names(c) > names(best) && c.weight >= LIGHTEST && c.found.cue >= Cue::Sign.min(best.found.cue)
    };
    candidates.iter().filter(holds).max_by(|a, b| a.weight.total_cmp(&b.weight)).unwrap_or(best)
}

/// The heaviest candidate, with the others that its own text holds.
fn best(candidates: &[Candidate]) -> Vec<Candidate> {
    let mut best: Option<&Candidate> = None;
    for candidate in candidates.iter().filter(|c| c.weight >= LIGHTEST) {
        if best.is_none_or(|b| candidate.weight > b.weight + 1e-6) {
            best = Some(candidate);
        }
    }
    let Some(best) = best.map(|b| fuller(b, candidates)).cloned() else { return Vec::new() };
    let beside = |c: &Candidate| c.source == best.source && c.found.range != best.found.range && c.weight >= LIGHTEST + 0.8;
    let mut kept: Vec<Candidate> = candidates.iter().filter(|c| beside(c)).cloned().collect();
    kept.push(best);
    kept.sort_by_key(|c| c.found.range.start);
    kept.dedup_by(|a, b| a.found == b.found);
    kept
}
