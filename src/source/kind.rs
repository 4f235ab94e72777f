//! What a source is, told from its name, its first bytes and its content type.

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
        Self::Headers,
        Self::AiTxt,
        Self::TrustTxt,
        Self::LlmsTxt,
        Self::Picture,
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
            Self::Headers => "headers",
            Self::AiTxt => "ai-txt",
            Self::TrustTxt => "trust-txt",
            Self::LlmsTxt => "llms-txt",
            Self::Picture => "picture",
            Self::Xmp => "xmp",
            Self::Binary => "binary",
        }
    }

    /// Whether documents of this kind are checked by themselves; the others accompany them.
    pub fn is_article(self) -> bool {
        matches!(self, Self::Html | Self::Markdown | Self::Plain)
    }
}

/// Tells what `bytes` are, by the file's name first, then by what they look like.
pub fn sniff(path: &str, bytes: &[u8], _headers: &[(String, String)]) -> Kind {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name {
        "robots.txt" => Kind::Robots,
        "tdmrep.json" => Kind::TdmRep,
        "ai.txt" => Kind::AiTxt,
        "trust.txt" => Kind::TrustTxt,
        "llms.txt" => Kind::LlmsTxt,
        "_headers" | ".htaccess" => Kind::Headers,
        _ => match name.rsplit('.').next() {
            Some("html" | "htm" | "xhtml") => Kind::Html,
            Some("md" | "markdown") => Kind::Markdown,
            Some("xmp") => Kind::Xmp,
            Some("txt") => Kind::Plain,
            _ if bytes.iter().take(1024).any(|&b| b == 0) => Kind::Binary,
            _ => Kind::Plain,
        },
    }
}
