//! Names of persons, told from desks, agencies and outlets, in Latin, Cyrillic, Greek, Armenian, Georgian, Arabic, Hebrew,
//! Devanagari and East Asian scripts.

use crate::lexicon::Hit;
use crate::lexicon::Lexicon;
use crate::lexicon::concept::Concept;
use crate::registry::agencies::Agencies;
use crate::text::Folded;
use crate::text::fold;
use std::ops::Range;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// No name: a sentence, a role, an address, a number.
    None,
    /// One word that could be a first name, a pen name, an account.
    Single,
    /// An office, a firm, a broadcaster.
    Organisation,
    /// "Editorial team", "Newsdesk".
    Collective,
    /// A news or picture agency.
    Agency,
    /// A person's full name.
    Person,
}

/// Lower-case words inside names: `Ludwig van Beethoven`, `José da Silva`, `Omar bin Said`.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bar", "ben", "bin", "bint", "d", "da", "das", "de", "dei", "del", "della", "dem", "den", "der", "des", "di", "do",
    "dos", "du", "e", "el", "ibn", "la", "las", "le", "li", "lo", "los", "mac", "st", "ten", "ter", "tot", "ul", "van", "vom", "von", "y",
    "zu", "zum", "zur",
];

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Articles that no name of a person starts with. "La", "De", "El" and the like are left out: families are called so.
const ARTICLES: &[&str] = &["a", "an", "das", "der", "die", "een", "ein", "eine", "gli", "het", "les", "los", "the", "un", "une"];

/// Most words a person's name has.
const LONGEST: usize = 6;

/// Tells names apart.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// Words for roles, desks and outlets.
    pub lexicon: &'a Lexicon,
    /// Names of the site and its publisher, folded, without blanks and marks.
    pub site: &'a [String],
}

/// A name as the text writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Without titles, roles and marks.
    pub text: String,
    /// Its bytes in the text that was searched.
    pub range: Range<usize>,
    /// What it stands for.
    pub kind: NameKind,
}

impl Names<'_> {
    /// What the whole of `text` names.
    pub fn kind(&self, text: &str) -> NameKind {
        let text = text.trim();
        if text.is_empty() || text.len() > 120 || !text.contains(char::is_alphabetic) || text.contains("://") {
            return NameKind::None;
        }
        if let Some(kind) = registered(text) {
            return kind;
        }
        let folded = fold(text);
        let hits = self.lexicon.scan_name(&folded);
        let says = |concept| hits.iter().any(|h: &Hit| h.concept == concept);
        if hits.iter().any(|h| h.concept == Concept::AttributionButton && h.range == (0..folded.len())) {
            return NameKind::None;
        }
        // "With friends": a word for "and" of some length starts no name.
        if hits.iter().any(|h| h.concept == Concept::AttributionAnd && h.range.start == 0 && h.range.len() >= 3) {
            return NameKind::None;
        }
        if says(Concept::AttributionCollective) {
            return NameKind::Collective;
        }
        if self.is_site(&folded) || is_domain(text) {
            return NameKind::Organisation;
        }
        if folded.split_once(' ').is_some_and(|(first, _)| ARTICLES.contains(&first)) && shape(text) == NameKind::Person {
            let media = says(Concept::AttributionOutletWord) || says(Concept::AttributionOrganisationWord);
            return if media { NameKind::Organisation } else { NameKind::None };
        }
        let whole_role = hits.iter().any(|h| h.concept == Concept::AttributionRole && h.range == (0..folded.len()));
        if whole_role {
            return NameKind::None;
        }
        let shape = shape(text);
        match shape {
            NameKind::Person | NameKind::Single if says(Concept::AttributionOutletWord) || says(Concept::AttributionOrganisationWord) => {
                NameKind::Organisation
            }
            NameKind::Person if says(Concept::AttributionRole) => NameKind::None,
            _ => shape,
        }
    }

    /// Whether the folded `name` is the site's or its publisher's.
    pub fn is_site(&self, name: &str) -> bool {
        let key = letters_of(name);
        let close = |s: &String| s.contains(&key) && key.len() * 3 >= s.len() * 2 || key.starts_with(s.as_str());
        key.len() >= 2 && self.site.iter().any(|s| *s == key || (s.len() >= 4 && key.len() >= 4 && close(s)))
    }

    /// Bytes of `text` without academic titles and forms of address at its ends.
    pub fn without_titles(&self, text: &str) -> Range<usize> {
        let folded = Folded::new(text);
        let hits: Vec<_> = self.lexicon.scan_name(&folded.text).into_iter().filter(|h| h.concept == Concept::AttributionTitle).collect();
        let (mut start, mut end) = (0, folded.text.trim_end().len());
        let skip = |at: usize, by: &[char]| at + folded.text[at..].len() - folded.text[at..].trim_start_matches(by).len();
        while let Some(hit) = hits.iter().find(|h| h.range.start == start && h.range.end < end) {
            start = skip(hit.range.end, &[' ', '.', '-']);
        }
        // At the end only degrees after a comma or in capitals are titles: "Ann Example, PhD". "Herr" is a family name there.
        let degree = |h: &Hit| folded.text[..h.range.start].trim_end().ends_with(',') || is_degree(&text[folded.original(h.range.clone())]);
        while let Some(hit) = hits.iter().filter(|h| h.range.end == end && h.range.start > start).find(|h| degree(h)) {
            end = folded.text[..hit.range.start].trim_end_matches([' ', ',']).len();
        }
        if start >= end { 0..text.len() } else { folded.original(start..end) }
    }
}

/// Whether a title is written like a degree: `PhD`, `MD`, `M.Sc.`.
fn is_degree(title: &str) -> bool {
    title.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// What the registry knows `text` as. Ordinary words that are names of outlets too are left to the other tests.
fn registered(text: &str) -> Option<NameKind> {
    let agencies = Agencies::builtin();
    let found = agencies.whole(text)?;
    let agency = &agencies.list()[found.index];
    let written = agency.slug == text || agency.forms.iter().any(|f| f == text) || !text.chars().any(char::is_lowercase);
    match () {
        () if found.weak && !written => None,
        () if agency.is("wire") || agency.is("photo") => Some(NameKind::Agency),
        () if found.weak || agency.is("platform") => None,
        () => Some(NameKind::Organisation),
    }
}

/// Letters and digits of a folded name: what names of sites are compared by.
pub fn letters_of(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether `text` is written like the name of a web site: `example.org`.
pub fn is_domain(text: &str) -> bool {
    let text = text.trim_end_matches('/');
    let Some((head, tail)) = text.rsplit_once('.') else { return false };
    let name = head.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.')) && head.len() >= 2;
    name && (2..=6).contains(&tail.len()) && tail.bytes().all(|b| b.is_ascii_lowercase()) && !head.ends_with('.')
}

/// What `text` looks like, by its letters alone.
fn shape(text: &str) -> NameKind {
    if let Some(kind) = east_asian(text) {
        return kind;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > LONGEST || !words.iter().all(|w| is_name_word(w) || is_particle(&w.to_lowercase()) || is_prefixed(w)) {
        return NameKind::None;
    }
    let full = words.iter().filter(|w| is_name_word(w) && !is_initial(w)).count();
    let named = words.iter().filter(|w| is_name_word(w)).count();
    let ends = words.last().is_some_and(|w| is_name_word(w) || is_prefixed(w));
    match (named, full) {
        _ if !ends => NameKind::None,
        (2.., 1..) => NameKind::Person,
        (1, 1) if words.len() == 1 => NameKind::Single,
        (1, 1) => NameKind::Person,
        _ => NameKind::None,
    }
}

/// A word of a name: letters that start in upper case (where the script has cases), joined by hyphens, apostrophes and dots.
fn is_name_word(word: &str) -> bool {
    let word = word.trim_matches(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '’' | '\'' | ',' | '.'));
    let Some(first) = word.chars().next() else { return false };
    // "EU-Gipfel": an abbreviation joined to a word makes a thing.
    let thing = word
        .split_once('-')
        .is_some_and(|(a, b)| a.chars().count() >= 2 && a.chars().all(char::is_uppercase) && b.chars().any(char::is_lowercase));
    if thing {
        return false;
    }
    let cased = first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase());
    cased
        && word.chars().count() <= 30
        && word.chars().all(|c| is_letter(c) || matches!(c, '-' | '‐' | '‑' | '\'' | '’' | '‘' | '.' | '·' | '\u{ad}'))
}

/// `d'Example`, `al-Sample`, `O’Neil` in lower case before an upper-case letter.
fn is_prefixed(word: &str) -> bool {
    let Some((head, tail)) = word.split_once(['\'', '’', '-']) else {
        return ["de", "di", "mc", "van", "von"].iter().any(|p| word.strip_prefix(p).is_some_and(|t| t.starts_with(char::is_uppercase)));
    };
    is_particle(head)
        || matches!(head, "d" | "dell" | "dall" | "l" | "el" | "ad" | "as" | "ash" | "an" | "ar" | "at" | "az") && is_name_word(tail)
}

fn is_initial(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() == 1 || (letters.len() == 2 && word.ends_with('.') && word.matches('.').count() >= 2)
}

fn is_letter(c: char) -> bool {
    // Vowel signs of Indic scripts and points of Hebrew and Arabic are no letters of their own.
    c.is_alphabetic()
        || ('\u{300}'..='\u{36f}').contains(&c)
        || ('\u{900}'..='\u{dff}').contains(&c)
        || ('\u{591}'..='\u{65f}').contains(&c)
}

/// A name in Chinese, Japanese or Korean writing; nothing for other scripts.
fn east_asian(text: &str) -> Option<NameKind> {
    if text.is_ascii() {
        return None;
    }
    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let words = text.split_whitespace().count();
    let all = |test: fn(char) -> bool| letters.iter().all(|&c| test(c));
    if !letters.iter().any(|&c| is_han(c) || is_kana(c) || is_hangul(c)) {
        return None;
    }
    let long_foreign = letters.contains(&'・') || letters.contains(&'·') || letters.contains(&'＝');
    Some(match letters.len() {
        2..=4 if all(is_hangul) && words <= 2 => NameKind::Person,
        2..=6 if all(is_han) && words <= 2 => NameKind::Person,
        2..=8 if all(|c| is_han(c) || is_kana(c)) && words == 2 => NameKind::Person,
        3..=6 if all(|c| is_han(c) || is_kana(c)) && letters.iter().any(|&c| is_han(c)) => NameKind::Person,
        3..=20 if long_foreign && all(|c| is_han(c) || is_kana(c) || matches!(c, '・' | '·' | '＝' | 'ー')) => NameKind::Person,
        1..=12 if words <= 2 && all(|c| is_han(c) || is_kana(c) || is_hangul(c)) => NameKind::Single,
        _ => NameKind::None,
    })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々' | '\u{20000}'..='\u{2fa1f}')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &[&str] = &["novamedia", "harbournews"];

    #[track_caller]
    fn check(text: &str, expected: NameKind) {
        let site: Vec<String> = SITE.iter().map(|s| (*s).to_owned()).collect();
        let names = Names { lexicon: Lexicon::builtin(), site: &site };
        assert_eq!(names.kind(text), expected, "{text}");
    }

    #[test]
    fn persons_of_many_scripts() {
        for name in [
            "Ann Example",
            "J. Doe",
            "ANN EXAMPLE",
            "Ann B. Example",
            "Jean-Luc d'Exemple",
            "Ludwig von der Muster",
            "José da Silva e Costa",
            "Mary O’Sample",
            "Анна Примерова",
            "Άννα Παράδειγμα",
            "山田太郎",
            "山田 太郎",
            "오보기",
            "王小明",
            "آن مثال",
            "अनीता उदाहरण",
            "Աննա Օրինակ",
            "ジョン・サンプル",
            "Ann Example-Sample",
        ] {
            check(name, NameKind::Person);
        }
    }

    #[test]
    fn desks_agencies_and_outlets_are_no_persons() {
        check("Editorial Team", NameKind::Collective);
        check("Onlineredaktion", NameKind::Collective);
        check("La rédaction", NameKind::Collective);
        check("編集部", NameKind::Collective);
        check("Reuters", NameKind::Agency);
        check("dpa", NameKind::Agency);
        check("Nova Media", NameKind::Organisation);
        check("harbour-news.example", NameKind::Organisation);
        check("Muster Zeitung", NameKind::Organisation);
        check("Nordhafener Rundschau", NameKind::Organisation);
    }

    #[test]
    fn what_names_nobody() {
        for text in [
            "",
            "Senior reporter",
            "a sentence about nothing",
            "Read more here",
            "https://example.org",
            "12:59",
            "It was late. Nobody came",
        ] {
            check(text, NameKind::None);
        }
        check("Fatima", NameKind::Single);
    }

    #[test]
    fn titles_go() {
        let names = Names { lexicon: Lexicon::builtin(), site: &[] };
        for (text, expected) in [
            ("Dr. Ann Example", "Ann Example"),
            ("Prof. Dr. med. Ann Example", "Ann Example"),
            ("Ann Example, PhD", "Ann Example"),
            ("Mr Bob Muster", "Bob Muster"),
            ("Ann Example", "Ann Example"),
        ] {
            assert_eq!(&text[names.without_titles(text)], expected);
        }
    }
}
