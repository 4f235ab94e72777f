//! Whom to ask for permission, and where the terms stand: labels of links, and sentences that say how to ask.

use crate::detect::clause::sentence;
use crate::detect::reading::Reading;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::Role;
use crate::evidence::Claim;
use crate::evidence::Contact;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::lexicon::concept::Concept;
use crate::terms::Channel;
use crate::terms::Confidence;
use std::collections::HashSet;
use std::ops::Range;

/// Longest sentence that says how to ask, in bytes: longer ones are stories about rights.
const LONGEST_SENTENCE: usize = 320;

/// States permission contacts: labels such as "Syndication" and sentences such as "For permission write to …".
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    labels(reading, Concept::ContactLabel, "contact", Claim::PermissionsContact, evidence);
    for (id, block) in reading.document().blocks() {
        let asks = |c: Concept| matches!(c, Concept::ContactAsk | Concept::ContactLicenceContact);
        if speaks_for_the_site(block) && reading.hits[id.0 as usize].iter().any(|h| asks(h.concept)) {
            sentences(reading, id, block, evidence);
        }
    }
}

/// States links to terms of use.
pub fn terms(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    labels(reading, Concept::TermsLink, "terms-link", Claim::TermsLink, evidence);
}

fn speaks_for_the_site(block: &Block) -> bool {
    !matches!(block.role, Role::Comment | Role::Teaser | Role::Headline | Role::Heading)
}

/// Links whose whole label is phrases of `concept`, each address and label once.
fn labels(reading: &Reading<'_>, concept: Concept, detector: &'static str, claim: fn(Contact) -> Claim, evidence: &mut Vec<Evidence>) {
    let mut seen = HashSet::new();
    for (id, block) in reading.document().blocks() {
        if !speaks_for_the_site(block) || !reading.hits[id.0 as usize].iter().any(|h| h.concept == concept) {
            continue;
        }
        for (range, url) in label_ranges(block) {
            let text = block.text[range.clone()].trim();
            if is_label(reading, id, range.clone(), concept) && seen.insert((url.map(str::to_owned), text.to_lowercase())) {
                let contact = Contact { text: text.to_owned(), url: url.map(str::to_owned) };
                let confidence = if url.is_some() && block.role != Role::Body { Confidence::High } else { Confidence::Medium };
                evidence.push(Evidence {
                    subject: Subject::Document,
                    claim: claim(contact),
                    channel: Channel::Prose,
                    confidence,
                    place: reading.place(id, range),
                    detector,
                });
            }
        }
    }
}

/// The links of a block; a short block in the page's foot without links is a label too.
fn label_ranges(block: &Block) -> Vec<(Range<usize>, Option<&str>)> {
    let links: Vec<_> = block.links().map(|(range, href, _)| (range, Some(href))).collect();
    let bare = links.is_empty() && block.text.len() <= 60 && matches!(block.role, Role::Footer | Role::Header | Role::Navigation);
    if bare { vec![(0..block.text.len(), None)] } else { links }
}

/// Whether nearly all letters of `range` belong to phrases of `concept`: a word or two such as "our" may be left.
fn is_label(reading: &Reading<'_>, id: BlockId, range: Range<usize>, concept: Concept) -> bool {
    let folded = &reading.folded[id.0 as usize];
    let letters = |r: Range<usize>| reading.document().block(id).text[r].chars().filter(|c| c.is_alphanumeric()).count();
    let whole = letters(range.clone());
    let mut covered_to = range.start;
    let mut covered = 0;
    for hit in reading.hits[id.0 as usize].iter().filter(|h| h.concept == concept) {
        let at = folded.original(hit.range.clone());
        if at.start >= covered_to && at.end <= range.end {
            covered += letters(at.clone());
            covered_to = at.end;
        }
    }
    covered > 0 && covered * 4 >= whole * 3
}

/// Sentences that say how to ask. A weak phrase needs an address, a link or a number beside it.
fn sentences(reading: &Reading<'_>, id: BlockId, block: &Block, evidence: &mut Vec<Evidence>) {
    let folded = &reading.folded[id.0 as usize];
    for range in sentence::split(&block.text) {
        let inside = |at: &Range<usize>| range.start <= at.start && at.end <= range.end;
        let mut hits = reading.hits[id.0 as usize].iter().filter(|h| {
            matches!(h.concept, Concept::ContactAsk | Concept::ContactLicenceContact) && inside(&folded.original(h.range.clone()))
        });
        let Some(weak) = hits.next().map(|first| first.weak && hits.all(|h| h.weak)) else { continue };
        let url = link_in(block, &range);
        let text = block.text[range.clone()].trim();
        if range.len() > LONGEST_SENTENCE || (weak && url.is_none() && !names_an_address(text)) {
            continue;
        }
        if evidence.iter().any(|e| matches!(e.claim, Claim::PermissionsContact(_)) && e.place == reading.place(id, range.clone())) {
            continue;
        }
        evidence.push(Evidence {
            subject: Subject::Document,
            claim: Claim::PermissionsContact(Contact { text: text.to_owned(), url: url.map(str::to_owned) }),
            channel: Channel::Prose,
            confidence: if weak || block.role == Role::Body { Confidence::Medium } else { Confidence::High },
            place: reading.place(id, range),
            detector: "contact",
        });
    }
}

fn link_in<'b>(block: &'b Block, range: &Range<usize>) -> Option<&'b str> {
    block.links().find(|(at, ..)| at.start >= range.start && at.end <= range.end).map(|(_, href, _)| href)
}

/// Whether the words hold a mail address, a web address or a telephone number.
fn names_an_address(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.contains('@') || text.contains("www.") || text.contains("://") || digits >= 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::reading::ReadSource;
    use crate::lexicon::Lexicon;
    use crate::source::Origin;
    use crate::source::Source;

    fn found(html: &str) -> Vec<(String, String)> {
        let read = ReadSource::new(Source::new(Origin::path("page.html"), html.as_bytes().to_vec()));
        let reading = Reading::new(&read, &[], Lexicon::builtin());
        let mut evidence = Vec::new();
        run(&reading, &mut evidence);
        terms(&reading, &mut evidence);
        let quoted = |e: Evidence| (e.claim.fact_name().to_owned(), e.place.quote);
        evidence.into_iter().map(quoted).collect()
    }

    #[test]
    fn labels_are_whole_links() {
        let foot =
            "<footer><a href=/t>Terms of use</a> <a href=/s>Syndication &amp; Licensing</a> <a href=/n>Terms agreed in strike</a></footer>";
        let contact = ("permissions-contact".to_owned(), "Syndication & Licensing".to_owned());
        assert_eq!(found(foot), [contact, ("terms-link".to_owned(), "Terms of use".to_owned())]);
    }

    #[test]
    fn a_sentence_needs_somebody_to_ask() {
        let page = |text: &str| format!("<footer><p>{text}</p></footer>");
        assert_eq!(found(&page("For permission write to rights@news.example.")).len(), 1);
        assert_eq!(found(&page("The players asked the coach for permission.")).len(), 0);
    }
}
