//! The language of a document that doesn't say: by its script, else by its most common words. Says nothing unless it is clear.

use crate::builtin;
use crate::document::Block;
use crate::document::Role;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How many letters decide.
const SAMPLE: usize = 6_000;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    common: BTreeMap<String, String>,
    letters: BTreeMap<String, String>,
}

/// How often a letter counts at most: names of other languages carry their letters with them.
const LETTER_COUNTS: usize = 2;

/// What a word counts that one language alone has.
const WORD: usize = 12;

/// The languages told by words and letters, and which of them a word is common in.
struct Common {
    languages: Vec<String>,
    words: HashMap<String, Vec<usize>>,
    /// Letters with the number of a language that writes them.
    letters: Vec<(char, usize)>,
}

static COMMON: LazyLock<Common> = LazyLock::new(|| {
    let text = builtin::file("registry/languages.toml").expect("the file is part of the program");
    let file: File = toml::from_str(text).expect("a test reads the file");
    let mut words: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, list) in file.common.values().enumerate() {
        list.split_whitespace().for_each(|word| words.entry(word.to_owned()).or_default().push(n));
    }
    let languages: Vec<String> = file.common.into_keys().collect();
    let number = |code: &String| languages.iter().position(|l| l == code).expect("letters are of a language with words");
    let letters = file.letters.iter().flat_map(|(code, list)| list.chars().map(move |c| (c, code)));
    let letters = letters.map(|(c, code)| (c, number(code))).collect();
    Common { languages, words, letters }
});

/// The two-letter code of the language that `blocks` are written in.
pub(in crate::document) fn guess(blocks: &[Block]) -> Option<String> {
    let sample = sample(blocks);
    let code = by_script(&sample).map(str::to_owned).or_else(|| by_words(&sample))?;
    Some(code)
}

/// Text of the article, lower case; menus and the like are often in another language.
fn sample(blocks: &[Block]) -> String {
    let mut sample = String::new();
    let prose = |b: &&Block| b.role.in_article();
    for block in blocks.iter().filter(prose).chain(blocks.iter().filter(|b| !prose(b) && b.role != Role::Comment)) {
        if sample.len() > SAMPLE {
            break;
        }
        let rest = block.text.char_indices().nth(SAMPLE).map_or(block.text.as_str(), |(end, _)| &block.text[..end]);
        sample.push_str(&rest.to_lowercase());
        sample.push('\n');
    }
    sample
}

/// Scripts that one language writes.
fn by_script(sample: &str) -> Option<&'static str> {
    const SCRIPTS: &[(&str, u32, u32)] = &[
        ("el", 0x370, 0x3ff),
        ("hy", 0x530, 0x58f),
        ("he", 0x590, 0x5ff),
        ("hi", 0x900, 0x97f),
        ("bn", 0x980, 0x9ff),
        ("ta", 0xb80, 0xbff),
        ("th", 0xe00, 0xe7f),
        ("ka", 0x10a0, 0x10ff),
        ("ja", 0x3040, 0x30ff),
        ("zh", 0x4e00, 0x9fff),
        ("ko", 0xac00, 0xd7a3),
    ];
    let mut counts = [0usize; SCRIPTS.len()];
    let mut letters = 0;
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        if let Some(n) = SCRIPTS.iter().position(|&(_, first, last)| (first..=last).contains(&(c as u32))) {
            counts[n] += 1;
        }
    }
    let share = |code: &str| SCRIPTS.iter().position(|(c, ..)| *c == code).map_or(0, |n| counts[n] * 100 / letters.max(1));
    // Japanese mixes its own letters with Chinese ones.
    if share("ja") >= 5 && share("ja") + share("zh") >= 40 {
        return Some("ja");
    }
    SCRIPTS.iter().map(|(code, ..)| *code).find(|code| share(code) >= 40)
}

/// A word counts the more, the fewer languages it is common in; a language must be ahead of all others and common words must make
/// up an eighth of the text.
fn by_words(sample: &str) -> Option<String> {
    let common = &*COMMON;
    let mut scores = vec![0usize; common.languages.len()];
    let mut hits = scores.clone();
    let mut words = 0;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        let Some(languages) = common.words.get(word) else { continue };
        for &n in languages {
            hits[n] += 1;
            scores[n] += WORD / languages.len();
        }
    }
    for &(letter, n) in common.letters.iter().filter(|_| !sample.is_ascii()) {
        scores[n] += sample.matches(letter).take(LETTER_COUNTS).count() * WORD / 2;
    }
    let best = (0..scores.len()).max_by_key(|&n| (scores[n], std::cmp::Reverse(n)))?;
    let second = (0..scores.len()).filter(|&n| n != best).map(|n| scores[n]).max().unwrap_or(0);
    let clear = scores[best] >= 2 * WORD && (scores[best] >= 2 * second || (hits[best] >= 6 && scores[best] * 4 >= second * 5));
    (clear && hits[best] * 8 >= words).then(|| common.languages[best].clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let block = Block { text: text.to_owned(), ..Block::default() };
        assert_eq!(guess(&[block]).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_sentence_or_two_tell_the_language() {
        check("The old pier is open again, and two hundred people came to see it.", Some("en"));
        check("Der alte Steg ist wieder offen, und zweihundert Leute sind gekommen, um ihn zu sehen.", Some("de"));
        check("Stary pomost jest znowu otwarty i nie wiadomo, czy wytrzyma do zimy.", Some("pl"));
        check("Старый причал снова открыт, и на нём уже не так тихо, как в прошлом году.", Some("ru"));
        check("Старий причал знову відкрито, і це не єдина новина, що її чекали в місті.", Some("uk"));
        check("Den gamle brygga er åpen igjen, og det var ikke bare barn som kom for å se på.", Some("no"));
        check("Den gamle mole er åben igen, og det var ikke kun børn, der kom for at se på den af nysgerrighed.", Some("da"));
        check("Staré molo je opäť otvorené a podľa starostu sa oň mesto bude starať aj v zime.", Some("sk"));
        check(
            "Staré molo je opět otevřené a podle starosty se o něj město bude starat i v zimě, protože je to jeho povinnost.",
            Some("cs"),
        );
        check("古い桟橋が再び開放された。", Some("ja"));
        check("旧码头重新开放，两百人前来参观。", Some("zh"));
        check("낡은 부두가 다시 문을 열었다.", Some("ko"));
        check("Η παλιά αποβάθρα άνοιξε ξανά.", Some("el"));
    }

    #[test]
    fn what_is_not_clear_is_not_guessed() {
        for text in ["", "Harbour", "Photo: Wire-A | J. Doe", "2026-11-20", "Lorem ipsum dolor sit amet"] {
            check(text, None);
        }
    }
}
