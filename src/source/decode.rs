//! From bytes to text: finds the encoding and says why it was chosen.
//!
//! The order: byte-order mark, `charset` of the `Content-Type` header, the declaration in the mark-up, valid UTF-8, a detector.
//! Valid UTF-8 with letters beyond ASCII overrules a declaration: no other encoding looks like it by chance, and pages that call
//! their UTF-8 by an older name are common.

use crate::source::declared;
use crate::source::declared::Declared;
use crate::source::kind::Kind;
use crate::source::packet;
use crate::source::wide;
use chardetng::EncodingDetector;
use chardetng::Iso2022JpDetection;
use chardetng::Utf8Detection;
use encoding_rs::UTF_8;

/// How much text the detector looks at, from the first byte beyond ASCII; it reads some 20 MB a second.
const DETECTOR_WINDOW: usize = 256 << 10;

/// The encoding of a source and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoding {
    /// WHATWG name in lower case, e.g. `utf-8`, `windows-1251`.
    pub name: &'static str,
    /// Why: `byte-order mark`, `Content-Type header`, `declared`, `valid UTF-8`, `detected`, `XMP packet`, `binary`.
    pub reason: &'static str,
    /// What is wrong, in one line: a declaration that contradicts the bytes, bytes that can't be decoded.
    pub problem: Option<String>,
    /// Whether the text can be relied on. `false`: bytes that can't be decoded were replaced, the check is incomplete.
    pub sound: bool,
}

impl Encoding {
    /// Adds one more thing that is wrong.
    pub(super) fn add_problem(&mut self, problem: &str) {
        self.problem = Some(self.problem.take().map_or_else(|| problem.to_owned(), |first| format!("{first}; {problem}")));
    }
}

/// What [`decode`] returns.
#[derive(Debug)]
pub struct Decoded {
    /// The text, without a byte-order mark and without NUL characters.
    pub text: String,
    /// The original bytes where they aren't the text's.
    pub raw: Option<Vec<u8>>,
    /// The encoding found.
    pub encoding: Encoding,
}

/// Decodes `bytes`.
pub fn decode(bytes: Vec<u8>, kind: Kind, headers: &[(String, String)]) -> Decoded {
    if matches!(kind, Kind::Picture | Kind::Pdf | Kind::Binary) {
        let packet = packet::find(&bytes).filter(|_| kind != Kind::Binary);
        let (name, reason) = if packet.is_some() { ("utf-8", "XMP packet") } else { ("binary", "binary") };
        let encoding = Encoding { name, reason, problem: None, sound: true };
        let text = packet.map_or_else(String::new, |range| String::from_utf8_lossy(&bytes[range]).into_owned());
        return Decoded { text, raw: Some(bytes), encoding };
    }
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        return Choice { encoding, reason: "byte-order mark", notes: Vec::new() }.decode(bytes, mark);
    }
    let declared = declared::find(&bytes, matches!(kind, Kind::Html | Kind::Rsl | Kind::Epub | Kind::Xmp), headers);
    if let Some(encoding) = wide::detect(&bytes) {
        let reason = declared.filter(|d| d.encoding == Some(encoding)).map_or("detected", |d| d.reason);
        return Choice { encoding, reason, notes: Vec::new() }.decode(bytes, 0);
    }
    match String::from_utf8(bytes) {
        Ok(text) => valid_utf8(text, declared),
        Err(error) => legacy(error.into_bytes(), declared),
    }
}

/// An encoding that was chosen, and why.
struct Choice {
    encoding: &'static encoding_rs::Encoding,
    reason: &'static str,
    notes: Vec<String>,
}

impl Choice {
    /// Decodes `bytes` from `start`, after the byte-order mark.
    fn decode(self, bytes: Vec<u8>, start: usize) -> Decoded {
        let (text, damaged) = self.encoding.decode_without_bom_handling(&bytes[start..]);
        let text = text.into_owned();
        self.finish(text, Some(bytes), damaged)
    }

    fn finish(mut self, mut text: String, raw: Option<Vec<u8>>, damaged: bool) -> Decoded {
        let raw = drop_nul(&mut text, raw, &mut self.notes);
        let mut sound = true;
        if damaged {
            let replaced = text.matches('\u{fffd}').count();
            let characters = text.chars().count();
            sound = replaced * 1000 <= characters;
            self.notes.push(format!("{replaced} of {characters} characters are not {} and were replaced", self.encoding.name()));
        }
        if self.reason == "detected" && is_no_text(&text) {
            sound = false;
            self.notes.push("the bytes are no text in any known encoding".to_owned());
        }
        let problem = (!self.notes.is_empty()).then(|| self.notes.join("; "));
        Decoded { text, raw, encoding: Encoding { name: name(self.encoding), reason: self.reason, problem, sound } }
    }
}

/// Valid UTF-8, which is nearly every document: the bytes become the text without a copy.
fn valid_utf8(text: String, declared: Option<Declared>) -> Decoded {
    let utf8 = Choice { encoding: UTF_8, reason: "valid UTF-8", notes: Vec::new() };
    let choice = match declared {
        None => utf8,
        Some(Declared { encoding: Some(encoding), reason, .. }) if encoding == UTF_8 => Choice { reason, ..utf8 },
        // Pure ASCII is the same text in the declared encoding; only ISO-2022-JP uses ASCII bytes for other letters.
        Some(Declared { encoding: Some(encoding), reason, .. }) if encoding == encoding_rs::ISO_2022_JP && text.is_ascii() => {
            return Choice { encoding, reason, notes: Vec::new() }.decode(text.into_bytes(), 0);
        }
        Some(Declared { encoding: Some(encoding), reason, .. }) if encoding.is_ascii_compatible() && text.is_ascii() => {
            Choice { encoding, reason, ..utf8 }
        }
        Some(declared) => Choice { notes: vec![contradiction(&declared, "valid UTF-8 and were read as such")], ..utf8 },
    };
    choice.finish(text, None, false)
}

/// Bytes that aren't valid UTF-8: UTF-8 with a few damaged places, the declared encoding, or what the detector thinks.
fn legacy(bytes: Vec<u8>, declared: Option<Declared>) -> Decoded {
    let says_utf8 = declared.as_ref().is_some_and(|d| d.encoding == Some(UTF_8));
    if is_damaged_utf8(&bytes, says_utf8) {
        let reason = declared.as_ref().filter(|_| says_utf8).map_or("detected", |d| d.reason);
        let notes = declared.filter(|_| !says_utf8).map(|d| contradiction(&d, "nearly all UTF-8 and were read as such"));
        return Choice { encoding: UTF_8, reason, notes: notes.into_iter().collect() }.decode(bytes, 0);
    }
    if let Some(Declared { encoding: Some(encoding), reason, .. }) = declared
        && encoding != UTF_8
        && fits(encoding, &bytes)
    {
        return Choice { encoding, reason, notes: Vec::new() }.decode(bytes, 0);
    }
    let encoding = guess(&bytes);
    let notes = declared.map(|d| contradiction(&d, &format!("not in that encoding; read as {}", encoding.name())));
    Choice { encoding, reason: "detected", notes: notes.into_iter().collect() }.decode(bytes, 0)
}

fn contradiction(declared: &Declared, instead: &str) -> String {
    match declared.encoding {
        Some(_) => format!("declared as `{}`, but the bytes are {instead}", declared.label),
        None => format!("the declared encoding `{}` does not exist; the bytes are {instead}", declared.label),
    }
}

/// Whether the bytes are UTF-8 but for a few places: sound characters beyond ASCII outnumber the damaged ones by far, or, where
/// the declaration says UTF-8, the only damage is a character cut off at the very end.
fn is_damaged_utf8(bytes: &[u8], says_utf8: bool) -> bool {
    let (mut sound, mut damaged) = (0usize, 0usize);
    let mut cut = false;
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|&b| b >= 0xc0).count();
        damaged += usize::from(!chunk.invalid().is_empty());
        cut = std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
    }
    sound > 4 * damaged || (says_utf8 && damaged == 1 && cut)
}

/// Whether `encoding` can decode the bytes: at most one character in a thousand is none.
fn fits(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> bool {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    !damaged || text.matches('\u{fffd}').count() * 1000 <= text.chars().count()
}

fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0).saturating_sub(1 << 10);
    let window = &bytes[first..bytes.len().min(first + DETECTOR_WINDOW)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, first + window.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether control characters are too many for text: any bytes at all decode as windows-1252.
fn is_no_text(text: &str) -> bool {
    let odd = |c: &char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1b}' | '\u{85}')) || *c == '\u{fffd}';
    let characters = text.chars().count();
    text.chars().filter(odd).count() * 50 > characters
}

/// NUL characters mean nothing in any format read here and would split words: the text goes without them.
fn drop_nul(text: &mut String, raw: Option<Vec<u8>>, notes: &mut Vec<String>) -> Option<Vec<u8>> {
    if memchr::memchr(0, text.as_bytes()).is_none() {
        return raw;
    }
    let whole = std::mem::take(text);
    *text = whole.replace('\0', "");
    notes.push(format!("{} NUL characters were dropped", whole.len() - text.len()));
    Some(raw.unwrap_or(whole.into_bytes()))
}

/// The name in lower case, as reports write it.
fn name(encoding: &'static encoding_rs::Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "Big5" => "big5",
        "EUC-JP" => "euc-jp",
        "EUC-KR" => "euc-kr",
        "GBK" => "gbk",
        "IBM866" => "ibm866",
        "ISO-2022-JP" => "iso-2022-jp",
        "ISO-8859-2" => "iso-8859-2",
        "ISO-8859-3" => "iso-8859-3",
        "ISO-8859-4" => "iso-8859-4",
        "ISO-8859-5" => "iso-8859-5",
        "ISO-8859-6" => "iso-8859-6",
        "ISO-8859-7" => "iso-8859-7",
        "ISO-8859-8" => "iso-8859-8",
        "ISO-8859-8-I" => "iso-8859-8-i",
        "ISO-8859-10" => "iso-8859-10",
        "ISO-8859-13" => "iso-8859-13",
        "ISO-8859-14" => "iso-8859-14",
        "ISO-8859-15" => "iso-8859-15",
        "ISO-8859-16" => "iso-8859-16",
        "KOI8-R" => "koi8-r",
        "KOI8-U" => "koi8-u",
        "Shift_JIS" => "shift_jis",
        lower => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Гавань на закате\n\nАнна Пример\n\n© Нова Медиа, 2026. Все права защищены.\n";

    fn html(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), Kind::Html, &[])
    }

    #[test]
    fn valid_utf_8_is_taken_as_it_is() {
        let decoded = html(STORY.as_bytes());
        assert_eq!((decoded.text.as_str(), decoded.raw, decoded.encoding.reason), (STORY, None, "valid UTF-8"));
    }

    #[test]
    fn a_mark_is_no_part_of_the_text() {
        let decoded = html(format!("\u{feff}{STORY}").as_bytes());
        assert_eq!((decoded.text.as_str(), decoded.encoding.reason), (STORY, "byte-order mark"));
        let mut wide = vec![0xff, 0xfe];
        wide.extend(STORY.encode_utf16().flat_map(u16::to_le_bytes));
        let decoded = html(&wide);
        assert_eq!((decoded.text.as_str(), decoded.encoding.name), (STORY, "utf-16le"));
        assert_eq!(decoded.raw, Some(wide));
    }

    #[test]
    fn the_declared_encoding_is_used() {
        for (label, text) in [
            ("windows-1251", "Гавань"),
            ("koi8-r", "Гавань"),
            ("shift_jis", "夕暮れの港"),
            ("euc-jp", "夕暮れの港"),
            ("gb18030", "黄昏的港口"),
            ("euc-kr", "해질녘 항구"),
            ("iso-8859-2", "Přístav"),
            ("iso-8859-1", "Hafen für Fähren"),
            ("windows-1253", "Λιμάνι"),
        ] {
            let page = format!("<meta charset={label}><p>{text}</p>");
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
            let decoded = html(&encoding.encode(&page).0);
            assert_eq!((decoded.text, decoded.encoding.problem), (page, None), "{label}");
        }
    }

    #[test]
    fn without_a_declaration_the_encoding_is_detected() {
        for label in ["windows-1251", "koi8-r"] {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
            let decoded = decode(encoding.encode(STORY).0.into_owned(), Kind::Plain, &[]);
            assert_eq!((decoded.text.as_str(), decoded.encoding.reason, decoded.encoding.sound), (STORY, "detected", true), "{label}");
        }
    }

    #[test]
    fn a_declaration_that_lies_is_a_note() {
        let utf8 = html(format!("<meta charset=windows-1251>{STORY}").as_bytes());
        assert!(utf8.text.ends_with(STORY) && utf8.encoding.sound);
        assert_eq!(
            utf8.encoding.problem.as_deref(),
            Some("declared as `windows-1251`, but the bytes are valid UTF-8 and were read as such")
        );
        let cyrillic = html(&encoding_rs::WINDOWS_1251.encode(&format!("<meta charset=utf-8>{STORY}")).0);
        assert!(cyrillic.text.ends_with(STORY) && cyrillic.encoding.sound, "{:?}", cyrillic.encoding);
        assert!(cyrillic.encoding.problem.is_some_and(|p| p.contains("read as windows-1251")));
        let unknown = html(b"<meta charset=klingon>Harbour");
        assert!(unknown.encoding.problem.is_some_and(|p| p.contains("`klingon` does not exist")) && unknown.encoding.sound);
    }

    #[test]
    fn a_damaged_place_is_said_and_the_rest_is_read() {
        let mut bytes = STORY.repeat(30).into_bytes();
        bytes.push(0xff);
        let decoded = html(&bytes);
        assert_eq!((decoded.encoding.name, decoded.encoding.sound), ("utf-8", true));
        assert!(decoded.encoding.problem.is_some_and(|p| p.starts_with("1 of ")));
    }

    #[test]
    fn bytes_that_are_no_text_are_not_sound() {
        let noise: Vec<u8> = (0..2000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(!html(&noise).encoding.sound);
        assert!(!html(b"\xff\xfe\x00\xd8").encoding.sound);
    }

    #[test]
    fn nul_bytes_are_dropped_and_said() {
        let decoded = html(b"<p>Har\0bour</p>\0");
        assert_eq!((decoded.text.as_str(), decoded.encoding.problem.as_deref()), ("<p>Harbour</p>", Some("2 NUL characters were dropped")));
        assert_eq!(decoded.raw.as_deref(), Some(&b"<p>Har\0bour</p>\0"[..]));
    }

    #[test]
    fn every_encoding_has_a_name_in_lower_case() {
        for label in
            ["utf-8", "big5", "gbk", "iso-8859-16", "koi8-u", "macintosh", "x-mac-cyrillic", "windows-874", "shift_jis", "iso-2022-jp"]
        {
            let name = name(encoding_rs::Encoding::for_label(label.as_bytes()).unwrap());
            assert_eq!(name, name.to_ascii_lowercase());
        }
    }
}
