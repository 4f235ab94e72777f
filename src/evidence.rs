//! What is stated in a document, by which words, at which place.

use crate::document::ImageId;
use crate::source::Location;
use crate::terms::{Channel, Condition, Confidence, Exception, Fact, State, Use, UseName};
use crate::text::Span;

/// Index into the evidence of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EvidenceId(pub u32);

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The document.
    Document,
    /// One picture.
    Image(ImageId),
    /// All pictures of the document.
    Images,
    /// An embedded medium or post, by its number.
    Embed(u32),
    /// A quotation in the document, by its number.
    Quote(u32),
}

/// One statement with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What it is about.
    pub subject: Subject,
    /// What is stated.
    pub claim: Claim,
    /// Through which channel.
    pub channel: Channel,
    /// How sure the detector is.
    pub confidence: Confidence,
    /// Where the words or the mark-up stand.
    pub place: Place,
    /// The detector that found it, for `explain`.
    pub detector: &'static str,
}

/// A place with the words a reader sees there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Source and bytes.
    pub location: Location,
    /// Slicing the bytes, dropping mark-up, decoding references and folding white space gives this.
    pub quote: String,
}

impl Place {
    /// Whether it stands in no source: a header field given on the command line.
    pub fn is_nowhere(&self) -> bool {
        self.quote.is_empty() && self.location.span == Span::default()
    }
}

/// What is stated.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// The article's title.
    Headline(String),
    /// The persons or desks that wrote it.
    Byline(Vec<String>),
    /// A date: an RFC 3339 time with offset, or a plain `YYYY-MM-DD` where the page says no more.
    Date {
        /// First publication or last change.
        kind: DateKind,
        /// As RFC 3339 or `YYYY-MM-DD`.
        value: String,
    },
    /// Another outlet that facts or quotations are attributed to.
    Source {
        /// Its name.
        outlet: String,
        /// The address it is linked to.
        link: Option<String>,
    },
    /// Agencies or outlets the text comes from.
    AgencyCredit(Vec<String>),
    /// A copyright line.
    Copyright(Copyright),
    /// A grant.
    Licence(Terms),
    /// A restriction in prose.
    Reservation(Terms),
    /// Whom to ask.
    PermissionsContact(Contact),
    /// Where the terms stand.
    TermsLink(Contact),
    /// A machine-readable statement.
    Signal(Signal),
    /// A signal that is written so that programs ignore it or read something else.
    SignalFault {
        /// Which fault, as `explain` knows it.
        code: String,
        /// What is wrong, and what was probably meant.
        message: String,
    },
    /// Metadata says machine-made; the value as written.
    AiMarker(String),
    /// Readers are told that AI was used.
    AiDisclosure {
        /// The words.
        text: String,
        /// `text`, `summary`, `translation`, `audio`, `image`.
        scope: &'static str,
    },
    /// Words that describe a picture.
    Caption(String),
    /// Who made or supplied a picture.
    Credit(Credit),
    /// A fact that a policy's own detector yields under its own name.
    Custom {
        /// The fact's name.
        fact: String,
        /// Named parts of the match.
        parts: Vec<(String, String)>,
    },
}

/// First publication or last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateKind {
    /// First publication.
    Published,
    /// Last change.
    Modified,
}

/// A copyright line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copyright {
    /// Whose it is, exactly as written, without years, marks and neighbours.
    pub holder: Option<String>,
    /// Years and ranges as written with a plain hyphen: `2024`, `2009-2024`.
    pub years: Vec<String>,
    /// Whether it says that all rights are reserved.
    pub all_rights_reserved: bool,
}

/// What a licence or a reservation says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Terms {
    /// Licence: SPDX id, or the family without version (`CC-BY-NC`), or `CC` where the words do not say which.
    pub id: Option<String>,
    /// The uses that the wording names, each with its own place inside the notice, in order.
    pub uses: Vec<UseMention>,
    /// What it says of them.
    pub status: Option<State>,
    /// `reserved` where the wording merely reserves ("all rights reserved, including text and data mining").
    pub stated_as: Option<&'static str>,
    /// Under which conditions.
    pub conditions: Vec<Condition>,
    /// What it leaves out, each with its place.
    pub exceptions: Vec<(Exception, Place)>,
    /// Whom to ask, or who grants.
    pub rightsholder: Option<String>,
    /// Laws it names, as written.
    pub legal_basis: Vec<String>,
    /// Licence: the address it is linked to.
    pub link: Option<String>,
    /// Licence of a picture: the address of the picture's own page.
    pub source: Option<String>,
    /// `text`, `images`: where the wording limits itself to a part. Otherwise the whole.
    pub scope: Option<&'static str>,
}

/// A use named by the wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseMention {
    /// Which.
    pub name: UseName,
    /// The words that name it.
    pub place: Place,
}

/// Words that lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The words.
    pub text: String,
    /// The address behind them.
    pub url: Option<String>,
}

/// A machine-readable statement about uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// The mechanism: `robots-meta`, `robots.txt`, `tdmrep`, `aipref`, `content-signal`, `rsl`, `x-robots-tag`, …
    pub mechanism: &'static str,
    /// The value as written.
    pub value: String,
    /// What it says of each use it speaks of.
    pub states: Vec<SignalState>,
    /// `*`, or the crawler or operator it is addressed to.
    pub addressee: String,
    /// `site`, `path`, `document`, `fragment`, `image`: how wide it reaches.
    pub scope: &'static str,
    /// What carries it: `robots.txt`, `file`, `header`, `meta`, `link`, `attribute`, `json-ld`, `feed`, `embedded`.
    pub carrier: &'static str,
    /// Who runs the crawler that is addressed.
    pub operator: Option<String>,
    /// Whom to ask, where the mechanism names somebody.
    pub rightsholder: Option<String>,
}

/// What a signal says of one use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalState {
    /// The use.
    pub usage: Use,
    /// Its state.
    pub state: State,
    /// Stated itself, or derived from a statement about another use.
    pub explicit: bool,
    /// Under which conditions.
    pub conditions: Vec<Condition>,
}

/// Who made or supplied a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Credit {
    /// Agencies, archives, organisations.
    pub agencies: Vec<String>,
    /// Persons.
    pub persons: Vec<String>,
    /// The credit as printed, without the label.
    pub text: String,
    /// Words that name nobody: `handout`, `archive`, `file photo`, `ai-generated`.
    pub status_words: Vec<String>,
}

impl Claim {
    /// The fact this claim states; `None` for a policy's own fact.
    pub fn fact(&self) -> Option<Fact> {
        Some(match self {
            Self::Headline(_) => Fact::Headline,
            Self::Byline(_) => Fact::Byline,
            Self::Date { .. } => Fact::Date,
            Self::Source { .. } => Fact::Source,
            Self::AgencyCredit(_) => Fact::AgencyCredit,
            Self::Copyright(_) => Fact::Copyright,
            Self::Licence(_) => Fact::Licence,
            Self::Reservation(_) => Fact::Reservation,
            Self::PermissionsContact(_) => Fact::PermissionsContact,
            Self::TermsLink(_) => Fact::TermsLink,
            Self::Signal(_) => Fact::Signal,
            Self::SignalFault { .. } => Fact::SignalFault,
            Self::AiMarker(_) => Fact::AiMarker,
            Self::AiDisclosure { .. } => Fact::AiDisclosure,
            Self::Caption(_) => Fact::Caption,
            Self::Credit(_) => Fact::Credit,
            Self::Custom { .. } => return None,
        })
    }

    /// The fact's name as policies write it.
    pub fn fact_name(&self) -> &str {
        match (self, self.fact()) {
            (Self::Custom { fact, .. }, _) => fact,
            (_, Some(fact)) => fact.name(),
            (_, None) => "",
        }
    }
}

/// The answer after weighing all channels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribution {
    /// Title of the article.
    pub headline: Option<String>,
    /// Who wrote it; empty where nobody is named.
    pub authors: Vec<String>,
    /// First publication: RFC 3339 or `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Last change, the same form.
    pub modified: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Outlets that facts or quotations are attributed to, each once.
    pub sources: Vec<String>,
}
