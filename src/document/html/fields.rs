//! Flat statements: `meta` and `link` elements.

use crate::document::Document;
use crate::document::Field;
use crate::document::Vocabulary;
use crate::document::html::layout::Layout;
use crate::document::html::layout::attribute;
use crate::document::html::tree::Parsed;
use crate::text::Span;
use ego_tree::NodeId;
use html5ever::local_name;
use scraper::node::Element;

/// More names than this in one attribute are not read.
const MOST_NAMES: usize = 16;

/// Adds a field for each name of each `meta` and each token of `rel` of each `link`.
pub(super) fn read(parsed: &Parsed<'_>, layout: &Layout, document: &mut Document) {
    for &id in &layout.metas {
        let Some(element) = parsed.element_of(id) else { continue };
        if element.name() == "meta" { meta(parsed, id, element, document) } else { link(parsed, id, element, document) }
    }
    for &id in &layout.nosnippets {
        let tag = parsed.start_tag(id).unwrap_or_default();
        // A short fragment is shown by its words, another by its tag.
        let words = parsed.html.tree.get(id).and_then(|node| parsed.short_text(node));
        let span = words.filter(|(text, _)| !text.is_empty()).map_or(tag, |(_, span)| span);
        document.fields.push(field(Vocabulary::Meta, "data-nosnippet", "", span, tag));
    }
    for &id in &layout.data_scripts {
        rights_script(parsed, id, document);
    }
}

/// An RSL document inside the page: its content under the name of its media type.
fn rights_script(parsed: &Parsed<'_>, id: NodeId, document: &mut Document) {
    let media_type = parsed.element_of(id).and_then(|e| attribute(e, &local_name!("type"))).unwrap_or_default();
    if !media_type.trim().eq_ignore_ascii_case("application/rsl+xml") {
        return;
    }
    if let Some(span) = parsed.content_span(id) {
        let tag = parsed.start_tag(id).unwrap_or_default();
        document.fields.push(field(Vocabulary::Meta, "application/rsl+xml", &parsed.source[span.range()], span, tag));
    }
}

fn meta(parsed: &Parsed<'_>, id: NodeId, element: &Element, document: &mut Document) {
    let tag = parsed.start_tag(id).unwrap_or_default();
    if let Some(charset) = attribute(element, &local_name!("charset")) {
        let span = parsed.attribute_span(id, "charset").unwrap_or(tag);
        document.fields.push(field(Vocabulary::Meta, "charset", charset, span, tag));
    }
    let Some(content) = attribute(element, &local_name!("content")) else { return };
    let span = parsed.attribute_span(id, "content").unwrap_or(tag);
    let mut names: Vec<String> = Vec::new();
    for name in [local_name!("property"), local_name!("name"), local_name!("itemprop"), local_name!("http-equiv")] {
        for token in attribute(element, &name).unwrap_or_default().split_ascii_whitespace().take(MOST_NAMES) {
            let token = token.to_lowercase();
            if !names.contains(&token) {
                names.push(token);
            }
        }
    }
    for name in names {
        document.fields.push(field(Vocabulary::Meta, &name, content, span, tag));
    }
}

fn link(parsed: &Parsed<'_>, id: NodeId, element: &Element, document: &mut Document) {
    let tag = parsed.start_tag(id).unwrap_or_default();
    let Some(href) = attribute(element, &local_name!("href")) else { return };
    let span = parsed.attribute_span(id, "href").unwrap_or(tag);
    let media_type = attribute(element, &local_name!("type")).map(str::to_owned);
    let names = [local_name!("rel"), local_name!("itemprop"), local_name!("property")];
    let tokens = names.iter().flat_map(|n| attribute(element, n).unwrap_or_default().split_ascii_whitespace().take(MOST_NAMES));
    for token in tokens {
        let field = field(Vocabulary::Link, &token.to_lowercase(), href, span, tag);
        document.fields.push(Field { media_type: media_type.clone(), ..field });
    }
}

fn field(vocabulary: Vocabulary, name: &str, value: &str, span: Span, element: Span) -> Field {
    Field { vocabulary, name: name.to_owned(), value: value.to_owned(), media_type: None, span, element }
}

/// The language a page declares: `lang` of `html`, else a `meta` element.
pub(super) fn language(parsed: &Parsed<'_>, document: &Document) -> Option<String> {
    let html = parsed.html.tree.root().children().find_map(|c| c.value().as_element());
    let lang = html.and_then(|h| attribute(h, &local_name!("lang")).or_else(|| h.attrs().find(|(n, _)| *n == "xml:lang").map(|(_, v)| v)));
    let declared = ["content-language", "language", "og:locale", "dc.language", "inlanguage"];
    let metas = declared.iter().flat_map(|name| document.fields(name)).map(|f| f.value.as_str());
    lang.into_iter().chain(metas).find_map(two_letters)
}

/// `de` of `de-AT`, `de_DE`, `DE`.
fn two_letters(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_', ',']).next()?.to_ascii_lowercase();
    let code = match primary.as_str() {
        "nb" | "nn" => "no",
        "iw" => "he",
        code => code,
    };
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then(|| code.to_owned())
}

/// The address a page calls its own.
pub(super) fn address(document: &Document) -> Option<String> {
    let canonical = document.fields("canonical").find(|f| f.vocabulary == Vocabulary::Link);
    let own = canonical.or_else(|| document.fields("og:url").next()).filter(|f| !f.value.trim().is_empty());
    own.map(|f| f.value.trim().to_owned())
}
