//! Reads the keys that narrow a demand.

use crate::policy::condition::{comparison, parties, references};
use crate::policy::names::Names;
use crate::policy::read_rule::uses;
use crate::policy::reader::{Fault, Reader};
use crate::policy::rule::{DateBound, Demands, LicencePattern, Verb, YearBound, YearDemand};
use crate::policy::tables::year;
use crate::policy::tree::{Data, Entry, Node, Spot, Table};
use crate::policy::vocabulary;
use crate::policy::words::{Area, Consent, FactName};
use crate::terms::{CONDITIONS, Channel, Exception, Fact};

/// Everyday names of exceptions.
pub(super) const EVERYDAY_EXCEPTIONS: &[(&str, &str)] =
    &[("search-index", "search"), ("indexing", "search"), ("lawful-exceptions", "by-law"), ("law", "by-law"), ("quote", "quotation")];

/// The keys that narrow `permit`.
const PERMIT_KEYS: &[&str] = &["accept", "reject", "conditions-not"];

/// Reads the narrowing keys of a rule. A key that says nothing about the rule's facts is a fault.
pub(super) fn read_demands(table: &Table, verb: &Verb, names: &Names, reader: &mut Reader) -> Demands {
    let mut demands = Demands::default();
    for entry in table.entries.iter().filter(|e| vocabulary::narrowing_keys().any(|k| k == e.key)) {
        if fits(entry, verb) {
            read(&mut demands, entry, verb, names, reader);
        } else {
            reader.fault(misfit(entry, verb, table));
        }
    }
    if let (Some(entry), true) = (table.get("similarity"), demands.wording.is_empty() && table.get("wording").is_none()) {
        let fault = Fault::new("needless-key", entry.key_at, "`similarity` says how like a `wording` the text must be, and there is none");
        reader.fault(fault.help("add `wording`, or leave `similarity` out"));
    }
    demands
}

fn fits(entry: &Entry, verb: &Verb) -> bool {
    match verb {
        Verb::Agree { .. } => false,
        Verb::Permit { .. } => PERMIT_KEYS.contains(&entry.key.as_str()),
        _ => verb.facts().iter().any(|fact| vocabulary::keys_of(fact).contains(&entry.key.as_str())),
    }
}

fn misfit(entry: &Entry, verb: &Verb, table: &Table) -> Fault {
    let facts: Vec<_> = verb.facts().iter().map(FactName::name).collect();
    let verb_at = table.get(verb.name()).map_or(entry.key_at, |e| e.value.at);
    let fault = match verb {
        Verb::Agree { .. } => {
            Fault::new("key-not-for-this-verb", entry.key_at, format!("`{}` says nothing in a rule with `agree`", entry.key))
                .help("`agree` is narrowed by: on")
        }
        Verb::Permit { .. } => {
            Fault::new("key-not-for-this-verb", entry.key_at, format!("`{}` says nothing in a rule with `permit`", entry.key))
                .help(format!("`permit` is narrowed by: {}, on-silence", PERMIT_KEYS.join(", ")))
        }
        _ => {
            let mut keys: Vec<_> = verb.facts().iter().flat_map(vocabulary::keys_of).collect();
            keys.sort_unstable();
            keys.dedup();
            Fault::new("key-not-for-this-fact", entry.key_at, format!("`{}` says nothing about a `{}`", entry.key, facts.join("` or a `")))
                .help(format!("a `{}` can be narrowed by: {}", facts.join("` or a `"), keys.join(", ")))
        }
    };
    fault
        .label(format!("`{}` belongs to: {}", entry.key, vocabulary::facts_of(&entry.key).join(", ")))
        .related(verb_at, "this rule is about this")
}

fn read(demands: &mut Demands, entry: &Entry, verb: &Verb, names: &Names, reader: &mut Reader) {
    let (key, node) = (entry.key.as_str(), &entry.value);
    match key {
        "within" => demands.within = reader.members(node, key, "an area", Area::ALL, Area::name, &[]),
        "channel" => demands.channel = reader.members(node, key, "a channel", Channel::ALL, Channel::name, &[]),
        "count" => demands.count = comparison(node, key, "a number, as in \">= 2\"", |t| t.parse().ok(), reader),
        "not" => demands.not = exclusions(node, verb, reader),
        "parts" => demands.parts = parts(node, verb, names, reader),
        "party" => demands.party = parties(node, key, names, reader),
        "earliest" => demands.earliest = date_bound(node, key, reader),
        "latest" => demands.latest = date_bound(node, key, reader),
        "holder" => demands.holder = parties(node, key, names, reader),
        "year" => demands.year = year_demand(node, reader),
        "wording" => demands.wording = references(node, key, "wording", "unknown-wording", &names.wordings, reader),
        "similarity" => demands.similarity = reader.share(node, key),
        "accept" => demands.accept = reader.texts(node, key).into_iter().map(LicencePattern).collect(),
        "reject" => demands.reject = reader.texts(node, key).into_iter().map(LicencePattern).collect(),
        "conditions-not" => demands.conditions_not = licence_conditions(node, reader),
        "covers" => demands.covers = uses(node, key, reader),
        "names" => demands.names = uses(node, key, reader),
        "exempts" => demands.exempts = reader.members(node, key, "an exception", Exception::ALL, Exception::name, EVERYDAY_EXCEPTIONS),
        "consent" => demands.consent = reader.member(node, key, "a consent", Consent::ALL, Consent::name),
        _ => {}
    }
}

/// For a date the closed list `future`; for other facts words that must not stand there.
fn exclusions(node: &Node, verb: &Verb, reader: &mut Reader) -> Vec<String> {
    let words = reader.words(node, "not");
    if verb.facts() != [FactName::Known(Fact::Date)] {
        return words.into_iter().map(|(word, _)| word).collect();
    }
    let known = words.iter().filter_map(|(word, at)| reader.word((word, *at), "something a date can be", &["future"], |w| w, &[]));
    known.map(str::to_owned).collect()
}

fn parts(node: &Node, verb: &Verb, names: &Names, reader: &mut Reader) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for fact in verb.facts() {
        match fact {
            FactName::Known(fact) => known.extend(vocabulary::parts_of(*fact).iter().map(|&p| p.to_owned())),
            FactName::Custom(_) => known.extend(names.parts(fact)),
        }
    }
    let words = reader.words(node, "parts");
    words.into_iter().filter(|(word, at)| known_part(word, *at, &known, reader)).map(|(word, _)| word).collect()
}

fn known_part(word: &str, at: Spot, known: &[String], reader: &mut Reader) -> bool {
    let is_known = known.iter().any(|k| k == word);
    if !is_known {
        let fault =
            Fault::new("unknown-word", at, format!("`{word}` is not a part of this fact")).near(word, known.iter().map(String::as_str));
        reader.fault(fault.help(format!("its parts: {}", known.join(", "))));
    }
    is_known
}

fn date_bound(node: &Node, key: &str, reader: &mut Reader) -> Option<DateBound> {
    match &node.data {
        Data::Text(word) if word == "today" => Some(DateBound::Today),
        Data::Text(word) if word == "published" => Some(DateBound::Published),
        Data::Text(word) if !word.starts_with(|c: char| c.is_ascii_digit()) => {
            let fault = Fault::new("bad-date", node.at, format!("`{key}` takes a date, `today` or `published`"));
            reader.fault(fault.near(word, ["today", "published"]));
            None
        }
        _ => reader.date(node, key).map(DateBound::Day),
    }
}

fn year_demand(node: &Node, reader: &mut Reader) -> Option<YearDemand> {
    let table = reader.table(node, "year")?;
    reader.only(table, "`year`", &["covers", "latest", "stated"]);
    let bound = |key: &str, reader: &mut Reader| table.get(key).and_then(|e| year_bound(&e.value, key, reader));
    let stated = table.get("stated").and_then(|e| reader.flag(&e.value, "stated")).unwrap_or(false);
    Some(YearDemand { covers: bound("covers", reader), latest: bound("latest", reader), stated })
}

fn year_bound(node: &Node, key: &str, reader: &mut Reader) -> Option<YearBound> {
    match &node.data {
        Data::Text(word) if word == "today" => Some(YearBound::Today),
        Data::Text(word) if word == "published" => Some(YearBound::Published),
        Data::Text(word) => {
            let fault = Fault::new("bad-date", node.at, format!("`{key}` takes a year, `today` or `published`"));
            reader.fault(fault.near(word, ["today", "published"]));
            None
        }
        _ => year(node, key, reader).map(YearBound::Year),
    }
}

fn licence_conditions(node: &Node, reader: &mut Reader) -> Vec<String> {
    let found: Vec<&'static str> = reader.members(node, "conditions-not", "a condition", CONDITIONS, |c| c, &[]);
    found.into_iter().map(str::to_owned).collect()
}
