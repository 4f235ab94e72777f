//! Reads the tables beside the rules: `[policy] [site] [scan] [party.*] [set.*] [wording.*]` and `[[adjust]]`.

use crate::policy::condition::read_condition;
use crate::policy::layer::Merged;
use crate::policy::message::slots;
use crate::policy::names::Names;
use crate::policy::reader::{Fault, Reader};
use crate::policy::tree::{Data, Entry, Node, Spot, Table};
use crate::policy::words::PartyKind;
use crate::policy::{Adjustment, Party, Policy, Scan, Set, Site, Wording};
use crate::terms::Severity;

/// Keys of `[policy]`.
pub(super) const POLICY_KEYS: &[&str] = &["id", "name", "version", "owner", "extends", "approvers", "waiver-max-days", "inline-max-days"];
/// Keys of `[site]`.
pub(super) const SITE_KEYS: &[&str] = &["url", "files"];
/// Keys of `[scan]`.
pub(super) const SCAN_KEYS: &[&str] = &["include", "exclude", "encoding", "max-size"];
/// Keys of `[party.*]`.
pub(super) const PARTY_KEYS: &[&str] = &["name", "aliases", "kind", "since"];
/// Keys of `[wording.*]`.
pub(super) const WORDING_KEYS: &[&str] = &["lang", "text"];
/// Keys of `[[adjust]]`.
pub(super) const ADJUST_KEYS: &[&str] = &["set", "severity", "reason", "until"];

/// The tables a policy may have, for near names.
const TABLES: &[&str] = &["policy", "site", "scan", "party", "set", "wording", "rule", "detector", "adjust", "lexicon"];

/// Reports top-level keys that no policy has.
pub(super) fn known_tables(tables: &Table, reader: &mut Reader) {
    for entry in tables.entries.iter().filter(|e| !TABLES.contains(&e.key.as_str())) {
        let fault = Fault::new("unknown-table", entry.key_at, format!("a policy has no table `{}`", entry.key));
        reader.fault(fault.near(&entry.key, TABLES.iter().copied()).help(format!("tables of a policy: {}", TABLES.join(", "))));
    }
}

/// Reads `[policy]`.
pub(super) fn header(merged: &Merged, policy: &mut Policy, reader: &mut Reader) {
    let Some(entry) = &merged.header else {
        let help = "begin with `[policy]` and an `id`: lower-case words joined by `-`";
        return reader.missing(Fault::new("missing-key", Spot::default(), "the policy has no name").help(help));
    };
    let Some(table) = reader.table(&entry.value, "policy") else { return };
    reader.only(table, "[policy]", POLICY_KEYS);
    match table.get("id") {
        Some(id) => policy.id = identifier(id, reader).unwrap_or_default(),
        None => reader.missing(
            Fault::new("missing-key", entry.key_at, "[policy] has no `id`").help("lower-case words joined by `-`, as in `sports-desk`"),
        ),
    }
    policy.name = text_of(table, "name", reader).unwrap_or_else(|| policy.id.clone());
    policy.version = text_of(table, "version", reader).unwrap_or_default();
    policy.owner = text_of(table, "owner", reader);
    policy.waiver_max_days = days(table, "waiver-max-days", reader);
    policy.inline_max_days = days(table, "inline-max-days", reader);
    if let Some(extends) = table.get("extends") {
        policy.extends = reader.texts(&extends.value, "extends");
    }
    if let Some(approvers) = merged.approvers.get("approvers")
        && let Some(groups) = reader.table(&approvers.value, "approvers")
    {
        policy.approvers = groups.entries.iter().map(|e| (e.key.clone(), reader.texts(&e.value, &e.key))).collect();
    }
}

/// A number of days, from 1.
fn days(table: &Table, key: &str, reader: &mut Reader) -> Option<i32> {
    let entry = table.get(key)?;
    let days = reader.integer(&entry.value, key)?;
    let number = i32::try_from(days).ok().filter(|n| *n > 0);
    if number.is_none() {
        reader.fault(Fault::new("bad-number", entry.value.at, format!("`{key}` is no number of days")).help("a whole number from 1 on"));
    }
    number
}

fn identifier(entry: &Entry, reader: &mut Reader) -> Option<String> {
    let id = reader.text(&entry.value, &entry.key)?;
    if is_name(&id) {
        return Some(id);
    }
    reader.fault(bad_name(&id, entry.value.at));
    None
}

/// Whether `name` is lower-case words and numbers joined by single hyphens.
pub(super) fn is_name(name: &str) -> bool {
    name.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// The fault of a name that isn't one.
pub(super) fn bad_name(name: &str, at: Spot) -> Fault {
    let plain: String = name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<_> = plain.split('-').filter(|w| !w.is_empty()).collect();
    let fault = Fault::new("bad-name", at, format!("`{name}` is not a name"));
    fault.label(format!("write `{}`", words.join("-"))).help("names are lower-case words joined by `-`, as in `image-credit`")
}

/// The text at `key`, if it is there.
pub(super) fn text_of(table: &Table, key: &str, reader: &mut Reader) -> Option<String> {
    let entry = table.get(key)?;
    reader.text(&entry.value, key)
}

/// Reads `[site]`.
pub(super) fn site(tables: &Table, reader: &mut Reader) -> Option<Site> {
    let table = reader.table(&tables.get("site")?.value, "site")?;
    reader.only(table, "[site]", SITE_KEYS);
    let files = table.get("files").map(|e| reader.texts(&e.value, "files")).unwrap_or_default();
    let url = text_of(table, "url", reader);
    if let (Some(url), Some(entry)) = (&url, table.get("url"))
        && !url::Url::parse(url).is_ok_and(|u| u.has_host())
    {
        let fault = Fault::new("bad-address", entry.value.at, format!("`{url}` is not the address of a site"));
        reader.fault(fault.label("not an address").help("write it whole, as in `https://example.org/`"));
    }
    Some(Site { url, files })
}

/// Reads `[scan]`.
pub(super) fn scan(tables: &Table, reader: &mut Reader) -> Option<Scan> {
    let table = reader.table(&tables.get("scan")?.value, "scan")?;
    reader.only(table, "[scan]", SCAN_KEYS);
    let patterns = |key: &str, reader: &mut Reader| table.get(key).map(|e| reader.texts(&e.value, key)).unwrap_or_default();
    Some(Scan {
        include: patterns("include", reader),
        exclude: patterns("exclude", reader),
        encoding: table.get("encoding").and_then(|e| encoding(&e.value, reader)),
        max_size: table.get("max-size").and_then(|e| size(&e.value, reader)),
    })
}

fn encoding(node: &Node, reader: &mut Reader) -> Option<String> {
    let name = reader.text(node, "encoding")?;
    if encoding_rs::Encoding::for_label(name.as_bytes()).is_some() {
        return Some(name);
    }
    reader.fault(
        Fault::new("unknown-word", node.at, format!("`{name}` is not an encoding")).help("for example: utf-8, windows-1251, shift_jis"),
    );
    None
}

/// A size in bytes: a number, or a text like `20 MB`.
fn size(node: &Node, reader: &mut Reader) -> Option<u64> {
    let bytes = match &node.data {
        Data::Integer(bytes) => u64::try_from(*bytes).ok(),
        Data::Text(text) => size_in_words(text),
        _ => None,
    };
    if bytes.is_none() {
        let fault = Fault::new("bad-number", node.at, "`max-size` takes a size").label("not a size");
        reader.fault(fault.help("a number of bytes, or a text like \"20 MB\""));
    }
    bytes
}

fn size_in_words(text: &str) -> Option<u64> {
    let digits = text.trim().len() - text.trim().trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.trim().split_at(digits);
    let factor = match unit.trim().to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "KB" | "K" => 1 << 10,
        "MB" | "M" => 1 << 20,
        "GB" | "G" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

/// The tables of `[name.KEY]`, in order.
pub(super) fn keyed<'t>(tables: &'t Table, name: &str, reader: &mut Reader) -> Vec<(&'t Entry, &'t Table)> {
    let Some(entry) = tables.get(name) else { return Vec::new() };
    let Some(all) = reader.table(&entry.value, name) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in &all.entries {
        if !is_name(&entry.key) {
            reader.fault(bad_name(&entry.key, entry.key_at));
        }
        if let Some(table) = reader.table(&entry.value, &entry.key) {
            found.push((entry, table));
        }
    }
    found
}

/// Reads `[party.*]`.
pub(super) fn parties(tables: &Table, reader: &mut Reader) -> Vec<Party> {
    let read = |(entry, table): (&Entry, &Table), reader: &mut Reader| {
        reader.only(table, "a party", PARTY_KEYS);
        let name = text_of(table, "name", reader);
        if name.is_none() && table.get("name").is_none() {
            reader.missing(Fault::new("missing-key", entry.key_at, format!("party `{}` has no `name`", entry.key)));
        }
        let aliases = table.get("aliases").map(|e| reader.texts(&e.value, "aliases")).unwrap_or_default();
        let kind = table.get("kind").and_then(|e| reader.member(&e.value, "kind", "a kind of party", PartyKind::ALL, PartyKind::name));
        let since = table.get("since").and_then(|e| year(&e.value, "since", reader));
        Party { key: entry.key.clone(), name: name.unwrap_or_default(), aliases, kind: kind.unwrap_or(PartyKind::Publisher), since }
    };
    keyed(tables, "party", reader).into_iter().map(|found| read(found, reader)).collect()
}

/// A year from 1000 to 9999.
pub(super) fn year(node: &Node, key: &str, reader: &mut Reader) -> Option<i16> {
    let year = reader.integer(node, key)?;
    if (1000..=9999).contains(&year) {
        return i16::try_from(year).ok();
    }
    reader.fault(Fault::new("bad-date", node.at, format!("`{key}` takes a year of four digits")).label("not a year"));
    None
}

/// Reads `[set.*]`.
pub(super) fn sets(tables: &Table, names: &Names, reader: &mut Reader) -> Vec<Set> {
    let found = keyed(tables, "set", reader);
    let read = |(entry, table): (&Entry, &Table), reader: &mut Reader| Set {
        key: entry.key.clone(),
        condition: read_condition(table, true, names, reader),
    };
    found.into_iter().map(|found| read(found, reader)).collect()
}

/// Reads `[wording.*]`.
pub(super) fn wordings(tables: &Table, names: &Names, reader: &mut Reader) -> Vec<Wording> {
    let read = |(entry, table): (&Entry, &Table), reader: &mut Reader| {
        reader.only(table, "a wording", WORDING_KEYS);
        let text = text_of(table, "text", reader);
        match (&text, table.get("text")) {
            (Some(text), Some(at)) => {
                for slot in slots(text).iter().filter(|s| !names.parties.contains(&s.name)) {
                    let fault = Fault::new("unknown-party", at.value.at, format!("`{{{}}}` is not a party of this policy", slot.name));
                    reader.fault(fault.near(&slot.name, names.parties.iter().map(String::as_str)).help("slots of a wording name parties"));
                }
            }
            (None, None) => reader.missing(Fault::new("missing-key", entry.key_at, format!("wording `{}` has no `text`", entry.key))),
            _ => {}
        }
        Wording { key: entry.key.clone(), language: text_of(table, "lang", reader), text: text.unwrap_or_default() }
    };
    keyed(tables, "wording", reader).into_iter().map(|found| read(found, reader)).collect()
}

/// Reads `[[adjust]]`.
pub(super) fn adjustments(nodes: &[Node], names: &Names, reader: &mut Reader) -> Vec<Adjustment> {
    nodes.iter().filter_map(|node| adjustment(node, names, reader)).collect()
}

fn adjustment(node: &Node, names: &Names, reader: &mut Reader) -> Option<Adjustment> {
    let table = reader.table(node, "adjust")?;
    reader.only(table, "[[adjust]]", ADJUST_KEYS);
    for key in ["set", "severity", "reason"].iter().filter(|key| table.get(key).is_none()) {
        reader.missing(
            Fault::new("missing-key", node.at, format!("[[adjust]] has no `{key}`"))
                .help("an adjustment names its sets, severities and reason"),
        );
    }
    let sets = table.get("set").map(|e| reader.words(&e.value, "set")).unwrap_or_default();
    let sets = sets
        .into_iter()
        .filter(|(word, at)| reader.reference((word, *at), "set", "unknown-set", &names.sets))
        .map(|(word, _)| word)
        .collect();
    let severities = table.get("severity").map(|e| severities(&e.value, names, reader)).unwrap_or_default();
    let until = table.get("until").and_then(|e| reader.date(&e.value, "until"));
    Some(Adjustment { sets, severities, reason: text_of(table, "reason", reader).unwrap_or_default(), until })
}

fn severities(node: &Node, names: &Names, reader: &mut Reader) -> Vec<(String, Option<Severity>)> {
    let Some(table) = reader.table(node, "severity") else { return Vec::new() };
    let mut found = Vec::new();
    for entry in &table.entries {
        if !names.rules.contains(&entry.key) {
            let fault = Fault::new("unknown-rule", entry.key_at, format!("this policy has no rule `{}`", entry.key));
            reader.fault(fault.near(&entry.key, names.rules.iter().map(String::as_str)));
        }
        if let Some(severity) = severity(&entry.value, reader) {
            found.push((entry.key.clone(), severity));
        }
    }
    found
}

/// A severity, or `off`.
pub(super) fn severity(node: &Node, reader: &mut Reader) -> Option<Option<Severity>> {
    let word = reader.text(node, "severity")?;
    if let Some(severity) = Severity::named(&word) {
        return Some(Some(severity));
    }
    if word == "off" {
        return Some(None);
    }
    let fault = Fault::new("unknown-word", node.at, format!("`{word}` is not a severity"));
    reader.fault(fault.near(&word, ["error", "warning", "note", "off"]).help("a severity is one of: error, warning, note, off"));
    None
}
