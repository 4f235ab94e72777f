//! Where the files of a picture are.

use scraper::node::Element;

/// Every address of an element, the likeliest to be the picture's own first.
pub(super) fn gather(element: &Element, addresses: &mut Vec<String>) {
    let mut add = |value: &str| {
        let value = value.trim();
        if !value.is_empty() {
            addresses.push(value.to_owned());
        }
    };
    for name in [
        "data-src",
        "data-original",
        "data-lazy-src",
        "data-lazy",
        "data-img",
        "data-image",
        "data-url",
        "data-original-src",
        "src",
        "poster",
    ] {
        if let Some(value) = element.attr(name).filter(|v| looks_like_address(v)) {
            add(value);
        }
    }
    for name in ["srcset", "data-srcset", "data-lazy-srcset"] {
        let Some(value) = element.attr(name) else { continue };
        let mut candidates: Vec<(f32, &str)> = candidates(value);
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
        candidates.into_iter().for_each(|(_, address)| add(address));
    }
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
    let address = address.to_ascii_lowercase();
    address.starts_with("data:")
        || address.starts_with("about:")
        || ["placeholder", "blank.gif", "spacer", "pixel.gif", "transparent.", "1x1", "lazy.png", "loading.gif"]
            .iter()
            .any(|p| address.contains(p))
}
