//! The area around the headline that names author, date and place.

use crate::document::Block;
use crate::document::Document;
use crate::document::Inline;
use crate::document::InlineKind;
use crate::document::Marks;
use crate::document::Role;
use crate::document::Value;
use crate::document::html::layout::Layout;
use crate::document::html::roles::core::Core;
use crate::text::fold;

/// The longest line of a byline area, in bytes.
const LONGEST: usize = 320;

/// Gives the role to lines around the headline, and to an author's line after the article, that names or mark-up tell.
pub(super) fn assign(layout: &mut Layout, core: &Core, headline: Option<usize>, document: &Document) {
    let names = names(document);
    let top = headline.unwrap_or(core.article.start);
    let before = top.saturating_sub(8);
    let after = core.first_prose.max(top + 1).min(top + 40) + 1;
    for n in before..after.min(layout.blocks.len()) {
        let block = &layout.blocks[n];
        let open =
            matches!(block.role, Role::Body | Role::Aside | Role::Header | Role::Navigation | Role::Lead | Role::Heading | Role::Teaser);
        let credits = block.marks.has(Marks::CREDIT.and(Marks::CAPTION).and(Marks::COPYRIGHT));
        let unfit = n == top || block.text.len() > LONGEST || !open || credits;
        let menu = matches!(block.role, Role::Navigation | Role::Teaser);
        if unfit || (n < top && menu && !marked(block)) {
            continue;
        }
        if named(block, &names) || (n >= top && dated(block)) {
            layout.blocks[n].role = Role::BylineArea;
        }
    }
    let end = core.container.end.min(core.article.end + 12).min(layout.blocks.len());
    for n in core.article.end.saturating_sub(1)..end {
        let block = &layout.blocks[n];
        let open = matches!(block.role, Role::Body | Role::Aside);
        if open && block.text.len() < 160 && named(block, &names) && !block.marks.has(Marks::BIOGRAPHY) {
            layout.blocks[n].role = Role::BylineArea;
        }
    }
}

/// Who wrote the article, as metadata says: persons and desks, not addresses.
fn names(document: &Document) -> Vec<String> {
    let metas = ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"];
    let metas = metas.into_iter().flat_map(|n| document.fields(n)).map(|f| f.value.as_str());
    let works = document.items.iter().filter(|i| !i.is(&["ImageObject", "VideoObject", "Comment", "Review"]));
    let authors = works.flat_map(|i| i.get("author").chain(i.get("creator"))).filter_map(|p| match &p.value {
        Value::Text(name) => Some(name.as_str()),
        Value::Item(id) => document.item(*id).text("name"),
    });
    let mut names: Vec<String> = metas.chain(authors).filter(|n| is_name(n)).map(fold).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(20);
    names
}

/// Whether a value can be somebody's name rather than an address of a page or the site.
fn is_name(value: &str) -> bool {
    value.len() >= 5 && value.len() < 60 && !value.contains("://") && (value.contains(' ') || !value.contains('.'))
}

/// Whether mark-up says that a block names the author.
fn marked(block: &Block) -> bool {
    let by_link = |i: &Inline| matches!(&i.kind, InlineKind::Link { rel, .. } if rel.iter().any(|r| r == "author"));
    block.marks.has(Marks::AUTHOR) || block.inlines.iter().any(|i| i.marks.has(Marks::AUTHOR) || by_link(i))
}

/// Whether mark-up or metadata says that a block names the author.
fn named(block: &Block, names: &[String]) -> bool {
    let known = || {
        let folded = fold(&block.text);
        names.iter().any(|n| folded.contains(n.as_str()))
    };
    marked(block) || (block.text.len() < 200 && !names.is_empty() && known())
}

/// Whether a block is a date with little else.
fn dated(block: &Block) -> bool {
    let marked = block.marks.has(Marks::DATE) || block.inlines.iter().any(|i| i.marks.has(Marks::DATE));
    marked || (block.text.len() <= 90 && block.link_density() < 0.5 && has_date(&block.text))
}

/// Whether a short text holds a year of four digits or a time of day.
fn has_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let year = |at: usize| (text[at..].starts_with("19") || text[at..].starts_with("20")) && (at..at + 4).all(digit) && !digit(at + 4);
    let time = |at: usize| digit(at) && bytes.get(at + 1) == Some(&b':') && digit(at + 2) && digit(at + 3);
    (0..bytes.len()).any(|at| bytes[at].is_ascii_digit() && (at == 0 || !digit(at - 1)) && year(at) || time(at))
}
