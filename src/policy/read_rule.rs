//! Reads `[rule.*]`.

use crate::finding::Basis;
use crate::policy::condition::{Condition, facts, read_condition};
use crate::policy::layer::RuleNode;
use crate::policy::message::{Message, slots};
use crate::policy::names::Names;
use crate::policy::read_demands::read_demands;
use crate::policy::read_tests::read_tests;
use crate::policy::reader::{Fault, Reader, near};
use crate::policy::rule::{Rule, Setting, Translation, Verb, Waivable};
use crate::policy::tables::{bad_name, is_name, severity, text_of};
use crate::policy::tree::{Entry, Node, Spot, Table};
use crate::policy::vocabulary;
use crate::policy::words::{Answer, FactName, SubjectKind};
use crate::terms::{EVERYDAY_USES, Fact, Severity, Use};

/// Keys that say something about a rule of any verb.
const GENERAL_KEYS: &[&str] = &[
    "title",
    "for-each",
    "when",
    "unless",
    "purpose",
    "severity",
    "message",
    "fix",
    "basis",
    "tags",
    "owner",
    "effective",
    "until",
    "when-unsure",
    "waivable",
    "replace",
    "test",
    "i18n",
];

/// Reads one rule. Nothing comes back if it has no usable verb.
pub(super) fn read_rule(node: &RuleNode, names: &Names, reader: &mut Reader) -> Option<Rule> {
    let table = &node.table;
    if !is_name(&node.key) {
        reader.fault(bad_name(&node.key, node.key_at));
    }
    unknown_keys(table, reader);
    let verb = read_verb(node, names, reader);
    let title = title(node, reader);
    let verb = verb?;
    let for_each =
        table.get("for-each").and_then(|e| reader.member(&e.value, "for-each", "a subject", SubjectKind::ALL, SubjectKind::name));
    let mut rule = Rule {
        id: format!("{}/{}", node.policy, node.key).into(),
        key: node.key.clone(),
        title,
        severity: table.get("severity").and_then(|e| severity(&e.value, reader)).unwrap_or(Some(Severity::Error)),
        for_each: for_each.unwrap_or(SubjectKind::Document),
        demands: read_demands(table, &verb, names, reader),
        verb,
        when: conditions(table, "when", names, reader),
        unless: conditions(table, "unless", names, reader),
        purpose: list(table, "purpose", reader),
        message: None,
        fix: text_of(table, "fix", reader),
        basis: basis(table, reader),
        tags: list(table, "tags", reader),
        owner: text_of(table, "owner", reader),
        effective: table.get("effective").and_then(|e| reader.date(&e.value, "effective")),
        until: table.get("until").and_then(|e| reader.date(&e.value, "until")),
        when_unsure: answer(table, "when-unsure", reader).unwrap_or(Answer::Review),
        waivable: waivable(table, names, reader),
        translations: Vec::new(),
        tests: read_tests(table, reader),
        settings: settings(table, reader),
        place: (node.key_at.file as usize, node.key_at.range()),
    };
    rule.message = table.get("message").and_then(|e| message(&e.value, &rule, names, reader));
    rule.translations = translations(table, &rule, names, reader);
    Some(rule)
}

fn title(node: &RuleNode, reader: &mut Reader) -> String {
    if node.table.get("title").is_none() {
        let help = "say in one sentence what the rule demands: title = \"Every article names its author\"";
        reader.missing(Fault::new("missing-key", node.key_at, format!("rule `{}` has no `title`", node.key)).help(help));
    }
    text_of(&node.table, "title", reader).unwrap_or_else(|| node.key.clone())
}

/// Every key a rule may have.
pub(super) fn all_keys() -> impl Iterator<Item = &'static str> {
    let verb_keys = ["on", "on-silence"];
    GENERAL_KEYS.iter().copied().chain(Verb::NAMES.iter().copied()).chain(verb_keys).chain(vocabulary::narrowing_keys())
}

fn unknown_keys(table: &Table, reader: &mut Reader) {
    for entry in table.entries.iter().filter(|e| !all_keys().any(|k| k == e.key)) {
        let fault = Fault::new("unknown-key", entry.key_at, format!("a rule has no key `{}`", entry.key)).near(&entry.key, all_keys());
        let help = format!("a verb ({}), a key that narrows it, or one of: {}", Verb::NAMES.join(", "), GENERAL_KEYS.join(", "));
        reader.fault(fault.help(help));
    }
}

/// The verb; keys for verbs that can't be read are reported once, and a misspelt verb explains a missing one.
fn read_verb(node: &RuleNode, names: &Names, reader: &mut Reader) -> Option<Verb> {
    let table = &node.table;
    let verbs: Vec<&Entry> = table.entries.iter().filter(|e| Verb::NAMES.contains(&e.key.as_str())).collect();
    match verbs.as_slice() {
        [one] => verb(one, table, names, reader),
        [] => {
            let misspelt =
                |e: &Entry| !all_keys().any(|k| k == e.key) && near(&e.key, all_keys()).is_some_and(|k| Verb::NAMES.contains(&k));
            if !table.entries.iter().any(misspelt) {
                reader.missing(no_verb(node, names));
            }
            None
        }
        [first, second, ..] => {
            let fault = Fault::new("several-verbs", second.key_at, format!("rule `{}` has two verbs", node.key)).label("a second verb");
            reader.fault(fault.related(first.key_at, "the first").help("make two rules of it"));
            None
        }
    }
}

fn no_verb(node: &RuleNode, names: &Names) -> Fault {
    let fault = Fault::new("missing-verb", node.key_at, format!("rule `{}` demands nothing", node.key));
    let others = names.rules.iter().map(String::as_str).filter(|r| *r != node.key && !r.contains('/'));
    fault
        .near(&node.key, others)
        .help(format!("a rule has one of: {}; to change a rule of another policy, extend that policy", Verb::NAMES.join(", ")))
}

fn verb(entry: &Entry, table: &Table, names: &Names, reader: &mut Reader) -> Option<Verb> {
    let node = &entry.value;
    let verb = match entry.key.as_str() {
        "require" => Verb::Require(fact(node, "require", names, reader)?),
        "forbid" => Verb::Forbid(fact(node, "forbid", names, reader)?),
        "require-any" => Verb::RequireAny(some(facts(node, "require-any", names, reader))?),
        "agree" => agree(entry, table, names, reader)?,
        _ => Verb::Permit { uses: some(uses(node, "permit", reader))?, on_silence: on_silence(entry, table, reader) },
    };
    misplaced(&verb, entry, table, reader);
    Some(verb)
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

fn fact(node: &Node, key: &str, names: &Names, reader: &mut Reader) -> Option<FactName> {
    let word = reader.text(node, key)?;
    names.fact(&word, node.at, reader)
}

/// Names of uses; everyday names are answered with the name of this format.
pub(super) fn uses(node: &Node, key: &str, reader: &mut Reader) -> Vec<Use> {
    reader.members(node, key, "a use", Use::ALL, Use::name, EVERYDAY_USES)
}

/// `agree` compares what several facts say of uses, or what one fact says in several places.
fn agree(entry: &Entry, table: &Table, names: &Names, reader: &mut Reader) -> Option<Verb> {
    let facts = some(facts(&entry.value, "agree", names, reader))?;
    let about = |list: &[Fact]| facts.iter().all(|f| f.known().is_some_and(|f| list.contains(&f)));
    if about(vocabulary::FACTS_ABOUT_USES) {
        return Some(Verb::Agree { facts, on: on(entry, table, reader) });
    }
    if facts.len() == 1 && about(vocabulary::FACTS_WITH_VALUES) {
        if let Some(on) = table.get("on") {
            reader.fault(Fault::new("needless-key", on.key_at, format!("a `{}` says nothing about uses", facts[0])));
        }
        return Some(Verb::Agree { facts, on: Vec::new() });
    }
    let list = |facts: &[Fact]| facts.iter().map(|f| f.name()).collect::<Vec<_>>().join(", ");
    let fault = Fault::new("agree-facts", entry.value.at, "these facts can't be compared").help(format!(
        "`agree` compares what {} say of the uses in `on`, or what one of {} says in several places",
        list(vocabulary::FACTS_ABOUT_USES),
        list(vocabulary::FACTS_WITH_VALUES)
    ));
    reader.fault(fault);
    None
}

fn on(verb: &Entry, table: &Table, reader: &mut Reader) -> Vec<Use> {
    match table.get("on") {
        Some(entry) => uses(&entry.value, "on", reader),
        None => {
            let help = "name the uses: on = [\"tdm\", \"ai-train\"]";
            reader.missing(Fault::new("missing-key", verb.key_at, "`agree` doesn't say on which uses").help(help));
            Vec::new()
        }
    }
}

fn on_silence(verb: &Entry, table: &Table, reader: &mut Reader) -> Answer {
    let Some(entry) = table.get("on-silence") else {
        let fault = Fault::new("missing-on-silence", verb.key_at, "`permit` doesn't say what silence means");
        reader.missing(
            fault
                .label("add `on-silence`")
                .help("on-silence = \"fail\", \"review\" or \"pass\": what follows where nothing is said about a use"),
        );
        return Answer::Review;
    };
    reader.member(&entry.value, "on-silence", "an answer", Answer::ALL, Answer::name).unwrap_or(Answer::Review)
}

/// `on` without `agree`, `on-silence` without `permit`.
fn misplaced(verb: &Verb, at: &Entry, table: &Table, reader: &mut Reader) {
    for (key, owner) in [("on", "agree"), ("on-silence", "permit")] {
        if let Some(entry) = table.get(key)
            && verb.name() != owner
        {
            let fault = Fault::new("key-not-for-this-verb", entry.key_at, format!("`{key}` says nothing in a rule with `{}`", verb.name()));
            reader.fault(fault.label(format!("`{key}` belongs to `{owner}`")).related(at.key_at, "the rule's verb"));
        }
    }
}

fn conditions(table: &Table, key: &str, names: &Names, reader: &mut Reader) -> Vec<Condition> {
    let Some(entry) = table.get(key) else { return Vec::new() };
    let tables = reader.tables(&entry.value, key);
    tables.into_iter().map(|(table, _)| read_condition(table, false, names, reader)).collect()
}

fn list(table: &Table, key: &str, reader: &mut Reader) -> Vec<String> {
    table.get(key).map(|e| reader.texts(&e.value, key)).unwrap_or_default()
}

fn answer(table: &Table, key: &str, reader: &mut Reader) -> Option<Answer> {
    table.get(key).and_then(|e| reader.member(&e.value, key, "an answer", Answer::ALL, Answer::name))
}

fn basis(table: &Table, reader: &mut Reader) -> Vec<Basis> {
    let Some(entry) = table.get("basis") else { return Vec::new() };
    let mut all = Vec::new();
    for (table, at) in reader.tables(&entry.value, "basis") {
        reader.only(table, "a basis", &["cite", "url"]);
        match text_of(table, "cite", reader) {
            Some(cite) => all.push(Basis { cite, url: text_of(table, "url", reader) }),
            None if table.get("cite").is_none() => {
                reader.missing(Fault::new("missing-key", at, "a basis has no `cite`").help("name the law, code or standard"));
            }
            None => {}
        }
    }
    all
}

fn waivable(table: &Table, names: &Names, reader: &mut Reader) -> Waivable {
    let Some(entry) = table.get("waivable") else { return Waivable::Anyone };
    let Some(word) = reader.text(&entry.value, "waivable") else { return Waivable::Anyone };
    match word.as_str() {
        "anyone" => Waivable::Anyone,
        "no" => Waivable::No,
        group if names.approvers.iter().any(|a| a == group) => Waivable::Group(word),
        _ => {
            let fault = Fault::new("unknown-approvers", entry.value.at, format!("`{word}` is not a group of approvers"));
            let known = names.approvers.iter().map(String::as_str).chain(["anyone", "no"]);
            reader.fault(fault.near(&word, known).help("`anyone`, `no`, or a group of `[policy] approvers`"));
            Waivable::No
        }
    }
}

/// A message whose slots this rule can fill.
fn message(node: &Node, rule: &Rule, names: &Names, reader: &mut Reader) -> Option<Message> {
    let text = reader.text(node, "message")?;
    let known = rule.slots(&|fact| names.parts(fact));
    let mut unknown: Vec<String> = slots(&text).into_iter().map(|s| s.name).filter(|name| !known.contains(name)).collect();
    unknown.sort();
    unknown.dedup();
    for slot in &unknown {
        let fault = Fault::new("unknown-slot", slot_spot(node, slot, reader), format!("a message of this rule has no slot `{{{slot}}}`"));
        reader.fault(fault.near(slot, known.iter().map(String::as_str)).help(format!("slots: {}", known.join(", "))));
    }
    Some(Message::new(&text))
}

/// Where the slot stands in the file; the whole message if it is written with escapes.
fn slot_spot(node: &Node, name: &str, reader: &Reader) -> Spot {
    let written = reader.written(node.at);
    let found = slots(written).into_iter().find(|s| s.name == name);
    found.map_or(node.at, |s| Spot { start: node.at.start + s.range.start as u32, end: node.at.start + s.range.end as u32, ..node.at })
}

fn translations(table: &Table, rule: &Rule, names: &Names, reader: &mut Reader) -> Vec<Translation> {
    let Some(entry) = table.get("i18n") else { return Vec::new() };
    let Some(languages) = reader.table(&entry.value, "i18n") else { return Vec::new() };
    let mut all = Vec::new();
    for entry in &languages.entries {
        let Some(table) = reader.table(&entry.value, &entry.key) else { continue };
        reader.only(table, "a translation", &["title", "message", "fix"]);
        all.push(Translation {
            language: entry.key.clone(),
            title: text_of(table, "title", reader),
            message: table.get("message").and_then(|e| message(&e.value, rule, names, reader)),
            fix: text_of(table, "fix", reader),
        });
    }
    all
}

fn settings(table: &Table, reader: &Reader) -> Vec<Setting> {
    let keys = table.entries.iter().filter(|e| e.key != "test" && e.key != "i18n");
    keys.map(|e| Setting {
        key: e.key.clone(),
        value: reader.written(e.value.at).to_owned(),
        file: e.value.at.file as usize,
        span: e.value.at.range(),
    })
    .collect()
}
