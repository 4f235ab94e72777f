//! Response header fields in files: `_headers`, `.htaccess`, HAR archives, dumps of `curl -i`.

mod htaccess;

use crate::document::Field;
use crate::document::Problem;
use crate::document::Vocabulary;
use crate::document::field_lint;
use crate::document::json;
use crate::document::json::Json;
use crate::document::json::Node;
use crate::document::site::note;
use crate::document::site::pattern;
use crate::document::site::pattern::PathPattern;
use crate::document::site::tdmrep::get;
use crate::text::Span;
use std::borrow::Cow;

/// Header fields and the pages they are sent with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderBlock {
    /// The pages.
    pub pages: Pages,
    /// The status of the response, where it is told, and its place.
    pub status: Option<(u16, Span)>,
    /// The fields in order.
    pub fields: Vec<Field>,
}

/// The pages that a block of header fields is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pages {
    /// All of the folder or site.
    All,
    /// Those whose path matches.
    Path(PathPattern),
    /// The page at this address.
    Address(String),
    /// Those whose file name fits, `*` and `?` standing for characters.
    File(String),
    /// Those whose file name holds this regular expression.
    FileMatch(String),
}

/// Tells the format from the file's name and content.
pub(super) fn read(path: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<HeaderBlock> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let blocks = match () {
        () if text.trim_start().starts_with('{') => har(text, problems),
        () if name == ".htaccess" || name.ends_with(".htaccess") => htaccess::read(text, problems),
        () if name == "_headers" || name.ends_with("._headers") => by_path(text, problems),
        () => dump(text, problems),
    };
    problems.extend(blocks.iter().flat_map(|b| &b.fields).flat_map(field_lint::of_header));
    blocks
}

/// A field, unless its value holds control characters: no server sends those, and they would forge further lines.
pub(in crate::document) fn field(name: &str, value: &str, span: Span, element: Span, problems: &mut Vec<Problem>) -> Option<Field> {
    if value.contains(|c: char| c.is_control() && c != '\t') || !is_name(name) {
        let message = "the header field holds characters that fields can't have; it was left out".to_owned();
        problems.push(note("bad-header-field", message, element));
        return None;
    }
    let name = name.to_ascii_lowercase();
    Some(Field { vocabulary: Vocabulary::Header, name, value: value.to_owned(), media_type: None, span, element })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// The lines of `text` with the byte they start at.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// The span of `part`, a slice of `line`, which starts at byte `start`.
fn place(part: &str, line: &str, start: usize) -> Span {
    let from = start + (part.as_ptr() as usize - line.as_ptr() as usize);
    Span::new(from, from + part.len())
}

/// `_headers`: a line with a path, then indented fields.
fn by_path(text: &str, problems: &mut Vec<Problem>) -> Vec<HeaderBlock> {
    let mut blocks: Vec<HeaderBlock> = Vec::new();
    for (start, line) in lines(text) {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            blocks.push(HeaderBlock { pages: splat(trimmed), status: None, fields: Vec::new() });
            continue;
        }
        // `! Name` takes a field away that an earlier rule has set.
        let Some((name, value)) = trimmed.split_once(':').filter(|(name, _)| !name.starts_with('!')) else { continue };
        let read = field(name.trim(), value.trim(), place(value.trim(), line, start), place(trimmed, line, start), problems);
        if let (Some(block), Some(field)) = (blocks.last_mut(), read) {
            block.fields.push(field);
        }
    }
    blocks
}

/// `/news/*` is a whole path with a wild card, not a prefix; `:name` stands for one segment.
fn splat(path: &str) -> Pages {
    let path = if path.contains("://") { pattern::path_of(path).unwrap_or_default().replace("%2A", "*") } else { path.to_owned() };
    let parts = path.split('/').map(|s| if s.starts_with(':') { "*" } else { s }).collect::<Vec<_>>();
    Pages::Path(PathPattern::new(&format!("{}$", parts.join("/"))))
}

/// `HTTP/1.1 200 OK`, fields, an empty line; of several responses (redirects) the last counts.
fn dump(text: &str, problems: &mut Vec<Problem>) -> Vec<HeaderBlock> {
    let (mut fields, mut status) = (Vec::new(), None);
    let (mut in_body, mut seen) = (false, false);
    for (start, line) in lines(text) {
        if line.starts_with("HTTP/") {
            fields.clear();
            let code = line.split_whitespace().nth(1).and_then(|code| code.parse().ok());
            status = code.map(|code| (code, place(line.trim_end(), line, start)));
            (in_body, seen) = (false, true);
        } else if line.trim().is_empty() {
            in_body = seen || !fields.is_empty();
        } else if !in_body && let Some((name, value)) = line.split_once(':') {
            fields.extend(field(name.trim(), value.trim(), place(value.trim(), line, start), place(line.trim(), line, start), problems));
        }
    }
    vec![HeaderBlock { pages: Pages::All, status, fields }]
}

/// HAR 1.2: `log.entries[].response.headers[]`.
fn har(text: &str, problems: &mut Vec<Problem>) -> Vec<HeaderBlock> {
    let parsed = json::parse(text, Span::new(0, text.len()));
    problems.extend(super::broken_json("broken-har", &parsed.flaws, text));
    let entries = parsed.values.first().and_then(|v| member(v, "log")).and_then(|l| member(l, "entries"));
    let Some(Json::Array(entries)) = entries.map(|n| &n.value) else { return Vec::new() };
    entries.iter().filter_map(|entry| har_entry(entry, problems)).collect()
}

fn har_entry(entry: &Node<'_>, problems: &mut Vec<Problem>) -> Option<HeaderBlock> {
    let address = string(member(member(entry, "request")?, "url")?)?;
    let response = member(entry, "response")?;
    let status = member(response, "status").and_then(|n| match n.value {
        Json::Number(code) => code.parse().ok().map(|code| (code, n.span)),
        _ => None,
    });
    let Json::Array(headers) = &member(response, "headers")?.value else { return None };
    let one = |header: &Node<'_>, problems: &mut Vec<Problem>| {
        let value = member(header, "value")?;
        field(string(member(header, "name")?)?, string(value)?.trim(), value.span, header.span, problems)
    };
    let fields = headers.iter().filter_map(|h| one(h, problems)).collect();
    Some(HeaderBlock { pages: Pages::Address(address.to_owned()), status, fields })
}

fn member<'n, 't>(node: &'n Node<'t>, name: &str) -> Option<&'n Node<'t>> {
    match &node.value {
        Json::Object(members) => get(members, name),
        _ => None,
    }
}

fn string<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.value {
        Json::String(Cow::Borrowed(string)) => Some(string),
        Json::String(Cow::Owned(string)) => Some(string),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(path: &str, text: &str) -> (Vec<String>, Vec<&'static str>) {
        let mut problems = Vec::new();
        let blocks = read(path, text, &mut problems);
        for field in blocks.iter().flat_map(|b| &b.fields) {
            assert!(text[field.span.range()].contains(field.value.split('"').next().unwrap_or_default()), "{field:?}");
        }
        let shown = blocks.iter().flat_map(|b| b.fields.iter().map(move |f| format!("{:?} {}: {}", b.pages, f.name, f.value)));
        (shown.collect(), problems.iter().map(|p| p.code).collect())
    }

    #[test]
    fn fields_by_path_belong_to_whole_paths() {
        let text = "# all\n/news/*\n  X-Robots-Tag: noai\n  ! Server\n/:year/a.html\n\ttdm-reservation: 1\n";
        let mut problems = Vec::new();
        let blocks = read("site/_headers", text, &mut problems);
        let matches = |n: usize, path: &str| matches!(&blocks[n].pages, Pages::Path(p) if p.matches(path));
        assert!(matches(0, "/news/a.html") && !matches(0, "/new"));
        assert!(matches(1, "/2026/a.html") && !matches(1, "/2026/a.html2"));
        assert_eq!((blocks[0].fields.len(), blocks[1].fields[0].value.as_str()), (1, "1"));
    }

    #[test]
    fn the_last_response_of_a_dump_counts() {
        let text = "HTTP/1.1 301 Moved\r\nX-Robots-Tag: none\r\n\r\nHTTP/2 200\r\ncontent-usage: train-ai=n\r\n\r\n<html>a: b";
        assert_eq!(show("a.headers", text).0, ["All content-usage: train-ai=n"]);
        assert_eq!(show("a.headers", "X-Robots-Tag: noai\n").0, ["All x-robots-tag: noai"]);
    }

    #[test]
    fn an_archive_tells_the_address_of_each_response() {
        let text = r#"{"log": {"entries": [{"request": {"url": "https://a.example/x"},
            "response": {"headers": [{"name": "X-Robots-Tag", "value": "noai"}, {"name": "X", "value": "a\u0000b"}]}}]}}"#;
        let (fields, problems) = show("a.har", text);
        assert_eq!(fields, ["Address(\"https://a.example/x\") x-robots-tag: noai"]);
        assert_eq!(problems, ["bad-header-field"]);
    }

    #[test]
    fn a_server_configuration_sets_fields_for_files() {
        let text = "Header set X-Robots-Tag \"noai, noimageai\"\n<Files \"a.html\">\n  Header always append TDM-Reservation 1\n</Files>\n\
                    <FilesMatch \"\\.pdf$\">\nHeader set X-Robots-Tag noindex\n</FilesMatch>\n# Header set A b\nHeader unset X\n";
        assert_eq!(
            show(".htaccess", text).0,
            ["All x-robots-tag: noai, noimageai", "File(\"a.html\") tdm-reservation: 1", "FileMatch(\"\\\\.pdf$\") x-robots-tag: noindex"]
        );
    }

    #[test]
    fn control_characters_in_a_value_are_a_problem_and_the_rest_is_read() {
        let (fields, problems) = show("a.headers", "A: b\u{0}c\nB\u{7f}: d\nC: e\n");
        assert_eq!((fields, problems), (vec!["All c: e".to_owned()], vec!["bad-header-field", "bad-header-field"]));
    }
}
