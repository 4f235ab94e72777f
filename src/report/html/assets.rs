//! Style and script of the report, and the policy that lets nothing else run.

use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The style sheet.
pub(super) const STYLE: &str = include_str!("report.css");
/// The script: filters, keys, decisions. The report is complete without it.
pub(super) const SCRIPT: &str = include_str!("report.js");

/// The script that sorts the matrix of the collection.
pub(super) const SORTING: &str = include_str!("sort.js");

/// The content policy of a page that holds style and script itself: these two by their digest, nothing from anywhere.
pub(super) static POLICY: LazyLock<String> = LazyLock::new(|| {
    let (style, script, sorting) = (digest(STYLE), digest(SCRIPT), digest(SORTING));
    let run = format!("script-src 'sha256-{script}' 'sha256-{sorting}'");
    format!("default-src 'none'; style-src 'sha256-{style}'; {run}; base-uri 'none'; form-action 'none'")
});

/// The content policy of the collection's page in a folder: it has one script, and shares its style sheet with the others.
pub(super) static POLICY_OF_COLLECTION: LazyLock<String> = LazyLock::new(|| {
    let sorting = digest(SORTING);
    format!("default-src 'none'; style-src 'self' file:; script-src 'sha256-{sorting}'; base-uri 'none'; form-action 'none'")
});

/// The content policy of a page of a folder: it shares its style sheet with the others and has no script.
pub(super) const POLICY_OF_PAGES: &str = "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'";

fn digest(text: &str) -> String {
    base64(&Sha256::digest(text))
}

/// RFC 4648, section 4, with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, &b| group << 8 | u32::from(b)) << (8 * (3 - chunk.len()));
        for n in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * n)) as usize & 63];
            out.push(if n > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_written_as_the_content_policy_wants_them() {
        // The vectors of RFC 4648, section 10.
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (bytes, text) in pairs {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn style_and_script_fetch_nothing() {
        for text in [STYLE, SCRIPT, SORTING] {
            for word in ["http:", "https:", "@import", "url(", "fetch(", "XMLHttpRequest", "innerHTML", "</s"] {
                assert!(!text.contains(word), "{word}");
            }
        }
    }
}
