//! The text of a block under construction: white space folded, every byte accounted for.

use crate::document::Piece;
use crate::text::Span;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// A line of visible text.
#[derive(Debug, Default)]
pub(in crate::document) struct Line {
    /// What a reader sees so far.
    pub(in crate::document) text: String,
    /// Where it comes from.
    pub(in crate::document) pieces: Vec<Piece>,
    /// White space since the last character, which becomes one blank when another follows.
    space: Option<Span>,
    /// Whether that blank is a single one, as written.
    plain: bool,
}

impl Line {
    /// Whether nothing is there.
    pub(in crate::document) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the next character would follow the last without a blank.
    pub(in crate::document) fn glues(&self) -> bool {
        self.space.is_none() && !self.text.is_empty()
    }

    /// Where the next character would stand, white space before it counted.
    pub(in crate::document) fn at(&self) -> u32 {
        (self.text.len() + usize::from(self.space.is_some() && !self.text.is_empty())) as u32
    }

    /// Adds `text`, which came from `span`; `exact` tells whether the bytes are its own.
    pub(in crate::document) fn push(&mut self, text: &str, span: Span, exact: bool) {
        if !exact {
            return self.push_atom(text, span);
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at].is_ascii_whitespace() {
                let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                let start = span.start as usize;
                self.push_space(Span::new(start + at, start + end), bytes[at] == b' ' && end == at + 1);
                at = end;
            } else {
                let end = at + solid(&text[at..]);
                self.push_solid(&text[at..end], span.start + at as u32);
                at = end;
            }
        }
    }

    /// Adds text whose bytes are not its own: a decoded reference, a normalised line end.
    fn push_atom(&mut self, text: &str, span: Span) {
        if text.trim_ascii().is_empty() {
            return self.push_space(span, false);
        }
        self.take_space();
        self.push_piece(Piece { at: self.text.len() as u32, span, exact: false });
        self.text.push_str(text);
    }

    /// Adds white space.
    pub(in crate::document) fn push_space(&mut self, span: Span, plain: bool) {
        self.plain = plain && self.space.is_none();
        self.space = Some(self.space.map_or(span, |s| s.join(span)));
    }

    fn push_solid(&mut self, text: &str, start: u32) {
        self.take_space();
        let piece = Piece { at: self.text.len() as u32, span: Span { start, end: start + text.len() as u32 }, exact: true };
        self.push_piece(piece);
        self.text.push_str(text);
    }

    fn take_space(&mut self) {
        let Some(span) = self.space.take() else { return };
        if !self.text.is_empty() {
            self.push_piece(Piece { at: self.text.len() as u32, span, exact: self.plain });
            self.text.push(' ');
        }
    }

    fn push_piece(&mut self, piece: Piece) {
        match self.pieces.last_mut() {
            Some(last) if last.exact && piece.exact && last.span.end == piece.span.start => last.span.end = piece.span.end,
            _ => self.pieces.push(piece),
        }
    }

    /// Hands over the line and starts a new one. White space at its end is dropped.
    pub(in crate::document) fn take(&mut self) -> (String, Vec<Piece>) {
        self.space = None;
        let taken = (self.text.as_str().into(), self.pieces.as_slice().into());
        self.text.clear();
        self.pieces.clear();
        taken
    }
}

/// So many bytes are looked at together: with no bound, text full of double blanks would cost the square of its length.
const STRETCH: usize = 512;

/// How long the text goes on without white space other than single blanks between words, as far as it is looked at.
fn solid(text: &str) -> usize {
    let whole = (0..=STRETCH.min(text.len())).rev().find(|&n| text.is_char_boundary(n));
    let bytes = &text.as_bytes()[..whole.unwrap_or_default()];
    let end = memchr::memchr3(b'\n', b'\t', b'\r', bytes).unwrap_or(bytes.len());
    let end = memchr::memchr(b'\x0c', &bytes[..end]).unwrap_or(end);
    let end = TWO_BLANKS.find(&bytes[..end]).unwrap_or(end);
    end - usize::from(bytes[..end].ends_with(b" "))
}

static TWO_BLANKS: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("  "));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_stays_one_piece_up_to_white_space_that_is_folded() {
        for blanks in [" ", "  ", "\n", "\u{c}", " \t "] {
            for length in 500..530 {
                let text = format!("{}é boats{blanks}and more boats, again and again ", "b ".repeat(length / 2));
                let mut line = Line::default();
                line.push(&text, Span::new(0, text.len()), true);
                let (folded, pieces) = line.take();
                assert_eq!(folded, text.split_whitespace().collect::<Vec<_>>().join(" "));
                assert_eq!(pieces.len(), if blanks == " " { 1 } else { 3 }, "{blanks:?} {length}");
            }
        }
    }
}
