//! YAML front matter, from the parser's events: aliases are followed without being copied out, so that no few lines can become a
//! forest.

use crate::document::Problem;
use crate::document::markdown::attributes::blank_out;
use crate::document::markdown::front_matter::Node;
use crate::document::markdown::front_matter::Tree;
use crate::document::markdown::front_matter::is_field;
use crate::document::markdown::front_matter::line;
use crate::document::markdown::front_matter::problem;
use crate::text::Span;
use saphyr_parser::Event;
use saphyr_parser::Parser;
use saphyr_parser::ScalarStyle;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// Texts that an alias may repeat.
const LONGEST_ALIAS: usize = 1 << 10;

/// A container under construction.
struct Open {
    node: Node,
    /// The key that waits for its value.
    key: Option<String>,
}

/// How many broken lines are taken out, one after the other.
const MOST_REPAIRS: usize = 8;

/// Where the parser stumbled and what it had understood.
struct Stumble {
    at: u32,
    info: String,
    understood: Node,
}

/// Reads the YAML in bytes `content` of `text`. A line that breaks it is read as `name: value`, if it is that, and taken out.
pub(super) fn parse(text: &str, content: Span, problems: &mut Vec<Problem>) -> Node {
    let mut yaml = Cow::Borrowed(&text[content.range()]);
    let mut salvaged = Vec::new();
    for repairs in 0.. {
        match build(text, &yaml, content) {
            Ok(node) => return with_fields(node, salvaged),
            Err(stumble) => {
                if repairs == 0 {
                    let place = Span { start: stumble.at, end: stumble.at };
                    let what = format!("is no valid YAML ({}); the broken lines were read as plain fields", stumble.info);
                    problems.push(problem(&what, place, true));
                }
                let broken = broken_line(&yaml, (stumble.at - content.start) as usize);
                if repairs == MOST_REPAIRS || broken.is_empty() {
                    return with_fields(stumble.understood, plain_fields(text, content, 0..content.len()));
                }
                salvaged.extend(plain_fields(text, content, broken.clone()));
                yaml = Cow::Owned(blank_out(&yaml, std::iter::once(Span::new(broken.start, broken.end))));
            }
        }
    }
    unreachable!("the loop ends with the last repair")
}

fn build(text: &str, yaml: &str, content: Span) -> Result<Node, Stumble> {
    let mut builder = Builder { text, places: Places::new(yaml, content.start), open: Vec::new(), root: None, anchors: BTreeMap::new() };
    for event in Parser::new_from_str(yaml) {
        match event {
            Ok((Event::DocumentEnd, _)) => break,
            Ok((event, span)) => builder.take(event, span.start.index(), span.end.index()),
            Err(error) => {
                let at = builder.places.byte(error.marker().index());
                return Err(Stumble { at, info: error.info().to_owned(), understood: builder.finish(content) });
            }
        }
    }
    Ok(builder.finish(content))
}

/// The line of byte `at`, or the last one before it that isn't blank.
fn broken_line(yaml: &str, at: usize) -> Range<usize> {
    let ends = |c: char| matches!(c, '\n' | '\r');
    let from = yaml[at..].find(ends).map_or(yaml.len(), |end| at + end);
    let before = yaml[..from].trim_end();
    let start = before.rfind(ends).map_or(0, |end| end + 1);
    start..before.len().max(start)
}

/// Where characters stand: the parser counts characters, places count bytes.
struct Places {
    start: u32,
    /// Byte of each character; empty for ASCII, where both are the same.
    bytes: Vec<u32>,
    len: u32,
}

impl Places {
    fn new(yaml: &str, start: u32) -> Self {
        let bytes = if yaml.is_ascii() { Vec::new() } else { yaml.char_indices().map(|(at, _)| at as u32).collect() };
        Self { start, bytes, len: yaml.len() as u32 }
    }

    fn byte(&self, character: usize) -> u32 {
        let byte = if self.bytes.is_empty() { character as u32 } else { self.bytes.get(character).copied().unwrap_or(self.len) };
        self.start + byte.min(self.len)
    }
}

struct Builder<'t> {
    text: &'t str,
    places: Places,
    open: Vec<Open>,
    root: Option<Node>,
    /// Short texts by the anchor they carry.
    anchors: BTreeMap<usize, String>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, start: usize, end: usize) {
        let span = Span { start: self.places.byte(start), end: self.places.byte(end).max(self.places.byte(start)) };
        match event {
            Event::MappingStart(..) => self.open.push(Open { node: Node { tree: Tree::Map(Vec::new()), span }, key: None }),
            Event::SequenceStart(..) => self.open.push(Open { node: Node { tree: Tree::List(Vec::new()), span }, key: None }),
            Event::MappingEnd | Event::SequenceEnd => self.close(span.end),
            Event::Scalar(value, style, anchor, _) => {
                if anchor > 0 && value.len() <= LONGEST_ALIAS {
                    self.anchors.insert(anchor, value.clone().into_owned());
                }
                let span = self.inside(span, style);
                self.add(scalar(&value, style), span);
            }
            Event::Alias(anchor) => {
                let tree = self.anchors.get(&anchor).map_or(Tree::Null, |text| Tree::Text(text.clone()));
                self.add(tree, span);
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
    }

    /// The bytes of a scalar without its anchor, its tag, its quotes or its `|`.
    fn inside(&self, span: Span, style: ScalarStyle) -> Span {
        let mut raw = &self.text[span.range()];
        while let Some((_, rest)) = raw.split_once(char::is_whitespace).filter(|_| raw.starts_with(['&', '!'])) {
            raw = rest.trim_start();
        }
        let span = Span { start: span.end - raw.len() as u32, end: span.end };
        match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if raw.len() >= 2 => Span { start: span.start + 1, end: span.end - 1 },
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let indicator = if raw.starts_with(['|', '>']) { line(raw).1 } else { 0 };
                let body = &raw[indicator..];
                let lead = body.len() - body.trim_start().len();
                Span::new(
                    span.start as usize + indicator + lead,
                    (span.start as usize + indicator + body.trim_end().len()).max(span.start as usize + indicator + lead),
                )
            }
            _ => Span { start: span.start, end: span.start + raw.trim_end().len() as u32 },
        }
    }

    fn add(&mut self, tree: Tree, span: Span) {
        let Some(top) = self.open.last_mut() else {
            self.root.get_or_insert(Node { tree, span });
            return;
        };
        match (&mut top.node.tree, top.key.take()) {
            (Tree::List(values), _) => values.push(Node { tree, span }),
            (Tree::Map(members), Some(key)) => members.push((key, Node { tree, span })),
            // A key that is no text (`? [a, b]`) names nothing; its value goes with it.
            (Tree::Map(_), None) => top.key = Some(if let Tree::Text(key) = tree { key } else { String::new() }),
            (Tree::Null | Tree::Text(_), _) => {}
        }
    }

    fn close(&mut self, end: u32) {
        let Some(Open { mut node, .. }) = self.open.pop() else { return };
        // The end of a block is only seen at the next line: what it holds ends before.
        let raw = &self.text[node.span.start as usize..(end.max(node.span.start)) as usize];
        node.span.end = node.span.start + raw.trim_end().len() as u32;
        self.add(node.tree, node.span);
    }

    /// The root, with every container closed that still is open.
    fn finish(mut self, content: Span) -> Node {
        while !self.open.is_empty() {
            self.close(content.end);
        }
        self.root.unwrap_or(Node { tree: Tree::Null, span: content })
    }
}

fn scalar(value: &str, style: ScalarStyle) -> Tree {
    if style == ScalarStyle::Plain && matches!(value, "" | "~" | "null" | "Null" | "NULL") {
        return Tree::Null;
    }
    Tree::Text(value.to_owned())
}

/// Adds fields that were read from plain lines, in the order of the text; what is known already stays.
fn with_fields(node: Node, fields: Vec<(String, Node)>) -> Node {
    let mut members = if let Tree::Map(members) = node.tree { members } else { Vec::new() };
    let known: BTreeSet<String> = members.iter().filter(|(_, n)| n.tree != Tree::Null).map(|(name, _)| name.clone()).collect();
    members.extend(fields.into_iter().filter(|(name, _)| !known.contains(name)));
    members.sort_by_key(|(_, node)| node.span.start);
    Node { tree: Tree::Map(members), span: node.span }
}

/// The fields in bytes `range` of the front matter that stand on one line at the margin.
fn plain_fields(text: &str, content: Span, range: Range<usize>) -> Vec<(String, Node)> {
    let mut found = Vec::new();
    let (mut at, end) = (content.start as usize + range.start, content.start as usize + range.end);
    while at < end {
        let (this, len) = line(&text[at..end]);
        if let Some((name, value)) = plain_field(this) {
            let start = value.as_ptr() as usize - text.as_ptr() as usize;
            found.push((name.to_owned(), Node { tree: Tree::Text(value.to_owned()), span: Span::new(start, start + value.len()) }));
        }
        at += len;
    }
    found
}

/// Name and value of a field whose value is plain text on the same line.
pub(super) fn plain_field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':').filter(|_| is_field(line))?;
    let value = value.trim();
    let value = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => value[1..].strip_suffix(quote).unwrap_or(&value[1..]),
        None => value,
    };
    (!value.is_empty() && !value.starts_with(['|', '>', '&', '*', '[', '{'])).then_some((name, value))
}
