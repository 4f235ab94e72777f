//! XML as a flat run of tags and text with their places. Entities that a document declares itself are not expanded, so that none of
//! them can grow; nesting costs nothing, because no tree is built.

use crate::document::Placed;
use crate::document::Problem;
use crate::document::site::note;
use crate::text::Span;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// A piece of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) enum Piece<'t> {
    /// A start tag, or an empty element's, which an end follows.
    Open(Tag<'t>),
    /// The end of the element that was opened last.
    Close {
        /// The bytes of the end tag; of the whole tag for an empty element.
        span: Span,
    },
    /// Text between tags, references decoded.
    Text(Cow<'t, str>, Span),
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) struct Tag<'t> {
    /// The name as written, with its prefix.
    pub(in crate::document) name: &'t str,
    /// Attributes in order.
    pub(in crate::document) attributes: Vec<(&'t str, Placed)>,
    /// The bytes of the tag.
    pub(in crate::document) span: Span,
}

impl<'t> Tag<'t> {
    /// The name without its prefix.
    pub(in crate::document) fn local(&self) -> &'t str {
        local(self.name)
    }

    /// The value of the attribute of that name, whatever its prefix.
    pub(in crate::document) fn get(&self, name: &str) -> Option<&Placed> {
        self.attributes.iter().find(|(n, _)| local(n) == name).map(|(_, value)| value)
    }
}

/// A name without its prefix.
pub(in crate::document) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Gives each piece of `text` to `take`, up to the first place where it is no XML any more: that is a problem of that `code`.
pub(in crate::document) fn walk<'t>(text: &'t str, code: &'static str, problems: &mut Vec<Problem>, mut take: impl FnMut(Piece<'t>)) {
    let mut reader = Reader::from_str(text);
    let mut foreign = 0;
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event();
        let span = Span::new(start, (reader.buffer_position() as usize).max(start));
        match event {
            Ok(Event::Start(tag)) => take(Piece::Open(open(text, &tag, span))),
            Ok(Event::Empty(tag)) => {
                take(Piece::Open(open(text, &tag, span)));
                take(Piece::Close { span });
            }
            Ok(Event::End(_)) => take(Piece::Close { span }),
            Ok(Event::Text(words)) => take(Piece::Text(words.into_inner(), span)),
            Ok(Event::CData(words)) => take(Piece::Text(words.into_inner(), span)),
            Ok(Event::GeneralRef(_)) => match quick_xml::escape::unescape(&text[span.range()]) {
                Ok(decoded) => take(Piece::Text(Cow::Owned(decoded.into_owned()), span)),
                Err(_) => foreign += 1,
            },
            Ok(Event::DocType(_)) => problems.push(doctype(span)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                problems.push(broken(code, &error, reader.error_position() as usize, text));
                break;
            }
        }
    }
    if foreign > 0 {
        let message = format!("{foreign} references to entities that the document declares itself were left out");
        problems.push(note("xml-own-entities", message, Span::default()));
    }
}

fn open<'t>(text: &'t str, tag: &BytesStart<'_>, span: Span) -> Tag<'t> {
    let slice = &text[span.range()];
    let name_end = slice[1..].find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).map_or(slice.len(), |at| at + 1);
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten() {
        let key = attribute.key.as_ref();
        let (Some(key), Some(at)) = (slice_of(slice, key), offset(slice, &attribute.value)) else { continue };
        let value = quick_xml::escape::unescape(&attribute.value).unwrap_or(Cow::Borrowed(&attribute.value)).into_owned();
        let start = span.start as usize + at;
        attributes.push((key, Placed { value, span: Span::new(start, start + attribute.value.len()) }));
    }
    Tag { name: &slice[1..name_end], attributes, span }
}

/// Where `part`, borrowed from the same bytes as `slice`, starts in it.
fn offset(slice: &str, part: &str) -> Option<usize> {
    let at = (part.as_ptr() as usize).checked_sub(slice.as_ptr() as usize)?;
    (slice.get(at..at + part.len()) == Some(part)).then_some(at)
}

fn slice_of<'t>(slice: &'t str, part: &str) -> Option<&'t str> {
    let at = offset(slice, part)?;
    slice.get(at..at + part.len())
}

fn doctype(span: Span) -> Problem {
    let message = "the document type declaration was skipped: entities that it declares are not expanded".to_owned();
    note("xml-doctype", message, span)
}

fn broken(code: &'static str, error: &quick_xml::Error, at: usize, text: &str) -> Problem {
    let at = (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let len = text[at..].chars().next().map_or(0, char::len_utf8);
    let message = format!("the XML is broken ({error}); what stands before was read");
    Problem { code, message, span: Some(Span::new(at, at + len)), loses_content: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> (String, Vec<&'static str>) {
        let (mut out, mut problems) = (String::new(), Vec::new());
        walk(text, "broken", &mut problems, |piece| match piece {
            Piece::Open(tag) => {
                assert!(text[tag.span.range()].starts_with('<'));
                let attributes = tag.attributes.iter().map(|(n, v)| format!(" {n}={} at {}", v.value, &text[v.span.range()]));
                out.push_str(&format!("<{}{}>", tag.name, attributes.collect::<String>()));
            }
            Piece::Close { .. } => out.push_str("</>"),
            Piece::Text(words, _) => out.push_str(&words),
        });
        (out, problems.iter().map(|p| p.code).collect())
    }

    #[test]
    fn tags_and_text_have_their_places() {
        let (out, problems) = show("<?xml version='1.0'?><r:a x=\"1&amp;2\"><b/>t &lt;&#233;<![CDATA[<c>]]></r:a>");
        assert_eq!(out, "<r:a x=1&2 at 1&amp;2><b></>t <é<c></>");
        assert!(problems.is_empty());
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let text = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><x>&b;&b;y</x>";
        assert_eq!(show(text), ("<x>y</>".to_owned(), vec!["xml-doctype", "xml-own-entities"]));
    }

    #[test]
    fn broken_documents_are_read_up_to_the_break() {
        assert_eq!(show("<a><b></a>").1, ["broken"]);
        assert_eq!(show("<a x=1 y>t</a>").0, "<a>t</>");
        for text in ["<", "<a", "</a>", "<!", "<!--", "<![CDATA[", "&", "&x", "<a b='", "<?", "\u{0}<\u{0}>"] {
            show(text);
        }
    }
}
