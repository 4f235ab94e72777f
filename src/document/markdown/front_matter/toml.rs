//! TOML front matter, as Hugo and Zola write it.

use crate::document::Problem;
use crate::document::markdown::front_matter::Node;
use crate::document::markdown::front_matter::Tree;
use crate::document::markdown::front_matter::problem;
use crate::text::Span;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// Reads the TOML in bytes `content` of `text`; what is broken is said and the rest kept.
pub(super) fn parse(text: &str, content: Span, problems: &mut Vec<Problem>) -> Node {
    let offset = content.start as usize;
    let (table, errors) = DeTable::parse_recoverable(&text[content.range()]);
    for error in errors {
        let span = error.span().map_or(content, |s| Span::new(offset + s.start, offset + s.end));
        problems.push(problem(&format!("is no valid TOML ({}); the rest of it was read", error.message()), span, true));
    }
    map(table.into_inner(), content, text, offset)
}

fn map(table: DeTable<'_>, span: Span, text: &str, offset: usize) -> Node {
    let mut members: Vec<_> = table.into_iter().collect();
    members.sort_by_key(|(name, _)| name.span().start);
    let members = members.into_iter().map(|(name, value)| (name.into_inner().into_owned(), node(value, text, offset)));
    Node { tree: Tree::Map(members.collect()), span }
}

fn node(value: Spanned<DeValue<'_>>, text: &str, offset: usize) -> Node {
    let span = Span::new(offset + value.span().start, offset + value.span().end);
    let as_written = || text[span.range()].to_owned();
    let tree = match value.into_inner() {
        DeValue::String(string) => return Node { tree: Tree::Text(string.into_owned()), span: unquoted(text, span) },
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => Tree::Text(as_written()),
        DeValue::Array(values) => Tree::List(values.into_iter().map(|v| node(v, text, offset)).collect()),
        DeValue::Table(table) => return map(table, span, text, offset),
    };
    Node { tree, span }
}

/// The bytes between the quotes.
fn unquoted(text: &str, span: Span) -> Span {
    let raw = &text[span.range()];
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|q| raw.len() >= 2 * q.len() && raw.starts_with(q) && raw.ends_with(q));
    let len = quote.map_or(0, str::len) as u32;
    Span { start: span.start + len, end: span.end - len }
}
