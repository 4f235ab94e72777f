//! Microformats: `h-entry`, `h-card` and their kin, and the older hEntry and hCard that blog themes still write.

use crate::document::Item;
use crate::document::ItemId;
use crate::document::Property;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::document::html::structured::Collector;
use crate::document::html::structured::element::Tag;
use crate::document::html::structured::element::property;
use crate::document::html::tree::Parsed;
use crate::text::Span;
use ego_tree::NodeId;
use ego_tree::NodeRef;
use scraper::Node;
use std::collections::HashSet;

/// Class names that open an item, with its type.
const ROOTS: &[(&str, &str)] = &[
    ("h-entry", "h-entry"),
    ("h-card", "h-card"),
    ("h-feed", "h-feed"),
    ("h-cite", "h-cite"),
    ("h-event", "h-event"),
    ("h-item", "h-item"),
    ("h-product", "h-product"),
    ("h-review", "h-review"),
    ("h-news", "h-news"),
    ("hentry", "h-entry"),
    ("hnews", "h-news"),
    ("vcard", "h-card"),
];

/// How a property gets its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Address,
    Date,
}

/// Class names of properties, with the name and how the value is read. Those without a prefix are of the older formats.
const PROPERTIES: &[(&str, &str, Kind)] = &[
    ("p-name", "name", Kind::Text),
    ("p-author", "author", Kind::Text),
    ("p-summary", "summary", Kind::Text),
    ("p-category", "category", Kind::Text),
    ("p-org", "org", Kind::Text),
    ("p-nickname", "nickname", Kind::Text),
    ("p-note", "note", Kind::Text),
    ("p-role", "role", Kind::Text),
    ("p-job-title", "job-title", Kind::Text),
    ("p-publication", "publication", Kind::Text),
    ("p-rights", "rights", Kind::Text),
    ("p-copyright", "copyright", Kind::Text),
    ("p-credit", "credit", Kind::Text),
    ("p-license", "license", Kind::Text),
    ("u-author", "author", Kind::Address),
    ("u-url", "url", Kind::Address),
    ("u-uid", "uid", Kind::Address),
    ("u-photo", "photo", Kind::Address),
    ("u-featured", "featured", Kind::Address),
    ("u-license", "license", Kind::Address),
    ("u-repost-of", "repost-of", Kind::Address),
    ("u-syndication", "syndication", Kind::Address),
    ("dt-published", "published", Kind::Date),
    ("dt-updated", "updated", Kind::Date),
    ("entry-title", "name", Kind::Text),
    ("entry-summary", "summary", Kind::Text),
    ("author", "author", Kind::Text),
    ("fn", "name", Kind::Text),
    ("org", "org", Kind::Text),
    ("nickname", "nickname", Kind::Text),
    ("role", "role", Kind::Text),
    ("source-org", "source-org", Kind::Text),
    ("dateline", "dateline", Kind::Text),
    ("url", "url", Kind::Address),
    ("photo", "photo", Kind::Address),
    ("published", "published", Kind::Date),
    ("updated", "updated", Kind::Date),
];

/// Classes that mark an element up as a property are looked for in so many elements of a root at most: a page's whole text can stand inside.
const MOST_NODES: usize = 200_000;

/// Reads the items of a page. `nodes` are the elements that may be roots, in document order.
pub(super) fn read(parsed: &Parsed<'_>, nodes: &[NodeId], collector: &mut Collector) {
    let mut reader = Reader { parsed, collector, seen: HashSet::new(), budget: MOST_NODES };
    for id in nodes {
        let Some(tag) = parsed.html.tree.get(*id).and_then(|node| Tag::new(parsed, node)) else { continue };
        if !reader.seen.contains(id) && !roots(tag).is_empty() {
            reader.item(tag, false);
        }
    }
}

/// The types that an element's classes open.
fn roots(tag: Tag<'_>) -> Vec<&'static str> {
    let mut types: Vec<_> = tag.words("class").filter_map(|c| ROOTS.iter().find(|(name, _)| *name == c).map(|(_, kind)| *kind)).collect();
    types.dedup();
    types
}

fn properties(tag: Tag<'_>) -> impl Iterator<Item = (&'static str, Kind)> {
    tag.words("class").filter_map(|c| PROPERTIES.iter().find(|(name, ..)| *name == c).map(|(_, name, kind)| (*name, *kind)))
}

struct Reader<'p, 'c> {
    parsed: &'p Parsed<'p>,
    collector: &'c mut Collector,
    /// Roots that are read already, as parts of others.
    seen: HashSet<NodeId>,
    budget: usize,
}

/// An element that is gone through on behalf of an item.
struct Visit<'p> {
    node: NodeRef<'p, Node>,
    owner: ItemId,
}

impl<'p> Reader<'p, '_> {
    /// Reads the item that opens at `tag` and those inside it, without recursion: pages nest deeply.
    fn item(&mut self, tag: Tag<'p>, nested: bool) {
        let root = self.open(tag, nested);
        let mut visits: Vec<Visit<'p>> = tag.node.children().rev().map(|node| Visit { node, owner: root }).collect();
        while let Some(Visit { node, owner }) = visits.pop() {
            let Some(tag) = Tag::new(self.parsed, node) else { continue };
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            let owner = self.visit(tag, owner);
            visits.extend(node.children().rev().map(|node| Visit { node, owner }));
        }
        self.imply(tag, root);
    }

    fn open(&mut self, tag: Tag<'p>, nested: bool) -> ItemId {
        self.seen.insert(tag.node.id());
        self.collector.open(Item {
            vocabulary: Vocabulary::Microformat,
            types: roots(tag).into_iter().map(str::to_owned).collect(),
            id: None,
            properties: Vec::new(),
            nested,
            span: tag.place(),
        })
    }

    /// Takes in an element on behalf of `owner`, and tells whose the elements inside are.
    fn visit(&mut self, tag: Tag<'p>, owner: ItemId) -> ItemId {
        if tag.attribute("class").is_none() && tag.attribute("rel").is_none() {
            return owner;
        }
        let opens = !roots(tag).is_empty();
        let stated: Vec<_> = properties(tag).collect();
        if opens {
            let inner = self.open(tag, !stated.is_empty());
            for (name, _) in stated {
                self.collector.push(owner, Property { name: name.to_owned(), value: Value::Item(inner), span: tag.place() });
            }
            self.imply(tag, inner);
            return inner;
        }
        for (name, kind) in stated {
            if let Some(value) = value(tag, kind) {
                self.collector.push(owner, property(name, value));
            }
        }
        if tag.words("rel").any(|r| r.eq_ignore_ascii_case("license"))
            && let Some(address) = tag.attribute_value("href")
        {
            self.collector.push(owner, property("license", address));
        }
        owner
    }

    /// A card without a name in it is itself the name (microformats2 parsing, "implied properties").
    fn imply(&mut self, tag: Tag<'p>, item: ItemId) {
        let names_itself = |n: NodeRef<'p, Node>| Tag::new(self.parsed, n).is_some_and(|t| properties(t).any(|(name, _)| name == "name"));
        let is_card = self.collector.items[item.0 as usize].is(&["h-card"]);
        if !is_card
            || tag.node.descendants().skip(1).take(100).any(names_itself)
            || self.collector.items[item.0 as usize].text("name").is_some()
        {
            return;
        }
        let name = if tag.name() == "img" { tag.attribute_value("alt") } else { tag.text() };
        if let Some(name) = name.filter(|(text, _)| !text.is_empty() && text.len() <= 100) {
            self.collector.push(item, property("name", name));
        }
        if let Some(address) = tag.attribute_value("href") {
            self.collector.push(item, property("url", address));
        }
    }
}

fn value(tag: Tag<'_>, kind: Kind) -> Option<(String, Span)> {
    let attributes: &[&str] = match (kind, tag.name()) {
        (Kind::Address, "a" | "area" | "link") => &["href"],
        (Kind::Address, "img" | "audio" | "video" | "source") => &["src", "data-src"],
        (Kind::Address, "object") => &["data"],
        (Kind::Date, _) => &["datetime", "title", "value"],
        (_, "abbr") => &["title"],
        (_, "data") => &["value"],
        (_, "img") => &["alt"],
        _ => &[],
    };
    tag.first_attribute(attributes).or_else(|| tag.text()).filter(|(text, _)| !text.is_empty())
}
