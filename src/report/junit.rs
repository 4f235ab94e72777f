//! JUnit XML, as pipelines read it: a suite for each document, a case for each rule, those that pass too.
//!
//! Form: the schema of the Jenkins xUnit plugin. A case fails if one of its findings fails the run; what else was found stands in its
//! output. A case whose findings are all covered by exceptions is skipped.

use crate::report::concise;
use crate::report::record::{DocumentRecord, FindingRecord};
use crate::report::run::{FailOn, ProblemRecord};
use crate::report::saved::Run;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::io::Write;

/// Writes `run`.
///
/// # Errors
/// Those of `out`.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut findings: HashMap<&str, Vec<&FindingRecord>> = HashMap::new();
    for finding in &run.findings {
        findings.entry(&finding.document.path).or_default().push(finding);
    }
    let fail_on = FailOn::named(&run.head.scan.fail_on, run.head.scan.strict);
    let suite = |d| Suite::new(d, findings.get(path(d)).map_or(&[][..], Vec::as_slice), fail_on);
    let suites: Vec<Suite<'_>> = run.documents.iter().map(suite).collect();
    let unread: Vec<&ProblemRecord> = run.problems.iter().filter(|p| p.incomplete).collect();
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let count = |outcome: Kind| suites.iter().map(|s| s.count(outcome)).sum::<usize>();
    let tests = suites.iter().map(|s| s.cases.len()).sum::<usize>() + unread.len();
    let mut root = BytesStart::new("testsuites");
    root.push_attribute(("name", "rightscheck"));
    counts(&mut root, tests, count(Kind::Failed), unread.len(), count(Kind::Skipped));
    xml.write_event(Event::Start(root))?;
    suites.iter().try_for_each(|s| s.write(&mut xml))?;
    write_unread(&unread, &mut xml)?;
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    xml.into_inner().write_all(b"\n")
}

type Out<'o> = Writer<&'o mut dyn Write>;

fn path(document: &DocumentRecord) -> &str {
    &document.document.path
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Passed,
    Failed,
    Skipped,
}

/// A rule on a document.
struct Case<'r> {
    rule: &'r str,
    findings: Vec<&'r FindingRecord>,
    kind: Kind,
}

struct Suite<'r> {
    document: &'r DocumentRecord,
    cases: Vec<Case<'r>>,
}

impl<'r> Suite<'r> {
    fn new(document: &'r DocumentRecord, findings: &[&'r FindingRecord], fail_on: FailOn) -> Self {
        let applied = document.results.iter().filter(|r| r.outcome != "skip");
        let mut cases: BTreeMap<&str, Vec<&FindingRecord>> = applied.map(|r| (r.rule.as_str(), Vec::new())).collect();
        for &finding in findings {
            cases.entry(&finding.rule).or_default().push(finding);
        }
        let case = |(rule, findings): (&'r str, Vec<&'r FindingRecord>)| {
            let fails = findings.iter().any(|f| f.is_open() && fail_on.fails(f.outcome, f.severity));
            let covered = !findings.is_empty() && findings.iter().all(|f| !f.is_open());
            let kind = if fails {
                Kind::Failed
            } else if covered {
                Kind::Skipped
            } else {
                Kind::Passed
            };
            Case { rule, findings, kind }
        };
        Self { document, cases: cases.into_iter().map(case).collect() }
    }

    fn count(&self, kind: Kind) -> usize {
        self.cases.iter().filter(|c| c.kind == kind).count()
    }

    fn write(&self, xml: &mut Out<'_>) -> io::Result<()> {
        let mut start = BytesStart::new("testsuite");
        start.push_attribute(("name", clean(path(self.document)).as_str()));
        counts(&mut start, self.cases.len(), self.count(Kind::Failed), 0, self.count(Kind::Skipped));
        xml.write_event(Event::Start(start))?;
        self.cases.iter().try_for_each(|c| c.write(path(self.document), xml))?;
        xml.write_event(Event::End(BytesEnd::new("testsuite")))
    }
}

impl Case<'_> {
    fn write(&self, document: &str, xml: &mut Out<'_>) -> io::Result<()> {
        let mut start = BytesStart::new("testcase");
        start.push_attribute(("classname", clean(document).as_str()));
        start.push_attribute(("name", clean(self.rule).as_str()));
        start.push_attribute(("file", clean(document).as_str()));
        if self.findings.is_empty() {
            return xml.write_event(Event::Empty(start));
        }
        xml.write_event(Event::Start(start))?;
        let said: Vec<String> = self.findings.iter().map(|f| told(f)).collect();
        let first = self.findings[0];
        match self.kind {
            Kind::Failed => element(xml, "failure", &first.message, Some(first.severity.name()), &said.join("\n\n"))?,
            Kind::Skipped => element(xml, "skipped", &covered(first), None, "")?,
            Kind::Passed => element(xml, "system-out", "", None, &said.join("\n\n"))?,
        }
        xml.write_event(Event::End(BytesEnd::new("testcase")))
    }
}

fn covered(finding: &FindingRecord) -> String {
    if let Some(reason) = &finding.allowed {
        return format!("allowed in the document: {reason}");
    }
    let known = || format!("known since {}", finding.since.as_deref().unwrap_or_default());
    finding.waiver.as_ref().map_or_else(known, |w| format!("waived by {}: {}", w.id, w.note))
}

/// A finding in full.
fn told(finding: &FindingRecord) -> String {
    let mut lines = vec![concise::line(finding, &str::to_owned, usize::MAX - 1)];
    lines.extend(finding.primary.as_ref().filter(|p| !p.place.quote.is_empty()).map(|p| format!("  “{}”", p.place.quote)));
    lines.extend(finding.help.as_ref().map(|h| format!("  help: {h}")));
    lines.join("\n")
}

fn write_unread(unread: &[&ProblemRecord], xml: &mut Out<'_>) -> io::Result<()> {
    if unread.is_empty() {
        return Ok(());
    }
    let mut start = BytesStart::new("testsuite");
    start.push_attribute(("name", "documents that were not read whole"));
    counts(&mut start, unread.len(), 0, unread.len(), 0);
    xml.write_event(Event::Start(start))?;
    for problem in unread {
        let mut case = BytesStart::new("testcase");
        case.push_attribute(("classname", clean(&problem.path).as_str()));
        case.push_attribute(("name", clean(&problem.code).as_str()));
        xml.write_event(Event::Start(case))?;
        element(xml, "error", &problem.message, Some(&problem.code), problem.help.as_deref().unwrap_or_default())?;
        xml.write_event(Event::End(BytesEnd::new("testcase")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuite")))
}

fn counts(element: &mut BytesStart<'_>, tests: usize, failures: usize, errors: usize, skipped: usize) {
    for (name, count) in [("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped)] {
        element.push_attribute((name, count.to_string().as_str()));
    }
}

fn element(xml: &mut Out<'_>, name: &str, message: &str, kind: Option<&str>, text: &str) -> io::Result<()> {
    let mut start = BytesStart::new(name);
    if !message.is_empty() {
        start.push_attribute(("message", clean(message).as_str()));
    }
    if let Some(kind) = kind {
        start.push_attribute(("type", kind));
    }
    if text.is_empty() {
        return xml.write_event(Event::Empty(start));
    }
    xml.write_event(Event::Start(start))?;
    xml.write_event(Event::Text(BytesText::new(&clean(text))))?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}

/// `text` without the characters that XML 1.0 doesn't know (section 2.2).
fn clean(text: &str) -> String {
    text.chars().filter(|&c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)).collect()
}
