//! Everything that is printed: formats know no rule and no file.

pub mod concise;
#[cfg(feature = "cli")]
pub mod html;
#[cfg(feature = "cli")]
pub mod human;
pub mod inspection;
pub mod json;
pub mod place;
pub mod record;
pub mod run;
mod said;
pub mod surroundings;

/// The form in which a run is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: findings in their lines.
    Human,
    /// A line for each finding.
    Concise,
    /// One object for the run.
    Json,
    /// An object a line, written while the run goes on.
    Jsonl,
    /// Pages for people who don't open a terminal.
    Html,
}

impl Format {
    /// Every format with its name.
    pub const ALL: &'static [(Self, &'static str)] =
        &[(Self::Human, "human"), (Self::Concise, "concise"), (Self::Json, "json"), (Self::Jsonl, "jsonl"), (Self::Html, "html")];

    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|&(f, _)| f)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(f, _)| *f == self).map_or("", |&(_, n)| n)
    }
}
