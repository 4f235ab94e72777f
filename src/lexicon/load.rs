//! Reads lexicon files: TOML tables of `concept = ["phrase", …]`, and the cases that test them.

use crate::builtin;
use crate::lexicon::calendar::Wording;
use crate::lexicon::concept::Concept;
use std::collections::BTreeMap;

/// The wording of one language.
#[derive(Debug, Clone)]
pub struct Language {
    /// Two-letter code.
    pub code: &'static str,
    /// English name.
    pub name: String,
    /// Its phrases in file order.
    pub phrases: Vec<Entry>,
    /// How it writes dates.
    pub dates: Wording,
}

/// A phrase as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it means.
    pub concept: Concept,
    /// The phrase without its mark; `*` stands for letters.
    pub text: String,
    /// Written with `~`: counts only beside another cue.
    pub weak: bool,
}

#[derive(serde::Deserialize)]
struct Raw {
    language: String,
    name: String,
    #[serde(default)]
    dates: Wording,
    #[serde(flatten)]
    tables: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// What is wrong with a lexicon file.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// It isn't TOML of the expected shape.
    #[error("{path}: {message}")]
    Shape {
        /// The file.
        path: String,
        /// What the TOML reader says.
        message: String,
    },
    /// It names a concept that doesn't exist.
    #[error("{path}: `{name}` is no concept{}", near.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    Concept {
        /// The file.
        path: String,
        /// The name as written.
        name: String,
        /// The nearest concept.
        near: Option<&'static str>,
    },
}

/// Reads one lexicon file.
///
/// # Errors
/// When the file isn't TOML of the expected shape or names an unknown concept.
pub fn parse(path: &str, text: &str) -> Result<Language, LexiconError> {
    // The cases stand last in a lexicon file, for `tests/`; the program doesn't spend start-up time on them.
    let wording = text.split("\n[[case.").next().unwrap_or(text);
    let raw: Raw = toml::from_str(wording).map_err(|e| LexiconError::Shape { path: path.to_owned(), message: e.to_string() })?;
    let mut phrases = Vec::new();
    for (table, entries) in &raw.tables {
        for (key, list) in entries {
            let name = format!("{table}.{key}");
            let concept = Concept::named(&name).ok_or_else(|| LexiconError::Concept { path: path.to_owned(), near: near(&name), name })?;
            phrases.extend(list.iter().map(|p| Entry { concept, text: p.trim_start_matches('~').to_owned(), weak: p.starts_with('~') }));
        }
    }
    Ok(Language { code: intern(&raw.language), name: raw.name, phrases, dates: raw.dates })
}

fn near(name: &str) -> Option<&'static str> {
    Concept::ALL
        .iter()
        .map(|c| c.name())
        .min_by_key(|c| strsim::damerau_levenshtein(c, name))
        .filter(|c| strsim::damerau_levenshtein(c, name) <= 3)
}

/// Language codes live as long as the program: there are a few dozen, built once.
fn intern(code: &str) -> &'static str {
    Box::leak(code.to_owned().into_boxed_str())
}

/// The lexicons compiled in.
pub(super) fn builtin() -> Vec<Language> {
    builtin::folder("lexicon/").map(|(path, text)| parse(path, text).expect("tests read every built-in lexicon")).collect()
}
