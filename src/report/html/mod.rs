//! The report for people who don't open a terminal: one page, or for large runs an index with a page for each document.
//!
//! Nothing is fetched and nothing leaves the page: style and script are part of it, a content policy forbids the rest. Everything is there
//! without the script, which only filters, steps and keeps decisions. Text of documents is escaped by the templates.

mod annex;
mod assets;
mod causes;
mod collection;
mod cover;
mod document;
mod escape;
mod facets;
mod finding;
mod pages;
mod quotation;
mod words;

use crate::report::record::{DocumentRecord, FindingRecord};
use crate::report::run::{PolicyRecord, ProblemRecord, RunHead, Summary};
use crate::report::saved::Run;
use std::fmt;

/// Findings in one page; with more the report has a page for each document.
pub const MOST_FINDINGS: usize = 2_000;
/// Bytes of one page; a larger one is taken apart in the same way.
pub const MOST_BYTES: usize = 10_000_000;

/// What a report is made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Content<'r> {
    /// What was asked.
    pub head: &'r RunHead,
    /// The policies used, in order of use.
    pub policies: &'r [PolicyRecord],
    /// The documents, in order.
    pub documents: &'r [DocumentRecord],
    /// Their findings, in the order of the documents.
    pub findings: &'r [FindingRecord],
    /// What could not be read.
    pub problems: &'r [ProblemRecord],
    /// What came of it.
    pub summary: &'r Summary,
}

/// A report as files.
#[derive(Debug)]
pub struct Report {
    /// The page to open.
    pub index: String,
    /// Further files, by path from the folder of pages, with `/`. Empty where the index is the whole report.
    pub files: Vec<(String, String)>,
}

/// How a report is laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// File name of the page to open, as the pages of documents link to it.
    pub index: String,
    /// The folder beside it for the pages of documents, which a report needs that goes beyond [`MOST_FINDINGS`] or [`MOST_BYTES`].
    /// Without, everything is in one page, whatever its size.
    pub pages: Option<String>,
    /// Whether documents get pages of their own however small the report is.
    pub always_apart: bool,
}

/// Renders `run`.
///
/// # Errors
/// None in practice: templates write to memory.
pub fn render(run: &Run, layout: &Layout) -> Result<Report, fmt::Error> {
    let content = Content {
        head: &run.head,
        policies: &run.policies,
        documents: &run.documents,
        findings: &run.findings,
        problems: &run.problems,
        summary: &run.summary,
    };
    let Some(pages) = &layout.pages else { return Ok(Report { index: pages::whole(content)?, files: Vec::new() }) };
    if !layout.always_apart && content.findings.len() <= MOST_FINDINGS {
        let index = pages::whole(content)?;
        if index.len() <= MOST_BYTES {
            return Ok(Report { index, files: Vec::new() });
        }
    }
    pages::apart(content, &layout.index, pages)
}
