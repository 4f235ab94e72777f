//! Microdata (HTML, section 5): `itemscope`, `itemtype`, `itemprop`, `itemref`.

use crate::document::Item;
use crate::document::ItemId;
use crate::document::Property;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::document::html::layout::attribute_called;
use crate::document::html::structured::Collector;
use crate::document::html::structured::element::Tag;
use crate::document::html::structured::element::property;
use crate::document::html::structured::local_name;
use crate::document::html::tree::Parsed;
use crate::text::Span;
use ego_tree::NodeId;
use std::collections::HashMap;

/// How many items may borrow the properties of one element; pages need one or two.
const MOST_BORROWERS: usize = 16;

/// Items and the elements whose properties they borrow by `itemref`, by node; looked up only.
struct Reader<'p, 'c> {
    parsed: &'p Parsed<'p>,
    items: HashMap<NodeId, ItemId>,
    borrowed: HashMap<NodeId, Vec<ItemId>>,
    collector: &'c mut Collector,
}

/// Reads the items of a page. `nodes` are the elements that may carry such attributes, in document order.
pub(super) fn read(parsed: &Parsed<'_>, nodes: &[NodeId], collector: &mut Collector) {
    let mut reader = Reader { parsed, items: HashMap::new(), borrowed: HashMap::new(), collector };
    let tags: Vec<Tag<'_>> = nodes.iter().filter_map(|id| Tag::new(parsed, parsed.html.tree.get(*id)?)).collect();
    let scopes = || tags.iter().filter(|t| t.attribute("itemscope").is_some());
    scopes().for_each(|t| reader.open(*t));
    if scopes().any(|t| t.attribute("itemref").is_some()) {
        reader.borrow(scopes().copied());
    }
    tags.iter().filter(|t| t.attribute("itemprop").is_some()).for_each(|t| reader.add(*t));
}

impl<'p> Reader<'p, '_> {
    fn open(&mut self, tag: Tag<'p>) {
        let item = Item {
            vocabulary: Vocabulary::Microdata,
            types: tag.words("itemtype").map(|t| local_name(t).to_owned()).collect(),
            id: tag.attribute("itemid").map(str::to_owned),
            properties: Vec::new(),
            nested: tag.attribute("itemprop").is_some(),
            span: tag.place(),
        };
        let id = self.collector.open(item);
        self.items.insert(tag.node.id(), id);
    }

    /// Notes which elements are named by `itemref`.
    fn borrow(&mut self, scopes: impl Iterator<Item = Tag<'p>>) {
        let mut wanted: HashMap<&str, Vec<ItemId>> = HashMap::new();
        for tag in scopes {
            let item = self.items[&tag.node.id()];
            for id in tag.words("itemref") {
                let borrowers = wanted.entry(id).or_default();
                if borrowers.len() < MOST_BORROWERS {
                    borrowers.push(item);
                }
            }
        }
        for node in self.parsed.html.tree.root().descendants() {
            let id = node.value().as_element().and_then(|e| attribute_called(e, "id"));
            if let Some(items) = id.and_then(|id| wanted.remove(id)) {
                self.borrowed.insert(node.id(), items);
            }
        }
    }

    /// Gives a property to the item around it and to those that borrow it.
    fn add(&mut self, tag: Tag<'p>) {
        let mut owners = self.borrowers(tag);
        for around in tag.around() {
            if let Some(item) = self.items.get(&around.node.id()) {
                owners.push(*item);
                break;
            }
            owners.extend(self.borrowers(around));
        }
        if owners.is_empty() {
            return;
        }
        let (value, span) = match self.items.get(&tag.node.id()) {
            Some(item) => (Value::Item(*item), tag.place()),
            None => match value(tag) {
                Some((text, span)) => (Value::Text(text), span),
                None => return,
            },
        };
        owners.dedup();
        owners.retain(|owner| !matches!(value, Value::Item(item) if item == *owner));
        for name in tag.words("itemprop").map(local_name) {
            for owner in &owners {
                self.collector.push(*owner, Property { name: name.to_owned(), value: value.clone(), span });
                if let Value::Text(_) = value {
                    named_link(tag, name).into_iter().for_each(|property| self.collector.push(*owner, property));
                }
            }
        }
    }

    fn borrowers(&self, tag: Tag<'p>) -> Vec<ItemId> {
        self.borrowed.get(&tag.node.id()).cloned().unwrap_or_default()
    }
}

/// The value of a property (section 5.2.4). `content` counts on any element, because that is how pages use it.
fn value(tag: Tag<'_>) -> Option<(String, Span)> {
    if let Some(content) = tag.attribute_value("content") {
        return Some(content);
    }
    let by_element: &[&str] = match tag.name() {
        "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video" => &["src", "data-src"],
        "a" | "area" | "link" => &["href"],
        "object" => &["data"],
        "data" | "meter" => &["value"],
        "time" => &["datetime"],
        _ => &[],
    };
    tag.first_attribute(by_element).or_else(|| tag.text()).filter(|(text, _)| !text.is_empty())
}

/// The words of a link that the standard reads as its address: pages name persons and outlets this way.
fn named_link(tag: Tag<'_>, name: &str) -> Option<Property> {
    let names = matches!(name, "author" | "creator" | "contributor" | "publisher" | "copyrightHolder" | "sourceOrganization");
    let words = (names && tag.name() == "a").then(|| tag.text()).flatten()?;
    (!words.0.is_empty()).then(|| property(name, words))
}
