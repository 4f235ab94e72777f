//! Statements that a page embeds for machines, as items: JSON-LD, microdata, RDFa, microformats.

mod element;
mod json_ld;
mod microdata;
mod microformat;
mod rdfa;

use crate::document::Document;
use crate::document::Item;
use crate::document::ItemId;
use crate::document::Problem;
use crate::document::Property;
use crate::document::Value;
use crate::document::html::tree::Parsed;
use crate::text::Span;
use crate::text::reader_text;
use ego_tree::NodeId;
use std::collections::BTreeMap;

/// Gathers the items of a page; references between them are resolved at the end, because they may point forwards.
#[derive(Debug, Default)]
pub(in crate::document) struct Collector {
    items: Vec<Item>,
    problems: Vec<Problem>,
    /// Properties that name an item by its id: item, number of the property, id.
    references: Vec<(ItemId, usize, String)>,
}

impl Collector {
    /// Reads a JSON-LD script whose content is bytes `script` of `text`.
    pub(in crate::document) fn json_ld(&mut self, text: &str, script: Span) {
        json_ld::read(text, script, self);
    }

    /// Resolves references and gives everything to `document`, whose items come first.
    pub(in crate::document) fn finish(mut self, document: &mut Document) {
        self.resolve();
        append(self.items, document);
        document.problems.append(&mut self.problems);
    }

    /// Reads microdata, RDFa and microformats. `nodes` are the elements with attributes of theirs, in document order.
    pub(in crate::document) fn mark_up(&mut self, parsed: &Parsed<'_>, nodes: &[NodeId]) {
        if !nodes.is_empty() {
            microdata::read(parsed, nodes, self);
            rdfa::read(parsed, nodes, self);
            microformat::read(parsed, nodes, self);
        }
    }

    fn open(&mut self, item: Item) -> ItemId {
        self.items.push(item);
        ItemId(self.items.len() as u32 - 1)
    }

    fn push(&mut self, of: ItemId, property: Property) {
        self.items[of.0 as usize].properties.push(property);
    }

    fn refer(&mut self, of: ItemId, property: Property, id: String) {
        self.references.push((of, self.items[of.0 as usize].properties.len(), id));
        self.push(of, property);
    }

    /// Points each reference to the item of that id that says most; one that nothing answers stays text.
    fn resolve(&mut self) {
        if self.references.is_empty() {
            return;
        }
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, item) in self.items.iter().enumerate().filter(|(_, i)| !i.properties.is_empty()) {
            let Some(id) = item.id.as_deref() else { continue };
            let best = known.entry(id).or_insert(n);
            if item.properties.len() > self.items[*best].properties.len() {
                *best = n;
            }
        }
        let found: Vec<_> = self.references.iter().map(|(_, _, id)| known.get(id.as_str()).copied()).collect();
        for ((of, property, _), found) in std::mem::take(&mut self.references).into_iter().zip(found) {
            // An item that names itself (its own page, its own publisher) needs no circle.
            if let Some(found) = found.filter(|f| *f != of.0 as usize) {
                self.items[of.0 as usize].properties[property].value = Value::Item(ItemId(found as u32));
            }
        }
    }
}

/// Adds `items`, which name each other by their places among themselves, behind those of `document`.
pub(in crate::document) fn append(mut items: Vec<Item>, document: &mut Document) {
    let first = document.items.len() as u32;
    for property in items.iter_mut().flat_map(|item| &mut item.properties) {
        if let Value::Item(id) = &mut property.value {
            id.0 += first;
        }
    }
    document.items.append(&mut items);
}

/// The name without its namespace: `https://schema.org/author` and `schema:author` are `author`.
fn local_name(name: &str) -> &str {
    let name = name.trim_end_matches(['/', '#']);
    name.rsplit(['/', '#', ':']).next().unwrap_or(name)
}

/// A value as a reader would see it: references decoded, mark-up dropped, white space folded. Addresses keep everything but `&amp;`,
/// because `&copy=` is no ©.
fn reader_value(value: &str) -> String {
    if is_plain(value) {
        return value.to_owned();
    }
    let address = !value.contains(char::is_whitespace) && (value.contains("://") || value.starts_with('/'));
    if address { value.replace("&amp;", "&") } else { reader_text(value) }
}

/// Whether a value reads as it is written: nearly all do, so that this is worth a look at every byte.
fn is_plain(value: &str) -> bool {
    let mut before = b' ';
    for &byte in value.as_bytes() {
        // 0xc2 and 0xe1 to 0xe3 lead the encodings of the blanks beyond ASCII, and of much else.
        let suspect = byte < b' ' || matches!(byte, b'<' | b'&' | 0xc2 | 0xe1..=0xe3) || (byte == b' ' && before == b' ');
        if suspect {
            return false;
        }
        before = byte;
    }
    before != b' ' || value.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::html::read_text;

    /// Properties as `name=value@source`, items inside in braces.
    fn show(page: &str, document: &Document, item: &Item, depth: u32) -> String {
        let property = |p: &Property| match &p.value {
            Value::Text(value) => format!("{}={value}@{}", p.name, &page[p.span.range()]),
            Value::Item(id) if depth < 3 => format!("{}={{{}}}", p.name, show(page, document, document.item(*id), depth + 1)),
            Value::Item(_) => p.name.clone(),
        };
        let properties: Vec<_> = item.properties.iter().map(property).collect();
        format!("{}: {}", item.types.join(","), properties.join("; "))
    }

    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let document = read_text(page);
        let shown: Vec<_> = document.items.iter().filter(|i| !i.nested).map(|i| show(page, &document, i, 0)).collect();
        assert_eq!(shown, expected, "{page}");
    }

    #[test]
    fn microdata_takes_values_from_the_right_place() {
        check(
            r#"<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Pier &amp; <b>sea</b></h1>
               <meta itemprop="datePublished" content="2026-11-20"><time itemprop="dateModified" datetime="2026-11-21">Today</time>
               <div itemprop="author" itemscope itemtype="http://schema.org/Person"><a itemprop="url" href="/ann"><span itemprop="name">Ann Example</span></a></div>
               <img itemprop="image" src="pier.jpg"></article>"#,
            &[
                "NewsArticle: headline=Pier & sea@Pier &amp; <b>sea; datePublished=2026-11-20@2026-11-20; dateModified=2026-11-21@2026-11-21; \
               author={Person: url=/ann@/ann; name=Ann Example@Ann Example}; image=pier.jpg@pier.jpg",
            ],
        );
        check(
            r#"<div itemscope itemref="a b"></div><p id="a"><a itemprop="author" href="/bo">Bo</a></p><p itemprop="license" id="b">CC</p>"#,
            &[": author=/bo@/bo; author=Bo@Bo; license=CC@CC"],
        );
        check(r#"<p itemprop="name">nobody's</p>"#, &[]);
    }

    #[test]
    fn rdfa_names_things_and_licences() {
        check(
            r#"<div vocab="https://schema.org/" typeof="Article"><h1 property="name">Pier</h1>
               <span property="schema:author" typeof="Person"><span property="name">Ann</span></span>
               <span property="datePublished" content="2026-11-20">today</span></div>"#,
            &["Article: name=Pier@Pier; author={Person: name=Ann@Ann}; datePublished=2026-11-20@2026-11-20"],
        );
        check(
            r#"<p><a property="dct:title" rel="cc:attributionURL" href="/p">Pier</a> by <span property="cc:attributionName">Ann</span>
               under <a rel="license noopener" href="https://example.org/by/4.0/">CC</a></p>"#,
            &[
                ": title=Pier@Pier; attributionURL=/p@/p; attributionName=Ann@Ann; license=https://example.org/by/4.0/@https://example.org/by/4.0/",
            ],
        );
        check(
            r#"<div about="pier.jpg"><span property="dct:creator">Ann</span> <a rel="license" href="/by">BY</a></div><meta property="og:title" content="x">"#,
            &[": creator=Ann@Ann; license=/by@/by"],
        );
    }

    #[test]
    fn microformats_old_and_new_say_the_same() {
        for page in [
            r#"<div class="h-entry"><h1 class="p-name">Pier</h1> <a class="p-author h-card" href="/ann">Ann</a> <time class="dt-published" datetime="2026-11-20">today</time></div>"#,
            r#"<div class="post hentry"><h1 class="entry-title">Pier</h1> <span class="author vcard"><a class="url fn n" href="/ann">Ann</a></span> <time class="published" datetime="2026-11-20">today</time></div>"#,
        ] {
            let document = read_text(page);
            let entry = document.items.iter().find(|i| i.is(&["h-entry"]) && !i.nested).unwrap();
            assert_eq!((entry.text("name"), entry.text("published")), (Some("Pier"), Some("2026-11-20")), "{page}");
            let Value::Item(author) = entry.get("author").next().unwrap().value else { panic!("{page}") };
            let author = document.item(author);
            assert_eq!((author.text("name"), author.text("url")), (Some("Ann"), Some("/ann")), "{page}");
        }
        check(r#"<div class="h-4 p-4 search-box"><p class="published">x</p></div>"#, &[]);
    }

    #[test]
    fn hostile_mark_up_is_quick() {
        let deep = |open: &str| format!("{}x", open.repeat((1 << 20) / open.len()));
        for page in [
            deep("<p itemprop=a>"),
            deep("<b itemscope itemprop=a itemref=x id=x>"),
            deep("<div itemscope itemprop=a>text"),
            format!("{}<div id=x>{}", "<p itemscope itemref=x></p>".repeat(18_000), "<p itemprop=a>b</p>".repeat(25_000)),
            deep("<i property=a typeof=b>"),
            deep("<div class='h-card p-author'>"),
            deep("<span class=fn>a</span>"),
            format!("<div class=hentry>{}", deep("<div class='vcard author'><br>")),
            format!("<p itemscope itemprop=\"{}\">", "a ".repeat(1 << 19)),
            format!("<div itemscope><p itemprop=\"{}\">x", "a ".repeat(1 << 19)),
        ] {
            read_text(&page);
        }
    }
}
