//! Outlets that facts or quotations are attributed to: "reports the …", "according to …", "told …".

pub mod outlet;

use crate::detect::article;
use crate::detect::person::Names;
use crate::detect::person::letters_of;
use crate::detect::reading::Reading;
use crate::detect::source::outlet::Outlet;
use crate::detect::source::outlet::OutletReader;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::InlineKind;
use crate::document::Role;
use crate::document::Value;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::lexicon::concept::Concept;
use crate::terms::Channel;
use crate::terms::Confidence;
use crate::text::fold;
use std::ops::Range;

/// An outlet with the address it is linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The outlet as the text names it here.
    pub outlet: Outlet,
    /// The address of a link on the name, or beside the verb.
    pub link: Option<String>,
}

/// States the sources, each at its first mention.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let site = reading.own_names();
    let reader = OutletReader { names: Names { lexicon: reading.lexicon, site }, calendar: reading.lexicon.calendar() };
    let mut known: Vec<Known> = Vec::new();
    for (id, block) in reading.document().blocks() {
        if matches!(block.role, Role::Body | Role::Lead | Role::Quote) {
            for mention in mentions(reading, &reader, id) {
                let place = reading.place(id, mention.outlet.range.clone());
                note(&mut known, mention, place);
            }
        }
    }
    evidence.extend(known.into_iter().map(|k| state(k.name, k.link, Channel::Prose, k.confidence, k.place)));
    metadata(reading, &reader, evidence);
}

/// Most outlets that one document is listened to.
const MOST: usize = 100;

/// An outlet found so far.
struct Known {
    name: String,
    link: Option<String>,
    confidence: Confidence,
    place: Place,
}

/// Adds a mention to what is known: an outlet counts once however it is named.
fn note(known: &mut Vec<Known>, mention: Mention, place: Place) {
    let Mention { outlet, link } = mention;
    if let Some(first) = known.iter_mut().find(|k| same(&k.name, &outlet.name)) {
        first.link = first.link.take().or(link);
        first.confidence = first.confidence.max(outlet.confidence);
    } else if known.len() < MOST {
        known.push(Known { name: outlet.name, link, confidence: outlet.confidence, place });
    }
}

/// The outlets that block `id` attributes something to, by place.
pub fn mentions(reading: &Reading<'_>, reader: &OutletReader<'_>, id: BlockId) -> Vec<Mention> {
    let block = reading.document().block(id);
    let language = reading.document().language.as_deref();
    let (folded, hits) = (&reading.folded[id.0 as usize], &reading.hits[id.0 as usize]);
    let speaks = |c| matches!(c, Concept::AttributionAccordingTo | Concept::AttributionReports);
    let mut found: Vec<Outlet> = Vec::new();
    for hit in hits.iter().filter(|h| speaks(h.concept) && language.is_none_or(|l| l == h.language)) {
        let range = folded.original(hit.range.clone());
        let both = [reader.after(&block.text, range.end), reader.before(&block.text, range.start)];
        for outlet in both.into_iter().flatten() {
            // Hits come in order: only the last few can overlap.
            if !found.iter().rev().take(8).any(|f| overlaps(&f.range, &outlet.range)) {
                found.push(outlet);
            }
        }
    }
    found.sort_by_key(|o| o.range.start);
    let link = |range: &Range<usize>| link_on(block, range);
    found.into_iter().map(|outlet| Mention { link: link(&outlet.range), outlet }).collect()
}

/// The address of a link that shares bytes with `range`. Inlines stand in order, so only those around it are looked at.
fn link_on(block: &Block, range: &Range<usize>) -> Option<String> {
    let end = block.inlines.partition_point(|i| (i.range.start as usize) < range.end);
    block.inlines[..end].iter().rev().take(16).find_map(|i| match &i.kind {
        InlineKind::Link { href, .. } if i.range.end as usize > range.start => Some(href.clone()),
        _ => None,
    })
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether two names are one outlet's: equal without article and inflection, or one the initials of the other.
pub fn same(a: &str, b: &str) -> bool {
    let (x, y) = (key(a), key(b));
    let inflected = x.len() == y.len() && x.iter().zip(&y).all(|(p, q)| alike(p, q));
    inflected || abbreviates(a, &y) || abbreviates(b, &x)
}

/// The folded words of a name, without its article.
fn key(name: &str) -> Vec<String> {
    const ARTICLES: &[&str] =
        &["the", "der", "die", "das", "den", "dem", "des", "le", "la", "les", "l", "el", "il", "lo", "o", "de", "het"];
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.enumerate().filter(|(n, w)| *n > 0 || !ARTICLES.contains(w)).map(|(_, w)| w.to_owned()).collect()
}

/// Equal but for an ending: "Neue" and "Neuen".
fn alike(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(p, q)| p == q).count();
    let longest = a.chars().count().max(b.chars().count());
    a == b || (common >= 4 && longest - common <= 2)
}

/// Whether `short` is made of the initials of the words: `NYT`.
fn abbreviates(short: &str, words: &[String]) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.len() >= 2 && letters.iter().all(|c| c.is_uppercase());
    let initials: Vec<char> = words.iter().filter_map(|w| w.chars().next()).collect();
    let folded: Vec<char> = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    capitals && words.len() >= 2 && folded == initials
}

/// `isBasedOn` of the article.
fn metadata(reading: &Reading<'_>, reader: &OutletReader<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    for &id in reading.articles() {
        let item = document.item(id);
        for property in item.get("isBasedOn").chain(item.get("isBasedOnUrl")) {
            let (name, link) = match &property.value {
                Value::Text(address) => (article::host_of(address), Some(address.clone())),
                Value::Item(based) => {
                    let based = document.item(*based);
                    let publisher = based.get("publisher").find_map(|p| article::named(document, p)).map(|n| n.name);
                    let link = based.text("url").or(based.id.as_deref()).map(str::to_owned);
                    (publisher.or_else(|| link.as_deref().and_then(article::host_of)), link)
                }
            };
            let Some(name) = name.filter(|n| !reader.names.is_site(&fold(n)) && !letters_of(&fold(n)).is_empty()) else { continue };
            evidence.push(state(name, link, Channel::Metadata, Confidence::Medium, reading.value_place(property.span)));
        }
    }
}

fn state(outlet: String, link: Option<String>, channel: Channel, confidence: Confidence, place: Place) -> Evidence {
    Evidence { subject: Subject::Document, claim: Claim::Source { outlet, link }, channel, confidence, place, detector: "source" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_one_however_it_is_named() {
        assert!(same("The New Harbour Times", "NHT"));
        assert!(same("NHT", "New Harbour Times"));
        assert!(same("Neue Hafenzeitung", "Neuen Hafenzeitung"));
        assert!(same("Der Hafenbote", "Hafenbote"));
        assert!(!same("Harbour Times", "Harbour Post"));
        assert!(!same("Nova Media", "Nova Radio"));
    }
}
