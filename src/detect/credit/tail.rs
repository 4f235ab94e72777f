//! Credits at the end of a caption that nothing announces: `… in Example City. Wire-A`, `… at dusk Ann Example/Wire-A`.

use crate::detect::credit::body;
use crate::detect::credit::body::Body;
use crate::detect::credit::body::Kind;
use crate::detect::credit::body::Known;
use crate::detect::credit::name;
use crate::detect::credit::name::Shape;
use crate::detect::credit::piece::Piece;
use crate::detect::credit::piece::trimmed;
use std::ops::Range;

/// A closing credit has at most so many words.
const MOST_WORDS: usize = 9;

/// What the last words of `all` credit: those after the last sentence, or a name and an agency with a slash between.
pub(super) fn read(piece: &Piece<'_>, all: &Range<usize>, known: Known<'_>) -> Option<Body> {
    after_sentence(piece, all, known).or_else(|| slashed(piece, all, known))
}

fn after_sentence(piece: &Piece<'_>, all: &Range<usize>, known: Known<'_>) -> Option<Body> {
    let from = last_end(piece, all)?;
    let range = trimmed(piece.text, from..all.end, &['-', '–', '—', '|']);
    let words = piece.text[range.clone()].split_whitespace().count();
    if words == 0 || words > MOST_WORDS {
        return None;
    }
    let body = body::read(piece, range, known);
    let clean = !body.cut && !body.has(&[Kind::Prose, Kind::Loose]);
    let exact = |p: &body::Part| matches!(p.kind, Kind::Agency | Kind::Stock) && is_written_as_name(&piece.text[p.range.clone()], known);
    (clean && body.parts.iter().any(exact)).then_some(body)
}

/// Where the last sentence or clause of `all` ends, with something behind it.
fn last_end(piece: &Piece<'_>, all: &Range<usize>) -> Option<usize> {
    let text = &piece.text[all.clone()];
    let length = text.trim_end().len();
    text.char_indices().rev().filter(|&(i, _)| i > 0 && i + 1 < length).find_map(|(i, c)| {
        let after = all.start + i + c.len_utf8();
        let ends = match c {
            '.' => body::ends_sentence(piece, all.start + i, all.end),
            '!' | '?' | '。' | '…' | '”' | '»' | '"' | '」' | '\n' | '|' => true,
            '–' | '—' | '-' => text[..i].ends_with(' ') && piece.text[after..all.end].starts_with(' '),
            _ => false,
        };
        ends.then_some(after)
    })
}

/// `… at dusk Ann Example/Wire-A`, `… at dusk Wire-A/Ann Example`: nothing ends before it, so that the name's words have to.
fn slashed(piece: &Piece<'_>, all: &Range<usize>, known: Known<'_>) -> Option<Body> {
    let text = &piece.text[all.clone()];
    let slash = text.rfind('/')?;
    let right = text[slash + 1..].trim().trim_end_matches('.');
    let right = right.strip_prefix("via ").unwrap_or(right);
    let left = text[..slash].trim_end();
    let agency_right = known.agencies.whole(right).is_some() && is_written_as_name(right, known);
    let start = if agency_right {
        name_start(left)?
    } else {
        let agency = known.agencies.at_end(left)?;
        let person = name::shape(right) == Shape::Person;
        (person && is_written_as_name(&left[agency.range.clone()], known)).then_some(agency.range.start)?
    };
    let body = body::read(piece, all.start + start..all.end, known);
    (!body.cut && body.is_known() && body.has(&[Kind::Person]) && !body.has(&[Kind::Prose, Kind::Loose])).then_some(body)
}

/// Where the name that ends `text` starts: at most its last three words, all written alike, without a stop between.
pub(super) fn name_start(text: &str) -> Option<usize> {
    // "Frank Sample II": the number belongs to the name.
    let suffix = [" II", " III", " IV", " Jr.", " Jr", " Sr."].iter().find_map(|s| text.strip_suffix(s));
    let text = suffix.unwrap_or(text);
    let mut start = text.len();
    let mut names = 0;
    let mut capitals = None;
    for word in text.rsplit(' ').take(4) {
        let glued = word.rfind(['.', ')', ',', ':', ';', '"', '”']).filter(|_| !is_initial(word)).map_or(0, |i| i + 1);
        let name = word[glued..].trim_start_matches(['”', '"']);
        let all_capitals = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && !is_initial(name);
        let alike = is_initial(name) || capitals.is_none_or(|c| c == all_capitals);
        if !name.chars().next().is_some_and(char::is_uppercase)
            || !alike
            || (names >= 2 && !is_initial(name) && glued == 0 && names_middle(text, start))
        {
            break;
        }
        start = (word.as_ptr() as usize - text.as_ptr() as usize) + word.len() - name.len();
        names += 1;
        if !is_initial(name) {
            capitals = Some(all_capitals);
        }
        if glued > 0 || names == 3 {
            break;
        }
    }
    (names >= 2).then_some(start)
}

/// Whether the name from `start` on is complete with two words: a third that stands before belongs to the sentence.
fn names_middle(text: &str, start: usize) -> bool {
    !text[start..].split(' ').next().is_some_and(is_initial)
}

fn is_initial(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() <= 2
        && (word.contains('.') || word.chars().count() == 1)
        && word.starts_with(char::is_uppercase)
}

/// A weak spelling counts without announcement only in capitals: "AP", not "Ap".
fn is_written_as_name(text: &str, known: Known<'_>) -> bool {
    let weak = known.agencies.whole(text).is_some_and(|n| n.weak);
    !weak || (text.chars().count() >= 2 && text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::registry::agencies::Agencies;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let piece = Piece::new(text, Lexicon::builtin());
        let known = Known { agencies: Agencies::builtin(), own: &[] };
        let body = read(&piece, &(0..text.len()), known);
        assert_eq!(body.map(|b| &text[b.range]), expected, "{text}");
    }

    #[test]
    fn an_agency_after_the_last_sentence_is_the_credit() {
        check("The harbour in Example City. AP", Some("AP"));
        check("The harbour in Example City – Ann Example/Reuters", Some("Ann Example/Reuters"));
        check("The harbour in Example City. Boats", None);
        check("It was said in an ap", None);
    }

    #[test]
    fn a_name_and_an_agency_with_a_slash_close_a_caption_without_a_stop() {
        check("Boats of the UK Ann Example/AP", Some("Ann Example/AP"));
        check("The Example Boat Week Ann Example/Getty Images", Some("Ann Example/Getty Images"));
        check("Boats in the show Ann J Example/Reuters", Some("Ann J Example/Reuters"));
        check("Boats at dusk (Example City).Ann Example / Europa Press", Some("Ann Example / Europa Press"));
        check("The second meeting in Madrid EFE/ A.B. Ejemplo", Some("EFE/ A.B. Ejemplo"));
        check("the left/right of it", None);
    }
}
