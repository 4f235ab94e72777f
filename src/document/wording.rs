//! What a short line of text is about, for formats whose mark-up doesn't say: credits, bylines, dates.

use crate::lexicon::Hit;
use crate::lexicon::Lexicon;
use crate::lexicon::concept::Concept;
use crate::registry::agencies::Agencies;
use crate::text::Folded;
use crate::text::is_unspaced_script;

/// Longer lines are paragraphs; what stands in them are no labels.
const LONGEST_LINE: usize = 700;

/// How far from its end a caption may name who made the picture.
const CREDIT_WINDOW: usize = 160;

/// How much there is to read in `text`: letters, those of scripts without blanks between words counted twice and a half, because they say
/// as much with fewer.
pub(in crate::document) fn weight(text: &str) -> usize {
    let (plain, dense) =
        text.chars().fold((0, 0), |(plain, dense), c| if is_unspaced_script(c) { (plain, dense + 1) } else { (plain + 1, dense) });
    plain + dense * 5 / 2
}

/// Number of words; four letters of a script without blanks count as one.
pub(in crate::document) fn words(text: &str) -> usize {
    let dense = text.chars().filter(|c| is_unspaced_script(*c)).count();
    text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count() + dense / 4
}

/// Whether `text` ends like a sentence.
pub(in crate::document) fn ends_sentence(text: &str) -> bool {
    let text = text
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '“' | '’' | '»' | '«' | '」' | '』' | ')' | ']'));
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';', '؟', '।'])
}

/// Whether `text` is running prose rather than a title, a label or a name.
pub(in crate::document) fn is_prose(text: &str) -> bool {
    let weight = weight(text);
    weight >= 160 || (weight >= 60 && words(text) >= 9 && ends_sentence(text))
}

/// Where the credit of a picture starts in `text`; nothing if it names none.
pub(in crate::document) fn credit_start(text: &str) -> Option<usize> {
    if text.len() > LONGEST_LINE {
        return None;
    }
    let ways = [bracketed, marked, labelled_end, with_agency, by_start, by_courtesy];
    labelled_start(text).or_else(|| ways.into_iter().find_map(|way| way(text)).filter(|_| !forbids(text)))
}

/// Whether a line forbids uses: then it is a notice about the page, be it opened by a sign and a name.
fn forbids(text: &str) -> bool {
    use Concept::{ReservationProhibited, ReservationRedistributeProhibited, ReservationWithoutConsent};
    let hits = Lexicon::builtin().scan(&Folded::new(text).text);
    let ban = |h: &Hit| matches!(h.concept, ReservationProhibited | ReservationRedistributeProhibited | ReservationWithoutConsent);
    hits.iter().any(|h| ban(h) && !h.weak)
}

/// "Photo: J. Doe", "Images source: …": a label opens the line.
fn labelled_start(text: &str) -> Option<usize> {
    let (_, folded, label) = opening_label(text)?;
    let rest = folded.text[label.range.end..].trim_start();
    let labels = rest.starts_with([':', '：', '/', '|', '©']) || (rest.starts_with("- ") && words(rest) <= 8);
    labels.then_some(0)
}

/// "Photo by J. Doe": the label speaks of the names that follow it, and of nothing else.
fn by_start(text: &str) -> Option<usize> {
    let (opener, folded, label) = opening_label(text)?;
    let rest = &text[opener + folded.original(label.range).end..];
    (label.concept == Concept::AttributionPhotoBy && is_named(rest) && words(rest) <= 8).then_some(0)
}

/// The longest label of a picture that opens `text`, brackets and dashes aside, with the folded rest and where that starts.
fn opening_label(text: &str) -> Option<(usize, Folded, Hit)> {
    let opener = text.len() - text.trim_start_matches(['(', '[', ' ', '|', '–', '—', '-', '*']).len();
    let folded = Folded::new(&text[opener..]);
    let label = labels(&folded.text).into_iter().filter(|h| h.range.start == 0).max_by_key(|h| h.range.end)?;
    Some((opener, folded, label))
}

/// "A pier (Photo: J. Doe)", "A pier (J. Doe/Wire-A)": the last bracket names who made it.
fn bracketed(text: &str) -> Option<usize> {
    let end = text.trim_end().trim_end_matches('.');
    let inner_end = end.strip_suffix([')', ']'])?.len();
    let open = text[..inner_end].rfind(['(', '['])?;
    let inner = &text[open + 1..inner_end];
    if inner.len() > CREDIT_WINDOW {
        return None;
    }
    let both_named = inner.split_once('/').is_some_and(|(a, b)| is_named(a) && is_named(b));
    let supplier = || Agencies::builtin().whole(inner).is_some_and(|found| !found.weak && supplies_pictures(found.index));
    (labelled_start(inner).is_some() || by_start(inner).is_some() || inner.starts_with('©') || both_named || supplier()).then_some(open)
}

/// Whether an agency deals in pictures alone: one of wire texts in brackets may credit the text before it.
fn supplies_pictures(index: usize) -> bool {
    let agency = &Agencies::builtin().list()[index];
    !agency.is("wire") && ["photo", "stock", "commons", "archive"].into_iter().any(|kind| agency.is(kind))
}

/// Whether a line is a name in brackets and nothing else: "(Wire-A)".
pub(in crate::document) fn is_bracketed_name(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|t| t.trim_end().strip_suffix(')'));
    inner.is_some_and(|inner| inner.len() <= 60 && !inner.contains(['(', '.']) && is_named(inner))
}

fn is_named(part: &str) -> bool {
    let part = part.trim();
    (1..=6).contains(&words(part)) && part.starts_with(char::is_uppercase) || Agencies::builtin().whole(part).is_some()
}

/// "A pier © J. Doe": a mark without a year. With one it is the copyright line of the text.
fn marked(text: &str) -> Option<usize> {
    let at = text.find('©').or_else(|| text.find("(c) ")).or_else(|| text.find("(C) "))?;
    let named = text[at..].trim_start_matches(['©', '(', 'c', 'C', ')', ' ', '\u{a0}', ':']);
    let year = named.get(..4).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()));
    (!year && named.contains(char::is_alphabetic) && named.len() <= CREDIT_WINDOW && !is_address(named)).then_some(at)
}

/// A bare host name: the site's own line, not a photographer.
fn is_address(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    !text.contains(char::is_whitespace)
        && text.rsplit_once('.').is_some_and(|(_, end)| end.len() >= 2 && end.chars().all(char::is_lowercase))
}

/// "A pier at dusk. Photo: J. Doe", "A pier at dusk — Picture by J. Doe": a label near the end.
fn labelled_end(text: &str) -> Option<usize> {
    let mut start = text.len().saturating_sub(CREDIT_WINDOW);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let tail = &text[start..];
    let folded = Folded::new(tail);
    let labels = labels(&folded.text).into_iter().filter(|h| {
        let (before, after) = (folded.text[..h.range.start].trim_end(), folded.text[h.range.end..].trim_start());
        let parted = before.ends_with(['.', '-', '/', '|', '(', ')', '"']);
        after.starts_with([':', '：']) || (h.concept == Concept::AttributionPhotoBy && parted && words(after) <= 8)
    });
    let label = labels.min_by_key(|h| h.range.start)?;
    Some(start + folded.original(label.range).start)
}

/// "A pier at dusk. Courtesy of the Harbour Museum": thanks that open the last sentence.
fn by_courtesy(text: &str) -> Option<usize> {
    let folded = Folded::new(text);
    let hits = Lexicon::builtin().scan_credit(&folded.text).into_iter();
    let thanks = hits.filter(|h| h.concept == Concept::AttributionCourtesy).filter(|h| {
        let (before, after) = (folded.text[..h.range.start].trim_end(), folded.text[h.range.end..].trim());
        before.ends_with('.') && (1..=9).contains(&words(after)) && !after.trim_end_matches('.').contains(['.', '!', '?'])
    });
    let start = thanks.map(|h| folded.original(h.range).start).min()?;
    text[start..].starts_with(char::is_uppercase).then_some(start)
}

/// "A pier Jane Doe/Wire-A", "A pier. WIRE-A/ J. Doe": an agency and a name with a stroke between end the line.
fn with_agency(text: &str) -> Option<usize> {
    let stroke = text.rfind('/')?;
    let (before, after) = (&text[..stroke], &text[stroke + 1..]);
    if is_agency_copyright(after) {
        return Some(name_before(text, stroke));
    }
    if words(after) > 5 || weight(text) < 20 {
        return None;
    }
    let agencies = Agencies::builtin();
    if !ends_sentence(text) && agencies.at_end(after).is_some_and(|found| found.range.start <= 4) {
        return Some(name_before(text, stroke));
    }
    let found = agencies.at_end(before).filter(|found| !found.weak && found.range.end + 1 >= before.len())?;
    is_named(after).then_some(found.range.start)
}

/// "Copyright 2026 Wire-A. All rights reserved": how agencies sign behind the photographer's name.
fn is_agency_copyright(text: &str) -> bool {
    let named = ["Copyright", "copyright", "©", "(c)"].into_iter().find_map(|sign| text.trim_start().strip_prefix(sign));
    let named = named.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()));
    let named = named.map(|rest| rest.strip_prefix("The ").unwrap_or(rest));
    named.is_some_and(|rest| words(rest) <= 8 && Agencies::builtin().at_start(rest).is_some())
}

/// Where the capitalised words directly before byte `at` start.
fn name_before(text: &str, at: usize) -> usize {
    let mut start = at;
    for word in text[..at].rsplit(' ').take(4) {
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        start = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    start
}

/// Labels of pictures in folded text.
fn labels(folded: &str) -> Vec<Hit> {
    use Concept::*;
    let lexicon = Lexicon::builtin();
    let wanted = |h: &Hit| {
        matches!(
            h.concept,
            AttributionPhotoLabel | AttributionImageSourceLabel | AttributionPhotoBy | AttributionIllustrationLabel | AttributionArchive
        )
    };
    lexicon.scan_short(folded).into_iter().chain(lexicon.scan(folded)).filter(wanted).collect()
}

/// Whether a line says when: short, with a day or a year in digits.
pub(in crate::document) fn is_date(text: &str) -> bool {
    if text.len() > 160 || words(text) > 16 || text.starts_with('©') {
        return false;
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    let year = |n: &&str| n.len() == 4 && ("1900".."2100").contains(n);
    let small = |n: &&str| n.len() <= 2 && n.parse::<u8>().is_ok_and(|d| (1..=31).contains(&d));
    let compact = text.split_whitespace().any(is_numeric_date);
    compact || (numbers.iter().any(year) && numbers.iter().any(small) && words(text) <= 12)
}

/// `14.11.24`, `2024-11-14`, `14/11/2024`.
fn is_numeric_date(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let parts: Vec<&str> = word.split(['.', '/', '-', 'T']).collect();
    parts.len() >= 3 && parts[..3].iter().all(|p| matches!(p.len(), 1..=4) && p.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a line names its author with a label: "By Ann Example".
pub(in crate::document) fn is_byline(text: &str) -> bool {
    if text.len() > 200 || words(text) > 16 || ends_sentence(text) && words(text) > 6 {
        return false;
    }
    let folded = Folded::new(text);
    let hits = Lexicon::builtin().scan_short(&folded.text);
    let label = hits
        .iter()
        .filter(|h| h.range.start == 0 && matches!(h.concept, Concept::AttributionByline | Concept::AttributionAuthorLabel))
        .max_by_key(|h| h.range.end);
    label.is_some_and(|label| {
        let rest = text[folded.original(label.range.clone()).end..].trim_start_matches([':', ' ', '\u{a0}', '：', '・', '／']);
        !rest.contains([':', '?', '!']) && rest.starts_with(|c: char| c.is_uppercase() || is_unspaced_script(c))
    })
}

/// Whether a line could be a name and nothing else: two to five words with capitals.
pub(in crate::document) fn is_name(text: &str) -> bool {
    let count = text.split_whitespace().count();
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase()) || (w.len() <= 3 && w.chars().all(char::is_alphabetic));
    (2..=5).contains(&count)
        && weight(text) <= 50
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '!' | '?' | '"' | '|' | '©' | '(' | ';'))
        && text.split_whitespace().all(capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_is_found_where_it_starts() {
        for (before, credit) in [
            ("", "Photo: © Wire-A | J. Doe"),
            ("", "Images source: © Press Office | Lena Maris"),
            ("", "Foto: Getty Images"),
            ("", "Photo by Lea Specimen via Wire-B"),
            ("The harbour at dusk ", "(Photo: Lea Specimen)"),
            ("The harbour at dusk. ", "(Lea Specimen/Wire-A)"),
            ("Der Hafen am Abend. ", "© Lea Specimen/Wire-A"),
            ("Der Hafen am Abend. ", "Foto: Lea Specimen"),
            ("The harbour at dusk ", "Lea Specimen/Reuters"),
            ("Foto de familia en el puerto ", "EFE/ J.J. Specimen"),
            ("The harbour at dusk ", "(Unsplash)"),
            ("The harbour at dusk. ", "Courtesy of the Harbour Museum"),
            ("El puerto al anochecer, en 2025.", "Cedida por la 'Plataforma del Puerto'"),
            ("The harbour at dusk — ", "Picture by Lea Specimen"),
            ("The harbour at dusk ", "Lea Specimen II/Copyright 2026 The AP. All rights reserved."),
        ] {
            assert_eq!(credit_start(&format!("{before}{credit}")), Some(before.len()), "{before}{credit}");
        }
    }

    #[test]
    fn other_lines_are_no_credit() {
        for text in [
            "© 2026 Nova Media",
            "© novamedia.example",
            "Photos of the week",
            "The picture is clear (and dark).",
            "Read/write access costs more",
            "See also",
            "The museum closed early. Courtesy of the mayor it opened again, and on Sunday the boats came back. Nobody was hurt.",
            "Photography by the sea is a long walk with a heavy bag and no lunch at all, he says.",
        ] {
            assert_eq!(credit_start(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_told_by_their_digits() {
        for text in ["12:59 PM EST, November 14, 2024", "14.11.2024", "3. März 2026, 9 Uhr", "2024-11-14T12:59", "2026年3月3日"] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "20 percent",
            "0 / 0",
            "© 2026 Nova Media",
            "In 2024 the council spent more than in any other year since the war on its 3 schools, the report says",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn bylines_are_told_by_their_label() {
        for text in ["By Ann Example", "Von Ann Example und Bo Sample", "BY ANN EXAMPLE", "Par Ann Example"] {
            assert!(is_byline(text), "{text}");
        }
        for text in ["By the sea", "Von der Küste", "Bypass planned", "Von Aachen bis Bonn: Wege am Wasser"] {
            assert!(!is_byline(text), "{text}");
        }
        assert!(is_name("Sara de la Example") && !is_name("See also") && !is_name("Harbour at dusk and the ferry"));
    }
}
