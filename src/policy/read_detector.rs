//! Reads `[detector.*]`.

use crate::policy::condition::parties;
use crate::policy::detector::{Detector, Finder, Meaning, required_literals};
use crate::policy::names::Names;
use crate::policy::read_demands::EVERYDAY_EXCEPTIONS;
use crate::policy::read_rule::uses;
use crate::policy::reader::{Fault, Reader};
use crate::policy::tables::keyed;
use crate::policy::tree::{Entry, Node, Table};
use crate::policy::words::{Area, Attach, Consent, FactName};
use crate::terms::{Exception, Fact};
use regex::Regex;

pub(super) const KEYS: &[&str] =
    &["yields", "pattern", "select", "like", "similarity", "lang", "scope", "attach", "covers", "names", "exempts", "consent", "holder"];

/// How a detector may find its fact.
const FINDERS: &[&str] = &["pattern", "select", "like"];

/// What named groups of a pattern become.
pub(super) const GROUPS: &[&str] = &["agency", "person", "holder", "year", "licence", "outlet", "link", "date"];

/// How like a text must be where the detector doesn't say.
const USUAL_SIMILARITY: f64 = 0.85;

/// The facts of their own that detectors yield, with the parts their patterns name. Read before anything that may refer to them.
pub(super) fn custom_facts(tables: &Table) -> Vec<(String, Vec<String>)> {
    let mut facts: Vec<(String, Vec<String>)> = Vec::new();
    for table in tables.get("detector").and_then(|e| e.value.as_table()).iter().flat_map(|t| &t.entries).filter_map(|e| e.value.as_table())
    {
        let Some(name) = table.get("yields").and_then(|e| e.value.as_text()) else { continue };
        if Fact::named(name).is_some() {
            continue;
        }
        let regex = table.get("pattern").and_then(|e| e.value.as_text()).and_then(|p| Regex::new(p).ok());
        let parts = regex.iter().flat_map(Regex::capture_names).flatten().map(str::to_owned);
        match facts.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => known.extend(parts),
            None => facts.push((name.to_owned(), parts.collect())),
        }
    }
    facts
}

/// Reads every detector.
pub(super) fn detectors(tables: &Table, names: &Names, reader: &mut Reader) -> Vec<Detector> {
    let found = keyed(tables, "detector", reader);
    found.into_iter().filter_map(|(entry, table)| detector(entry, table, names, reader)).collect()
}

fn detector(entry: &Entry, table: &Table, names: &Names, reader: &mut Reader) -> Option<Detector> {
    reader.only(table, "a detector", KEYS);
    let yields = yields(entry, table, reader);
    let finder = finder(entry, table, yields.as_ref(), reader);
    let meaning = meaning(table, yields.as_ref(), names, reader);
    let scope = table.get("scope").map(|e| reader.members(&e.value, "scope", "an area", Area::ALL, Area::name, &[]));
    let attach = table.get("attach").and_then(|e| reader.member(&e.value, "attach", "a way to attach", Attach::ALL, Attach::name));
    let languages = table.get("lang").map(|e| reader.texts(&e.value, "lang")).unwrap_or_default();
    let at = FINDERS.iter().find_map(|key| table.get(key)).map_or(entry.key_at, |e| e.value.at);
    Some(Detector {
        place: (at.file as usize, at.range()),
        key: intern(&entry.key),
        yields: yields?,
        finder: finder?,
        languages,
        scope: scope.unwrap_or_default(),
        attach,
        meaning,
    })
}

fn yields(entry: &Entry, table: &Table, reader: &mut Reader) -> Option<FactName> {
    let Some(value) = table.get("yields").map(|e| &e.value) else {
        let help = "yields = \"credit\", or a name of your own";
        reader.missing(Fault::new("missing-key", entry.key_at, format!("detector `{}` doesn't say what it yields", entry.key)).help(help));
        return None;
    };
    let name = reader.text(value, "yields")?;
    match Fact::named(&name) {
        Some(Fact::Signal) => {
            let fault = Fault::new("unknown-word", value.at, "a detector can't yield a `signal`: signals are read by their own rules");
            reader.fault(fault.help("for words that keep uses back, yield a `reservation` with `covers` or `names`"));
            None
        }
        Some(fact) => Some(FactName::Known(fact)),
        None => Some(FactName::Custom(name)),
    }
}

fn finder(entry: &Entry, table: &Table, yields: Option<&FactName>, reader: &mut Reader) -> Option<Finder> {
    let given: Vec<_> = FINDERS.iter().filter_map(|key| table.get(key)).collect();
    let [one] = given.as_slice() else {
        let many = if given.is_empty() { "no way" } else { "two ways" };
        let at = given.get(1).map_or(entry.key_at, |e| e.key_at);
        let fault = Fault::new("detector-finder", at, format!("detector `{}` has {many} to find its fact", entry.key));
        reader.missing(fault.help("give it one of `pattern`, `select`, `like`"));
        return None;
    };
    let text = reader.text(&one.value, &one.key)?;
    let similarity = table.get("similarity").and_then(|e| reader.share(&e.value, "similarity"));
    match one.key.as_str() {
        "pattern" => pattern(&entry.key, &text, &one.value, yields, reader),
        "select" => selector(&entry.key, text, &one.value, reader),
        _ => Some(Finder::Like { text, similarity: similarity.unwrap_or(USUAL_SIMILARITY) }),
    }
}

fn pattern(key: &str, text: &str, node: &Node, yields: Option<&FactName>, reader: &mut Reader) -> Option<Finder> {
    let regex = match Regex::new(text) {
        Ok(regex) => regex,
        Err(error) => {
            let why = error.to_string();
            let why = why.lines().last().unwrap_or("").trim_start_matches("error: ");
            reader.fault(Fault::new("bad-pattern", node.at, format!("detector `{key}` has a pattern that cannot be read")).label(why));
            return None;
        }
    };
    if let Some(FactName::Known(fact)) = yields {
        for group in regex.capture_names().flatten().filter(|g| !GROUPS.contains(g)) {
            let fault = Fault::new("unknown-word", node.at, format!("group `{group}` is no part of a `{fact}`"));
            reader.fault(fault.near(group, GROUPS.iter().copied()).help(format!("groups become parts: {}", GROUPS.join(", "))));
        }
    }
    let literals = required_literals(text);
    Some(Finder::Pattern { regex, literals })
}

fn selector(key: &str, text: String, node: &Node, reader: &mut Reader) -> Option<Finder> {
    match scraper::Selector::parse(&text) {
        Ok(_) => Some(Finder::Select(text)),
        Err(error) => {
            let fault = Fault::new("bad-selector", node.at, format!("detector `{key}` has a selector that cannot be read"));
            reader.fault(fault.label(error.to_string()));
            None
        }
    }
}

/// What a reservation means; for other facts these keys say nothing.
fn meaning(table: &Table, yields: Option<&FactName>, names: &Names, reader: &mut Reader) -> Meaning {
    let mut meaning = Meaning::default();
    for entry in &table.entries {
        let (key, node) = (entry.key.as_str(), &entry.value);
        match key {
            "covers" => meaning.covers = uses(node, key, reader),
            "names" => meaning.names = uses(node, key, reader),
            "exempts" => meaning.exempts = reader.members(node, key, "an exception", Exception::ALL, Exception::name, EVERYDAY_EXCEPTIONS),
            "consent" => meaning.consent = reader.member(node, key, "a consent", Consent::ALL, Consent::name),
            "holder" => meaning.holder = parties(node, key, names, reader).into_iter().next(),
            _ => continue,
        }
        if yields.is_some_and(|y| *y != FactName::Known(Fact::Reservation)) {
            let fault = Fault::new("key-not-for-this-fact", entry.key_at, format!("`{key}` says what a `reservation` means"));
            reader.fault(fault.label("this detector yields something else"));
        }
    }
    meaning
}

/// Names of detectors and languages live as long as the program, so that evidence can carry them: a policy has few, and each name
/// is kept once.
pub(super) fn intern(key: &str) -> &'static str {
    static KNOWN: std::sync::Mutex<Vec<&'static str>> = std::sync::Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(same) = known.iter().find(|k| **k == key) {
        return same;
    }
    let kept: &'static str = Box::leak(key.to_owned().into_boxed_str());
    known.push(kept);
    kept
}
