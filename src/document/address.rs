//! Addresses of pictures: what the addresses of one picture's renditions share.

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
