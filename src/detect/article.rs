//! The structured statement that is about the page's own article, and the site's own names.

use crate::detect::person::letters_of;
use crate::detect::reading::Reading;
use crate::document::Document;
use crate::document::Field;
use crate::document::Item;
use crate::document::ItemId;
use crate::document::Property;
use crate::document::Role;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::text::Span;
use crate::text::fold;

/// Types of schema.org and microformats that an article has.
const ARTICLE: &[&str] = &[
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "Report",
    "ScholarlyArticle",
    "MedicalScholarlyArticle",
    "TechArticle",
    "APIReference",
    "Recipe",
    "Interview",
    "CreativeWork",
    "DiscussionForumPosting",
    "h-entry",
    "hentry",
];

/// Types of whole pages: they count where no article is described.
const PAGE: &[&str] = &["WebPage", "ItemPage", "AboutPage", "MedicalWebPage", "VideoObject", "AudioObject", "PodcastEpisode"];

/// Items about the article, best first: front matter, then what names the page's address or title, then the others in order of
/// their mechanism. Items of teasers are left out where one item names the page.
pub fn items(document: &Document) -> Vec<ItemId> {
    let titles = titles(document);
    let mut ranked: Vec<(i32, ItemId)> = (0..document.items.len() as u32)
        .map(ItemId)
        .filter_map(|id| score(document, &titles, document.item(id)).map(|score| (score, id)))
        .collect();
    ranked.sort_by_key(|&(score, id)| (-score, id));
    let Some(&(best, _)) = ranked.first() else { return Vec::new() };
    // An item that names the page makes those that don't its neighbours.
    let least = if best >= NAMES_PAGE { best - NAMES_PAGE + 1 } else { best };
    let mut kept: Vec<ItemId> = Vec::new();
    for (_, id) in ranked.into_iter().filter(|&(score, _)| score >= least.max(1)) {
        let same = kept.iter().filter(|k| document.item(**k).vocabulary == document.item(id).vocabulary).count();
        // The posts of a live blog are nested items that name the page too.
        if same == 0 || (same < MOST && !document.item(id).nested) {
            kept.push(id);
        }
    }
    kept
}

/// Most items of one mechanism that describe the same article.
const MOST: usize = 3;

/// What an item gains by naming the page's address or title.
const NAMES_PAGE: i32 = 40;

fn score(document: &Document, titles: &[String], item: &Item) -> Option<i32> {
    if item.vocabulary == Vocabulary::FrontMatter {
        return Some(100);
    }
    let mut score = match item {
        _ if item.is(ARTICLE) => 20,
        _ if item.is(PAGE) => 2,
        _ => return None,
    };
    score += match item.vocabulary {
        Vocabulary::JsonLd => 6,
        Vocabulary::Microdata | Vocabulary::Rdfa => 4,
        _ => 2,
    };
    score -= if item.nested { 4 } else { 0 };
    let named = names_address(document, item) || names_title(titles, item);
    Some(score + if named { NAMES_PAGE } else { 0 })
}

fn names_address(document: &Document, item: &Item) -> bool {
    let Some(own) = document.address.as_deref().map(bare) else { return false };
    let of = |name| item.get(name).filter_map(|p| address_of(document, p));
    let of = |name| of(name).filter(|address| !address.contains('#'));
    let mut all = of("url").chain(of("mainEntityOfPage")).chain(item.id.as_deref());
    all.any(|address| bare(address) == own)
}

fn address_of<'a>(document: &'a Document, property: &'a Property) -> Option<&'a str> {
    match &property.value {
        Value::Text(text) => Some(text),
        Value::Item(id) => document.item(*id).id.as_deref(),
    }
}

/// An address without scheme, query, fragment and last stroke.
fn bare(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.split(['?', '#']).next().unwrap_or(address);
    address.trim_start_matches("www.").trim_end_matches('/')
}

fn names_title(titles: &[String], item: &Item) -> bool {
    let Some(title) = item.text("headline").or_else(|| item.text("name")).map(fold).filter(|t| t.len() >= 8) else { return false };
    titles.iter().any(|h| *h == title || h.starts_with(&title) || title.starts_with(h.as_str()) && h.len() >= 8)
}

/// The titles that the page gives itself, folded.
fn titles(document: &Document) -> Vec<String> {
    let headlines = document.blocks.iter().filter(|b| b.role == Role::Headline).map(|b| fold(&b.text));
    headlines.chain(document.fields("og:title").map(|f| fold(&f.value))).take(8).collect()
}

/// Whether a field speaks of the page as a whole. A `meta` element that has `itemprop` only speaks of the item around it.
pub fn is_flat(reading: &Reading<'_>, field: &Field) -> bool {
    match field.vocabulary {
        Vocabulary::FrontMatter => true,
        Vocabulary::Meta => {
            let element = &reading.main.source.text[field.element.range()];
            !element.contains("itemprop") || element.contains(" name=") || element.contains("property=")
        }
        _ => false,
    }
}

/// A name with its place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The bytes that say it.
    pub span: Span,
}

/// Who publishes the page, by its own metadata, most trusted first.
pub fn publishers(reading: &Reading<'_>) -> Vec<Named> {
    let document = reading.document();
    let mut found = Vec::new();
    for &id in reading.articles() {
        for property in document.item(id).get("publisher").chain(document.item(id).get("sourceOrganization")) {
            found.extend(named(document, property));
        }
    }
    for name in [
        "og:site_name",
        "citation_publisher",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "application-name",
        "apple-mobile-web-app-title",
    ] {
        found.extend(document.fields(name).map(|f| Named { name: f.value.trim().to_owned(), span: f.span }));
    }
    found.retain(|n| !n.name.is_empty() && n.name.len() <= 100 && !n.name.contains("://"));
    found
}

/// The name that a property gives: its text, or the `name` of the item it points to.
pub fn named(document: &Document, property: &Property) -> Option<Named> {
    match &property.value {
        Value::Text(text) => Some(Named { name: text.trim().to_owned(), span: property.span }),
        Value::Item(id) => {
            let item = document.item(*id);
            let name = item.get("name").chain(item.get("alternateName")).chain(item.get("p-name"));
            name.filter_map(|p| text_of(p).map(|t| Named { name: t.trim().to_owned(), span: p.span })).find(|n| !n.name.is_empty())
        }
    }
}

/// The text of a property, if it is text.
pub fn text_of(property: &Property) -> Option<&str> {
    match &property.value {
        Value::Text(text) => Some(text),
        Value::Item(_) => None,
    }
}

/// The site's own names, folded to letters and digits: publisher, site, host.
pub fn own_names(reading: &Reading<'_>) -> Vec<String> {
    let mut names: Vec<String> = publishers(reading).iter().map(|n| letters_of(&fold(&n.name))).collect();
    names.extend(reading.document().address.as_deref().and_then(host_name));
    names.retain(|n| n.len() >= 2);
    names.sort();
    names.dedup();
    names
}

/// The host of an address without `www.`: `example.co.uk`.
pub fn host_of(address: &str) -> Option<String> {
    let host = address.split_once("://")?.1.split(['/', ':', '?', '#']).next()?;
    let host = host.trim_start_matches("www.");
    host.contains('.').then(|| host.to_owned())
}

/// The name in a host: `example` of `https://www.example.co.uk/a`.
fn host_name(address: &str) -> Option<String> {
    let host = host_of(address)?;
    let labels: Vec<&str> = host.split('.').filter(|l| !l.is_empty()).collect();
    let name = labels.iter().rev().skip(1).find(|l| l.len() > 3).or(labels.first())?;
    Some(letters_of(&fold(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_names() {
        assert_eq!(host_name("https://www.example.co.uk/a/b").as_deref(), Some("example"));
        assert_eq!(host_name("https://harbour-news.example/").as_deref(), Some("harbournews"));
        assert_eq!(host_name("relative/path"), None);
    }

    #[test]
    fn addresses_are_compared_without_their_trimmings() {
        assert_eq!(bare("https://www.example.org/a/?utm=1#top"), bare("http://example.org/a"));
    }
}
