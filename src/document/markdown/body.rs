//! From Markdown's events to blocks of text, pictures and the raw HTML between them.

use crate::document::Block;
use crate::document::Image;
use crate::document::Inline;
use crate::document::InlineKind;
use crate::document::Marks;
use crate::document::Placed;
use crate::document::Role;
use crate::document::line::Line;
use crate::document::markdown::attributes;
use crate::text::Span;
use crate::text::squeeze;
use pulldown_cmark::Event;
use pulldown_cmark::LinkType;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;
use std::ops::Range;

/// A block with its place in the structure of the document.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) block: Block,
    /// The number of the paragraph, cell or heading it is a part of; 0 for raw HTML.
    pub(super) paragraph: u32,
    /// The level of a heading, 0 for others.
    pub(super) level: u8,
}

/// A picture with the paragraph it stands in.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) image: Image,
    /// See [`Written::paragraph`].
    pub(super) paragraph: u32,
}

/// What the events yield.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) blocks: Vec<Written>,
    pub(super) pictures: Vec<Picture>,
    /// What raw HTML embeds, in order.
    pub(super) embeds: Vec<Image>,
    /// Bytes of raw HTML.
    pub(super) html: Vec<Range<usize>>,
    /// Bytes of code, where nothing is a statement.
    pub(super) code: Vec<Range<usize>>,
}

impl Body {
    /// Whether byte `at` stands in a code block.
    pub(super) fn is_code(&self, at: usize) -> bool {
        let before = self.code.partition_point(|c| c.start <= at);
        before.checked_sub(1).is_some_and(|n| at < self.code[n].end)
    }
}

/// A picture whose alternative text is being read.
struct OpenImage {
    image: Image,
    alt: String,
    alt_span: Option<Span>,
    /// `![[picture.png]]`: what stands for the alternative text is the address, or the width.
    wiki: bool,
}

/// An inline that is open.
struct OpenInline {
    kind: InlineKind,
    marks: Marks,
    start: u32,
}

struct Walk<'t> {
    text: &'t str,
    body: Body,
    line: Line,
    inlines: Vec<Inline>,
    open: Vec<OpenInline>,
    image: Option<OpenImage>,
    /// Roles and groups of the containers around.
    containers: Vec<(Role, u32)>,
    groups: u32,
    paragraph: u32,
    level: u8,
    code: bool,
    /// Text before this byte was read as attributes.
    skip_until: usize,
    /// How many pictures the paragraph has.
    pictures: u32,
}

/// Reads `text` from byte `start` on.
pub(super) fn read(text: &str, start: usize) -> Body {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    let mut walk = Walk {
        text,
        body: Body::default(),
        line: Line::default(),
        inlines: Vec::new(),
        open: Vec::new(),
        image: None,
        containers: vec![(Role::Body, 0)],
        groups: 0,
        paragraph: 0,
        level: 0,
        code: false,
        skip_until: 0,
        pictures: 0,
    };
    for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        walk.take(event, start + range.start..start + range.end);
    }
    walk.flush();
    walk.body
}

impl Walk<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(_) if self.code => {}
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.words(&text, range),
            Event::Code(text) => self.inline_code(&text, range),
            Event::Html(_) => self.body.html.push(range),
            Event::InlineHtml(tag) => self.inline_html(&tag, range),
            Event::SoftBreak if self.pictures > 0 && self.image.is_none() => self.flush(),
            Event::SoftBreak => self.words(" ", range),
            Event::HardBreak | Event::Rule => self.flush(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.open_inline(InlineKind::Named, Marks::SMALL),
            Tag::Link { dest_url, .. } => {
                self.open_inline(InlineKind::Link { href: dest_url.into_string(), rel: Vec::new() }, Marks::default());
            }
            Tag::Image { link_type, dest_url, title, .. } => self.open_image(link_type, &dest_url, &title, range),
            Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            _ => self.start_block(&tag, range),
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        self.flush();
        self.paragraph += 1;
        self.pictures = 0;
        match tag {
            Tag::BlockQuote(None) => self.open_container(Role::Quote),
            Tag::BlockQuote(Some(_)) | Tag::FootnoteDefinition(_) => self.open_container(Role::Aside),
            Tag::List(_) | Tag::Table(_) => self.open_container(self.container().0),
            Tag::Heading { level, .. } => self.level = *level as u8,
            Tag::CodeBlock(_) => {
                self.code = true;
                self.body.code.push(range);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Link => self.close_inline(),
            TagEnd::Image => self.close_image(range),
            TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            _ => self.end_block(tag),
        }
    }

    fn end_block(&mut self, tag: TagEnd) {
        self.flush();
        self.pictures = 0;
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::List(_) | TagEnd::Table => {
                self.containers.pop();
            }
            TagEnd::Heading(_) => self.level = 0,
            TagEnd::CodeBlock => self.code = false,
            _ => {}
        }
    }

    fn container(&self) -> (Role, u32) {
        *self.containers.last().expect("the document's container stays")
    }

    fn open_container(&mut self, role: Role) {
        self.groups += 1;
        self.containers.push((role, self.groups));
    }

    /// Visible words, or words of an alternative text.
    fn words(&mut self, words: &str, range: Range<usize>) {
        let exact = self.text[range.clone()] == *words;
        if let Some(image) = &mut self.image {
            image.alt.push_str(words);
            let span = Span::new(range.start, range.end);
            image.alt_span = Some(image.alt_span.map_or(span, |s| s.join(span)));
            return;
        }
        if range.start >= self.skip_until {
            self.read_attributes(range.start);
        }
        let skipped = self.skip_until.saturating_sub(range.start).min(range.len());
        if skipped == 0 {
            self.line.push(words, Span::new(range.start, range.end), exact);
        } else if exact && skipped < range.len() {
            self.line.push(&words[skipped..], Span::new(range.start + skipped, range.end), true);
        }
    }

    /// Attributes in braces belong to the picture before them, or to the paragraph whose line they fill.
    fn read_attributes(&mut self, at: usize) {
        let rest = &self.text[at..];
        if !rest.starts_with('{') {
            return;
        }
        let fills_line = rest.starts_with("{:") && self.text[..at].trim_end_matches([' ', '\t']).ends_with(['\n', '\r']);
        let last = self.body.pictures.last_mut().filter(|_| self.pictures > 0);
        let behind = last.filter(|p| fills_line || p.image.span.end as usize == at);
        if behind.is_none() && !fills_line {
            return;
        }
        let Some((end, found)) = attributes::in_braces(self.text, at) else { return };
        if let Some(picture) = behind {
            picture.image.attributes.extend(found);
        }
        self.skip_until = end;
    }

    fn inline_code(&mut self, code: &str, range: Range<usize>) {
        let at = self.text[range.clone()].find(code).map(|at| range.start + at);
        self.words(code, at.map_or(range, |at| at..at + code.len()));
    }

    fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        let name: String = tag[1..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        match name.as_str() {
            "br" => self.flush(),
            "img" | "image" => self.body.html.push(range),
            _ if tag.starts_with("<!--") => self.body.html.push(range),
            _ => {}
        }
    }

    fn open_inline(&mut self, kind: InlineKind, marks: Marks) {
        self.open.push(OpenInline { kind, marks, start: self.line.at() });
    }

    fn close_inline(&mut self) {
        let Some(inline) = self.open.pop() else { return };
        self.keep_inline(inline.kind, inline.marks, inline.start);
    }

    fn keep_inline(&mut self, kind: InlineKind, marks: Marks, start: u32) {
        let end = self.line.text.len() as u32;
        if start < end {
            self.inlines.push(Inline { range: start..end, kind, marks });
        }
    }

    fn open_image(&mut self, link: LinkType, address: &str, title: &str, range: Range<usize>) {
        let source = &self.text[range.clone()];
        let title = (!title.trim().is_empty()).then(|| Placed { value: squeeze(title), span: place_of(source, title, range.start) });
        let image = Image { address: address.to_owned(), title, span: Span::new(range.start, range.end), ..Image::default() };
        self.image = Some(OpenImage { image, alt: String::new(), alt_span: None, wiki: matches!(link, LinkType::WikiLink { .. }) });
    }

    fn close_image(&mut self, range: Range<usize>) {
        let Some(OpenImage { mut image, alt, alt_span, wiki }) = self.image.take() else { return };
        // Notes can embed notes; and what follows the stroke may be the width.
        if wiki && !is_picture(&image.address) {
            return;
        }
        let says_nothing =
            wiki && (alt == image.address || alt.trim().trim_end_matches("px").bytes().all(|b| b.is_ascii_digit() || b == b'x'));
        image.alt = alt_span.filter(|_| !alt.trim().is_empty() && !says_nothing).map(|span| Placed { value: squeeze(&alt), span });
        image.span = Span::new(range.start, range.end);
        self.pictures += 1;
        self.body.pictures.push(Picture { image, paragraph: self.paragraph });
        self.read_attributes(range.end);
    }

    /// Ends the block under construction.
    fn flush(&mut self) {
        for n in 0..self.open.len() {
            let (kind, marks, start) = (self.open[n].kind.clone(), self.open[n].marks, self.open[n].start);
            self.keep_inline(kind, marks, start);
            self.open[n].start = 0;
        }
        let mut inlines = std::mem::take(&mut self.inlines);
        let (text, pieces) = self.line.take();
        if text.is_empty() {
            return;
        }
        inlines.sort_by_key(|i| (i.range.start, std::cmp::Reverse(i.range.end)));
        let whole = 0..text.len() as u32;
        let marks = inlines.iter().filter(|i| i.range == whole).fold(Marks::default(), |marks, i| marks.and(i.marks));
        let (role, group) = self.container();
        let role = if self.level > 0 && role == Role::Body { Role::Heading } else { role };
        let block = Block { role, marks, text, pieces, inlines, group, ..Block::default() };
        self.body.blocks.push(Written { block, paragraph: self.paragraph, level: self.level });
    }
}

/// Whether an address ends like that of a picture.
pub(super) fn is_picture(address: &str) -> bool {
    const EXTENSIONS: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff", "heic", "jxl"];
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, end)| EXTENSIONS.iter().any(|e| end.eq_ignore_ascii_case(e)))
}

/// Where `value` stands last in `source`, which starts at byte `offset`; the whole of it where it is written otherwise (escapes, a
/// reference definition elsewhere).
fn place_of(source: &str, value: &str, offset: usize) -> Span {
    match source.rfind(value) {
        Some(at) => Span::new(offset + at, offset + at + value.len()),
        None => Span::new(offset, offset + source.len()),
    }
}
