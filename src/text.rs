//! Byte spans, lines and columns, and text folded for matching.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Bytes `start..end` of the decoded text of a source. Lines and columns are a report's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never before `start`.
    pub end: u32,
}

impl Span {
    /// The span `start..end`. Sources are limited to 4 GiB, so 32 bits hold every offset.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span starts before it ends");
        Self { start: start as u32, end: end as u32 }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Finds the line and column of a byte offset. Line ends are LF, CRLF and a lone CR.
#[derive(Debug, Clone, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text` in one pass.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts }
    }

    /// The line (from 1) that holds byte `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&s| s <= offset) as u32
    }

    /// Where line `line` (from 1) starts.
    pub fn start_of(&self, line: u32) -> u32 {
        self.starts[line as usize - 1]
    }

    /// Number of lines; a text that ends with a line end has an empty last one.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The bytes of line `line` (from 1) of `text`, without its end.
    pub fn range(&self, text: &str, line: u32) -> Range<usize> {
        let start = self.start_of(line) as usize;
        let next = self.starts.get(line as usize).map_or(text.len(), |&s| s as usize);
        start..start + text[start..next].trim_end_matches(['\n', '\r']).len()
    }

    /// Line and column of byte `offset` of `text`. Costs the length of the line: for many offsets use [`LineIndex::positions`].
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.start_of(line) as usize;
        Position { line, column: text[start..offset as usize].chars().count() as u32 + 1 }
    }

    /// Positions of ascending `offsets` in one forward pass, so that a one-line page costs its length once.
    pub fn positions(&self, text: &str, offsets: &[u32]) -> Vec<Position> {
        let mut found = Vec::with_capacity(offsets.len());
        let (mut line, mut at, mut column) = (0, 0, 1);
        for &offset in offsets {
            let this = self.line(offset);
            if this != line {
                (line, at, column) = (this, self.start_of(this), 1);
            }
            column += text[at as usize..offset as usize].chars().count() as u32;
            at = offset;
            found.push(Position { line, column });
        }
        found
    }
}

/// Text folded for matching, with the way back to the original.
///
/// Folding lower-cases, turns every kind of space, quote and dash into the plain one, collapses white space, drops soft hyphens and
/// zero-width characters, takes the accents off Greek vowels, the dot off a lower-cased Turkish İ, full-width forms to
/// their plain twins and superscript digits to digits.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// `(folded offset, original offset)` wherever the difference between the two changes; at first there is none.
    steps: Vec<(u32, u32)>,
    original_len: u32,
}

impl Folded {
    /// Folds `original`.
    pub fn new(original: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(original.len()), steps: Vec::new(), original_len: original.len() as u32 };
        let (mut at, mut spaced) = (0, true);
        while at < original.len() {
            folded.step(at);
            let plain = plain_run(&original.as_bytes()[at..], spaced);
            if plain > 0 {
                at += folded.push_plain(&original[at..at + plain], &mut spaced);
                continue;
            }
            let c = original[at..].chars().next().expect("inside the text");
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => folded.space(&mut spaced),
                '`' => folded.push('\'', &mut spaced),
                c => folded.push_wide(c, &mut spaced),
            }
            at += c.len_utf8();
        }
        folded.step(original.len());
        folded
    }

    /// Folds a run that needs nothing but lower case, and gives its length.
    fn push_plain(&mut self, run: &str, spaced: &mut bool) -> usize {
        let start = self.text.len();
        self.text.push_str(run);
        self.text[start..].make_ascii_lowercase();
        *spaced = run.ends_with(' ');
        run.len()
    }

    fn push(&mut self, c: char, spaced: &mut bool) {
        self.text.push(c);
        *spaced = false;
    }

    fn space(&mut self, spaced: &mut bool) {
        if !std::mem::replace(spaced, true) {
            self.text.push(' ');
        }
    }

    fn push_wide(&mut self, c: char, spaced: &mut bool) {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\u{307}' if self.text.ends_with('i') => {}
            c if c.is_whitespace() => self.space(spaced),
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2bc}' | '\u{2b9}' | '\u{b4}' => self.push('\'', spaced),
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => self.push('"', spaced),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => self.push('-', spaced),
            '\u{2026}' => {
                self.text.push_str("...");
                *spaced = false;
            }
            '\u{b2}' => self.push('2', spaced),
            '\u{b3}' => self.push('3', spaced),
            '\u{b9}' => self.push('1', spaced),
            '\u{2070}' => self.push('0', spaced),
            '\u{2074}'..='\u{2079}' => self.push((b'4' + (c as u32 - 0x2074) as u8) as char, spaced),
            '\u{ff01}'..='\u{ff5e}' => self.push(((c as u32 - 0xff01 + 0x21) as u8).to_ascii_lowercase() as char, spaced),
            'İ' => self.push('i', spaced),
            'ά' | 'Ά' => self.push('α', spaced),
            'έ' | 'Έ' => self.push('ε', spaced),
            'ή' | 'Ή' => self.push('η', spaced),
            'ί' | 'Ί' | 'ϊ' | 'ΐ' | 'Ϊ' => self.push('ι', spaced),
            'ό' | 'Ό' => self.push('ο', spaced),
            'ύ' | 'Ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => self.push('υ', spaced),
            'ώ' | 'Ώ' => self.push('ω', spaced),
            'ς' => self.push('σ', spaced),
            c if is_small(c) => self.push(c, spaced),
            _ => {
                self.text.extend(c.to_lowercase());
                *spaced = false;
            }
        }
    }

    /// Notes that the next folded byte comes from original byte `at`, if the last step doesn't say so already.
    fn step(&mut self, at: usize) {
        let here = self.text.len() as u32;
        let &(folded, original) = self.steps.last().unwrap_or(&(0, 0));
        if here.wrapping_sub(folded) == (at as u32).wrapping_sub(original) && here >= folded {
            return;
        }
        if folded == here {
            self.steps.pop();
        }
        self.steps.push((here, at as u32));
    }

    fn original_at(&self, folded: u32) -> u32 {
        let next = self.steps.partition_point(|&(f, _)| f <= folded);
        let (f, o) = next.checked_sub(1).map_or((0, 0), |last| self.steps[last]);
        let next = self.steps.get(next).map_or(self.original_len, |&(_, o)| o);
        (o + (folded - f)).min(next)
    }

    /// The range of the original text that `range` of the folded text came from.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original_at(range.start as u32) as usize;
        if range.is_empty() {
            return start..start;
        }
        // The end is where the last folded character's source ends: the start of what follows, without dropped characters
        // that stand before it only when the text ends there.
        let end = self.original_at(range.end as u32) as usize;
        start..end.max(start)
    }
}

/// Whether a letter that nothing else folds is its own lower case: small letters of the usual alphabets, scripts without capitals.
fn is_small(c: char) -> bool {
    matches!(c, 'ß'..='ÿ' | 'α'..='ω' | 'а'..='џ' | '\u{3041}'..='\u{30fe}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '가'..='힣')
}

/// How many bytes fold one by one, to themselves or to their lower case: ASCII with single blanks.
fn plain_run(bytes: &[u8], mut spaced: bool) -> usize {
    let stops = |&byte: &u8| {
        let again = std::mem::replace(&mut spaced, byte == b' ') && spaced;
        again || matches!(byte, b'`' | b'\t'..=b'\r' | 0x80..)
    };
    bytes.iter().position(stops).unwrap_or(bytes.len())
}

/// Folds `text` and forgets the way back.
pub fn fold(text: &str) -> String {
    let mut folded = Folded::new(text).text;
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// White space folded to single blanks, none at the ends; nothing else is changed.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What a reader sees in a piece of mark-up: tags and comments dropped, references decoded, white space folded.
/// Plain text passes unchanged but for its white space.
pub fn reader_text(mark_up: &str) -> String {
    if !mark_up.contains(['<', '&']) {
        return squeeze(mark_up);
    }
    let mut text = String::with_capacity(mark_up.len());
    for token in html5gum::Tokenizer::new(mark_up).flatten() {
        if let html5gum::Token::String(run) = token {
            text.push_str(&String::from_utf8_lossy(&run));
        }
    }
    squeeze(&text)
}

/// Whether `c` belongs to a script written without blanks between words (Chinese, Japanese, Thai).
pub fn is_unspaced_script(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{2fa1f}')
}

/// Whether a phrase may start or end at byte `at` of `text`: no letter or digit continues across it, except in scripts without blanks.
pub fn is_word_boundary(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    match (before, after) {
        (Some(b), Some(a)) => {
            !(b.is_alphanumeric() && (a.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&a)))
                || is_unspaced_script(b)
                || is_unspaced_script(a)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_for_small_is_its_own_lower_case() {
        for c in ('\0'..=char::MAX).filter(|&c| is_small(c)) {
            assert_eq!(c.to_lowercase().collect::<Vec<_>>(), [c]);
        }
    }

    #[test]
    fn folding_keeps_the_way_back() {
        let text = "A\u{ad}ll  “RIGHTS”\u{a0}– réservés";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "all \"rights\" - réservés");
        let at = folded.text.find("rights").expect("folded");
        assert_eq!(&text[folded.original(at..at + 6)], "RIGHTS");
        let closing = Folded::new("‘fair’");
        assert_eq!(closing.original(0..closing.text.len()), 0.."‘fair’".len());
        let at = folded.text.find("réservés").expect("folded");
        assert_eq!(&text[folded.original(at..at + "réservés".len())], "réservés");
    }

    #[test]
    fn lines_and_columns_start_at_one_and_count_characters() {
        let text = "é\r\nab\rc\nd";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 0), Position { line: 1, column: 1 });
        assert_eq!(index.position(text, 2), Position { line: 1, column: 2 });
        assert_eq!(index.position(text, 5), Position { line: 2, column: 2 });
        assert_eq!(index.position(text, 7), Position { line: 3, column: 1 });
        assert_eq!(index.position(text, 9), Position { line: 4, column: 1 });
        assert_eq!(index.count(), 4);
        assert_eq!([1, 2, 3, 4].map(|l| &text[index.range(text, l)]), ["é", "ab", "c", "d"]);
        assert_eq!(index.positions(text, &[0, 2, 5, 7, 9]), [0, 2, 5, 7, 9].map(|o| index.position(text, o)));
    }

    #[test]
    fn a_phrase_ends_where_a_word_ends() {
        assert!(is_word_boundary("the Nachdruck", 4));
        assert!(!is_word_boundary("nachzumachen", 4));
        assert!(is_word_boundary("無断転載", 6));
    }
}
