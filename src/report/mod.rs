//! Everything that is printed: formats know no rule and no file.

pub mod comparison;
pub mod concise;
#[cfg(feature = "cli")]
pub mod csv;
mod embedded;
pub mod github;
pub mod gitlab;
#[cfg(feature = "cli")]
pub mod html;
#[cfg(feature = "cli")]
pub mod human;
pub mod inspection;
pub mod json;
pub mod junit;
#[cfg(feature = "cli")]
pub mod markdown;
pub mod place;
pub mod record;
pub mod run;
mod said;
pub mod sarif;
pub mod saved;
pub mod surroundings;
#[cfg(feature = "cli")]
pub mod table;
#[cfg(feature = "cli")]
mod verdict;
#[cfg(feature = "cli")]
pub mod xlsx;

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
    /// For code scanning services.
    Sarif,
    /// For pipelines.
    Junit,
    /// For the lines of a pull request on GitHub.
    Github,
    /// For the lines of a merge request on GitLab.
    Gitlab,
    /// For the comment on a pull request.
    Markdown,
    /// A table of the findings.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// Every format with its name.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Human, "human"),
        (Self::Concise, "concise"),
        (Self::Json, "json"),
        (Self::Jsonl, "jsonl"),
        (Self::Html, "html"),
        (Self::Sarif, "sarif"),
        (Self::Junit, "junit"),
        (Self::Github, "github"),
        (Self::Gitlab, "gitlab"),
        (Self::Markdown, "markdown"),
        (Self::Csv, "csv"),
        (Self::Xlsx, "xlsx"),
    ];

    /// Whether it is made from the whole run at its end.
    pub fn needs_all(self) -> bool {
        !matches!(self, Self::Human | Self::Concise | Self::Json | Self::Jsonl)
    }

    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|&(f, _)| f)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(f, _)| *f == self).map_or("", |&(_, n)| n)
    }
}
