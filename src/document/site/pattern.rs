//! Path patterns of robots.txt (RFC 9309, 2.2.2 and 2.2.3), shared by TDMRep and RSL.

/// A path pattern: a prefix, `*` for any run of characters, `$` at the end for the end of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPattern {
    /// The normal form without the closing `$`.
    text: String,
    anchored: bool,
}

impl PathPattern {
    /// Reads `raw`; both sides of a comparison are brought to the same percent-encoding.
    pub fn new(raw: &str) -> Self {
        let (raw, anchored) = raw.strip_suffix('$').map_or((raw, false), |rest| (rest, true));
        Self { text: encode(raw, b"*"), anchored }
    }

    /// The length that decides between rules: octets of the normal form.
    pub fn octets(&self) -> usize {
        self.text.len() + usize::from(self.anchored)
    }

    /// Whether the pattern is empty: such a rule says nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && !self.anchored
    }

    /// Whether every path of the site matches.
    pub fn is_everything(&self) -> bool {
        !self.anchored && matches!(self.text.as_str(), "/" | "*" | "/*")
    }

    /// Whether the pattern starts as a path does. Others match nothing.
    pub fn is_rooted(&self) -> bool {
        self.text.starts_with(['/', '*'])
    }

    /// Whether `path`, in the form of [`path_of`], matches.
    pub fn matches(&self, path: &str) -> bool {
        let mut parts = self.text.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = path.strip_prefix(first) else { return false };
        let mut parts = parts.peekable();
        if parts.peek().is_none() {
            return !self.anchored || rest.is_empty();
        }
        // The leftmost place of each part leaves the most room for the next: no backtracking.
        while let Some(part) = parts.next() {
            if parts.peek().is_none() && self.anchored {
                return rest.ends_with(part);
            }
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
        true
    }

    /// Whether every path that `other` matches is matched by this pattern too. Says no when in doubt.
    pub fn covers(&self, other: &Self) -> bool {
        if self.anchored {
            return self == other;
        }
        let literal = other.text.split('*').next().unwrap_or_default();
        if other.text.contains('*') || other.anchored { literal.starts_with(&self.text) || self == other } else { self.matches(literal) }
    }
}

/// Path and query of `address` in normal form: `/` where there is none. `None` for relative addresses without leading slash.
pub fn path_of(address: &str) -> Option<String> {
    let address = address.trim().split('#').next().unwrap_or_default();
    let path = match address.split_once("//") {
        Some((scheme, rest)) if is_scheme(scheme) => rest.find(['/', '?']).map_or("/", |slash| &rest[slash..]),
        _ if address.starts_with('/') => address,
        _ => return None,
    };
    let path = if path.starts_with('?') { format!("/{path}") } else { path.to_owned() };
    Some(encode(&path, b""))
}

/// Host and port of `address` in lower case.
pub fn host_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once("//")?;
    let rest = is_scheme(scheme).then_some(rest)?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next().unwrap_or(host).to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

/// Whether what stands before `//` is a scheme, or nothing.
fn is_scheme(text: &str) -> bool {
    text.is_empty() || text.strip_suffix(':').is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)))
}

/// Escapes what isn't plain ASCII, and the signs of patterns unless they are in `keep`; decodes what needn't be escaped; writes hex
/// digits in upper case (RFC 9309, 2.2.2).
fn encode(raw: &str, keep: &[u8]) -> String {
    let bytes = raw.as_bytes();
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let escaped = (byte == b'%').then(|| raw.get(at + 1..at + 3)).flatten();
        let escaped = escaped.filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        at += if escaped.is_some() { 3 } else { 1 };
        match escaped {
            Some(byte) if is_unreserved(byte) => out.push(byte as char),
            Some(byte) => escape(byte, &mut out),
            None if matches!(byte, b'*' | b'$') && !keep.contains(&byte) => escape(byte, &mut out),
            None if byte.is_ascii_graphic() => out.push(byte as char),
            None => escape(byte, &mut out),
        }
    }
    out
}

fn escape(byte: u8, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(HEX[usize::from(byte >> 4)] as char);
    out.push(HEX[usize::from(byte & 15)] as char);
}

/// Letters, digits, `-`, `.`, `_`, `~` (RFC 3986, 2.3).
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, address: &str, expected: bool) {
        let path = path_of(address).expect("an address");
        assert_eq!(PathPattern::new(pattern).matches(&path), expected, "{pattern} on {path}");
    }

    #[test]
    fn patterns_are_prefixes_with_wildcards_and_an_end_mark() {
        for (pattern, path, expected) in [
            ("/fish", "/fish/salmon.html", true),
            ("/fish", "/Fish", false),
            ("/fish/", "/fish", false),
            ("/*.php", "/folder/any.php.file.html", true),
            ("/*.php$", "/folder/any.php?x", false),
            ("/*.php$", "/a.php.php", true),
            ("/a*b*c$", "/axbxc", true),
            ("/a*b*c$", "/axbxcd", false),
            ("/$", "/", true),
            ("/$", "/x", false),
            ("*x", "/abx", true),
            ("/a$b", "/a$bc", true),
            ("fish", "/fish", false),
            ("/news?id=", "/news?id=7", true),
        ] {
            check(pattern, path, expected);
        }
    }

    #[test]
    fn both_sides_get_the_same_escapes() {
        check("/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", true);
        check("/foo/bar/ツ", "/foo/bar/%E3%83%84", true);
        check("/foo/bar/%E3%83%84", "/foo/bar/ツ", true);
        check("/foo/bar/%62%61%7A", "/foo/bar/baz", true);
        check("/a%3cd", "/a%3Cd", true);
        check("/file-with-a-%2A.html", "https://a.example/file-with-a-*.html", true);
        check("/a%2fb", "/a/b", false);
    }

    #[test]
    fn the_path_of_an_address_has_its_query_and_no_fragment() {
        assert_eq!(path_of("https://a.example").as_deref(), Some("/"));
        assert_eq!(path_of("https://a.example?x=1#y").as_deref(), Some("/?x=1"));
        assert_eq!(path_of("//a.example/b c").as_deref(), Some("/b%20c"));
        assert_eq!(path_of("news/a.html"), None);
        assert_eq!(host_of("HTTPS://me@A.example:80/x").as_deref(), Some("a.example:80"));
    }

    #[test]
    fn a_wider_pattern_covers_a_narrower_one() {
        let covers = |a: &str, b: &str| PathPattern::new(a).covers(&PathPattern::new(b));
        assert!(covers("/", "/press/free/") && covers("/press", "/press/*.html$") && covers("/*", "/a"));
        assert!(!covers("/press/free/", "/") && !covers("/a$", "/a") && !covers("/*.html", "/a"));
    }
}
