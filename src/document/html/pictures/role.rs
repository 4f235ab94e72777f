//! What a picture is for: part of the article, or a logo, a portrait, a teaser of another article, an ornament.

use crate::document::Block;
use crate::document::Document;
use crate::document::Image;
use crate::document::ImageRole;
use crate::document::Marks;
use crate::document::Nearby;
use crate::document::Relation;
use crate::document::Role;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::document::address::file_key;
use crate::document::html::layout::Layout;
use crate::document::html::layout::PictureSpot;
use crate::document::html::layout::attribute_called;
use crate::document::html::names::Hints;
use crate::document::html::names::Sense;
use crate::document::html::tree::Parsed;
use scraper::node::Element;
use std::collections::HashMap;
use std::ops::Range;

/// Pictures up to this side, in CSS pixels, are signs.
const SIGN: u32 = 48;

/// Sides up to this length, in CSS pixels, are those of a tracking pixel, or in a style of a picture that a script has yet to load.
const PIXEL: u32 = 3;

/// How many blocks before the headline the picture that opens an article may stand.
const BEFORE_HEADLINE: usize = 12;

/// Tells roles on one page.
pub(super) struct Roles<'a> {
    parsed: &'a Parsed<'a>,
    layout: &'a Layout,
    blocks: &'a [Block],
    /// Blocks from the article's first to its last.
    article: Range<usize>,
}

impl<'a> Roles<'a> {
    /// Looks where the article stands.
    pub(super) fn new(parsed: &'a Parsed<'a>, layout: &'a Layout, blocks: &'a [Block]) -> Self {
        let core = |b: &Block| matches!(b.role, Role::Headline | Role::Lead | Role::Body | Role::Heading | Role::Quote);
        let first = blocks.iter().position(core).unwrap_or(0);
        let last = blocks.iter().rposition(core).map_or(blocks.len(), |n| n + 1);
        Self { parsed, layout, blocks, article: first..last.max(first) }
    }

    /// The role of `image`, whose words are known.
    pub(super) fn of(&self, spot: &PictureSpot, image: &Image) -> ImageRole {
        let Some(element) = self.parsed.element_of(spot.node) else { return ImageRole::Decorative };
        let named = Sense::of(attribute_called(element, "class").unwrap_or_default()).hints;
        let hints = self.layout.around(spot.container).take(3).fold(named, |h, (_, c)| h | c.sense.hints);
        let size = [side(element, "width"), side(element, "height")];
        // "16" by "9" gives a shape, no size.
        let shape = matches!(size, [Some(w), Some(h)] if w != h && w.max(h) <= 21);
        let at_most = |most: u32| !shape && size.iter().flatten().any(|&s| s <= most);
        // What has a caption of its own belongs to the article, whatever theme and page builder call the boxes around it.
        let captioned = image.nearby.iter().any(|n| n.relation == Relation::Caption) && !at_most(SIGN);
        match () {
            () if (image.address.is_empty() && !captioned) || at_most(PIXEL) => ImageRole::Decorative,
            () if captioned && !self.shows_author(image) => self.by_place(spot, image, hints),
            () if hints.has(Hints::LOGO) || is_called_logo(&image.address) => ImageRole::Logo,
            () if named.has(Hints::ICON) || at_most(SIGN) || is_called_icon(&image.address) => ImageRole::Icon,
            () if hints.has(Hints::PORTRAIT) || self.shows_author(image) => ImageRole::Portrait,
            () if hints.has(Hints::ADVERT) => ImageRole::Advert,
            () => self.by_place(spot, image, hints),
        }
    }

    fn by_place(&self, spot: &PictureSpot, image: &Image, hints: Hints) -> ImageRole {
        let captioned = image.nearby.iter().any(|n| n.relation == Relation::Caption);
        let away = self.leads_away(spot);
        let inside = (self.article.start..=self.article.end).contains(&(spot.block as usize));
        if captioned && !(away && self.is_announced(image)) {
            return ImageRole::Content;
        }
        if away || (hints.has(Hints::TEASER | Hints::RELATED) && !inside) || self.is_announced(image) {
            return ImageRole::Teaser;
        }
        let opens = spot.block as usize + BEFORE_HEADLINE >= self.article.start && (spot.block as usize) < self.article.start;
        match self.zone(spot) {
            _ if inside => ImageRole::Content,
            Role::Teaser | Role::Comment => ImageRole::Teaser,
            Role::Header | Role::Footer | Role::Navigation | Role::Interface => ImageRole::Decorative,
            _ if opens || self.has_words(image) => ImageRole::Content,
            _ => ImageRole::Decorative,
        }
    }

    /// The part of the page where the picture stands: that of the next block which is no button.
    fn zone(&self, spot: &PictureSpot) -> Role {
        let after = self.blocks.iter().skip(spot.block as usize).take(4);
        let roles = after.map(|b| b.role).chain(self.blocks.last().map(|b| b.role));
        roles.clone().find(|r| *r != Role::Interface).or(roles.last()).unwrap_or_default()
    }

    /// Whether the link around the picture leads to another page rather than to the picture itself.
    fn leads_away(&self, spot: &PictureSpot) -> bool {
        let Some(href) = spot.link.and_then(|l| self.parsed.element_of(l)).and_then(|e| attribute_called(e, "href")) else { return false };
        let path = href.split(['?', '#']).next().unwrap_or_default().trim().to_ascii_lowercase();
        let file = [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg"].iter().any(|e| path.ends_with(e));
        !path.is_empty() && !file && !path.starts_with("javascript:") && !path.contains("/image") && !path.contains("galler")
    }

    fn near<'i>(&'i self, image: &'i Image) -> impl Iterator<Item = (&'i Nearby, &'i Block)> {
        let around = |n: &&Nearby| n.relation != Relation::After && n.relation != Relation::Before;
        image.nearby.iter().filter(around).map(|n| (n, &self.blocks[n.block.0 as usize])).filter(|(n, b)| n.range.len() == b.text.len())
    }

    fn has_words(&self, image: &Image) -> bool {
        self.near(image).any(|(_, b)| !matches!(b.role, Role::Interface))
    }

    /// Whether the words around the picture announce another article: they stand outside the article's text, or are dated.
    fn is_announced(&self, image: &Image) -> bool {
        let mut words = self.near(image).filter(|(_, b)| b.role != Role::Interface).peekable();
        let outside = |b: &Block| matches!(b.role, Role::Teaser | Role::Navigation | Role::Comment | Role::Footer | Role::Header);
        let dated = |b: &Block| matches!(b.role, Role::Aside | Role::Teaser) && b.marks.has(Marks::DATE);
        words.peek().is_some() && {
            let words: Vec<&Block> = words.map(|(_, b)| b).collect();
            words.iter().all(|b| outside(b)) || words.iter().any(|b| dated(b)) || words.iter().any(|b| is_linked_heading(b))
        }
    }

    /// Whether the picture shows the author: its words name a person that mark-up calls the author.
    fn shows_author(&self, image: &Image) -> bool {
        let authors =
            || self.near(image).filter(|(_, b)| b.marks.has(Marks(Marks::AUTHOR.0 | Marks::BIOGRAPHY.0)) || b.role == Role::BylineArea);
        let Some(alt) = image.alt.as_ref().map(|a| a.value.trim().to_lowercase()).filter(|a| !a.is_empty()) else {
            let file = file(&image.address).to_lowercase();
            let linked = |b: &Block| b.links().any(|(name, ..)| is_file_of(&file, &b.text[name]));
            return authors().any(|(_, b)| linked(b) || is_file_of(&file, &b.text));
        };
        let names =
            |text: &str| (5..60).contains(&text.len()) && (alt.contains(&text.to_lowercase()) || text.to_lowercase().contains(&alt));
        let linked = |b: &Block| b.links().any(|(r, _, rel)| rel.iter().any(|r| r == "author") && b.text[r].trim().to_lowercase() == alt);
        authors().any(|(_, b)| names(b.text.trim())) || self.near(image).any(|(_, b)| linked(b))
    }
}

/// Whether `file` (in lower case) is called by a person's name: `ann-example_105.png`.
fn is_file_of(file: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    (2..=4).contains(&words(&name).count()) && words(&name).all(|word| words(file).any(|w| w == word))
}

fn is_linked_heading(block: &Block) -> bool {
    matches!(block.role, Role::Heading | Role::Aside | Role::Teaser) && block.text.len() >= 20 && block.link_density() > 0.9
}

/// Whether a drawing's file is called an icon (`icons/icon__print.svg`). Photographs are no such files, whatever their name.
fn is_called_icon(address: &str) -> bool {
    let icon = |w: &str| w.eq_ignore_ascii_case("icon") || w.eq_ignore_ascii_case("icons");
    is_drawing(address) && path(address).rsplit('/').take(2).any(|name| words(name).any(icon))
}

/// Whether a drawing's file is called a logo (`print_logo.png`, `printlogo.png`).
fn is_called_logo(address: &str) -> bool {
    let logo = |w: &str| w.to_ascii_lowercase().ends_with("logo");
    is_drawing(address) && words(file(address)).any(logo)
}

/// The path of an address without the ending of the file.
fn path(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// The name of the file without its ending.
fn file(address: &str) -> &str {
    path(address).rsplit('/').next().unwrap_or_default()
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

fn is_drawing(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, extension)| ["svg", "gif", "png"].iter().any(|e| extension.eq_ignore_ascii_case(e)))
}

/// A drawing that a page shows again and again is a sign: the stars of a rating, a bullet.
pub(super) fn mark_repeated(images: &mut [Image]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for image in images.iter().filter(|i| is_drawing(&i.address)) {
        *counts.entry(image.address.clone()).or_default() += 1;
    }
    let captioned = |image: &Image| image.nearby.iter().any(|n| n.relation == Relation::Caption);
    for image in images.iter_mut().filter(|i| i.role == ImageRole::Content && !captioned(i)) {
        if counts.get(&image.address).is_some_and(|&count| count >= 3) {
            image.role = ImageRole::Icon;
        }
    }
}

/// The length of a side in CSS pixels, from the attribute or the element's own style.
fn side(element: &Element, name: &str) -> Option<u32> {
    let pixels = |value: &str| value.trim().trim_end_matches("px").parse().ok();
    let styled = || {
        let declarations = attribute_called(element, "style")?.split(';').filter_map(|d| d.split_once(':'));
        declarations
            .filter(|(property, _)| property.trim().eq_ignore_ascii_case(name))
            .find_map(|(_, value)| pixels(value))
            .filter(|&side| side > PIXEL)
    };
    attribute_called(element, name).and_then(pixels).or_else(styled)
}

/// The page's own pictures, as its metadata names them, belong to the article: where no picture of such a name is taken for one,
/// the first is.
pub(super) fn promote(document: &Document, images: &mut [Image]) {
    let stated = stated(document);
    if stated.is_empty() {
        return;
    }
    let keys_of =
        |image: &Image| std::iter::once(&image.address).chain(image.variants.iter().take(12)).filter_map(|a| file_key(a)).collect();
    let keys: Vec<Vec<String>> = images.iter().map(keys_of).collect();
    for key in stated {
        let mut same = (0..images.len()).filter(|&n| keys[n].contains(&key));
        let Some(first) = same.next() else { continue };
        let known = images[first].role == ImageRole::Content || same.any(|n| images[n].role == ImageRole::Content);
        if !known && matches!(images[first].role, ImageRole::Decorative | ImageRole::Teaser | ImageRole::Advert) {
            images[first].role = ImageRole::Content;
        }
    }
}

/// File names of the pictures that metadata gives the article.
fn stated(document: &Document) -> Vec<String> {
    let metas =
        document.fields.iter().filter(|f| f.vocabulary == Vocabulary::Meta && matches!(f.name.as_str(), "og:image" | "twitter:image"));
    let mut keys: Vec<String> = metas.filter_map(|f| file_key(&f.value)).collect();
    let articles = document.items.iter().filter(|i| i.types.iter().any(|t| t.ends_with("Article") || t == "BlogPosting"));
    for property in articles.flat_map(|i| i.get("image")) {
        match &property.value {
            Value::Text(address) => keys.extend(file_key(address)),
            Value::Item(id) => keys.extend(["url", "contentUrl"].iter().filter_map(|n| document.item(*id).text(n)).filter_map(file_key)),
        }
    }
    keys.sort();
    keys.dedup();
    keys.truncate(20);
    keys
}
