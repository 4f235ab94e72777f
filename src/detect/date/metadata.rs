//! Dates in JSON-LD, microdata, microformats, `meta` elements, front matter and the page's address.

use crate::detect::article;
use crate::detect::date::Origin;
use crate::detect::date::machine;
use crate::detect::date::moment::Moment;
use crate::detect::date::state;
use crate::detect::date::visible::Reader;
use crate::detect::reading::Reading;
use crate::document::Field;
use crate::document::Item;
use crate::document::Vocabulary;
use crate::evidence::DateKind;
use crate::evidence::Evidence;
use regex::Regex;
use std::sync::LazyLock;

/// `meta` names that speak of publication, in lower case with `_` and `.` as `-`.
const PUBLISHED: &[&str] = &[
    "article-date-original",
    "article-published",
    "article:post-date",
    "article:publicationdate",
    "article:published",
    "article:published-date",
    "article:published-time",
    "citation-online-date",
    "citation-publication-date",
    "cxenseparse:recs:publishtime",
    "date-published",
    "datepublished",
    "dc-date-issued",
    "dcterms-available",
    "dcterms-issued",
    "first-published",
    "og:article:published-time",
    "og:published-time",
    "originalpublicationdate",
    "parsely-pub-date",
    "prism-publicationdate",
    "ptime",
    "pubdate",
    "publication-date",
    "publicationdate",
    "publish-date",
    "publishdate",
    "published",
    "published-date",
    "published-time",
    "release-date",
    "rnews:datepublished",
    "sailthru-date",
];

/// `meta` names that speak of some date: mostly of publication.
const SOME: &[&str] = &[
    "article-created",
    "article:create-at",
    "citation-date",
    "created",
    "creation-date",
    "cse:date",
    "date",
    "date-created",
    "datecreated",
    "dc-created",
    "dc-date",
    "dc-date-created",
    "dc:date",
    "dcsext-articlefirstpublished",
    "dcterms-created",
    "dcterms-date",
    "displaydate",
    "og:pubdate",
    "pdate",
    "timestamp",
];

/// `meta` names that speak of the last change.
const MODIFIED: &[&str] = &[
    "article:modified",
    "article:modified-time",
    "article:updated",
    "article:updated-time",
    "date-modified",
    "datemodified",
    "dc-date-modified",
    "dcterms-modified",
    "last-modified",
    "lastmod",
    "lastmodified",
    "modified",
    "og:article:modified-time",
    "og:modified-time",
    "og:updated-time",
    "revised",
    "updated-time",
    "utime",
];

/// Properties of an item: name, kind, and whether they speak of publication or change by name.
const PROPERTIES: &[(&str, DateKind, bool)] = &[
    ("datePublished", DateKind::Published, true),
    ("dt-published", DateKind::Published, true),
    ("date", DateKind::Published, true),
    ("published", DateKind::Published, true),
    ("pubDate", DateKind::Published, true),
    ("publishDate", DateKind::Published, true),
    ("publish_date", DateKind::Published, true),
    ("uploadDate", DateKind::Published, false),
    ("dateCreated", DateKind::Published, false),
    ("created", DateKind::Published, false),
    ("dateModified", DateKind::Modified, true),
    ("dt-updated", DateKind::Modified, true),
    ("modified", DateKind::Modified, true),
    ("updated", DateKind::Modified, true),
    ("lastmod", DateKind::Modified, true),
    ("last_modified", DateKind::Modified, true),
    ("last_modified_at", DateKind::Modified, true),
];

pub(super) fn run(reading: &Reading<'_>, reader: &Reader<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    for &id in reading.articles() {
        of_item(reading, reader, document.item(id), evidence);
    }
    for field in document.fields.iter().filter(|f| article::is_flat(reading, f)) {
        let Some((kind, origin)) = of_name(field) else { continue };
        if let Some(moment) = machine::parse(&field.value, reader) {
            evidence.push(state(origin, kind, moment, reading.value_place(field.span)));
        }
    }
    title(reading, reader, evidence);
    address(reading, evidence);
}

fn of_item(reading: &Reading<'_>, reader: &Reader<'_>, item: &Item, evidence: &mut Vec<Evidence>) {
    for &(name, kind, by_name) in PROPERTIES {
        for property in item.get(name).take(1) {
            let Some(moment) = article::text_of(property).and_then(|text| machine::parse(text, reader)) else { continue };
            let origin = match item.vocabulary {
                Vocabulary::FrontMatter => Origin::FrontMatter,
                _ if !by_name => Origin::AnyMeta,
                Vocabulary::JsonLd => Origin::JsonLd,
                _ => Origin::Markup,
            };
            evidence.push(state(origin, kind, moment, reading.value_place(property.span)));
        }
    }
}

fn of_name(field: &Field) -> Option<(DateKind, Origin)> {
    let name = field.name.replace(['_', '.', ' '], "-");
    let named = |list: &[&str]| list.contains(&name.as_str());
    match () {
        () if named(PUBLISHED) => Some((DateKind::Published, Origin::Meta)),
        () if named(SOME) => Some((DateKind::Published, Origin::AnyMeta)),
        () if named(MODIFIED) => Some((DateKind::Modified, Origin::Meta)),
        () => None,
    }
}

static IN_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[/_=-])((?:19|20)\d\d)(?:[/_-](\d\d?)[/_-](\d\d?)|(\d\d)(\d\d))(?:[/_.-]|$)").expect("a fixed pattern")
});

/// The day that the page's address names: `/2024/11/14/`, `-20241114`.
pub(super) fn day_in(address: &str) -> Option<Moment> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    IN_ADDRESS.captures_iter(path).find_map(|found| {
        let number = |n: usize| found.get(n).and_then(|m| m.as_str().parse::<i16>().ok());
        let small = |n| number(n).and_then(|v| i8::try_from(v).ok());
        Moment::day(number(1)?, small(2).or(small(4))?, small(3).or(small(5))?)
    })
}

/// The date that ends the page's title.
fn title(reading: &Reading<'_>, reader: &Reader<'_>, evidence: &mut Vec<Evidence>) {
    let titles = ["title", "og:title"].iter().flat_map(|name| reading.document().fields(name));
    let dated = titles.filter_map(|field| {
        let (_, last) = field.value.rsplit_once(['|', '–', '—']).or_else(|| field.value.rsplit_once(" - "))?;
        let found = reader.only(last)?;
        (last.trim().len() <= found.range.len() + 6).then_some((found.moment, field.span))
    });
    if let Some((moment, span)) = dated.take(1).next() {
        evidence.push(state(Origin::Title, DateKind::Published, moment, reading.value_place(span)));
    }
}

fn address(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    let Some(address) = document.address.as_deref() else { return };
    let Some(moment) = day_in(address) else { return };
    let field = document.fields.iter().find(|f| f.value.trim() == address);
    if let Some(field) = field {
        evidence.push(state(Origin::Address, DateKind::Published, moment, reading.value_place(field.span)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_days() {
        let day = |address| day_in(address).map(|m| m.to_string());
        assert_eq!(day("https://example.org/2024/11/14/harbour.html").as_deref(), Some("2024-11-14"));
        assert_eq!(day("https://example.org/news/harbour-20241114.html").as_deref(), Some("2024-11-14"));
        assert_eq!(day("https://example.org/a-2024-11-14").as_deref(), Some("2024-11-14"));
        assert_eq!(day("https://example.org/2024/99/14/harbour"), None);
        assert_eq!(day("https://example.org/id/120241114"), None);
        assert_eq!(day("https://example.org/harbour?from=2024-11-14"), None);
    }
}
