//! What the readers of marked-up statements share: attributes with their places, the values that elements carry.

use crate::document::Property;
use crate::document::Value;
use crate::document::html::layout::attribute_called;
use crate::document::html::structured::reader_value;
use crate::document::html::tree::Parsed;
use crate::document::line::Line;
use crate::text::Span;
use crate::text::squeeze;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// A statement is no longer than this. The text of the whole article, which some pages mark up too, is no statement about it; and the
/// limit keeps nested mark-up from being read over and over.
const LONGEST: usize = 2 << 10;

/// How many nodes are visited for the text of a value.
const MOST_NODES: usize = 400;

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
        let mut line = Line::default();
        for (n, node) in self.node.descendants().enumerate().skip(1) {
            if n > MOST_NODES || line.text.len() > LONGEST {
                return None;
            }
            match node.value() {
                Node::Text(text) if !is_silent(node) => {
                    for run in self.parsed.runs(node.id()) {
                        line.push(&text[run.at as usize..(run.at + run.len) as usize], run.span, run.exact);
                    }
                }
                Node::Element(element) if is_break(element.name()) => {
                    line.push_space(self.parsed.start_tag(node.id()).unwrap_or_default(), false);
                }
                _ => {}
            }
        }
        let (text, pieces) = line.take();
        let span = pieces.first().zip(pieces.last()).map(|(first, last)| first.span.join(last.span));
        (text.len() <= LONGEST).then(|| (squeeze(&text), span.unwrap_or_else(|| self.place())))
    }
}

fn is_silent(text: NodeRef<'_, Node>) -> bool {
    let parent = text.parent().and_then(|p| p.value().as_element().map(Element::name));
    matches!(parent, Some("script" | "style" | "template" | "svg"))
}

/// Elements that part the words before them from those after.
fn is_break(name: &str) -> bool {
    matches!(name, "br" | "p" | "div" | "li" | "td" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// A property of plain text.
pub(super) fn property(name: &str, (value, span): (String, Span)) -> Property {
    Property { name: name.to_owned(), value: Value::Text(value), span }
}
