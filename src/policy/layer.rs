//! `extends`: loads the files a policy builds on, each once, and lays them on top of each other.

use crate::policy::PolicyFile;
use crate::policy::Resolve;
use crate::policy::builtin_file;
use crate::policy::builtin_names;
use crate::policy::reader::{Fault, Reader};
use crate::policy::rule::Verb;
use crate::policy::tree::{Data, Entry, Node, Spot, Table, parse};
use std::collections::HashMap;
use std::sync::Arc;

/// A file with what it extends.
#[derive(Debug, Default)]
struct Layer {
    id: String,
    root: Table,
    /// Files it extends, with the place of their name.
    below: Vec<(usize, Spot)>,
    /// Itself and every layer it builds on.
    reach: Vec<usize>,
}

/// The layers of a policy. Layer 0 is the policy's own file.
#[derive(Debug)]
struct Stack<'r> {
    layers: Vec<Layer>,
    /// Layers in the order they are applied: what is extended comes first.
    order: Vec<usize>,
    /// Layers being loaded, to notice circles.
    open: Vec<usize>,
    resolve: Hidden<'r>,
}

/// The resolver, which has nothing to show for debugging.
struct Hidden<'r>(&'r Resolve<'r>);

impl std::fmt::Debug for Hidden<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("resolve")
    }
}

/// A rule with everything its layers say of it.
#[derive(Debug)]
pub(super) struct RuleNode {
    pub(super) key: String,
    pub(super) key_at: Spot,
    /// The layer that writes its verb.
    pub(super) origin: usize,
    /// Id of the policy that writes its verb.
    pub(super) policy: String,
    pub(super) table: Table,
    /// Whether a file names it with its policy (`[rule."eu-tdm/signals"]`).
    addressed: bool,
}

/// The rules found so far, and where those of one key stand.
#[derive(Debug, Default)]
struct Rules {
    nodes: Vec<RuleNode>,
    by_key: HashMap<String, Vec<usize>>,
}

impl Rules {
    fn push(&mut self, node: RuleNode) {
        self.by_key.entry(node.key.clone()).or_default().push(self.nodes.len());
        self.nodes.push(node);
    }

    fn of_key(&self, key: &str) -> &[usize] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }
}

/// All layers laid on top of each other.
#[derive(Debug)]
pub(super) struct Merged {
    /// The policy's own `[policy]` table.
    pub(super) header: Option<Entry>,
    /// `approvers` of all layers.
    pub(super) approvers: Table,
    /// Everything but rules, `[policy]` and `[[adjust]]`.
    pub(super) tables: Table,
    pub(super) rules: Vec<RuleNode>,
    /// `[[adjust]]` of all layers, in order.
    pub(super) adjustments: Vec<Node>,
}

/// Loads `file` and everything below it.
pub(super) fn load(file: &PolicyFile, resolve: &Resolve<'_>, reader: &mut Reader) -> Merged {
    let mut stack = Stack { layers: Vec::new(), order: Vec::new(), open: Vec::new(), resolve: Hidden(resolve) };
    stack.load(file.clone(), reader);
    stack.distinct_ids(reader);
    stack.merge(reader)
}

impl Stack<'_> {
    fn load(&mut self, file: PolicyFile, reader: &mut Reader) -> usize {
        let number = reader.files.len();
        let (root, syntax) = parse(&file.text, number);
        reader.files.push(Arc::new(file));
        reader.syntax(number, syntax);
        schema(&root, number, reader);
        let id = policy_key(&root, "id").and_then(|id| id.value.as_text()).unwrap_or_default().to_owned();
        let below = policy_key(&root, "extends").map(|e| e.value.clone());
        self.layers.push(Layer { id, root, below: Vec::new(), reach: vec![number] });
        self.open.push(number);
        for (name, at) in below.map(|list| reader.words(&list, "extends")).unwrap_or_default() {
            if let Some(lower) = self.below(&name, at, reader) {
                self.layers[number].below.push((lower, at));
                let more = self.layers[lower].reach.clone();
                self.layers[number].reach.extend(more);
            }
        }
        self.layers[number].reach.sort_unstable();
        self.layers[number].reach.dedup();
        self.open.pop();
        self.order.push(number);
        number
    }

    /// The layer of the file that `extends` names `name`.
    fn below(&mut self, name: &str, at: Spot, reader: &mut Reader) -> Option<usize> {
        let file = self.find(name, at, reader)?;
        match reader.files.iter().position(|f| f.name == file.name) {
            Some(known) if self.open.contains(&known) => {
                let message = format!("`{name}` extends this file in turn");
                reader.fault(Fault::new("extends-circle", at, message).label("this closes the circle"));
                None
            }
            Some(known) => Some(known),
            None => Some(self.load(file, reader)),
        }
    }

    fn find(&self, name: &str, at: Spot, reader: &mut Reader) -> Option<PolicyFile> {
        let (kind, rest) = name.split_once(':').unwrap_or(("", name));
        let found = match kind {
            "builtin" => builtin_file(rest).ok_or(None),
            "file" => (self.resolve.0)(rest, &reader.files[at.file as usize]).map_err(Some),
            "pack" => (self.resolve.0)(name, &reader.files[at.file as usize]).map_err(Some),
            _ => {
                let help = "write `builtin:NAME`, `file:PATH` or `pack:NAME`";
                reader.fault(Fault::new("extends-not-found", at, format!("`{name}` doesn't say what kind of policy it names")).help(help));
                return None;
            }
        };
        found.map_err(|why: Option<String>| reader.fault(not_found(name, rest, at, why))).ok()
    }

    /// Two layers of one id could not be told apart in the names of rules.
    fn distinct_ids(&self, reader: &mut Reader) {
        for (number, layer) in self.layers.iter().enumerate().skip(1) {
            let Some(first) = self.layers[..number].iter().find(|l| !l.id.is_empty() && l.id == layer.id) else { continue };
            let Some(at) = policy_key(&first.root, "id").map(|id| id.value.at) else { continue };
            let message = format!("two policies have the id `{}`", layer.id);
            let fault = Fault::new("same-policy-id", at, message)
                .help(format!("give this policy an id of its own; the other is {}", reader.files[number].name));
            reader.fault(fault);
        }
    }

    fn merge(mut self, reader: &mut Reader) -> Merged {
        let mut merged =
            Merged { header: None, approvers: Table::default(), tables: Table::default(), rules: Vec::new(), adjustments: Vec::new() };
        let mut found = Rules::default();
        for number in self.order.clone() {
            let mut root = std::mem::take(&mut self.layers[number].root);
            if let Some(mut header) = root.take("policy") {
                if let Data::Table(table) = &mut header.value.data {
                    merged.approvers.merge(Table { entries: table.take("approvers").into_iter().collect() });
                }
                merged.header = (number == 0).then_some(header);
            }
            if let Some(adjust) = root.take("adjust") {
                merged
                    .adjustments
                    .extend(reader.tables(&adjust.value, "adjust").into_iter().map(|(t, at)| Node { at, data: Data::Table(t.clone()) }));
            }
            if let Some(rules) = root.take("rule")
                && let Some(table) = reader.table(&rules.value, "rule")
            {
                for entry in &table.entries {
                    self.rule(number, entry, &mut found, reader);
                }
            }
            root.take("schema");
            merged.tables.merge(root);
        }
        merged.rules = found.nodes;
        self.unrelated_twins(&merged.rules, reader);
        merged
    }

    /// Lays one `[rule.KEY]` of layer `number` on top of what is there.
    fn rule(&self, number: usize, entry: &Entry, rules: &mut Rules, reader: &mut Reader) {
        let Some(table) = reader.table(&entry.value, &entry.key).cloned() else { return };
        let (policy, key) = entry.key.split_once('/').map_or((None, entry.key.as_str()), |(p, k)| (Some(p), k));
        let fits = |node: &RuleNode| policy.is_none_or(|p| p == node.policy) && self.reaches(number, node.origin);
        let below: Vec<usize> = rules.of_key(key).iter().copied().filter(|&at| fits(&rules.nodes[at])).collect();
        match (below.as_slice(), policy) {
            ([], Some(_)) => reader.fault(unknown_rule(entry, &rules.nodes)),
            ([], None) => {
                let policy = self.layers[number].id.clone();
                let table = with_additions(table);
                rules.push(RuleNode { key: key.to_owned(), key_at: entry.key_at, origin: number, policy, table, addressed: false });
            }
            ([one], _) => {
                rules.nodes[*one].addressed |= policy.is_some();
                self.overlay(number, entry, table, &mut rules.nodes[*one], reader);
            }
            (several, _) => {
                let names: Vec<_> = several.iter().map(|&at| &rules.nodes[at]).collect();
                reader.fault(twins(key, entry.key_at, &names));
            }
        }
    }

    fn overlay(&self, number: usize, entry: &Entry, mut table: Table, below: &mut RuleNode, reader: &mut Reader) {
        let replaces = table.get("replace").is_some_and(|e| matches!(e.value.data, Data::Flag(true)));
        let (old, new) = (verb(&below.table), verb(&table));
        if replaces {
            below.table = with_additions(table);
            (below.origin, below.policy, below.key_at) = (number, self.layers[number].id.clone(), entry.key_at);
            return;
        }
        if let (Some(old), Some(new)) = (old, new)
            && old.key != new.key
        {
            let message = format!("`{}` says `{}`, the rule it changes says `{}`", below.key, new.key, old.key);
            let fault = Fault::new("verb-changed", new.key_at, message).label("another verb makes it another rule");
            reader.fault(
                fault
                    .related(old.key_at, "the rule it changes")
                    .help("add `replace = true` to write the rule anew, or give it a name of its own"),
            );
            return;
        }
        let added = additions(&mut table);
        below.table.merge(table);
        for entry in added {
            append(&mut below.table, entry);
        }
    }

    /// Whether layer `from` is layer `to` or builds on it.
    fn reaches(&self, from: usize, to: usize) -> bool {
        self.layers[from].reach.binary_search(&to).is_ok()
    }

    /// Reports rules of one key in two policies of which neither builds on the other, unless a file says which it means.
    fn unrelated_twins(&self, rules: &[RuleNode], reader: &mut Reader) {
        if self.layers.len() < 3 {
            return;
        }
        for (at, rule) in rules.iter().enumerate() {
            let earlier: Vec<_> = rules[..at].iter().filter(|r| r.key == rule.key).collect();
            if earlier.is_empty() || rule.addressed || earlier.iter().any(|r| r.addressed) {
                continue;
            }
            let place =
                self.layers[0].below.iter().find(|&&(lower, _)| self.reaches(lower, rule.origin)).map_or(rule.key_at, |&(_, at)| at);
            reader.fault(twins(&rule.key, place, &[earlier[0], rule]));
        }
    }
}

fn not_found(name: &str, rest: &str, at: Spot, why: Option<String>) -> Fault {
    let fault = Fault::new("extends-not-found", at, format!("`{name}` can't be extended"));
    match why {
        Some(why) => fault.label(why),
        None => {
            let names: Vec<_> = builtin_names().collect();
            fault.label("no built-in policy of that name").near(rest, names.iter().copied()).help(format!("built in: {}", names.join(", ")))
        }
    }
}

fn unknown_rule(entry: &Entry, rules: &[RuleNode]) -> Fault {
    let names: Vec<String> = rules.iter().map(|r| format!("{}/{}", r.policy, r.key)).collect();
    let fault = Fault::new("unknown-rule", entry.key_at, format!("no policy extended here has a rule `{}`", entry.key));
    fault.near(&entry.key, names.iter().map(String::as_str)).help("a name with `/` changes a rule of an extended policy")
}

fn twins(key: &str, at: Spot, rules: &[&RuleNode]) -> Fault {
    let policies: Vec<_> = rules.iter().map(|r| format!("`{}`", r.policy)).collect();
    let names: Vec<_> = rules.iter().map(|r| format!("[rule.\"{}/{}\"]", r.policy, r.key)).collect();
    Fault::new("same-rule-twice", at, format!("a rule `{key}` stands in {}", policies.join(" and in ")))
        .label("this brings the second")
        .help(format!("say which one you change or switch off: {}", names.join(" or ")))
}

/// Takes out what is added to the list below instead of replacing it.
fn additions(table: &mut Table) -> Vec<Entry> {
    ["tags-add", "covers-add", "test"].iter().filter_map(|key| table.take(key)).collect()
}

/// A rule that changes no other: what it adds stands alone.
fn with_additions(mut table: Table) -> Table {
    for entry in additions(&mut table) {
        append(&mut table, entry);
    }
    table
}

/// Adds the items of `entry` to the list below: `tags-add` to `tags`, tests to tests.
fn append(table: &mut Table, mut entry: Entry) {
    entry.key = entry.key.trim_end_matches("-add").to_owned();
    let Some(below) = table.entries.iter_mut().find(|e| e.key == entry.key) else { return table.entries.push(entry) };
    if let Data::Text(_) = below.value.data {
        let only = below.value.clone();
        below.value.data = Data::List(vec![only]);
    }
    match (&mut below.value.data, entry.value.data) {
        (Data::List(below), Data::List(more)) => below.extend(more),
        (Data::List(below), data @ Data::Text(_)) => below.push(Node { at: entry.value.at, data }),
        (below, data) => *below = data,
    }
    below.value.at = entry.value.at;
}

fn verb(table: &Table) -> Option<&Entry> {
    table.entries.iter().find(|e| Verb::NAMES.contains(&e.key.as_str()))
}

fn policy_key<'t>(root: &'t Table, key: &str) -> Option<&'t Entry> {
    match &root.get("policy")?.value.data {
        Data::Table(policy) => policy.get(key),
        _ => None,
    }
}

fn schema(root: &Table, file: usize, reader: &mut Reader) {
    let top = Spot { file: file as u32, ..Spot::default() };
    match root.get("schema") {
        None => reader.missing(
            Fault::new("wrong-schema", top, "the policy doesn't say which format it is written in").help("begin it with `schema = 1`"),
        ),
        Some(entry) if matches!(entry.value.data, Data::Integer(1)) => {}
        Some(entry) => reader.fault(Fault::new("wrong-schema", entry.value.at, "this version reads `schema = 1`").label("another format")),
    }
}
