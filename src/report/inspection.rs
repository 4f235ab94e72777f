//! What a document says, without judgement: the object `rightscheck/inspection/1`.

use crate::detect::Facts;
use crate::detect::reading::Reading;
use crate::document::{Image, ImageId};
use crate::evidence::{Claim, DateKind, Evidence, Subject, Terms};
use crate::report::embedded;
use crate::report::place::{PlaceReport, Places};
use crate::report::said;
use crate::rights::{Rights, Ruling};
use crate::source::Source;
use crate::terms::{State, Use};
use crate::text::Span;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Name and version of the object; keys may be added, none removed or retyped.
pub const SCHEMA: &str = "rightscheck/inspection/1";

/// One inspected document.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Inspection {
    /// [`SCHEMA`].
    pub schema: Cow<'static, str>,
    /// The document.
    pub document: DocumentReport,
    /// The answer after weighing all channels.
    pub attribution: AttributionReport,
    /// Every statement.
    pub facts: Vec<FactReport>,
    /// Its pictures.
    pub images: Vec<ImageReport>,
    /// What it embeds in frames.
    #[serde(default)]
    pub embeds: Vec<ImageReport>,
    /// The matrix.
    pub uses: Vec<UseReport>,
    /// For a picture, a PDF or an XMP file: the fields of its XMP.
    pub embedded: Option<Value>,
    /// The files that accompany it.
    pub companions: Vec<CompanionReport>,
    /// What could not be read.
    pub problems: Vec<ProblemReport>,
}

/// What the document is.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DocumentReport {
    /// Relative path.
    pub path: String,
    /// Its own address, else its path.
    pub id: String,
    /// `html`, `markdown`, `text`, …
    pub kind: Cow<'static, str>,
    /// Two-letter code.
    pub language: Option<String>,
    /// Encoding name.
    pub encoding: Cow<'static, str>,
    /// Why that encoding.
    pub encoding_reason: Cow<'static, str>,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

/// See [`crate::evidence::Attribution`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct AttributionReport {
    /// Title of the article.
    pub headline: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// First publication.
    pub published: Option<String>,
    /// Last change.
    pub modified: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Outlets that facts are attributed to.
    pub sources: Vec<String>,
}

/// One statement.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct FactReport {
    /// Its number within the document.
    pub id: u32,
    /// Name of the fact.
    pub fact: String,
    /// `prose`, `metadata`, …
    pub channel: Cow<'static, str>,
    /// `high`, `medium`, `low`.
    pub confidence: Cow<'static, str>,
    /// `{kind}` with `index` where there are several.
    pub subject: Value,
    /// What it says, in the form of its fact.
    pub value: Value,
    /// The same in a line of words.
    pub said: String,
    /// Where it says so.
    pub place: PlaceReport,
}

/// One picture, or one embedded medium.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ImageReport {
    /// Its address as written.
    pub address: String,
    /// What it is for.
    pub role: Cow<'static, str>,
    /// The fact that captions it.
    pub caption: Option<u32>,
    /// The facts that credit it.
    pub credits: Vec<u32>,
    /// Alternative text.
    pub alt: Option<String>,
    /// Its element.
    pub span: Span,
}

/// One entry of the matrix.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct UseReport {
    /// `{kind}` with `index` where there are several.
    pub subject: Value,
    /// The use.
    #[serde(rename = "use")]
    pub usage: Cow<'static, str>,
    /// Whom it is said to: `*`, or the name of a crawler.
    pub addressee: String,
    /// What the statements say.
    pub state: Cow<'static, str>,
    /// Whether it is stated, not derived.
    pub explicit: bool,
    /// `name` or `general words`.
    pub by: Cow<'static, str>,
    /// Under which conditions.
    pub conditions: Vec<String>,
    /// Whom to ask.
    pub rightsholder: Option<String>,
    /// The facts it rests on.
    pub because: Vec<u32>,
    /// The facts it overrules.
    pub overruled: Vec<u32>,
}

/// A file that accompanies a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct CompanionReport {
    /// Relative path.
    pub path: String,
    /// `robots`, `headers`, `picture`, …
    pub kind: Cow<'static, str>,
    /// Whether its content was taken into account.
    pub read: bool,
}

/// Something that could not be read.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ProblemReport {
    code: Cow<'static, str>,
    message: String,
    source: String,
    span: Option<Span>,
}

/// Builds the object.
pub fn inspection(reading: &Reading<'_>, facts: &Facts, rights: &Rights) -> Inspection {
    Inspection {
        schema: SCHEMA.into(),
        document: document(reading),
        attribution: attribution(facts),
        facts: stated(reading, facts),
        images: images(reading, facts),
        embeds: embeds(reading, facts),
        uses: rights.rulings.iter().map(usage).collect(),
        embedded: reading.main.source.kind.is_medium().then(|| embedded::fields(reading.document())),
        companions: companions(reading),
        problems: problems(reading),
    }
}

/// The answer after weighing all channels.
pub(crate) fn attribution(facts: &Facts) -> AttributionReport {
    let a = &facts.attribution;
    AttributionReport {
        headline: a.headline.clone(),
        authors: a.authors.clone(),
        published: a.published.clone(),
        modified: a.modified.clone(),
        publisher: a.publisher.clone(),
        sources: a.sources.clone(),
    }
}

/// Every statement, in order.
pub(crate) fn stated(reading: &Reading<'_>, facts: &Facts) -> Vec<FactReport> {
    let sources: Vec<&Source> = std::iter::once(reading.main).chain(reading.companions.iter().copied()).map(|r| &r.source).collect();
    let places = Places::new(&sources, facts.evidence.iter().map(|e| &e.place));
    facts.evidence.iter().enumerate().map(|(id, e)| fact(id as u32, e, &sources, &places)).collect()
}

/// The files that accompany the document.
pub(crate) fn companions(reading: &Reading<'_>) -> Vec<CompanionReport> {
    let sources = reading.companions.iter().map(|c| &c.source);
    sources.map(|s| CompanionReport { path: s.origin.path.clone(), kind: s.kind.name().into(), read: true }).collect()
}

/// What a document says of one use: the object `rightscheck/answer/1`.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct AnswerReport {
    schema: Cow<'static, str>,
    path: String,
    #[serde(rename = "use")]
    usage: Cow<'static, str>,
    state: Cow<'static, str>,
    /// Its entries of the matrix: for everybody first, then for single crawlers and pictures.
    uses: Vec<UseReport>,
    /// The statements these rest on.
    facts: Vec<FactReport>,
}

/// Builds the object for `usage`.
pub fn answer(reading: &Reading<'_>, facts: &Facts, rights: &Rights, usage: Use) -> AnswerReport {
    let mut whole = inspection(reading, facts, rights);
    whole.uses.retain(|u| u.usage == usage.name());
    let everybody = |u: &&UseReport| u.addressee == "*" && u.subject == json!({"kind": "document"});
    let state = whole.uses.iter().find(everybody).map_or_else(|| State::Unstated.name().into(), |u| u.state.clone());
    whole.facts.retain(|f| whole.uses.iter().any(|u| u.because.contains(&f.id) || u.overruled.contains(&f.id)));
    let (path, usage) = (whole.document.path, usage.name().into());
    AnswerReport { schema: "rightscheck/answer/1".into(), path, usage, state, uses: whole.uses, facts: whole.facts }
}

fn document(reading: &Reading<'_>) -> DocumentReport {
    let (source, document) = (&reading.main.source, &reading.main.document);
    DocumentReport {
        path: source.origin.path.clone(),
        id: document_id(reading),
        kind: source.kind.name().into(),
        language: document.language.clone(),
        encoding: source.encoding.name.into(),
        encoding_reason: source.encoding.reason.into(),
        sha256: sha256(source),
    }
}

/// A document's own address, else its path.
pub(crate) fn document_id(reading: &Reading<'_>) -> String {
    reading.main.document.address.clone().unwrap_or_else(|| reading.main.source.origin.path.clone())
}

/// The digest of a source's bytes, in hexadecimal digits.
pub(crate) fn sha256(source: &Source) -> String {
    Sha256::digest(source.bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

fn problems(reading: &Reading<'_>) -> Vec<ProblemReport> {
    let mut all = Vec::new();
    for read in std::iter::once(reading.main).chain(reading.companions.iter().copied()) {
        let path = &read.source.origin.path;
        if let Some(message) = &read.source.encoding.problem {
            all.push(ProblemReport { code: "encoding".into(), message: message.clone(), source: path.clone(), span: None });
        }
        all.extend(read.document.problems.iter().map(|p| ProblemReport {
            code: p.code.into(),
            message: p.message.clone(),
            source: path.clone(),
            span: p.span,
        }));
    }
    all
}

fn fact(id: u32, evidence: &Evidence, sources: &[&Source], places: &Places) -> FactReport {
    FactReport {
        id,
        fact: evidence.claim.fact_name().to_owned(),
        channel: evidence.channel.name().into(),
        confidence: evidence.confidence.name().into(),
        subject: subject(&evidence.subject),
        value: value(&evidence.claim),
        said: said::claim(&evidence.claim),
        place: places.report(sources, &evidence.place),
    }
}

fn subject(subject: &Subject) -> Value {
    match subject {
        Subject::Document => json!({"kind": "document"}),
        Subject::Image(id) => json!({"kind": "image", "index": id.0}),
        Subject::Images => json!({"kind": "images"}),
        Subject::Embed(n) => json!({"kind": "embed", "index": n}),
        Subject::Quote(n) => json!({"kind": "quote", "index": n}),
    }
}

fn value(claim: &Claim) -> Value {
    match claim {
        Claim::Headline(text) | Claim::Caption(text) => json!({"text": text}),
        Claim::Byline(names) => json!({"names": names}),
        Claim::Date { kind, value } => {
            json!({"kind": if *kind == DateKind::Published { "published" } else { "modified" }, "value": value})
        }
        Claim::Source { outlet, link } => json!({"outlet": outlet, "link": link}),
        Claim::AgencyCredit(agencies) => json!({"agencies": agencies}),
        Claim::Copyright(c) => json!({"holder": c.holder, "years": c.years, "all_rights_reserved": c.all_rights_reserved}),
        Claim::Licence(terms) | Claim::Reservation(terms) => self::terms(terms),
        Claim::PermissionsContact(c) | Claim::TermsLink(c) => json!({"text": c.text, "url": c.url}),
        Claim::Signal(s) => {
            let states: serde_json::Map<_, _> = s.states.iter().map(|t| (t.usage.name().to_owned(), json!(t.state.name()))).collect();
            json!({"mechanism": s.mechanism, "value": s.value, "addressee": s.addressee, "scope": s.scope, "carrier": s.carrier, "states": states})
        }
        Claim::SignalFault { code, message } => json!({"code": code, "message": message}),
        Claim::AiMarker(value) => json!({"value": value}),
        Claim::AiDisclosure { text, scope } => json!({"text": text, "scope": scope}),
        Claim::Credit(c) => json!({"agencies": c.agencies, "persons": c.persons, "text": c.text, "status_words": c.status_words}),
        Claim::Custom { parts, .. } => parts.iter().map(|(k, v)| (k.clone(), json!(v))).collect::<serde_json::Map<_, _>>().into(),
    }
}

fn terms(terms: &Terms) -> Value {
    let part = |name: &str, place: &crate::evidence::Place| json!({"name": name, "span": place.location.span, "quote": place.quote});
    json!({
        "id": terms.id,
        "uses": terms.uses.iter().map(|u| u.name.name()).collect::<Vec<_>>(),
        "status": terms.status.map(crate::terms::State::name),
        "stated_as": terms.stated_as,
        "conditions": terms.conditions,
        "exceptions": terms.exceptions.iter().map(|(e, _)| e.name()).collect::<Vec<_>>(),
        "rightsholder": terms.rightsholder,
        "legal_basis": terms.legal_basis,
        "link": terms.link,
        "source": terms.source,
        "scope": terms.scope,
        "words": {
            "uses": terms.uses.iter().map(|u| part(u.name.name(), &u.place)).collect::<Vec<_>>(),
            "exceptions": terms.exceptions.iter().map(|(e, p)| part(e.name(), p)).collect::<Vec<_>>(),
        },
    })
}

/// The pictures, in order.
pub(crate) fn images(reading: &Reading<'_>, facts: &Facts) -> Vec<ImageReport> {
    let images = reading.document().images.iter().enumerate();
    images.map(|(n, image)| image_report(image, &Subject::Image(ImageId(n as u32)), facts)).collect()
}

/// What the document embeds, in order.
fn embeds(reading: &Reading<'_>, facts: &Facts) -> Vec<ImageReport> {
    let embeds = reading.document().embeds.iter().enumerate();
    embeds.map(|(n, embed)| image_report(embed, &Subject::Embed(n as u32), facts)).collect()
}

fn image_report(image: &Image, subject: &Subject, facts: &Facts) -> ImageReport {
    let of = |wanted: fn(&Claim) -> bool| {
        let stated = facts.evidence.iter().enumerate().filter(move |(_, e)| e.subject == *subject && wanted(&e.claim));
        stated.map(|(n, _)| n as u32)
    };
    ImageReport {
        address: image.address.clone(),
        role: image.role.name().into(),
        caption: of(|c| matches!(c, Claim::Caption(_))).next(),
        credits: of(|c| matches!(c, Claim::Credit(_))).collect(),
        alt: image.alt.as_ref().map(|a| a.value.clone()),
        span: image.span,
    }
}

pub(crate) fn usage(ruling: &Ruling) -> UseReport {
    UseReport {
        subject: subject(&ruling.subject),
        usage: ruling.usage.name().into(),
        addressee: ruling.addressee.clone(),
        state: ruling.state.name().into(),
        explicit: ruling.explicit,
        by: if ruling.by_name { "name".into() } else { "general words".into() },
        conditions: ruling.conditions.iter().map(ToString::to_string).collect(),
        rightsholder: ruling.rightsholder.clone(),
        because: ruling.because.iter().map(|e| e.0).collect(),
        overruled: ruling.overruled.iter().map(|e| e.0).collect(),
    }
}
