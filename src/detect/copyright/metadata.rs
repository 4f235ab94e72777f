//! Copyright in meta elements, JSON-LD and front matter.

use crate::detect::copyright::line;
use crate::detect::copyright::piece::Piece;
use crate::detect::copyright::years;
use crate::detect::reading::Reading;
use crate::document::Field;
use crate::document::Item;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::evidence::Claim;
use crate::evidence::Copyright;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::lexicon::concept::Concept;
use crate::terms::Channel;
use crate::terms::Confidence;
use crate::text::Folded;
use crate::text::Span;
use crate::text::squeeze;

/// Names of flat fields whose value is a copyright notice or the name of a holder.
const FIELDS: &[&str] = &["copyright", "rights", "dc.rights", "dc:rights", "dcterms.rights", "dcterms.rightsholder", "rights-standard"];

/// Articles and pages; a picture's copyright is the picture's.
const WORKS: &[&str] = &[
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
    "BlogPosting",
    "WebPage",
    "WebSite",
    "LiveBlogPosting",
    "CreativeWork",
    "ScholarlyArticle",
    "TechArticle",
    "Report",
];

/// States what metadata says.
pub(super) fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    for field in &reading.document().fields {
        if is_copyright_field(field) {
            evidence.extend(notice(reading, &field.value, field.span));
        }
    }
    for item in &reading.document().items {
        if item.is(WORKS) || (item.vocabulary == Vocabulary::FrontMatter && !item.nested) {
            structured(reading, item, evidence);
        }
    }
}

fn is_copyright_field(field: &Field) -> bool {
    matches!(field.vocabulary, Vocabulary::Meta | Vocabulary::FrontMatter) && FIELDS.contains(&field.name.as_str())
}

/// A notice as one string: "© 2024 Acme", or just "Acme". An address or a licence is another matter.
fn notice(reading: &Reading<'_>, value: &str, span: Span) -> Option<Evidence> {
    let text = squeeze(value);
    if text.is_empty() || text.contains("://") || !text.contains(char::is_alphabetic) {
        return None;
    }
    let folded = Folded::new(&text);
    let hits = reading.lexicon.scan(&folded.text);
    if hits.iter().any(|h| matches!(h.concept, Concept::LicenceCreativeCommons | Concept::PermissionPublicDomain)) {
        return None;
    }
    let reserved = hits.iter().any(|h| h.concept == Concept::CopyrightAllRightsReserved);
    let piece = Piece::new(reading, &text, &folded, &hits);
    let marks = piece.marks();
    let line = line::read(&text, &marks, &piece.words(&marks)).into_iter().find(|l| l.holder.is_some() || !l.years.is_empty());
    let copyright = match line {
        Some(line) => line.claim(&text),
        None if reserved => Copyright { holder: None, years: Vec::new(), all_rights_reserved: true },
        None => named(&text),
    };
    Some(state(reading, copyright, span))
}

/// A value without a mark: a name, perhaps behind a year.
fn named(text: &str) -> Copyright {
    let (years, name) = match years::read(text, 0) {
        Some(found) => {
            (found.list, text[found.end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | ':')))
        }
        None => (Vec::new(), text),
    };
    Copyright { holder: Some(name.to_owned()).filter(|n| !n.is_empty()), years, all_rights_reserved: false }
}

/// `copyrightNotice`, or `copyrightHolder` with `copyrightYear` (schema.org).
fn structured(reading: &Reading<'_>, item: &Item, evidence: &mut Vec<Evidence>) {
    if let Some(property) = item.get("copyrightNotice").next()
        && let Value::Text(text) = &property.value
    {
        evidence.extend(notice(reading, text, property.span));
        return;
    }
    let year = item.text("copyrightYear").and_then(|y| years::read(y.trim(), 0)).map(|y| y.list).unwrap_or_default();
    for property in item.get("copyrightHolder") {
        let holder = match &property.value {
            Value::Text(text) => Some(squeeze(text)),
            Value::Item(id) => reading.document().item(*id).text("name").map(squeeze),
        };
        if let Some(holder) = holder.filter(|h| !h.is_empty() && !h.contains("://")) {
            let copyright = Copyright { holder: Some(holder), years: year.clone(), all_rights_reserved: false };
            evidence.push(state(reading, copyright, property.span));
        }
    }
}

fn state(reading: &Reading<'_>, copyright: Copyright, span: Span) -> Evidence {
    Evidence {
        subject: Subject::Document,
        claim: Claim::Copyright(copyright),
        channel: Channel::Metadata,
        confidence: Confidence::High,
        place: reading.value_place(span),
        detector: "copyright",
    }
}
