//! RDFa (RDFa Core 1.1, RDFa Lite) as pages use it: `typeof`, `property`, `resource`, `about`, `content`, and `rel` with licences. Prefixes
//! are dropped: in what is read here, `dct:title` and `schema:title` say the same.

use crate::document::Item;
use crate::document::ItemId;
use crate::document::Property;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::document::html::structured::Collector;
use crate::document::html::structured::element::Tag;
use crate::document::html::structured::element::property;
use crate::document::html::structured::local_name;
use crate::document::html::tree::Parsed;
use crate::text::Span;
use ego_tree::NodeId;
use std::collections::HashMap;

/// Attributes that name a thing.
const RESOURCE: &[&str] = &["resource", "about", "href", "src"];

/// Items by node, looked up only, and the item for statements about the document itself.
struct Reader<'c> {
    items: HashMap<NodeId, ItemId>,
    document: Option<ItemId>,
    collector: &'c mut Collector,
}

/// Reads the statements of a page. `nodes` are the elements that may carry such attributes, in document order.
pub(super) fn read(parsed: &Parsed<'_>, nodes: &[NodeId], collector: &mut Collector) {
    let mut reader = Reader { items: HashMap::new(), document: None, collector };
    for id in nodes {
        let Some(tag) = parsed.html.tree.get(*id).and_then(|node| Tag::new(parsed, node)) else { continue };
        if tag.attribute("typeof").is_some() {
            reader.open(tag);
        }
        if tag.attribute("property").is_some() {
            reader.state(tag);
        }
        reader.relate(tag);
    }
}

impl Reader<'_> {
    fn open(&mut self, tag: Tag<'_>) {
        let item = Item {
            vocabulary: Vocabulary::Rdfa,
            types: tag.words("typeof").map(|t| local_name(t).to_owned()).collect(),
            id: RESOURCE.iter().find_map(|name| tag.attribute(name)).map(str::to_owned),
            properties: Vec::new(),
            nested: tag.attribute("property").is_some(),
            span: tag.place(),
        };
        let id = self.collector.open(item);
        self.items.insert(tag.node.id(), id);
    }

    /// The item that a statement at `tag` is about.
    fn owner(&mut self, tag: Tag<'_>) -> ItemId {
        if let Some(around) = tag.around().find(|t| self.items.contains_key(&t.node.id()) || t.attribute("about").is_some()) {
            return match self.items.get(&around.node.id()) {
                Some(item) => *item,
                None => self.untyped(around),
            };
        }
        match self.document {
            Some(item) => item,
            None => {
                let item = self.collector.open(Item {
                    vocabulary: Vocabulary::Rdfa,
                    types: Vec::new(),
                    id: None,
                    properties: Vec::new(),
                    nested: false,
                    span: tag.place(),
                });
                *self.document.insert(item)
            }
        }
    }

    /// A thing that `about` names and no type describes: a picture with its licence.
    fn untyped(&mut self, tag: Tag<'_>) -> ItemId {
        self.open(tag);
        self.items[&tag.node.id()]
    }

    /// The statements of `property`.
    fn state(&mut self, tag: Tag<'_>) {
        let own = self.items.get(&tag.node.id()).copied();
        let head = matches!(tag.name(), "meta" | "link");
        // What the head says of the whole page is read as flat fields.
        if own.is_none() && head && !tag.around().any(|t| self.items.contains_key(&t.node.id())) {
            return;
        }
        let Some((value, span)) = own.map(|item| (Value::Item(item), tag.place())).or_else(|| {
            let (text, span) = value(tag)?;
            Some((Value::Text(text), span))
        }) else {
            return;
        };
        let owner = self.owner(tag);
        for name in tag.words("property") {
            self.collector.push(owner, Property { name: local_name(name).to_owned(), value: value.clone(), span });
        }
    }

    /// The statements of `rel` that speak of rights: `license`, and names with a prefix such as `cc:attributionURL`, `dct:creator`.
    fn relate(&mut self, tag: Tag<'_>) {
        let Some(target) = tag.first_attribute(&["resource", "href"]) else { return };
        if tag.name() == "link" {
            return;
        }
        let names: Vec<&str> = tag.words("rel").filter(|r| is_statement(r)).collect();
        if !names.is_empty() {
            let owner = self.owner(tag);
            names.iter().for_each(|name| self.collector.push(owner, property(local_name(name), target.clone())));
        }
    }
}

/// Whether a token of `rel` is a statement about rights.
pub(super) fn is_statement(token: &str) -> bool {
    token.eq_ignore_ascii_case("license") || token.eq_ignore_ascii_case("licence") || token.contains(':')
}

/// The value of a property (RDFa Core, section 7.5): `content`, `datetime`, what the element points at, its text.
fn value(tag: Tag<'_>) -> Option<(String, Span)> {
    let pointed: &[&str] = match tag.name() {
        // A link's words name what it points at; `rel` says the address.
        "a" | "area" if tag.attribute("rel").is_some_and(|rel| rel.contains(':')) => &[],
        _ => RESOURCE,
    };
    let stated = tag.first_attribute(&["content", "datetime"]);
    stated.or_else(|| tag.first_attribute(pointed)).or_else(|| tag.text()).filter(|(text, _)| !text.is_empty())
}
