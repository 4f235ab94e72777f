//! Names of outlets in running text: which words before or after a reporting verb name a newspaper, a broadcaster, an agency.

use crate::detect::person::Names;
use crate::detect::person::is_domain;
use crate::detect::person::is_particle;
use crate::lexicon::Hit;
use crate::lexicon::calendar::Calendar;
use crate::lexicon::concept::Concept;
use crate::registry::agencies::Agencies;
use crate::terms::Confidence;
use crate::text::fold;
use crate::text::is_unspaced_script;
use std::ops::Range;

/// An outlet named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Its name as written, without quotation marks.
    pub name: String,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// How sure it is that an outlet is named.
    pub confidence: Confidence,
}

/// How many bytes beside a verb are searched.
const REACH: usize = 90;

/// How many small words may stand between a verb and a name: "told the newspaper", "laut einem Bericht der".
const GAP: usize = 5;

/// Most words in the name of an outlet.
const LONGEST: usize = 6;

/// Pairs of quotation marks that names stand in.
const MARKS: &[(char, &[char])] = &[
    ('"', &['"', '”', '“']),
    ('“', &['”', '“', '"']),
    ('„', &['“', '”', '"', '‟']),
    ('”', &['”']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('‹', &['›']),
    ('›', &['‹']),
    ('‚', &['‘', '’']),
    ('‘', &['’']),
    ('「', &['」']),
    ('『', &['』']),
    ('《', &['》']),
    ('〈', &['〉']),
    ('\'', &['\'']),
];

/// Finds outlets beside verbs.
#[derive(Debug, Clone, Copy)]
pub struct OutletReader<'a> {
    /// The words of media, and the site's own names.
    pub names: Names<'a>,
    /// The names of weekdays.
    pub calendar: &'a Calendar,
}

impl OutletReader<'_> {
    /// The outlet named right after byte `at` of `text`.
    pub fn after(&self, text: &str, at: usize) -> Option<Outlet> {
        let rest = &text[at..];
        let end = at + floor(rest, REACH);
        let (mut at, mut media, mut gap) = (at, false, 0);
        loop {
            at += text[at..end].len() - text[at..end].trim_start().len();
            let here = &text[at..end];
            let first = here.chars().next()?;
            if is_unspaced_script(first) {
                return self.unspaced_after(text, at..end);
            }
            if MARKS.iter().any(|(open, _)| *open == first) || first.is_uppercase() {
                return self.named(text, at..end, media, gap);
            }
            let word = here.split_whitespace().next()?;
            if gap == GAP || !first.is_alphabetic() || word.ends_with(['.', ';', ':', '!', '?', ',']) {
                return None;
            }
            media = self.is_media(&fold(word));
            gap += 1;
            at += word.len();
        }
    }

    /// The outlet named right before byte `at` of `text`.
    pub fn before(&self, text: &str, at: usize) -> Option<Outlet> {
        let head = &text[..at];
        let start = at - ceil(head, REACH);
        let end = start + text[start..at].trim_end_matches([' ', ',', '\u{a0}']).len();
        let window = &text[start..end];
        let last = window.chars().next_back()?;
        if let Some(quoted) = quoted_before(window) {
            let range = start + quoted.start..start + quoted.end;
            return self.judged(text, range, true, false, true);
        }
        if is_unspaced_script(last) || ('가'..='힣').contains(&last) {
            return self.unspaced_before(text, start..end);
        }
        if let Some(found) = Agencies::builtin().at_end(window).filter(|f| f.range.end == window.len()) {
            let range = start + found.range.start..end;
            if let Some(outlet) = self.registered(text, range, false, false) {
                return Some(outlet);
            }
        }
        self.judged(text, capitals_before(text, start..end)?, false, false, false)
    }

    /// A name that starts at the start of `range`: quoted, registered, or a run of capitalised words.
    fn named(&self, text: &str, range: Range<usize>, media: bool, gap: usize) -> Option<Outlet> {
        let here = &text[range.clone()];
        if let Some(inner) = quoted_after(here) {
            return self.judged(text, range.start + inner.start..range.start + inner.end, true, media, gap == 0 || media);
        }
        if here.starts_with(|c: char| !c.is_alphabetic()) {
            return None;
        }
        if let Some(found) = Agencies::builtin().at_start(here).filter(|f| f.range.start == 0) {
            let registered = self.registered(text, range.start..range.start + found.range.end, false, media);
            if registered.is_some() {
                return registered;
            }
        }
        self.judged(text, capitals_after(text, range)?, false, media, false)
    }

    /// An outlet that the registry knows. Ordinary words count only in quotation marks or after a word for a medium.
    fn registered(&self, text: &str, range: Range<usize>, quoted: bool, media: bool) -> Option<Outlet> {
        let range = self.core(text, range);
        let agencies = Agencies::builtin();
        let found = agencies.whole(&text[range.clone()])?;
        let agency = &agencies.list()[found.index];
        if !(agency.is("outlet") || agency.is("wire")) || self.names.is_site(&fold(&text[range.clone()])) {
            return None;
        }
        let confidence = match (found.weak, quoted || media) {
            (false, _) => Confidence::High,
            (true, true) => Confidence::Medium,
            (true, false) => return None,
        };
        Some(Outlet { name: crate::text::squeeze(&text[range.clone()]), range, confidence })
    }

    /// An outlet by its words: registered, with a word for a medium in it or before it, in quotation marks.
    fn judged(&self, text: &str, range: Range<usize>, quoted: bool, media: bool, adjacent: bool) -> Option<Outlet> {
        let range = self.core(text, range);
        let name = text[range.clone()].trim();
        let words = name.split_whitespace().count();
        if name.is_empty() || words > LONGEST || name.ends_with(['.', ',', '!', '?', ';']) && words > 1 {
            return None;
        }
        if let Some(outlet) = self.registered(text, range.clone(), quoted, media) {
            return Some(outlet);
        }
        let folded = fold(name);
        let capital = name.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase());
        // What is quoted may be a sentence, and a weekday may follow a verb.
        let titled = name.split_whitespace().all(|w| joins(w) || !w.starts_with(char::is_lowercase)) || is_domain(name);
        let dated = words == 1 && self.calendar.look_up(&folded).is_some();
        let confidence = match () {
            () if dated || !(titled || (quoted && words <= 5 && self.is_media(&folded))) => return None,
            () if self.names.is_site(&folded) || !capital && !is_domain(name) => return None,
            () if self.is_media(&folded) && (words >= 2 || quoted || media || self.is_compound(&folded)) => Confidence::Medium,
            () if media && adjacent => Confidence::Medium,
            () if media || is_domain(name) => Confidence::Medium,
            () if quoted && adjacent => Confidence::Low,
            () => return None,
        };
        Some(Outlet { name: crate::text::squeeze(name), range, confidence })
    }

    fn is_media(&self, folded: &str) -> bool {
        self.names.lexicon.scan_name(folded).iter().any(|h| h.concept == Concept::AttributionOutletWord)
    }

    /// Whether a single word is more than the word for a medium: "Hafenzeitung", not "Zeitung".
    fn is_compound(&self, folded: &str) -> bool {
        let whole = |h: &Hit| h.concept == Concept::AttributionOutletWord && h.range == (0..folded.len());
        folded.chars().count() >= 12 && !folded.contains(' ') && self.names.lexicon.scan_name(folded).iter().any(whole)
            || folded.chars().any(is_unspaced_script)
    }

    /// Without what follows a comma or a full stop, small words and weekdays at its end: "Harbour Times, the", "Hafenbote am Dienstag".
    fn core(&self, text: &str, range: Range<usize>) -> Range<usize> {
        let part = &text[range.clone()];
        let mut end = part.find([',', ';']).or_else(|| part.find(". ")).filter(|at| *at > 0).unwrap_or(part.len());
        while let Some(at) = part[..end].trim_end().rfind(' ') {
            let word = part[at..end].trim();
            let day = self.calendar.look_up(&fold(word)).is_some_and(|w| w.weekday);
            if !(day || joins(word)) {
                break;
            }
            end = at;
        }
        range.start..range.start + part[..end].trim_end().len()
    }

    /// A name in a script without blanks that ends at the end of `range`.
    fn unspaced_before(&self, text: &str, range: Range<usize>) -> Option<Outlet> {
        let window = &text[range.clone()];
        let joins = |c: char| {
            (is_unspaced_script(c) && !('\u{3041}'..='\u{309f}').contains(&c))
                || c.is_ascii_alphanumeric()
                || ('가'..='힣').contains(&c)
                || c == '・'
        };
        let start = window.char_indices().rev().take_while(|(_, c)| joins(*c)).last().map(|(at, _)| at)?;
        self.judged(text, range.start + start..range.end, false, false, false)
    }

    /// A name in a script without blanks that starts at the start of `range` and ends with a word for a medium.
    fn unspaced_after(&self, text: &str, range: Range<usize>) -> Option<Outlet> {
        let window = &text[range.clone()];
        let found = Agencies::builtin().at_start(window).filter(|f| f.range.start == 0);
        let known = found.and_then(|f| self.registered(text, range.start..range.start + f.range.end, false, false));
        if known.is_some() {
            return known;
        }
        let near = &window[..floor(window, 36)];
        let folded = crate::text::Folded::new(near);
        let hits = self.names.lexicon.scan_name(&folded.text);
        let word = hits
            .iter()
            .filter(|h| h.concept == Concept::AttributionOutletWord && h.range.start > 0)
            .min_by_key(|h| (h.range.start, h.range.end))?;
        let end = folded.original(word.range.clone()).end;
        let plain = near[..end].chars().all(|c| is_unspaced_script(c) || c.is_ascii_alphanumeric());
        if plain { self.judged(text, range.start..range.start + end, false, true, true) } else { None }
    }
}

/// The bytes between quotation marks at the start of `text`.
fn quoted_after(text: &str) -> Option<Range<usize>> {
    let first = text.chars().next()?;
    let closing = MARKS.iter().find(|(open, _)| *open == first)?.1;
    let start = first.len_utf8();
    let end = text[start..].char_indices().find(|(_, c)| closing.contains(c))?.0;
    (end > 0).then_some(start..start + end)
}

/// The bytes between quotation marks at the end of `text`.
fn quoted_before(text: &str) -> Option<Range<usize>> {
    let last = text.chars().next_back()?;
    let end = text.len() - last.len_utf8();
    let (at, open) =
        text[..end].char_indices().rev().find(|(_, c)| MARKS.iter().any(|(open, close)| open == c && close.contains(&last)))?;
    let start = at + open.len_utf8();
    (start < end && MARKS.iter().any(|(_, close)| close.contains(&last))).then_some(start..end)
}

/// Capitalised words, with small words between them, from the start of `range`.
fn capitals_after(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut end = range.start;
    for word in text[range.clone()].split_whitespace().take(LONGEST) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare = word.trim_end_matches([',', '.', ';', ':', '"', '”', ')', '!', '?']);
        if bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            end = at + bare.len();
        } else if !joins(bare) {
            break;
        }
        if bare.len() < word.len() {
            break;
        }
    }
    (end > range.start).then_some(range.start..end)
}

/// Capitalised words, with small words between them, up to the end of `range`.
fn capitals_before(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut start = range.end;
    for word in text[range.clone()].split_whitespace().rev().take(LONGEST) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        if start < range.end && word.ends_with(['.', ',', ';', ':', '"', '”', ')', '!', '?']) {
            break;
        }
        if word.starts_with(|c: char| c.is_uppercase()) {
            start = at;
        } else if !joins(word) {
            break;
        }
    }
    (start < range.end).then_some(start..range.end)
}

/// Small words inside names of outlets: "Harbour Times of the North", "Frankfurt am Hafen".
fn joins(word: &str) -> bool {
    is_particle(word) || matches!(word, "of" | "the" | "The" | "and" | "&" | "am" | "für" | "und" | "et")
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How many bytes from the end of `text` make up to `most`, whole characters only.
fn ceil(text: &str, most: usize) -> usize {
    let mut at = text.len().saturating_sub(most);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    text.len() - at
}
