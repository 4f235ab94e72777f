//! Quotations in their context, with the decisive words marked and numbered.

use crate::report::record::LabelledPlace;

/// Characters of a quotation that a page shows. A page of one endless paragraph must not fill the report with it many times over.
const MOST: usize = 4_000;

/// The start of `text`, as long as a page shows it.
pub(super) fn head(text: &str) -> &str {
    text.char_indices().nth(MOST).map_or(text, |(at, _)| &text[..at])
}

/// A quotation: `before` and `after` stand around it in the document.
#[derive(Debug)]
pub(super) struct Quotation<'r> {
    pub(super) before: &'r str,
    pub(super) parts: Vec<Part<'r>>,
    pub(super) after: &'r str,
    /// Whether it is mark-up, not words for readers.
    pub(super) is_code: bool,
}

/// A piece of a quotation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'r> {
    pub(super) text: &'r str,
    /// Whether these are the decisive words.
    pub(super) mark: bool,
    /// The footnote that speaks of them; 0: none.
    pub(super) note: usize,
}

impl<'r> Quotation<'r> {
    /// The words at `place`, with the words of `inner` marked where they stand; without any, all of them.
    /// `inner` has the number of the footnote and the place.
    pub(super) fn new(place: &'r LabelledPlace, inner: &[(usize, &'r LabelledPlace)]) -> Self {
        let around = &place.around;
        let text = around.mark_up.as_deref().unwrap_or(&place.place.quote);
        let shown = head(text);
        let after = if shown.len() < text.len() { "…" } else { &around.after };
        Self { before: &around.before, parts: parts(shown, inner), after, is_code: around.mark_up.is_some() }
    }
}

/// Whether `inner` stands inside `outer`, so that the one quotation can show both.
pub(super) fn holds(outer: &LabelledPlace, inner: &LabelledPlace) -> bool {
    let (o, i) = (&outer.place, &inner.place);
    o.source == i.source && o.span.contains(i.span) && o.span != i.span && !i.quote.is_empty() && outer.around.mark_up.is_none()
}

/// `text` cut at the words of `inner`, which stand in it one after the other.
fn parts<'r>(text: &'r str, inner: &[(usize, &'r LabelledPlace)]) -> Vec<Part<'r>> {
    let mut inner: Vec<_> = inner.to_vec();
    inner.sort_by_key(|(note, p)| (p.place.span.start, *note));
    let mut parts = Vec::new();
    let mut from = 0;
    for (note, place) in inner {
        let words = place.place.quote.as_str();
        let Some(at) = text[from..].find(words).map(|at| from + at).filter(|_| !words.is_empty()) else { continue };
        if at > from {
            parts.push(Part { text: &text[from..at], mark: false, note: 0 });
        }
        from = at + words.len();
        parts.push(Part { text: &text[at..from], mark: true, note });
    }
    if from < text.len() || parts.is_empty() {
        parts.push(Part { text: &text[from..], mark: parts.is_empty(), note: 0 });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::place::PlaceReport;
    use crate::report::surroundings::Surroundings;
    use crate::text::{Position, Span};

    fn place(quote: &str, start: usize) -> LabelledPlace {
        let position = Position { line: 1, column: 1 };
        let span = Span::new(start, start + quote.len());
        let place = PlaceReport { source: "a.html".to_owned(), span, from: position, to: position, quote: quote.to_owned() };
        LabelledPlace { place, label: String::new(), around: Surroundings::default() }
    }

    #[test]
    fn decisive_words_are_marked_in_their_order() {
        let notice = place("Copying and mining need consent.", 10);
        let (mining, copying) = (place("mining", 22), place("Copying", 10));
        assert!(holds(&notice, &mining) && holds(&notice, &copying));
        let quotation = Quotation::new(&notice, &[(1, &mining), (2, &copying)]);
        let shown: Vec<_> = quotation.parts.iter().map(|p| (p.text, p.mark, p.note)).collect();
        assert_eq!(shown, [("Copying", true, 2), (" and ", false, 0), ("mining", true, 1), (" need consent.", false, 0)]);
    }

    #[test]
    fn an_endless_quotation_is_cut() {
        let endless = place(&"ß".repeat(MOST + 1), 0);
        let quotation = Quotation::new(&endless, &[]);
        assert_eq!((quotation.parts[0].text.chars().count(), quotation.after), (MOST, "…"));
    }

    #[test]
    fn without_decisive_words_all_are() {
        let notice = place("No copying.", 0);
        assert_eq!(Quotation::new(&notice, &[]).parts, [Part { text: "No copying.", mark: true, note: 0 }]);
    }
}
