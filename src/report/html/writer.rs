//! Collects a run while it goes on.

use crate::report::html;
use crate::report::html::{Content, Layout, Report};
use crate::report::record::{DocumentRecord, FindingRecord};
use crate::report::run::{Checked, PolicyRecord, ProblemRecord, RunHead, Summary};
use std::fmt;

/// A run that is being collected: the report can be made only when all is known.
#[derive(Debug)]
pub struct HtmlWriter {
    head: RunHead,
    policies: Vec<PolicyRecord>,
    documents: Vec<DocumentRecord>,
    findings: Vec<FindingRecord>,
    problems: Vec<ProblemRecord>,
}

impl HtmlWriter {
    /// Begins with the head of the run.
    pub fn new(head: RunHead) -> Self {
        Self { head, policies: Vec::new(), documents: Vec::new(), findings: Vec::new(), problems: Vec::new() }
    }

    /// Notes a policy.
    pub fn policy(&mut self, policy: &PolicyRecord) {
        self.policies.push(policy.clone());
    }

    /// Adds a document.
    pub fn document(&mut self, checked: &Checked) {
        self.documents.push(checked.document.clone());
        self.findings.extend(checked.findings.iter().cloned());
    }

    /// Adds a problem.
    pub fn problem(&mut self, problem: &ProblemRecord) {
        self.problems.push(problem.clone());
    }

    /// Renders what was collected.
    ///
    /// # Errors
    /// As [`html::render`].
    pub fn finish(self, summary: &Summary, layout: &Layout) -> Result<Report, fmt::Error> {
        let content = Content {
            head: &self.head,
            policies: &self.policies,
            documents: &self.documents,
            findings: &self.findings,
            problems: &self.problems,
            summary,
        };
        html::render(content, layout)
    }
}
