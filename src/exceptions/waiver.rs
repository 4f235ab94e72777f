//! Waivers: `rights-waivers.toml` beside a policy. Complete by force, bound to rule and path or to the evidence, and they end.

use crate::check::fingerprint::Fingerprint;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::policy::rule::Waivable;
use globset::GlobBuilder;
use globset::GlobMatcher;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

/// The file of waivers, beside the policy.
pub const FILE: &str = "rights-waivers.toml";
/// A waiver lasts no longer than this many days, unless the policy says otherwise.
pub const MAX_DAYS: i32 = 366;
/// A waiver that ends within this many days is pointed out.
pub const SOON_DAYS: i32 = 30;
/// Why a finding may be waived.
pub const REASONS: &[&str] = &["licensed", "public-domain", "own-work", "permission", "legacy", "false-positive", "risk-accepted"];

/// The waivers of a policy.
#[derive(Debug, Default)]
pub struct Waivers {
    /// In the order of the file.
    pub list: Vec<Waiver>,
}

/// One waiver.
#[derive(Debug)]
pub struct Waiver {
    /// Its name.
    pub id: String,
    /// What it covers.
    pub covers: Covers,
    /// The words it holds for; where others stand it has lapsed.
    pub quote: Option<String>,
    /// One of [`REASONS`].
    pub reason: String,
    /// Why, in words.
    pub note: String,
    /// Who answers for it.
    pub owner: String,
    /// Who approved it.
    pub approved: Option<String>,
    /// The last day it holds; `None` for never ending.
    pub expires: Option<Date>,
    /// Whether a document came by that it could have covered.
    met: AtomicBool,
    /// Whether it covered a finding.
    used: AtomicBool,
}

/// What a waiver covers.
#[derive(Debug)]
pub enum Covers {
    /// One finding, by either of its fingerprints.
    Fingerprint(String),
    /// What a rule finds in some documents.
    Rule {
        /// Key or full name of the rule.
        rule: String,
        /// In which documents.
        place: DocumentsOf,
    },
}

/// The documents that a waiver of a rule speaks of.
#[derive(Debug)]
pub enum DocumentsOf {
    /// Those whose path, counted from the policy's folder, fits a pattern.
    Path(Box<GlobMatcher>),
    /// Those of a set of the policy.
    Set(String),
}

impl DocumentsOf {
    /// Whether the document at `path`, which belongs to `sets`, is one of them.
    fn hold(&self, path: &str, sets: &[String]) -> bool {
        match self {
            Self::Path(pattern) => pattern.is_match(path),
            Self::Set(key) => sets.contains(key),
        }
    }
}

impl std::fmt::Display for DocumentsOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(pattern) => f.write_str(pattern.glob().glob()),
            Self::Set(key) => write!(f, "the set {key}"),
        }
    }
}

/// What people write.
#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFile {
    schema: u32,
    #[serde(default)]
    waiver: Vec<RawWaiver>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RawWaiver {
    id: Option<String>,
    rule: Option<String>,
    path: Option<String>,
    set: Option<String>,
    fingerprint: Option<String>,
    quote: Option<String>,
    reason: Option<String>,
    note: Option<String>,
    owner: Option<String>,
    approved: Option<String>,
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    created: Option<toml::Value>,
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    expires: Option<toml::Value>,
    #[serde(rename = "ticket")]
    _ticket: Option<String>,
}

impl Waivers {
    /// Reads a file of waivers, each of which lasts `most` days at most.
    ///
    /// # Errors
    /// Everything that is wrong with it, a line each.
    pub fn read(text: &str, most: i32) -> Result<Self, Vec<String>> {
        let raw: RawFile = toml::from_str(text).map_err(|e| vec![e.to_string().trim_end().to_owned()])?;
        let mut problems = Vec::new();
        if raw.schema != 1 {
            problems.push(format!("schema is {}; this version reads 1", raw.schema));
        }
        let mut list: Vec<Waiver> = Vec::new();
        for (n, raw) in raw.waiver.into_iter().enumerate() {
            let name = raw.id.clone().unwrap_or_else(|| format!("number {}", n + 1));
            let mut wrong = Vec::new();
            let waiver = raw.validate(most, &mut wrong);
            if waiver.as_ref().is_some_and(|w| list.iter().any(|other| other.id == w.id)) {
                wrong.push("the `id` is taken by another waiver".to_owned());
            }
            problems.extend(wrong.into_iter().map(|w| format!("waiver {name}: {w}")));
            list.extend(waiver);
        }
        if problems.is_empty() { Ok(Self { list }) } else { Err(problems) }
    }

    /// The waiver that covers `finding` on the day `today`. `document` is its path and the sets that it belongs to.
    pub fn covering(
        &self,
        finding: &Finding,
        print: &Fingerprint,
        document: (&str, &[String]),
        policy: &Policy,
        today: Date,
    ) -> Option<&Waiver> {
        let fits = |w: &&Waiver| w.fits(finding, print, document) && w.is_granted(finding, policy);
        // One that has ended is in use too: it is told of as ended, not as idle.
        let covering: Vec<&Waiver> = self.list.iter().filter(fits).collect();
        covering.iter().for_each(|w| w.used.store(true, Ordering::Relaxed));
        covering.into_iter().find(|w| !w.is_ended(today))
    }

    /// Notes that the document at `path`, which belongs to `sets`, was checked.
    pub fn meet(&self, path: &str, sets: &[String]) {
        for waiver in &self.list {
            if matches!(&waiver.covers, Covers::Rule { place, .. } if place.hold(path, sets)) {
                waiver.met.store(true, Ordering::Relaxed);
            }
        }
    }
}

impl Waiver {
    /// Whether it holds no more on the day `today`.
    pub fn is_ended(&self, today: Date) -> bool {
        self.expires.is_some_and(|end| end < today)
    }

    /// What is to be said of it on the day `today` whatever it covers: that it has ended, or ends soon.
    pub fn time_left(&self, today: Date) -> Option<Remark> {
        let end = self.expires?;
        let remark = if end < today { Remark::Ended(end) } else { Remark::EndsSoon(end) };
        (days(today, end) <= SOON_DAYS).then_some(remark)
    }

    /// What is to be said of it after a run: that it has ended, ends soon, or covers nothing. `whole` says that every document was checked
    /// that it could speak of.
    pub fn remark(&self, today: Date, whole: bool) -> Option<Remark> {
        let (used, met) = (self.used.load(Ordering::Relaxed), self.met.load(Ordering::Relaxed));
        self.time_left(today).filter(|_| used).or(((met || whole) && !used).then_some(Remark::Unused))
    }

    fn fits(&self, finding: &Finding, print: &Fingerprint, (path, sets): (&str, &[String])) -> bool {
        let quote = finding.primary.as_ref().map(|p| p.place.quote.as_str());
        let covered = match &self.covers {
            Covers::Fingerprint(name) => *name == print.full || *name == print.moved,
            Covers::Rule { rule, place } => {
                (*rule == finding.rule || finding.rule.rsplit('/').next() == Some(rule)) && place.hold(path, sets)
            }
        };
        covered && self.quote.as_deref().is_none_or(|words| Some(words) == quote)
    }

    /// Whether the rule lets this waiver be granted: by anyone, by nobody, or by a member of a group.
    fn is_granted(&self, finding: &Finding, policy: &Policy) -> bool {
        match policy.rules.iter().find(|r| *r.id == *finding.rule).map(|r| &r.waivable) {
            None | Some(Waivable::Anyone) => true,
            Some(Waivable::No) => false,
            Some(Waivable::Group(group)) => {
                let members = policy.approvers.iter().filter(|(name, _)| name == group).flat_map(|(_, members)| members);
                self.approved.as_ref().is_some_and(|by| members.into_iter().any(|m| m == by))
            }
        }
    }
}

/// What is to be said of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// It ended on this day; what it covered counts again.
    Ended(Date),
    /// It ends on this day, within [`SOON_DAYS`].
    EndsSoon(Date),
    /// Documents it could cover were checked, and it covered nothing.
    Unused,
}

impl RawWaiver {
    fn validate(self, most: i32, wrong: &mut Vec<String>) -> Option<Waiver> {
        let id = needed("id", self.id, wrong);
        let reason = needed("reason", self.reason, wrong);
        let note = needed("note", self.note, wrong);
        let owner = needed("owner", self.owner, wrong);
        let created = day("created", self.created.as_ref(), wrong);
        let end = end(self.expires.as_ref(), self.approved.as_deref(), wrong);
        if let Some(reason) = reason.as_ref().filter(|r| !REASONS.contains(&r.as_str())) {
            wrong.push(format!("`{reason}` is no reason; reasons are {}", REASONS.join(", ")));
        }
        if let (Some(from), Some(Some(to))) = (created, end) {
            check_length(from, to, most, wrong);
        }
        let covers = covers(self.fingerprint, self.rule, (self.path, self.set), wrong);
        Some(Waiver {
            id: id?,
            covers: covers?,
            quote: self.quote,
            reason: reason?,
            note: note?,
            owner: owner?,
            approved: self.approved,
            expires: end?,
            met: AtomicBool::new(false),
            used: AtomicBool::new(false),
        })
    }
}

fn needed(key: &str, value: Option<String>, wrong: &mut Vec<String>) -> Option<String> {
    let value = value.filter(|v| !v.trim().is_empty());
    if value.is_none() {
        wrong.push(format!("`{key}` is missing"));
    }
    value
}

fn covers(
    fingerprint: Option<String>,
    rule: Option<String>,
    place: (Option<String>, Option<String>),
    wrong: &mut Vec<String>,
) -> Option<Covers> {
    match (fingerprint, rule, place) {
        (Some(name), None, (None, None)) => Some(Covers::Fingerprint(name)),
        (None, Some(rule), (None, Some(set))) => Some(Covers::Rule { rule, place: DocumentsOf::Set(set) }),
        (None, Some(rule), (Some(path), None)) => match GlobBuilder::new(&path).literal_separator(true).build() {
            Ok(glob) => Some(Covers::Rule { rule, place: DocumentsOf::Path(Box::new(glob.compile_matcher())) }),
            Err(e) => {
                wrong.push(format!("`path` is no pattern: {e}"));
                None
            }
        },
        _ => {
            wrong.push("name either a `fingerprint`, or a `rule` with a `path` or a `set`".to_owned());
            None
        }
    }
}

/// A date, quoted or bare.
fn day(key: &str, value: Option<&toml::Value>, wrong: &mut Vec<String>) -> Option<Date> {
    let Some(value) = value else {
        wrong.push(format!("`{key}` is missing"));
        return None;
    };
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let date = text.parse().ok();
    if date.is_none() {
        wrong.push(format!("`{key}` is no date (as in 2026-11-22)"));
    }
    date
}

/// The last day, `Some(None)` for `never`.
fn end(value: Option<&toml::Value>, approved: Option<&str>, wrong: &mut Vec<String>) -> Option<Option<Date>> {
    if value.and_then(toml::Value::as_str) != Some("never") {
        return day("expires", value, wrong).map(Some);
    }
    if approved.is_none_or(|by| by.trim().is_empty()) {
        wrong.push("`expires = \"never\"` needs `approved`: who allowed it".to_owned());
    }
    Some(None)
}

fn check_length(from: Date, to: Date, most: i32, wrong: &mut Vec<String>) {
    if to < from {
        wrong.push("`expires` lies before `created`".to_owned());
    } else if days(from, to) > most {
        wrong.push(format!("it lasts {} days; the most is {most}", days(from, to)));
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "schema = 1\n[[waiver]]\nid = \"W-1\"\nrule = \"byline\"\npath = \"news/**\"\nreason = \"legacy\"\n\
        note = \"Old.\"\nowner = \"a@example.org\"\ncreated = 2026-11-01\nexpires = 2027-05-31\n";

    #[track_caller]
    fn wrong(text: &str, expected: &str) {
        let problems = Waivers::read(text, MAX_DAYS).unwrap_err();
        assert!(problems.iter().any(|p| p.contains(expected)), "{problems:?}");
    }

    #[test]
    fn a_complete_waiver_is_read() {
        let waivers = Waivers::read(GOOD, MAX_DAYS).unwrap();
        assert_eq!(waivers.list[0].expires.unwrap().to_string(), "2027-05-31");
    }

    #[test]
    fn every_key_is_mandatory_and_all_problems_are_told() {
        for key in ["id", "reason", "note", "owner", "created", "expires"] {
            let without: Vec<&str> = GOOD.lines().filter(|l| !l.starts_with(&format!("{key} ="))).collect();
            wrong(&without.join("\n"), &format!("`{key}` is missing"));
        }
        assert_eq!(Waivers::read("schema = 1\n[[waiver]]\nid = \"W\"\n", MAX_DAYS).unwrap_err().len(), 6);
    }

    #[test]
    fn what_a_waiver_must_not_be() {
        wrong(&GOOD.replace("2027-05-31", "2027-11-03"), "it lasts 367 days");
        wrong(&GOOD.replace("2027-05-31", "2026-10-31"), "lies before");
        wrong(&GOOD.replace("2027-05-31", "\"never\""), "needs `approved`");
        wrong(&GOOD.replace("legacy", "because"), "is no reason");
        wrong(&GOOD.replace("path =", "fingerprint ="), "name either");
        wrong(&GOOD.replace("path =", "paths ="), "unknown field");
        wrong(&format!("{GOOD}{}", GOOD.replace("schema = 1\n", "")), "taken by another");
    }

    #[test]
    fn never_ends_only_where_somebody_approved() {
        let text = GOOD.replace("2027-05-31", "\"never\"\napproved = \"c@example.org\"");
        assert_eq!(Waivers::read(&text, MAX_DAYS).unwrap().list[0].expires, None);
    }

    #[test]
    fn the_last_day_still_counts() {
        let waivers = Waivers::read(GOOD, MAX_DAYS).unwrap();
        assert!(!waivers.list[0].is_ended("2027-05-31".parse().unwrap()));
        assert!(waivers.list[0].is_ended("2027-06-01".parse().unwrap()));
    }
}
