//! Findings, uses and exceptions as tables: what the spreadsheet formats share.

use crate::report::concise;
use crate::report::record::{DocumentRecord, FindingRecord, WaiverRecord};
use crate::report::run::ProblemRecord;
use crate::report::saved::Run;
use crate::terms::Use;

/// Characters that a cell takes; what goes beyond is cut. Excel's limit.
const CELL: usize = 32_767;

/// A table: heads and rows of the same length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What the columns hold.
    pub heads: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Columns of the table of findings.
const FINDINGS: &[&str] = &[
    "severity",
    "outcome",
    "status",
    "rule",
    "document",
    "subject",
    "message",
    "source",
    "line",
    "column",
    "quote",
    "before",
    "after",
    "found",
    "expected",
    "help",
    "basis",
    "confidence",
    "language",
    "published",
    "address",
    "fingerprint",
    "waiver",
    "owner",
    "known since",
];

/// A row for each finding.
pub fn findings(run: &Run) -> Table {
    Table { heads: FINDINGS.to_vec(), rows: run.findings.iter().map(finding).collect() }
}

fn finding(f: &FindingRecord) -> Vec<String> {
    let (source, line, column) = concise::position(f);
    let primary = f.primary.as_ref();
    let around =
        |part: fn(&crate::report::surroundings::Surroundings) -> &String| primary.map(|p| part(&p.around).clone()).unwrap_or_default();
    let written = |value: &serde_json::Value| if value.is_null() { String::new() } else { value.to_string() };
    let subject = f.subject.name.as_ref().map_or_else(|| f.subject.kind.clone(), |name| format!("{}: {name}", f.subject.kind));
    let basis: Vec<&str> = f.basis.iter().map(|b| b.cite.as_str()).collect();
    let waiver = |part: fn(&WaiverRecord) -> &String| f.waiver.as_ref().map(|w| part(w).clone()).unwrap_or_default();
    let cells = vec![
        f.severity.name().to_owned(),
        f.outcome.name().to_owned(),
        f.status.to_string(),
        f.rule.clone(),
        f.document.path.clone(),
        subject,
        f.message.clone(),
        source.to_owned(),
        line.to_string(),
        column.to_string(),
        primary.map(|p| p.place.quote.clone()).unwrap_or_default(),
        around(|a| &a.before),
        around(|a| &a.after),
        written(&f.found),
        written(&f.expected),
        f.help.clone().unwrap_or_default(),
        basis.join("; "),
        f.confidence.name().to_owned(),
        f.document.language.clone().unwrap_or_default(),
        f.document.published.clone().unwrap_or_default(),
        f.document.id.clone(),
        f.fingerprint.clone(),
        waiver(|w| &w.id),
        waiver(|w| &w.owner),
        f.since.clone().unwrap_or_default(),
    ];
    cells.into_iter().map(|c| cell(&c)).collect()
}

/// A row for each document with what it says of every use, to everybody.
pub fn uses(run: &Run) -> Table {
    let heads = ["document", "verdict", "headline", "authors", "published"].into_iter().chain(Use::ALL.iter().map(|u| u.name()));
    Table { heads: heads.chain(["whom to ask"]).collect(), rows: run.documents.iter().map(document).collect() }
}

fn document(d: &DocumentRecord) -> Vec<String> {
    let a = &d.attribution;
    let text = |o: &Option<String>| o.clone().unwrap_or_default();
    let mut cells = vec![d.document.path.clone(), d.verdict.name().to_owned(), text(&a.headline), a.authors.join(", "), text(&a.published)];
    let everybody = || d.uses.iter().filter(|u| u.addressee == "*" && u.subject["kind"] == "document");
    for usage in Use::ALL {
        let stated = everybody().find(|u| u.usage == usage.name());
        cells.push(stated.map(|u| said(&u.state, u.by != "name", &u.conditions)).unwrap_or_else(|| "unstated".to_owned()));
    }
    let mut holders: Vec<&str> = everybody().filter_map(|u| u.rightsholder.as_deref()).collect();
    holders.dedup();
    cells.push(holders.join(", "));
    cells.into_iter().map(|c| cell(&c)).collect()
}

fn said(state: &str, general: bool, conditions: &[String]) -> String {
    let conditions = if conditions.is_empty() { String::new() } else { format!(" ({})", conditions.join(", ")) };
    format!("{state}{}{conditions}", if general && state != "unstated" { " ~" } else { "" })
}

/// A row for each finding that an exception covers.
pub fn exceptions(run: &Run) -> Table {
    let heads =
        vec!["status", "waiver", "reason", "note", "owner", "approved", "expires", "since", "rule", "document", "message", "fingerprint"];
    let row = |f: &FindingRecord| {
        let waiver = f.waiver.as_ref();
        let of = |part: fn(&WaiverRecord) -> &str| waiver.map(part).unwrap_or_default();
        let cells: [&str; 12] = [
            &f.status,
            of(|w| &w.id),
            of(|w| &w.reason),
            f.allowed.as_deref().unwrap_or_else(|| of(|w| &w.note)),
            of(|w| &w.owner),
            of(|w| w.approved.as_deref().unwrap_or_default()),
            of(|w| &w.expires),
            f.since.as_deref().unwrap_or_default(),
            &f.rule,
            &f.document.path,
            &f.message,
            &f.fingerprint,
        ];
        cells.map(cell).to_vec()
    };
    Table { heads, rows: run.findings.iter().filter(|f| !f.is_open()).map(row).collect() }
}

/// A row for each thing that could not be read.
pub fn problems(run: &Run) -> Table {
    let row = |p: &ProblemRecord| [&p.path, &p.code, &p.message, p.help.as_deref().unwrap_or_default()].map(cell).to_vec();
    Table { heads: vec!["path", "code", "problem", "remedy"], rows: run.problems.iter().map(row).collect() }
}

/// `text` as a cell that no spreadsheet takes for a formula, and that is not too long. OWASP, "CSV Injection".
fn cell(text: &str) -> String {
    let opens = text.trim_start_matches([' ', '\u{a0}']).starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let safe: String = if opens { std::iter::once('\'').chain(kept).collect() } else { kept.collect() };
    // Excel counts in units of UTF-16.
    let mut units = 0;
    let end = safe.char_indices().find_map(|(at, c)| {
        units += c.len_utf16();
        (units > CELL - 1).then_some(at)
    });
    end.map_or_else(|| safe.clone(), |at| format!("{}…", &safe[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", " =cmd", "\t=1", "\r=1"] {
            assert!(cell(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(cell("1 = 1"), "1 = 1");
    }

    #[test]
    fn a_cell_holds_what_a_spreadsheet_takes() {
        let long = cell(&"é😀".repeat(20_000));
        assert!(long.encode_utf16().count() <= CELL && long.ends_with('…'));
        assert_eq!(cell("a\u{0}b\u{1b}c"), "abc");
    }
}
