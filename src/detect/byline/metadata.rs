//! Writers named in JSON-LD, microdata, microformats, `meta` elements and front matter.

use crate::detect::article;
use crate::detect::byline::Origin;
use crate::detect::byline::line::LineReader;
use crate::detect::byline::line::clean;
use crate::detect::byline::state;
use crate::detect::person::Name;
use crate::detect::person::NameKind;
use crate::detect::reading::Reading;
use crate::document::Document;
use crate::document::Item;
use crate::document::Property;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::evidence::Evidence;
use crate::terms::Channel;
use crate::text::Span;

/// `meta` names that hold writers, in lower case, with `-` for every mark.
const META: &[&str] = &[
    "article-author",
    "article-author-name",
    "article-authors",
    "articleauthor",
    "author",
    "author-name",
    "authorname",
    "authors",
    "byl",
    "byline",
    "citation-author",
    "creator",
    "cse-author",
    "cxenseparse-author",
    "dc-author",
    "dc-creator",
    "dcsext-author",
    "dcterms-author",
    "dcterms-creator",
    "lp-author",
    "news-author",
    "og-article-author",
    "og-author",
    "page-author",
    "parsely-author",
    "pub-author",
    "rbauthors",
    "sailthru-author",
    "shareaholic-article-author-name",
    "twitter-author",
    "vr-author",
    "web-author",
];

/// Properties of an item that hold writers.
const PROPERTIES: &[&str] = &["author", "creator", "p-author", "authors", "byline"];

pub(super) fn run(reading: &Reading<'_>, reader: &LineReader<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    for &id in reading.articles() {
        let item = document.item(id);
        let found = of_item(document, reader, item);
        if !found.is_empty() {
            let names: Vec<Name> = found.iter().map(|(name, _)| name.clone()).collect();
            let place = reading.value_place(span(&found));
            evidence.push(state(origin(item), Channel::Metadata, &names, place));
        }
    }
    for field in document.fields.iter().filter(|f| article::is_flat(reading, f)) {
        if META.contains(&field.name.replace(['.', ':', '_', ' '], "-").as_str()) || is_labelled_data(document, &field.name) {
            let names = read(reader, &field.value);
            if !names.is_empty() {
                evidence.push(state(Origin::Meta, Channel::Metadata, &names, reading.value_place(field.span)));
            }
        }
    }
}

fn origin(item: &Item) -> Origin {
    match item.vocabulary {
        Vocabulary::FrontMatter => Origin::FrontMatter,
        Vocabulary::JsonLd => Origin::JsonLd,
        _ => Origin::Markup,
    }
}

/// `twitter:data1` where `twitter:label1` says that it is the writer.
fn is_labelled_data(document: &Document, name: &str) -> bool {
    let Some(number) = name.strip_prefix("twitter:data") else { return false };
    let label = format!("twitter:label{number}");
    document.fields(&label).any(|f| {
        let label = f.value.to_lowercase();
        ["written by", "author", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da", "by"].contains(&label.trim())
    })
}

/// The span of all names if they stand together, else of the first.
fn span(found: &[(Name, Span)]) -> Span {
    let all = found.iter().skip(1).fold(found[0].1, |all, (_, span)| all.join(*span));
    if all.len() <= 600 { all } else { found[0].1 }
}

fn of_item(document: &Document, reader: &LineReader<'_>, item: &Item) -> Vec<(Name, Span)> {
    let mut found: Vec<(Name, Span)> = Vec::new();
    for name in PROPERTIES {
        for property in item.get(name) {
            let names = of_property(document, reader, property);
            found.extend(names.into_iter().filter(|(n, _)| n.kind != NameKind::None));
        }
        if !found.is_empty() {
            break;
        }
    }
    let mut known = Vec::new();
    found.retain(|(name, _)| {
        let new = !known.contains(&name.text);
        known.push(name.text.clone());
        new
    });
    found
}

fn of_property(document: &Document, reader: &LineReader<'_>, property: &Property) -> Vec<(Name, Span)> {
    let Value::Item(id) = &property.value else {
        return article::text_of(property)
            .map(|text| read(reader, text))
            .unwrap_or_default()
            .into_iter()
            .map(|n| (n, property.span))
            .collect();
    };
    let item = document.item(*id);
    if let Some(named) = article::named(document, property) {
        let mut names = read(reader, &named.name);
        if item.is(&["Organization", "NewsMediaOrganization", "Corporation", "WebSite", "NewsAgency"]) {
            names
                .iter_mut()
                .filter(|n| matches!(n.kind, NameKind::Person | NameKind::Single))
                .for_each(|n| n.kind = NameKind::Organisation);
        }
        return names.into_iter().map(|n| (n, named.span)).collect();
    }
    let part = |name| item.get(name).find_map(|p| article::text_of(p).map(|t| (t, p.span)));
    match (part("givenName"), part("familyName")) {
        (Some((given, from)), Some((family, to))) => {
            let text = format!("{} {}", given.trim(), family.trim());
            read(reader, &text).into_iter().map(|n| (n, from.join(to))).collect()
        }
        _ => Vec::new(),
    }
}

/// The names in a value whose place says that it names writers.
fn read(reader: &LineReader<'_>, value: &str) -> Vec<Name> {
    let value = clean(&crate::text::reader_text(value));
    let value = value.trim_matches(|c: char| matches!(c, ',' | ';' | '|' | '@' | '"'));
    if value.is_empty() || value.contains("://") || value.starts_with("www.") && value.contains('/') || value.len() > 300 {
        return Vec::new();
    }
    let byline = reader.read_named(value);
    if !byline.names.is_empty() && (byline.rest <= 24 || byline.names.iter().any(|n| n.kind == NameKind::Person)) {
        return byline.names;
    }
    account(value).into_iter().collect()
}

/// A pen name or an account: few words, no sentence.
pub(super) fn account(value: &str) -> Option<Name> {
    let value = value.split('@').next().unwrap_or(value).trim();
    let words = value.split_whitespace().count();
    let sentence = value.ends_with(['.', '!', '?']) && words > 3;
    let marked = value.contains(['(', ')', ':', '/', '|', '<', '{']);
    let named = (1..=5).contains(&words) && value.len() <= 50 && !sentence && !marked && value.chars().any(char::is_alphabetic);
    named.then(|| Name { text: value.to_owned(), range: 0..value.len(), kind: NameKind::Single })
}
