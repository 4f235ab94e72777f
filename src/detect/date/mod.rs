//! When the article was published and last changed: every place that says so, each with its words. Which of them is right is
//! decided in [`crate::detect::weigh`].

pub mod machine;
mod metadata;
pub mod moment;
mod prose;
pub mod visible;
mod zone;

use crate::detect::date::moment::Moment;
use crate::detect::date::visible::Reader;
use crate::detect::reading::Reading;
use crate::evidence::Claim;
use crate::evidence::DateKind;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::terms::Channel;
use crate::terms::Confidence;

/// Ways in which a page states a date; the name of the detector that found it tells which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Front matter of a Markdown file.
    FrontMatter,
    /// JSON-LD about the article.
    JsonLd,
    /// Microdata, RDFa or microformats about the article.
    Markup,
    /// A `meta` element that speaks of publication or change.
    Meta,
    /// A `meta` element that speaks of some date.
    AnyMeta,
    /// A `time` element with a machine-readable value.
    Time,
    /// Words with a label: "published", "updated".
    Labelled,
    /// Words that mark-up calls a date.
    Marked,
    /// A line near the headline that is a date or holds one.
    Line,
    /// A date at the end of the text.
    End,
    /// The end of the page's title: "Harbour reopens | The Gazette | 14.11.2024".
    Title,
    /// The page's address.
    Address,
}

impl Origin {
    /// Every origin with the name of its detector.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::FrontMatter, "date:front-matter"),
        (Self::JsonLd, "date:json-ld"),
        (Self::Markup, "date:markup"),
        (Self::Meta, "date:meta"),
        (Self::AnyMeta, "date:any-meta"),
        (Self::Time, "date:time"),
        (Self::Labelled, "date:labelled"),
        (Self::Marked, "date:marked"),
        (Self::Line, "date:line"),
        (Self::End, "date:end"),
        (Self::Title, "date:title"),
        (Self::Address, "date:address"),
    ];

    /// The name of its detector.
    pub fn detector(self) -> &'static str {
        Self::ALL.iter().find(|(origin, _)| *origin == self).map_or("date", |(_, name)| name)
    }

    /// The origin that a detector's name stands for.
    pub fn of(detector: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == detector).map(|(origin, _)| *origin)
    }
}

/// States the dates.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    let reader = Reader { calendar: reading.lexicon.calendar(), language: document.language.as_deref(), month_first: false };
    metadata::run(reading, &reader, evidence);
    prose::run(reading, &reader, evidence);
    if !evidence.iter().any(|e| matches!(e.claim, Claim::Date { .. })) {
        prose::elsewhere(reading, &reader, evidence);
    }
}

fn state(origin: Origin, kind: DateKind, moment: Moment, place: Place) -> Evidence {
    let channel = match origin {
        Origin::Labelled | Origin::Marked | Origin::Line | Origin::End => Channel::Prose,
        _ => Channel::Metadata,
    };
    Evidence {
        subject: Subject::Document,
        claim: Claim::Date { kind, value: moment.to_string() },
        channel,
        confidence: Confidence::Low,
        place,
        detector: origin.detector(),
    }
}
