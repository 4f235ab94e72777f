//! Where the name of a rightsholder ends: at a link, a separator, a year, a neighbour that is no part of it.

use crate::detect::clause::sentence;
use crate::detect::copyright::mark::Mark;
use crate::detect::copyright::years;
use crate::lexicon::concept::Concept;
use std::ops::Range;

/// What stands around the marks, in bytes of the text.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Legal forms: "Inc.", "GmbH", "S.A.".
    pub legal: Vec<Range<usize>>,
    /// Words that follow a holder and are no part of the name: "powered by", "terms of use", "all rights reserved".
    pub stops: Vec<Range<usize>>,
    /// "by", "von": between the mark and the name.
    pub by: Vec<Range<usize>>,
    /// Words for content: "all content ©" describes, it doesn't name.
    pub objects: Vec<Range<usize>>,
    /// Links.
    pub links: Vec<Range<usize>>,
}

/// Words further from a mark, in bytes, belong to something else.
const AROUND: usize = 2000;
/// No line has more neighbours of one kind.
const MOST_WORDS: usize = 400;

/// A name longer than this is a sentence.
const LONGEST: usize = 120;

impl Words {
    /// Files a phrase under what it means here.
    pub(super) fn add(&mut self, concept: Concept, range: Range<usize>) {
        match concept {
            Concept::CopyrightLegalForm => self.legal.push(range),
            Concept::CopyrightNeighbour
            | Concept::TermsLink
            | Concept::ContactLabel
            | Concept::ReservationTdmTerm
            | Concept::ReservationWithoutConsent => self.stops.push(range),
            Concept::CopyrightBy => self.by.push(range),
            Concept::ObjectContent | Concept::ObjectHere => self.objects.push(range),
            _ => {}
        }
    }

    /// Drops what stands too far from every mark to matter, so that a hostile block costs no more than an honest one.
    pub(super) fn keep_near(&mut self, marks: &[Mark]) {
        let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return };
        let span = first.range.start.saturating_sub(AROUND)..last.range.end + AROUND;
        for list in [&mut self.legal, &mut self.stops, &mut self.by, &mut self.objects, &mut self.links] {
            list.retain(|r| r.start < span.end && r.end > span.start);
            list.truncate(MOST_WORDS);
        }
    }

    pub(super) fn starting(list: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
        list.iter().filter(|r| r.start == at).max_by_key(|r| r.end)
    }

    fn ending_before(list: &[Range<usize>], at: usize, text: &str) -> bool {
        list.iter().any(|r| r.end <= at && text[r.end..at].chars().all(|c| c.is_whitespace() || matches!(c, '.' | ',')))
    }
}

/// The end of the name that starts at byte `start`, not past `limit`.
pub(super) fn run(text: &str, start: usize, limit: usize, words: &Words) -> usize {
    let limit = limit.min(link_limit(start, limit, &words.links)).min(floor(text, start + LONGEST));
    let mut end = start;
    let mut at = start;
    while at < limit {
        let c = text[at..].chars().next().expect("inside the text");
        if stops(text, start, at, c, limit, words) {
            break;
        }
        at += c.len_utf8();
        end = at;
    }
    without_stop(text, start, trimmed(text, start, end.min(limit)), words)
}

/// A full stop at the end belongs to the sentence, unless the legal form is written with one.
fn without_stop(text: &str, start: usize, end: usize, words: &Words) -> usize {
    let name = &text[start..end];
    let dotted = || words.legal.iter().any(|l| l.end == end && text[l.clone()].ends_with('.'));
    let initials = || name[..name.len() - 1].rsplit(char::is_whitespace).next().is_some_and(|word| word.contains('.'));
    if name.ends_with('.') && !dotted() && !initials() { end - 1 } else { end }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// A name outside a link ends where the next link starts; one inside ends with it.
fn link_limit(start: usize, limit: usize, links: &[Range<usize>]) -> usize {
    let inside = links.iter().filter(|l| l.contains(&start)).map(|l| l.end).min();
    let next = links.iter().map(|l| l.start).filter(|&s| s > start).min();
    inside.or(next).unwrap_or(limit)
}

/// Whether the name ends before the character at `at`.
fn stops(text: &str, start: usize, at: usize, c: char, limit: usize, words: &Words) -> bool {
    if Words::starting(&words.stops, at).is_some() {
        return true;
    }
    match c {
        '|' | '·' | '•' | '‧' | '∙' | ';' | '；' | '!' | '?' | '。' | '！' | '…' | '→' | '<' | '>' | '【' | '】' | '｜' => {
            true
        }
        '(' | '（' | '[' => !bracketed_name(text, at, limit, words),
        ')' | '）' | ']' => !text[start..at].contains(['(', '（', '[']),
        ':' | '：' => text[at + c.len_utf8()..].starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit()) || c == '：',
        ',' | '，' => comma_stops(text, start, at..at + c.len_utf8(), words),
        '.' => full_stop_stops(text, at, words),
        '-' | '–' | '—' => dash_stops(text, at, limit, words),
        c if c.is_whitespace() => token_stops(text, at + c.len_utf8(), words),
        _ => false,
    }
}

/// "(Pty) Ltd": a bracket that a legal form follows belongs to the name.
fn bracketed_name(text: &str, at: usize, limit: usize, words: &Words) -> bool {
    let Some(close) = text[at..limit].find([')', ']', '）']).map(|i| at + i) else { return false };
    close - at <= 24 && words.legal.iter().any(|l| l.start >= close && text[close..l.start].chars().count() <= 3)
}

/// A comma goes on to a legal form, to a description, or to another name; an address or a note ends the name.
fn comma_stops(text: &str, start: usize, comma: Range<usize>, words: &Words) -> bool {
    let rest = text[comma.end..].trim_start();
    let next = text.len() - rest.len();
    if Words::starting(&words.legal, next).is_some() {
        return false;
    }
    let word: String = rest.chars().take_while(|c| !c.is_whitespace() && *c != ',').collect();
    if word.is_empty() || word.contains(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if ["a", "an", "une", "un", "eine", "ein"].contains(&word.as_str()) {
        return false;
    }
    word.starts_with(|c: char| c.is_lowercase()) || Words::ending_before(&words.legal, comma.start, text) || comma.end == start
}

fn full_stop_stops(text: &str, at: usize, words: &Words) -> bool {
    if text[at + 1..].starts_with(|c: char| c.is_alphanumeric()) {
        return sentence::ends_at(text, at);
    }
    // The stop of a legal form belongs to it: "Inc." What follows is looked at behind the blank.
    let short_form = words.legal.iter().any(|l| l.start < at && (at == l.end || at + 1 == l.end));
    if short_form {
        return false;
    }
    sentence::ends_at(text, at)
}

/// A dash between blanks ends the name, unless what follows it ends in a legal form: "Acme - Editions, Lda".
fn dash_stops(text: &str, at: usize, limit: usize, words: &Words) -> bool {
    if !text[..at].ends_with(char::is_whitespace) {
        return false;
    }
    let rest = &text[at..limit];
    let piece_end = rest.find(['|', '·', '(']).map_or(limit, |i| at + i);
    let form = words.legal.iter().find(|l| l.start > at && l.end <= piece_end && l.end - at <= 60);
    form.is_none_or(|l| text[at..l.start].split_whitespace().count() > 6 || text[at..l.start].contains(". "))
}

/// Whether the word at `at`, behind a blank, is no part of a name: a year, a number, an address, "vom 15.05.".
fn token_stops(text: &str, at: usize, words: &Words) -> bool {
    let rest = &text[at..];
    if rest.is_empty() || rest.starts_with(char::is_whitespace) {
        return false;
    }
    if Words::starting(&words.stops, at).is_some() || after_short_form(text, at, words) {
        return true;
    }
    let word: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    if let Some((_, end)) = years::year(text, at) {
        let next = text.len() - text[end..].trim_start().len();
        return Words::starting(&words.legal, next).is_none();
    }
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let dated = rest[word.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    digits >= 5
        || word.contains("://")
        || word.starts_with("www.")
        || word.contains('@')
        || (word.chars().count() <= 4 && word.chars().all(char::is_lowercase) && dated)
        || is_count(&word)
}

fn is_count(word: &str) -> bool {
    word.starts_with(['+', '#', '$', '€']) || (word.len() >= 3 && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | '/')))
}

/// Behind "Inc. " a capital starts something else, unless another legal form, a comma or "and" goes on.
fn after_short_form(text: &str, at: usize, words: &Words) -> bool {
    let before = text[..at].trim_end();
    before.ends_with('.')
        && words.legal.iter().any(|l| l.end == before.len() || l.end + 1 == before.len())
        && Words::starting(&words.legal, at).is_none()
        && text[at..].starts_with(|c: char| c.is_uppercase())
}

/// The end without trailing blanks, separators and initials ("SZ/abc/de").
fn trimmed(text: &str, start: usize, end: usize) -> usize {
    let mut name =
        text[start..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | '/' | ':' | '*' | '，'));
    while let Some((left, right)) = name.rsplit_once('/') {
        let initials = (2..=4).contains(&right.len()) && right.bytes().all(|b| b.is_ascii_lowercase()) && !left.is_empty();
        if !initials || left.chars().all(char::is_lowercase) {
            break;
        }
        name = left;
    }
    start + name.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_comma_ends_a_name_as_a_narrow_one_does() {
        let text = "Nova Media Ltd，대가";
        let legal = text.find("Ltd").map(|at| at..at + 3).expect("the form");
        let words = Words { legal: vec![legal], ..Words::default() };
        assert_eq!(&text[..run(text, 0, text.len(), &words)], "Nova Media Ltd");
    }
}
