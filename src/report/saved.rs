//! A run as a whole: collected while it goes on, or read back from a file that `--output json=…` or `jsonl=…` wrote. Formats that
//! need everything at once are made from it, without the documents: the quotations are in it.

use crate::report::comparison::Comparison;
use crate::report::record::{DocumentRecord, FindingRecord};
use crate::report::run;
use crate::report::run::{Checked, PolicyRecord, ProblemRecord, RunHead, Summary};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A run.
#[derive(Debug, Clone)]
pub struct Run {
    /// What was asked.
    pub head: RunHead,
    /// The policies used, in order of use.
    pub policies: Vec<PolicyRecord>,
    /// The documents, in order.
    pub documents: Vec<DocumentRecord>,
    /// Their findings, in the order of the documents.
    pub findings: Vec<FindingRecord>,
    /// What could not be read.
    pub problems: Vec<ProblemRecord>,
    /// What came of it.
    pub summary: Summary,
}

/// Why a file is no saved run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotARun {
    /// It isn't JSON, or not of the form that its schema names.
    #[error("line {line}, column {column}: {why}")]
    Form {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// It is something else, or of another version.
    #[error("it holds {found}, not {}", run::SCHEMA)]
    Schema {
        /// What it says it is.
        found: String,
    },
    /// The run was broken off: its summary is missing.
    #[error("the run was broken off: it has no summary")]
    Unfinished,
}

/// The object that the format `json` writes.
#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Whole {
    schema: Cow<'static, str>,
    tool: run::Tool,
    as_of: String,
    scan: run::Scan,
    documents: Vec<DocumentRecord>,
    policies: Vec<PolicyRecord>,
    findings: Vec<FindingRecord>,
    problems: Vec<ProblemRecord>,
    summary: Summary,
}

/// What every object of a run begins with.
#[derive(Deserialize)]
struct Named {
    schema: Option<String>,
    /// A run on one line has them, the first line of many hasn't.
    documents: Option<IgnoredAny>,
}

impl Run {
    /// A run that begins.
    pub fn new(head: RunHead) -> Self {
        let (policies, documents, findings, problems) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { head, policies, documents, findings, problems, summary: Summary::new() }
    }

    /// Adds a document and its findings.
    pub fn document(&mut self, checked: &Checked) {
        self.documents.push(checked.document.clone());
        self.findings.extend(checked.findings.iter().cloned());
    }

    /// Reads a saved run: one object, or an object a line.
    ///
    /// # Errors
    /// [`NotARun`], with the place of the first thing that is wrong.
    pub fn read(text: &str) -> Result<Self, NotARun> {
        let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
        match serde_json::from_str::<Named>(first) {
            Ok(named) if named.schema.as_deref() == Some(run::SCHEMA) && named.documents.is_none() => Self::read_lines(text),
            Ok(named) if text.trim() != first.trim() => Err(other(named)),
            _ => Self::read_object(text),
        }
    }

    fn read_object(text: &str) -> Result<Self, NotARun> {
        let named: Named = parse(text, 1)?;
        if named.schema.as_deref() != Some(run::SCHEMA) {
            return Err(other(named));
        }
        let whole: Whole = parse(text, 1)?;
        let head = RunHead { schema: whole.schema, tool: whole.tool, as_of: whole.as_of, scan: whole.scan };
        let Whole { documents, policies, findings, problems, summary, .. } = whole;
        Ok(Self { head, policies, documents, findings, problems, summary })
    }

    fn read_lines(text: &str) -> Result<Self, NotARun> {
        let mut lines = (1..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty());
        let (number, head) = lines.next().ok_or(NotARun::Unfinished)?;
        let mut run = Self::new(parse(head, number)?);
        let mut finished = false;
        for (number, line) in lines {
            let named: Named = parse(line, number)?;
            match named.schema.as_deref() {
                Some("rightscheck/policy/1") => run.policies.push(parse(line, number)?),
                Some("rightscheck/document/1") => run.documents.push(parse(line, number)?),
                Some("rightscheck/finding/1") => run.findings.push(parse(line, number)?),
                Some("rightscheck/problem/1") => run.problems.push(parse(line, number)?),
                Some("rightscheck/summary/1") => (run.summary, finished) = (parse(line, number)?, true),
                _ => return Err(other(named)),
            }
        }
        if finished { Ok(run) } else { Err(NotARun::Unfinished) }
    }

    /// Every rule of the policies used, by full name, once.
    pub fn rules(&self) -> BTreeMap<&str, &run::RuleRecord> {
        self.policies.iter().flat_map(|p| &p.rules).map(|r| (r.id.as_str(), r)).collect()
    }

    /// How it differs from an earlier run, if that was asked for.
    pub fn comparison(&self) -> Option<&Comparison> {
        self.summary.comparison.as_ref()
    }
}

fn parse<T: DeserializeOwned>(text: &str, line: usize) -> Result<T, NotARun> {
    serde_json::from_str(text).map_err(|e| {
        let said = e.to_string();
        let why = said.rsplit_once(" at line ").map_or(said.as_str(), |(why, _)| why).to_owned();
        NotARun::Form { line: line + e.line().max(1) - 1, column: e.column().max(1), why }
    })
}

fn other(named: Named) -> NotARun {
    NotARun::Schema { found: named.schema.map_or_else(|| "an object without a schema".to_owned(), |s| format!("`{s}`")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_run_is_refused_with_its_place() {
        let refused = |text: &str| Run::read(text).map(|_| ()).unwrap_err().to_string();
        assert_eq!(refused("{\"schema\":\"rightscheck/run/9\"}"), "it holds `rightscheck/run/9`, not rightscheck/run/1");
        assert_eq!(refused("{}"), "it holds an object without a schema, not rightscheck/run/1");
        assert_eq!(refused("{\n\"schema\": x"), "line 2, column 11: expected value");
        assert_eq!(refused(""), "line 1, column 1: EOF while parsing a value");
        let head = "{\"schema\":\"rightscheck/run/1\",\"tool\":{\"name\":\"a\",\"version\":\"1\"},\"as_of\":\"2026-11-22\",\"scan\":{\"paths\":[],\"purposes\":[],\"rules\":[],\"tags\":[],\"skip\":[],\"min_confidence\":\"low\",\"fail_on\":\"error\",\"strict\":false}}\n";
        assert_eq!(refused(head), "the run was broken off: it has no summary");
        assert_eq!(
            refused(&format!("{head}{{\"schema\":\"rightscheck/finding/2\"}}\n")),
            "it holds `rightscheck/finding/2`, not rightscheck/run/1"
        );
    }
}
