//! Text of documents as inert text of a page.

use askama::filters::Escaper;
use std::fmt;
use std::fmt::Write;

/// Escapes what HTML gives a meaning to, in text and in quoted attributes, and writes out characters that nobody sees but that change what is
/// seen: controls and the marks that turn the writing direction.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Visible;

impl Escaper for Visible {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        let mut from = 0;
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            // Every byte that needs a look: ASCII with a meaning, controls, and the first bytes of U+0080–U+009F, U+200E … and U+FEFF.
            if !matches!(bytes[at], b'<' | b'>' | b'&' | b'"' | b'\'' | 0..=8 | 11..=31 | 0x7f | 0xc2 | 0xe2 | 0xef) {
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let Some(shown) = instead(c) else { continue };
            out.write_str(&text[from..at])?;
            match shown {
                Shown::Reference(reference) => out.write_str(reference)?,
                Shown::Code => write!(out, "⟦U+{:04X}⟧", c as u32)?,
            }
            from = at + c.len_utf8();
        }
        out.write_str(&text[from..])
    }
}

enum Shown {
    Reference(&'static str),
    Code,
}

fn instead(c: char) -> Option<Shown> {
    Some(match c {
        '<' => Shown::Reference("&lt;"),
        '>' => Shown::Reference("&gt;"),
        '&' => Shown::Reference("&amp;"),
        '"' => Shown::Reference("&quot;"),
        '\'' => Shown::Reference("&#39;"),
        '\r' => Shown::Reference(" "),
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Shown::Code,
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => Shown::Code,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        Visible.write_escaped_str(&mut out, text).unwrap();
        out
    }

    #[test]
    fn mark_up_stays_text() {
        assert_eq!(escaped("<b a=\"x\" b='y'> & é…©"), "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt; &amp; é…©");
    }

    #[test]
    fn marks_that_turn_the_direction_are_seen() {
        assert_eq!(escaped("a\u{202e}b\u{feff}\u{0}\n\t“”"), "a⟦U+202E⟧b⟦U+FEFF⟧⟦U+0000⟧\n\t“”");
    }
}
