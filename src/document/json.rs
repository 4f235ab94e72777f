//! JSON as pages have it: every value with its bytes, and the common ways to break it mended.
//!
//! Strict JSON costs one pass. Mended on the way: wrappers (`<!--`, `//<![CDATA[`), comments, commas too many or too few, line ends
//! and control characters inside strings, single and curly quotes, `&quot;` for quotes, bare words, brackets too many or too few,
//! several values in a row. Only when something would be lost, a second pass also looks for quotes inside strings that nobody
//! escaped.

use crate::text::Span;
use std::borrow::Cow;

/// Values nested deeper than this are skipped; statements about an article need five levels.
const MAX_DEPTH: usize = 100;

/// How far a quote is followed to tell whether it ends its string: enough for any key.
const LOOK_AHEAD: usize = 120;

/// The flaw of a container that the text ends in.
const MISSING_END: &str = "a missing end";

/// A value and its bytes, quotes not included.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::document) struct Node<'t> {
    pub(in crate::document) value: Json<'t>,
    pub(in crate::document) span: Span,
}

/// A JSON value. Numbers stay as written.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::document) enum Json<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    String(Cow<'t, str>),
    Array(Vec<Node<'t>>),
    Object(Vec<(Cow<'t, str>, Node<'t>)>),
}

/// A deviation from JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) struct Flaw {
    /// What, as a noun: "a trailing comma".
    pub(in crate::document) what: &'static str,
    /// At which byte.
    pub(in crate::document) at: u32,
    /// Whether a part of the value could not be understood; otherwise it was mended.
    pub(in crate::document) loses: bool,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::document) struct Parsed<'t> {
    /// The values, one unless several stand in a row.
    pub(in crate::document) values: Vec<Node<'t>>,
    /// What was wrong, in order.
    pub(in crate::document) flaws: Vec<Flaw>,
}

/// Reads the JSON in bytes `span` of `text`; places count in `text`.
pub(in crate::document) fn parse(text: &str, span: Span) -> Parsed<'_> {
    let strict = Reader::new(text, span, false).read();
    let losses = |parsed: &Parsed<'_>| parsed.flaws.iter().filter(|f| f.loses).count();
    if losses(&strict) == 0 {
        return strict;
    }
    let patient = Reader::new(text, span, true).read();
    if losses(&patient) < losses(&strict) { patient } else { strict }
}

/// Where the value that `text` starts with ends; nothing if its end is missing.
pub(in crate::document) fn end_of_value(text: &str) -> Option<usize> {
    let mut reader = Reader::new(text, Span::new(0, text.len()), false);
    reader.value()?;
    (reader.flaws.iter().all(|f| f.what != MISSING_END)).then_some(reader.at)
}

/// How a string is delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    Double,
    Single,
    Curly,
    /// `&quot;`, where a publishing system escaped the whole script.
    Reference,
}

impl Quote {
    const ALL: [Self; 4] = [Self::Double, Self::Single, Self::Curly, Self::Reference];

    fn openers(self) -> &'static [&'static str] {
        match self {
            Self::Double => &["\""],
            Self::Single => &["'"],
            Self::Curly => &["\u{201c}", "\u{201d}", "\u{201e}", "\u{2033}"],
            Self::Reference => &["&quot;", "&#34;", "&#034;", "&#x22;"],
        }
    }

    /// The bytes of the delimiter that `text` starts with.
    fn len_at(self, text: &str) -> Option<usize> {
        self.openers().iter().find(|o| text.starts_with(**o)).map(|o| o.len())
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    patient: bool,
    flaws: Vec<Flaw>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, span: Span, patient: bool) -> Self {
        Self { text: &text[..span.end as usize], at: span.start as usize, depth: 0, patient, flaws: Vec::new() }
    }

    fn read(mut self) -> Parsed<'t> {
        let mut values = Vec::new();
        loop {
            self.skip_wrappers();
            match self.peek() {
                None => break,
                Some(b'{' | b'[') => values.extend(self.value()),
                Some(b'}' | b']' | b',' | b';') => {
                    // One semicolon after the value is how a script would end.
                    if self.peek() != Some(b';') {
                        self.mended("a bracket or comma too many");
                    }
                    self.at += 1;
                }
                Some(_) => self.skip_noise(),
            }
        }
        if values.len() > 1 {
            let at = values[1].span.start;
            self.flaws.push(Flaw { what: "a second value", at, loses: false });
        }
        Parsed { values, flaws: self.flaws }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn flaw(&mut self, what: &'static str, loses: bool) {
        self.flaws.push(Flaw { what, at: self.at as u32, loses });
    }

    fn mended(&mut self, what: &'static str) {
        self.flaw(what, false);
    }

    fn node(&self, value: Json<'t>, start: usize) -> Node<'t> {
        Node { value, span: Span::new(start, self.at) }
    }

    /// White space and comments between values.
    fn skip_blank(&mut self) {
        loop {
            let bytes = &self.text.as_bytes()[self.at..];
            self.at += bytes.iter().position(|b| !matches!(b, b' ' | b'\n' | b'\r' | b'\t')).unwrap_or(bytes.len());
            match self.peek() {
                Some(b'/') if self.skip_comment() => self.mended("a comment"),
                Some(0xc2 | 0xe2 | 0xe3 | 0xef | 0x0b | 0x0c) if self.skip_odd_space() => {}
                _ => return,
            }
        }
    }

    fn skip_comment(&mut self) -> bool {
        let rest = self.rest();
        let end = if rest.starts_with("//") {
            rest.find(['\n', '\r']).or(Some(rest.len()))
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|end| end + 2).or(Some(rest.len()))
        } else {
            None
        };
        self.at += end.unwrap_or(0);
        end.is_some()
    }

    fn skip_odd_space(&mut self) -> bool {
        let space = self.rest().chars().next().filter(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
        self.at += space.map_or(0, char::len_utf8);
        space.is_some()
    }

    /// What old advice puts around scripts, which harms nothing.
    fn skip_wrappers(&mut self) {
        const WRAPPERS: &[&str] = &[
            "<!--",
            "-->",
            "//<![CDATA[",
            "// <![CDATA[",
            "/*<![CDATA[*/",
            "<![CDATA[",
            "//]]>",
            "// ]]>",
            "/*]]>*/",
            "]]>",
            "//-->",
            "// -->",
        ];
        let flaws = self.flaws.len();
        loop {
            let rest = self.rest().trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at = self.text.len() - rest.len();
            match WRAPPERS.iter().find(|w| rest.starts_with(**w)) {
                Some(wrapper) => self.at += wrapper.len(),
                None => {
                    let before = self.at;
                    self.skip_blank();
                    self.flaws.truncate(flaws);
                    if self.at == before {
                        return;
                    }
                }
            }
        }
    }

    /// Text between values that is none.
    fn skip_noise(&mut self) {
        self.flaw("text that is no JSON", true);
        self.at += self.rest().find(['{', '[']).unwrap_or(self.rest().len());
    }

    fn value(&mut self) -> Option<Node<'t>> {
        self.skip_blank();
        let start = self.at;
        match self.peek()? {
            b'{' | b'[' if self.depth == MAX_DEPTH => self.skip_deep(),
            b'{' => self.object(),
            b'[' => self.array(),
            b'-' | b'0'..=b'9' => Some(self.number()),
            _ => match self.opening_quote() {
                Some((quote, len)) => Some(self.string(quote, len, Context::Value)),
                None => self.word(start),
            },
        }
    }

    fn opening_quote(&self) -> Option<(Quote, usize)> {
        Quote::ALL.into_iter().find_map(|q| q.len_at(self.rest()).map(|len| (q, len)))
    }

    fn object(&mut self) -> Option<Node<'t>> {
        let start = self.at;
        self.at += 1;
        self.depth += 1;
        let mut members = Vec::new();
        while self.next_member(b'}', !members.is_empty()) {
            let before = self.at;
            if let Some(key) = self.key()
                && let Some(value) = self.value()
            {
                members.push((key, value));
            }
            self.recover(before);
        }
        self.depth -= 1;
        Some(self.node(Json::Object(members), start))
    }

    fn array(&mut self) -> Option<Node<'t>> {
        let start = self.at;
        self.at += 1;
        self.depth += 1;
        let mut values = Vec::new();
        while self.next_member(b']', !values.is_empty()) {
            let before = self.at;
            values.extend(self.value());
            self.recover(before);
        }
        self.depth -= 1;
        Some(self.node(Json::Array(values), start))
    }

    /// Steps over commas to the next member; `false` at the end of the container, whose bracket is then consumed.
    fn next_member(&mut self, close: u8, needs_comma: bool) -> bool {
        let mut commas = 0;
        loop {
            self.skip_blank();
            match self.peek() {
                Some(b',') => commas += 1,
                Some(b) if b == close => {
                    if commas > 0 {
                        self.mended("a trailing comma");
                    }
                    self.at += 1;
                    return false;
                }
                // The other kind of bracket ends what stands around this container, which lacks its own.
                Some(b'}' | b']') => {
                    self.mended("a missing bracket");
                    if self.depth == 1 {
                        self.at += 1;
                    }
                    return false;
                }
                None => {
                    self.flaw(MISSING_END, true);
                    return false;
                }
                Some(_) => {
                    if needs_comma && commas == 0 {
                        self.mended("a missing comma");
                    } else if commas > 1 || (commas == 1 && !needs_comma) {
                        self.mended("a comma too many");
                    }
                    return true;
                }
            }
            self.at += 1;
        }
    }

    /// After a member: goes to where the next can start. `before` is where the member began.
    fn recover(&mut self, before: usize) {
        self.skip_blank();
        let here = self.peek();
        let fine = matches!(here, None | Some(b',' | b'}' | b']'));
        if fine || (self.at > before && self.opening_quote().is_some()) {
            return;
        }
        self.flaw("text that is no JSON", true);
        let rest = self.rest();
        self.at += rest.find([',', '}', ']', '"']).unwrap_or(rest.len());
        if self.at == before {
            self.at += rest.chars().next().map_or(0, char::len_utf8);
        }
    }

    fn key(&mut self) -> Option<Cow<'t, str>> {
        let key = match self.opening_quote() {
            Some((quote, len)) => match self.string(quote, len, Context::Key).value {
                Json::String(key) => key,
                _ => return None,
            },
            None => self.bare_key()?,
        };
        self.skip_blank();
        if self.peek() == Some(b':') {
            self.at += 1;
            return Some(key);
        }
        self.flaw("a name without a value", true);
        None
    }

    fn bare_key(&mut self) -> Option<Cow<'t, str>> {
        let rest = self.rest();
        let len = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '@' | '$'))).unwrap_or(rest.len());
        if len == 0 {
            return None;
        }
        self.mended("a name without quotes");
        self.at += len;
        Some(Cow::Borrowed(&rest[..len]))
    }

    fn number(&mut self) -> Node<'t> {
        let start = self.at;
        let bytes = &self.text.as_bytes()[start..];
        let numeric = |b: &u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E');
        self.at += bytes.iter().position(|b| !numeric(b)).unwrap_or(bytes.len());
        self.node(Json::Number(&self.text[start..self.at]), start)
    }

    /// `true`, `false`, `null`, or words that somebody forgot to quote.
    fn word(&mut self, start: usize) -> Option<Node<'t>> {
        let rest = self.rest();
        let len = rest.find([',', '}', ']', '\n', '\r', '"', '{', '[', '<']).unwrap_or(rest.len());
        let word = rest[..len].trim_end();
        self.at += word.len();
        Some(match word {
            "true" => self.node(Json::Bool(true), start),
            "false" => self.node(Json::Bool(false), start),
            "null" => self.node(Json::Null, start),
            "" | "undefined" | "NaN" => {
                self.mended("a missing value");
                self.node(Json::Null, start)
            }
            _ => {
                self.flaws.push(Flaw { what: "a text without quotes", at: start as u32, loses: false });
                self.node(Json::String(Cow::Borrowed(word)), start)
            }
        })
    }

    /// Skips a container that is nested too deeply, by its brackets.
    fn skip_deep(&mut self) -> Option<Node<'t>> {
        self.flaw("values nested too deeply", true);
        let mut open = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                b'"' => self.at = self.end_of_string(self.at + 1),
                _ => {}
            }
            self.at = (self.at + 1).min(self.text.len());
            if open == 0 {
                break;
            }
        }
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        None
    }

    /// Where the strict string that contains byte `at` ends.
    fn end_of_string(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
            at += found;
            if bytes[at] == b'"' {
                return at;
            }
            at += 2;
        }
        bytes.len()
    }

    fn string(&mut self, quote: Quote, opener: usize, context: Context) -> Node<'t> {
        if quote != Quote::Double {
            self.mended("quotes that are not straight double ones");
        }
        self.at += opener;
        let start = self.at;
        let mut decoded: Option<String> = None;
        let mut copied = start;
        loop {
            let (end, closer) = self.string_stop(quote);
            self.at = end;
            match closer {
                Stop::Escape => {
                    let text = decoded.get_or_insert_default();
                    text.push_str(&self.text[copied..end]);
                    self.escape(text);
                    copied = self.at;
                }
                Stop::Quote(len) if self.patient && context == Context::Value && !self.ends_string(self.at + len, quote) => {
                    self.mended("a quote inside a string");
                    self.at += len;
                }
                Stop::Quote(len) => {
                    let node = self.text_node(start, copied, decoded);
                    self.at += len;
                    return node;
                }
                Stop::End => {
                    self.flaw("a string without an end", true);
                    return self.text_node(start, copied, decoded);
                }
            }
        }
    }

    /// The string from `start` to here, `decoded` up to `copied`.
    fn text_node(&mut self, start: usize, copied: usize, decoded: Option<String>) -> Node<'t> {
        let raw = &self.text[start..self.at];
        if raw.bytes().any(|b| b < 0x20) {
            self.flaws.push(Flaw { what: "a line end or control character inside a string", at: start as u32, loses: false });
        }
        let text = match decoded {
            None => Cow::Borrowed(raw),
            Some(mut text) => {
                text.push_str(&self.text[copied..self.at]);
                Cow::Owned(text)
            }
        };
        self.node(Json::String(text), start)
    }

    /// The next byte of the string that needs a decision.
    fn string_stop(&self, quote: Quote) -> (usize, Stop) {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            let found = match quote {
                Quote::Double => memchr::memchr2(b'"', b'\\', &bytes[at..]),
                Quote::Single => memchr::memchr2(b'\'', b'\\', &bytes[at..]),
                Quote::Curly => memchr::memchr2(0xe2, b'\\', &bytes[at..]),
                Quote::Reference => memchr::memchr2(b'&', b'\\', &bytes[at..]),
            };
            let Some(found) = found else { return (bytes.len(), Stop::End) };
            at += found;
            if bytes[at] == b'\\' {
                return (at, Stop::Escape);
            }
            if let Some(len) = quote.len_at(&self.text[at..]) {
                return (at, Stop::Quote(len));
            }
            at += self.text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }

    /// Whether a quote that ends at byte `at` ends its string, by what follows.
    fn ends_string(&self, at: usize, quote: Quote) -> bool {
        let mut end = self.text.len().min(at + LOOK_AHEAD);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let next = self.text[at..end].trim_start();
        match next.bytes().next() {
            None | Some(b'}' | b']') => true,
            Some(b',') => starts_member(next[1..].trim_start(), quote),
            // A missing comma: the next member stands on a line of its own.
            Some(_) => self.text[at..end].trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) && starts_member(next, quote),
        }
    }

    /// Decodes the escape at the current place.
    fn escape(&mut self, text: &mut String) {
        let rest = &self.text.as_bytes()[self.at..];
        let plain = match rest.get(1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'/') => '/',
            Some(b'\\') => '\\',
            Some(b'"') => '"',
            Some(b'u') => return self.unicode_escape(text),
            // A backslash before anything else (`\'`, `\-`) is dropped, what follows stands for itself.
            _ => {
                self.mended("a backslash that escapes nothing");
                self.at += 1;
                return;
            }
        };
        self.at += 2;
        text.push(plain);
    }

    fn unicode_escape(&mut self, text: &mut String) {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
            u16::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        let Some(first) = unit(self.at) else {
            self.mended("a backslash that escapes nothing");
            self.at += 1;
            return;
        };
        let second = unit(self.at + 6).filter(|s| (0xd800..0xdc00).contains(&first) && (0xdc00..0xe000).contains(s));
        let units: Vec<u16> = std::iter::once(first).chain(second).collect();
        text.extend(char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or('\u{fffd}')));
        self.at += 6 * units.len();
    }
}

/// Names hold no quotes; values may.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Key,
    Value,
}

enum Stop {
    Escape,
    Quote(usize),
    End,
}

/// Whether `text`, which follows a comma, starts a member of an object or an array rather than going on with a sentence.
fn starts_member(text: &str, quote: Quote) -> bool {
    let Some(len) = quote.len_at(text) else {
        return text.starts_with(['{', '[', '}', ']', '/']) || text.is_empty() || text.as_bytes()[0].is_ascii_digit();
    };
    let inner = &text[len..];
    // A key is followed by a colon, an array's text by a comma or bracket; a sentence by neither.
    let end = inner.char_indices().find_map(|(at, _)| quote.len_at(&inner[at..]).map(|len| (at, at + len)));
    end.is_none_or(|(_, after)| matches!(inner[after..].trim_start().bytes().next(), None | Some(b':' | b',' | b']')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed<'_> {
        parse(text, Span::new(0, text.len()))
    }

    /// The value in compact JSON, to compare.
    fn show(node: &Node<'_>) -> String {
        match &node.value {
            Json::Null => "null".to_owned(),
            Json::Bool(b) => b.to_string(),
            Json::Number(n) => (*n).to_owned(),
            Json::String(s) => format!("{s:?}"),
            Json::Array(a) => format!("[{}]", a.iter().map(show).collect::<Vec<_>>().join(",")),
            Json::Object(o) => format!("{{{}}}", o.iter().map(|(k, v)| format!("{k:?}:{}", show(v))).collect::<Vec<_>>().join(",")),
        }
    }

    #[track_caller]
    fn mended(text: &str, expected: &str) {
        let parsed = read(text);
        let values: Vec<_> = parsed.values.iter().map(show).collect();
        assert_eq!(values.join(" "), expected, "{text}\n{:?}", parsed.flaws);
        assert!(parsed.flaws.iter().all(|f| !f.loses), "{text}\n{:?}", parsed.flaws);
        assert!(!parsed.flaws.is_empty(), "{text}: no flaw noted");
    }

    #[track_caller]
    fn broken(text: &str, expected: &str) {
        let parsed = read(text);
        let values: Vec<_> = parsed.values.iter().map(show).collect();
        assert_eq!(values.join(" "), expected, "{text}\n{:?}", parsed.flaws);
        assert!(parsed.flaws.iter().any(|f| f.loses), "{text}\n{:?}", parsed.flaws);
    }

    #[test]
    fn strict_json_is_read_without_a_word() {
        let text = r#" {"a": [1, -2.5e3, true, null, "x\"y\u00e9\ud83d\ude00\/\n"], "b": {}, "a": ""} "#;
        let parsed = read(text);
        assert_eq!(parsed.flaws, []);
        assert_eq!(show(&parsed.values[0]), r#"{"a":[1,-2.5e3,true,null,"x\"yé😀/\n"],"b":{},"a":""}"#);
    }

    #[test]
    fn every_value_knows_its_bytes() {
        let text = r#"{"name": "Ann Example", "list": [10, {"x": true}]}"#;
        let parsed = read(text);
        let Json::Object(members) = &parsed.values[0].value else { panic!() };
        assert_eq!(&text[members[0].1.span.range()], "Ann Example");
        let Json::Array(list) = &members[1].1.value else { panic!() };
        assert_eq!(&text[list[0].span.range()], "10");
        assert_eq!(&text[list[1].span.range()], r#"{"x": true}"#);
    }

    #[test]
    fn wrappers_are_no_flaw() {
        for text in ["<!--\n{}\n-->", "//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", "<![CDATA[{}]]>", "{};", "\u{feff}{}", "", " \n"]
        {
            assert_eq!(read(text).flaws, [], "{text}");
        }
    }

    #[test]
    fn common_breakage_is_mended() {
        mended(r#"{"a": [1, 2,], "b": 3,}"#, r#"{"a":[1,2],"b":3}"#);
        mended(r#"{"a": 1,, "b": 2}"#, r#"{"a":1,"b":2}"#);
        mended("{\"a\": \"one\ntwo\tthree\"}", r#"{"a":"one\ntwo\tthree"}"#);
        mended("{\"a\": 1\n \"b\": 2}", r#"{"a":1,"b":2}"#);
        mended("{'a': 'Ann Example', b: 'x'}", r#"{"a":"Ann Example","b":"x"}"#);
        mended("{&quot;a&quot;: &quot;Ann&quot;}", r#"{"a":"Ann"}"#);
        mended("{“a”: “Ann”}", r#"{"a":"Ann"}"#);
        mended(r#"{"a": 1} {"b": 2}"#, r#"{"a":1} {"b":2}"#);
        mended(r#"{"a": 1}{"b": 2}}"#, r#"{"a":1} {"b":2}"#);
        mended(
            r#"{"a": {"b": 1 // one
        /* two */ }}"#,
            r#"{"a":{"b":1}}"#,
        );
        mended(r#"{"a": undefined, "b": , "c": Ann Example}"#, r#"{"a":null,"b":null,"c":"Ann Example"}"#);
        mended(r#"{"a": "It\'s"}"#, r#"{"a":"It's"}"#);
        mended(r#"[{"a": 1 ]"#, r#"[{"a":1}]"#);
    }

    #[test]
    fn quotes_that_nobody_escaped_are_told_from_ends() {
        mended(r#"{"a": "He said "no" and left", "b": 1}"#, r#"{"a":"He said \"no\" and left","b":1}"#);
        mended(r#"{"a": "Both "Ann", "Bo" and he", "b": 1}"#, r#"{"a":"Both \"Ann\", \"Bo\" and he","b":1}"#);
        mended(r#"{"a": "<img src="x.jpg" alt="">", "b": ["one", "two"]}"#, r#"{"a":"<img src=\"x.jpg\" alt=\"\">","b":["one","two"]}"#);
        mended("{'a': 'Ann's harbour', 'b': 1}", r#"{"a":"Ann's harbour","b":1}"#);
    }

    #[test]
    fn what_is_beyond_mending_loses_no_more_than_itself() {
        broken(r#"{"a": 1, "b": "cut off her"#, r#"{"a":1,"b":"cut off her"}"#);
        broken(r#"{"a": 1, "b": [{"c": 2"#, r#"{"a":1,"b":[{"c":2}]}"#);
        broken(r#"{"a", "b": 2}"#, r#"{"b":2}"#);
        broken(r#"window.data = {"a": 1}"#, r#"{"a":1}"#);
        broken("<p>Not found</p>", "");
    }

    #[test]
    fn deep_nesting_is_cut() {
        let text = format!("{{\"a\": {}1{}, \"b\": \"kept\"}}", "[".repeat(5000), "]".repeat(5000));
        let parsed = read(&text);
        assert!(show(&parsed.values[0]).ends_with("\"b\":\"kept\"}"));
        assert!(parsed.flaws.iter().any(|f| f.what == "values nested too deeply"));
    }

    #[test]
    fn hostile_input_takes_linear_time() {
        for unit in
            ["{", "[", "\"", "{\"a\":", "\",", "\\", "'", "“", "&quot;", "/*", "//", "{\"", "}", ",", "<!--", "a", "\"a\" \"", "[1 ", "{a"]
        {
            let text = unit.repeat((1 << 20) / unit.len());
            read(&text);
            read(&format!("{{\"a\": \"{text}"));
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics_and_every_string_stands_in_its_place(text in r#"[\{\}\[\]:,"'\\/&;a1n é“”<!\n-]{0,60}"#) {
            let parsed = read(&text);
            let mut open: Vec<&Node<'_>> = parsed.values.iter().collect();
            while let Some(node) = open.pop() {
                let slice = &text[node.span.range()];
                match &node.value {
                    Json::Array(values) => open.extend(values),
                    Json::Object(members) => open.extend(members.iter().map(|(_, v)| v)),
                    Json::String(string) if !slice.contains('\\') => proptest::prop_assert_eq!(string.as_ref(), slice),
                    _ => {}
                }
            }
        }

        #[test]
        fn valid_json_is_read_as_written(keys in proptest::collection::vec("[a-z\"\\\\\n é]{0,8}", 0..5), n in -1000i64..1000) {
            let value = serde_json::json!({"list": keys, "n": n, "nested": {"x": keys}});
            let text = value.to_string();
            let parsed = read(&text);
            proptest::prop_assert_eq!(&parsed.flaws, &[]);
            let again: serde_json::Value = serde_json::from_str(&text).unwrap();
            proptest::prop_assert_eq!(again, value);
            let Json::Object(members) = &parsed.values[0].value else { panic!() };
            let Json::Array(list) = &members[0].1.value else { panic!() };
            let read: Vec<_> = list.iter().map(|n| match &n.value { Json::String(s) => s.to_string(), _ => panic!() }).collect();
            proptest::prop_assert_eq!(read, keys);
        }
    }
}
