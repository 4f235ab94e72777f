//! Who supplies pictures and texts: press and picture agencies, stock archives, outlets, platforms.
//!
//! Names are compared word by word in folded text, so that `Picture-Alliance`, `picture alliance` and `PICTURE ALLIANCE` are
//! one. Words such as "Photo" or "Archive" around a name don't change whom it names.

use crate::builtin;
use crate::text::Folded;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// One agency.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Short name as credits print it: `dpa`.
    pub slug: String,
    /// Full name.
    pub name: String,
    /// Two-letter country code.
    pub country: Option<String>,
    /// `wire` (supplies text), `photo`, `stock`, `commons`, `archive`, `public-body`, `outlet`, `platform`.
    pub kind: Vec<String>,
    /// Other usual spellings.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Spellings that are ordinary words or very short: they need a neighbour that says a credit is meant.
    #[serde(default)]
    pub weak: Vec<String>,
}

impl Agency {
    /// Whether it is of `kind`.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.iter().any(|k| k == kind)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    desk_words: Vec<String>,
    names: BTreeMap<String, Vec<String>>,
    agency: Vec<Agency>,
}

/// An agency found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// Its short name.
    pub slug: &'a str,
    /// Bytes of the text searched.
    pub range: Range<usize>,
    /// Whether the spelling is an ordinary word or very short, so that only its neighbourhood tells.
    pub weak: bool,
    /// Its number in [`Agencies::list`].
    pub index: usize,
}

#[derive(Debug, Clone, Copy)]
struct Form {
    agency: usize,
    weak: bool,
}

/// The agencies with an index of their spellings.
#[derive(Debug)]
pub struct Agencies {
    list: Vec<Agency>,
    forms: HashMap<String, Form>,
    desk_words: HashSet<String>,
}

/// No spelling has more words.
const LONGEST: usize = 6;

impl Agencies {
    /// The agencies compiled in.
    pub fn builtin() -> &'static Self {
        static ALL: LazyLock<Agencies> = LazyLock::new(|| {
            let text = builtin::file("registry/agencies.toml").expect("compiled in");
            Agencies::from_toml(text).expect("tests read the registry")
        });
        &ALL
    }

    fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        let File { desk_words, mut names, agency: mut list } = toml::from_str(text)?;
        let weak = names.remove("weak").unwrap_or_default();
        for (kind, names) in names {
            list.extend(names.into_iter().map(|name| Agency {
                weak: weak.iter().filter(|w| **w == name).cloned().collect(),
                slug: name.clone(),
                name,
                country: None,
                kind: vec![kind.clone()],
                forms: Vec::new(),
            }));
        }
        Ok(Self::new(list, &desk_words))
    }

    /// Indexes `list`. Where two share a spelling, the earlier one keeps it.
    pub fn new(list: Vec<Agency>, desk_words: &[String]) -> Self {
        let mut forms = HashMap::new();
        for (agency, entry) in list.iter().enumerate() {
            let spellings = [&entry.slug, &entry.name].into_iter().chain(&entry.forms).chain(&entry.weak);
            for spelling in spellings {
                let key = key(spelling);
                let weak = entry.weak.contains(spelling) || key.chars().count() <= 2;
                forms.entry(key).or_insert(Form { agency, weak });
            }
        }
        Self { list, forms, desk_words: desk_words.iter().map(|w| key(w)).collect() }
    }

    /// Every agency.
    pub fn list(&self) -> &[Agency] {
        &self.list
    }

    /// The agency that `text` as a whole names, be it with desk words around: `AFP Photo`, `PA Archive`.
    pub fn whole(&self, text: &str) -> Option<Named<'_>> {
        let words = Words::new(text);
        let all = 0..words.len();
        if let Some(found) = self.named(&words, all.clone()) {
            return Some(found);
        }
        let first = all.clone().find(|&w| !self.is_desk_word(&words, w))?;
        let last = all.rev().find(|&w| !self.is_desk_word(&words, w))?;
        let mut found = self.named(&words, first..last + 1)?;
        found.range = words.range(0..words.len());
        Some(found)
    }

    /// The agency whose name stands at the start of `text`, with desk words that follow it.
    pub fn at_start(&self, text: &str) -> Option<Named<'_>> {
        let words = Words::new(text);
        let mut found = (1..=words.len().min(LONGEST)).rev().find_map(|n| self.named(&words, 0..n).map(|f| (f, n)));
        if let Some((found, n)) = &mut found {
            let end = (*n..words.len()).find(|&w| !self.is_desk_word(&words, w)).unwrap_or(words.len());
            found.range = words.range(0..end);
        }
        found.map(|(found, _)| found)
    }

    /// The agency whose name ends `text`, with desk words around it.
    pub fn at_end(&self, text: &str) -> Option<Named<'_>> {
        let words = Words::new(text);
        let end = (0..words.len()).rev().find(|&w| !self.is_desk_word(&words, w)).map_or(words.len(), |w| w + 1);
        [words.len(), end].into_iter().find_map(|end| {
            let fewest = end.saturating_sub(LONGEST);
            let (mut found, start) = (fewest..end).find_map(|start| self.named(&words, start..end).map(|f| (f, start)))?;
            found.range = words.range(start..words.len());
            Some(found)
        })
    }

    fn named(&self, words: &Words, range: Range<usize>) -> Option<Named<'_>> {
        let form = self.forms.get(words.key(range.clone()))?;
        let slug = self.list[form.agency].slug.as_str();
        Some(Named { slug, range: words.range(range), weak: form.weak, index: form.agency })
    }

    fn is_desk_word(&self, words: &Words, word: usize) -> bool {
        self.desk_words.contains(words.key(word..word + 1))
    }
}

/// A spelling as it is compared: folded words with single blanks between.
fn key(spelling: &str) -> String {
    Words::new(spelling).joined
}

/// The words of a text: runs of letters and digits, with `&`, `+` and apostrophes inside.
struct Words {
    folded: Folded,
    /// The words with single blanks between.
    joined: String,
    /// Bytes of each word in the folded text and in the joined one.
    words: Vec<(Range<usize>, Range<usize>)>,
}

impl Words {
    fn new(text: &str) -> Self {
        let folded = Folded::new(text);
        let (mut joined, mut words) = (String::with_capacity(folded.text.len()), Vec::<(Range<usize>, Range<usize>)>::new());
        for (at, c) in folded.text.char_indices() {
            if !(c.is_alphanumeric() || matches!(c, '&' | '+' | '\'' | '\u{300}'..='\u{36f}')) {
                continue;
            }
            if words.last().is_none_or(|(last, _)| last.end != at) {
                joined.push_str(if words.is_empty() { "" } else { " " });
                words.push((at..at, joined.len()..joined.len()));
            }
            joined.push(c);
            if let Some((own, its)) = words.last_mut() {
                (own.end, its.end) = (at + c.len_utf8(), joined.len());
            }
        }
        Self { folded, joined, words }
    }

    fn len(&self) -> usize {
        self.words.len()
    }

    fn key(&self, range: Range<usize>) -> &str {
        let (Some((_, first)), Some((_, last))) = (self.words.get(range.start), self.words.get(range.end.wrapping_sub(1))) else {
            return "";
        };
        &self.joined[first.start..last.end]
    }

    /// Bytes of the original text that words `range` cover.
    fn range(&self, range: Range<usize>) -> Range<usize> {
        let (Some((first, _)), Some((last, _))) = (self.words.get(range.start), self.words.get(range.end.wrapping_sub(1))) else {
            return 0..0;
        };
        self.folded.original(first.start..last.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Option<(&'static str, bool)> {
        Agencies::builtin().whole(text).map(|n| (n.slug, n.weak))
    }

    #[test]
    fn case_hyphens_and_desk_words_make_no_difference() {
        assert_eq!(whole("REUTERS"), Some(("Reuters", false)));
        assert_eq!(whole("Picture-Alliance"), Some(("picture alliance", false)));
        assert_eq!(whole("AFP Photo"), Some(("AFP", false)));
        assert_eq!(whole("dpa-Bildfunk"), Some(("dpa", false)));
        assert_eq!(whole("Getty Images North America"), Some(("Getty Images", false)));
        assert_eq!(whole("共同通信社"), Some(("Kyodo", false)));
    }

    #[test]
    fn short_and_ordinary_words_need_a_neighbour() {
        assert_eq!(whole("AP"), Some(("AP", true)));
        assert_eq!(whole("TT"), Some(("TT", true)));
        assert_eq!(whole("Reporter"), Some(("Reporter", true)));
        assert_eq!(whole("The Associated Press"), Some(("AP", false)));
    }

    #[test]
    fn other_words_are_no_agency() {
        for text in ["", "/", "photo", "Ann Example", "Photo shop", "Apartment", "The"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_found_at_the_ends_of_a_text() {
        let agencies = Agencies::builtin();
        let text = "Ann Example Getty Images";
        let found = agencies.at_end(text).expect("named");
        assert_eq!((found.slug, &text[found.range]), ("Getty Images", "Getty Images"));
        let text = "BELGA PHOTO ANN EXAMPLE";
        let found = agencies.at_start(text).expect("named");
        assert_eq!((found.slug, &text[found.range]), ("Belga", "BELGA PHOTO"));
        assert!(agencies.at_end("Ann Example").is_none());
    }

    #[test]
    fn no_spelling_is_longer_than_searched_for() {
        let words = |s: &String| Words::new(s).len();
        for agency in Agencies::builtin().list() {
            assert!(agency.forms.iter().chain([&agency.slug, &agency.name]).map(words).max() <= Some(LONGEST), "{agency:?}");
            assert!(!agency.kind.is_empty(), "{agency:?}");
        }
    }
}
