//! `trust.txt`, `ai.txt`, `llms.txt`.

use crate::detect::signal::page::Companion;
use crate::detect::signal::page::Page;
use crate::detect::signal::statement::Statement;
use crate::document::site::SiteFile;
use crate::document::site::small::AiTxt;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::registry::mapping;
use crate::text::Span;

/// File name extensions of articles.
const TEXTS: &[&str] = &["html", "htm", "txt", "md", "pdf", "php", "asp", "aspx", "xhtml"];

/// File name extensions of pictures.
const PICTURES: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff", "ico"];

pub(super) fn run(page: &Page<'_>, evidence: &mut Vec<Evidence>) {
    for (companion, site) in page.site() {
        match site {
            SiteFile::TrustTxt(file) => evidence.extend(file.training.map(|(allowed, span)| {
                let key = if allowed { "yes" } else { "no" };
                statement("trust.txt", &companion, span).row(mapping::row("trust.txt", key), &[]).evidence()
            })),
            SiteFile::AiTxt(file) => ai_txt(file, &companion, evidence),
            SiteFile::LlmsTxt(span) => {
                let row = mapping::row("llms.txt", "any");
                evidence.push(statement("llms.txt", &companion, *span).with_value(row.note.clone()).row(row, &[]).evidence());
            }
            _ => {}
        }
    }
}

fn statement(mechanism: &'static str, companion: &Companion<'_>, span: Span) -> Statement {
    let words = &companion.read.source.text[span.range()];
    Statement::new(mechanism, "file", words, companion.place(span)).scope("site").sure(companion.confidence)
}

fn ai_txt(file: &AiTxt, companion: &Companion<'_>, evidence: &mut Vec<Evidence>) {
    let row = mapping::row("ai.txt", "disallow");
    if let Some(line) = file.refuses(TEXTS) {
        evidence.push(statement("ai.txt", companion, line.span).row(row, &[]).evidence());
    }
    if let Some(line) = file.refuses(PICTURES) {
        evidence.push(statement("ai.txt", companion, line.span).about(Subject::Images).row(row, &[]).evidence());
    }
}
