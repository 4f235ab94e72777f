//! What the readers of marked-up statements share: attributes with their places, the values that elements carry.

use crate::document::Property;
use crate::document::Value;
use crate::document::html::layout::attribute_called;
use crate::document::html::structured::reader_value;
use crate::document::html::tree::Parsed;
use crate::text::Span;
use crate::text::squeeze;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// An element of a page.
#[derive(Clone, Copy)]
pub(super) struct Tag<'p> {
    pub(super) parsed: &'p Parsed<'p>,
    pub(super) node: NodeRef<'p, Node>,
    pub(super) element: &'p Element,
}

impl<'p> Tag<'p> {
    pub(super) fn new(parsed: &'p Parsed<'p>, node: NodeRef<'p, Node>) -> Option<Self> {
        Some(Self { parsed, node, element: node.value().as_element()? })
    }

    pub(super) fn name(self) -> &'p str {
        self.element.name()
    }

    pub(super) fn attribute(self, name: &str) -> Option<&'p str> {
        attribute_called(self.element, name)
    }

    /// The blank-separated words of an attribute.
    pub(super) fn words(self, name: &str) -> impl Iterator<Item = &'p str> {
        self.attribute(name).unwrap_or_default().split_ascii_whitespace()
    }

    /// The bytes of the start tag.
    pub(super) fn place(self) -> Span {
        self.parsed.start_tag(self.node.id()).unwrap_or_default()
    }

    /// The value of an attribute as a property's value.
    pub(super) fn attribute_value(self, name: &str) -> Option<(String, Span)> {
        let value = self.attribute(name)?;
        let span = self.parsed.attribute_span(self.node.id(), name).unwrap_or_else(|| self.place());
        Some((reader_value(value), span))
    }

    /// The first of these attributes that is there.
    pub(super) fn first_attribute(self, names: &[&str]) -> Option<(String, Span)> {
        names.iter().find_map(|name| self.attribute_value(name))
    }

    /// The elements around, innermost first.
    pub(super) fn around(self) -> impl Iterator<Item = Tag<'p>> {
        self.node.ancestors().filter_map(move |node| Tag::new(self.parsed, node))
    }

    /// What a reader sees inside; nothing if that is too much to be a statement.
    pub(super) fn text(self) -> Option<(String, Span)> {
        let (text, span) = self.parsed.short_text(self.node)?;
        let span = if text.is_empty() { self.place() } else { span };
        Some((squeeze(&text), span))
    }
}

/// A property of plain text.
pub(super) fn property(name: &str, (value, span): (String, Span)) -> Property {
    Property { name: name.to_owned(), value: Value::Text(value), span }
}
