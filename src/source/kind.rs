//! What a source is, told from its name, its first bytes and its content type.

use crate::source::wide;
use std::borrow::Cow;

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A web page.
    Html,
    /// Markdown, with or without front matter.
    Markdown,
    /// Plain text.
    Plain,
    /// `robots.txt`.
    Robots,
    /// `.well-known/tdmrep.json`.
    TdmRep,
    /// Really Simple Licensing: an RSL document or a feed that carries RSL.
    Rsl,
    /// The package document of an EPUB, which speaks for every resource of the book.
    Epub,
    /// Response header fields: `_headers`, `.htaccess`, a HAR file, a `curl -i` dump.
    Headers,
    /// `ai.txt`.
    AiTxt,
    /// `trust.txt`.
    TrustTxt,
    /// `llms.txt`.
    LlmsTxt,
    /// A picture file.
    Picture,
    /// A PDF file. Only its metadata is read.
    Pdf,
    /// An XMP sidecar.
    Xmp,
    /// No text and no picture: nothing to check.
    Binary,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Html,
        Self::Markdown,
        Self::Plain,
        Self::Robots,
        Self::TdmRep,
        Self::Rsl,
        Self::Epub,
        Self::Headers,
        Self::AiTxt,
        Self::TrustTxt,
        Self::LlmsTxt,
        Self::Picture,
        Self::Pdf,
        Self::Xmp,
        Self::Binary,
    ];

    /// The name in reports: `html`, `markdown`, `text`, `robots`, …
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Plain => "text",
            Self::Robots => "robots",
            Self::TdmRep => "tdmrep",
            Self::Rsl => "rsl",
            Self::Epub => "epub-package",
            Self::Headers => "headers",
            Self::AiTxt => "ai-txt",
            Self::TrustTxt => "trust-txt",
            Self::LlmsTxt => "llms-txt",
            Self::Picture => "picture",
            Self::Pdf => "pdf",
            Self::Xmp => "xmp",
            Self::Binary => "binary",
        }
    }

    /// Whether documents of this kind are checked by themselves; the others accompany them.
    pub fn is_article(self) -> bool {
        matches!(self, Self::Html | Self::Markdown | Self::Plain)
    }

    /// Whether it is a media file, or the metadata of one: what it says it says in XMP.
    pub fn is_medium(self) -> bool {
        matches!(self, Self::Picture | Self::Pdf | Self::Xmp)
    }
}

/// Tells what `bytes` (unpacked) are: by a signature that can mean nothing else, by a name that stands for a format, by the
/// `Content-Type` header, by the extension, and at last by what the text looks like.
pub fn sniff(path: &str, bytes: &[u8], headers: &[(String, String)]) -> Kind {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let told = by_signature(bytes).or_else(|| by_name(name)).or_else(|| by_content_type(headers)).or_else(|| by_extension(name));
    match told {
        // Pages saved under another name are common; Markdown may contain HTML, but doesn't open like a page.
        Some(Kind::Plain | Kind::Markdown) if is_page(&opening(bytes)) => Kind::Html,
        Some(kind) => kind,
        None => by_content(bytes),
    }
}

/// Pictures, and formats that are no text, whatever they are called.
fn by_signature(bytes: &[u8]) -> Option<Kind> {
    const PICTURES: &[&[u8]] =
        &[b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"8BPS", b"\xff\x0a", b"\0\0\0\x0cJXL "];
    const BINARIES: &[&[u8]] = &[b"PK\x03\x04", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"\0asm"];
    const BRANDS: &[&[u8]] = &[b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"];
    let starts = |signatures: &[&[u8]]| signatures.iter().any(|s| bytes.starts_with(s));
    let boxed = bytes.get(4..8) == Some(b"ftyp");
    if starts(PICTURES) || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")) {
        return Some(Kind::Picture);
    }
    if boxed && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand)) {
        return Some(Kind::Picture);
    }
    if bytes.starts_with(b"%PDF-") {
        return Some(Kind::Pdf);
    }
    (boxed || starts(BINARIES)).then_some(Kind::Binary)
}

fn by_name(name: &str) -> Option<Kind> {
    Some(match name {
        "robots.txt" => Kind::Robots,
        "tdmrep.json" => Kind::TdmRep,
        "ai.txt" => Kind::AiTxt,
        "trust.txt" => Kind::TrustTxt,
        "llms.txt" | "llms-full.txt" => Kind::LlmsTxt,
        "_headers" | ".htaccess" => Kind::Headers,
        _ => return None,
    })
}

fn by_content_type(headers: &[(String, String)]) -> Option<Kind> {
    let (_, value) = headers.iter().rfind(|(name, _)| name.trim().eq_ignore_ascii_case("content-type"))?;
    let media_type = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match media_type.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        "text/markdown" | "text/x-markdown" => Some(Kind::Markdown),
        "text/plain" => Some(Kind::Plain),
        "application/rsl+xml" => Some(Kind::Rsl),
        "application/pdf" => Some(Kind::Pdf),
        "application/oebps-package+xml" => Some(Kind::Epub),
        _ if media_type.starts_with("image/") => Some(Kind::Picture),
        _ => None,
    }
}

fn by_extension(name: &str) -> Option<Kind> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension {
        "html" | "htm" | "xhtml" | "xht" | "shtml" => Kind::Html,
        "md" | "markdown" | "mdown" | "mkd" | "mdx" => Kind::Markdown,
        "txt" | "text" => Kind::Plain,
        "xmp" => Kind::Xmp,
        "pdf" => Kind::Pdf,
        "opf" => Kind::Epub,
        "har" => Kind::Headers,
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "heic" | "heif" | "tif" | "tiff" | "jxl" | "psd" | "svg" => Kind::Picture,
        _ => return None,
    })
}

fn by_content(bytes: &[u8]) -> Kind {
    let text = opening(bytes);
    let start = after_prolog(&text);
    let head = start.to_ascii_lowercase();
    match () {
        () if is_binary(&text) => Kind::Binary,
        () if head.starts_with("<svg") => Kind::Picture,
        () if head.starts_with("<x:xmpmeta") || text.trim_start().starts_with("<?xpacket") => Kind::Xmp,
        () if head.starts_with("<rsl") || carries_rsl(&head) => Kind::Rsl,
        () if text.starts_with("HTTP/1.") || text.starts_with("HTTP/2 ") || text.starts_with("HTTP/3 ") => Kind::Headers,
        () if is_page(&text) || is_fragment(&head) => Kind::Html,
        () if is_markdown(&text) => Kind::Markdown,
        () => Kind::Plain,
    }
}

/// Whether an XML document, in lower case, uses the namespace of RSL: as a document of its own, or in a feed.
fn carries_rsl(head: &str) -> bool {
    ["<r", "<feed", "<!doctype r"].iter().any(|start| head.starts_with(start)) && head.contains("rslstandard.org/rsl")
}

/// The first kilobytes as text, near enough for looking at.
fn opening(bytes: &[u8]) -> Cow<'_, str> {
    let sample = &bytes[..bytes.len().min(4 << 10)];
    match encoding_rs::Encoding::for_bom(sample).map(|(e, _)| e).or_else(|| wide::detect(bytes)) {
        Some(encoding) => encoding.decode(sample).0,
        None => String::from_utf8_lossy(sample),
    }
}

/// What follows white space, an XML declaration and comments.
fn after_prolog(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some((open, close)) = [("<?", "?>"), ("<!--", "-->")].into_iter().find(|(open, _)| rest.starts_with(open)) {
        match rest[open.len()..].find(close) {
            Some(end) => rest = rest[open.len() + end + close.len()..].trim_start(),
            None => return "",
        }
    }
    rest
}

/// Whether the text opens as a whole page.
fn is_page(text: &str) -> bool {
    let rest = after_prolog(text).as_bytes();
    let opens = |tag: &str| rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()));
    ["<!doctype html", "<html", "<head>", "<body"].into_iter().any(opens)
}

/// Whether the text, in lower case, is a piece of a page: it opens with a tag and closes one.
fn is_fragment(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "p", "div", "article", "section", "main", "h1", "h2", "figure", "img", "table", "header", "title", "meta", "span", "a", "script",
        "style",
    ];
    let name = text.strip_prefix('<').and_then(|t| t.split(|c: char| !c.is_ascii_alphanumeric()).next());
    name.is_some_and(|n| TAGS.contains(&n)) || ["</p>", "</div>", "</article>"].iter().any(|tag| text.contains(tag))
}

/// Whether the text has front matter or marks that prose hasn't.
fn is_markdown(text: &str) -> bool {
    let fenced = |fence: &str| {
        text.strip_prefix(fence)
            .is_some_and(|t| t.trim_start_matches([' ', '\t', '\r']).starts_with('\n') && t.contains(&format!("\n{fence}")))
    };
    let heading =
        |line: &str| line.trim_start_matches('#').starts_with(' ') && matches!(line.find(' '), Some(1..=6)) && line.starts_with('#');
    let link = |line: &str| line.find("](").is_some_and(|at| line[..at].contains('[') && line[at..].contains(')'));
    fenced("---") || fenced("+++") || text.lines().any(|line| heading(line) || link(line) || line.starts_with("```"))
}

/// Whether control characters are too many for text.
fn is_binary(text: &str) -> bool {
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}')).count();
    odd * 10 > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, bytes: &[u8], expected: Kind) {
        assert_eq!(sniff(path, bytes, &[]), expected, "{path}: {:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn a_known_extension_is_believed() {
        check("a/b.HTML", b"Harbour", Kind::Html);
        check("b.htm.gz", b"Harbour", Kind::Html);
        check("b.md", b"Harbour", Kind::Markdown);
        check("b.txt", b"# Harbour", Kind::Plain);
        check("site/robots.txt", b"", Kind::Robots);
        check("C:\\site\\llms.txt", b"", Kind::LlmsTxt);
    }

    #[test]
    fn a_signature_overrules_the_name() {
        check("b.html", b"\x89PNG\r\n\x1a\n\0\0", Kind::Picture);
        check("b.txt", b"%PDF-1.7", Kind::Pdf);
        check("b.bin", b"\0\0\0\x1cftypavif", Kind::Picture);
        check("b.txt", b"\n<!-- saved --><!DOCTYPE html><p>Harbour", Kind::Html);
    }

    #[test]
    fn without_an_extension_the_content_decides() {
        check("-", b"<?xml version='1.0'?><html>", Kind::Html);
        check("-", b"<article><p>Harbour</p></article>", Kind::Html);
        check("-", b"---\ntitle: Harbour\n---\nText", Kind::Markdown);
        check("-", b"Harbour\n\n## At dusk\n", Kind::Markdown);
        check("-", b"Harbour at dusk\n\nBy Ann Example\n", Kind::Plain);
        check("-", b"HTTP/1.1 200 OK\r\nX-Robots-Tag: noai\r\n\r\n", Kind::Headers);
        check("-", b"<rsl xmlns=\"https://rslstandard.org/rsl\"></rsl>", Kind::Rsl);
        check("-", b"<svg xmlns='http://www.w3.org/2000/svg'/>", Kind::Picture);
        check("-", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 250], Kind::Binary);
        check("-", &"Harbour at dusk\n".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), Kind::Plain);
    }

    #[test]
    fn the_content_type_tells_what_an_address_does_not() {
        let headers = [("Content-Type".to_owned(), "text/html; charset=utf-8".to_owned())];
        assert_eq!(sniff("story.php", b"Harbour", &headers), Kind::Html);
        assert_eq!(sniff("robots.txt", b"User-agent: *", &headers), Kind::Robots);
    }
}
