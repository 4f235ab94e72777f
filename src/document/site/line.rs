//! Lines of `name: value` files, with their places.

use crate::text::Span;

/// A line that is a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'t> {
    /// What stands before the separator, as written, without white space around it.
    pub(super) name: &'t str,
    /// What stands behind it, without comment and white space.
    pub(super) value: &'t str,
    /// The bytes of the value.
    pub(super) value_span: Span,
    /// The bytes of the line without its end and without comment.
    pub(super) span: Span,
}

/// A line of the file: a record, or text without separator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'t> {
    Record(Record<'t>),
    Bare(&'t str, Span),
}

/// The lines of `text` that hold more than a comment. Lines end at CR, LF and CRLF.
pub(super) fn lines(text: &str, separator: char) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    text.split(['\n', '\r']).filter_map(move |line| {
        let whole = line.trim_start_matches('\u{feff}');
        let start = at + line.len() - whole.len();
        at += line.len() + 1;
        record(whole.split('#').next().unwrap_or_default(), start, separator)
    })
}

fn record(line: &str, start: usize, separator: char) -> Option<Line<'_>> {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        return None;
    }
    let place = |part: &str| {
        let from = start + (part.as_ptr() as usize - line.as_ptr() as usize);
        Span::new(from, from + part.len())
    };
    let Some((name, value)) = line.split_once(separator) else { return Some(Line::Bare(trimmed, place(trimmed))) };
    let value = value.trim();
    Some(Line::Record(Record { name: name.trim(), value, value_span: place(value), span: place(trimmed) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_counts_and_places_are_exact() {
        let text = "\u{feff}User-Agent : a # x\r\nDisallow:/b\rbare words\n#c\n: x";
        let mut seen = Vec::new();
        for line in lines(text, ':') {
            match line {
                Line::Record(r) => {
                    assert_eq!(&text[r.value_span.range()], r.value);
                    seen.push(format!("{}={}", r.name, r.value));
                }
                Line::Bare(words, span) => {
                    assert_eq!(&text[span.range()], words);
                    seen.push(words.to_owned());
                }
            }
        }
        assert_eq!(seen, ["User-Agent=a", "Disallow=/b", "bare words", "=x"]);
    }
}
