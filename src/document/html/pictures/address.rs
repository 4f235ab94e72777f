//! Where the files of a picture are.

use crate::document::html::layout::attribute_called;
use aho_corasick::AhoCorasick;
use scraper::node::Element;
use std::sync::LazyLock;

/// Words in the names of attributes that scripts take the address from when the picture comes into view.
const LAZY: &[&str] = &["src", "original", "lazy", "img", "image", "url", "full", "large", "hires", "hi-res", "poster"];

/// Every address of an element, the likeliest to be the picture's own first: those for scripts, `src`, then the candidates by size.
pub(super) fn gather(element: &Element, addresses: &mut Vec<String>) {
    let mut add = |value: &str| {
        let value = value.trim();
        if !value.is_empty() {
            addresses.push(value.to_owned());
        }
    };
    let lazy = |name: &str| name.starts_with("data-") && !name.contains("srcset") && LAZY.iter().any(|w| name.contains(w));
    let mut singles: Vec<(bool, &str)> =
        element.attrs().filter(|(n, v)| lazy(n) && is_file(v)).map(|(n, v)| (n != "data-src", v)).collect();
    singles.sort_by_key(|(rest, _)| *rest);
    singles.iter().for_each(|(_, value)| add(value));
    let sets = |lazy: bool, add: &mut dyn FnMut(&str)| {
        for (_, value) in element.attrs().filter(|(name, _)| name.contains("srcset") && name.starts_with("data-") == lazy) {
            let mut candidates: Vec<(f32, &str)> = candidates(value);
            candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
            candidates.into_iter().for_each(|(_, address)| add(address));
        }
    };
    // Where scripts bring the real candidates, `src` is a stand-in.
    sets(true, &mut add);
    for value in ["src", "poster"].iter().filter_map(|name| attribute_called(element, name)).filter(|v| looks_like_address(v)) {
        add(value);
    }
    sets(false, &mut add);
}

/// Whether a value that need not be an address is one: of a picture by its ending, or a full one.
fn is_file(value: &str) -> bool {
    let path = value.split(['?', '#']).next().unwrap_or_default();
    let ending = [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"].iter().any(|e| path.ends_with(e));
    looks_like_address(value) && (ending || value.trim_start().starts_with("http") || value.trim_start().starts_with("//"))
}

/// The addresses of a `srcset` with their width or density.
fn candidates(srcset: &str) -> Vec<(f32, &str)> {
    let mut found = Vec::new();
    for candidate in srcset.split(", ").flat_map(|part| part.split(",\n")) {
        let mut words = candidate.trim().trim_end_matches(',').split_ascii_whitespace();
        let Some(address) = words.next() else { continue };
        let size = words.next().and_then(|d| d.trim_end_matches(['w', 'x', 'h']).parse().ok()).unwrap_or(1.0);
        found.push((size, address));
    }
    found
}

fn looks_like_address(value: &str) -> bool {
    let value = value.trim();
    !value.is_empty() && !value.contains(char::is_whitespace) && !value.starts_with(['{', '[', '#'])
}

/// Whether an address stands for a picture that is loaded later.
pub(super) fn is_placeholder(address: &str) -> bool {
    let begins = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("data:") || begins("about:") || STAND_INS.is_match(address)
}

/// Words in the addresses of pictures that only keep the place.
static STAND_INS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = ["placeholder", "blank.gif", "spacer", "pixel.gif", "transparent.", "1x1", "lazy.png", "loading.gif"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("eight short words")
});
