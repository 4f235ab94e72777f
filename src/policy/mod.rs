//! Policies: TOML files of rules, read with every problem at once, layered, and applied to one document at a time.

pub mod areas;
pub mod condition;
pub mod detector;
mod layer;
pub mod message;
pub(crate) mod names;
pub mod problem;
mod read_demands;
mod read_detector;
mod read_lexicon;
mod read_rule;
mod read_tests;
mod reader;
pub mod rule;
pub mod schema;
pub mod states;
mod tables;
mod tree;
pub(crate) mod vocabulary;
mod weakness;
pub mod wording;
pub mod words;

use crate::lexicon::Lexicon;
use crate::policy::condition::Condition;
use crate::policy::detector::Detector;
use crate::policy::layer::Merged;
use crate::policy::names::Names;
use crate::policy::problem::PolicyProblem;
use crate::policy::reader::Reader;
use crate::policy::rule::Rule;
use crate::policy::states::Literals;
use crate::policy::words::PartyKind;
use crate::terms::Severity;
use jiff::civil::Date;
use std::sync::Arc;

/// A file a policy is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFile {
    /// How reports name it: `rightscheck.toml`, `builtin:publish`.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// Finds the file that `extends` names: the name without `file:`, or with `pack:`, and the file that names it.
/// The error says why not, in one line.
pub type Resolve<'a> = dyn Fn(&str, &PolicyFile) -> Result<PolicyFile, String> + 'a;

/// The rules in force.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// `[policy] id`.
    pub id: String,
    /// `[policy] name`.
    pub name: String,
    /// `[policy] version`.
    pub version: String,
    /// `[policy] owner`: who answers for it.
    pub owner: Option<String>,
    /// `[policy] approvers`: groups that may grant exceptions, with their members.
    pub approvers: Vec<(String, Vec<String>)>,
    /// `[policy] waiver-max-days`: how many days a waiver lasts at most.
    pub waiver_max_days: Option<i32>,
    /// `[policy] inline-max-days`: how many days an allowance inside a document lasts at most.
    pub inline_max_days: Option<i32>,
    /// `[policy] extends`, as written.
    pub extends: Vec<String>,
    /// Every file it was read from: its own first, then those it extends as they are named, each once.
    pub files: Vec<Arc<PolicyFile>>,
    /// The folder that its path patterns are counted from, as reports call it; empty where it is the one that reports count from.
    /// Set by who finds the file.
    pub folder: String,
    /// `[site]`.
    pub site: Site,
    /// `[scan]`.
    pub scan: Scan,
    /// `[party.*]`, in order.
    pub parties: Vec<Party>,
    /// `[set.*]`, in order.
    pub sets: Vec<Set>,
    /// `[wording.*]`, in order.
    pub wordings: Vec<Wording>,
    /// `[detector.*]`, in order.
    pub detectors: Vec<Detector>,
    /// Its rules in order: those of extended files first. Rules that are off are among them.
    pub rules: Vec<Rule>,
    /// `[[adjust]]`, in order; the last that matches wins.
    pub adjustments: Vec<Adjustment>,
    /// Which literals have to stand in a text for which patterns to be tried on it.
    literals: Arc<Literals>,
    /// The built-in wording with the policy's own, if it adds any.
    lexicon: Option<Arc<Lexicon>>,
}

/// `[site]`: where the documents are published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Own address. Canonical addresses under it identify a document across renames.
    pub url: Option<String>,
    /// Site files that apply to every document, by path from the policy's folder.
    pub files: Vec<String>,
}

/// `[scan]`: which files are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// Path patterns of documents; empty: every known kind.
    pub include: Vec<String>,
    /// Path patterns of files that aren't read.
    pub exclude: Vec<String>,
    /// Encoding of documents that don't say theirs, by WHATWG name.
    pub encoding: Option<String>,
    /// Largest file in bytes.
    pub max_size: Option<u64>,
}

/// `[party.*]`: who may hold rights and who may be credited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What appears in print.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: PartyKind,
    /// Since when (a year).
    pub since: Option<i16>,
}

/// `[set.*]`: a named group of documents.
#[derive(Debug, Clone)]
pub struct Set {
    /// Its key.
    pub key: String,
    /// What its documents have in common.
    pub condition: Condition,
}

/// `[wording.*]`: a text approved by counsel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Its key.
    pub key: String,
    /// Two-letter code.
    pub language: Option<String>,
    /// The text, with `{party}` slots.
    pub text: String,
}

/// `[[adjust]]`: other severities for a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// The sets.
    pub sets: Vec<String>,
    /// Rule (key or full name) and its severity there; `None`: off.
    pub severities: Vec<(String, Option<Severity>)>,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub until: Option<Date>,
}

impl Policy {
    /// Reads `file` and what it extends. `resolve` finds what `extends` names with `file:` or `pack:`; built-in policies need none.
    ///
    /// # Errors
    /// Every problem of the policy at once, in file order.
    pub fn load(file: &PolicyFile, resolve: &Resolve<'_>) -> Result<Self, Vec<PolicyProblem>> {
        let mut reader = Reader::default();
        let merged = layer::load(file, resolve, &mut reader);
        let policy = Self::read(&merged, &mut reader);
        if reader.is_clean() { Ok(policy) } else { Err(reader.problems()) }
    }

    fn read(merged: &Merged, reader: &mut Reader) -> Self {
        let mut policy = Self { files: reader.files.clone(), ..Self::default() };
        let tables = &merged.tables;
        tables::known_tables(tables, reader);
        tables::header(merged, &mut policy, reader);
        let names = Names::new(merged, &policy);
        policy.site = tables::site(tables, reader).unwrap_or_default();
        policy.scan = tables::scan(tables, reader).unwrap_or_default();
        policy.parties = tables::parties(tables, reader);
        policy.sets = tables::sets(tables, &names, reader);
        policy.wordings = tables::wordings(tables, &names, reader);
        policy.detectors = read_detector::detectors(tables, &names, reader);
        policy.literals = Arc::new(Literals::new(&policy.detectors));
        policy.lexicon = read_lexicon::lexicon(tables, reader).map(Arc::new);
        policy.rules = merged.rules.iter().filter_map(|node| read_rule::read_rule(node, &names, reader)).collect();
        policy.adjustments = tables::adjustments(&merged.adjustments, &names, reader);
        policy
    }

    /// The built-in policy `name`: `essentials`, `attribution`, …
    ///
    /// # Errors
    /// When there is none of that name, as for `extends = ["builtin:NAME"]`.
    pub fn builtin(name: &str) -> Result<Self, Vec<PolicyProblem>> {
        let asked = PolicyFile {
            name: name.to_owned(),
            text: format!("schema = 1\n[policy]\nid = \"asked-for\"\nextends = [{:?}]\n", format!("builtin:{name}")),
        };
        let file = builtin_file(name).unwrap_or(asked);
        Self::load(&file, &|name, _| Err(format!("`{name}` is not built in")))
    }

    /// What is weak about a policy without being wrong: untested rules, rules that can't apply or contradict each other, patterns
    /// that run everywhere, unused detectors. Of extended files only what concerns this one.
    pub fn weaknesses(&self) -> Vec<PolicyProblem> {
        weakness::find(self)
    }

    /// The wording to search documents with: the built-in one, with what the policy adds.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.as_deref().unwrap_or_else(|| Lexicon::builtin())
    }

    /// The policy's own file.
    pub fn own_file(&self) -> Option<&Arc<PolicyFile>> {
        self.files.first()
    }

    /// The slots that the message of `rule` may have, sorted.
    pub fn message_slots(&self, rule: &Rule) -> Vec<String> {
        let own = |fact: &str| {
            let patterns = self.detectors.iter().filter(move |d| d.yields.name() == fact).filter_map(|d| match &d.finder {
                detector::Finder::Pattern { regex, .. } => Some(regex),
                _ => None,
            });
            patterns.flat_map(|regex| regex.capture_names().flatten().map(str::to_owned)).collect()
        };
        rule.slots(&|fact| match fact.known() {
            Some(known) => vocabulary::fact_slots(known).iter().map(|&s| s.to_owned()).collect(),
            None => own(fact.name()),
        })
    }

    /// The path of the document that reports call `name`, as the policy's patterns see it.
    pub fn path_of<'n>(&self, name: &'n str) -> &'n str {
        let inside = name.strip_prefix(&*self.folder).and_then(|rest| rest.strip_prefix('/'));
        if self.folder.is_empty() { name } else { inside.unwrap_or(name) }
    }

    /// The rule `name`: a key, or a full name where two rules share a key.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| *r.id == *name || r.key == name)
    }
}

/// The names of the built-in policies, for `builtin:NAME`: profiles first.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    let profiles = crate::builtin::folder("profile/").filter_map(|(path, _)| path.strip_prefix("profile/")?.strip_suffix(".toml"));
    let packs = crate::builtin::FILES.iter().filter_map(|(path, _)| path.strip_suffix(".toml")).filter(|name| !name.contains('/'));
    profiles.chain(packs)
}

/// The file of the built-in policy `name`, as `policy show builtin:NAME` prints it.
pub fn builtin_file(name: &str) -> Option<PolicyFile> {
    let text = crate::builtin::file(&format!("profile/{name}.toml")).or_else(|| crate::builtin::file(&format!("{name}.toml")))?;
    Some(PolicyFile { name: format!("builtin:{name}"), text: text.to_owned() })
}
