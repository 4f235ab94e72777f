//! UTF-16 without a byte-order mark, told from where its zero bytes stand.

use encoding_rs::Encoding;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;

/// How many bytes decide.
const SAMPLE: usize = 8 << 10;

/// UTF-16 in either order, if the bytes look like it.
///
/// Blanks, line ends, digits and mark-up have a zero as their upper byte, in every language. So zeros stand on one side only,
/// and they are frequent; and the upper bytes of an alphabet are low. Text in another encoding with stray NUL bytes has
/// neither.
pub(super) fn detect(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    memchr::memchr(0, sample)?;
    let (mut even, mut odd) = ([0u32; 256], [0u32; 256]);
    for unit in sample.chunks_exact(2) {
        even[usize::from(unit[0])] += 1;
        odd[usize::from(unit[1])] += 1;
    }
    let units = (sample.len() / 2) as u32;
    let order = if odd[0] > even[0] { UTF_16LE } else { UTF_16BE };
    let (upper, lower) = if order == UTF_16LE { (odd, even) } else { (even, odd) };
    let one_sided = lower[0] * 20 <= upper[0] && upper[0] * 50 >= units;
    (one_sided && (is_alphabet(&upper, units) || is_ideographic(&upper, units, bytes)) && decodes(order, sample)).then_some(order)
}

/// Nine of ten upper bytes are those of an alphabet and its punctuation (U+0000 to U+20FF), lower than any letter of ASCII.
fn is_alphabet(upper: &[u32; 256], units: u32) -> bool {
    upper[..=0x20].iter().sum::<u32>() * 10 >= units * 9
}

/// Nine of ten upper bytes are those of Chinese, Japanese or Korean, and the bytes are no UTF-8.
fn is_ideographic(upper: &[u32; 256], units: u32, bytes: &[u8]) -> bool {
    let east: u32 = [0x00..=0x00, 0x30..=0x30, 0x4e..=0x9f, 0xac..=0xd7, 0xff..=0xff].into_iter().flatten().map(|b: usize| upper[b]).sum();
    east * 10 >= units * 9 && std::str::from_utf8(bytes).is_err()
}

fn decodes(order: &'static Encoding, sample: &[u8]) -> bool {
    // The sample may end between two surrogates.
    let (text, _) = order.decode_without_bom_handling(sample);
    text.trim_end_matches('\u{fffd}').find('\u{fffd}').is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn both_orders_are_told_in_any_script() {
        for text in [
            "Harbour at dusk\n",
            "<p>Гавань на закате</p>",
            "Λιμάνι το σούρουπο, φωτογραφία",
            "夕暮れの港\n写真：例社\n船が三隻、静かに帰ってきた。",
        ] {
            assert_eq!(detect(&bytes(text, u16::to_le_bytes)), Some(UTF_16LE), "{text}");
            assert_eq!(detect(&bytes(text, u16::to_be_bytes)), Some(UTF_16BE), "{text}");
        }
    }

    #[test]
    fn stray_nul_bytes_make_no_utf_16() {
        for text in ["Harbour\0at dusk", "Ann Example\0", "Гавань\0на закате", "\0\0\0\0"] {
            assert_eq!(detect(text.as_bytes()), None, "{text:?}");
        }
    }
}
