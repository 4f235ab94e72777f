//! The page as scraper's tree, with the bytes each element, attribute value and text came from.

use crate::document::Problem;
use crate::document::html::layout::is_frame;
use crate::document::html::names::Kind;
use crate::document::html::sparing::Extent;
use crate::document::html::tokens;
use crate::document::html::told::Told;
use crate::document::line::Line;
use crate::text::Span;
use ego_tree::NodeId;
use ego_tree::NodeRef;
use html5ever::Attribute;
use html5ever::LocalName;
use html5ever::QualName;
use html5ever::interface::ElementFlags;
use html5ever::interface::NodeOrText;
use html5ever::interface::QuirksMode;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::TreeBuilder;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::Html;
use scraper::HtmlTreeSink;
use scraper::Node;
use scraper::node::Element;
use scraper::node::Text;
use std::borrow::Cow;
use std::cell::Cell;
use std::cell::Ref;
use std::cell::RefCell;
use std::hash::Hash;
use std::hash::Hasher;

/// No entry in one of the tables.
const NONE: u32 = u32::MAX;

/// A text no longer, in bytes, is short: the text of the whole article, which some pages mark up too, is no statement about it, and
/// the limit keeps nested mark-up from being read over and over.
const SHORT_TEXT: usize = 2 << 10;

/// How many nodes are visited for a short text.
const SHORT_TEXT_NODES: usize = 400;

/// So many elements are looked at for where a line starts.
const MOST_STEPS: usize = 6;

/// A part of a text run and the bytes it came from; it ends where the next starts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// Where it starts in the run.
    pub(super) at: u32,
    /// Its bytes.
    pub(super) span: Span,
    /// Whether the bytes are the text's own.
    pub(super) exact: bool,
}

/// Where an attribute stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AttributePlace {
    /// Its name.
    pub(super) name: Span,
    /// Its value, without quotes.
    pub(super) value: Span,
}

/// Where an element's start tag stands, and its attributes.
#[derive(Debug, Clone, Copy)]
struct ElementPlace {
    tag: Span,
    attributes: u32,
    count: u32,
    told: Told,
}

/// A part of a text node and the bytes it came from.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Where it starts in the node's text.
    pub at: u32,
    /// How long it is there.
    pub len: u32,
    /// Its bytes.
    pub span: Span,
    /// Whether the bytes are the text's own.
    pub exact: bool,
    /// The node's next run.
    next: u32,
}

/// What stands under a node's number: for an element its place, for a text its first and last run, for a comment its bytes.
#[derive(Debug, Clone, Copy)]
struct Entry(u32, u32);

/// Where everything stands.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// By node number.
    entries: Vec<Entry>,
    elements: Vec<ElementPlace>,
    attributes: Vec<AttributePlace>,
    runs: Vec<Run>,
    /// Elements that have more attributes than their tag.
    enriched: Vec<NodeId>,
}

/// Text on its way from the tokenizer through the tree builder, which may split it, keep it back and drop parts of it, but never
/// changes its order.
#[derive(Debug, Default)]
struct Pending {
    text: StrTendril,
    stretches: Vec<Stretch>,
    /// What of `text` has arrived.
    arrived: usize,
    /// The stretch that holds `arrived`.
    stretch: usize,
}

/// A page with its places.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// The decoded text.
    pub source: &'a str,
    /// The tree.
    pub html: Html,
    /// What was dropped while parsing.
    pub problems: Vec<Problem>,
    places: Places,
}

/// scraper's sink, which notes where things come from.
pub(super) struct RecordingSink {
    inner: HtmlTreeSink,
    /// Whether white space that nobody sees stays out of the tree.
    spares: bool,
    places: RefCell<Places>,
    pending: RefCell<Pending>,
    token: Cell<Span>,
    start_tag: RefCell<StartTag>,
    made: Cell<usize>,
    /// The element whose name the tree builder asked for last.
    asked: Cell<Option<NodeId>>,
    /// Elements that took attributes from a tag that opens nothing.
    enriched: RefCell<Vec<NodeId>>,
}

/// The start tag under way.
#[derive(Default)]
struct StartTag {
    name: Option<LocalName>,
    attributes: u32,
    count: u32,
    told: Told,
    /// The element made for it last: copies of open formatting come first.
    element: Option<u32>,
}

/// The number a tree gives a node, counted from 1. ego-tree keeps it to itself, but hashes it.
fn number(id: NodeId) -> usize {
    struct Number(usize);
    impl Hasher for Number {
        fn finish(&self) -> u64 {
            self.0 as u64
        }
        fn write(&mut self, bytes: &[u8]) {
            debug_assert!(bytes.is_empty(), "a node's id is one number");
        }
        fn write_usize(&mut self, n: usize) {
            self.0 = n;
        }
    }
    let mut number = Number(0);
    id.hash(&mut number);
    number.0
}

/// Parses `source` as browsers without scripts do, so that the contents of `noscript` are elements.
pub fn parse(source: &str) -> Parsed<'_> {
    parse_as_far(source, Extent::Whole)
}

/// Parses `source` without what nothing here reads (see [`sparing`](crate::document::html::sparing)).
pub(super) fn parse_sparingly(source: &str) -> Parsed<'_> {
    parse_as_far(source, Extent::Read)
}

fn parse_as_far(source: &str, extent: Extent) -> Parsed<'_> {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(RecordingSink::new(source.len(), extent), options);
    let problems = tokens::tokenize(source, extent, &builder);
    let (html, places) = builder.sink.finish();
    Parsed { source, html, problems, places }
}

impl Places {
    fn set(&mut self, id: NodeId, entry: Entry) {
        let number = number(id);
        if self.entries.len() <= number {
            self.entries.resize(number + 1, Entry(NONE, NONE));
        }
        self.entries[number] = entry;
    }

    fn entry(&self, id: NodeId) -> Entry {
        self.entries.get(number(id)).copied().unwrap_or(Entry(NONE, NONE))
    }

    fn add_run(&mut self, node: NodeId, run: Run) {
        let new = self.runs.len() as u32;
        self.runs.push(run);
        let Entry(first, last) = self.entry(node);
        if let Some(last) = self.runs.get_mut(last as usize) {
            last.next = new;
            self.set(node, Entry(first, new));
        } else {
            self.set(node, Entry(new, new));
        }
    }
}

impl Pending {
    /// The part of the pending text that `text` is. `None` when it isn't there, which can't happen as long as the tree builder keeps
    /// the order.
    fn arrive(&mut self, text: &str) -> Option<std::ops::Range<usize>> {
        let rest = &self.text[self.arrived..];
        // Nearly always the whole rest arrives, which its length tells; a U+0000 may have become longer.
        let whole = rest.len() == text.len() && !rest.starts_with('\0');
        debug_assert!(!whole || rest == text, "text arrives in order");
        let skipped = match whole || rest.starts_with(text) {
            true => 0,
            // The standard turns U+0000 inside SVG and MathML into the replacement character.
            false if text == "\u{fffd}" && rest.starts_with('\0') => {
                self.arrived += 1;
                return Some(self.arrived - 1..self.arrived);
            }
            false => memchr::memmem::find(rest.as_bytes(), text.as_bytes())?,
        };
        let start = self.arrived + skipped;
        self.arrived = start + text.len();
        Some(start..self.arrived)
    }

    /// The stretches of bytes `range` of the text, each as its range there and its bytes.
    fn stretches(&mut self, range: std::ops::Range<usize>, mut each: impl FnMut(std::ops::Range<usize>, Span, bool)) {
        while self.stretches.get(self.stretch + 1).is_some_and(|s| s.at as usize <= range.start) {
            self.stretch += 1;
        }
        for n in self.stretch..self.stretches.len() {
            let stretch = self.stretches[n];
            let end = self.stretches.get(n + 1).map_or(self.text.len(), |s| s.at as usize).min(range.end);
            let start = range.start.max(stretch.at as usize);
            if start >= end {
                break;
            }
            let from = stretch.span.start as usize + (start - stretch.at as usize);
            let span = if stretch.exact { Span::new(from, from + (end - start)) } else { stretch.span };
            each(start..end, span, stretch.exact);
        }
    }
}

impl RecordingSink {
    fn new(length: usize, extent: Extent) -> Self {
        let places = Places {
            entries: Vec::with_capacity(length / 50),
            elements: Vec::with_capacity(length / 100),
            attributes: Vec::with_capacity(length / 100),
            runs: Vec::with_capacity(length / 100),
            enriched: Vec::new(),
        };
        Self {
            inner: HtmlTreeSink::new(Html::new_document()),
            spares: extent == Extent::Read,
            places: RefCell::new(places),
            pending: RefCell::default(),
            token: Cell::default(),
            start_tag: RefCell::default(),
            made: Cell::new(0),
            asked: Cell::new(None),
            enriched: RefCell::default(),
        }
    }

    /// How many elements were made so far.
    pub(super) fn elements_made(&self) -> usize {
        self.made.get()
    }

    /// Forgets which element's name the tree builder asked for.
    pub(super) fn forget_asked(&self) {
        self.asked.set(None);
    }

    /// Whether the line is empty at the end of the element whose name the tree builder asked for last.
    pub(super) fn asked_ends_line(&self) -> bool {
        let html = self.inner.0.borrow();
        let asked = self.asked.get().and_then(|asked| html.tree.get(asked));
        asked.is_some_and(|asked| self.ends_at_line_start(asked))
    }

    /// A tag, comment or doctype at `span` is about to be processed.
    pub(super) fn begin_token(&self, span: Span) {
        self.token.set(span);
    }

    /// The tag about to be processed opens `name`; its attributes stand at `places` and tell `told`.
    pub(super) fn begin_start_tag(&self, name: &LocalName, places: &[AttributePlace], told: Told) {
        let known = &mut self.places.borrow_mut().attributes;
        let attributes = known.len() as u32;
        known.extend_from_slice(places);
        let count = places.len() as u32;
        *self.start_tag.borrow_mut() = StartTag { name: Some(name.clone()), attributes, count, told, element: None };
    }

    /// The tag, comment or doctype was processed, and with it all text that was kept back.
    pub(super) fn end_token(&self) {
        let pending = &mut *self.pending.borrow_mut();
        if !pending.text.is_empty() {
            pending.text.clear();
            pending.stretches.clear();
            (pending.arrived, pending.stretch) = (0, 0);
        }
        self.start_tag.borrow_mut().name = None;
    }

    /// `text` is about to be processed.
    pub(super) fn begin_text(&self, text: StrTendril, stretches: &[Stretch]) {
        let pending = &mut *self.pending.borrow_mut();
        let base = pending.text.len() as u32;
        pending.stretches.extend(stretches.iter().map(|s| Stretch { at: s.at + base, ..*s }));
        if base == 0 { pending.text = text } else { pending.text.push_tendril(&text) }
    }

    fn note_element(&self, id: NodeId, name: &QualName) {
        self.made.set(self.made.get() + 1);
        let mut tag = self.start_tag.borrow_mut();
        let places = &mut *self.places.borrow_mut();
        if !tag.name.as_ref().is_some_and(|n| *n == name.local || n.eq_ignore_ascii_case(&name.local) || renamed(n, &name.local)) {
            return places.set(id, Entry(NONE, NONE));
        }
        if let Some(copy) = tag.element.replace(number(id) as u32) {
            places.entries[copy as usize] = Entry(NONE, NONE);
        }
        places.set(id, Entry(places.elements.len() as u32, NONE));
        let told = Told { kind: Kind::of(&name.local), ..tag.told };
        places.elements.push(ElementPlace { tag: self.token.get(), attributes: tag.attributes, count: tag.count, told });
    }

    /// `text` was put at the end of text node `node`, where it stands at byte `base`.
    fn note_text(&self, node: NodeId, base: usize, text: &str) {
        let pending = &mut *self.pending.borrow_mut();
        let Some(range) = pending.arrive(text) else { return };
        let places = &mut *self.places.borrow_mut();
        // A U+0000 that became a replacement character is longer than what it came from.
        let replaced = range.len() != text.len();
        pending.stretches(range.clone(), |part, span, exact| {
            let at = (base + part.start - range.start) as u32;
            let len = if replaced { text.len() } else { part.len() } as u32;
            places.add_run(node, Run { at, len, span, exact: exact && !replaced, next: NONE });
        });
    }

    /// Puts `text` at the end of `parent`, where it joins text that stands there.
    fn append_text(&self, parent: NodeId, text: &StrTendril) {
        let html = &mut *self.inner.0.borrow_mut();
        if self.spares && text.trim_ascii_start().is_empty() && html.tree.get(parent).is_some_and(|parent| self.ends_at_line_start(parent))
        {
            self.pending.borrow_mut().arrive(text);
            return;
        }
        let Some(mut parent) = html.tree.get_mut(parent) else { return };
        if let Some(mut last) = parent.last_child()
            && let Node::Text(before) = last.value()
        {
            let base = before.text.len();
            before.text.push_tendril(text);
            return self.note_text(last.id(), base, text);
        }
        let node = parent.append(Node::Text(Text { text: text.clone() })).id();
        self.note_text(node, 0, text);
    }

    /// Whether the line is empty where `parent` ends, as far as is seen from there: nothing with text stands between it and the last block
    /// that begins or ends.
    fn ends_at_line_start(&self, parent: NodeRef<'_, Node>) -> bool {
        let (mut parent, mut before) = (parent, parent.last_child());
        for _ in 0..MOST_STEPS {
            let node = before.unwrap_or(parent);
            let Node::Element(element) = node.value() else { return false };
            let kind = self.kind(node.id(), element);
            if kind.is_block() {
                return true;
            }
            let is_passed_by = matches!(kind, Kind::Image | Kind::Script | Kind::Silent | Kind::Source) || is_frame(kind, element);
            let is_inside = before.is_some() && !is_passed_by;
            before = node.last_child().filter(|_| is_inside);
            if before.is_some() {
                parent = node;
            } else if let Some(around) = node.parent() {
                (parent, before) = (around, node.prev_sibling());
            }
        }
        false
    }

    fn kind(&self, id: NodeId, element: &Element) -> Kind {
        let places = self.places.borrow();
        let told = places.elements.get(places.entry(id).0 as usize).map(|place| place.told.kind);
        told.unwrap_or_else(|| Kind::of(element.name()))
    }
}

/// The one start tag whose element has another name.
fn renamed(tag: &str, element: &str) -> bool {
    tag == "image" && element == "img"
}

impl TreeSink for RecordingSink {
    type Handle = NodeId;
    type Output = (Html, Places);
    type ElemName<'a>
        = Ref<'a, QualName>
    where
        Self: 'a;

    fn finish(self) -> Self::Output {
        let mut places = self.places.into_inner();
        places.enriched = self.enriched.into_inner();
        (self.inner.finish(), places)
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.asked.set(Some(*target));
        self.inner.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let id = self.inner.create_element(name.clone(), attributes, flags);
        self.note_element(id, &name);
        id
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        let id = self.inner.create_comment(text);
        let span = self.token.get();
        self.places.borrow_mut().set(id, Entry(span.start, span.end));
        id
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.inner.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendText(text) => self.append_text(*parent, &text),
            node @ NodeOrText::AppendNode(_) => self.inner.append(parent, node),
        }
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let NodeOrText::AppendText(text) = child else { return self.inner.append_before_sibling(sibling, child) };
        self.inner.append_before_sibling(sibling, NodeOrText::AppendText(text.clone()));
        let html = self.inner.0.borrow();
        let Some(node) = html.tree.get(*sibling).and_then(|s| s.prev_sibling()) else { return };
        if let Node::Text(whole) = node.value() {
            self.note_text(node.id(), whole.text.len().saturating_sub(text.len()), &text);
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.inner.0.borrow().tree.get(*element).is_some_and(|n| n.parent().is_some());
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(target, attributes);
        let mut enriched = self.enriched.borrow_mut();
        if !enriched.contains(target) {
            enriched.push(*target);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.inner.reparent_children(node, new_parent);
    }
}

impl Parsed<'_> {
    fn element(&self, id: NodeId) -> Option<ElementPlace> {
        self.places.elements.get(self.places.entry(id).0 as usize).copied()
    }

    /// The start tag of an element; `None` for one that the standard adds or copies.
    pub fn start_tag(&self, id: NodeId) -> Option<Span> {
        self.element(id).map(|e| e.tag)
    }

    /// What the start tag of an element tells; `None` if the element says something else or more.
    pub(super) fn told(&self, id: NodeId) -> Option<Told> {
        self.element(id).map(|e| e.told).filter(|_| !self.places.enriched.contains(&id))
    }

    /// The element of that id.
    pub fn element_of(&self, id: NodeId) -> Option<&Element> {
        self.html.tree.get(id)?.value().as_element()
    }

    /// The value of attribute `name` (lower case) in the start tag of an element.
    pub fn attribute_span(&self, id: NodeId, name: &str) -> Option<Span> {
        let element = self.element(id)?;
        let places = &self.places.attributes[element.attributes as usize..(element.attributes + element.count) as usize];
        places.iter().find(|p| self.source[p.name.range()].eq_ignore_ascii_case(name)).map(|p| p.value)
    }

    /// The bytes of a comment with its delimiters.
    pub fn comment_span(&self, id: NodeId) -> Span {
        let Entry(start, end) = self.places.entry(id);
        if start == NONE { Span::default() } else { Span { start, end } }
    }

    /// The parts of a text node with their bytes, in order.
    pub fn runs(&self, id: NodeId) -> impl Iterator<Item = Run> {
        let mut next = self.places.entry(id).0;
        std::iter::from_fn(move || {
            let run = *self.places.runs.get(next as usize)?;
            next = run.next;
            Some(run)
        })
    }

    /// The bytes of the text directly inside an element: the content of a script.
    pub fn content_span(&self, id: NodeId) -> Option<Span> {
        let texts = self.html.tree.get(id)?.children().filter(|c| c.value().is_text());
        texts.flat_map(|t| self.runs(t.id())).map(|r| r.span).reduce(Span::join)
    }

    /// What a reader sees inside an element, white space folded, and the bytes from its first character to its last.
    pub fn visible_text(&self, node: NodeRef<'_, Node>) -> (String, Span) {
        self.text_up_to(node, usize::MAX, usize::MAX).unwrap_or_default()
    }

    /// The same, if it is short. The bytes are empty where there is no text.
    pub(super) fn short_text(&self, node: NodeRef<'_, Node>) -> Option<(String, Span)> {
        self.text_up_to(node, SHORT_TEXT, SHORT_TEXT_NODES)
    }

    fn text_up_to(&self, node: NodeRef<'_, Node>, longest: usize, most: usize) -> Option<(String, Span)> {
        let (mut line, mut visited) = (Line::default(), 0);
        let mut next = node.first_child();
        while let Some(inside) = next {
            visited += 1;
            if visited > most || line.text.len() > longest {
                return None;
            }
            let enters = self.read_node(inside, &mut line);
            next = inside.first_child().filter(|_| enters).or_else(|| self.after(inside, node, &mut line));
        }
        let (text, pieces) = line.take();
        let span = pieces.first().zip(pieces.last()).map(|(first, last)| first.span.join(last.span));
        (text.len() <= longest).then(|| (text, span.unwrap_or_default()))
    }

    /// Adds what a node says by itself to `line`; tells whether a reader sees what is inside.
    fn read_node(&self, node: NodeRef<'_, Node>, line: &mut Line) -> bool {
        match node.value() {
            Node::Text(text) => {
                for run in self.runs(node.id()) {
                    line.push(&text[run.at as usize..(run.at + run.len) as usize], run.span, run.exact);
                }
                false
            }
            Node::Element(element) => {
                let kind = Kind::of(element.name());
                if kind == Kind::Break || kind.is_block() {
                    line.push_space(self.start_tag(node.id()).unwrap_or_default(), false);
                }
                !matches!(kind, Kind::Script | Kind::Silent | Kind::Embed | Kind::Noscript | Kind::Control)
            }
            _ => false,
        }
    }

    /// What follows `node` in reading order, its descendants left out, inside `root`. Blocks that end before it part words.
    fn after<'t>(&self, node: NodeRef<'t, Node>, root: NodeRef<'t, Node>, line: &mut Line) -> Option<NodeRef<'t, Node>> {
        let mut node = node;
        loop {
            if node.value().as_element().is_some_and(|element| Kind::of(element.name()).is_block()) {
                line.push_space(self.start_tag(node.id()).unwrap_or_default(), false);
            }
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent().filter(|parent| *parent != root)?;
        }
    }

    /// An element from its start tag to its end tag, or to the end of its contents where the end tag is implied.
    pub fn element_span(&self, node: NodeRef<'_, Node>) -> Span {
        let tag = self.start_tag(node.id());
        let mut span = tag;
        for inside in node.descendants() {
            let part = match inside.value() {
                Node::Element(_) => self.start_tag(inside.id()),
                Node::Text(_) => self.runs(inside.id()).map(|r| r.span).reduce(Span::join),
                Node::Comment(_) => Some(self.comment_span(inside.id())),
                _ => None,
            };
            if let Some(part) = part {
                span = Some(span.map_or(part, |s| s.join(part)));
            }
        }
        let Some(span) = span else { return Span::default() };
        let end = node.last_child().map_or(span.end, |_| self.after_end_tags(node, span.end));
        Span { start: span.start, end: end.max(span.end) }
    }

    /// Where the end tag of `node` ends if it follows `at`, after end tags of the elements that end there with it.
    fn after_end_tags(&self, node: NodeRef<'_, Node>, at: u32) -> u32 {
        let Some(name) = node.value().as_element().map(Element::name) else { return at };
        let mut end = at;
        for _ in 0..64 {
            let rest = &self.source[end as usize..];
            let Some(tag) = rest.trim_start().strip_prefix("</") else { return at };
            let Some(close) = tag.find('>') else { return at };
            end += (rest.len() - tag.len() + close + 1) as u32;
            if tag[..close].trim_end().eq_ignore_ascii_case(name) {
                return end;
            }
        }
        at
    }
}
