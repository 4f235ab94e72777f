//! Tags and comments as nearly all are written, read in one go: a name, attributes in quotes or bare. Whatever else the standard provides
//! for is left to html5gum, which goes through it byte by byte.

use crate::document::html::formatting::Part;
use crate::document::html::sparing;
use crate::document::html::sparing::Interest;
use crate::document::html::told::Topic;
use crate::document::html::tree::AttributePlace;
use crate::text::Span;
use html5ever::LocalName;
use html5gum::Readable;
use std::cell::Cell;
use std::convert::Infallible;

/// The opening of a tag.
pub(super) struct Opening {
    /// Whether it is an end tag.
    pub(super) is_end: bool,
    /// Its name, as written.
    pub(super) name: Span,
}

/// What comes next in a tag.
pub(super) enum Next {
    /// An attribute.
    Attribute {
        /// Where it stands.
        place: AttributePlace,
        /// Whether ampersands stand in its value.
        ampersands: bool,
        /// One past it, its closing quote counted.
        at: usize,
    },
    /// The end of the tag.
    End {
        /// Whether it is `/>`.
        self_closing: bool,
        /// One past it.
        at: usize,
    },
}

/// Whether the standard reads the contents of elements of that name as text (where scripts are off): their start tags change how to go
/// on, and they can't nest.
pub(super) fn holds_text(name: &[u8]) -> bool {
    // Few names begin like one of them.
    if !name.first().is_some_and(|b| matches!(b | 0x20, b's' | b't' | b'i' | b'n' | b'x' | b'p')) {
        return false;
    }
    ["script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext"]
        .iter()
        .any(|n| name.eq_ignore_ascii_case(n.as_bytes()))
}

/// The tag that starts with the `<` at byte `at` of `source`.
pub(super) fn opening(source: &str, at: usize) -> Option<Opening> {
    let bytes = source.as_bytes();
    let is_end = bytes.get(at + 1) == Some(&b'/');
    let start = at + 1 + usize::from(is_end);
    bytes.get(start).filter(|b| b.is_ascii_alphabetic())?;
    let end = start + bytes[start..].iter().take_while(|&&b| is_name(b)).count();
    let ended = bytes.get(end).is_some_and(|&b| b.is_ascii_whitespace() || b == b'/' || b == b'>');
    ended.then(|| Opening { is_end, name: Span::new(start, end) })
}

/// What comes at byte `at` of `source`, which follows a tag's name or an attribute.
pub(super) fn next(source: &str, at: usize) -> Option<Next> {
    let bytes = source.as_bytes();
    let start = at + blanks(bytes.get(at..)?);
    match bytes.get(start)? {
        b'>' => return Some(Next::End { self_closing: false, at: start + 1 }),
        b'/' => return (bytes.get(start + 1) == Some(&b'>')).then_some(Next::End { self_closing: true, at: start + 2 }),
        // Something must keep attributes apart.
        _ if start == at => return None,
        _ => {}
    }
    let end = start + bytes[start..].iter().take_while(|&&b| is_name(b)).count();
    if end == start {
        return None;
    }
    let after = end + blanks(&bytes[end..]);
    let (value, ampersands, at) = match bytes.get(after)? {
        b'=' => value(bytes, after + 1 + blanks(&bytes[after + 1..]))?,
        b'>' | b'/' => (Span::new(end, end), false, end),
        &b if after > end && is_name(b) => (Span::new(end, end), false, end),
        _ => return None,
    };
    Some(Next::Attribute { place: AttributePlace { name: Span::new(start, end), value }, ampersands, at })
}

/// The value that starts at byte `at`, without its quotes; whether it has ampersands; and one past it with its quotes.
fn value(bytes: &[u8], at: usize) -> Option<(Span, bool, usize)> {
    let quote = *bytes.get(at)?;
    if quote == b'"' || quote == b'\'' {
        let mut end = at + 1 + memchr::memchr3(quote, b'&', b'\r', &bytes[at + 1..])?;
        let ampersands = bytes[end] == b'&';
        if ampersands {
            end += memchr::memchr2(quote, b'\r', &bytes[end..])?;
        }
        return (bytes[end] == quote).then(|| (Span::new(at + 1, end), ampersands, end + 1));
    }
    let plain = |&&b: &&u8| (is_name(b) || b == b'/') && !matches!(b, b'&' | b'`');
    let end = at + bytes[at..].iter().take_while(plain).count();
    let ended = bytes.get(end).is_some_and(|&b| b.is_ascii_whitespace() || b == b'>');
    (end > at && ended).then(|| (Span::new(at, end), false, end))
}

/// Where the text of the comment ends that starts with the `<!--` at byte `at`.
pub(super) fn comment_end(source: &str, at: usize) -> Option<usize> {
    let text = &source.as_bytes()[at + "<!--".len()..];
    if text.starts_with(b">") || text.starts_with(b"->") {
        return None;
    }
    let ends = |&bracket: &usize| text[..bracket].ends_with(b"--") || text[..bracket].ends_with(b"--!");
    let bracket = memchr::memchr_iter(b'>', text).find(ends)?;
    let end = bracket.checked_sub("--".len()).filter(|&end| text[end..].starts_with(b"-->"))?;
    memchr::memchr(b'\r', &text[..end]).is_none().then_some(at + "<!--".len() + end)
}

/// Where the text ends that elements like `script` hold.
#[derive(Default)]
pub(super) struct RawEnds<'s>(Vec<RawEnd<'s>>);

/// What is known of one element's text: there is no need to look for its end again before that is passed.
struct RawEnd<'s> {
    name: &'s str,
    end: usize,
    simple: bool,
}

impl<'s> RawEnds<'s> {
    /// Where the text ends that starts at byte `at` in an element `name`: there is its end tag, and nothing in the text is more than text.
    pub(super) fn find(&mut self, source: &'s str, name: &'s str, at: usize) -> Option<usize> {
        let known = self.0.iter().position(|known| known.name.eq_ignore_ascii_case(name));
        if let Some(RawEnd { end, simple, .. }) = known.map(|n| &self.0[n]).filter(|known| at <= known.end) {
            return simple.then_some(*end);
        }
        let found = RawEnd::find(source, name, at);
        let end = found.simple.then_some(found.end);
        match known {
            Some(n) => self.0[n] = found,
            None => self.0.push(found),
        }
        end
    }
}

impl<'s> RawEnd<'s> {
    fn find(source: &'s str, name: &'s str, at: usize) -> Self {
        let rest = &source.as_bytes()[at..];
        let ends = |&end: &usize| rest.get(end + 2..end + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        let Some(end) = memchr::memmem::find_iter(rest, "</").find(ends) else {
            return Self { name, end: usize::MAX, simple: false };
        };
        let tag = opening(source, at + end).filter(|tag| tag.name.len() == name.len());
        let ended = tag.and_then(|tag| next(source, tag.name.end as usize)).is_some_and(|next| matches!(next, Next::End { .. }));
        let text = &rest[..end];
        let plain = match name.to_ascii_lowercase().as_str() {
            "plaintext" => false,
            "script" => memchr::memmem::find(text, b"<!--").is_none(),
            "title" | "textarea" => memchr::memchr(b'&', text).is_none(),
            _ => true,
        };
        Self { name, end: at + end, simple: ended && plain }
    }
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// Whether a byte belongs to a name, of a tag or an attribute, that needs no thought.
fn is_name(byte: u8) -> bool {
    NAME[usize::from(byte)]
}

/// [`is_name`] of each byte.
static NAME: [bool; 256] = {
    let (mut names, mut byte) = ([false; 256], 0_u8);
    while byte < 0x80 {
        names[byte as usize] = byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'/' | b'=');
        byte += 1;
    }
    names
};

/// Names met before: a page has few, and making one costs a search through all that the standard knows.
pub(super) struct Names<'s> {
    /// Where in `known` a name is, and one more: at the first free place from the one its ends name.
    places: Box<[u16; PLACES]>,
    known: Vec<Known<'s>>,
}

/// A name's first and last bytes, and its length: all of a name of up to 16 bytes.
#[derive(PartialEq, Eq, Clone, Copy)]
struct Ends(u64, u64, usize);

/// A name of an element or an attribute.
pub(super) struct Known<'s> {
    written: &'s str,
    ends: Ends,
    /// The name in lower case.
    pub(super) local: LocalName,
    /// What an attribute of that name tells.
    pub(super) topic: Topic,
    /// What is read of an element of that name.
    pub(super) interest: Interest,
    /// Whether an attribute of that name is read on whatever element.
    pub(super) is_read: bool,
    /// What an element of that name does to formatting.
    pub(super) part: Part,
}

/// How many names are kept; a page with more begins anew.
const MOST_KNOWN: usize = PLACES / 2;

const PLACES: usize = 1024;

impl Ends {
    fn of(name: &[u8]) -> Self {
        let (start, end) = match (name.first_chunk(), name.last_chunk()) {
            (Some(start), Some(end)) => (u64::from_le_bytes(*start), u64::from_le_bytes(*end)),
            _ => match (name.first_chunk(), name.last_chunk()) {
                (Some(start), Some(end)) => (u32::from_le_bytes(*start).into(), u32::from_le_bytes(*end).into()),
                _ => (name.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)), 0),
            },
        };
        Self(start, end, name.len())
    }

    fn place(self) -> usize {
        let hash = (self.0 ^ self.1.rotate_left(29) ^ self.2 as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (hash >> 40) as usize % PLACES
    }
}

impl<'s> Known<'s> {
    fn new(written: &'s str, ends: Ends) -> Self {
        let has_capitals = written.bytes().any(|b| b.is_ascii_uppercase());
        let local = if has_capitals { LocalName::from(written.to_ascii_lowercase()) } else { LocalName::from(written) };
        Self {
            written,
            ends,
            topic: Topic::of(&local),
            interest: Interest::of(&local),
            is_read: sparing::is_read(&local),
            part: Part::of(&local),
            local,
        }
    }
}

impl<'s> Names<'s> {
    pub(super) fn new() -> Self {
        Self { places: Box::new([0; PLACES]), known: Vec::with_capacity(64) }
    }

    /// What is known of the name written `name`.
    pub(super) fn get(&mut self, name: &'s str) -> &Known<'s> {
        let ends = Ends::of(name.as_bytes());
        let mut at = ends.place();
        let place = loop {
            let Some(place) = usize::from(self.places[at]).checked_sub(1) else { break self.add(Known::new(name, ends)) };
            let known = &self.known[place];
            if known.ends == ends && (name.len() <= 16 || known.written == name) {
                break place;
            }
            at = (at + 1) % PLACES;
        };
        &self.known[place]
    }

    fn add(&mut self, known: Known<'s>) -> usize {
        if self.known.len() == MOST_KNOWN {
            self.known.clear();
            self.places.fill(0);
        }
        let mut at = known.ends.place();
        while self.places[at] != 0 {
            at = (at + 1) % PLACES;
        }
        self.known.push(known);
        self.places[at] = self.known.len() as u16;
        self.known.len() - 1
    }
}

/// Hands the source to html5gum, from wherever reading ahead has come to.
pub(super) struct Cursor<'a, 's> {
    pub(super) source: &'s [u8],
    pub(super) at: &'a Cell<usize>,
}

impl html5gum::Reader for Cursor<'_, '_> {
    type Error = Infallible;

    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        let byte = self.source.get(self.at.get()).copied();
        self.at.set(self.at.get() + usize::from(byte.is_some()));
        Ok(byte)
    }

    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        let next = self.source.get(self.at.get()..self.at.get() + wanted.len());
        let found = next.is_some_and(|next| next == wanted || !case_sensitive && next.eq_ignore_ascii_case(wanted));
        self.at.set(self.at.get() + if found { wanted.len() } else { 0 });
        Ok(found)
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Infallible> {
        let rest = &self.source[self.at.get()..];
        let Some(chunk) = rest.to_reader().read_until(needle, buffer)?.map(<[u8]>::len) else { return Ok(None) };
        self.at.set(self.at.get() + chunk);
        Ok(Some(&rest[..chunk]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_end_at_the_first_end_there_is() {
        let read = |source: &'static str| comment_end(source, 0).map(|end| &source["<!--".len()..end]);
        assert_eq!(read("<!-- a > b -> c --> d -->"), Some(" a > b -> c "));
        assert_eq!(read("<!---->"), Some(""));
        assert_eq!(read("<!-- a --->"), Some(" a -"));
        assert_eq!(read("<!-- <!-- a -->"), Some(" <!-- a "));
        for left in ["<!-->", "<!--->", "<!-- a --!> -->", "<!-- a\r\n-->", "<!-- a ->", "<!--", "<!--!>"] {
            assert_eq!(read(left), None, "{left}");
        }
    }

    #[test]
    fn names_are_told_apart() {
        let names: Vec<String> = (0..2_000).map(|n| format!("data-{}-{n}{}", "x".repeat(n % 23), ["", "A", "aria"][n % 3])).collect();
        let mut known = Names::new();
        for name in names.iter().chain(&names[..300]).chain(&names[..300]) {
            assert_eq!(*known.get(name).local, *name.to_ascii_lowercase());
        }
        let short: Vec<String> =
            (b'a'..=b'z').flat_map(|a| (b'a'..=b'z').map(move |b| String::from_utf8_lossy(&[a, b]).into_owned())).collect();
        assert!(short.iter().all(|name| *known.get(name).local == **name));
    }

    #[test]
    fn text_ends_where_its_element_does() {
        let read = |source: &'static str| {
            RawEnds::default().find(source, &source[1..source.find('>').expect("a tag")], source.find('>').expect("a tag") + 1)
        };
        assert_eq!(read("<style>a<!--b</stylex></style>"), None);
        assert_eq!(read("<style>a<!--b</STYLE ></style>"), Some(13));
        assert_eq!(read("<script>a<!--b</script>"), None);
        assert_eq!(read("<script>a<b</script>"), Some(11));
        assert_eq!(read("<title>a &amp; b</title>"), None);
        assert_eq!(read("<title>a"), None);
        assert_eq!(read("<plaintext>a</plaintext>"), None);
    }
}
