//! Headline, byline area and lead of a Markdown file.

use crate::document::Document;
use crate::document::Role;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::document::markdown::body::Body;
use crate::document::wording;
use crate::text::fold;

/// How many blocks after the headline may still name author and date.
const HEAD: usize = 6;

/// Gives the blocks at the top their roles; the others have theirs from the mark-up.
pub(super) fn assign(body: &mut Body, document: &Document) {
    let headline = headline(body, document);
    if let Some(headline) = headline {
        body.blocks[headline].block.role = Role::Headline;
    }
    let first = headline.map_or(0, |h| h + 1);
    let end = body.blocks.len().min(first + HEAD);
    for n in first..end {
        let written = &mut body.blocks[n];
        let block = &mut written.block;
        if block.role == Role::Heading || wording::is_prose(&block.text) {
            break;
        }
        if block.role == Role::Body && is_byline_area(&block.text) {
            block.role = Role::BylineArea;
        }
    }
}

fn is_byline_area(text: &str) -> bool {
    let text = text.trim_matches(['*', '_', ' ']);
    wording::is_date(text) || wording::is_byline(text) || wording::is_name(text)
}

/// The heading that is the title: the first one of level 1 or, where the front matter names none, the first thing in the file; or the one that
/// repeats the front matter's title.
fn headline(body: &Body, document: &Document) -> Option<usize> {
    let title = title(document).map(fold);
    let headings = || body.blocks.iter().enumerate().filter(|(_, w)| w.level > 0 && w.block.role == Role::Heading);
    let same = headings().find(|(_, w)| title.as_ref().is_some_and(|t| *t == fold(&w.block.text)));
    let top = headings().find(|(n, w)| w.level == 1 && *n < 8);
    let first = headings().find(|(n, _)| *n == 0 && title.is_none());
    same.or(top.filter(|_| title.is_none())).or(first).map(|(n, _)| n)
}

/// The front matter's title.
fn title(document: &Document) -> Option<&str> {
    let item = document.items.iter().find(|i| i.vocabulary == Vocabulary::FrontMatter && !i.nested)?;
    let titled = item.properties.iter().find(|p| p.name.eq_ignore_ascii_case("title"))?;
    match &titled.value {
        Value::Text(title) => Some(title),
        Value::Item(_) => None,
    }
}
