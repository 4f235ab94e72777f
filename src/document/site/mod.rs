//! Site files: robots.txt, tdmrep.json, RSL, header files and their relatives. They are read once and shared by all pages of a site.

pub mod aipref;
pub mod codes;
pub mod content_signal;
pub mod epub;
pub mod headers;
mod line;
pub mod pattern;
pub mod robots;
pub mod rsl;
pub mod small;
pub mod tdm_policy;
pub mod tdmrep;

use crate::document::Document;
use crate::document::Problem;
use crate::document::json;
use crate::document::json::Flaw;
use crate::document::site::epub::Package;
use crate::document::site::headers::HeaderBlock;
use crate::document::site::robots::Robots;
use crate::document::site::rsl::Rsl;
use crate::document::site::small::AiTxt;
use crate::document::site::small::TrustTxt;
use crate::document::site::tdm_policy::TdmPolicy;
use crate::document::site::tdmrep::TdmRule;
use crate::source::Source;
use crate::source::kind::Kind;
use crate::text::Span;

/// The rules of a site file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteFile {
    /// `robots.txt`.
    Robots(Robots),
    /// `tdmrep.json`: its rules in order.
    TdmRep(Vec<TdmRule>),
    /// A policy for mining.
    TdmPolicy(TdmPolicy),
    /// An RSL document, or a feed with RSL.
    Rsl(Rsl),
    /// The package document of an EPUB.
    Epub(Package),
    /// Response header fields.
    Headers(Vec<HeaderBlock>),
    /// `ai.txt`.
    AiTxt(AiTxt),
    /// `trust.txt`.
    TrustTxt(TrustTxt),
    /// `llms.txt`: its first line. It has no rights meaning.
    LlmsTxt(Span),
}

/// Reads a site file.
pub fn read(source: &Source) -> Document {
    let mut problems = Vec::new();
    let text = source.text.as_str();
    let site = match source.kind {
        Kind::Robots => SiteFile::Robots(robots::read(text, &mut problems)),
        Kind::TdmRep => tdm(text, &mut problems),
        Kind::Rsl => SiteFile::Rsl(rsl::read(text, &mut problems)),
        Kind::Headers => SiteFile::Headers(headers::read(&source.origin.path, text, &mut problems)),
        Kind::Epub => SiteFile::Epub(epub::read(text, &mut problems)),
        Kind::AiTxt => SiteFile::AiTxt(small::ai_txt(text, &mut problems)),
        Kind::TrustTxt => SiteFile::TrustTxt(small::trust_txt(text, &mut problems)),
        Kind::LlmsTxt => SiteFile::LlmsTxt(small::llms_txt(text)),
        _ => return Document::default(),
    };
    problems.sort_by_key(|p| p.span);
    Document { site: Some(site), problems, ..Document::default() }
}

/// Reads an RSL document that stands inside a page.
pub fn read_rsl(text: &str) -> Rsl {
    rsl::read(text, &mut Vec::new())
}

fn tdm(text: &str, problems: &mut Vec<Problem>) -> SiteFile {
    let parsed = json::parse(text, Span::new(0, text.len()));
    problems.extend(broken_json("broken-tdmrep", &parsed.flaws, text));
    if tdm_policy::is_policy(&parsed) {
        SiteFile::TdmPolicy(tdm_policy::read(&parsed, problems))
    } else {
        SiteFile::TdmRep(tdmrep::read(&parsed, problems))
    }
}

/// A problem that loses nothing of a document: the signal is odd, the file was read.
pub(super) fn note(code: &'static str, message: String, span: Span) -> Problem {
    Problem { code, message, span: Some(span), loses_content: false }
}

/// What is wrong with a JSON file, at its worst flaw.
fn broken_json(code: &'static str, flaws: &[Flaw], text: &str) -> Option<Problem> {
    let worst = flaws.iter().find(|f| f.loses).or(flaws.first())?;
    let at = (worst.at as usize).min(text.len());
    let len = text[at..].chars().next().map_or(0, char::len_utf8);
    let end = if worst.loses { "other programs won't read it at all" } else { "strict programs won't read it" };
    let message = format!("the JSON has {}; what could be understood was read, {end}", worst.what);
    Some(Problem { code, message, span: Some(Span::new(at, at + len)), loses_content: worst.loses })
}
