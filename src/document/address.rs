//! Addresses of pictures: what the addresses of one picture's renditions share, and which files they lead to.

/// Names so common that they tell no picture from another.
const COMMON: &[&str] = &["image", "original", "default", "landscape", "portrait", "large", "master", "download", "index", "photo", "file"];

/// The name of a picture's file without extension, size and query; with the folder before it where the name is short or common.
/// `None` where nothing is left that could tell pictures apart.
pub fn file_key(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or("").trim_end_matches('/').to_ascii_lowercase();
    let path = path.split_once("//").map_or(path.as_str(), |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let mut segments = path.rsplit('/').filter(|s| !s.is_empty());
    let name = without_size(without_extension(segments.next()?));
    let tells = |name: &str| name.len() >= 6 && !COMMON.iter().any(|c| name.trim_end_matches(|d: char| !d.is_ascii_alphabetic()) == *c);
    if name.len() >= 10 && tells(name) {
        return Some(name.to_owned());
    }
    let folder = segments.next().filter(|f| !f.contains(':') && !f.contains('.'))?;
    (tells(name) || folder.len() >= 4).then(|| format!("{folder}/{name}"))
}

/// Where the file at `address` may lie, as reports would name it, if the page that points to it is called `page`: the nearest folder
/// that may be the root of the site first, in each the name as it is written before the one it encodes (`%20`). Nothing for addresses that
/// lead elsewhere, or out of what is named.
pub fn files(page: &str, address: &str) -> Vec<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default().trim();
    if path.is_empty() || path.contains(':') || path.starts_with("//") {
        return Vec::new();
    }
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok();
    let decoded = decoded.filter(|decoded| decoded != path && !decoded.contains(|c: char| c.is_control() || c == '\\'));
    let in_folder = |folder: &str| [Some(path), decoded.as_deref()].into_iter().flatten().filter_map(|path| joined(folder, path)).collect();
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    if !path.starts_with('/') {
        return in_folder(folder);
    }
    let roots = std::iter::successors(Some(folder), |f| (!f.is_empty()).then(|| f.rsplit_once('/').map_or("", |(above, _)| above)));
    roots.flat_map(in_folder).collect()
}

/// `path` seen from `folder`; nothing if it leads above the outermost folder.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/').filter(|p| !p.is_empty() && *p != ".") {
        match part {
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn without_extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, "jpg" | "jpeg" | "png" | "webp" | "avif" | "gif" | "svg")) => without_extension(stem),
        _ => name,
    }
}

/// `name` without `-1200x800`, `_640w`, `-scaled` and the like.
fn without_size(name: &str) -> &str {
    match name.rsplit_once(['-', '_', '~']) {
        Some((stem, suffix)) if !stem.is_empty() && is_size(suffix) => without_size(stem),
        _ => name,
    }
}

fn is_size(suffix: &str) -> bool {
    let digits = |s: &str| (2..=4).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    let sides = suffix.split_once('x').is_some_and(|(w, h)| digits(w) && digits(h));
    sides
        || suffix.strip_suffix('w').or(suffix.strip_prefix('w')).is_some_and(digits)
        || matches!(suffix, "scaled" | "large" | "medium" | "small" | "thumb" | "original")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files() {
        for (page, address, expected) in [
            ("news/a.html", "harbour.jpg", &["news/harbour.jpg"][..]),
            ("news/a.html", "./img/harbour.jpg?w=3#x", &["news/img/harbour.jpg"]),
            ("news/a.html", "../img/harbour.jpg", &["img/harbour.jpg"]),
            ("site/news/a.html", "/img/h.jpg", &["site/news/img/h.jpg", "site/img/h.jpg", "img/h.jpg"]),
            ("a.html", "/h.jpg", &["h.jpg"]),
            ("a.html", "../h.jpg", &[]),
            (
                "site/a.html",
                "/sp%C3%A4t%20im%20Hafen.jpg",
                &["site/sp%C3%A4t%20im%20Hafen.jpg", "site/spät im Hafen.jpg", "sp%C3%A4t%20im%20Hafen.jpg", "spät im Hafen.jpg"],
            ),
            ("site/a.html", "100%25.jpg", &["site/100%25.jpg", "site/100%.jpg"]),
            ("site/a.html", "%2e%2e/%2e%2e/h.jpg", &["site/%2e%2e/%2e%2e/h.jpg"]),
            ("a.html", "a%00.jpg", &["a%00.jpg"]),
            ("a.html", "https://news.example/h.jpg", &[]),
            ("a.html", "//news.example/h.jpg", &[]),
            ("a.html", " ", &[]),
        ] {
            assert_eq!(files(page, address), expected, "{address} on {page}");
        }
    }

    #[test]
    fn renditions_of_a_picture_share_a_key() {
        let key = file_key("https://img.example.org/a/harbour-at-dusk-1200x800.jpg?w=3").expect("a key");
        assert_eq!(file_key("/b/harbour-at-dusk-scaled.webp"), Some(key.clone()));
        assert_eq!(file_key("https://cdn.example.org/harbour-at-dusk.jpeg"), Some(key));
        assert_eq!(file_key("/harbour/1.jpg"), Some("harbour/1".to_owned()));
        assert_ne!(file_key("/a/20241/1.jpg"), file_key("/a/20242/1.jpg"));
        assert_eq!(file_key("1.jpg"), None);
        assert_eq!(file_key(""), None);
        assert_eq!(file_key("https://example.org/"), None);
    }
}
