//! A document as blocks, pictures and machine-readable fields, whatever its format.
//!
//! Nothing above this module knows HTML, Markdown or any other format. Reading never fails: a reader returns what it
//! understood and says the rest in [`Document::problems`].

pub mod address;
mod field_lint;
pub mod html;
mod json;
mod language;
mod line;
pub mod markdown;
pub mod plain;
pub mod robots_rules;
pub mod site;
mod wording;
mod xml;
mod xmp;

use crate::source::Source;
use crate::source::kind::Kind;
use crate::text::Span;
use std::ops::Range;

/// Index into [`Document::blocks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

/// Index into [`Document::images`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(pub u32);

/// Index into [`Document::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// What a reader made of a source.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Two-letter language code, declared or guessed from the text.
    pub language: Option<String>,
    /// The address the document calls its own (canonical link, `og:url`, JSON-LD), else the one it was fetched from.
    pub address: Option<String>,
    /// Visible text in reading order.
    pub blocks: Vec<Block>,
    /// Pictures in reading order.
    pub images: Vec<Image>,
    /// What the page embeds in frames, in the order of the page: address, tooltip, caption and role as those of pictures.
    pub embeds: Vec<Image>,
    /// Flat machine-readable statements: meta and link elements, header fields.
    pub fields: Vec<Field>,
    /// Structured statements: JSON-LD, microdata, RDFa, microformats, front matter.
    pub items: Vec<Item>,
    /// Places of comments in the mark-up that speak to this tool, `<!-- rightscheck: … -->`.
    pub directives: Vec<Span>,
    /// For a site file: its rules.
    pub site: Option<site::SiteFile>,
    /// What could not be read, and where.
    pub problems: Vec<Problem>,
}

/// Something a reader could not make sense of. The rest of the document is still read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable name, e.g. `broken-json-ld`.
    pub code: &'static str,
    /// One line: what, and what was done about it.
    pub message: String,
    /// Where.
    pub span: Option<Span>,
    /// Whether something that belongs to the document may have been lost, so that the check is incomplete (exit code 3).
    pub loses_content: bool,
}

/// The part a block plays on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Role {
    /// The article's title.
    Headline,
    /// The paragraph or subtitle under the headline.
    Lead,
    /// Around the headline: author, date, place.
    BylineArea,
    /// The article's text, or, in plain text, any line without a better role.
    #[default]
    Body,
    /// A heading inside the article.
    Heading,
    /// Describes or credits a picture.
    Caption,
    /// A quotation set apart.
    Quote,
    /// A box inside or after the article: author biography, notes, tags.
    Aside,
    /// The page's head: name of the site, menus' labels.
    Header,
    /// The foot of the page.
    Footer,
    /// Menus, bread crumbs, share buttons, link lists.
    Navigation,
    /// Announces another article.
    Teaser,
    /// Written by readers.
    Comment,
    /// Consent banners, forms, dialogs, newsletter boxes.
    Interface,
}

impl Role {
    /// Whether the block belongs to the article itself.
    pub fn in_article(self) -> bool {
        matches!(
            self,
            Self::Headline | Self::Lead | Self::BylineArea | Self::Body | Self::Heading | Self::Caption | Self::Quote | Self::Aside
        )
    }
}

/// What class names, `itemprop`, `rel` and element names call a piece of the page; a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Marks(pub u32);

impl Marks {
    /// Named as author or byline.
    pub const AUTHOR: Self = Self(1);
    /// Named as a date, or a `time` element.
    pub const DATE: Self = Self(1 << 1);
    /// Named as credit or photographer of a picture.
    pub const CREDIT: Self = Self(1 << 2);
    /// Named as a caption.
    pub const CAPTION: Self = Self(1 << 3);
    /// Named as copyright or legal notice.
    pub const COPYRIGHT: Self = Self(1 << 4);
    /// Named as source or agency.
    pub const SOURCE: Self = Self(1 << 5);
    /// Named as licence.
    pub const LICENCE: Self = Self(1 << 6);
    /// Named as a biography or author box.
    pub const BIOGRAPHY: Self = Self(1 << 7);
    /// Named as modified or updated.
    pub const UPDATED: Self = Self(1 << 8);
    /// Set in italics, small print, `cite`.
    pub const SMALL: Self = Self(1 << 9);
    /// Visually hidden or for screen readers only.
    pub const HIDDEN: Self = Self(1 << 10);

    /// Whether any of `other`'s marks is set.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A run of visible text that ends where a paragraph, list item, cell, caption or container ends.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Its part on the page.
    pub role: Role,
    /// What mark-up calls it (its own element and the containers that hold little else).
    pub marks: Marks,
    /// What a reader sees: references decoded, white space folded, mark-up dropped.
    pub text: String,
    /// Where the text comes from, ascending and without gaps in the text.
    pub pieces: Vec<Piece>,
    /// Links, times and named elements inside, by start.
    pub inlines: Vec<Inline>,
    /// The nearest container that groups blocks (article, section, figure, footer, list): equal numbers stand together.
    pub group: u32,
    /// Depth-first number of the enclosing `article`-like element, 0 for none: tells the page's article from teasers and comments.
    pub article: u32,
}

/// Maps a part of a block's text to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it starts in the block's text; it ends where the next starts.
    pub at: u32,
    /// Its bytes in the source.
    pub span: Span,
    /// Whether the bytes are the text's own, so that offsets inside it correspond. Otherwise (a character reference, folded white
    /// space) the whole span stands for the whole piece.
    pub exact: bool,
}

/// Something with a meaning of its own inside a block.
#[derive(Debug, Clone)]
pub struct Inline {
    /// Bytes of the block's text.
    pub range: Range<u32>,
    /// What it is.
    pub kind: InlineKind,
    /// What mark-up calls it.
    pub marks: Marks,
}

/// Kinds of inline elements that facts need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineKind {
    /// A link: its address as written and the tokens of `rel`.
    Link {
        /// `href` as written.
        href: String,
        /// Tokens of `rel`, lower case.
        rel: Vec<String>,
    },
    /// A `time` element with its `datetime`.
    Time {
        /// `datetime`, if present.
        datetime: Option<String>,
    },
    /// A quotation (`q`), with its `cite`.
    Quote {
        /// `cite`, if present.
        cite: Option<String>,
    },
    /// An element whose name or marks matter only.
    Named,
}

impl Block {
    /// The source span of bytes `range` of the text, from the first byte that contributes to the last.
    pub fn span(&self, range: Range<usize>) -> Span {
        let (start, end) = (range.start as u32, range.end as u32);
        let Some(first) = self.piece_at(start) else { return Span::default() };
        let start_at = if first.exact { first.span.start + (start - first.at) } else { first.span.start };
        if end <= start {
            return Span { start: start_at, end: start_at };
        }
        let last = self.piece_at(end - 1).unwrap_or(first);
        let end_at = if last.exact { last.span.start + (end - last.at) } else { last.span.end };
        Span { start: start_at, end: end_at.max(start_at) }
    }

    /// The span of the whole block.
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    fn piece_at(&self, offset: u32) -> Option<Piece> {
        let after = self.pieces.partition_point(|p| p.at <= offset);
        self.pieces.get(after.checked_sub(1)?).copied()
    }

    /// The links inside, with their range of the text.
    pub fn links(&self) -> impl Iterator<Item = (Range<usize>, &str, &[String])> {
        self.inlines.iter().filter_map(|i| match &i.kind {
            InlineKind::Link { href, rel } => Some((i.range.start as usize..i.range.end as usize, href.as_str(), rel.as_slice())),
            _ => None,
        })
    }

    /// The share of the text that is link text, 0 to 1.
    pub fn link_density(&self) -> f32 {
        let linked: usize = self.links().map(|(r, ..)| r.len()).sum();
        if self.text.is_empty() { 0.0 } else { linked as f32 / self.text.len() as f32 }
    }
}

/// What a picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ImageRole {
    /// Belongs to the article: needs a credit.
    #[default]
    Content,
    /// Ornament, spacer, tracking pixel.
    Decorative,
    /// A small sign of the interface.
    Icon,
    /// The mark of the site or another organisation.
    Logo,
    /// An advertisement.
    Advert,
    /// Announces another article.
    Teaser,
    /// Shows the author or a commenter.
    Portrait,
}

impl ImageRole {
    /// The name in policies and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Decorative => "decorative",
            Self::Icon => "icon",
            Self::Logo => "logo",
            Self::Advert => "advert",
            Self::Teaser => "teaser",
            Self::Portrait => "portrait",
        }
    }
}

/// An attribute value (or the like) with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The value with references decoded.
    pub value: String,
    /// The bytes of the value.
    pub span: Span,
}

/// How words stand to a picture, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// In the picture's `figcaption` or the like.
    Caption,
    /// In the same figure, outside the caption.
    Figure,
    /// In the smallest container that holds the picture and text, without other pictures' words.
    Around,
    /// In an element that follows the picture or its wrappers.
    After,
    /// In an element that stands directly before.
    Before,
    /// In a line that speaks of several pictures.
    Gallery,
}

/// Words near a picture that may caption or credit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearby {
    /// The block.
    pub block: BlockId,
    /// Bytes of the block's text.
    pub range: Range<u32>,
    /// How it stands to the picture.
    pub relation: Relation,
    /// What mark-up calls the words.
    pub marks: Marks,
}

/// A picture (or a video with a still), or what a page embeds.
#[derive(Debug, Clone, Default)]
pub struct Image {
    /// The best address as written: the real one, not a placeholder.
    pub address: String,
    /// Every other address: `srcset`, `data-src`, `<source>`, the twin under `noscript`.
    pub variants: Vec<String>,
    /// What it is for.
    pub role: ImageRole,
    /// Whether it is a video; its file or its still is the address.
    pub is_video: bool,
    /// The element.
    pub span: Span,
    /// Alternative text.
    pub alt: Option<Placed>,
    /// Tooltip.
    pub title: Option<Placed>,
    /// Other attributes that carry words (`data-credit`, `data-caption`, `data-copyright`), by name.
    pub attributes: Vec<(String, Placed)>,
    /// The block that captions it.
    pub caption: Option<BlockId>,
    /// Words near it, nearest relation first.
    pub nearby: Vec<Nearby>,
    /// Pictures with the same number stand in one figure or gallery; 0: alone.
    pub gallery: u32,
}

/// Which mechanism a flat field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vocabulary {
    /// A `meta` element with `name`, `property`, `itemprop` or `http-equiv`.
    Meta,
    /// A `link` element; the name is the `rel` token.
    Link,
    /// An HTTP response header field.
    Header,
    /// schema.org and others as JSON-LD.
    JsonLd,
    /// Microdata.
    Microdata,
    /// RDFa.
    Rdfa,
    /// Microformats (hEntry, hCard).
    Microformat,
    /// Front matter of a Markdown file.
    FrontMatter,
    /// XMP of a picture or a PDF.
    Xmp,
}

/// One flat machine-readable statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its mechanism.
    pub vocabulary: Vocabulary,
    /// Its name in lower case: `article:published_time`, `robots`, `canonical`.
    pub name: String,
    /// Its value with references decoded.
    pub value: String,
    /// For links: the `type` attribute.
    pub media_type: Option<String>,
    /// The bytes of the value.
    pub span: Span,
    /// The bytes of the whole element or line.
    pub element: Span,
}

/// A structured statement: a node of JSON-LD, a microdata item, front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its mechanism.
    pub vocabulary: Vocabulary,
    /// Types without their namespace: `NewsArticle`, `ImageObject`. Empty for front matter.
    pub types: Vec<String>,
    /// `@id`, `itemid`, `resource`.
    pub id: Option<String>,
    /// Properties in order; a property with several values stands several times.
    pub properties: Vec<Property>,
    /// Whether it stands inside another item.
    pub nested: bool,
    /// Its bytes; of an item in mark-up, the start tag of its element.
    pub span: Span,
}

/// A property of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Name without its namespace: `author`, `datePublished`.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// The bytes of the value.
    pub span: Span,
}

/// A property's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, number or address, as text.
    Text(String),
    /// Another item, inside or by `@id`.
    Item(ItemId),
}

impl Image {
    /// Whether `block` captions it or stands near it.
    pub fn is_beside(&self, block: BlockId) -> bool {
        self.caption == Some(block) || self.nearby.iter().any(|near| near.block == block)
    }
}

impl Document {
    /// Block `id`.
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    /// Pictures, then what is embedded: all that captions and credits may be about.
    pub fn shown(&self) -> impl Iterator<Item = &Image> {
        self.images.iter().chain(&self.embeds)
    }

    /// Image `id`.
    pub fn image(&self, id: ImageId) -> &Image {
        &self.images[id.0 as usize]
    }

    /// Item `id`.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }

    /// Blocks with their ids.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = (BlockId, &Block)> {
        self.blocks.iter().enumerate().map(|(n, b)| (BlockId(n as u32), b))
    }

    /// Flat fields of that name (lower case).
    pub fn fields<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |f| f.name == name)
    }
}

impl Item {
    /// Whether it has one of `types`, without regard to case.
    pub fn is(&self, types: &[&str]) -> bool {
        self.types.iter().any(|t| types.iter().any(|u| t.eq_ignore_ascii_case(u)))
    }

    /// Values of property `name`, without regard to case.
    pub fn get<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |p| p.name.eq_ignore_ascii_case(name))
    }

    /// The first value of `name` that is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.properties.iter().filter(|p| p.name.eq_ignore_ascii_case(name)).find_map(|p| match &p.value {
            Value::Text(text) => Some(text.as_str()),
            Value::Item(_) => None,
        })
    }
}

/// Reads a source.
pub fn read(source: &Source) -> Document {
    let mut document = read_kind(source);
    document.problems.extend(field_lint::of_given(&source.headers));
    if source.kind.is_article() && document.language.is_none() {
        document.language = language::guess(&document.blocks);
    }
    document
}

fn read_kind(source: &Source) -> Document {
    match source.kind {
        Kind::Html => {
            let mut document = html::read(source);
            field_lint::run(&mut document);
            document
        }
        Kind::Markdown => markdown::read(source),
        Kind::Plain => plain::read(source),
        medium if medium.is_medium() => {
            let mut document = xmp::read(source);
            field_lint::run(&mut document);
            document
        }
        Kind::Binary => Document::default(),
        _ => site::read(source),
    }
}
