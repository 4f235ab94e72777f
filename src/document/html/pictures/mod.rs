//! Pictures: their addresses, their words, what stands near them.

mod address;
mod embeds;
mod neighbourhood;
mod role;

use crate::document::Document;
use crate::document::Image;
use crate::document::Placed;
use crate::document::html::layout::Layout;
use crate::document::html::layout::PictureSpot;
use crate::document::html::layout::attribute_called;
use crate::document::html::pictures::address::gather;
use crate::document::html::pictures::address::is_placeholder;
use crate::document::html::pictures::neighbourhood::Neighbourhood;
use crate::document::html::pictures::role::Roles;
use crate::document::html::tree::Parsed;
use crate::text::Span;
use ego_tree::NodeId;
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
    let (mut spots, mut images): (Vec<PictureSpot>, Vec<Image>) = (Vec::new(), Vec::new());
    for spot in &layout.pictures {
        let Some(image) = image(parsed, spot) else { continue };
        let recent = spots.len().saturating_sub(3)..spots.len();
        match recent.rev().find(|&n| is_twin(&spots[n], &images[n], spot, &image)) {
            Some(first) => merge(&mut images[first], image),
            None => {
                spots.push(*spot);
                images.push(image);
            }
        }
    }
    let neighbourhood = Neighbourhood::new(layout, &document.blocks, &spots);
    let roles = Roles::new(parsed, layout, &document.blocks);
    for (n, image) in images.iter_mut().enumerate() {
        neighbourhood.describe(n, image);
        image.role = roles.of(&spots[n], image);
    }
    role::mark_repeated(&mut images);
    role::promote(document, &mut images);
    document.embeds = embeds::read(parsed, layout, &roles, &document.blocks);
    document.images = images;
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
    keep_variants(&address, &mut addresses);
    let worded = |name: &str| worded(parsed, spot.node, element, name);
    let attributes = element
        .attrs()
        .filter(|(name, _)| name.starts_with("data-") && WORDS.iter().any(|w| name.contains(w)))
        .filter_map(|(name, _)| Some((name.to_owned(), worded(name)?)))
        .collect();
    let span = start_of(parsed, spot.node)?;
    let is_video = matches!(element.name(), "video" | "amp-video");
    Some(Image { address, variants: addresses, is_video, span, alt: worded("alt"), title: worded("title"), attributes, ..Image::default() })
}

/// Drops from `addresses` what stands there twice, `address` itself, and pictures that are no files.
fn keep_variants(address: &str, addresses: &mut Vec<String>) {
    addresses.retain(|a| !a.starts_with("data:") && a != address);
    if addresses.len() > 1 {
        let mut known = std::collections::HashSet::new();
        let new: Vec<bool> = addresses.iter().map(|a| known.insert(a.as_str())).collect();
        let mut new = new.into_iter();
        addresses.retain(|_| new.next() == Some(true));
    }
}

/// The start tag of an element; all of it where the tag is implied.
fn start_of(parsed: &Parsed<'_>, node: NodeId) -> Option<Span> {
    let whole = || parsed.html.tree.get(node).map(|node| parsed.element_span(node));
    parsed.start_tag(node).or_else(whole)
}

/// An attribute that says something, with the place of its value.
fn worded(parsed: &Parsed<'_>, node: NodeId, element: &Element, name: &str) -> Option<Placed> {
    let value = attribute_called(element, name).filter(|v| !v.trim().is_empty())?;
    let span = parsed.attribute_span(node, name).or(parsed.start_tag(node)).unwrap_or_default();
    Some(Placed { value: value.to_owned(), span })
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::document::ImageRole;
    use crate::document::Relation;
    use crate::document::html::read_text;

    const PROSE: &str = "<p>The boats of Exampleton come home at dusk, and the harbour is full of them until the morning comes.</p>";

    fn page(before: &str, inside: &str) -> Document {
        read_text(&format!("<!DOCTYPE html><title>Harbour</title>{before}<article><h1>Harbour</h1>{PROSE}{inside}{PROSE}</article>"))
    }

    #[track_caller]
    fn role(inside: &str, expected: ImageRole) {
        assert_eq!(page("", inside).images[0].role, expected, "{inside}");
    }

    #[test]
    fn roles_follow_captions_links_names_and_sizes() {
        role("<figure><img src='/a.jpg'><figcaption>Boats</figcaption></figure>", ImageRole::Content);
        role("<div class='site-logo'><figure><img src='/a.jpg'><figcaption>Boats</figcaption></figure></div>", ImageRole::Content);
        role("<a href='/big/a.jpg'><img src='/a.jpg'></a>", ImageRole::Content);
        role("<a href='/another-article'><img src='/a.jpg'></a>", ImageRole::Teaser);
        role("<img src='/a.jpg' width='1' height='1'>", ImageRole::Decorative);
        role("<img src='/a.jpg' width='24' height='24'>", ImageRole::Icon);
        role("<img src='/img/icons/print__grey.svg'>", ImageRole::Icon);
        role("<img src='/img/icon_print.png?v=2'>", ImageRole::Icon);
        role("<img src='/img/icon-of-the-harbour.jpg'>", ImageRole::Content);
        role("<img src='/img/silicon.png'>", ImageRole::Content);
        role("<img src='/star_on.gif'><p>x</p><img src='/star_on.gif'><p>x</p><img src='/star_on.gif'>", ImageRole::Icon);
        role("<img src='/star_on.gif'><p>x</p><img src='/star_on.gif'>", ImageRole::Content);
        role("<img src='/harbour.jpg'><p>x</p><img src='/harbour.jpg'><p>x</p><img src='/harbour.jpg'>", ImageRole::Content);
        role("<img src='/a.jpg' width='16' height='9'>", ImageRole::Content);
        role("<img src='/search.gif' style='display:inline;width: 15px;height:15px'>", ImageRole::Icon);
        role("<img src='/a.jpg' style='max-width:15px;width:100%'>", ImageRole::Content);
        role("<img src='/a.jpg' style='width:1px;height:1px'>", ImageRole::Content);
        role("<img src='/img/ex_printlogo.png' alt='Example'>", ImageRole::Logo);
        role("<img src='/img/logo-of-the-harbour.jpg'>", ImageRole::Content);
        role("<figure><img src='/img/new_logo.png'><figcaption>The new sign</figcaption></figure>", ImageRole::Content);
        role("<img class='company-logo' src='/a.jpg'>", ImageRole::Logo);
        role(
            "<figure><a href='/authors/ann'><img src='/a.jpg' alt='Ann Example'></a><figcaption><address>By <a rel='author' href='/authors/ann'>Ann Example</a>, reporter</address></figcaption></figure>",
            ImageRole::Portrait,
        );
        role("<div class='byline'><img src='/a.jpg' alt='Ann Example'><span class='author'>Ann Example</span></div>", ImageRole::Portrait);
        let written = |file: &str| {
            format!("<div class='byline'><img src='/{file}?w=105' alt=''><span>By <a href='/ann'>Ann Example</a></span></div>")
        };
        role(&written("ann-example_ex.png"), ImageRole::Portrait);
        role(&written("harbour-at-dusk.png"), ImageRole::Content);
    }

    #[test]
    fn the_picture_that_metadata_names_belongs_to_the_article() {
        let head = "<meta property='og:image' content='https://example.org/big/harbour-at-dusk.jpg'><header><img src='/x/harbour-at-dusk.jpg'></header>";
        assert_eq!(page(head, "").images[0].role, ImageRole::Content);
        let other = "<meta property='og:image' content='https://example.org/big/quite-another.jpg'><header><nav>Home</nav><img src='/x/harbour-at-dusk.jpg'></header>";
        assert_ne!(page(other, "").images[0].role, ImageRole::Content);
    }

    #[test]
    fn addresses_for_scripts_go_before_stand_ins() {
        let document = page("", "<img src='/stand-in.png' data-lazyload-srcset='/harbour.jpg 600w, /harbour-big.jpg 1200w'>");
        assert_eq!(document.images[0].address, "/harbour-big.jpg");
        assert_eq!(document.images[0].variants, ["/harbour.jpg", "/stand-in.png"]);
    }

    #[test]
    fn each_picture_has_the_words_that_follow_it_up_to_the_next() {
        let document = page("", "<div><img src='/a.jpg'><p>First</p><img src='/b.jpg'><p>Second</p></div>");
        let words = |n: usize| {
            let near = document.images[n].nearby.iter().filter(|n| n.relation == Relation::Around);
            near.map(|n| document.block(n.block).text.as_str()).collect::<Vec<_>>()
        };
        assert_eq!((words(0), words(1)), (vec!["First"], vec!["Second"]));
    }

    #[test]
    fn a_figure_with_several_pictures_shares_its_caption() {
        let document = page("", "<figure><img src='/a.jpg'><img src='/b.jpg'><figcaption>Boats</figcaption></figure>");
        assert_eq!(document.images[0].nearby[0].relation, Relation::Gallery);
        assert_eq!(document.images[1].nearby[0].relation, Relation::Caption);
        assert_ne!(document.images[0].gallery, 0);
        assert_eq!(document.images[0].gallery, document.images[1].gallery);
    }
}
