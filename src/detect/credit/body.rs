//! What a credit says once its label is gone: its parts, and which of them is an agency, a person, a word that names nobody.

use crate::detect::credit::name;
use crate::detect::credit::name::Shape;
use crate::detect::credit::piece::Piece;
use crate::detect::credit::piece::trimmed;
use crate::detect::person::letters_of;
use crate::lexicon::concept::Concept;
use crate::registry::agencies::Agencies;
use crate::text::fold;
use crate::text::is_unspaced_script;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Concepts that label a credit.
pub const LABELS: &[Concept] = &[
    Concept::AttributionPhotoLabel,
    Concept::AttributionImageSourceLabel,
    Concept::AttributionIllustrationLabel,
    Concept::AttributionSourceLabel,
    Concept::AttributionArchive,
];

/// Concepts whose phrases, standing alone, say how a picture came but not from whom.
const STATUS: &[Concept] = &[Concept::CreditNobody, Concept::AttributionArchive, Concept::AttributionCourtesy];

/// Concepts whose phrases, standing alone, say nothing about origin.
const EMPTY: &[Concept] = &[
    Concept::AttributionPhotoLabel,
    Concept::AttributionIllustrationLabel,
    Concept::AttributionSourceLabel,
    Concept::AttributionImageSourceLabel,
    Concept::CreditPosition,
    Concept::CreditProfession,
    Concept::CreditControl,
    Concept::CopyrightAllRightsReserved,
    Concept::CopyrightWord,
];

/// Concepts of which organisations make their names.
pub const ORGANISATION: &[Concept] = &[Concept::CreditOrganisation, Concept::AttributionOutletWord];

const AI: &[Concept] = &[Concept::DisclosureAiImage, Concept::DisclosureAiGenerated];

/// Signs that surround parts without belonging to them.
const SURROUND: &[char] = &[
    ',', ':', '：', ';', '-', '–', '—', '"', '\u{201c}', '\u{201d}', '\u{201e}', '«', '»', '*', '•', '·', '|', '/', '=', '＝', '／', '。',
    '、', '「', '」', '‘', '>', '<', '_', '!',
];

/// Licences that end a credit, as patterns. Each starts with two letters of its own: see [`may_license`].
const LICENCES: &[&str] = &[
    r"CC[ -]?(?:BY|0|Zero|SA|NC)(?:[- ]?(?:SA|NC|ND|[1-4]\.[05]))*(?:\s*\w{2}\b)?",
    r"Creative[ -]Commons\b.*",
    "GFDL",
    "GPL(?: FDL)?",
    r"Public[ -]Domain",
    "gemeinfrei",
];

static LICENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)(?:^|[\s,(])(?:{})\s*$", LICENCES.join("|"))).expect("fixed patterns"));

/// Which kind of party a part names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In the registry, or the document's own publisher.
    Agency,
    /// A picture library anybody may supply: what stands beside it is a contributor's name.
    Stock,
    /// Names itself a ministry, a studio, a museum.
    Organisation,
    /// Has the shape of a personal name.
    Person,
    /// An account or a single small word.
    Account,
    /// Capitalised, but neither known nor of a person's shape.
    Title,
    /// Says how the picture came, but not from whom.
    Status,
    /// Nothing to report: labels, licences, numbers.
    Nothing,
    /// A few words in small letters.
    Loose,
    /// Words of a sentence.
    Prose,
}

/// A part with its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Bytes of the piece, without what surrounds the name.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// The reading of a credit's body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// The bytes they cover.
    pub range: Range<usize>,
    /// Whether words of a sentence cut it short.
    pub cut: bool,
}

impl Body {
    /// Whether a part is of one of `kinds`.
    pub fn has(&self, kinds: &[Kind]) -> bool {
        self.parts.iter().any(|p| kinds.contains(&p.kind))
    }

    /// Whether every part that says anything is of one of `kinds`.
    pub fn only(&self, kinds: &[Kind]) -> bool {
        self.parts.iter().all(|p| kinds.contains(&p.kind) || p.kind == Kind::Nothing)
    }

    /// Whether it names a party or at least says how the picture came.
    pub fn says_something(&self) -> bool {
        self.parts.iter().any(|p| !matches!(p.kind, Kind::Nothing | Kind::Prose))
    }

    /// Whether somebody known is named: an agency of the registry, the publisher.
    pub fn is_known(&self) -> bool {
        self.has(&[Kind::Agency, Kind::Stock])
    }

    /// Whether a person or an organisation is named, known or by the look of it.
    pub fn is_named(&self) -> bool {
        self.has(&[Kind::Agency, Kind::Stock, Kind::Organisation, Kind::Person])
    }
}

/// What is known beside the text.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Agencies by name.
    pub agencies: &'a Agencies,
    /// Names of the document's own site and publisher, folded to letters and digits.
    pub own: &'a [String],
}

/// Reads bytes `range` of `piece` as the body of a credit.
pub fn read(piece: &Piece<'_>, range: Range<usize>, known: Known<'_>) -> Body {
    let mut body = Body::default();
    for part in split(piece, range.clone(), known) {
        for part in classify(piece, part, known) {
            if part.kind == Kind::Prose && body.says_something() {
                body.cut = true;
                break;
            }
            body.parts.push(part);
        }
        if body.cut || body.parts.len() > 12 {
            break;
        }
    }
    drop_description(piece, &mut body);
    let said: Vec<_> = body.parts.iter().filter(|p| !p.range.is_empty()).collect();
    if let (Some(first), Some(last)) = (said.first(), said.last()) {
        body.range = first.range.start..closed(piece.text, first.range.start, last.range.end, range.end);
    }
    contributors(piece, &mut body);
    body
}

/// "Symbolic picture: what it shows | Ann Example": a sentence before the parties describes the picture.
fn drop_description(piece: &Piece<'_>, body: &mut Body) {
    let long = |p: &Part| p.kind == Kind::Prose && piece.text[p.range.clone()].split_whitespace().count() > 10;
    if body.is_named() {
        let described = body.parts.iter().take_while(|p| long(p)).count();
        body.parts.drain(..described);
    }
}

/// Beside a picture library, an account or a single word is the name of a contributor.
fn contributors(piece: &Piece<'_>, body: &mut Body) {
    if !body.has(&[Kind::Stock]) {
        return;
    }
    for part in &mut body.parts {
        let one_word = !piece.text[part.range.clone()].contains([' ', '.']);
        if one_word && matches!(part.kind, Kind::Account | Kind::Title) {
            part.kind = Kind::Person;
        }
    }
}

/// Takes the bracket that closes after the last part, if it was opened inside.
fn closed(text: &str, start: usize, end: usize, limit: usize) -> usize {
    let open = text[start..end].chars().rev().find(|c| matches!(c, '(' | ')' | '[' | ']' | '（' | '）'));
    match (open, text[end..limit].chars().next()) {
        (Some('(' | '[' | '（'), Some(c @ (')' | ']' | '）'))) => end + c.len_utf8(),
        _ => end,
    }
}

/// Cuts `range` at the signs and words that separate parties, one part after the other: mostly the first few tell.
fn split<'p>(piece: &'p Piece<'_>, range: Range<usize>, known: Known<'p>) -> impl Iterator<Item = Range<usize>> + 'p {
    let mut rest = Some(range);
    let next = move || {
        let Range { start, end } = rest.take()?;
        let mut at = start;
        while at < end {
            let cut = if is_in_address(piece.text, at) { None } else { separator(piece, start, at..end, known) };
            if let Some(cut) = cut {
                rest = Some(cut..end);
                break;
            }
            at += piece.text[at..].chars().next().map_or(1, char::len_utf8);
        }
        Some(start..at)
    };
    std::iter::from_fn(next).filter(|part| !piece.text[part.clone()].trim().is_empty())
}

/// Whether the slash or dot at `at` stands inside a web address.
fn is_in_address(text: &str, at: usize) -> bool {
    text[at..].starts_with('/') && {
        let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or("");
        word.contains("://") || word.starts_with("www.") || word.ends_with(':')
    }
}

/// Where the next part starts if a separator stands at `range.start`; `start` is where this part started.
fn separator(piece: &Piece<'_>, start: usize, range: Range<usize>, known: Known<'_>) -> Option<usize> {
    let text = piece.text;
    let (at, rest) = (range.start, &text[range.clone()]);
    let c = rest.chars().next()?;
    match c {
        '/' | '|' | '·' | '•' | ';' | '、' | '＝' | '=' | '／' | '｜' | '，' | '\n' | '(' | ')' | '[' | ']' | '（' | '）' | '【' | '】'
        | '›' | '；' => Some(at + c.len_utf8()),
        ',' => (!is_suffix_of_a_name(&rest[1..])).then_some(at + 1),
        '©' | 'ⓒ' if at > start => Some(at),
        '.' => ends_sentence(piece, at, range.end).then_some(at + 1),
        ' ' => spaced_separator(piece, start, range, known),
        c if at > start && is_unspaced_script(c) => {
            let profession = piece.longest_at(at, range.end, &[Concept::CreditProfession]).filter(|p| p.range.end < range.end);
            profession.filter(|p| p.range.len() > c.len_utf8()).map(|p| p.range.end)
        }
        '–' | '—' if at > start && rest[c.len_utf8()..].starts_with(' ') => Some(at + c.len_utf8()),
        _ => None,
    }
}

fn is_suffix_of_a_name(after_comma: &str) -> bool {
    let word = after_comma.trim_start().split([' ', ',', '/', ')']).next().unwrap_or("").trim_end_matches('.');
    matches!(word, "Inc" | "Ltd" | "LLC" | "Jr" | "Sr" | "II" | "III" | "IV" | "Corp" | "S.A" | "GmbH" | "PhD" | "Ph.D" | "Co")
}

/// Whether the full stop at `at` ends a sentence, rather than an initial or an abbreviation.
pub fn ends_sentence(piece: &Piece<'_>, at: usize, end: usize) -> bool {
    let text = piece.text;
    let after = &text[at + 1..end.max(at + 1)];
    let word = text[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or("");
    let next = after.trim_start().chars().next();
    let starts_new =
        next.is_none_or(|n| n.is_uppercase() || n.is_numeric() || "\"“„«(©[".contains(n) || (n.is_alphabetic() && !n.is_lowercase()));
    let abbreviation =
        matches!(word.to_lowercase().as_str(), "prof" | "inc" | "ltd" | "corp" | "bros" | "univ" | "dipl" | "co" | "st" | "mrs");
    let spaced = after.is_empty() || after.starts_with(char::is_whitespace);
    let phrase = piece.longest_until(at.saturating_sub(24), at + 1, LABELS).is_some()
        && text[..at].len() - at.saturating_sub(24) > 0
        && !after.is_empty();
    spaced && starts_new && word.chars().count() >= 3 && !word.contains('.') && !abbreviation && !phrase
}

fn spaced_separator(piece: &Piece<'_>, start: usize, range: Range<usize>, known: Known<'_>) -> Option<usize> {
    let text = piece.text;
    let (at, rest) = (range.start, &text[range.clone()]);
    for dash in [" - ", " – ", " — ", " + ", " \\ ", " I "] {
        if rest.starts_with(dash) {
            return Some(at + dash.len());
        }
    }
    for word in [" via ", " VIA ", " Via "] {
        if rest.starts_with(word) {
            return Some(at + word.len());
        }
    }
    let before = trimmed(text, start..at, SURROUND);
    let after = &rest[1..];
    let joint = piece.longest_at(at + 1, range.end, &[Concept::AttributionAnd]).map(|p| p.range.end);
    let joint = joint.or_else(|| after.starts_with("& ").then_some(at + 2));
    let joint = joint.or_else(|| ["for ", "para ", "pour ", "für ", "voor "].iter().find(|w| after.starts_with(**w)).map(|w| at + w.len()));
    let next = joint?;
    let right = text[next..range.end].trim_start();
    let named = |t: &str| known.agencies.whole(t).is_some() || name::shape(t) == Shape::Person;
    let capital = right.chars().next().is_some_and(|c| !c.is_lowercase());
    (text[next..range.end].starts_with(' ') && capital && named(&text[before])).then_some(next)
}

/// The parts that `range` holds: mostly one; an agency and a person where no separator stands between them.
fn classify(piece: &Piece<'_>, range: Range<usize>, known: Known<'_>) -> Vec<Part> {
    let plain = trimmed(piece.text, range.clone(), SURROUND);
    if piece.is(&plain, STATUS) {
        return vec![Part { range: plain, kind: Kind::Status }];
    }
    let (range, licensed) = bare(piece, range);
    let text = &piece.text[range.clone()];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 || (letters == 1 && known.agencies.whole(text).is_none() && !text.chars().any(is_unspaced_script)) {
        return vec![Part { range: range.start..range.start, kind: Kind::Nothing }];
    }
    if let Some(kind) = phrase_kind(piece, &range) {
        return vec![Part { range, kind }];
    }
    if let Some(kind) = known_kind(text, known) {
        return vec![Part { range, kind }];
    }
    let shape = name::shape(text);
    if let Some(parts) = joined(piece, &range, known, shape) {
        return parts;
    }
    let kind = if licensed && text.is_empty() { Kind::Nothing } else { unknown_kind(piece, &range, shape) };
    vec![Part { range, kind }]
}

fn phrase_kind(piece: &Piece<'_>, range: &Range<usize>) -> Option<Kind> {
    if piece.is(range, STATUS) || piece.is(range, AI) {
        return Some(Kind::Status);
    }
    if piece.is(range, EMPTY) {
        return Some(Kind::Nothing);
    }
    piece.holds(range, AI).then_some(Kind::Status)
}

fn known_kind(text: &str, known: Known<'_>) -> Option<Kind> {
    if let Some(named) = known.agencies.whole(text) {
        let agency = &known.agencies.list()[named.index];
        return Some(if agency.is("stock") || agency.is("commons") { Kind::Stock } else { Kind::Agency });
    }
    known.own.contains(&letters_of(&fold(text))).then_some(Kind::Agency)
}

/// `Ann Example Getty Images`, `BELGA PHOTO ANN EXAMPLE`, `Ann Example on Unsplash`.
fn joined(piece: &Piece<'_>, range: &Range<usize>, known: Known<'_>, shape: Shape) -> Option<Vec<Part>> {
    let text = &piece.text[range.clone()];
    if text.split_whitespace().nth(1).is_none() || shape == Shape::Words && text.split_whitespace().count() > 8 {
        return None;
    }
    let (agency, rest) = match (known.agencies.at_end(text), known.agencies.at_start(text)) {
        (Some(end), _) if !end.weak && end.range.start > 0 => (end.range.clone(), 0..end.range.start),
        (_, Some(start)) if !start.weak && start.range.end < text.len() => (start.range.clone(), start.range.end..text.len()),
        _ => return None,
    };
    let rest = trimmed(text, rest, SURROUND);
    let mut words = text[rest.clone()].trim_end();
    // "on", "from", "von": a short word between the name and the library.
    if let Some((before, last)) = words.rsplit_once(' ')
        && last.chars().count() <= 4
        && last.chars().all(char::is_lowercase)
    {
        words = before;
    }
    // "Nova Graphics OSM Datawrapper": a desk with its tools is no person with an agency.
    let with_tools = known.agencies.at_end(words).is_some_and(|tool| !tool.weak && tool.range.start > 0);
    let kind = match name::shape(words) {
        Shape::Person if !with_tools => Kind::Person,
        Shape::Account => Kind::Account,
        _ => return None,
    };
    let shift = |r: Range<usize>| range.start + r.start..range.start + r.end;
    let person = Part { range: shift(rest.start..rest.start + words.len()), kind };
    let agency_kind = known_kind(&text[agency.clone()], known).unwrap_or(Kind::Agency);
    let agency = Part { range: shift(agency), kind: agency_kind };
    Some(if person.range.start < agency.range.start { vec![person, agency] } else { vec![agency, person] })
}

fn unknown_kind(piece: &Piece<'_>, range: &Range<usize>, shape: Shape) -> Kind {
    let text = &piece.text[range.clone()];
    let organisation = piece.holds(range, ORGANISATION) || is_domain(text);
    let words = text.split_whitespace().count();
    if text.chars().any(is_unspaced_script) && ends_as_organisation(piece, range) {
        return Kind::Organisation;
    }
    match shape {
        Shape::Person if organisation => Kind::Organisation,
        Shape::Person => Kind::Person,
        Shape::Title if words > 10 => Kind::Prose,
        Shape::Title | Shape::Account if organisation => Kind::Organisation,
        Shape::Title if is_initials(text) => Kind::Person,
        Shape::Title => Kind::Title,
        Shape::Account => Kind::Account,
        Shape::Words => loose(text, organisation),
    }
}

/// `E.B.`, `K. B.`: initials with full stops.
fn is_initials(text: &str) -> bool {
    text.contains('.')
        && text.chars().all(|c| c.is_uppercase() || matches!(c, '.' | ' ' | '-'))
        && text.chars().filter(|c| c.is_uppercase()).count() <= 4
}

/// In scripts without blanks an organisation is told by how its name ends.
fn ends_as_organisation(piece: &Piece<'_>, range: &Range<usize>) -> bool {
    piece.text[range.clone()].chars().count() >= 3 && piece.longest_until(range.start, range.end, &[Concept::CreditOrganisation]).is_some()
}

fn is_domain(text: &str) -> bool {
    let mut labels = text.rsplit('.');
    let top = labels.next().unwrap_or("");
    let rest = labels.next().unwrap_or("");
    !text.contains(' ') && !rest.is_empty() && (2..=6).contains(&top.len()) && top.chars().all(|c| c.is_ascii_lowercase())
}

/// Small words: a few may be an organisation or a remark, many are a sentence.
fn loose(text: &str, organisation: bool) -> Kind {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = words.iter().filter(|w| w.chars().next().is_some_and(char::is_lowercase) && w.chars().count() > 2).count();
    let sentence = text.ends_with(['.', '!', '?']) && words.len() >= 4;
    let most = if organisation { 7 } else { 2 };
    if sentence || small > most || words.len() > 12 || (small == 0 && words.len() > 6) { Kind::Prose } else { Kind::Loose }
}

/// `range` without labels, signs, prepositions and numbers at its start, without professions, years, licences at its end;
/// and whether a licence stood there.
fn bare(piece: &Piece<'_>, range: Range<usize>) -> (Range<usize>, bool) {
    let text = piece.text;
    let mut range = trimmed(text, range, SURROUND);
    let mut licensed = false;
    for _ in 0..6 {
        let before = range.clone();
        range = trimmed(text, start_stripped(piece, range), SURROUND);
        range = trimmed(text, end_stripped(piece, range), SURROUND);
        if let Some(found) = may_license(&text[range.clone()]).then(|| LICENCE.find(&text[range.clone()])).flatten() {
            licensed = true;
            range.end = range.start + found.start();
            range = trimmed(text, range, SURROUND);
        }
        if range == before {
            break;
        }
    }
    (range, licensed)
}

fn start_stripped(piece: &Piece<'_>, range: Range<usize>) -> Range<usize> {
    let text = &piece.text[range.clone()];
    if let Some(phrase) = piece.longest_at(range.start, range.end, &[Concept::CopyrightAllRightsReserved, Concept::CreditControl])
        && phrase.range.end < range.end
        && (phrase.concept == Concept::CopyrightAllRightsReserved || phrase.range.len() > 12)
    {
        return phrase.range.end..range.end;
    }
    for sign in ["©", "ⓒ", "℗", "(c)", "(C)", "（Ｃ）", "®", "&copy;"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return range.end - rest.len()..range.end;
        }
    }
    if let Some(label) = piece.longest_at(range.start, range.end, LABELS)
        && text[label.range.len()..].trim_start().starts_with([':', '：', '=', '＝', '©', '/'])
    {
        return label.range.end..range.end;
    }
    let leading = [
        Concept::AttributionPhotoBy,
        Concept::AttributionCourtesy,
        Concept::AttributionByline,
        Concept::CopyrightWord,
        Concept::CreditProfession,
    ];
    if let Some(phrase) = piece.longest_at(range.start, range.end, &leading)
        && phrase.range.end < range.end
        && starts_name(&piece.text[phrase.range.end..range.end])
    {
        return phrase.range.end..range.end;
    }
    for (word, capital) in FROM {
        if opens_with(text, word, *capital) && starts_name(&text[word.len() - 1..]) {
            return range.start + word.len()..range.end;
        }
    }
    let year = text.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
    if year.len() == 4 && (year.starts_with("19") || year.starts_with("20")) && text.len() > 4 {
        return range.start + 4..range.end;
    }
    range
}

/// Words that stand before whoever gave the picture, and whether they may have a capital: "De" and "Di" open names.
const FROM: &[(&str, bool)] = &[
    ("via ", true),
    ("by ", true),
    ("von ", true),
    ("de ", false),
    ("di ", false),
    ("av ", true),
    ("af ", true),
    ("par ", true),
    ("por ", true),
    ("from ", true),
];

fn opens_with(text: &str, word: &str, capital: bool) -> bool {
    let first = |b: &u8| b.is_ascii_uppercase() && b.to_ascii_lowercase() == word.as_bytes()[0];
    text.starts_with(word) || capital && text.as_bytes().first().is_some_and(first) && text[1..].starts_with(&word[1..])
}

/// Whether [`LICENCE`] may match: the first two letters of one of [`LICENCES`] stand in `text`.
fn may_license(text: &str) -> bool {
    let starts = |pair: &[u8]| LICENCES.iter().any(|licence| licence.as_bytes()[..2].eq_ignore_ascii_case(pair));
    text.as_bytes().windows(2).any(starts)
}

/// Whether a name may start after a preposition: a blank, then a capital, a letter without case, an account.
fn starts_name(after: &str) -> bool {
    let spaced = after.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '©' | '“' | '"'));
    let first = after.trim_start_matches(|c: char| c.is_whitespace() || SURROUND.contains(&c)).chars().next();
    first.is_some_and(|c| is_unspaced_script(c) || (spaced && (c == '@' || c == '©' || (c.is_alphanumeric() && !c.is_lowercase()))))
}

fn end_stripped(piece: &Piece<'_>, range: Range<usize>) -> Range<usize> {
    let text = &piece.text[range.clone()];
    let trailing = [
        Concept::CreditProfession,
        Concept::CreditControl,
        Concept::CopyrightAllRightsReserved,
        Concept::AttributionCourtesy,
        Concept::AttributionPhotoLabel,
    ];
    if let Some(phrase) = piece.longest_until(range.start + 1, range.end, &trailing)
        && is_detachable(piece, phrase.concept, &phrase.range)
    {
        return range.start..phrase.range.start;
    }
    if let Some(rest) = text.strip_suffix('.') {
        let word = rest.rsplit([' ', '.']).next().unwrap_or("");
        if word.chars().count() >= 3 || word.chars().all(char::is_uppercase) && word.chars().count() == 2 {
            return range.start..range.end - 1;
        }
    }
    if let Some((before, last)) = text.rsplit_once([' ', ','])
        && is_date(last)
    {
        return range.start..range.start + before.len();
    }
    range
}

/// A year, `15.05.2023`, `2023-05-15`.
fn is_date(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let year = word.len() == 4 && digits == 4 && (word.starts_with("19") || word.starts_with("20"));
    year || (digits >= 4 && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'/')) && digits < word.len())
}

/// "Ann Example Photography" is a name, "홍길동 기자" a name with a profession: a trailing label goes only in scripts that put it there.
fn is_detachable(piece: &Piece<'_>, concept: Concept, range: &Range<usize>) -> bool {
    let text = &piece.text[range.clone()];
    let eastern = text.chars().any(|c| is_unspaced_script(c) || matches!(c, '\u{ac00}'..='\u{d7af}'));
    match concept {
        Concept::AttributionPhotoLabel | Concept::AttributionCourtesy => eastern,
        Concept::CreditProfession => eastern || text.chars().all(char::is_lowercase) && text.chars().count() > 4,
        _ => true,
    }
}
