//! Text of documents made safe and even for a terminal: it can't move the cursor, turn the writing direction or hide.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// How wide a tab is shown.
const TAB: usize = 4;

/// `text` with everything that a terminal would act on replaced by a visible sign. Line ends become blanks; tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| replacement(c).is_none()) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match replacement(c) {
            Some(sign) => safe.extend(sign),
            None => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// What to show for `c`: `None` is `c` itself, `Some(None)` nothing.
fn replacement(c: char) -> Option<Option<char>> {
    match c {
        '\t' => None,
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(Some(' ')),
        // The pictures of the control characters stand in their order.
        '\0'..='\u{1f}' => Some(char::from_u32(0x2400 + c as u32)),
        '\u{7f}' => Some(Some('\u{2421}')),
        // Controls of the second set, embeddings, overrides and isolates of direction, and what is no character.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}' => Some(Some('\u{fffd}')),
        // Terminals disagree on the width of these; what is never drawn can't shift what stands below.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Some(None),
        _ => None,
    }
}

/// How many columns `c` takes; never none, so that no text can have endless characters in few columns.
pub fn columns(c: char) -> usize {
    if c == '\t' { TAB } else { c.width().unwrap_or(1).max(1) }
}

/// How many columns `text` takes.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c == '\t' { TAB } else { c.width().unwrap_or(0) }).sum()
}

/// `text` on one line, safe, cut to `most` columns.
pub fn line(text: &str, most: usize) -> String {
    let safe = visible(text);
    let mut room = most;
    let cut = safe.char_indices().find(|&(_, c)| {
        let wide = columns(c);
        let fits = wide <= room;
        room = room.saturating_sub(wide);
        !fits
    });
    let Some((mut at, _)) = cut else { return safe.into_owned() };
    while width(&safe[..at]) >= most.max(1) {
        at = safe[..at].char_indices().next_back().map_or(0, |(at, _)| at);
    }
    format!("{}…", safe[..at].trim_end())
}

/// `text`, safe, broken between words into lines of at most `most` columns. A longer word has a line of its own, cut.
pub fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in visible(text).split_whitespace() {
        let word = line(word, most);
        let wide = width(&word);
        if used > 0 && used + 1 + wide > most {
            lines.push(String::new());
            used = 0;
        }
        let last = lines.last_mut().expect("starts with a line");
        if used > 0 {
            last.push(' ');
            used += 1;
        }
        last.push_str(&word);
        used += wide;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_act_on() {
        let hostile = "a\u{1b}[2Jb\u{9b}c\u{202e}d\u{7f}\u{0}\u{200b}e\nf";
        assert_eq!(visible(hostile), "a␛[2Jb\u{fffd}c\u{fffd}d␡␀e f");
        assert!(matches!(visible("harbour – 港"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_is_cut_by_columns() {
        assert_eq!(line("harbour", 7), "harbour");
        assert_eq!(line("harbours", 7), "harbou…");
        assert_eq!(line("港の夕暮れ", 6), "港の…");
        assert_eq!(line("", 0), "");
    }

    #[test]
    fn text_is_broken_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("unbreakable word", 6), ["unbre…", "word"]);
        assert_eq!(wrap("", 6), [""]);
    }
}
