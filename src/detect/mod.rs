//! Detectors read documents and state what they found; they never judge.

pub mod agency_credit;
pub mod ai_marker;
pub mod article;
pub mod byline;
pub mod caption;
pub mod clause;
pub mod contact;
pub mod copyright;
pub mod credit;
pub mod date;
pub mod disclosure;
pub mod headline;
mod item_subject;
pub mod licence;
pub mod licence_link;
pub mod media;
pub mod person;
pub mod quotation;
pub mod reading;
pub mod signal;
pub mod signal_fault;
pub mod source;
pub mod standing;
pub mod terms;
pub mod weigh;

use crate::detect::quotation::Quote;
use crate::detect::reading::Reading;
use crate::evidence::{Attribution, Claim, Evidence, Place, Subject};
use crate::source::Location;
use crate::terms::{Channel, Confidence};

/// A detector.
pub struct Detector {
    /// Its name.
    pub id: &'static str,
    /// One line for `rightscheck explain`.
    pub about: &'static str,
    /// States what it finds.
    pub run: fn(&Reading<'_>, &mut Vec<Evidence>),
}

/// Every detector, sorted by name.
pub static DETECTORS: &[Detector] = &[
    Detector { id: "agency-credit", about: "the text is an agency's or another outlet's, whole or in part", run: agency_credit::run },
    Detector { id: "ai-marker", about: "metadata that says machine-made", run: ai_marker::run },
    Detector { id: "byline", about: "who wrote the article, from words and metadata", run: byline::run },
    Detector { id: "contact", about: "whom to ask for permission", run: contact::run },
    Detector { id: "copyright", about: "copyright lines, from words and metadata", run: copyright::run },
    Detector { id: "credit", about: "captions of pictures, and whom pictures are credited to", run: credit::run },
    Detector { id: "date", about: "when the article was published and changed", run: date::run },
    Detector { id: "disclosure", about: "readers are told that AI was used", run: disclosure::run },
    Detector { id: "headline", about: "the title of the article", run: headline::run },
    Detector { id: "licence", about: "Creative Commons and other licences by name, code or address", run: licence::run },
    Detector { id: "licence-link", about: "licences in links and structured metadata", run: licence_link::run },
    Detector { id: "signal", about: "what machines are told, in the page, its header and the files of its site", run: signal::run },
    Detector { id: "signal-fault", about: "signals that don't say what their author probably means", run: signal_fault::run },
    Detector { id: "source", about: "outlets that facts or quotations are attributed to", run: source::run },
    Detector { id: "terms", about: "what may be done with the document: reservations and grants, in words", run: terms::run },
    Detector { id: "terms-link", about: "where the terms of use stand", run: contact::terms },
];

/// What was found in a document.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Every statement, ordered by place.
    pub evidence: Vec<Evidence>,
    /// The answer after weighing all channels.
    pub attribution: Attribution,
    /// Quotations, by place: what rules with `for-each = "quote"` go through.
    pub quotes: Vec<Quote>,
}

/// Runs every detector over a document and its companions.
pub fn detect(reading: &Reading<'_>) -> Facts {
    let mut evidence = Vec::new();
    for detector in DETECTORS {
        (detector.run)(reading, &mut evidence);
    }
    evidence.sort_by_key(|e| e.place.location);
    leave_to_pictures(&mut evidence);
    let attribution = weigh::attribution(reading, &mut evidence);
    let quotes = quotation::find(reading, &evidence);
    let sources = (0..).zip(&quotes).filter_map(|(n, quote)| quote.source(n));
    evidence.extend(sources);
    evidence.sort_by_key(|e| e.place.location);
    Facts { evidence, attribution, quotes }
}

/// Drops copyright lines that are part of a picture's credit, "Photo: Ann Example/Copyright 2026 Wire-A. All rights reserved", there or
/// where the page shows the credit again.
fn leave_to_pictures(evidence: &mut Vec<Evidence>) {
    let credit = |e: &&Evidence| {
        matches!((&e.claim, &e.subject), (Claim::Credit(_), Subject::Image(_) | Subject::Embed(_))) && e.confidence > Confidence::Low
    };
    let credits: Vec<&Place> = evidence.iter().filter(credit).map(|e| &e.place).collect();
    let inside = |at: Location| {
        // Credits are sorted, and those that hold the line start at or before it.
        let before = credits.partition_point(|c| c.location <= at);
        credits[..before].iter().rev().take(4).any(|c| c.location.source == at.source && c.location.span.contains(at.span))
    };
    let again = |e: &Evidence, holder: Option<&str>| {
        let opening = e.place.quote.split(". ").next().unwrap_or_default().trim_end_matches('.');
        let whole = |c: &&&Place| e.confidence == Confidence::Low && Some(c.quote.as_str()) == holder;
        credits.iter().any(|c| (c.quote.len() > opening.len() && c.quote.ends_with(opening)) || whole(&c))
    };
    let credited = |e: &Evidence| match &e.claim {
        Claim::Copyright(line) if e.channel == Channel::Prose => inside(e.place.location) || again(e, line.holder.as_deref()),
        _ => false,
    };
    let dropped: Vec<bool> = evidence.iter().map(credited).collect();
    let mut dropped = dropped.into_iter();
    evidence.retain(|_| !dropped.next().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copyright_line_inside_a_credit_is_the_pictures() {
        use crate::document::ImageId;
        use crate::evidence::{Copyright, Credit};
        use crate::source::SourceId;
        use crate::text::Span;
        let state = |subject, claim, start, end| Evidence {
            subject,
            claim,
            channel: Channel::Prose,
            confidence: Confidence::High,
            place: Place { location: Location { source: SourceId(0), span: Span::new(start, end) }, quote: String::new() },
            detector: "test",
        };
        let line = || Claim::Copyright(Copyright { holder: None, years: Vec::new(), all_rights_reserved: true });
        let credit = state(Subject::Image(ImageId(0)), Claim::Credit(Credit::default()), 10, 60);
        let mut evidence = vec![credit, state(Subject::Document, line(), 20, 60), state(Subject::Document, line(), 90, 120)];
        leave_to_pictures(&mut evidence);
        assert_eq!(evidence.iter().map(|e| e.place.location.span.start).collect::<Vec<_>>(), [10, 90]);
        let credit = state(Subject::Embed(0), Claim::Credit(Credit::default()), 10, 60);
        let mut evidence = vec![credit, state(Subject::Document, line(), 20, 60)];
        leave_to_pictures(&mut evidence);
        assert_eq!(evidence.len(), 1);
        let quoted = |mut e: Evidence, quote: &str| {
            e.place.quote = quote.to_owned();
            e
        };
        let credit =
            quoted(state(Subject::Image(ImageId(0)), Claim::Credit(Credit::default()), 10, 60), "Ann Example/Copyright 2026 Wire-A");
        let shown_again = quoted(state(Subject::Document, line(), 90, 120), "Copyright 2026 Wire-A. All rights reserved.");
        let own = quoted(state(Subject::Document, line(), 200, 220), "Copyright 2026 Nova Media");
        let mut evidence = vec![credit, shown_again, own];
        leave_to_pictures(&mut evidence);
        assert_eq!(evidence.iter().map(|e| e.place.location.span.start).collect::<Vec<_>>(), [10, 200]);
    }

    #[test]
    fn detectors_are_sorted_and_described() {
        assert!(DETECTORS.is_sorted_by(|a, b| a.id < b.id), "sort DETECTORS by id");
        assert!(DETECTORS.iter().all(|d| !d.about.is_empty() && !d.about.ends_with('.')));
    }
}
