//! The shape of personal names, in every script the lexicons cover.

use crate::text::is_unspaced_script;

/// Words inside names that are written small: they neither make nor break a name.
const PARTICLES: &[&str] = &[
    "a", "af", "al", "av", "bar", "ben", "bin", "bint", "d", "da", "dal", "das", "de", "dei", "del", "della", "den", "der", "di", "do",
    "dos", "du", "e", "el", "het", "i", "ibn", "in", "la", "le", "les", "lo", "mac", "of", "op", "st", "'t", "te", "ten", "ter", "tot",
    "the", "van", "vom", "von", "y", "zu", "zum", "zur",
];

/// What a run of words looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Given name and surname, initials and surname, a name of one of the scripts without capitals.
    Person,
    /// One word, or several that begin with capitals, but no usual name of a person.
    Title,
    /// An account (`@name`) or one word in small letters or with digits, as accounts are called.
    Account,
    /// Words of a sentence, or nothing to go by.
    Words,
}

/// The shape of `text`, a part of a credit without separators.
pub fn shape(text: &str) -> Shape {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [] => Shape::Words,
        [one] if one.starts_with('@') => Shape::Account,
        _ if text.chars().any(is_unspaced_script) => unspaced(text),
        _ if text.chars().any(|c| matches!(c, '\u{ac00}'..='\u{d7af}')) => hangul(&words),
        _ if text.chars().filter(|c| c.is_alphabetic()).all(is_caseless) && text.chars().any(char::is_alphabetic) => caseless(&words),
        [one] => one_word(one),
        _ => spaced(&words),
    }
}

fn is_caseless(c: char) -> bool {
    !c.is_lowercase() && !c.is_uppercase()
}

fn one_word(word: &str) -> Shape {
    let first = word.chars().find(|c| c.is_alphanumeric());
    match first {
        Some(c) if c.is_uppercase() => Shape::Title,
        Some(_) if word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')) => Shape::Account,
        _ => Shape::Words,
    }
}

fn spaced(words: &[&str]) -> Shape {
    let kinds: Vec<Word> = words.iter().map(|w| Word::of(w)).collect();
    let count = |k: Word| kinds.iter().filter(|x| **x == k).count();
    let (names, initials) = (count(Word::Capital), count(Word::Initial));
    if count(Word::Small) > 0 || count(Word::Other) > 1 {
        return if count(Word::Small) == 0 { Shape::Title } else { Shape::Words };
    }
    let plain_ends = kinds.first() != Some(&Word::Particle) || names >= 1;
    let person = names >= 1 && names + initials >= 2 && names + initials <= 4 && kinds.len() <= 6 && count(Word::Other) == 0 && plain_ends;
    let person = person && !words[0].eq_ignore_ascii_case("the");
    if person { Shape::Person } else { Shape::Title }
}

/// What a word in a script with capitals contributes to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Capital,
    Initial,
    Particle,
    Small,
    Other,
}

impl Word {
    fn of(word: &str) -> Self {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        let Some(first) = bare.chars().next() else { return Self::Other };
        if bare.chars().any(char::is_numeric) || word.contains(['@', ':', '&', '%']) {
            return Self::Other;
        }
        if PARTICLES.contains(&bare) || (PARTICLES.contains(&bare.to_lowercase().as_str()) && first.is_lowercase()) {
            return Self::Particle;
        }
        if first.is_uppercase() || (after_article(bare)) {
            return if letters <= 2 && (word.contains('.') || letters == 1) { Self::Initial } else { Self::Capital };
        }
        if first.is_lowercase() { Self::Small } else { Self::Capital }
    }
}

/// `d'Arc`, `al-Khatib`, `el-Sayed`: small beginnings with a capital behind an apostrophe or hyphen.
fn after_article(word: &str) -> bool {
    word.split(['\'', '\u{2019}', '-']).nth(1).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase)
        && word.split(['\'', '\u{2019}', '-']).next().is_some_and(|start| start.chars().count() <= 3)
}

/// Korean names have two to four syllables; the family name comes first and is written together.
fn hangul(words: &[&str]) -> Shape {
    let syllables = |w: &str| w.chars().filter(|c| matches!(c, '\u{ac00}'..='\u{d7af}')).count();
    match words {
        [one] if (2..=4).contains(&syllables(one)) && one.chars().count() == syllables(one) => Shape::Person,
        [one] if one.chars().count() <= 12 => Shape::Title,
        [_, _] | [_, _, _] if words.iter().all(|w| w.chars().count() <= 8) => Shape::Title,
        _ => Shape::Words,
    }
}

/// Chinese and Japanese names: two to five characters of Han, or kana with a middle dot or a blank.
fn unspaced(text: &str) -> Shape {
    let bare: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '・' && *c != '·').collect();
    let han = |c: &char| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '々');
    let kana = |c: &char| matches!(c, '\u{3040}'..='\u{30ff}');
    let joined = bare.len() != text.chars().count();
    if bare.iter().all(han) && (2..=4).contains(&bare.len()) {
        return Shape::Person;
    }
    if joined && bare.len() <= 16 && bare.iter().all(|c| han(c) || kana(c)) {
        return Shape::Person;
    }
    if bare.iter().any(|c| matches!(c, '。' | '、' | '「' | '」')) || bare.len() > 24 {
        return Shape::Words;
    }
    // "Of" and "and" make a description of a longer run.
    if bare.len() > 8 && bare.iter().any(|c| matches!(c, 'の' | '＆' | '的')) {
        return Shape::Words;
    }
    let particles = bare.iter().filter(|c| matches!(c, 'は' | 'が' | 'を' | 'に' | 'で' | 'た' | 'る' | '了' | '在')).count();
    if particles >= 2 || (particles >= 1 && bare.len() > 12) { Shape::Words } else { Shape::Title }
}

/// Arabic, Hebrew, Devanagari and the like: two to four words.
fn caseless(words: &[&str]) -> Shape {
    match words.len() {
        1 => Shape::Title,
        2..=4 => Shape::Person,
        _ => Shape::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shape_of: &str, expected: Shape) {
        assert_eq!(shape(shape_of), expected, "{shape_of}");
    }

    #[test]
    fn names_of_persons_in_many_scripts() {
        for name in [
            "Ann Example",
            "J. Doe",
            "J.J. Muster",
            "Ludwig van der Beispiel",
            "ANN EXAMPLE",
            "Anne-Marie d'Exemple",
            "Omar al-Khatib",
            "John Q. Public Jr",
            "Анна Примерова",
            "Μαρία Παραδείγματος",
            "Łukasz Przykładowy",
            "山田花子",
            "王小明",
            "ジョン・ドウ",
            "홍길동",
            "محمد المثال",
            "अमित उदाहरण",
            "Ó Briain Seán",
        ] {
            check(name, Shape::Person);
        }
    }

    #[test]
    fn titles_accounts_and_words_are_no_persons() {
        check("Imago", Shape::Title);
        check("The Example", Shape::Title);
        check("Galerie 21 Nord", Shape::Title);
        check("@annexample", Shape::Account);
        check("annexample77", Shape::Account);
        check("the harbour at dusk", Shape::Words);
        check("Harbour at dusk with boats", Shape::Words);
        check("港に停泊する船が燃えた", Shape::Words);
    }
}
