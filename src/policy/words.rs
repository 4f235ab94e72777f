//! The closed vocabularies of the policy format that no lower layer needs.

use crate::lexicon::concept::Concept;
use crate::terms::Fact;
use crate::terms::names;

names! {
    /// What a rule goes through one by one.
    SubjectKind {
        /// The document as a whole: a rule without `for-each`.
        Document = "document",
        /// Each picture.
        Image = "image",
        /// Each video.
        Video = "video",
        /// Each medium or post of others that the page shows in a frame: a player, a map, a post of a network.
        Embed = "embed",
        /// Each quotation.
        Quote = "quote",
    }
}

names! {
    /// A part of the document in which a statement may stand.
    Area {
        /// Mark-up for machines before the first visible text: meta elements, JSON-LD, front matter.
        Head = "head",
        /// The article's own text, captions included.
        Article = "article",
        /// Headline, lead, byline area and the first two paragraphs.
        ArticleTop = "article-top",
        /// Words that caption or credit a picture, beside it.
        Caption = "caption",
        /// Alternative text or tooltip of a picture.
        Alt = "alt",
        /// The foot of the page.
        Footer = "footer",
        /// Any machine-readable statement of the document.
        Metadata = "metadata",
        /// Inside a media file or its sidecar.
        Embedded = "embedded",
    }
}

names! {
    /// The consent a reservation asks for.
    Consent {
        /// Consent of any kind.
        Any = "any",
        /// Consent asked beforehand.
        Prior = "prior",
        /// Consent given expressly.
        Explicit = "explicit",
        /// Consent in writing.
        Written = "written",
        /// Consent asked beforehand and given expressly.
        PriorExplicit = "prior-explicit",
        /// Consent asked beforehand and given in writing.
        PriorWritten = "prior-written",
    }
}

impl Area {
    /// The area in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Head => "the page's head",
            Self::Article => "the article",
            Self::ArticleTop => "the article's top",
            Self::Caption => "the caption",
            Self::Alt => "the alternative text",
            Self::Footer => "the page's foot",
            Self::Metadata => "the metadata",
            Self::Embedded => "the picture file",
        }
    }
}

impl Consent {
    /// What is said of the consent, as concepts of the lexicon.
    pub fn qualities(self) -> &'static [Concept] {
        match self {
            Self::Any => &[],
            Self::Prior => &[Concept::ConsentPrior],
            Self::Explicit => &[Concept::ConsentExplicit],
            Self::Written => &[Concept::ConsentWritten],
            Self::PriorExplicit => &[Concept::ConsentPrior, Concept::ConsentExplicit],
            Self::PriorWritten => &[Concept::ConsentPrior, Concept::ConsentWritten],
        }
    }
}

names! {
    /// What follows when the evidence is below medium confidence, and what silence means to a `permit` rule.
    Answer {
        /// Fulfilled.
        Pass = "pass",
        /// A person must decide.
        Review = "review",
        /// Not fulfilled.
        Fail = "fail",
    }
}

names! {
    /// Where a document comes from.
    DocumentOrigin {
        /// From the site the policy names in `[site]`, or without an address of its own.
        Own = "own",
        /// Its address lies elsewhere.
        Other = "other",
        /// It says that an agency or another outlet supplied the text.
        Agency = "agency",
    }
}

names! {
    /// What is known of a picture's own file.
    PictureFile {
        /// It was read, and holds XMP metadata.
        WithXmp = "with-xmp",
        /// It was read, and holds none.
        WithoutXmp = "without-xmp",
        /// It is not among the files in reach.
        NotInScan = "not-in-scan",
    }
}

names! {
    /// What a party is.
    PartyKind {
        /// Publishes the documents.
        Publisher = "publisher",
        /// Supplies text or pictures.
        Agency = "agency",
        /// Works for the publisher.
        Staff = "staff",
        /// One human being.
        Person = "person",
    }
}

names! {
    /// To which picture a policy's detector attaches what it finds.
    Attach {
        /// The picture whose element stands nearest in the source.
        NearestImage = "nearest-image",
        /// Only a picture that the words caption or stand beside.
        SameFigure = "same-figure",
    }
}

/// A fact by name: one of the closed list, or one that a detector of the policy yields.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactName {
    /// One of the closed list.
    Known(Fact),
    /// Yielded by a `[detector.*]` of the policy.
    Custom(String),
}

impl FactName {
    /// The name as policies write it.
    pub fn name(&self) -> &str {
        match self {
            Self::Known(fact) => fact.name(),
            Self::Custom(name) => name,
        }
    }

    /// The fact of the closed list, if it is one.
    pub fn known(&self) -> Option<Fact> {
        match self {
            Self::Known(fact) => Some(*fact),
            Self::Custom(_) => None,
        }
    }
}

impl std::fmt::Display for FactName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}
