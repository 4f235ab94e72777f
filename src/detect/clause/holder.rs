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

/// The name that follows byte `at` (the end of "consent") within `limit`, before the first of `stops`.
pub(super) fn behind(text: &str, at: usize, limit: usize, stops: &[Range<usize>]) -> Option<Range<usize>> {
    let stop = stops.iter().map(|s| s.start).filter(|&s| s >= at).min().unwrap_or(limit).min(limit);
    let start = opening(text, at, stop)?;
    let mut end = start;
    for (word, range) in tokens(text, start, stop) {
        if !belongs(word) || range.end - start > LONGEST {
            break;
        }
        end = range.end;
        if closes(word, &text[range.end..stop]) {
            break;
        }
    }
    let name = text[start..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '-' | '–' | ')'));
    let name = without_small_tail(name);
    let full_stop = text[start + name.len()..].starts_with('.') && is_short_form(name);
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 2).then(|| start..start + name.len() + usize::from(full_stop))
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
fn closes(word: &str, rest: &str) -> bool {
    let next_form = rest.split_whitespace().next().is_some_and(|w| is_short_form(w.trim_end_matches(['.', ','])));
    match word.chars().next_back() {
        Some(',') => !next_form,
        Some(';' | ':' | ')' | '!' | '"' | '”') => true,
        Some('.') => !is_short_form(word.trim_end_matches('.')) && word.chars().count() > 2 && word.matches('.').count() < 2,
        _ => false,
    }
}

fn is_short_form(word: &str) -> bool {
    let last = word.rsplit([' ', ',']).next().unwrap_or(word).to_lowercase();
    matches!(
        last.as_str(),
        "inc" | "ltd" | "co" | "corp" | "llc" | "s.a" | "a.s" | "s.r.o" | "plc" | "gmbh" | "ag" | "sp" | "o.o" | "b.v" | "n.v"
    )
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
        assert_eq!(behind(text, at, text.len(), &[]).map(|r| &text[r]), expected);
    }

    #[test]
    fn a_name_ends_before_its_neighbours() {
        check("consent of Nova Media Ltd.", Some("Nova Media Ltd."));
        check("consent from Nova Media Spółka Akcyjna, headquartered in Warsaw", Some("Nova Media Spółka Akcyjna"));
        check("consent of Nova Press and/or its licensors.", Some("Nova Press and/or its licensors"));
        check("consent of the publisher.", None);
        check("consent of nova.example.com is needed", Some("nova.example.com"));
        check("consent.", None);
    }
}
