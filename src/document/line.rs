//! The text of a block under construction: white space folded, every byte accounted for.

use crate::document::Piece;
use crate::text::Span;

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
                let end = at + solid(&bytes[at..]);
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

/// How long the text goes on without white space other than single blanks between words.
fn solid(bytes: &[u8]) -> usize {
    let mut before = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if byte <= b' ' && byte.is_ascii_whitespace() && (byte != b' ' || before == b' ') {
            return at - usize::from(before == b' ');
        }
        before = byte;
    }
    bytes.len() - usize::from(before == b' ')
}
