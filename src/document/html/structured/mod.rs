//! Statements that a page embeds for machines, as items: JSON-LD, microdata, RDFa, microformats.

mod json_ld;

use crate::document::Document;
use crate::document::Item;
use crate::document::ItemId;
use crate::document::Problem;
use crate::document::Property;
use crate::document::Value;
use crate::text::Span;
use crate::text::reader_text;
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
