//! Where an absent fact was looked for, and what came near.

use crate::check::context::{Context, Target};
use crate::detect::media;
use crate::document::{Image, ImageId};
use crate::evidence::{Evidence, Subject};
use crate::finding::Searched;
use crate::policy::words::{Area, FactName};
use crate::terms::Fact;

/// Where `fact` was looked for; `near` is the statement that came nearest.
pub(super) fn searched(context: &Context<'_>, target: &Target, fact: &FactName, near: Option<&Evidence>) -> Vec<Searched> {
    let areas = near.map(|e| context.areas.of(e)).unwrap_or_default();
    let mut places = match (context.image(target), &target.subject) {
        (Some(image), Subject::Image(id)) => around(image).into_iter().chain([embedded(context, *id)]).collect(),
        (Some(embed), Subject::Embed(_)) => around(embed),
        _ => usual_areas(fact).iter().map(|area| entry(area.name(), "absent", None)).collect(),
    };
    for place in &mut places {
        if areas.iter().any(|area| area.name() == place.place) {
            (place.result, place.why) = ("partial", None);
        }
    }
    places
}

fn entry(place: &str, result: &'static str, why: Option<&str>) -> Searched {
    Searched { place: place.to_owned(), result, why: why.map(str::to_owned) }
}

/// The places around a picture or an embedded medium.
fn around(image: &Image) -> Vec<Searched> {
    let words = image.caption.is_some() || !image.nearby.is_empty();
    let caption = if words { entry("caption", "rejected", Some("its words state none")) } else { entry("caption", "absent", None) };
    let alt = image.alt.as_ref().or(image.title.as_ref()).is_some_and(|a| !a.value.trim().is_empty());
    let alt = if alt { entry("alt", "rejected", Some("its words state none")) } else { entry("alt", "absent", None) };
    vec![caption, alt, entry("metadata", "absent", None)]
}

/// The picture file itself, if it was in the scanned folder.
fn embedded(context: &Context<'_>, id: ImageId) -> Searched {
    match media::file_of(context.reading, id) {
        Some(file) => entry("embedded", "absent", file.source.text.is_empty().then_some("it holds no XMP")),
        None => entry("embedded", "not-in-scan", None),
    }
}

/// Where a document usually states a fact.
fn usual_areas(fact: &FactName) -> &'static [Area] {
    match fact {
        FactName::Known(Fact::Byline | Fact::Date | Fact::Headline) => &[Area::ArticleTop, Area::Article, Area::Metadata],
        FactName::Known(Fact::Copyright | Fact::Licence | Fact::PermissionsContact | Fact::TermsLink) => {
            &[Area::Article, Area::Footer, Area::Metadata]
        }
        FactName::Known(Fact::Reservation) => &[Area::Article, Area::Footer],
        FactName::Known(Fact::Signal | Fact::SignalFault | Fact::AiMarker) => &[Area::Head, Area::Metadata],
        FactName::Known(Fact::AiDisclosure) => &[Area::ArticleTop, Area::Article, Area::Caption, Area::Footer],
        FactName::Known(Fact::Caption | Fact::Credit) => &[Area::Caption, Area::Article, Area::Metadata],
        FactName::Known(Fact::Source | Fact::AgencyCredit) | FactName::Custom(_) => &[Area::Article],
    }
}
