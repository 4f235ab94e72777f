//! RSL 1.0 (Really Simple Licensing): licence offers for the pages of a site, as a document or inside a feed.

mod evaluate;
mod read;

use crate::document::Placed;
use crate::text::Span;

pub use self::evaluate::Answer;
pub use self::evaluate::Grant;
pub(super) use self::read::read;

/// An RSL document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rsl {
    /// `content` elements in order.
    pub contents: Vec<Content>,
}

/// A `content` element (section 3.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// `url`: an address or a path, with `*` and `$`; empty for the page that carries the document.
    pub url: Placed,
    /// Whether a licence must be got from a licence server, even a free one.
    pub server: bool,
    /// `license` elements: independent offers.
    pub licenses: Vec<License>,
    /// The element.
    pub span: Span,
}

/// A `license` element (section 3.4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct License {
    /// Usage values of `permits`; `None` without such an element: everything is permitted.
    pub permits: Option<Vec<Usage>>,
    /// Usage values of `prohibits`.
    pub prohibits: Vec<Usage>,
    /// Values of `permits type="user"`.
    pub users: Vec<String>,
    /// Values of `permits type="geo"`, and those of `prohibits` behind a `!`.
    pub places: Vec<String>,
    /// `type` of `payment`; empty: free.
    pub payments: Vec<Payment>,
    /// The element.
    pub span: Span,
}

/// Usage values (section 3.4.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Usage {
    /// Every automated use.
    All,
    /// The three uses by AI.
    AiAll,
    /// Training.
    AiTrain,
    /// Input at run time.
    AiInput,
    /// Indexing for AI.
    AiIndex,
    /// Searching.
    Search,
}

impl Usage {
    /// The values that name a single use.
    pub const SINGLE: [Self; 4] = [Self::Search, Self::AiTrain, Self::AiInput, Self::AiIndex];

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "all" => Self::All,
            "ai-all" => Self::AiAll,
            "ai-train" => Self::AiTrain,
            "ai-input" => Self::AiInput,
            "ai-index" => Self::AiIndex,
            "search" => Self::Search,
            _ => return None,
        })
    }

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AiAll => "ai-all",
            Self::AiTrain => "ai-train",
            Self::AiInput => "ai-input",
            Self::AiIndex => "ai-index",
            Self::Search => "search",
        }
    }

    /// Whether a value speaks of the single use `other`.
    pub fn includes(self, other: Self) -> bool {
        self == other || self == Self::All || (self == Self::AiAll && matches!(other, Self::AiTrain | Self::AiInput | Self::AiIndex))
    }
}

/// What has to be given for a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payment {
    /// Nothing.
    Free,
    /// Credit.
    Attribution,
    /// Money, in whatever way.
    Money,
}

#[cfg(test)]
mod tests;
