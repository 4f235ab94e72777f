//! Where sentences end. Notices are full of abbreviations, law references and missing blanks, and half of them have no full stop.

use std::ops::Range;

/// Words that a full stop shortens; the sentence goes on after them.
const SHORTENED: &[&str] = &[
    "abs", "al", "allg", "art", "bes", "bl", "bzw", "ca", "cf", "cl", "dr", "e.g", "etc", "evtl", "ff", "fig", "geb", "ggf", "hr", "i.e",
    "incl", "ing", "inkl", "jr", "lit", "m.in", "mag", "mr", "mrs", "ms", "no", "np", "nr", "núm", "num", "odst", "odt", "p", "para",
    "pkt", "poz", "pp", "prof", "resp", "sb", "sec", "sog", "st", "tel", "tj", "u.a", "ust", "vgl", "vs", "z.b", "zák", "št", "č", "čl",
    "ст", "п", "ч", "гл", "т.д", "т.п", "др", "им", "άρ", "αρ",
];

/// Endings of internet names: a full stop inside `example.Com` ends nothing.
const DOMAIN_ENDS: &[&str] =
    &["com", "net", "org", "info", "de", "at", "ch", "fr", "es", "it", "pl", "uk", "ru", "ua", "cz", "sk", "eu", "tv", "io"];

/// Whether the character at byte `at` of `text` ends a sentence.
pub fn ends_at(text: &str, at: usize) -> bool {
    let Some(c) = text[at..].chars().next() else { return true };
    match c {
        '!' | '?' => !text[at + 1..].starts_with(['!', '?', ')', '"', '”', '»']),
        '。' | '！' | '？' | '։' | '۔' | '।' | '｡' => true,
        '.' => full_stop_ends(text, at),
        ';' => text[at + 1..].trim_start().starts_with(char::is_uppercase),
        '；' => true,
        _ => false,
    }
}

fn full_stop_ends(text: &str, at: usize) -> bool {
    let rest = &text[at + 1..];
    let before = text[..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '/')).next().unwrap_or("");
    let after = rest.trim_start();
    let Some(next) = after.chars().next() else { return true };
    if after.len() == rest.len() {
        return glued(before, rest);
    }
    if next.is_lowercase() || matches!(next, ',' | ';' | ')') {
        return false;
    }
    let word = before.to_lowercase();
    let initial = before.chars().filter(|c| c.is_alphabetic()).count() <= 1 && before.chars().all(char::is_alphabetic);
    !(initial || SHORTENED.contains(&word.as_str()) || (next.is_ascii_digit() && word.chars().count() <= 3))
}

/// A sentence that starts without a blank after the full stop: "applicable law.Further details".
fn glued(before: &str, rest: &str) -> bool {
    let next = rest.chars().next();
    if matches!(next, Some('"' | '”' | '»' | '“' | '(' | '[' | '|')) {
        return matches!(next, Some('(' | '[' | '|')) && before.chars().count() > 3;
    }
    if next.is_some_and(crate::text::is_unspaced_script) {
        return true;
    }
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let capital = word.chars().next().is_some_and(char::is_uppercase) && word.chars().nth(1).is_some_and(char::is_lowercase);
    let plain = before.chars().count() >= 3 && before.chars().all(|c| c.is_lowercase() || matches!(c, ')' | '-' | '\''));
    capital && plain && !DOMAIN_ENDS.contains(&word.to_lowercase().as_str())
}

/// The sentences of `text`, without the blanks between them. Brackets hold sentences together.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0i32);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '（' | '【' => depth += 1,
            ')' | ']' | '）' | '】' => depth = (depth - 1).max(0),
            _ => {}
        }
        // A bracket that is never closed must not swallow the rest.
        let held = depth > 0 && at - start < 600;
        if !held && ends_at(text, at) {
            let end = closing(text, at + c.len_utf8());
            push(&mut found, text, start..end);
            (start, depth) = (end, 0);
        }
    }
    push(&mut found, text, start.min(text.len())..text.len());
    found
}

/// Past the quotation marks and brackets that close behind a full stop.
fn closing(text: &str, mut at: usize) -> usize {
    while let Some(c) = text[at..].chars().next().filter(|c| matches!(c, '"' | '”' | '’' | '»' | ')' | '.' | '!' | '?' | '」' | '』'))
    {
        at += c.len_utf8();
    }
    at
}

fn push(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let piece = &text[range.clone()];
    let lead = piece.len() - piece.trim_start().len();
    let range = range.start + lead..range.start + lead + piece.trim().len();
    if !range.is_empty() && found.last().is_none_or(|last| last.end <= range.start) {
        found.push(range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = split(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_at_full_stops_but_not_at_abbreviations() {
        check("Copying needs consent. Search is free.", &["Copying needs consent.", "Search is free."]);
        check("Reserved under Art. 4 Abs. 3 of the act. Ask us!", &["Reserved under Art. 4 Abs. 3 of the act.", "Ask us!"]);
        check("See acme.com for terms, e.g. prices.", &["See acme.com for terms, e.g. prices."]);
        check("無断転載を禁じます。引用は可。", &["無断転載を禁じます。", "引用は可。"]);
    }

    #[test]
    fn a_missing_blank_still_ends_a_sentence() {
        check("as the law allows.Details are here", &["as the law allows.", "Details are here"]);
        check("on Acme.Com only", &["on Acme.Com only"]);
    }

    #[test]
    fn brackets_hold_a_sentence_together() {
        check("Use (any form. Even small) is barred. Ask.", &["Use (any form. Even small) is barred.", "Ask."]);
    }
}
