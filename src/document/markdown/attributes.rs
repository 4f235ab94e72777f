//! Attributes that Markdown's dialects put in braces and tags: `{credit="Ann Example" .wide}`, `{: .caption}`, and shortcodes of site
//! generators: `{{< figure src="pier.jpg" caption="A pier" attr="Ann Example" >}}`, `{% include image.html src="pier.jpg" %}`.

use crate::document::Placed;
use crate::text::Span;
use crate::text::reader_text;
use std::borrow::Cow;

/// A shortcode: its bytes and what is written inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shortcode {
    pub(super) span: Span,
    /// Values by name; those without a name have an empty one.
    pub(super) attributes: Vec<(String, Placed)>,
}

/// The longest shortcode that is looked for: an unclosed one must not swallow the page.
const LONGEST: usize = 4 << 10;

/// Attributes in the braces that open at byte `at`: where they end, and those with a value.
pub(super) fn in_braces(text: &str, at: usize) -> Option<(usize, Vec<(String, Placed)>)> {
    let line = text[at..].split(['\n', '\r']).next()?;
    let end = closing_brace(line)?;
    let inner = Span::new(at + 1, at + end);
    let mut found = pairs(text, inner);
    found.retain(|(name, _)| !name.is_empty());
    Some((at + end + 1, found))
}

/// The brace that closes the one `line` starts with, quotes respected.
fn closing_brace(line: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in line.char_indices().skip(1) {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '}') => return Some(at),
            _ => {}
        }
    }
    // An apostrophe is no quote.
    line.find('}')
}

/// `name="value"`, `name=value` and bare values in bytes `span` of `text`.
fn pairs(text: &str, span: Span) -> Vec<(String, Placed)> {
    let end = span.end as usize;
    let mut at = span.start as usize;
    let mut found = Vec::new();
    while at < end {
        let rest = &text[at..end];
        at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ':').len();
        let rest = &text[at..end];
        let Some(first) = rest.chars().next() else { break };
        let name_len =
            if matches!(first, '"' | '\'') { 0 } else { rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len()) };
        let name = &rest[..name_len];
        let value_at = if rest[name_len..].starts_with('=') { at + name_len + 1 } else { at };
        let named = value_at > at;
        let (value, next) = value(text, value_at, end);
        let placed = Placed { value: reader_text(&text[value.range()]), span: value };
        found.push((if named { name.to_ascii_lowercase() } else { String::new() }, placed));
        at = next.max(at + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// The value that starts at byte `at`, without its quotes, and where the next can start.
fn value(text: &str, at: usize, end: usize) -> (Span, usize) {
    let rest = &text[at..end];
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
        let inner = &rest[1..];
        let len = closing_quote(inner, quote).unwrap_or(inner.len());
        return (Span::new(at + 1, at + 1 + len), (at + len + 2).min(end));
    }
    let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
    (Span::new(at, at + len), at + len)
}

fn closing_quote(inner: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    inner.char_indices().find_map(|(at, c)| {
        let closes = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    })
}

/// `text` without its shortcodes, each byte of them a blank so that all places stay, and the shortcodes from byte `start` on.
pub(super) fn mask(text: &str, start: usize) -> (Cow<'_, str>, Vec<Shortcode>) {
    let mut found = Vec::new();
    let mut at = start;
    while let Some(open) = memchr::memchr(b'{', &text.as_bytes()[at..]).map(|o| at + o) {
        match shortcode(text, open) {
            Some(code) => {
                at = code.span.end as usize;
                found.push(code);
            }
            None => at = open + 1,
        }
    }
    if found.is_empty() {
        return (Cow::Borrowed(text), found);
    }
    (Cow::Owned(blank_out(text, found.iter().map(|c| c.span))), found)
}

/// `text` with every byte of `spans` (ascending) a blank, line ends kept.
pub(super) fn blank_out(text: &str, spans: impl Iterator<Item = Span>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        out.push_str(&text[at..span.start as usize]);
        out.extend(text[span.range()].bytes().map(|b| if matches!(b, b'\n' | b'\r') { b as char } else { ' ' }));
        at = span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}

/// The shortcode that opens at byte `open`.
fn shortcode(text: &str, open: usize) -> Option<Shortcode> {
    const FORMS: &[(&str, &str)] = &[("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];
    let rest = &text[open..];
    let (start, close) = FORMS.iter().find(|(start, _)| rest.starts_with(start))?;
    let end = memchr::memmem::find(&rest.as_bytes()[..rest.len().min(LONGEST)], close.as_bytes())?;
    let inner = Span::new(open + start.len(), open + end.max(start.len()));
    let mut attributes = pairs(text, inner);
    // The first word is the shortcode's name: `figure src=…`, `figure(src=…`.
    if attributes.first().is_some_and(|(name, _)| name.is_empty()) {
        attributes.remove(0);
    }
    for (name, placed) in &mut attributes {
        if let Some((_, inner)) = name.split_once('(') {
            *name = inner.to_owned();
        }
        let trimmed = placed.value.trim_end_matches([')', '/']).len();
        if !name.is_empty() && trimmed < placed.value.len() && text[placed.span.range()].ends_with(')') {
            placed.span.end -= (placed.value.len() - trimmed) as u32;
            placed.value.truncate(trimmed);
        }
    }
    Some(Shortcode { span: Span::new(open, open + end + close.len()), attributes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(attributes: &[(String, Placed)], text: &str) -> String {
        attributes
            .iter()
            .map(|(name, p)| {
                assert_eq!(reader_text(&text[p.span.range()]), p.value);
                format!("{name}={}", p.value)
            })
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn attributes_in_braces_are_read_to_their_end() {
        let text = r#"{credit="Ann Example, Wire-A" .wide #pier width=300} more"#;
        let (end, found) = in_braces(text, 0).unwrap();
        assert_eq!(&text[end..], " more");
        assert_eq!(show(&found, text), "credit=Ann Example, Wire-A|width=300");
        assert!(in_braces("{never closed\n}", 0).is_none());
    }

    #[test]
    fn shortcodes_of_site_generators_are_understood() {
        for text in [
            r#"{{< figure src="pier.jpg" caption="A pier" attr="Ann Example" >}}"#,
            r#"{{% figure src="pier.jpg" caption="A pier" attr="Ann Example" %}}"#,
            r#"{% include image.html src="pier.jpg" caption="A pier" attr="Ann Example" %}"#,
            r#"{{ figure(src="pier.jpg", caption="A pier", attr="Ann Example") }}"#,
        ] {
            let (masked, found) = mask(text, 0);
            assert_eq!(masked.trim(), "", "{text}");
            assert_eq!(masked.len(), text.len());
            let named: Vec<_> = found[0].attributes.iter().filter(|(n, _)| !n.is_empty() && n != "image.html").cloned().collect();
            assert_eq!(show(&named, text), "src=pier.jpg|caption=A pier|attr=Ann Example", "{text}");
        }
    }
}
