//! Lines, and which of them belong together.

use crate::lexicon::Lexicon;
use crate::lexicon::concept::Concept;
use crate::text::Span;
use crate::text::fold;
use crate::text::is_unspaced_script;

/// Texts wrapped by hand or by a mail program keep their lines under this many columns.
const WRAPPED: usize = 100;

/// Lines that stand for one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Their bytes, trimmed.
    pub(super) lines: Vec<Span>,
    /// The number of the passage between blank lines that holds them, from 1.
    pub(super) group: u32,
}

/// A line that isn't blank.
#[derive(Debug, Clone, Copy)]
struct TextLine<'t> {
    text: &'t str,
    span: Span,
    group: u32,
    /// Columns: characters of scripts without blanks between words are two wide.
    width: usize,
}

/// The blocks of `text`: each line by itself, but wrapped lines as one, and a label with the line it labels.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = text_lines(text);
    let width = wrap_width(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let joins = n.checked_sub(1).is_some_and(|b| goes_on(&lines[b], line, width));
        match paragraphs.last_mut() {
            Some(paragraph) if joins => paragraph.lines.push(line.span),
            _ => paragraphs.push(Paragraph { lines: vec![line.span], group: line.group }),
        }
    }
    paragraphs
}

fn text_lines(text: &str) -> Vec<TextLine<'_>> {
    let mut lines = Vec::new();
    let (mut group, mut blank) = (0, true);
    for raw in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let line = raw.trim();
        if line.chars().all(is_invisible) {
            // CRLF yields an empty piece between its two characters, which is no blank line.
            blank |= !is_inside_crlf(text, raw);
            continue;
        }
        group += u32::from(std::mem::take(&mut blank));
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let width = line.chars().map(|c| 1 + usize::from(is_unspaced_script(c))).sum();
        lines.push(TextLine { text: line, span: Span::new(start, start + line.len()), group, width });
    }
    lines
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_inside_crlf(text: &str, piece: &str) -> bool {
    let at = piece.as_ptr() as usize - text.as_ptr() as usize;
    piece.is_empty() && at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n')
}

/// The column where the text is wrapped, if it is: most lines that have a follower in their passage end where its first word
/// would not have fitted any more.
fn wrap_width(lines: &[TextLine<'_>]) -> Option<usize> {
    let width = lines.iter().map(|l| l.width).max().filter(|w| *w <= WRAPPED)?;
    let followed = lines.windows(2).filter(|w| w[0].group == w[1].group);
    let (full, all) = followed.fold((0, 0), |(full, all), w| (full + usize::from(is_full(&w[0], &w[1], width)), all + 1));
    (full >= 3 && full * 10 >= all * 6).then_some(width)
}

/// Whether the first word of `next` would not have fitted behind `line`.
fn is_full(line: &TextLine<'_>, next: &TextLine<'_>, width: usize) -> bool {
    let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().count());
    // Two columns of tolerance: editors differ in whether the line end counts.
    line.width * 2 > width && line.width + 1 + word + 2 > width
}

/// Whether `line` goes on in `next`.
fn goes_on(line: &TextLine<'_>, next: &TextLine<'_>, width: Option<usize>) -> bool {
    if line.group == next.group && width.is_some_and(|w| is_full(line, next, w)) {
        return !starts_item(next.text) && is_quoted(line.text) == is_quoted(next.text);
    }
    line.group == next.group && next.width <= WRAPPED && is_open_label(line.text) && (is_bracket(line.text) || !is_open_label(next.text))
}

/// Whether a line starts a list item.
fn starts_item(line: &str) -> bool {
    let bullet = line.strip_prefix(['-', '*', '•', '·', '–', '+']).is_some_and(|rest| rest.starts_with(' '));
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    bullet || (number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") ")))
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// Whether a line is nothing but the label of the next: an opening bracket, "By", "Photo:". Texts taken from pages have the parts of a
/// line on lines of their own.
fn is_open_label(line: &str) -> bool {
    if is_bracket(line) || line.len() > 40 {
        return is_bracket(line);
    }
    let folded = fold(line);
    let (label, colon) = match folded.trim_end().strip_suffix([':', '：']) {
        Some(label) => (label.trim_end().trim_start_matches(['(', '[']), true),
        None => (folded.as_str(), false),
    };
    let mut concepts = vec![Concept::AttributionByline, Concept::AttributionPhotoBy];
    if colon {
        concepts.extend([Concept::AttributionPhotoLabel, Concept::AttributionImageSourceLabel, Concept::AttributionAuthorLabel]);
    }
    let whole = |c: &Concept| Lexicon::builtin().at_start(*c, label, None).is_some_and(|hit| hit.range.end == label.len());
    concepts.iter().any(whole)
}

fn is_bracket(line: &str) -> bool {
    matches!(line, "(" | "[" | "©" | "/" | "|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let blocks: Vec<String> =
            paragraphs(text).iter().map(|p| p.lines.iter().map(|s| &text[s.range()]).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(blocks, expected, "{text:?}");
    }

    #[test]
    fn every_line_is_a_block_whatever_ends_it() {
        check("Harbour\n\nAt dusk\nAnn Example", &["Harbour", "At dusk", "Ann Example"]);
        check("Harbour\r\n\r\nAt dusk\r\nAnn Example\r\n", &["Harbour", "At dusk", "Ann Example"]);
        check("Harbour\r\rAt dusk\rAnn Example", &["Harbour", "At dusk", "Ann Example"]);
        assert_eq!(paragraphs("a\r\nb\r\n\r\nc").iter().map(|p| p.group).collect::<Vec<_>>(), [1, 1, 2]);
    }

    #[test]
    fn wrapped_lines_are_one_block() {
        let text = "The harbour was quiet when the last ferry of the day came in and\nmoored at the old pier, where nobody waited except for two children\nand a dog that belonged to neither of them.\n\nThe council says that the pier will be mended before the winter, but\nthe money is still missing.\n";
        assert_eq!(paragraphs(text).len(), 2);
    }

    #[test]
    fn lists_and_short_lines_stay_apart() {
        check("See also\nFerries\nPiers and harbours\nThe council", &["See also", "Ferries", "Piers and harbours", "The council"]);
    }

    #[test]
    fn a_label_belongs_to_the_line_it_labels() {
        check("By\nAnn Example\nLifestyle Writer", &["By Ann Example", "Lifestyle Writer"]);
        check("An old pier\n(\nImage:\nWire-A)", &["An old pier", "( Image: Wire-A)"]);
    }
}
