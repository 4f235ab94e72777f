//! Web pages: html5gum's tokens make the standard's tree, and every element, attribute value and text knows its bytes.
//!
//! `tokens` (with `ahead` for what is simple) and `tree` parse; `layout` walks the tree once and yields blocks, containers and the elements that others read;
//! `roles`, `fields`, `pictures` and `structured` make the document of it.

mod ahead;
mod fields;
mod gathered;
mod guard;
mod layout;
mod names;
mod pictures;
mod reference;
mod roles;
pub(in crate::document) mod structured;
mod tokens;
mod told;
pub mod tree;

use crate::document::Document;
use crate::document::html::layout::Layout;
use crate::document::html::layout::attribute;
use crate::document::html::structured::Collector;
use crate::document::html::tree::Parsed;
use crate::source::Source;
use crate::text::Span;
use html5ever::local_name;

/// Reads a page.
pub fn read(source: &Source) -> Document {
    let mut document = read_text(&source.text);
    document.address = document.address.or_else(|| source.origin.url.clone());
    document
}

/// Reads mark-up, be it a page or pieces of one.
pub(in crate::document) fn read_text(text: &str) -> Document {
    let mut parsed = tree::parse(text);
    let problems = std::mem::take(&mut parsed.problems);
    let mut layout = layout::lay_out(&parsed);
    let mut document = Document { problems, ..Document::default() };
    fields::read(&parsed, &layout, &mut document);
    document.language = fields::language(&parsed, &document);
    document.address = fields::address(&document);
    structured(&parsed, &layout, &mut document);
    roles::assign(&mut layout, &document);
    document.blocks = std::mem::take(&mut layout.blocks);
    document.directives = std::mem::take(&mut layout.directives);
    pictures::read(&parsed, &layout, &mut document);
    document
}

/// The visible text of every element of the page `source` that `selector` matches, with its bytes, in document order. Parses the page:
/// only for selectors that a policy brings.
pub fn select(source: &str, selector: &scraper::Selector) -> Vec<(String, Span)> {
    let parsed = tree::parse(source);
    let hits = parsed.html.select(selector).map(|element| parsed.visible_text(*element));
    hits.filter(|(text, _)| !text.is_empty()).collect()
}

/// Adds the items of a page: JSON-LD, microdata, RDFa, microformats.
fn structured(parsed: &Parsed<'_>, layout: &Layout, document: &mut Document) {
    let mut collector = Collector::default();
    for &script in &layout.data_scripts {
        let media_type = parsed.element_of(script).and_then(|e| attribute(e, &local_name!("type"))).unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/ld+json")
            && let Some(span) = parsed.content_span(script)
        {
            collector.json_ld(parsed.source, span);
        }
    }
    collector.mark_up(parsed, &layout.structured);
    collector.finish(document);
}
