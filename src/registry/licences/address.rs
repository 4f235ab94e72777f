//! Licence addresses in one spelling.

/// `address` in lower case without scheme, user, `www.`, port, query, fragment and closing slash, percent-decoded, with doubled
/// slashes made single. `None` for relative addresses and other schemes.
pub fn normal(address: &str) -> Option<String> {
    let address = address.trim().trim_end_matches(['.', ',', ';', ')', ']', '>', '"', '\'']);
    let address = address.split(['?', '#']).next().unwrap_or(address);
    let mut path = decode(address).to_ascii_lowercase();
    for scheme in ["https:", "http:"] {
        if let Some(rest) = path.strip_prefix(scheme) {
            path = rest.to_owned();
        }
    }
    let path = path.trim_start_matches('/');
    let (host, rest) = path.split_once('/').unwrap_or((path, ""));
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host).trim_start_matches("www.");
    if !host.contains('.') || host.contains(char::is_whitespace) {
        return None;
    }
    // The pages for people of rightsstatements.org stand beside the canonical addresses.
    let rest = if host == "rightsstatements.org" { rest.replacen("page/", "vocab/", 1) } else { rest.to_owned() };
    let segments = rest.split('/').filter(|s| !s.is_empty());
    Some(std::iter::once(host).chain(segments).collect::<Vec<_>>().join("/"))
}

fn decode(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| address.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => (out.push(byte), at += 3).1,
            None => (out.push(bytes[at]), at += 1).1,
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What follows the host in an address of Creative Commons.
pub(super) fn creative_commons(path: &str) -> Option<&str> {
    path.strip_prefix("creativecommons.org/")
}

/// Whether `path` is `known` or goes on from it, at the end of a word.
pub(super) fn starts(path: &str, known: &str) -> bool {
    path.strip_prefix(known).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}
