//! What the filters know of documents, as data for the script.

use crate::report::html::collection;
use crate::report::json;
use crate::report::record::DocumentRecord;
use serde::Serialize;
use std::collections::BTreeSet;

/// Parties offered by the filter; the rest are found by the text search.
const MOST_PARTIES: usize = 500;

#[derive(Serialize)]
struct Facets<'r> {
    /// What decisions are stored under.
    store: &'r str,
    policy: &'r str,
    as_of: &'r str,
    parties: Vec<&'r str>,
    documents: Vec<Facet<'r>>,
}

#[derive(Serialize)]
struct Facet<'r> {
    path: &'r str,
    language: &'r str,
    section: &'r str,
    /// A letter for each use, in order.
    uses: String,
    /// Indices into the list of parties.
    parties: Vec<usize>,
}

/// The data as JSON that can stand in a `script` element: it holds no `<`.
pub(super) fn json(documents: &[DocumentRecord], store: &str, policy: &str, as_of: &str) -> String {
    let all: BTreeSet<&str> = documents.iter().flat_map(parties).collect();
    let all: Vec<&str> = all.into_iter().take(MOST_PARTIES).collect();
    let documents = documents.iter().map(|d| facet(d, &all)).collect();
    let facets = Facets { store, policy, as_of, documents, parties: all };
    let bytes = json::line(&facets);
    String::from_utf8_lossy(&bytes).replace('<', "\\u003c")
}

fn facet<'r>(document: &'r DocumentRecord, all: &[&str]) -> Facet<'r> {
    let path = document.document.path.as_str();
    let mut named: Vec<usize> = parties(document).filter_map(|p| all.binary_search(&p).ok()).collect();
    named.sort_unstable();
    named.dedup();
    Facet {
        path,
        language: document.document.language.as_deref().unwrap_or(""),
        section: section(path),
        uses: collection::answers(document).iter().map(|(answer, _)| answer.letter()).collect(),
        parties: named,
    }
}

/// The folder of a document.
pub(super) fn section(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Who is named as holder, agency or rightsholder.
fn parties(document: &DocumentRecord) -> impl Iterator<Item = &str> {
    let of_facts = document.facts.iter().flat_map(|fact| {
        let one = ["holder", "rightsholder"].into_iter().filter_map(|key| fact.value[key].as_str());
        let many = fact.value["agencies"].as_array().into_iter().flatten().filter_map(|v| v.as_str());
        one.chain(many)
    });
    of_facts.filter(|name| !name.trim().is_empty())
}
