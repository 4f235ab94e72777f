//! The pages: what the templates are given.

use crate::report::html::Content;
use crate::report::html::Report;
use crate::report::html::annex;
use crate::report::html::annex::Sentence;
use crate::report::html::assets;
use crate::report::html::causes;
use crate::report::html::causes::Order;
use crate::report::html::collection;
use crate::report::html::collection::Line;
use crate::report::html::cover;
use crate::report::html::cover::Cover;
use crate::report::html::document::Page;
use crate::report::html::facets;
use crate::report::html::finding::Shown;
use crate::report::html::words;
use crate::report::html::words::Answer;
use crate::report::human::tally::{number, plural};
use crate::report::record::DocumentRecord;
use crate::report::run::PolicyRecord;
use askama::Template;
use std::borrow::Borrow;
use std::fmt;

/// Causes of a rule that an index shows with their quotations; the pages of the documents show all.
const QUOTED: usize = 25;

/// The page to open.
#[derive(Template)]
#[template(path = "report.html", config = "src/report/html/askama.toml")]
struct Index<'r> {
    content: Content<'r>,
    title: String,
    cover: Cover<'r>,
    order: &'r Order<'r>,
    heads: Vec<(&'static str, &'static str)>,
    totals: Vec<(&'static str, Vec<usize>)>,
    lines: Vec<Line<'r>>,
    conflicts: Vec<(usize, &'r str, Vec<&'static str>)>,
    /// The documents in full; empty where they have pages of their own.
    pages: Vec<Page<'r>>,
    policies: Vec<(&'r PolicyRecord, Vec<Sentence<'r>>)>,
    facets: String,
    /// Where the pages of the documents are; absent where they are sections of this one.
    folder: Option<&'r str>,
    names: &'r [String],
}

/// The matrix of the collection on a page of its own.
#[derive(Template)]
#[template(path = "collection_page.html", config = "src/report/html/askama.toml")]
struct CollectionPage<'r> {
    content: Content<'r>,
    heads: Vec<(&'static str, &'static str)>,
    lines: Vec<Line<'r>>,
    index: &'r str,
    names: &'r [String],
}

/// The page of a document.
#[derive(Template)]
#[template(path = "page.html", config = "src/report/html/askama.toml")]
struct DocumentPage<'r> {
    content: Content<'r>,
    page: Page<'r>,
    index: &'r str,
}

/// The report in one page.
pub(super) fn whole(content: Content<'_>) -> Result<String, fmt::Error> {
    let order = causes::order(content.findings, content.documents, content.policies);
    let by_document = by_document(&order, content.documents);
    let pages = content.documents.iter().zip(by_document).enumerate();
    let pages = pages.map(|(n, (d, found))| Page::new(n + 1, d, found, content.policies)).collect();
    write(&index(content, &order, pages, None, &[]), content.findings.len() * 2_000)
}

/// An index of that file name, and a page for each document in the folder `pages` beside it.
pub(super) fn apart(content: Content<'_>, index_name: &str, pages: &str) -> Result<Report, fmt::Error> {
    let order = causes::order(content.findings, content.documents, content.policies);
    let names = names(content.documents);
    let folder = encoded(pages);
    let index = write(&index(content, &order, Vec::new(), Some(&folder), &names), content.findings.len() * 600)?;
    let mut files = vec![("report.css".to_owned(), assets::STYLE.to_owned())];
    let back = format!("../{}", encoded(index_name));
    files.push(("collection.html".to_owned(), write(&collection(content, &back, &names), content.documents.len() * 600)?));
    let back = format!("../{back}");
    for (n, (document, found)) in content.documents.iter().zip(by_document(&order, content.documents)).enumerate() {
        let page = DocumentPage { content, page: Page::new(n + 1, document, found, content.policies), index: &back };
        files.push((format!("documents/{}", names[n]), write(&page, 16_000)?));
    }
    Ok(Report { index, files })
}

/// A file name as a piece of an address.
fn encoded(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    name.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn write(template: &impl Template, size: usize) -> Result<String, fmt::Error> {
    let mut out = String::with_capacity(size);
    template.render_into(&mut out).map_err(|_| fmt::Error)?;
    Ok(out)
}

fn index<'r>(content: Content<'r>, order: &'r Order<'r>, pages: Vec<Page<'r>>, folder: Option<&'r str>, names: &'r [String]) -> Index<'r> {
    let policy = content.policies.first();
    let title: String = policy.map_or_else(|| "Rights report".to_owned(), |p| cover::name(p).to_owned());
    let version = policy.map_or_else(String::new, cover::version);
    let store = policy.map_or("", |p| &p.id);
    let lines = collection::lines(content.documents);
    Index {
        content,
        title,
        cover: cover::cover(&content, order.excepted.len()),
        order,
        heads: collection::heads(),
        totals: collection::totals(&lines),
        conflicts: conflicts(&lines),
        lines,
        pages,
        policies: content.policies.iter().map(|p| (p, annex::sentences(p))).collect(),
        facets: facets::json(content.documents, store, &version, &content.head.as_of),
        folder,
        names,
    }
}

fn collection<'r>(content: Content<'r>, index: &'r str, names: &'r [String]) -> CollectionPage<'r> {
    CollectionPage { content, heads: collection::heads(), lines: collection::lines(content.documents), index, names }
}

/// Documents with uses on which their statements contradict each other.
fn conflicts<'r>(lines: &[Line<'r>]) -> Vec<(usize, &'r str, Vec<&'static str>)> {
    let uses = |line: &Line<'_>| {
        let answers = line.answers.iter().zip(collection::heads());
        answers.filter(|((a, _), _)| *a == Answer::Conflict).map(|(_, (name, _))| words::usage(name)).collect::<Vec<_>>()
    };
    let all = lines.iter().map(|line| (line.document, line.path, uses(line)));
    all.filter(|(_, _, uses)| !uses.is_empty()).collect()
}

fn by_document<'r>(order: &'r Order<'r>, documents: &[DocumentRecord]) -> Vec<Vec<&'r Shown<'r>>> {
    let mut all: Vec<Vec<&Shown<'_>>> = documents.iter().map(|_| Vec::new()).collect();
    let sections = order.reviews.iter().chain(&order.failures);
    let findings = sections.flat_map(|s| &s.causes).flat_map(|c| &c.findings).chain(&order.excepted);
    for finding in findings {
        if let Some(list) = all.get_mut(finding.document) {
            list.push(finding);
        }
    }
    all
}

/// File names of the documents' pages: a number, so that none are equal, and what of the path is safe in a name.
fn names(documents: &[DocumentRecord]) -> Vec<String> {
    let digits = documents.len().to_string().len();
    documents.iter().enumerate().map(|(n, d)| format!("{:0digits$}-{}.html", n + 1, slug(&d.document.path))).collect()
}

fn slug(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut slug = String::new();
    for c in name.chars().take(60) {
        match c.is_ascii_alphanumeric() {
            true => slug.push(c.to_ascii_lowercase()),
            false if !slug.ends_with('-') => slug.push('-'),
            false => {}
        }
    }
    slug.trim_matches('-').to_owned()
}

impl<'r> Index<'r> {
    /// The address of a document, with a finding in it.
    fn document_link(&self, document: impl Borrow<usize>) -> String {
        let document = *document.borrow();
        match self.folder {
            Some(folder) => self.names.get(document).map_or_else(String::new, |name| format!("{folder}/documents/{name}")),
            None => format!("#d{}", document + 1),
        }
    }

    fn script(&self) -> &'static str {
        assets::SCRIPT
    }

    fn sorting(&self) -> &'static str {
        assets::SORTING
    }

    fn style(&self) -> &'static str {
        assets::STYLE
    }

    fn content_policy(&self) -> &'static str {
        &assets::POLICY
    }

    /// Whether the findings of the `n`th cause are shown with their quotations.
    fn quotes(&self, n: impl Borrow<usize>) -> bool {
        self.folder.is_none() || *n.borrow() < QUOTED
    }

    /// Where a finding's document is.
    fn finding_link(&self, finding: &Shown<'_>) -> String {
        let link = self.document_link(finding.document);
        if self.folder.is_some() && !link.is_empty() { format!("{link}#{}", finding.anchor()) } else { link }
    }

    /// The rules with findings, for the filter.
    fn rules(&self) -> Vec<(&'r str, &'r str)> {
        let mut rules: Vec<_> = self.order.reviews.iter().chain(&self.order.failures).map(|s| (s.key(), s.title())).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    fn is_apart(&self) -> bool {
        false
    }

    fn version(&self, policy: &PolicyRecord) -> String {
        cover::version(policy)
    }

    // Templates hold some numbers by reference and some by value.
    fn number(&self, n: impl Borrow<usize>) -> String {
        number(*n.borrow())
    }

    fn plural(&self, n: impl Borrow<usize>, one: &str, many: &str) -> String {
        plural(*n.borrow(), one, many)
    }
}

impl CollectionPage<'_> {
    fn content_policy(&self) -> &'static str {
        &assets::POLICY_OF_COLLECTION
    }

    fn script(&self) -> &'static str {
        assets::SORTING
    }

    fn document_link(&self, document: &usize) -> String {
        self.names.get(*document).map_or_else(String::new, |name| format!("documents/{name}"))
    }
}

impl DocumentPage<'_> {
    /// Where a finding stands in the report, to be decided.
    fn finding_link(&self, finding: &Shown<'_>) -> String {
        format!("{}#{}", self.index, finding.anchor())
    }

    fn content_policy(&self) -> &'static str {
        assets::POLICY_OF_PAGES
    }

    fn is_apart(&self) -> bool {
        true
    }
}
