//! `when`, `unless` and `[set.*]`: where a rule applies.

use crate::document::ImageRole;
use crate::policy::names::Names;
use crate::policy::reader::{Fault, Reader};
use crate::policy::tree::{Data, Entry, Node, Spot, Table};
use crate::policy::words::{Area, DocumentOrigin, FactName, PictureFile};
use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;

/// The keys of `when` and `unless`.
pub(super) const KEYS: &[&str] =
    &["set", "path", "lang", "section", "tag", "published", "role", "kind", "within", "has", "lacks", "words", "party", "origin", "file"];

/// The keys of `[set.*]`: what can be said of a document without looking at its facts.
pub(super) const SET_KEYS: &[&str] = &["paths", "path", "lang", "section", "tag", "published", "kind", "origin"];

/// Roles of pictures, as policies name them.
const ROLES: &[ImageRole] = &[
    ImageRole::Content,
    ImageRole::Decorative,
    ImageRole::Icon,
    ImageRole::Logo,
    ImageRole::Advert,
    ImageRole::Teaser,
    ImageRole::Portrait,
];

/// Formats of documents, as policies name them.
const KINDS: &[&str] = &["html", "markdown", "text"];

/// One table of conditions: every key must hold; of a key's values one must.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    /// Names of sets the document belongs to.
    pub sets: Vec<String>,
    /// Patterns of the document's path.
    pub paths: Vec<PathPattern>,
    /// Language codes.
    pub languages: Vec<String>,
    /// Sections the document says it belongs to.
    pub sections: Vec<String>,
    /// Tags or keywords the document carries.
    pub tags: Vec<String>,
    /// The day of publication.
    pub published: Vec<Comparison<Date>>,
    /// What the picture is for.
    pub roles: Vec<ImageRole>,
    /// Formats: `html`, `markdown`, `text`.
    pub kinds: Vec<String>,
    /// Areas in which the picture or quotation stands.
    pub within: Vec<Area>,
    /// Facts the subject has.
    pub has: Vec<FactName>,
    /// Facts the subject lacks.
    pub lacks: Vec<FactName>,
    /// Number of words of the subject.
    pub words: Vec<Comparison<u32>>,
    /// Parties that the subject's byline, credit or source names.
    pub parties: Vec<String>,
    /// Where the document comes from.
    pub origins: Vec<DocumentOrigin>,
    /// What is known of the picture's own file.
    pub files: Vec<PictureFile>,
}

/// A path pattern: `*` inside a folder, `**` across folders.
#[derive(Debug, Clone)]
pub struct PathPattern {
    /// As written.
    pub text: String,
    pub(super) matcher: GlobMatcher,
}

impl PathPattern {
    /// Whether it matches the relative path `path`.
    pub fn matches(&self, path: &str) -> bool {
        self.matcher.is_match(path)
    }
}

/// How a value stands to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`, or nothing
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

/// A bound as policies write it: `">= 25"`, `"< 2019-06-07"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison<T> {
    /// How the value stands to the bound.
    pub comparator: Comparator,
    /// The bound.
    pub bound: T,
}

impl<T: PartialOrd> Comparison<T> {
    /// Whether `value` keeps the bound.
    pub fn holds(&self, value: &T) -> bool {
        match self.comparator {
            Comparator::Less => *value < self.bound,
            Comparator::AtMost => *value <= self.bound,
            Comparator::Equal => *value == self.bound,
            Comparator::AtLeast => *value >= self.bound,
            Comparator::More => *value > self.bound,
        }
    }
}

impl<T: std::fmt::Display> std::fmt::Display for Comparison<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = match self.comparator {
            Comparator::Less => "fewer than ",
            Comparator::AtMost => "at most ",
            Comparator::Equal => "",
            Comparator::AtLeast => "at least ",
            Comparator::More => "more than ",
        };
        write!(f, "{words}{}", self.bound)
    }
}

/// Splits `">= 25"` into comparator and the rest.
pub(super) fn comparator(text: &str) -> (Comparator, &str) {
    let text = text.trim();
    let signs = [
        ("<=", Comparator::AtMost),
        (">=", Comparator::AtLeast),
        ("<", Comparator::Less),
        (">", Comparator::More),
        ("=", Comparator::Equal),
    ];
    signs.iter().find_map(|&(sign, c)| text.strip_prefix(sign).map(|rest| (c, rest.trim()))).unwrap_or((Comparator::Equal, text))
}

/// Reads one table of conditions; for a `[set.*]` only what a set may say.
pub(super) fn read_condition(table: &Table, of_set: bool, names: &Names, reader: &mut Reader) -> Condition {
    let (what, known) = if of_set { ("a set", SET_KEYS) } else { ("`when` and `unless`", KEYS) };
    reader.only(table, what, known);
    let mut condition = Condition::default();
    for entry in table.entries.iter().filter(|e| known.contains(&e.key.as_str())) {
        condition.read(entry, names, reader);
    }
    condition
}

impl Condition {
    fn read(&mut self, entry: &Entry, names: &Names, reader: &mut Reader) {
        let (key, node) = (entry.key.as_str(), &entry.value);
        match key {
            "set" => self.sets = references(node, key, "set", "unknown-set", &names.sets, reader),
            "path" | "paths" => self.paths = reader.words(node, key).iter().filter_map(|(text, at)| pattern(text, *at, reader)).collect(),
            "lang" => self.languages = reader.texts(node, key),
            "section" => self.sections = reader.texts(node, key),
            "tag" => self.tags = reader.texts(node, key),
            "published" => self.published = comparisons(node, key, "a date, as in \"< 2019-06-07\"", |t| t.parse().ok(), reader),
            "role" => self.roles = reader.members(node, key, "a role of pictures", ROLES, ImageRole::name, &[]),
            "kind" => {
                let everyday = [("md", "markdown"), ("htm", "html"), ("txt", "text"), ("plain", "text")];
                let kinds: Vec<&'static str> = reader.members(node, key, "a format", KINDS, |k| k, &everyday);
                self.kinds = kinds.into_iter().map(str::to_owned).collect();
            }
            "within" => self.within = reader.members(node, key, "an area", Area::ALL, Area::name, &[]),
            "has" => self.has = facts(node, key, names, reader),
            "lacks" => self.lacks = facts(node, key, names, reader),
            "words" => self.words = comparisons(node, key, "a number of words, as in \">= 25\"", |t| t.parse().ok(), reader),
            "party" => self.parties = parties(node, key, names, reader),
            "origin" => self.origins = reader.members(node, key, "an origin", DocumentOrigin::ALL, DocumentOrigin::name, &[]),
            "file" => self.files = reader.members(node, key, "a state of the file", PictureFile::ALL, PictureFile::name, &[]),
            _ => {}
        }
    }

    /// Which of its keys say something, for the tests of rules.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        let filled = [
            !self.sets.is_empty(),
            !self.paths.is_empty(),
            !self.languages.is_empty(),
            !self.sections.is_empty(),
            !self.tags.is_empty(),
            !self.published.is_empty(),
            !self.roles.is_empty(),
            !self.kinds.is_empty(),
            !self.within.is_empty(),
            !self.has.is_empty(),
            !self.lacks.is_empty(),
            !self.words.is_empty(),
            !self.parties.is_empty(),
            !self.origins.is_empty(),
            !self.files.is_empty(),
        ];
        KEYS.iter().zip(filled).filter(|(_, filled)| *filled).map(|(key, _)| *key)
    }

    /// The condition without one of its keys.
    #[must_use]
    pub fn without(&self, key: &str) -> Self {
        let mut rest = self.clone();
        match key {
            "set" => rest.sets.clear(),
            "path" => rest.paths.clear(),
            "lang" => rest.languages.clear(),
            "section" => rest.sections.clear(),
            "tag" => rest.tags.clear(),
            "published" => rest.published.clear(),
            "role" => rest.roles.clear(),
            "kind" => rest.kinds.clear(),
            "within" => rest.within.clear(),
            "has" => rest.has.clear(),
            "lacks" => rest.lacks.clear(),
            "words" => rest.words.clear(),
            "party" => rest.parties.clear(),
            "origin" => rest.origins.clear(),
            "file" => rest.files.clear(),
            _ => {}
        }
        rest
    }
}

/// Names that must be defined in the policy.
pub(super) fn references(
    node: &Node,
    key: &str,
    what: &'static str,
    code: &'static str,
    known: &[String],
    reader: &mut Reader,
) -> Vec<String> {
    let words = reader.words(node, key);
    words.into_iter().filter(|(word, at)| reader.reference((word, *at), what, code, known)).map(|(word, _)| word).collect()
}

/// Parties of the policy, or agencies that the registry knows.
pub(super) fn parties(node: &Node, key: &str, names: &Names, reader: &mut Reader) -> Vec<String> {
    let words = reader.words(node, key);
    words
        .into_iter()
        .filter(|(word, at)| names.is_agency(word) || reader.reference((word, *at), "party", "unknown-party", &names.parties))
        .map(|(word, _)| word)
        .collect()
}

/// Names of facts.
pub(super) fn facts(node: &Node, key: &str, names: &Names, reader: &mut Reader) -> Vec<FactName> {
    let words = reader.words(node, key);
    words.iter().filter_map(|(word, at)| names.fact(word, *at, reader)).collect()
}

fn pattern(text: &str, at: Spot, reader: &mut Reader) -> Option<PathPattern> {
    match GlobBuilder::new(text).literal_separator(true).build() {
        Ok(glob) => Some(PathPattern { text: text.to_owned(), matcher: glob.compile_matcher() }),
        Err(error) => {
            let fault = Fault::new("bad-path-pattern", at, format!("`{text}` is not a path pattern")).label(error.kind().to_string());
            reader.fault(fault.help("`*` stands for anything inside a folder, `**` for any folders"));
            None
        }
    }
}

/// One bound or a list of bounds.
fn comparisons<T>(node: &Node, key: &str, wanted: &str, parse: fn(&str) -> Option<T>, reader: &mut Reader) -> Vec<Comparison<T>> {
    match &node.data {
        Data::List(items) => items.iter().filter_map(|item| comparison(item, key, wanted, parse, reader)).collect(),
        _ => comparison(node, key, wanted, parse, reader).into_iter().collect(),
    }
}

/// A bound: `">= 25"`, `25`, `"< 2019-06-07"`, `2019-06-07`.
pub(super) fn comparison<T>(
    node: &Node,
    key: &str,
    wanted: &str,
    parse: fn(&str) -> Option<T>,
    reader: &mut Reader,
) -> Option<Comparison<T>> {
    let text = match &node.data {
        Data::Text(text) => text.clone(),
        Data::Integer(number) => number.to_string(),
        Data::Date(date) => date.to_string(),
        _ => String::new(),
    };
    let (comparator, bound) = comparator(&text);
    if let Some(bound) = parse(bound) {
        return Some(Comparison { comparator, bound });
    }
    reader.fault(Fault::new("bad-comparison", node.at, format!("`{key}` takes {wanted}")).help("a bound may begin with <, <=, =, >= or >"));
    None
}
