//! Who wrote the article: every place that names a writer, each with its words. Which of them is right is decided in
//! [`crate::detect::weigh`].

mod east_asian;
pub mod line;
mod metadata;
mod prose;
mod segment;

use crate::detect::byline::line::LineReader;
use crate::detect::date::visible::Reader;
use crate::detect::person::Name;
use crate::detect::person::Names;
use crate::detect::reading::Reading;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::terms::Channel;
use crate::terms::Confidence;

/// Ways in which a page names its writers; the name of the detector that found it tells which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Front matter of a Markdown file.
    FrontMatter,
    /// JSON-LD about the article.
    JsonLd,
    /// Microdata, RDFa or microformats about the article.
    Markup,
    /// A `meta` element.
    Meta,
    /// Words that mark-up calls author or byline, or a link with `rel=author`.
    Marked,
    /// The same with a word such as "by".
    MarkedLine,
    /// A line with a word such as "by" near the headline.
    Line,
    /// A line that is a name, beside headline or date.
    BareLine,
    /// A name at the end of the text.
    SignOff,
    /// A box about the author.
    Biography,
}

impl Origin {
    /// Every origin with the name of its detector.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::FrontMatter, "byline:front-matter"),
        (Self::JsonLd, "byline:json-ld"),
        (Self::Markup, "byline:markup"),
        (Self::Meta, "byline:meta"),
        (Self::Marked, "byline:marked"),
        (Self::MarkedLine, "byline:marked-line"),
        (Self::Line, "byline:line"),
        (Self::BareLine, "byline:bare-line"),
        (Self::SignOff, "byline:sign-off"),
        (Self::Biography, "byline:biography"),
    ];

    /// The name of its detector.
    pub fn detector(self) -> &'static str {
        Self::ALL.iter().find(|(origin, _)| *origin == self).map_or("byline", |(_, name)| name)
    }

    /// The origin that a detector's name stands for.
    pub fn of(detector: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == detector).map(|(origin, _)| *origin)
    }
}

/// States the bylines.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let site = reading.own_names();
    let names = Names { lexicon: reading.lexicon, site };
    let language = reading.document().language.as_deref();
    let dates = Reader { calendar: reading.lexicon.calendar(), language, month_first: false };
    let reader = LineReader { names, dates };
    metadata::run(reading, &reader, evidence);
    prose::run(reading, &reader, evidence);
}

fn state(origin: Origin, channel: Channel, names: &[Name], place: Place) -> Evidence {
    Evidence {
        subject: Subject::Document,
        claim: Claim::Byline(names.iter().map(|n| n.text.clone()).collect()),
        channel,
        confidence: Confidence::Low,
        place,
        detector: origin.detector(),
    }
}
