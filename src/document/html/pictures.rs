//! Pictures: their addresses, their words, what stands near them.

use crate::document::BlockId;
use crate::document::Document;
use crate::document::Image;
use crate::document::ImageRole;
use crate::document::Nearby;
use crate::document::Placed;
use crate::document::Relation;
use crate::document::Role;
use crate::document::html::layout::Layout;
use crate::document::html::layout::PictureSpot;
use crate::document::html::names::Hints;
use crate::document::html::names::Kind;
use crate::document::html::names::Sense;
use crate::document::html::tree::Parsed;
use scraper::node::Element;

/// Attributes that carry words about a picture.
const WORDS: &[&str] = &[
    "credit",
    "caption",
    "copyright",
    "author",
    "source",
    "photographer",
    "description",
    "title",
    "licence",
    "license",
    "rights",
    "agency",
];

/// Adds the pictures of a page.
pub(super) fn read(parsed: &Parsed<'_>, layout: &Layout, document: &mut Document) {
    let mut spots: Vec<(PictureSpot, Image)> = Vec::new();
    for spot in &layout.pictures {
        let Some(image) = image(parsed, spot) else { continue };
        match spots.iter_mut().rev().take(3).find(|(s, i)| is_twin(s, i, spot, &image)) {
            Some((_, first)) => merge(first, image),
            None => spots.push((*spot, image)),
        }
    }
    for (spot, mut image) in spots {
        caption(layout, &spot, &mut image, document);
        image.role = role(parsed, layout, &spot, &image, document);
        document.images.push(image);
    }
}

/// Whether one of the two stands under `noscript` for browsers that don't load the other lazily.
fn is_twin(first: &PictureSpot, one: &Image, second: &PictureSpot, other: &Image) -> bool {
    first.noscript != second.noscript
        && (second.block - first.block) <= 1
        && (one.address == other.address
            || one.address.is_empty()
            || other.address.is_empty()
            || one.variants.contains(&other.address)
            || other.variants.contains(&one.address)
            || one.alt.as_ref().map(|a| &a.value) == other.alt.as_ref().map(|a| &a.value)
            || first.container == second.container)
}

/// Adds to a picture what its twin knows.
fn merge(image: &mut Image, twin: Image) {
    let mut addresses = twin.variants;
    if image.address.is_empty() {
        image.address = twin.address;
    } else if twin.address != image.address && !twin.address.is_empty() {
        addresses.insert(0, twin.address);
    }
    for address in addresses {
        if address != image.address && !image.variants.contains(&address) {
            image.variants.push(address);
        }
    }
    image.alt = image.alt.take().or(twin.alt);
    image.title = image.title.take().or(twin.title);
}

fn image(parsed: &Parsed<'_>, spot: &PictureSpot) -> Option<Image> {
    let element = parsed.element_of(spot.node)?;
    let mut addresses = Vec::new();
    gather(element, &mut addresses);
    if let Some(picture) = spot.picture.and_then(|p| parsed.html.tree.get(p)) {
        for source in picture.children().filter_map(|c| c.value().as_element()).filter(|e| e.name() == "source") {
            gather(source, &mut addresses);
        }
    }
    let real = addresses.iter().position(|a| !is_placeholder(a));
    if element.name() == "video" || element.name() == "amp-video" {
        real?;
    } else if element.name() == "audio" {
        return None;
    }
    let address = real.map(|n| addresses.remove(n)).unwrap_or_default();
    let mut known = std::collections::HashSet::from([address.clone()]);
    addresses.retain(|a| !a.starts_with("data:") && known.insert(a.clone()));
    let node = parsed.html.tree.get(spot.node)?;
    let placed = |name: &str, value: &str| Placed {
        value: value.to_owned(),
        span: parsed.attribute_span(spot.node, name).or(parsed.start_tag(spot.node)).unwrap_or_default(),
    };
    let worded = |name: &str| element.attr(name).filter(|v| !v.trim().is_empty()).map(|v| placed(name, v));
    let attributes = element
        .attrs()
        .filter(|(name, value)| name.starts_with("data-") && !value.trim().is_empty() && WORDS.iter().any(|w| name.contains(w)))
        .map(|(name, value)| (name.to_owned(), placed(name, value)))
        .collect();
    let span = parsed.start_tag(spot.node).unwrap_or_else(|| parsed.element_span(node));
    Some(Image { address, variants: addresses, span, alt: worded("alt"), title: worded("title"), attributes, ..Image::default() })
}

/// Every address of an element, the likeliest to be the picture's own first.
fn gather(element: &Element, addresses: &mut Vec<String>) {
    let mut add = |value: &str| {
        let value = value.trim();
        if !value.is_empty() {
            addresses.push(value.to_owned());
        }
    };
    for name in [
        "data-src",
        "data-original",
        "data-lazy-src",
        "data-lazy",
        "data-img",
        "data-image",
        "data-url",
        "data-original-src",
        "src",
        "poster",
    ] {
        if let Some(value) = element.attr(name).filter(|v| looks_like_address(v)) {
            add(value);
        }
    }
    for name in ["srcset", "data-srcset", "data-lazy-srcset"] {
        let Some(value) = element.attr(name) else { continue };
        let mut candidates: Vec<(f32, &str)> = candidates(value);
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
        candidates.into_iter().for_each(|(_, address)| add(address));
    }
}

/// The addresses of a `srcset` with their width or density.
fn candidates(srcset: &str) -> Vec<(f32, &str)> {
    let mut found = Vec::new();
    for candidate in srcset.split(", ").flat_map(|part| part.split(",\n")) {
        let mut words = candidate.trim().trim_end_matches(',').split_ascii_whitespace();
        let Some(address) = words.next() else { continue };
        let size = words.next().and_then(|d| d.trim_end_matches(['w', 'x', 'h']).parse().ok()).unwrap_or(1.0);
        found.push((size, address));
    }
    found
}

fn looks_like_address(value: &str) -> bool {
    let value = value.trim();
    !value.is_empty() && !value.contains(char::is_whitespace) && !value.starts_with(['{', '[', '#'])
}

/// Whether an address stands for a picture that is loaded later.
fn is_placeholder(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    address.starts_with("data:")
        || address.starts_with("about:")
        || ["placeholder", "blank.gif", "spacer", "pixel.gif", "transparent.", "1x1", "lazy.png", "loading.gif"]
            .iter()
            .any(|p| address.contains(p))
}

/// Finds the caption of the figure around a picture.
fn caption(layout: &Layout, spot: &PictureSpot, image: &mut Image, document: &Document) {
    let figure = layout.around(spot.container).take(8).find(|(_, c)| c.kind == Kind::Figure);
    let Some((figure, _)) = figure else { return };
    for n in layout.blocks_of(figure).take(40) {
        let in_caption = document.blocks[n].role == Role::Caption;
        let id = BlockId(n as u32);
        if in_caption && image.caption.is_none() {
            image.caption = Some(id);
        }
        let relation = if in_caption { Relation::Caption } else { Relation::Figure };
        let range = 0..document.blocks[n].text.len() as u32;
        image.nearby.push(Nearby { block: id, range, relation, marks: document.blocks[n].marks });
    }
    image.nearby.sort_by_key(|n| (n.relation, n.block));
}

fn role(parsed: &Parsed<'_>, layout: &Layout, spot: &PictureSpot, image: &Image, document: &Document) -> ImageRole {
    let Some(element) = parsed.element_of(spot.node) else { return ImageRole::Decorative };
    let side = |name: &str| element.attr(name).and_then(|v| v.trim_end_matches("px").parse::<u32>().ok());
    let (width, height) = (side("width"), side("height"));
    if image.address.is_empty() || width.is_some_and(|w| w <= 3) || height.is_some_and(|h| h <= 3) {
        return ImageRole::Decorative;
    }
    let named = Sense::of(element.attr("class").unwrap_or_default()).hints;
    let hints = layout.around(spot.container).take(3).fold(named, |h, (_, c)| h | c.sense.hints);
    let small = width.is_some_and(|w| w <= 48) || height.is_some_and(|h| h <= 48);
    let zone = document.blocks.get(spot.block as usize).or(document.blocks.last()).map(|b| b.role);
    match () {
        () if named.has(Hints::LOGO) || hints.has(Hints::LOGO) => ImageRole::Logo,
        () if named.has(Hints::ICON) || small => ImageRole::Icon,
        () if hints.has(Hints::PORTRAIT) => ImageRole::Portrait,
        () if hints.has(Hints::ADVERT) => ImageRole::Advert,
        () if image.caption.is_some() => ImageRole::Content,
        () if hints.has(Hints::TEASER | Hints::RELATED) => ImageRole::Teaser,
        () => match zone {
            Some(Role::Teaser | Role::Navigation | Role::Comment) if spot.link.is_some() => ImageRole::Teaser,
            Some(Role::Header | Role::Footer | Role::Navigation | Role::Interface) => ImageRole::Decorative,
            _ => ImageRole::Content,
        },
    }
}
