//! Metadata that says machine-made: IPTC digital source types, and the `AI-Disclosure` header field.

use crate::detect::item_subject;
use crate::detect::reading::Reading;
use crate::detect::signal::page::Page;
use crate::document::ItemId;
use crate::document::Value;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::terms::Channel;
use crate::terms::Confidence;

/// Digital source types for what a trained model has made, whole or in part, in lower case.
const MADE_BY_MODELS: &[&str] = &["trainedalgorithmicmedia", "compositewithtrainedalgorithmicmedia", "compositesynthetic"];

/// Modes of `AI-Disclosure` (draft-abaris-aicdh-01) for what a model has made or changed.
const MODES: &[&str] = &["ai-originated", "ai-modified", "machine-generated"];

/// States the markers.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    for (n, item) in reading.document().items.iter().enumerate() {
        for property in item.get("digitalSourceType") {
            let Value::Text(value) = &property.value else { continue };
            if !is_machine_made(value) {
                continue;
            }
            if let Some(subject) = item_subject::of(reading, ItemId(n as u32)) {
                evidence.push(state(subject, value, Confidence::High, reading.value_place(property.span)));
            }
        }
    }
    for medium in reading.media() {
        for field in medium.get("iptc4xmpext:digitalsourcetype").filter(|f| is_machine_made(&f.value)) {
            let stated = state(medium.subject(), &field.value, Confidence::High, medium.place(field.span));
            evidence.push(Evidence { channel: medium.channel(), ..stated });
        }
    }
    let page = Page::new(reading);
    for header in page.headers("ai-disclosure") {
        let lower = header.value.to_ascii_lowercase();
        if MODES.iter().any(|mode| lower.contains(mode)) {
            evidence.push(state(Subject::Document, header.value, header.confidence.min(Confidence::Medium), header.place.clone()));
        }
    }
}

/// Accepts the bare name, the address of schema.org (`…DigitalSource`) and that of IPTC, with `http` and `https`.
pub fn is_machine_made(value: &str) -> bool {
    let name = value.trim().trim_end_matches('/').rsplit(['/', '#', ':']).next().unwrap_or_default().to_ascii_lowercase();
    MADE_BY_MODELS.contains(&name.strip_suffix("digitalsource").unwrap_or(&name))
}

fn state(subject: Subject, value: &str, confidence: Confidence, place: Place) -> Evidence {
    Evidence {
        subject,
        claim: Claim::AiMarker(value.trim().to_owned()),
        channel: Channel::Metadata,
        confidence,
        place,
        detector: "ai-marker",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_source_type_is_known() {
        for yes in [
            "TrainedAlgorithmicMediaDigitalSource",
            "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            "https://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic/",
        ] {
            assert!(is_machine_made(yes), "{yes}");
        }
        for no in ["algorithmicMedia", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", "", "composite"] {
            assert!(!is_machine_made(no), "{no}");
        }
    }
}
