//! `when`, `unless` and `[set.*]`: where a rule applies.

use crate::document::ImageRole;
use crate::policy::words::{DocumentOrigin, FactName};
use globset::GlobMatcher;
use jiff::civil::Date;

/// One table of conditions: every key must hold; of a key's values one must.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    /// Names of sets the document belongs to.
    pub sets: Vec<String>,
    /// Patterns of the document's path.
    pub paths: Vec<PathPattern>,
    /// Language codes.
    pub languages: Vec<String>,
    /// Sections the document says it belongs to.
    pub sections: Vec<String>,
    /// Tags or keywords the document carries.
    pub tags: Vec<String>,
    /// The day of publication.
    pub published: Vec<Comparison<Date>>,
    /// What the picture is for.
    pub roles: Vec<ImageRole>,
    /// Formats: `html`, `markdown`, `text`.
    pub kinds: Vec<String>,
    /// Facts the subject has.
    pub has: Vec<FactName>,
    /// Facts the subject lacks.
    pub lacks: Vec<FactName>,
    /// Number of words of the subject.
    pub words: Vec<Comparison<u32>>,
    /// Parties that the subject's byline, credit or source names.
    pub parties: Vec<String>,
    /// Where the document comes from.
    pub origins: Vec<DocumentOrigin>,
}

/// A path pattern: `*` inside a folder, `**` across folders.
#[derive(Debug, Clone)]
pub struct PathPattern {
    /// As written.
    pub text: String,
    pub(super) matcher: GlobMatcher,
}

impl PathPattern {
    /// Whether it matches the relative path `path`.
    pub fn matches(&self, path: &str) -> bool {
        self.matcher.is_match(path)
    }
}

/// How a value stands to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`, or nothing
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

/// A bound as policies write it: `">= 25"`, `"< 2019-06-07"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison<T> {
    /// How the value stands to the bound.
    pub comparator: Comparator,
    /// The bound.
    pub bound: T,
}

impl<T: PartialOrd> Comparison<T> {
    /// Whether `value` keeps the bound.
    pub fn holds(&self, value: &T) -> bool {
        match self.comparator {
            Comparator::Less => *value < self.bound,
            Comparator::AtMost => *value <= self.bound,
            Comparator::Equal => *value == self.bound,
            Comparator::AtLeast => *value >= self.bound,
            Comparator::More => *value > self.bound,
        }
    }
}

impl<T: std::fmt::Display> std::fmt::Display for Comparison<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = match self.comparator {
            Comparator::Less => "fewer than ",
            Comparator::AtMost => "at most ",
            Comparator::Equal => "",
            Comparator::AtLeast => "at least ",
            Comparator::More => "more than ",
        };
        write!(f, "{words}{}", self.bound)
    }
}

/// Splits `">= 25"` into comparator and the rest.
pub(super) fn comparator(text: &str) -> (Comparator, &str) {
    let text = text.trim();
    let signs = [
        ("<=", Comparator::AtMost),
        (">=", Comparator::AtLeast),
        ("<", Comparator::Less),
        (">", Comparator::More),
        ("=", Comparator::Equal),
    ];
    signs.iter().find_map(|&(sign, c)| text.strip_prefix(sign).map(|rest| (c, rest.trim()))).unwrap_or((Comparator::Equal, text))
}
