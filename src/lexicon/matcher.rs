//! Finds phrases in folded text. A phrase starts at the start of a word, so only there is anything looked up, by its first bytes:
//! a gate of a few thousand bytes, which stays in the nearest cache, turns nearly every word away.

use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::text::is_unspaced_script;
use crate::text::is_word_boundary;
use aho_corasick::AhoCorasick;
use aho_corasick::AhoCorasickKind;
use std::num::NonZeroU32;

/// One phrase, folded.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) concept: Concept,
    pub(super) language: &'static str,
    pub(super) weak: bool,
    /// The literal parts between wildcards.
    pub(super) parts: Vec<String>,
    /// Whether letters may stand before the first part.
    pub(super) led: bool,
    /// Whether letters may follow the last part.
    pub(super) open: bool,
}

impl Phrase {
    /// Where the phrase ends if its first part ends at `at`, or nothing if the rest isn't there.
    fn end(&self, folded: &str, mut at: usize) -> Option<usize> {
        for part in &self.parts[1..] {
            at += letters(&folded[at..]);
            at = folded[at..].starts_with(part.as_str()).then_some(at + part.len())?;
        }
        if self.open {
            at += letters(&folded[at..]);
        }
        is_word_boundary(folded, at).then_some(at)
    }

    fn hit(&self, start: usize, end: usize) -> Hit {
        Hit { concept: self.concept, language: self.language, weak: self.weak, range: start..end }
    }
}

/// How many bytes of letters `text` starts with.
fn letters(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

/// Where the word that holds byte `at` starts.
fn word_start(text: &str, at: usize) -> usize {
    text[..at].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |n| n + text[n..].chars().next().map_or(1, char::len_utf8))
}

/// Lengths in bytes of the beginnings that phrases are looked up by: a phrase is filed under the longest that it has.
const LENGTHS: [usize; 5] = [8, 4, 3, 2, 1];

/// Size of a gate: 8 KiB.
const WORDS: usize = 1024;

/// Size of the gate of whole keys: 16 KiB.
const KEY_WORDS: usize = 2048;

/// What may start with a byte, in [`Matcher::first`]: phrases of four bytes or more, of three, of two, of one.
const FIRST_OF: [(usize, u8); 4] = [(4, 1), (3, 2), (2, 4), (1, 8)];

/// A phrase of fewer than four bytes that more letters may follow.
const LOOSE: u8 = 16;

/// The phrases of one beginning. A free slot has none.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u64,
    start: u32,
    end: u32,
}

/// What of a phrase is looked at first: eight bytes, those after the beginning it is filed under if that is as long, otherwise its
/// first; and whether a letter may follow.
#[derive(Debug, Clone, Copy)]
struct Head {
    bytes: u64,
    mask: u64,
    /// The length of a phrase that ends with an ASCII letter or digit, so that none may follow; nothing if others may.
    closed: Option<NonZeroU32>,
}

impl Head {
    fn new(phrase: &Phrase) -> Self {
        let first = phrase.parts[0].as_bytes();
        let closed = phrase.parts.len() == 1 && !phrase.open && first.last().is_some_and(u8::is_ascii_alphanumeric);
        let closed = NonZeroU32::new(first.len() as u32).filter(|_| closed);
        let eight = &first[if first.len() < LENGTHS[0] { 0 } else { LENGTHS[0] }..];
        let mask = if eight.is_empty() { 0 } else { shortened(u64::MAX, eight.len().min(8)) };
        Self { bytes: beginning(eight) & mask, mask, closed }
    }

    /// Whether the phrase may stand at the start of `text`, where the eight bytes are `eight`.
    fn may_stand(self, eight: u64, text: &[u8]) -> bool {
        let goes_on = |len: NonZeroU32| text.get(len.get() as usize).is_some_and(u8::is_ascii_alphanumeric);
        eight & self.mask == self.bytes && !self.closed.is_some_and(goes_on)
    }
}

/// Phrases of one tier, ready to be searched for.
#[derive(Debug)]
pub(super) struct Matcher {
    /// What kinds of phrases start with a byte ([`FIRST_OF`], [`LOOSE`]).
    first: Box<[u8; 256]>,
    /// A bit for the first four bytes of each phrase that has as many, by their hash.
    gate: Box<[u64; WORDS]>,
    /// A bit for each key that phrases are filed under, by its hash: the slots lie farther away.
    filed: Box<[u64; KEY_WORDS]>,
    /// Beginnings with their phrases, each at the first free place from the one its hash names.
    slots: Vec<Slot>,
    /// For each of `phrases`. Nearly every phrase that begins alike is turned away by it, without a look at the phrase, whose words lie
    /// elsewhere in memory.
    heads: Vec<Head>,
    /// Phrases that start with a word, by beginning.
    phrases: Vec<Phrase>,
    /// Phrases before which letters may stand, with an automaton over their first parts.
    led: Option<(AhoCorasick, Vec<Phrase>)>,
}

impl Matcher {
    pub(super) fn new(all: Vec<Phrase>) -> Self {
        let usable = all.into_iter().filter(|p| !p.parts[0].is_empty());
        let (led, mut phrases): (Vec<Phrase>, Vec<Phrase>) = usable.partition(|p| p.led);
        phrases.sort_by_cached_key(|p| filed_under(p.parts[0].as_bytes()));
        let heads: Vec<Head> = phrases.iter().map(Head::new).collect();
        let (mut first, mut gate, mut filed) = (Box::new([0; 256]), Box::new([0; WORDS]), Box::new([0; KEY_WORDS]));
        let mut slots = vec![Slot::default(); (2 * phrases.len()).next_power_of_two()];
        for (at, (phrase, head)) in (0..).zip(phrases.iter().zip(&heads)) {
            let bytes = phrase.parts[0].as_bytes();
            let key = filed_under(bytes);
            filed[key_bit(key) / 64] |= 1 << (key_bit(key) % 64);
            let slot = place(&slots, key);
            let slot = &mut slots[slot];
            let start = if slot.end == 0 { at } else { slot.start };
            *slot = Slot { key, start, end: at + 1 };
            let kind = FIRST_OF.iter().find(|(length, _)| *length <= bytes.len()).map_or(0, |&(_, kind)| kind);
            first[usize::from(bytes[0])] |= if bytes.len() < 4 && head.closed.is_none() { kind | LOOSE } else { kind };
            if bytes.len() >= 4 {
                let bit = bit(key);
                gate[bit / 64] |= 1 << (bit % 64);
            }
        }
        let automaton = || {
            let dense = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(led.iter().map(|p| &p.parts[0]));
            dense.expect("phrases are short and few enough")
        };
        let led = (!led.is_empty()).then(automaton).map(|a| (a, led));
        Self { first, gate, filed, slots, heads, phrases, led }
    }

    /// Every phrase in `folded`, by start, longest first.
    pub(super) fn scan(&self, folded: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let (bytes, mut at) = (folded.as_bytes(), 0);
        // What the character before is: part of a word, of a script without blanks.
        let (mut in_word, mut unspaced) = (false, false);
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                if !in_word || unspaced {
                    self.starting(folded, at, &mut hits);
                }
                // Nothing starts inside a word.
                at += 1 + bytes[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                (in_word, unspaced) = (true, false);
                continue;
            }
            if byte.is_ascii() {
                if byte != b' ' {
                    self.starting(folded, at, &mut hits);
                }
                (in_word, unspaced, at) = (false, false, at + 1);
                continue;
            }
            let c = folded[at..].chars().next().expect("inside the text");
            let (letter, alone) = (c.is_alphanumeric(), is_unspaced_script(c));
            if !(in_word && (letter || ('\u{300}'..='\u{36f}').contains(&c))) || unspaced || alone {
                self.starting(folded, at, &mut hits);
            }
            (in_word, unspaced, at) = (letter, alone, at + c.len_utf8());
        }
        self.inside(folded, &mut hits);
        if hits.len() > 1 {
            hits.sort_by(|a, b| {
                (a.range.start, b.range.end, a.concept, a.language).cmp(&(b.range.start, a.range.end, b.concept, b.language))
            });
            hits.dedup();
        }
        hits
    }

    /// The phrases that start at byte `at`.
    fn starting(&self, folded: &str, at: usize, hits: &mut Vec<Hit>) {
        let bytes = &folded.as_bytes()[at..];
        let first = self.first[usize::from(bytes[0])];
        if first == 0 {
            return;
        }
        let beginning = beginning(bytes);
        let bit = bit(beginning);
        if first & 1 != 0 && self.gate[bit / 64] >> (bit % 64) & 1 == 1 {
            self.take(beginning, self::beginning(bytes.get(8..).unwrap_or_default()), folded, at, hits);
            self.take(shortened(beginning, 4), beginning, folded, at, hits);
        }
        for &(length, kind) in &FIRST_OF[1..] {
            let may_end = first & LOOSE != 0 || !bytes.get(length).is_some_and(u8::is_ascii_alphanumeric);
            if first & kind != 0 && may_end {
                self.take(shortened(beginning, length), beginning, folded, at, hits);
            }
        }
    }

    /// Notes the phrases filed under `key` that stand at byte `at`, where their heads are compared with `next`.
    fn take(&self, key: u64, next: u64, folded: &str, at: usize, hits: &mut Vec<Hit>) {
        if self.filed[key_bit(key) / 64] >> (key_bit(key) % 64) & 1 == 0 {
            return;
        }
        let Slot { start, end, .. } = self.slots[place(&self.slots, key)];
        for n in start as usize..end as usize {
            if !self.heads[n].may_stand(next, &folded.as_bytes()[at..]) {
                continue;
            }
            let phrase = &self.phrases[n];
            let first = &phrase.parts[0];
            if folded[at..].starts_with(first.as_str())
                && let Some(end) = phrase.end(folded, at + first.len())
            {
                hits.push(phrase.hit(at, end));
            }
        }
    }

    /// The phrases that may start inside a word.
    fn inside(&self, folded: &str, hits: &mut Vec<Hit>) {
        let Some((automaton, phrases)) = &self.led else { return };
        for found in automaton.find_overlapping_iter(folded) {
            let phrase = &phrases[found.pattern().as_usize()];
            if let Some(end) = phrase.end(folded, found.end()) {
                hits.push(phrase.hit(word_start(folded, found.start()), end));
            }
        }
    }
}

/// The slot of `key`, or a free one where it has none. At least half of the slots are free.
fn place(slots: &[Slot], key: u64) -> usize {
    let mask = slots.len() - 1;
    let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
    while slots[at].end != 0 && slots[at].key != key {
        at = (at + 1) & mask;
    }
    at
}

/// The first eight bytes, padded with NUL.
fn beginning(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

/// The first `length` bytes of a beginning.
fn shortened(beginning: u64, length: usize) -> u64 {
    beginning & (u64::MAX >> (64 - 8 * length))
}

/// The beginning that a phrase with this first part is filed under.
fn filed_under(first: &[u8]) -> u64 {
    let length = LENGTHS.into_iter().find(|&l| l <= first.len()).unwrap_or(1);
    shortened(beginning(first), length)
}

/// The bit of [`Matcher::filed`] that stands for a key.
fn key_bit(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 47) as usize % (64 * KEY_WORDS)
}

/// The bit of the gate that stands for the first four bytes of a beginning.
fn bit(beginning: u64) -> usize {
    (shortened(beginning, 4).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn phrase(text: &str) -> Phrase {
        let parts = text.trim_matches('*').split('*').map(str::to_owned).collect();
        Phrase { concept: Concept::ALL[0], language: "en", weak: false, parts, led: text.starts_with('*'), open: text.ends_with('*') }
    }

    fn found(phrases: &[&str], text: &str) -> Vec<String> {
        let matcher = Matcher::new(phrases.iter().map(|p| phrase(p)).collect());
        matcher.scan(text).into_iter().map(|h| text[h.range].to_owned()).collect()
    }

    #[test]
    fn phrases_of_any_length_are_found_at_words_only() {
        assert_eq!(
            found(&["a", "by", "von", "text", "textual", "all rights reserved"], "a text by all rights reserved, textually"),
            ["a", "text", "by", "all rights reserved"]
        );
        assert_eq!(found(&["転載", "(c)", "©"], "無断転載 (c) x©"), ["転載", "(c)", "©"]);
        assert_eq!(found(&["é", "été"], "été é"), ["été", "é"]);
    }

    #[test]
    fn stars_stand_for_letters_before_inside_and_behind() {
        assert_eq!(
            found(&["*redakteur", "uczeni* maszynow*"], "der sportredakteur, uczenia maszynowego"),
            ["sportredakteur", "uczenia maszynowego"]
        );
    }

    proptest! {
        /// Looking at every byte for every phrase finds the same.
        #[test]
        fn nothing_is_missed(text in "[ab éж権.]{0,40}", phrases in prop::collection::vec("[abéж権]{1,9}( [abж]{1,4})?", 1..6)) {
            let matcher = Matcher::new(phrases.iter().map(|p| phrase(p)).collect());
            let mut expected = Vec::new();
            for (at, _) in text.char_indices().filter(|&(at, _)| is_word_boundary(&text, at)) {
                let here = phrases.iter().filter(|p| text[at..].starts_with(p.as_str()) && is_word_boundary(&text, at + p.len()));
                expected.extend(here.map(|p| at..at + p.len()));
            }
            expected.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
            expected.dedup();
            prop_assert_eq!(matcher.scan(&text).into_iter().map(|h| h.range).collect::<Vec<_>>(), expected);
        }
    }
}
