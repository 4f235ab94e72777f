//! One pass over the tree: blocks of visible text with their inlines, and the containers they stand in.

use crate::document::Block;
use crate::document::Inline;
use crate::document::InlineKind;
use crate::document::Marks;
use crate::document::html::names::Kind;
use crate::document::html::names::Sense;
use crate::document::html::sparing::is_directive;
use crate::document::html::told::Listener;
use crate::document::html::told::Told;
use crate::document::html::told::short_hash;
use crate::document::html::tree::Parsed;
use crate::document::line::Line;
use crate::text::Span;
use ego_tree::NodeId;
use ego_tree::NodeRef;
use html5ever::LocalName;
use html5ever::local_name;
use html5ever::ns;
use scraper::Node;
use scraper::node::Element;

/// More inlines are not kept open at once: each is repeated in every block that ends before it does.
const MOST_OPEN: usize = 16;

/// A block-level element, or an inline one whose names say something and which holds blocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Container {
    /// The container around it; the first container, the document, is its own parent.
    pub(super) parent: u32,
    /// What kind of element it is.
    pub(super) kind: Kind,
    /// What it is called.
    pub(super) sense: Sense,
    /// Stands for its element name and class names: siblings that look alike have the same number.
    pub(super) names: u32,
    /// The level of a heading, 0 for others.
    pub(super) level: u8,
    /// Its blocks: `first..end`.
    pub(super) first: u32,
    /// One past its last block.
    pub(super) end: u32,
    /// The element; the document has none.
    pub(super) node: Option<NodeId>,
}

/// A picture's place among the blocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct PictureSpot {
    /// The `img`, `video` or the like.
    pub(super) node: NodeId,
    /// The innermost container.
    pub(super) container: u32,
    /// How many blocks were finished before it, the one under construction counted.
    pub(super) block: u32,
    /// Whether it stands under `noscript`.
    pub(super) noscript: bool,
    /// The `href` of the link around it.
    pub(super) link: Option<NodeId>,
    /// The `picture` element around it.
    pub(super) picture: Option<NodeId>,
}

/// What the pass found.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Visible text in reading order.
    pub(super) blocks: Vec<Block>,
    /// The innermost container of each block.
    pub(super) container_of: Vec<u32>,
    /// Containers in the order of their start tags.
    pub(super) containers: Vec<Container>,
    /// Pictures in reading order.
    pub(super) pictures: Vec<PictureSpot>,
    /// Frames in reading order, without hidden ones.
    pub(super) embeds: Vec<PictureSpot>,
    /// `meta`, `link`, `base` elements, and what else carries `itemprop` in the head.
    pub(super) metas: Vec<NodeId>,
    /// `script` elements of a data type.
    pub(super) data_scripts: Vec<NodeId>,
    /// Elements with `data-nosnippet`.
    pub(super) nosnippets: Vec<NodeId>,
    /// Elements with attributes of microdata, RDFa or microformats.
    pub(super) structured: Vec<NodeId>,
    /// Comments that speak to this tool.
    pub(super) directives: Vec<Span>,
    /// The text of `title`.
    pub(super) title: Option<String>,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Frame {
    kind: Kind,
    container: u32,
    block_container: u32,
    hidden: bool,
    noscript: bool,
    heading: bool,
    preformatted: bool,
    link: Option<NodeId>,
    picture: Option<NodeId>,
    /// Whether it stands in a figure or a caption, where every element may hold words of its own.
    describes: bool,
    /// Whether it opened an inline.
    inline: bool,
    /// Whether it opened a container.
    opens: bool,
}

/// An inline element that is open.
#[derive(Debug)]
struct OpenInline {
    kind: InlineKind,
    marks: Marks,
    start: u32,
}

struct Walk<'p> {
    parsed: &'p Parsed<'p>,
    layout: Layout,
    frames: Vec<Frame>,
    line: Line,
    /// The container of the line under construction.
    line_container: u32,
    line_hidden: bool,
    inlines: Vec<Inline>,
    open: Vec<OpenInline>,
    /// Line breaks since the last character, and where the first stands.
    breaks: u32,
    listener: Listener<'p>,
}

/// Lays out a page.
pub(super) fn lay_out<'p>(parsed: &'p Parsed<'p>) -> Layout {
    let document = Container { parent: 0, kind: Kind::Html, sense: Sense::default(), names: 0, level: 0, first: 0, end: 0, node: None };
    let frame = Frame {
        kind: Kind::Html,
        container: 0,
        block_container: 0,
        hidden: false,
        noscript: false,
        heading: false,
        preformatted: false,
        link: None,
        picture: None,
        describes: false,
        inline: false,
        opens: false,
    };
    let mut walk = Walk {
        parsed,
        layout: Layout { containers: vec![document], ..Layout::default() },
        frames: vec![frame],
        line: Line::default(),
        line_container: 0,
        line_hidden: false,
        inlines: Vec::new(),
        open: Vec::new(),
        breaks: 0,
        listener: Listener::default(),
    };
    walk.run();
    walk.layout
}

impl<'p> Walk<'p> {
    fn run(&mut self) {
        let root = self.parsed.html.tree.root();
        let mut next = root.first_child();
        while let Some(node) = next {
            let entered = self.enter(node);
            next = node.first_child().filter(|_| entered);
            if entered && next.is_none() {
                self.leave();
            }
            if next.is_none() {
                next = self.follow(node);
            }
        }
        self.flush();
        self.layout.containers[0].end = self.layout.blocks.len() as u32;
    }

    /// What follows `node` in the tree, leaving the elements that end before it.
    fn follow(&mut self, node: NodeRef<'p, Node>) -> Option<NodeRef<'p, Node>> {
        let mut node = node;
        while node.next_sibling().is_none() {
            node = node.parent()?;
            if !node.value().is_element() {
                return None;
            }
            self.leave();
        }
        node.next_sibling()
    }

    fn top(&self) -> Frame {
        *self.frames.last().expect("the document's frame stays")
    }

    /// Takes a node in; tells whether to go on with what is inside. An element that is gone into is left again by `leave`.
    fn enter(&mut self, node: NodeRef<'p, Node>) -> bool {
        match node.value() {
            Node::Text(text) => self.text(node.id(), text),
            Node::Element(element) => return self.element(node, element),
            Node::Comment(comment) => self.comment(node.id(), comment),
            _ => {}
        }
        false
    }

    fn comment(&mut self, id: NodeId, comment: &str) {
        if is_directive(comment) {
            self.layout.directives.push(self.parsed.comment_span(id));
        }
    }

    fn element(&mut self, node: NodeRef<'p, Node>, element: &'p Element) -> bool {
        let told = self.parsed.told(node.id()).unwrap_or_else(|| self.listener.hear_all(element));
        let kind = told.kind;
        let top = self.top();
        self.note_structure(node.id(), kind, element, &told);
        match kind {
            Kind::Script => return false,
            Kind::Meta | Kind::LinkElement | Kind::Source => return false,
            Kind::Title => self.layout.title = self.layout.title.take().or_else(|| title_text(node)),
            Kind::Break => self.line_break(),
            Kind::Image => self.picture(node.id(), &top),
            Kind::Embed if !(top.hidden || told.hidden || top.noscript) => self.layout.embeds.push(self.spot(node.id(), &top)),
            _ => {}
        }
        if matches!(kind, Kind::Title | Kind::Break | Kind::Image | Kind::Silent) || is_frame(kind, element) {
            return false;
        }
        let sense = told.sense;
        let hidden = top.hidden || told.hidden;
        let mut frame = Frame { kind, hidden, inline: false, opens: false, ..top };
        match kind {
            Kind::Noscript => frame.noscript = true,
            Kind::Heading => frame.heading = true,
            Kind::Preformatted => frame.preformatted = true,
            Kind::Link => frame.link = Some(node.id()),
            Kind::Picture => frame.picture = Some(node.id()),
            Kind::Figure | Kind::Caption => frame.describes = true,
            Kind::Video => self.picture(node.id(), &top),
            _ => {}
        }
        if kind.is_block() {
            self.flush();
        }
        if kind.is_block() || !sense.hints.is_empty() {
            frame.opens = true;
            frame.container = self.open_container(node.id(), &told, element, top.container);
        }
        frame.describes |= sense.marks.has(Marks::CAPTION);
        if kind.is_block() {
            frame.block_container = frame.container;
        } else if !frame.noscript {
            frame.inline = self.open_inline(kind, sense.marks, element, hidden && !top.hidden, frame.describes);
        }
        self.frames.push(frame);
        true
    }

    fn open_container(&mut self, node: NodeId, told: &Told, element: &Element, parent: u32) -> u32 {
        let Told { kind, sense, classes, .. } = *told;
        let first = self.layout.blocks.len() as u32 + u32::from(!self.line.is_empty());
        let level = if kind == Kind::Heading { element.name().as_bytes()[1] - b'0' } else { 0 };
        self.layout.containers.push(Container {
            parent,
            kind,
            sense,
            names: classes ^ short_hash(element.name()),
            level,
            first,
            end: first,
            node: Some(node),
        });
        self.layout.containers.len() as u32 - 1
    }

    fn open_inline(&mut self, kind: Kind, marks: Marks, element: &Element, hides: bool, describes: bool) -> bool {
        let value = |name: &LocalName| attribute(element, name).map(str::to_owned);
        let mut marks = marks;
        let kind = match kind {
            Kind::Link => InlineKind::Link { href: value(&local_name!("href")).unwrap_or_default(), rel: rel(element) },
            Kind::Time => {
                marks = marks.and(Marks::DATE);
                InlineKind::Time { datetime: value(&local_name!("datetime")) }
            }
            Kind::Quotation => InlineKind::Quote { cite: value(&local_name!("cite")) },
            _ => InlineKind::Named,
        };
        if element.name() == "small" || element.name() == "cite" || element.name() == "i" || element.name() == "em" {
            marks = marks.and(Marks::SMALL);
        }
        if hides {
            marks = marks.and(Marks::HIDDEN);
        }
        if kind == InlineKind::Named && marks == Marks::default() && !describes || self.open.len() >= MOST_OPEN {
            return false;
        }
        self.open.push(OpenInline { kind, marks, start: self.line.at() });
        true
    }

    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        if frame.inline
            && let Some(inline) = self.open.pop()
        {
            self.close_inline(inline);
        }
        if frame.kind.is_block() {
            self.flush();
        }
        if frame.opens {
            let end = self.layout.blocks.len() as u32 + u32::from(!self.line.is_empty());
            self.layout.containers[frame.container as usize].end = end;
        }
    }

    /// Keeps an inline that has text in the line.
    fn close_inline(&mut self, inline: OpenInline) {
        let end = self.line.text.len() as u32;
        if inline.start < end {
            self.inlines.push(Inline { range: inline.start..end, kind: inline.kind, marks: inline.marks });
        }
    }

    fn text(&mut self, id: NodeId, text: &str) {
        let top = self.top();
        if top.noscript || matches!(top.kind, Kind::Head | Kind::Html | Kind::Picture | Kind::Video) {
            return;
        }
        for run in self.parsed.runs(id) {
            let part = &text[run.at as usize..(run.at + run.len) as usize];
            if top.preformatted {
                self.preformatted(part, run.span, run.exact);
            } else {
                self.visible(part, run.span, run.exact, &top);
            }
        }
    }

    fn visible(&mut self, part: &str, span: Span, exact: bool, top: &Frame) {
        if self.breaks > 0 && !part.trim_ascii().is_empty() {
            self.settle_breaks(part, top.heading);
        }
        if !top.preformatted && self.line.glues() && self.is_seam(part, span) {
            self.flush();
        }
        if self.line.is_empty() {
            self.line_container = top.block_container;
            self.line_hidden = top.hidden;
        }
        self.line.push(part, span, exact);
    }

    /// Whether text that follows the line without a blank is an item of its own, which only a style sheet sets apart: between the two
    /// one element ends and another begins, and they read like two words.
    fn is_seam(&self, next: &str, span: Span) -> bool {
        let Some(before) = self.line.pieces.last() else { return false };
        let tags = self.parsed.source.get(before.span.end as usize..span.start as usize).unwrap_or_default().as_bytes();
        let (mut ends, mut seam, mut ends_link, mut links) = (false, false, false, false);
        for at in memchr::memchr_iter(b'<', tags) {
            let tag = &tags[at..];
            if tag.starts_with(b"<su") {
                return false;
            }
            seam |= ends;
            ends |= tag.starts_with(b"</");
            if tag.starts_with(b"</a>") {
                (ends_link, links) = (true, false);
            } else if tag.starts_with(b"<a ") {
                links = ends_link;
            }
        }
        if !seam {
            return false;
        }
        let (Some(last), Some(first)) = (self.line.text.chars().next_back(), next.chars().next()) else { return false };
        let ends = last.is_lowercase() || last.is_numeric() || matches!(last, '.' | ':' | ')' | '»' | '”' | '!' | '?');
        links || (ends && first.is_uppercase())
    }

    /// Text in `pre` keeps its line ends, which count like `br`.
    fn preformatted(&mut self, part: &str, span: Span, exact: bool) {
        let top = self.top();
        let mut at = span.start as usize;
        for line in part.split_inclusive('\n') {
            let span = if exact { Span::new(at, at + line.len()) } else { span };
            self.visible(line, span, exact, &top);
            if line.ends_with('\n') {
                self.line_break();
            }
            at += line.len();
        }
    }

    fn line_break(&mut self) {
        self.breaks += u32::from(!self.line.is_empty());
    }

    /// Decides whether a line break before `next` ends the block. Two in a row do; one does unless the sentence plainly goes on.
    fn settle_breaks(&mut self, next: &str, heading: bool) {
        let breaks = std::mem::take(&mut self.breaks);
        let goes_on = next.trim_start().starts_with(char::is_lowercase) || self.line.text.ends_with([',', '-', '–']);
        if breaks == 1 && (goes_on || heading) {
            return;
        }
        self.flush();
    }

    /// Ends the block under construction.
    fn flush(&mut self) {
        self.breaks = 0;
        for open in &mut self.open {
            let end = self.line.text.len() as u32;
            if open.start < end {
                self.inlines.push(Inline { range: open.start..end, kind: open.kind.clone(), marks: open.marks });
            }
            open.start = 0;
        }
        if self.line.is_empty() {
            self.inlines.clear();
            self.line.take();
            return;
        }
        let (text, pieces) = self.line.take();
        let mut inlines = std::mem::take(&mut self.inlines);
        inlines.sort_by_key(|i| (i.range.start, std::cmp::Reverse(i.range.end)));
        let marks = if self.line_hidden { Marks::HIDDEN } else { Marks::default() };
        self.layout.blocks.push(Block { text, pieces, inlines, marks, ..Block::default() });
        self.layout.container_of.push(self.line_container);
    }

    fn picture(&mut self, node: NodeId, top: &Frame) {
        self.layout.pictures.push(self.spot(node, top));
    }

    /// Where a picture or a frame stands.
    fn spot(&self, node: NodeId, top: &Frame) -> PictureSpot {
        PictureSpot {
            node,
            container: top.container,
            block: self.layout.blocks.len() as u32 + u32::from(!self.line.is_empty()),
            noscript: top.noscript,
            link: top.link,
            picture: top.picture,
        }
    }

    /// Keeps elements that others read: metadata, data scripts, microdata and the like.
    fn note_structure(&mut self, id: NodeId, kind: Kind, element: &Element, told: &Told) {
        match kind {
            Kind::Meta | Kind::LinkElement => self.layout.metas.push(id),
            Kind::Script if attribute(element, &local_name!("type")).is_some_and(|t| t.contains("json") || t.contains("rsl+xml")) => {
                self.layout.data_scripts.push(id);
            }
            _ => {}
        }
        if told.is_structured() {
            self.layout.structured.push(id);
        }
        if told.nosnippet {
            self.layout.nosnippets.push(id);
        }
    }
}

/// Whether what stands in an element is for browsers that don't know it. What stands in a component of AMP is shown until it is loaded.
pub(super) fn is_frame(kind: Kind, element: &Element) -> bool {
    kind == Kind::Embed && !element.name().starts_with("amp-")
}

/// The text of a `title` element.
fn title_text(node: NodeRef<'_, Node>) -> Option<String> {
    let text: String = node.children().filter_map(|c| c.value().as_text().map(|t| &**t)).collect();
    Some(crate::text::squeeze(&text)).filter(|t| !t.is_empty())
}

/// The value of an attribute without a namespace.
pub(super) fn attribute<'e>(element: &'e Element, name: &LocalName) -> Option<&'e str> {
    element.attrs.iter().find(|(n, _)| n.local == *name).map(|(_, value)| &**value)
}

/// The value of an attribute that the standard may not know. (`Element::attr` would enter the name in a table all threads share.)
pub(super) fn attribute_called<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|(n, _)| &*n.local == name && n.ns == ns!()).map(|(_, value)| &**value)
}

fn rel(element: &Element) -> Vec<String> {
    let rel = attribute(element, &local_name!("rel")).unwrap_or_default();
    rel.split_ascii_whitespace().map(str::to_ascii_lowercase).collect()
}

impl Layout {
    /// The container and those around it, innermost first.
    pub(super) fn around(&self, container: u32) -> impl Iterator<Item = (u32, &Container)> + Clone {
        let up = |&at: &u32| (at != 0).then(|| self.containers[at as usize].parent);
        std::iter::successors(Some(container), up).map(|at| (at, &self.containers[at as usize]))
    }

    /// The blocks of a container.
    pub(super) fn blocks_of(&self, container: u32) -> std::ops::Range<usize> {
        let Container { first, end, .. } = self.containers[container as usize];
        first as usize..(end.max(first) as usize).min(self.container_of.len())
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Marks;
    use crate::document::html::read_text;

    #[test]
    fn what_a_second_body_tag_says_holds_for_the_page() {
        let hidden = |page: &str| read_text(page).blocks[0].marks.has(Marks::HIDDEN);
        assert!(hidden("<body><p>Boats</p><body hidden>"));
        assert!(!hidden("<body><p>Boats</p><body lang=en>"));
    }

    #[test]
    fn formatting_that_goes_on_in_the_next_paragraph_keeps_what_it_says() {
        let document = read_text("<p><b class=author>Ann<p>Example</b>");
        let named =
            |n: usize| document.blocks[n].inlines.iter().any(|i| i.marks.has(Marks::AUTHOR)) || document.blocks[n].marks.has(Marks::AUTHOR);
        assert!(named(0) && named(1));
    }
}
