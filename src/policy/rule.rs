//! A rule as the engine uses it: read, checked, layered.

use crate::finding::Basis;
use crate::policy::condition::Comparison;
use crate::policy::condition::Condition;
use crate::policy::message::Message;
use crate::policy::vocabulary;
use crate::policy::words::{Answer, Area, Consent, FactName, SubjectKind};
use crate::terms::{Channel, Exception, Outcome, Severity, Use};
use jiff::civil::Date;
use std::ops::Range;
use std::sync::Arc;

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Full name, `policy/rule`: the policy is the one whose file writes the verb.
    pub id: Arc<str>,
    /// Its key in that file.
    pub key: String,
    /// A sentence that says what the rule demands.
    pub title: String,
    /// `None`: off.
    pub severity: Option<Severity>,
    /// What it goes through one by one.
    pub for_each: SubjectKind,
    /// What it demands.
    pub verb: Verb,
    /// What narrows the demand.
    pub demands: Demands,
    /// It applies only where one of these holds; empty: everywhere.
    pub when: Vec<Condition>,
    /// It doesn't apply where one of these holds.
    pub unless: Vec<Condition>,
    /// Runs only under `--for` one of these; empty: always.
    pub purpose: Vec<String>,
    /// The finding's line. `None`: made from the demand.
    pub message: Option<Message>,
    /// What would settle a failure, as an instruction.
    pub fix: Option<String>,
    /// Why somebody wants it.
    pub basis: Vec<Basis>,
    /// Words to choose rules by.
    pub tags: Vec<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Before this day a failure is a note.
    pub effective: Option<Date>,
    /// After this day it doesn't run.
    pub until: Option<Date>,
    /// What evidence below medium confidence leads to.
    pub when_unsure: Answer,
    /// Who may grant an exception.
    pub waivable: Waivable,
    /// Title, message and fix in other languages.
    pub translations: Vec<Translation>,
    /// Its tests.
    pub tests: Vec<RuleTest>,
    /// Where each of its keys was set, in order.
    pub settings: Vec<Setting>,
    /// Where its key stands: index into [`crate::policy::Policy::files`], and bytes.
    pub place: (usize, Range<usize>),
}

impl Rule {
    /// The slots its messages may have. `parts` lists the parts of a fact.
    pub(super) fn slots(&self, parts: &dyn Fn(&FactName) -> Vec<String>) -> Vec<String> {
        let mut slots: Vec<String> = vocabulary::EVERY_SLOT.iter().map(|&s| s.to_owned()).collect();
        let mut add = |more: &[&str]| slots.extend(more.iter().map(|&s| s.to_owned()));
        match self.for_each {
            SubjectKind::Document => {}
            SubjectKind::Quote => add(vocabulary::QUOTE_SLOTS),
            SubjectKind::Embed => add(vocabulary::EMBED_SLOTS),
            SubjectKind::Image | SubjectKind::Video => add(vocabulary::IMAGE_SLOTS),
        }
        match self.verb {
            Verb::Agree { .. } => add(vocabulary::AGREE_SLOTS),
            Verb::Permit { .. } => add(vocabulary::PERMIT_SLOTS),
            _ => {}
        }
        for (key, more) in vocabulary::DEMAND_SLOTS {
            if self.demands.keys().contains(key) {
                add(more);
            }
        }
        for fact in self.facts() {
            let parts = parts(fact);
            let all = vocabulary::EVERY_FACT_SLOTS.iter().copied().chain(parts.iter().map(String::as_str));
            slots.extend(all.map(|part| format!("{fact}.{part}")));
        }
        slots.sort();
        slots.dedup();
        slots
    }

    /// The facts of its verb and those its conditions ask for.
    pub fn facts(&self) -> impl Iterator<Item = &FactName> {
        self.verb.facts().iter().chain(self.when.iter().flat_map(|c| &c.has))
    }

    /// Every key that narrows it, the keys of its conditions among them: `parts`, `unless.role`.
    pub fn narrowing_keys(&self) -> Vec<String> {
        let conditions = |name: &str, all: &[Condition]| {
            let mut keys: Vec<String> = all.iter().flat_map(Condition::keys).map(|key| format!("{name}.{key}")).collect();
            keys.sort();
            keys.dedup();
            keys
        };
        let mut keys: Vec<String> = self.demands.keys().iter().map(|&k| k.to_owned()).collect();
        keys.extend(conditions("when", &self.when));
        keys.extend(conditions("unless", &self.unless));
        keys
    }

    /// The sentence of subject, verb and facts: `each image must have: credit`.
    pub fn demand(&self) -> String {
        let each = match self.for_each {
            SubjectKind::Document => "the document".to_owned(),
            kind => format!("each {kind}"),
        };
        let facts: Vec<&str> = self.verb.facts().iter().map(FactName::name).collect();
        match &self.verb {
            Verb::Require { .. } => format!("{each} must have: {}", facts.join(", ")),
            Verb::RequireAny { .. } => format!("{each} must have at least one of: {}", facts.join(", ")),
            Verb::Forbid { .. } => format!("{each} must not have: {}", facts.join(", ")),
            Verb::Agree { .. } if facts.len() == 1 => format!("{each}: what is stated as {} must be the same everywhere", facts.join(", ")),
            Verb::Agree { .. } => format!("{each}: what these say about uses must not contradict: {}", facts.join(", ")),
            Verb::Permit { .. } => format!("{each}: the statements found must allow the uses of `permit`"),
        }
    }

    /// The rule without one of [`Rule::narrowing_keys`], to see whether a test notices.
    #[must_use]
    pub fn without(&self, key: &str) -> Self {
        let mut rule = self.clone();
        match key.split_once('.') {
            Some(("when", key)) => rule.when = self.when.iter().map(|c| c.without(key)).collect(),
            // A table that says nothing more would hold everywhere: without its last key `unless` is gone.
            Some(("unless", key)) => {
                rule.unless = self.unless.iter().map(|c| c.without(key)).filter(|c| c.keys().next().is_some()).collect();
            }
            _ => rule.demands.clear(key),
        }
        rule
    }
}

/// What a rule demands of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// It must have the fact.
    Require(FactName),
    /// It must have at least one of them.
    RequireAny(Vec<FactName>),
    /// It must not have the fact.
    Forbid(FactName),
    /// What these say about the uses in `on` must not contradict; with no uses, the values one fact has in several places.
    Agree {
        /// The facts.
        facts: Vec<FactName>,
        /// The uses.
        on: Vec<Use>,
    },
    /// The statements found must allow these uses.
    Permit {
        /// The uses.
        uses: Vec<Use>,
        /// What nothing said about a use leads to.
        on_silence: Answer,
    },
}

impl Verb {
    /// Every verb as policies write it.
    pub const NAMES: &'static [&'static str] = &["require", "require-any", "forbid", "agree", "permit"];

    /// The verb as policies write it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Require(_) => "require",
            Self::RequireAny(_) => "require-any",
            Self::Forbid(_) => "forbid",
            Self::Agree { .. } => "agree",
            Self::Permit { .. } => "permit",
        }
    }

    /// The facts it speaks of; none for `permit`.
    pub fn facts(&self) -> &[FactName] {
        match self {
            Self::Require(fact) | Self::Forbid(fact) => std::slice::from_ref(fact),
            Self::RequireAny(facts) | Self::Agree { facts, .. } => facts,
            Self::Permit { .. } => &[],
        }
    }
}

/// What narrows a demand. Everything left empty demands nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Demands {
    /// It stands in one of these areas.
    pub within: Vec<Area>,
    /// It is stated in each of these channels.
    pub channel: Vec<Channel>,
    /// So many statements.
    pub count: Option<Comparison<u32>>,
    /// What it must not be: for a date `future`, for other facts words it must not contain.
    pub not: Vec<String>,
    /// The parts it must name.
    pub parts: Vec<String>,
    /// It names one of these parties.
    pub party: Vec<String>,
    /// A date not before.
    pub earliest: Option<DateBound>,
    /// A date not after.
    pub latest: Option<DateBound>,
    /// It is one of these parties'.
    pub holder: Vec<String>,
    /// Years of a copyright line.
    pub year: Option<YearDemand>,
    /// It reads like one of these wordings.
    pub wording: Vec<String>,
    /// How like, 0 to 1. `None`: word for word.
    pub similarity: Option<f64>,
    /// Licences that will do.
    pub accept: Vec<LicencePattern>,
    /// Licences that will not.
    pub reject: Vec<LicencePattern>,
    /// Conditions a licence must not make.
    pub conditions_not: Vec<String>,
    /// Uses kept back, by name or by general words.
    pub covers: Vec<Use>,
    /// Uses kept back by name.
    pub names: Vec<Use>,
    /// What is left open.
    pub exempts: Vec<Exception>,
    /// The consent it asks for.
    pub consent: Option<Consent>,
}

impl Demands {
    /// Which of its keys say something.
    pub fn keys(&self) -> Vec<&'static str> {
        let filled = [
            ("within", !self.within.is_empty()),
            ("channel", !self.channel.is_empty()),
            ("count", self.count.is_some()),
            ("not", !self.not.is_empty()),
            ("parts", !self.parts.is_empty()),
            ("party", !self.party.is_empty()),
            ("earliest", self.earliest.is_some()),
            ("latest", self.latest.is_some()),
            ("holder", !self.holder.is_empty()),
            ("year", self.year.is_some()),
            ("wording", !self.wording.is_empty()),
            ("similarity", self.similarity.is_some()),
            ("accept", !self.accept.is_empty()),
            ("reject", !self.reject.is_empty()),
            ("conditions-not", !self.conditions_not.is_empty()),
            ("covers", !self.covers.is_empty()),
            ("names", !self.names.is_empty()),
            ("exempts", !self.exempts.is_empty()),
            ("consent", self.consent.is_some()),
        ];
        filled.iter().filter(|(_, filled)| *filled).map(|(key, _)| *key).collect()
    }

    fn clear(&mut self, key: &str) {
        match key {
            "within" => self.within.clear(),
            "channel" => self.channel.clear(),
            "count" => self.count = None,
            "not" => self.not.clear(),
            "parts" => self.parts.clear(),
            "party" => self.party.clear(),
            "earliest" => self.earliest = None,
            "latest" => self.latest = None,
            "holder" => self.holder.clear(),
            "year" => self.year = None,
            "wording" => (self.wording, self.similarity) = (Vec::new(), None),
            "similarity" => self.similarity = None,
            "accept" => self.accept.clear(),
            "reject" => self.reject.clear(),
            "conditions-not" => self.conditions_not.clear(),
            "covers" => self.covers.clear(),
            "names" => self.names.clear(),
            "exempts" => self.exempts.clear(),
            "consent" => self.consent = None,
            _ => {}
        }
    }
}

/// A bound of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateBound {
    /// That day.
    Day(Date),
    /// The day of the check (`--as-of`).
    Today,
    /// The day of publication.
    Published,
}

/// A bound of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearBound {
    /// That year.
    Year(i16),
    /// The year of the check (`--as-of`).
    Today,
    /// The year of publication.
    Published,
}

/// What the years of a copyright line must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct YearDemand {
    /// Reach this year.
    pub covers: Option<YearBound>,
    /// Not pass this year.
    pub latest: Option<YearBound>,
    /// Be there at all. A line without years is no stale line.
    pub stated: bool,
}

/// A licence identifier with `*` for any letters, compared without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicencePattern(pub String);

impl LicencePattern {
    /// Whether it matches licence `id`. A pattern that goes on after the family (`CC-BY-*`, `*-NC-*`) matches the
    /// family without version too.
    pub fn matches(&self, id: &str) -> bool {
        let (pattern, id) = (self.0.to_ascii_lowercase(), id.to_ascii_lowercase());
        matches_stars(&pattern, &id) || matches_stars(&pattern, &format!("{id}-"))
    }
}

/// Whether `text` is `pattern` with each `*` standing for any letters. Linear: each literal is taken at its first place.
fn matches_stars(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or("");
    for part in parts {
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    text.ends_with(last)
}

/// Who may grant an exception.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Waivable {
    /// Anyone.
    #[default]
    Anyone,
    /// Nobody.
    No,
    /// A group of `[policy] approvers`.
    Group(String),
}

/// A rule's texts in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Two-letter code.
    pub language: String,
    /// The title.
    pub title: Option<String>,
    /// The message.
    pub message: Option<Message>,
    /// The fix.
    pub fix: Option<String>,
}

/// Where a key of a rule was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key: `parts`, `severity`.
    pub key: String,
    /// The value as written.
    pub value: String,
    /// Index into [`crate::policy::Policy::files`].
    pub file: usize,
    /// Bytes of the value in that file.
    pub span: Range<usize>,
}

/// A test that stands in a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTest {
    /// What it shows.
    pub name: String,
    /// The document.
    pub content: TestContent,
    /// The path it is checked under, for rules that ask for one.
    pub path: Option<String>,
    /// The address it was fetched from.
    pub url: Option<String>,
    /// Header fields that came with it.
    pub headers: Vec<(String, String)>,
    /// Files beside it: path and content.
    pub companions: Vec<(String, String)>,
    /// What the rule must say of the document: the worst of its subjects.
    pub expect: Outcome,
    /// The words each finding must underline, in order; empty: not looked at.
    pub at: Vec<String>,
    /// The line a finding must have.
    pub message: Option<String>,
    /// The day of the check.
    pub as_of: Option<Date>,
    /// Why the test is known to fail.
    pub todo: Option<String>,
    /// Whether it comes from an extended file: it is run there, not here, where the rule may have been changed.
    pub inherited: bool,
    /// Index into [`crate::policy::Policy::files`].
    pub file: usize,
    /// Bytes of its name, for reports.
    pub span: Range<usize>,
}

/// The document of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestContent {
    /// A web page or a piece of one.
    Html(String),
    /// Markdown.
    Markdown(String),
    /// Plain text.
    Text(String),
    /// A file, by its path from the policy's folder.
    File(String),
}
