//! Text that the tokenizer hands over bit by bit, kept as a place in the source for as long as it is one.

use crate::text::Span;
use html5ever::tendril::StrTendril;
use std::borrow::Cow;

/// Text under construction, which costs nothing while it is the source's own bytes in one piece.
#[derive(Default)]
pub(super) struct Gathered {
    /// The one piece, as long as there is only one.
    single: Option<Span>,
    /// The text once it is more than that.
    bytes: Vec<u8>,
}

impl Gathered {
    pub(super) fn is_empty(&self) -> bool {
        self.single.is_none() && self.bytes.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.single = None;
        self.bytes.clear();
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        self.single.map_or(self.bytes.len(), Span::len)
    }

    /// Adds `chunk`; `own` are its bytes in the source if it is the same there.
    pub(super) fn push(&mut self, source: &str, chunk: &[u8], own: Option<Span>) {
        match (&mut self.single, own) {
            (Some(single), Some(own)) if single.end == own.start => single.end = own.end,
            (single @ None, Some(own)) if self.bytes.is_empty() => *single = Some(own),
            _ => {
                if let Some(single) = self.single.take() {
                    self.bytes.extend_from_slice(&source.as_bytes()[single.range()]);
                }
                self.bytes.extend_from_slice(chunk);
            }
        }
    }

    /// Hands the text over, and its bytes in the source if it is the same there.
    pub(super) fn take(&mut self, shared: &StrTendril) -> (StrTendril, Option<Span>) {
        if let Some(span) = self.single.take() {
            let part = shared.try_subtendril(span.start, span.end - span.start);
            let own = part.is_ok().then_some(span);
            return (part.unwrap_or_else(|_| tendril(&shared.as_bytes()[span.range()])), own);
        }
        let text = tendril(&self.bytes);
        self.bytes.clear();
        (text, None)
    }
}

/// The text of `bytes`, which is valid wherever the source is.
pub(super) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// The same, for the tree.
pub(super) fn tendril(bytes: &[u8]) -> StrTendril {
    StrTendril::from_slice(&text_of(bytes))
}
