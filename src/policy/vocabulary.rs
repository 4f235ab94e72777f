//! Which keys say something about which fact, and which slots a message may have.

use crate::policy::words::FactName;
use crate::terms::Fact;

/// Keys that narrow a demand on any fact.
const ANY_FACT: &[&str] = &["within", "channel", "count", "not"];

/// Keys that narrow a demand on some facts, with those facts.
const BY_FACT: &[(&str, &[Fact])] = &[
    ("parts", &[Fact::Byline, Fact::Credit, Fact::Source, Fact::AgencyCredit, Fact::Licence]),
    ("party", &[Fact::Byline, Fact::Credit, Fact::Source, Fact::AgencyCredit]),
    ("earliest", &[Fact::Date]),
    ("latest", &[Fact::Date]),
    ("holder", &[Fact::Copyright, Fact::Licence, Fact::Reservation, Fact::Signal]),
    ("year", &[Fact::Copyright]),
    ("wording", &[Fact::Reservation, Fact::Copyright, Fact::Licence, Fact::AiDisclosure]),
    ("similarity", &[Fact::Reservation, Fact::Copyright, Fact::Licence, Fact::AiDisclosure]),
    ("accept", &[Fact::Licence]),
    ("reject", &[Fact::Licence]),
    ("conditions-not", &[Fact::Licence]),
    ("covers", &[Fact::Reservation, Fact::Signal]),
    ("names", &[Fact::Reservation, Fact::Signal]),
    ("exempts", &[Fact::Reservation, Fact::Signal]),
    ("consent", &[Fact::Reservation]),
];

/// Every narrowing key.
pub(super) fn narrowing_keys() -> impl Iterator<Item = &'static str> {
    ANY_FACT.iter().copied().chain(BY_FACT.iter().map(|(key, _)| *key))
}

/// The keys that say something about `fact`.
pub(crate) fn keys_of(fact: &FactName) -> Vec<&'static str> {
    let own = BY_FACT.iter().filter(|(key, facts)| match fact {
        FactName::Known(fact) => facts.contains(fact),
        FactName::Custom(_) => *key == "parts",
    });
    ANY_FACT.iter().copied().chain(own.map(|(key, _)| *key)).collect()
}

/// The facts that `key` says something about, for "`parts` belongs to: …".
pub(super) fn facts_of(key: &str) -> Vec<&'static str> {
    BY_FACT.iter().filter(|(k, _)| *k == key).flat_map(|(_, facts)| facts.iter().map(|f| f.name())).collect()
}

/// The parts that `parts` can demand of `fact`. `name` is met by any of agency and person.
pub(super) fn parts_of(fact: Fact) -> &'static [&'static str] {
    match fact {
        Fact::Byline => &["person", "agency", "name"],
        Fact::Credit => &["agency", "person", "name"],
        Fact::Source => &["outlet", "link"],
        Fact::AgencyCredit => &["agency"],
        Fact::Licence => &["link", "source"],
        _ => &[],
    }
}

/// Facts that say something of uses, so that `agree` can compare what they say.
pub(super) const FACTS_ABOUT_USES: &[Fact] = &[Fact::Reservation, Fact::Signal, Fact::Licence, Fact::Copyright];

/// Facts whose value `agree` can compare across the places that state it.
pub(super) const FACTS_WITH_VALUES: &[Fact] = &[Fact::Byline, Fact::Date, Fact::Credit];

/// The slots that speak of one statement of `fact`, without the fact's name: `agency` for `{credit.agency}`.
pub(super) fn fact_slots(fact: Fact) -> &'static [&'static str] {
    match fact {
        Fact::Byline => &["names"],
        Fact::Date => &["kind"],
        Fact::Source => &["outlet", "link"],
        Fact::AgencyCredit => &["agency"],
        Fact::Copyright => &["holder", "years"],
        Fact::Licence => &["id", "holder", "uses", "link", "source", "summary"],
        Fact::Reservation => &["holder", "uses", "summary"],
        Fact::Signal => &["mechanism"],
        Fact::SignalFault => &["code"],
        Fact::PermissionsContact | Fact::TermsLink => &["url"],
        Fact::AiDisclosure => &["scope"],
        Fact::Credit => &["agency", "person"],
        Fact::Headline | Fact::AiMarker | Fact::Caption => &[],
    }
}

/// The slots every fact has: its words, its value, where it stands, and its value for readers and for machines.
pub(super) const EVERY_FACT_SLOTS: &[&str] = &["quote", "value", "where", "shown", "metadata"];

/// The slots every message has.
pub(super) const EVERY_SLOT: &[&str] = &["problem", "quote", "subject", "document"];

/// The slots of a rule that goes through pictures.
pub(super) const IMAGE_SLOTS: &[&str] = &["image.name", "image.address", "image.role"];

/// The slots of a rule that goes through embedded media.
pub(super) const EMBED_SLOTS: &[&str] = &["embed.name", "embed.address", "embed.role"];

/// The slots of a rule that goes through quotations.
pub(super) const QUOTE_SLOTS: &[&str] = &["quote.words"];

/// The slots of an `agree` rule: the use, and the two statements that differ.
pub(super) const AGREE_SLOTS: &[&str] =
    &["use", "a.channel", "a.value", "a.quote", "a.where", "b.channel", "b.value", "b.quote", "b.where"];

/// The slots of a `permit` rule: the use, what became of it, and the statement that decided.
pub(super) const PERMIT_SLOTS: &[&str] =
    &["use", "state", "conditions", "rightsholder", "licence", "decisive.channel", "decisive.quote", "decisive.where"];

/// The slots that narrowing keys bring.
pub(super) const DEMAND_SLOTS: &[(&str, &[&str])] = &[
    ("party", &["party"]),
    ("holder", &["holder"]),
    ("wording", &["wording", "similarity", "diff.first"]),
    ("covers", &["missing"]),
    ("names", &["missing"]),
    ("exempts", &["missing"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_and_slot_belongs_to_a_fact_that_takes_it() {
        for &fact in Fact::ALL {
            let takes_parts = keys_of(&FactName::Known(fact)).contains(&"parts");
            assert_eq!(takes_parts, !parts_of(fact).is_empty(), "{fact}");
            assert!(!fact_slots(fact).iter().any(|s| EVERY_FACT_SLOTS.contains(s)), "{fact}");
        }
    }
}
