//! SARIF 2.1.0 (OASIS): what code scanning services read. Sections are those of the standard.

use crate::report::comparison::Comparison;
use crate::report::concise;
use crate::report::json;
use crate::report::record::{FindingRecord, LabelledPlace};
use crate::report::run::{ProblemRecord, RuleRecord};
use crate::report::saved::Run;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io;
use std::io::Write;

/// Results written: GitHub shows so many of a run.
const MOST: usize = 5_000;

/// The name of the folder that all paths are counted from (3.14.14).
const ROOT: &str = "ROOT";

/// Writes `run`.
///
/// # Errors
/// Those of `out`.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [Log::new(run).run()],
    });
    json::write(&log, out)?;
    out.write_all(b"\n")
}

struct Log<'r> {
    run: &'r Run,
    rules: Vec<&'r RuleRecord>,
    /// The number of each rule by full name.
    numbers: HashMap<&'r str, usize>,
    states: Option<States<'r>>,
}

/// Fingerprints of findings that are not as they were.
struct States<'r> {
    new: HashSet<&'r str>,
    changed: HashSet<&'r str>,
}

impl<'r> Log<'r> {
    fn new(run: &'r Run) -> Self {
        let rules: Vec<&RuleRecord> = run.rules().into_values().collect();
        let numbers = rules.iter().enumerate().map(|(n, r)| (r.id.as_str(), n)).collect();
        let states = run.comparison().map(|Comparison { new, changed, .. }| States {
            new: new.iter().map(|c| c.fingerprint.as_str()).collect(),
            changed: changed.iter().map(|c| c.fingerprint.as_str()).collect(),
        });
        Self { run, rules, numbers, states }
    }

    /// 3.14.
    fn run(&self) -> Value {
        let (results, left_out) = self.results();
        let tool = &self.run.head.tool;
        json!({
            "tool": { "driver": {
                "name": tool.name,
                "version": tool.version,
                "semanticVersion": tool.version,
                "rules": self.rules.iter().map(|r| descriptor(r)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "The folder that all paths are counted from." } } },
            "invocations": [self.invocation(left_out)],
            "results": results,
            "properties": {
                "asOf": self.run.head.as_of,
                "policies": self.run.policies.iter().map(|p| format!("{} {}", p.id, p.version).trim().to_owned()).collect::<Vec<_>>(),
            },
        })
    }

    /// The worst results, and how many are left out.
    fn results(&self) -> (Vec<Value>, usize) {
        let mut worst: Vec<&FindingRecord> = self.run.findings.iter().collect();
        let left_out = worst.len().saturating_sub(MOST);
        if left_out > 0 {
            worst.sort_by_key(|f| concise::rank(f));
            worst.truncate(MOST);
        }
        (worst.into_iter().map(|f| self.result(f)).collect(), left_out)
    }

    /// 3.20: how the run went, what could not be read, and what this file leaves out.
    fn invocation(&self, left_out: usize) -> Value {
        let mut said: Vec<Value> = self.run.problems.iter().map(notification).collect();
        if left_out > 0 {
            said.push(json!({
                "level": "note",
                "descriptor": { "id": "left-out" },
                "message": { "text": format!("{left_out} results are left out here: the {MOST} worst are listed. The other formats hold all.") },
            }));
        }
        let exit = self.run.summary.exit_code;
        json!({ "executionSuccessful": exit < 2, "exitCode": exit, "toolExecutionNotifications": said })
    }

    /// 3.27.
    fn result(&self, finding: &FindingRecord) -> Value {
        let mut result = Map::new();
        let mut set = |name: &str, value: Value| result.insert(name.to_owned(), value);
        set("ruleId", finding.rule.clone().into());
        if let Some(&number) = self.numbers.get(finding.rule.as_str()) {
            set("ruleIndex", number.into());
        }
        set("level", level(finding).into());
        set("message", json!({ "text": message(finding) }));
        let location = finding.primary.as_ref().map_or_else(|| json!({ "physicalLocation": physical(&finding.document.path) }), location);
        set("locations", json!([location]));
        if !finding.related.is_empty() {
            let related = (1..).zip(&finding.related).map(|(id, place)| numbered(id, place));
            set("relatedLocations", related.collect());
        }
        set("partialFingerprints", json!({ "rightscheck/v1": finding.fingerprint }));
        if let Some(state) = self.state(finding) {
            set("baselineState", state.into());
        }
        set("suppressions", suppressions(finding));
        set("properties", properties(finding));
        result.into()
    }

    /// 3.27.24.
    fn state(&self, finding: &FindingRecord) -> Option<&'static str> {
        let states = self.states.as_ref()?;
        let print = finding.fingerprint.as_str();
        Some(match () {
            () if states.new.contains(print) => "new",
            () if states.changed.contains(print) => "updated",
            () => "unchanged",
        })
    }
}

/// 3.49.
fn descriptor(rule: &RuleRecord) -> Value {
    let mut help = rule.fix.clone().unwrap_or_default();
    for basis in &rule.basis {
        let _ = write!(help, "\n{} {}", basis.cite, basis.url.as_deref().unwrap_or_default());
    }
    let help = if help.trim().is_empty() { rule.title.clone() } else { help.trim().to_owned() };
    let mut descriptor = json!({
        "id": rule.id,
        "name": concise::key(&rule.id),
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.demand },
        "help": { "text": help },
        "defaultConfiguration": { "level": rule.severity },
        "properties": { "tags": rule.tags },
    });
    if let Some(address) = rule.basis.iter().find_map(|b| b.web()) {
        descriptor["helpUri"] = address.into();
    }
    descriptor
}

/// 3.58.
fn notification(problem: &ProblemRecord) -> Value {
    let help = problem.help.as_ref().map(|h| format!(" {h}")).unwrap_or_default();
    json!({
        "level": if problem.incomplete { "error" } else { "note" },
        "descriptor": { "id": problem.code },
        "message": { "text": format!("{}{help}", problem.message) },
        "locations": [{ "physicalLocation": physical(&problem.path) }],
    })
}

/// What needs a person is a note: "review" as a kind (3.27.9) would take away its level.
fn level(finding: &FindingRecord) -> &'static str {
    match concise::word(finding) {
        "review" => "note",
        _ => finding.severity.name(),
    }
}

fn message(finding: &FindingRecord) -> String {
    let help = finding.help.as_ref().map(|h| format!("\n{h}")).unwrap_or_default();
    format!("{}{help}", finding.message)
}

/// 3.28.
fn location(place: &LabelledPlace) -> Value {
    let at = &place.place;
    let mut physical = physical(&at.source);
    physical["region"] = json!({
        "startLine": at.from.line,
        "startColumn": at.from.column,
        "endLine": at.to.line,
        "endColumn": at.to.column,
        "snippet": { "text": at.quote },
    });
    json!({ "physicalLocation": physical })
}

fn numbered(id: usize, place: &LabelledPlace) -> Value {
    let mut location = location(place);
    location["id"] = id.into();
    if !place.label.is_empty() {
        location["message"] = json!({ "text": place.label });
    }
    location
}

/// 3.29 with the path alone.
fn physical(path: &str) -> Value {
    json!({ "artifactLocation": { "uri": uri(path), "uriBaseId": ROOT } })
}

/// A relative reference (RFC 3986, section 4.2): what can't stand in a path is encoded, the colon too, so that no part is taken for a
/// scheme.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for &byte in path.as_bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            byte => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// 3.35: empty where nothing covers the finding, which says that this was looked at.
fn suppressions(finding: &FindingRecord) -> Value {
    if let Some(reason) = &finding.allowed {
        return json!([{ "kind": "inSource", "status": "accepted", "justification": reason }]);
    }
    if let Some(since) = &finding.since {
        return json!([{ "kind": "external", "status": "accepted", "justification": format!("in the baseline since {since}") }]);
    }
    let Some(waiver) = &finding.waiver else { return json!([]) };
    let justification = format!("{} ({}): {} – {}, until {}", waiver.id, waiver.reason, waiver.note, waiver.owner, waiver.expires);
    json!([{ "kind": "external", "status": "accepted", "justification": justification }])
}

fn properties(finding: &FindingRecord) -> Value {
    json!({
        "outcome": finding.outcome.name(),
        "severity": finding.severity.name(),
        "confidence": finding.confidence.name(),
        "subject": finding.subject,
        "expected": finding.expected,
        "found": finding.found,
        "tags": finding.tags,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_relative_reference() {
        assert_eq!(uri("a b/c:d/é%.html"), "a%20b/c%3Ad/%C3%A9%25.html");
    }
}
