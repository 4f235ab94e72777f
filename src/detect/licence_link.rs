//! Licences in metadata: `rel=license`, JSON-LD and its relatives, meta elements, the `Link` header; and where a licence can be had.

use crate::detect::item_subject;
use crate::detect::media::Medium;
use crate::detect::reading::Reading;
use crate::detect::signal::page::Page;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::Field;
use crate::document::Image;
use crate::document::ImageId;
use crate::document::ItemId;
use crate::document::Property;
use crate::document::Role;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Signal;
use crate::evidence::SignalState;
use crate::evidence::Subject;
use crate::evidence::Terms;
use crate::registry::licences;
use crate::registry::licences::Licence;
use crate::registry::mapping;
use crate::terms::Channel;
use crate::terms::Condition;
use crate::terms::Confidence;
use crate::terms::State;

/// Meta elements whose value is a licence.
const LICENCES: &[&str] = &[
    "license",
    "licence",
    "dcterms.license",
    "dcterms:license",
    "dc.license",
    "dc.rights.license",
    "dc:license",
    "cc:license",
    "og:license",
];

/// Meta elements whose value may name one.
const RIGHTS: &[&str] =
    &["rights", "dc.rights", "dc:rights", "dcterms.rights", "dcterms:rights", "copyright", "usage-terms", "dcterms.accessrights"];

/// Properties that lead to where a licence can be had.
const OFFERS: &[&str] = &["acquireLicensePage", "usageInfo"];

/// Properties of XMP, whether only licences stand there, and whether they lead to where one can be had.
const IN_XMP: &[(&str, bool, bool)] = &[
    ("cc:license", true, false),
    ("xmprights:usageterms", false, false),
    ("xmprights:webstatement", false, true),
    ("plus:licensorurl", false, true),
];

/// States the licences in metadata.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    fields(reading, evidence);
    items(reading, evidence);
    for (id, block) in reading.document().blocks() {
        links(reading, id, block, evidence);
    }
    header(reading, evidence);
    for medium in reading.media() {
        in_medium(&medium, evidence);
    }
}

/// XMP of a picture: its licence, else where one can be had.
fn in_medium(medium: &Medium<'_>, evidence: &mut Vec<Evidence>) {
    for (property, is_licence, is_offer) in IN_XMP {
        for field in medium.get(property) {
            let place = medium.place(field.span);
            let stated = match named(&field.value, *is_licence) {
                Some((licence, confidence)) => state(medium.subject(), licence.as_ref(), confidence, place),
                None if *is_offer => offer(medium.subject(), &field.value, place, medium.carrier()),
                None => continue,
            };
            evidence.push(Evidence { channel: medium.channel(), ..stated });
        }
    }
}

fn fields(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let mut seen = Vec::new();
    for field in &reading.document().fields {
        let (is_licence, may_name) = match field.vocabulary {
            Vocabulary::Link => (is_licence_link(field), false),
            Vocabulary::Meta => (LICENCES.contains(&field.name.as_str()), RIGHTS.contains(&field.name.as_str())),
            _ => (false, false),
        };
        if !(is_licence || may_name) || seen.contains(&field.span) {
            continue;
        }
        if is_licence {
            evidence.extend(fault(Subject::Document, &field.value, reading.value_place(field.span)));
        }
        if let Some((licence, confidence)) = named(&field.value, is_licence) {
            seen.push(field.span);
            evidence.push(state(Subject::Document, licence.as_ref(), confidence, reading.value_place(field.span)));
        }
    }
}

/// `rel=license`, or its synonym `copyright`, unless the type makes it a link to RSL.
fn is_licence_link(field: &Field) -> bool {
    let rsl = field.media_type.as_deref().is_some_and(|t| t.trim().eq_ignore_ascii_case("application/rsl+xml"));
    matches!(field.name.as_str(), "license" | "copyright") && !rsl
}

/// The licence that `value` names, by address or identifier; an address that nobody here knows is one too where only licences stand.
fn named(value: &str, is_licence: bool) -> Option<(Option<Licence>, Confidence)> {
    let value = value.trim();
    let found = licences::by_address(value).or_else(|| is_licence.then(|| licences::by_id(value)).flatten());
    let found = found.or_else(|| value.split([' ', '"', '<', '>', '(']).filter(|w| w.contains("//")).find_map(licences::by_address));
    if let Some(licence) = found {
        return Some((Some(licence), Confidence::High));
    }
    let address = value.starts_with("http") || value.starts_with('/');
    (is_licence && address && !value.contains(char::is_whitespace)).then_some((None, Confidence::Medium))
}

/// An address or an identifier that looks like a licence's and is none.
fn fault(subject: Subject, value: &str, place: Place) -> Option<Evidence> {
    let meant = |meant: &str| format!("; `{meant}` was probably meant");
    let (code, message) = if let Some(doubt) = licences::doubt(value) {
        ("licence-address", format!("{}{}", doubt.why, doubt.meant.map(|m| meant(&m)).unwrap_or_default()))
    } else {
        ("licence-id", format!("`{}` is no identifier of a licence{}", value.trim(), meant(licences::nearest_id(value)?)))
    };
    let claim = Claim::SignalFault { code: code.to_owned(), message };
    Some(Evidence { subject, claim, channel: Channel::Metadata, confidence: Confidence::High, place, detector: "licence-link" })
}

fn items(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    for n in 0..reading.document().items.len() {
        let id = ItemId(n as u32);
        let item = reading.document().item(id);
        let speaks = |p: &&Property| p.name.eq_ignore_ascii_case("license") || p.name.eq_ignore_ascii_case("licence");
        let offers = |p: &&Property| OFFERS.iter().any(|o| p.name.eq_ignore_ascii_case(o));
        if !item.properties.iter().any(|p| speaks(&p) || offers(&p)) {
            continue;
        }
        let Some(subject) = item_subject::of(reading, id) else { continue };
        for property in item.properties.iter().filter(speaks) {
            let Some(value) = address(reading, property) else { continue };
            evidence.extend(fault(subject.clone(), &value, reading.value_place(property.span)));
            let found = named(&value, true);
            evidence.extend(found.map(|(licence, c)| {
                let mut stated = state(subject.clone(), licence.as_ref(), c, reading.value_place(property.span));
                if let Claim::Licence(terms) = &mut stated.claim {
                    terms.link = value.contains('/').then(|| value.clone());
                }
                stated
            }));
        }
        let offered = item.properties.iter().filter(offers).filter_map(|p| Some((p, address(reading, p)?)));
        evidence.extend(offered.map(|(p, value)| offer(subject.clone(), &value, reading.value_place(p.span), "json-ld")));
    }
}

/// The text of a property, or the address or name of the item it leads to.
fn address(reading: &Reading<'_>, property: &Property) -> Option<String> {
    match &property.value {
        Value::Text(text) => Some(text.clone()),
        Value::Item(id) => {
            let item = reading.document().item(*id);
            item.text("url").or(item.id.as_deref()).or(item.text("name")).map(str::to_owned)
        }
    }
}

/// Links in the text: those marked as the licence, and in a caption also plain ones, which license the picture.
fn links(reading: &Reading<'_>, id: BlockId, block: &Block, evidence: &mut Vec<Evidence>) {
    let caption = block.role == Role::Caption;
    if matches!(block.role, Role::Comment | Role::Teaser | Role::Navigation | Role::Quote | Role::Interface) {
        return;
    }
    for (range, href, rel) in block.links() {
        let marked = rel.iter().any(|r| r == "license" || r == "copyright");
        if range.is_empty() || !(marked || caption) {
            continue;
        }
        let licence = licences::by_address(href);
        if !marked && licence.is_none() {
            continue;
        }
        let subject = if caption { shown_by(reading, id) } else { Some(Subject::Document) };
        // A known licence outside captions is a notice in words, with the sentence around it.
        let (Some(subject), true) = (subject, caption || licence.is_none()) else { continue };
        if marked {
            evidence.extend(fault(subject.clone(), href, reading.place(id, range.clone())));
        }
        let confidence = if licence.is_some() && marked { Confidence::High } else { Confidence::Medium };
        let mut stated = state(subject, licence.as_ref(), confidence, reading.place(id, range));
        if let Claim::Licence(terms) = &mut stated.claim {
            (terms.link, terms.source) = (Some(href.to_owned()), caption.then(|| source_link(block)).flatten());
        }
        evidence.push(stated);
    }
}

/// Where the caption of a picture leads besides its licence: the page that it comes from.
fn source_link(block: &Block) -> Option<String> {
    let leads = |href: &str| href.contains("//") && licences::by_address(href).is_none() && !href.contains("creativecommons.org/");
    block.links().map(|(_, href, _)| href).find(|href| leads(href)).map(str::to_owned)
}

/// The picture whose caption `block` is, else the embedded medium.
fn shown_by(reading: &Reading<'_>, block: BlockId) -> Option<Subject> {
    let (pictures, embeds) = (&reading.document().images, &reading.document().embeds);
    if pictures.iter().any(|picture| picture.is_beside(block)) {
        return only_beside(pictures, block).map(|at| Subject::Image(ImageId(at)));
    }
    only_beside(embeds, block).map(Subject::Embed)
}

/// The only one that `block` stands beside: a line for several doesn't tell which.
fn only_beside(shown: &[Image], block: BlockId) -> Option<u32> {
    let mut found = (0..).zip(shown).filter(|(_, image)| image.is_beside(block));
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
}

/// `Link: <address>; rel="license"` (RFC 8288).
fn header(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let page = Page::new(reading);
    for header in page.headers("link") {
        for link in header.value.split(",<").flat_map(|l| l.split(", <")) {
            let Some((target, parameters)) = link.trim_start_matches([' ', '<']).split_once('>') else { continue };
            let parameters = parameters.to_ascii_lowercase().replace(['"', '\''], "");
            let rel = parameters.split(';').filter_map(|p| p.trim().strip_prefix("rel="));
            let is_licence = rel.flat_map(str::split_ascii_whitespace).any(|r| r == "license") && !parameters.contains("rsl+xml");
            if is_licence && let Some((licence, confidence)) = named(target, true) {
                evidence.push(state(Subject::Document, licence.as_ref(), confidence.min(header.confidence), header.place.clone()));
            }
        }
    }
}

fn state(subject: Subject, licence: Option<&Licence>, confidence: Confidence, place: Place) -> Evidence {
    let terms = licence.map(terms).unwrap_or_default();
    Evidence { subject, claim: Claim::Licence(terms), channel: Channel::Metadata, confidence, place, detector: "licence-link" }
}

fn terms(licence: &Licence) -> Terms {
    let row = licence.grants();
    let conditions: Vec<Condition> = row.conditions.iter().map(|c| Condition::from(c.clone())).collect();
    let status = match (licence.is_grant(), conditions.is_empty()) {
        (false, _) => None,
        (true, true) => Some(State::Allowed),
        (true, false) => Some(State::Conditional),
    };
    Terms { id: Some(licence.id.clone()), status, conditions, ..Terms::default() }
}

/// Where a licence can be had.
fn offer(subject: Subject, address: &str, place: Place, carrier: &'static str) -> Evidence {
    let row = mapping::row("licence", "offer");
    let one = |s: &mapping::RowState| SignalState {
        usage: s.usage,
        state: s.state,
        explicit: s.explicit,
        conditions: row.conditions_of(s.usage).map(|c| Condition::from(c.to_owned())).collect(),
    };
    let signal = Signal {
        mechanism: "licence-offer",
        value: address.to_owned(),
        states: row.states.iter().map(one).collect(),
        addressee: "*".to_owned(),
        scope: "document",
        carrier,
        operator: None,
        rightsholder: None,
    };
    let (channel, confidence) = (Channel::Metadata, Confidence::High);
    Evidence { subject, claim: Claim::Signal(signal), channel, confidence, place, detector: "licence-link" }
}
