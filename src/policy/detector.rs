//! `[detector.*]`: how a house states a fact.

use crate::policy::words::{Area, Attach, Consent, FactName};
use crate::terms::{Exception, Use};
use regex::Regex;

/// A detector of a policy. It states what it finds and judges nothing.
#[derive(Debug, Clone)]
pub struct Detector {
    /// Its key; shared by all policies of one name, so that evidence can carry it.
    pub key: &'static str,
    /// The fact it yields.
    pub yields: FactName,
    /// How it finds it.
    pub finder: Finder,
    /// Only in documents of these languages; empty: in all.
    pub languages: Vec<String>,
    /// Only in these areas; empty: in all visible text.
    pub scope: Vec<Area>,
    /// To which picture the find belongs.
    pub attach: Option<Attach>,
    /// For a reservation: what it means.
    pub meaning: Meaning,
}

/// How a detector finds its fact.
#[derive(Debug, Clone)]
pub enum Finder {
    /// A regular expression.
    Pattern {
        /// The expression.
        regex: Regex,
        /// Folded literals of which one must stand in a text that the expression matches; empty: none known.
        literals: Vec<String>,
    },
    /// A CSS selector: the text of each hit.
    Select(String),
    /// Text like this.
    Like {
        /// The text.
        text: String,
        /// How like, 0 to 1.
        similarity: f64,
    },
}

/// What a reservation means that the lexicon can't read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// Uses it keeps back, by general words.
    pub covers: Vec<Use>,
    /// Uses it keeps back by name.
    pub names: Vec<Use>,
    /// What it leaves open.
    pub exempts: Vec<Exception>,
    /// The consent it asks for.
    pub consent: Option<Consent>,
    /// A party: whom to ask.
    pub holder: Option<String>,
}
