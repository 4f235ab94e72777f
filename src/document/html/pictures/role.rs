//! What a picture is for: part of the article, or a logo, a teaser, an ornament.

use crate::document::Document;
use crate::document::Image;
use crate::document::ImageRole;
use crate::document::Role;
use crate::document::html::layout::Layout;
use crate::document::html::layout::PictureSpot;
use crate::document::html::names::Hints;
use crate::document::html::names::Sense;
use crate::document::html::tree::Parsed;

pub(super) fn role(parsed: &Parsed<'_>, layout: &Layout, spot: &PictureSpot, image: &Image, document: &Document) -> ImageRole {
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
