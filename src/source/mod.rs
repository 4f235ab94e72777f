//! One file or record as decoded text: what it is, where it came from, in which encoding.

mod declared;
pub mod decode;
pub mod kind;
pub mod packet;
pub mod unpack;
mod wide;

use crate::source::decode::Encoding;
use crate::source::kind::Kind;
use crate::text::{LineIndex, Span};
use std::borrow::Cow;
use std::sync::OnceLock;

/// Identifies a source within one check: 0 is the document itself, its companions follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub u32);

/// A span in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Which source.
    pub source: SourceId,
    /// Which bytes of its decoded text.
    pub span: Span,
}

/// Where a source came from, as reports name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin {
    /// Relative path with `/`, or the name given for standard input.
    pub path: String,
    /// The address it was fetched from, if told (`--url`, a sidecar).
    pub url: Option<String>,
}

impl Origin {
    /// An origin that is only a path.
    pub fn path(path: impl Into<String>) -> Self {
        Self { path: path.into(), url: None }
    }
}

/// A file or record, decoded.
#[derive(Debug)]
pub struct Source {
    /// Where it came from.
    pub origin: Origin,
    /// What it is.
    pub kind: Kind,
    /// How it was decoded and why.
    pub encoding: Encoding,
    /// The decoded text without a byte-order mark. Of a picture or a PDF its XMP packet; empty for other binary kinds.
    pub text: String,
    /// HTTP header fields that came with it (`--header`, a header file, a dump), name and value as written.
    pub headers: Vec<(String, String)>,
    /// The bytes as they were, where they differ from `text` or are no text.
    raw: Option<Vec<u8>>,
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// Unpacks, sniffs and decodes `bytes`. Never fails: what can't be unpacked or decoded is said in [`Encoding::problem`].
    pub fn new(origin: Origin, bytes: Vec<u8>) -> Self {
        Self::with_headers(origin, bytes, Vec::new())
    }

    /// The same, with the HTTP header fields that came with the bytes; `charset` of `Content-Type` counts.
    pub fn with_headers(origin: Origin, bytes: Vec<u8>, headers: Vec<(String, String)>) -> Self {
        let unpacked = unpack::unpack(bytes);
        let kind = kind::sniff(&origin.path, &unpacked.bytes, &headers);
        let mut decoded = decode::decode(unpacked.bytes, kind, &headers);
        if let Some(problem) = unpacked.problem {
            decoded.encoding.add_problem(&problem);
            decoded.encoding.sound = false;
        }
        Self { origin, kind, encoding: decoded.encoding, text: decoded.text, headers, raw: decoded.raw, lines: OnceLock::new() }
    }

    /// The bytes as they were read (after unpacking `.gz`).
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(self.raw.as_deref().unwrap_or(self.text.as_bytes()))
    }

    /// The line index, made when first asked for.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}
