//! What a structured item is about: the document, one of its pictures, or something else on the page.

use crate::detect::reading::Reading;
use crate::document::Document;
use crate::document::ImageId;
use crate::document::Item;
use crate::document::ItemId;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::document::site::pattern;
use crate::evidence::Subject;

/// Types of the document itself; `…Article`, `…Posting` and `…Page` belong to them too.
const WORKS: &[&str] = &["creativework", "report", "webpage", "website", "blog", "dataset", "book", "h-entry", "hentry"];

/// Types of pictures.
const PICTURES: &[&str] = &["imageobject", "photograph", "image", "stillimage", "visualartwork", "drawing", "painting"];

/// The subject of item `id`; nothing for items about other things: products, people, teasers.
pub(super) fn of(reading: &Reading<'_>, id: ItemId) -> Option<Subject> {
    let document = reading.document();
    let item = document.item(id);
    let is = |known: &[&str]| item.types.iter().any(|t| known.contains(&t.to_ascii_lowercase().as_str()));
    if is(PICTURES) {
        return picture(document, item).map(Subject::Image);
    }
    let work =
        item.types.is_empty() || is(WORKS) || item.types.iter().any(|t| ["Article", "Posting", "Page"].iter().any(|e| t.ends_with(e)));
    if !work || (item.nested && !is_main_entity(document, id)) {
        return None;
    }
    match item.id.as_deref().filter(|_| item.vocabulary == Vocabulary::Rdfa) {
        Some(about) if !is_page(reading, about) => picture_at(document, about).map(Subject::Image),
        _ => Some(Subject::Document),
    }
}

fn is_main_entity(document: &Document, id: ItemId) -> bool {
    let names = document.items.iter().flat_map(|i| &i.properties).filter(|p| p.value == Value::Item(id));
    names.into_iter().any(|p| ["mainentity", "mainentityofpage"].contains(&p.name.to_ascii_lowercase().as_str()))
}

fn is_page(reading: &Reading<'_>, about: &str) -> bool {
    let about = about.trim();
    let own = reading.document().address.as_deref().or(reading.main.source.origin.url.as_deref());
    about.is_empty() || about.starts_with('#') || own.is_some_and(|own| pattern::path_of(own) == pattern::path_of(about))
}

fn picture(document: &Document, item: &Item) -> Option<ImageId> {
    let named = ["contentUrl", "url", "thumbnailUrl"].iter().filter_map(|n| item.text(n)).chain(item.id.as_deref());
    let mut found = named.filter_map(|address| picture_at(document, address));
    found.next()
}

/// The picture whose address ends as `address` does.
fn picture_at(document: &Document, address: &str) -> Option<ImageId> {
    let name = file_name(address)?;
    let has = |a: &String| file_name(a) == Some(name);
    let at = document.images.iter().position(|i| has(&i.address) || i.variants.iter().any(has))?;
    Some(ImageId(at as u32))
}

fn file_name(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?;
    let name = path.rsplit('/').next()?;
    (name.contains('.') && name.len() > 4).then_some(name)
}
