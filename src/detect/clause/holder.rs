//! Whose consent a clause asks for, by name.

use std::ops::Range;

/// Small words inside names: "Press of the North", "Verlag für Recht".
const INSIDE: &[&str] = &[
    "of",
    "and",
    "the",
    "for",
    "de",
    "du",
    "des",
    "der",
    "die",
    "das",
    "den",
    "von",
    "für",
    "und",
    "la",
    "le",
    "les",
    "el",
    "los",
    "las",
    "del",
    "di",
    "della",
    "dei",
    "da",
    "do",
    "dos",
    "e",
    "y",
    "et",
    "i",
    "a",
    "z",
    "in",
    "im",
    "och",
    "og",
    "ja",
    "van",
    "het",
    "en",
    "&",
    "or",
    "its",
    "and/or",
    "licensors",
    "affiliates",
    "subsidiaries",
];
/// A name starts at most this many words behind "consent".
const BEFORE: usize = 4;
/// A longer run is no name.
const LONGEST: usize = 110;

/// The name that follows byte `at` (the end of "consent") within `limit`, before the first of `stops`. `forms` are the legal forms in
/// the text: "Ltd.", "a.s.".
pub(super) fn behind(text: &str, at: usize, limit: usize, stops: &[Range<usize>], forms: &[Range<usize>]) -> Option<Range<usize>> {
    let stop = stops.iter().map(|s| s.start).filter(|&s| s >= at).min().unwrap_or(limit).min(limit);
    let start = opening(text, at, stop)?;
    let mut end = start;
    for (word, range) in tokens(text, start, stop) {
        let in_form = forms.iter().any(|f| f.start <= range.start && range.start < f.end);
        if !in_form && !belongs(word) || range.end - start > LONGEST {
            break;
        }
        end = range.end;
        let inner = forms.iter().any(|f| f.start <= range.start && range.end < f.end);
        if !inner && closes(text, word, &range, forms) {
            break;
        }
    }
    let name = text[start..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '-' | '–' | ')'));
    let name = without_small_tail(name);
    let end = start + name.len();
    // The full stop of a form that is written with one.
    let dotted = forms.iter().any(|f| f.end == end + 1 && text[f.clone()].ends_with('.'));
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 2).then(|| start..end + usize::from(dotted))
}

/// Where the name starts: the first word with a capital, after a few small ones.
fn opening(text: &str, at: usize, stop: usize) -> Option<usize> {
    for (n, (word, range)) in tokens(text, at, stop).enumerate() {
        let bare = word.trim_start_matches(['"', '“', '„', '«', '(', '\'', '‘', '»']);
        if bare.starts_with(|c: char| c.is_uppercase()) || (bare.contains('.') && bare.len() > 4 && !bare.ends_with('.')) {
            return Some(range.start + (word.len() - bare.len()));
        }
        if n >= BEFORE || word.ends_with([',', '.', ';', ':']) {
            return None;
        }
    }
    None
}

fn tokens(text: &str, from: usize, to: usize) -> impl Iterator<Item = (&str, Range<usize>)> {
    let piece = text.get(from..to).unwrap_or("");
    piece.split_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (word, start..start + word.len())
    })
}

fn belongs(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&' && c != '/');
    bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || INSIDE.contains(&bare) || bare.contains('.')
}

/// A comma, a full stop or a bracket ends a name; "Inc., " and "Co., Ltd." don't.
fn closes(text: &str, word: &str, range: &Range<usize>, forms: &[Range<usize>]) -> bool {
    let next = text.len() - text[range.end..].trim_start().len();
    let form_follows = forms.iter().any(|f| f.start == next);
    match word.chars().next_back() {
        Some(',') => !form_follows,
        Some(';' | ':' | ')' | '!' | '"' | '”') => true,
        Some('.') => {
            let of_form = forms.iter().any(|f| f.end == range.end || f.end + 1 == range.end);
            !of_form && word.chars().count() > 2 && word.matches('.').count() < 2
        }
        _ => false,
    }
}

fn without_small_tail(mut name: &str) -> &str {
    while let Some((head, last)) = name.rsplit_once(' ') {
        if !INSIDE.contains(&last) || ["licensors", "affiliates", "subsidiaries"].contains(&last) {
            break;
        }
        name = head.trim_end_matches([',', ' ']);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let at = text.find("consent").expect("the word") + "consent".len();
        let forms: Vec<_> = ["Ltd.", "a.s.", "sp. z o.o."].iter().filter_map(|f| text.find(f).map(|at| at..at + f.len())).collect();
        assert_eq!(behind(text, at, text.len(), &[], &forms).map(|r| &text[r]), expected);
    }

    #[test]
    fn a_name_ends_before_its_neighbours() {
        check("consent of Nova Media Ltd.", Some("Nova Media Ltd."));
        check("consent from Nova Media Spółka Akcyjna, headquartered in Warsaw", Some("Nova Media Spółka Akcyjna"));
        check("consent of Nova Press and/or its licensors.", Some("Nova Press and/or its licensors"));
        check("consent of Nova Press, a.s. is needed", Some("Nova Press, a.s."));
        check("consent of Nova Press sp. z o.o., whatever the technique", Some("Nova Press sp. z o.o."));
        check("consent of the publisher.", None);
        check("consent of nova.example.com is needed", Some("nova.example.com"));
        check("consent.", None);
    }
}
