//! Character references as nearly all are written: whole names and plain numbers between `&` and `;`. Whatever else the standard provides
//! for is left to html5gum.

use html5ever::data::NAMED_ENTITIES;

/// A reference, or an ampersand that starts none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// What it stands for; the second is U+0000 where it is one character.
    pub(super) stands_for: [char; 2],
    /// How many bytes it takes.
    pub(super) len: usize,
}

impl Reference {
    /// Whether it is just an ampersand.
    pub(super) fn is_literal(&self) -> bool {
        self.len == 1
    }

    /// What it stands for, written to `buffer`.
    pub(super) fn encode<'b>(&self, buffer: &'b mut [u8; 8]) -> &'b str {
        let [first, second] = self.stands_for;
        let length = first.encode_utf8(buffer).len();
        let length = if second == '\0' { length } else { length + second.encode_utf8(&mut buffer[length..]).len() };
        std::str::from_utf8(&buffer[..length]).unwrap_or_default()
    }
}

/// What `rest`, which begins with an ampersand, begins with; `None` if html5gum must look.
pub(super) fn read(rest: &str) -> Option<Reference> {
    let name = &rest[1..];
    if let Some(number) = name.strip_prefix('#') {
        return numbered(number);
    }
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if name.as_bytes().get(length) == Some(&b';')
        && let Some(&(first, second)) = NAMED_ENTITIES.get(&name[..=length])
    {
        let stands_for = [char::from_u32(first)?, char::from_u32(second)?];
        return Some(Reference { stands_for, len: length + 2 });
    }
    (!begins_with_name(&name[..length])).then_some(Reference { stands_for: ['&', '\0'], len: 1 })
}

/// `39;`, `x27;`.
fn numbered(number: &str) -> Option<Reference> {
    let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (number, 10, 0),
    };
    let length = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    let plain = (1..=6).contains(&length) && digits.as_bytes().get(length) == Some(&b';');
    let code = plain.then(|| u32::from_str_radix(&digits[..length], radix).ok()).flatten()?;
    // Controls and what stands where Latin-1 has controls are replaced.
    let kept = matches!(code, 0x20..=0x7e | 0xa0..);
    Some(Reference { stands_for: [char::from_u32(code).filter(|_| kept)?, '\0'], len: "&#;".len() + prefix + length })
}

/// Whether letters and digits begin with one of the names that count without a semicolon.
fn begins_with_name(letters: &str) -> bool {
    let entries = (1..=letters.len()).map_while(|length| NAMED_ENTITIES.get(&letters[..length]));
    entries.into_iter().any(|&(first, _)| first != 0)
}

/// An attribute's value with its references decoded; `None` if html5gum must look.
pub(super) fn decoded(value: &str) -> Option<String> {
    let (mut text, mut from) = (String::with_capacity(value.len()), 0);
    while let Some(length) = memchr::memchr(b'&', &value.as_bytes()[from..]) {
        let at = from + length;
        let reference = read(&value[at..])?;
        text.push_str(&value[from..at]);
        text.push_str(reference.encode(&mut [0; 8]));
        from = at + reference.len;
    }
    text.push_str(&value[from..]);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_and_plain_numbers_are_read() {
        let read = |text: &'static str| decoded(text);
        assert_eq!(read("?a=1&amp;b=2&c=3"), Some("?a=1&b=2&c=3".to_owned()));
        assert_eq!(read("&#39;&#x2019;&#XE9;&nbsp;"), Some("'\u{2019}é\u{a0}".to_owned()));
        assert_eq!(read("&NotEqualTilde; & && &"), Some("\u{2242}\u{338} & && &".to_owned()));
        assert_eq!(read("&nosuchname;"), Some("&nosuchname;".to_owned()));
    }

    #[test]
    fn what_is_cut_short_or_replaced_is_left_to_the_tokenizer() {
        for text in ["&amp", "&copy=1", "&notit;", "&#150;", "&#0;", "&#xD800;", "&#1234567;", "&#39", "&#;", "&#x;"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
