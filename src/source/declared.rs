//! What the bytes and their header say of their own encoding.

use encoding_rs::Encoding;

/// How far a page is searched for its declaration. The standard looks at the first kilobyte before it parses, and still changes
/// its mind when the parser meets a late `meta`: pages that open with large style sheets rely on that.
const WINDOW: usize = 16 << 10;

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declared {
    /// The label as written.
    pub(super) label: String,
    /// The encoding of that label (WHATWG Encoding, section 4.2); nothing when there is none.
    pub(super) encoding: Option<&'static Encoding>,
    /// `Content-Type header` or `declared`.
    pub(super) reason: &'static str,
}

impl Declared {
    fn new(label: &str, reason: &'static str) -> Self {
        let label = label.trim().trim_matches(['"', '\'']);
        Self { label: label.to_owned(), encoding: Encoding::for_label_no_replacement(label.as_bytes()), reason }
    }
}

/// The declaration that counts: the header's, else the mark-up's.
pub(super) fn find(bytes: &[u8], is_mark_up: bool, headers: &[(String, String)]) -> Option<Declared> {
    in_headers(headers).or_else(|| is_mark_up.then(|| in_mark_up(&bytes[..bytes.len().min(WINDOW)])).flatten())
}

/// `charset` of `Content-Type`; the last field of that name wins, as in the Fetch standard.
fn in_headers(headers: &[(String, String)]) -> Option<Declared> {
    let types = headers.iter().filter(|(name, _)| name.trim().eq_ignore_ascii_case("content-type"));
    types.filter_map(|(_, value)| charset_parameter(value)).map(|label| Declared::new(label, "Content-Type header")).next_back()
}

/// The value of `charset=` in a media type or in `content` of a `meta` element.
fn charset_parameter(value: &str) -> Option<&str> {
    let mut rest = value;
    loop {
        let at = find_ignoring_case(rest.as_bytes(), b"charset")?;
        rest = &rest[at + "charset".len()..];
        let Some(label) = rest.trim_start().strip_prefix('=') else { continue };
        let label = label.trim_start();
        return match label.chars().next() {
            Some(quote @ ('"' | '\'')) => label[1..].split(quote).next(),
            _ => label.split(|c: char| c == ';' || c.is_whitespace()).next(),
        }
        .filter(|label| !label.is_empty());
    }
}

fn find_ignoring_case(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|w| w.eq_ignore_ascii_case(word))
}

/// The declaration in an XML declaration or a `meta` element (HTML, section 13.2.3.2, "prescan a byte stream").
fn in_mark_up(bytes: &[u8]) -> Option<Declared> {
    let mut label = bytes.starts_with(b"<?xml").then(|| xml_encoding(bytes)).flatten();
    let mut at = 0;
    while label.is_none() {
        at += memchr::memchr(b'<', &bytes[at..])?;
        let rest = &bytes[at..];
        if rest.starts_with(b"<!--") {
            at += memchr::memmem::find(&rest[2..], b"-->")? + 5;
        } else if rest.len() > 5 && rest[..5].eq_ignore_ascii_case(b"<meta") && (rest[5].is_ascii_whitespace() || rest[5] == b'/') {
            label = meta_charset(&rest[5..]);
            at += 5;
        } else {
            at += 1;
        }
    }
    let declared = Declared::new(&label?, "declared");
    // The declaration itself was read byte by byte, so it can't be in UTF-16: the standard takes UTF-8.
    let wide = declared.encoding.is_some_and(|e| e == encoding_rs::UTF_16LE || e == encoding_rs::UTF_16BE);
    Some(if wide { Declared { encoding: Some(encoding_rs::UTF_8), ..declared } } else { declared })
}

fn xml_encoding(bytes: &[u8]) -> Option<String> {
    let end = memchr::memmem::find(bytes, b"?>")?;
    attributes(&bytes[5..end]).into_iter().find(|(name, _)| name == "encoding").map(|(_, value)| value)
}

/// The charset a `meta` element declares, given what follows its name.
fn meta_charset(bytes: &[u8]) -> Option<String> {
    let attributes = attributes(bytes);
    let get = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    if let Some(charset) = get("charset") {
        return Some(charset.to_owned());
    }
    get("http-equiv").filter(|h| h.eq_ignore_ascii_case("content-type"))?;
    charset_parameter(get("content")?).map(str::to_owned)
}

/// The attributes up to the end of the tag, names in lower case.
fn attributes(bytes: &[u8]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = bytes;
    loop {
        rest = rest.trim_ascii_start();
        match rest.first() {
            None | Some(b'>') => return found,
            Some(b'/' | b'=') => rest = &rest[1..],
            Some(_) => {
                let name = take_until(&mut rest, |b| b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/'));
                found.push((name.to_ascii_lowercase(), attribute_value(&mut rest)));
            }
        }
    }
}

fn attribute_value(rest: &mut &[u8]) -> String {
    let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { return String::new() };
    *rest = value.trim_ascii_start();
    match rest.first().copied() {
        Some(quote @ (b'"' | b'\'')) => {
            *rest = &rest[1..];
            let value = take_until(rest, |b| b == quote);
            *rest = rest.get(1..).unwrap_or_default();
            value
        }
        _ => take_until(rest, |b| b.is_ascii_whitespace() || b == b'>'),
    }
}

fn take_until(rest: &mut &[u8], stop: impl Fn(u8) -> bool) -> String {
    let end = rest.iter().position(|&b| stop(b)).unwrap_or(rest.len());
    let taken = String::from_utf8_lossy(&rest[..end]).into_owned();
    *rest = &rest[end..];
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(page: &str) -> Option<String> {
        find(page.as_bytes(), true, &[]).map(|d| d.label)
    }

    #[test]
    fn every_way_to_declare_an_encoding_is_read() {
        for page in [
            "<meta charset=windows-1251>",
            "<!doctype html><META CharSet = 'windows-1251' />",
            r#"<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">"#,
            r#"<meta content='text/html;charset=windows-1251' http-equiv=content-type>"#,
            r#"<?xml version="1.0" encoding="windows-1251"?><html>"#,
            "<!-- <meta charset=utf-8> --><meta charset=windows-1251>",
        ] {
            assert_eq!(label(page).as_deref(), Some("windows-1251"), "{page}");
        }
    }

    #[test]
    fn what_only_looks_like_a_declaration_is_none() {
        for page in ["", "<", "<meta", "<meta name=charset content=x>", "<metadata charset=x>", "<!-- <meta charset=x>", "charset=x"] {
            assert_eq!(label(page), None, "{page}");
        }
    }

    #[test]
    fn the_header_goes_before_the_mark_up() {
        let headers = [("content-type".to_owned(), r#"text/html; charset="KOI8-R""#.to_owned())];
        let declared = find(b"<meta charset=utf-8>", true, &headers).unwrap();
        assert_eq!((declared.encoding, declared.reason), (Some(encoding_rs::KOI8_R), "Content-Type header"));
    }

    #[test]
    fn a_page_that_calls_itself_utf_16_in_ascii_is_utf_8() {
        assert_eq!(find(b"<meta charset=utf-16>", true, &[]).unwrap().encoding, Some(encoding_rs::UTF_8));
    }
}
