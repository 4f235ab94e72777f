//! The names a policy defines, so that references to them can be checked wherever they stand.

use crate::policy::Policy;
use crate::policy::layer::Merged;
use crate::policy::read_detector::custom_facts;
use crate::policy::reader::{Fault, Reader};
use crate::policy::tree::{Spot, Table};
use crate::policy::vocabulary;
use crate::policy::words::FactName;
use crate::registry::agencies::Agencies;
use crate::terms::Fact;

/// Everyday names of facts.
const EVERYDAY_FACTS: &[(&str, &str)] = &[
    ("author", "byline"),
    ("writer", "byline"),
    ("title", "headline"),
    ("license", "licence"),
    ("notice", "reservation"),
    ("photo-credit", "credit"),
    ("image-credit", "credit"),
    ("attribution", "source"),
    ("published", "date"),
    ("agency", "agency-credit"),
    ("disclosure", "ai-disclosure"),
    ("contact", "permissions-contact"),
    ("terms", "terms-link"),
];

/// The party that every policy has.
pub(crate) const PUBLISHER: &str = "publisher";

/// The names a policy defines.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) parties: Vec<String>,
    pub(super) sets: Vec<String>,
    pub(super) wordings: Vec<String>,
    /// Keys and full names.
    pub(super) rules: Vec<String>,
    pub(super) approvers: Vec<String>,
    /// Facts that detectors yield, with their parts.
    facts: Vec<(String, Vec<String>)>,
}

impl Names {
    pub(super) fn new(merged: &Merged, policy: &Policy) -> Self {
        let keys = |table: &str| keys(&merged.tables, table);
        let full = merged.rules.iter().map(|r| format!("{}/{}", r.policy, r.key));
        Self {
            parties: with_publisher(keys("party")),
            sets: keys("set"),
            wordings: keys("wording"),
            rules: merged.rules.iter().map(|r| r.key.clone()).chain(full).collect(),
            approvers: policy.approvers.iter().map(|(group, _)| group.clone()).collect(),
            facts: custom_facts(&merged.tables),
        }
    }

    /// The fact `word`.
    pub(super) fn fact(&self, word: &str, at: Spot, reader: &mut Reader) -> Option<FactName> {
        if let Some(fact) = Fact::named(word) {
            return Some(FactName::Known(fact));
        }
        if self.facts.iter().any(|(name, _)| name == word) {
            return Some(FactName::Custom(word.to_owned()));
        }
        let fault = Fault::new("unknown-fact", at, format!("`{word}` is not a fact"));
        let known = || Fact::ALL.iter().map(|f| f.name()).chain(self.facts.iter().map(|(name, _)| name.as_str()));
        let fault = match EVERYDAY_FACTS.iter().find(|(often, _)| *often == word) {
            Some((_, meant)) => fault.label(format!("did you mean `{meant}`?")),
            None => fault.near(word, known()),
        };
        let list: Vec<_> = known().collect();
        reader.fault(fault.help(format!("facts: {}; a `[detector.*]` can yield another", list.join(", "))));
        None
    }

    /// The parts of a fact.
    pub(super) fn parts(&self, fact: &FactName) -> Vec<String> {
        match fact {
            FactName::Known(fact) => vocabulary::fact_slots(*fact).iter().map(|&p| p.to_owned()).collect(),
            FactName::Custom(name) => self.facts.iter().find(|(n, _)| n == name).map(|(_, parts)| parts.clone()).unwrap_or_default(),
        }
    }

    /// Whether `word` is an agency of the registry, by its short name in lower case.
    pub(super) fn is_agency(&self, word: &str) -> bool {
        Agencies::builtin().list().iter().any(|a| a.slug.eq_ignore_ascii_case(word))
    }
}

/// `publisher` is a party of every policy: where none is defined, the one that a document names.
fn with_publisher(mut parties: Vec<String>) -> Vec<String> {
    if !parties.iter().any(|p| p == PUBLISHER) {
        parties.push(PUBLISHER.to_owned());
    }
    parties
}

fn keys(tables: &Table, name: &str) -> Vec<String> {
    let table = tables.get(name).and_then(|e| e.value.as_table());
    table.iter().flat_map(|t| &t.entries).map(|e| e.key.clone()).collect()
}
