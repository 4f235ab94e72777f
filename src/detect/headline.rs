//! The title of the article.

use crate::detect::article;
use crate::detect::reading::Reading;
use crate::document::Role;
use crate::document::Vocabulary;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::terms::Channel;
use crate::terms::Confidence;
use crate::text::fold;

/// States the headlines: the one readers see, those of the metadata.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    let visible = document.blocks().find(|(_, b)| b.role == Role::Headline && !b.text.is_empty());
    let described = described(reading);
    let folded: Vec<String> = described.iter().map(|(text, _)| fold(text)).collect();
    if let Some((id, block)) = visible {
        let seen = fold(&block.text);
        let agreed = folded.iter().any(|f| f.contains(&seen) || seen.contains(f.as_str()));
        let confidence = if agreed { Confidence::High } else { Confidence::Medium };
        evidence.push(state(block.text.clone(), Channel::Prose, confidence, reading.place(id, 0..block.text.len())));
    }
    for (text, place) in described {
        evidence.push(state(text, Channel::Metadata, Confidence::Medium, place));
    }
}

/// Titles in metadata, best first.
fn described(reading: &Reading<'_>) -> Vec<(String, Place)> {
    let document = reading.document();
    let mut found = Vec::new();
    for &id in reading.articles() {
        let item = document.item(id);
        let name = if item.vocabulary == Vocabulary::FrontMatter { "title" } else { "headline" };
        let property = item.get(name).find_map(|p| article::text_of(p).map(|t| (t.trim().to_owned(), p.span)));
        found.extend(property.map(|(text, span)| (text, reading.value_place(span))));
    }
    let fields = ["og:title", "twitter:title", "dc.title", "citation_title"].iter().flat_map(|name| document.fields(name));
    found.extend(fields.map(|f| (f.value.trim().to_owned(), reading.value_place(f.span))));
    found.retain(|(text, _)| !text.is_empty());
    found
}

fn state(text: String, channel: Channel, confidence: Confidence, place: Place) -> Evidence {
    Evidence { subject: Subject::Document, claim: Claim::Headline(text), channel, confidence, place, detector: "headline" }
}
