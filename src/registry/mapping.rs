//! What a signal says of each use: the rows of `rules/registry/mapping.toml`.

use crate::builtin;
use crate::terms::State;
use crate::terms::Use;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One row: the uses that a signal speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The uses in the order of [`Use::ALL`].
    pub states: Vec<RowState>,
    /// Conditions of the conditional states; on a row without states, what the signal adds to others.
    pub conditions: Vec<String>,
    /// Further conditions of single uses.
    only: BTreeMap<Use, Vec<String>>,
    /// A remark for people, possibly empty.
    pub note: String,
}

impl Row {
    /// The conditions under which `usage` is open, if it is conditional.
    pub fn conditions_of(&self, usage: Use) -> impl Iterator<Item = &str> {
        self.conditions.iter().chain(self.only.get(&usage).into_iter().flatten()).map(String::as_str)
    }

    /// The row with `more` states; what both speak of is left as it is.
    #[must_use]
    pub fn with(mut self, more: impl IntoIterator<Item = RowState>) -> Self {
        for state in more {
            if self.states.iter().all(|s| s.usage != state.usage) {
                self.states.push(state);
            }
        }
        self.states.sort_by_key(|s| s.usage);
        self
    }
}

/// What a row says of one use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowState {
    /// The use.
    pub usage: Use,
    /// Its state.
    pub state: State,
    /// Stated itself, or derived from what is said of another use.
    pub explicit: bool,
}

/// A row as written: uses by state, lower case for derived ones.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    #[serde(default, rename = "A")]
    allowed: String,
    #[serde(default, rename = "C")]
    conditional: String,
    #[serde(default, rename = "P")]
    prohibited: String,
    #[serde(default, rename = "a")]
    derived_allowed: String,
    #[serde(default, rename = "c")]
    derived_conditional: String,
    #[serde(default, rename = "p")]
    derived_prohibited: String,
    #[serde(default)]
    conditions: Vec<String>,
    #[serde(default)]
    only: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    note: String,
}

impl From<RawRow> for Row {
    fn from(raw: RawRow) -> Self {
        let lists = [
            (&raw.allowed, State::Allowed, true),
            (&raw.conditional, State::Conditional, true),
            (&raw.prohibited, State::Prohibited, true),
            (&raw.derived_allowed, State::Allowed, false),
            (&raw.derived_conditional, State::Conditional, false),
            (&raw.derived_prohibited, State::Prohibited, false),
        ];
        let mut states = Vec::new();
        for (uses, state, explicit) in lists {
            let named = uses.split_whitespace().map(|name| Use::named(name).expect("tests read every row"));
            states.extend(named.map(|usage| RowState { usage, state, explicit }));
        }
        states.sort_by_key(|s| s.usage);
        let only = raw.only.into_iter().map(|(name, list)| (Use::named(&name).expect("tests read every row"), list)).collect();
        Self { states, conditions: raw.conditions, only, note: raw.note }
    }
}

type Table = BTreeMap<String, BTreeMap<String, Row>>;

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let text = builtin::file("registry/mapping.toml").expect("compiled in");
        let raw: BTreeMap<String, BTreeMap<String, RawRow>> = toml::from_str(text).expect("tests read the registry");
        raw.into_iter().map(|(m, rows)| (m, rows.into_iter().map(|(k, r)| (k, r.into())).collect())).collect()
    });
    &TABLE
}

/// The row of `signal` in the table of `mechanism`, e.g. `("aipref", "train-ai=n")`.
pub fn find(mechanism: &str, signal: &str) -> Option<&'static Row> {
    table().get(mechanism)?.get(signal)
}

/// A row that the program names itself.
///
/// # Panics
/// When there is no such row: a mistake in the program, found by the tests that reach every row.
pub fn row(mechanism: &str, signal: &str) -> &'static Row {
    find(mechanism, signal).unwrap_or_else(|| panic!("mapping.toml has no row `{signal}` in [{mechanism}]"))
}

/// Every row with its mechanism and signal, sorted.
pub fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static Row)> {
    table().iter().flat_map(|(m, rows)| rows.iter().map(move |(k, row)| (m.as_str(), k.as_str(), row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_each_use_once() {
        for (mechanism, signal, row) in rows() {
            let mut uses: Vec<_> = row.states.iter().map(|s| s.usage).collect();
            uses.dedup();
            assert_eq!(uses.len(), row.states.len(), "[{mechanism}] {signal} names a use twice");
        }
        assert!(rows().count() > 120);
    }

    #[test]
    fn a_mining_reservation_says_nothing_about_search() {
        let row = row("tdmrep", "1");
        assert!(row.states.iter().all(|s| s.usage != Use::Search));
        assert!(row.states.contains(&RowState { usage: Use::AiTrain, state: State::Prohibited, explicit: false }));
    }
}
