//! Press and picture agencies.

use crate::builtin;
use serde::Deserialize;
use std::sync::LazyLock;

/// One agency.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Short name as credits print it: `dpa`.
    pub slug: String,
    /// Full name.
    pub name: String,
    /// Two-letter country code.
    pub country: Option<String>,
    /// `wire` (supplies text), `photo`, …
    pub kind: Vec<String>,
    /// Other usual spellings.
    pub forms: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    agency: Vec<Agency>,
}

/// The agencies compiled in.
pub fn builtin() -> &'static [Agency] {
    static ALL: LazyLock<Vec<Agency>> = LazyLock::new(|| {
        let text = builtin::file("registry/agencies.toml").expect("compiled in");
        toml::from_str::<File>(text).expect("tests read the registry").agency
    });
    &ALL
}
