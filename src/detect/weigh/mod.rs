//! Weighs what the channels say and gives one answer per fact: by trust in the place, by agreement between places. Sets the
//! confidence of the evidence it weighed.

mod authors;
mod dates;

use crate::detect::article;
use crate::detect::reading::Reading;
use crate::evidence::Attribution;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::terms::Confidence;

/// The answer after weighing all channels.
pub fn attribution(reading: &Reading<'_>, evidence: &mut [Evidence]) -> Attribution {
    let authors = authors::weigh(reading, evidence);
    let (published, modified) = dates::weigh(reading, evidence);
    Attribution {
        headline: headline(evidence),
        authors,
        published,
        modified,
        publisher: article::publishers(reading).into_iter().next().map(|n| n.name),
        sources: sources(evidence),
    }
}

/// The most certain headline; of equal ones the first.
fn headline(evidence: &[Evidence]) -> Option<String> {
    let mut best: Option<(Confidence, &String)> = None;
    for found in evidence {
        if let Claim::Headline(text) = &found.claim
            && best.is_none_or(|(confidence, _)| found.confidence > confidence)
        {
            best = Some((found.confidence, text));
        }
    }
    best.map(|(_, text)| text.clone())
}

/// Outlets in order, each once, without mere guesses.
fn sources(evidence: &[Evidence]) -> Vec<String> {
    let mut outlets: Vec<String> = Vec::new();
    for found in evidence.iter().filter(|e| e.confidence >= Confidence::Medium) {
        if let Claim::Source { outlet, .. } = &found.claim
            && !outlets.contains(outlet)
        {
            outlets.push(outlet.clone());
        }
    }
    outlets
}
