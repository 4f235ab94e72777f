//! The cases of attribution that stand at the end of the lexicon files: bylines, dates, agencies and sources as each language
//! words them, read through the whole pipeline.

use rightscheck::builtin;
use rightscheck::detect::detect;
use rightscheck::detect::reading::ReadSource;
use rightscheck::detect::reading::Reading;
use rightscheck::evidence::Claim;
use rightscheck::lexicon::Lexicon;
use rightscheck::source::Origin;
use rightscheck::source::Source;

/// No lexicon has fewer cases.
const FEWEST: usize = 15;

#[derive(serde::Deserialize)]
struct File {
    language: String,
    #[serde(default)]
    case: Cases,
}

#[derive(Default, serde::Deserialize)]
struct Cases {
    #[serde(default)]
    attribution: Vec<Case>,
}

/// A line of an article and what it says. A key that is missing isn't looked at; an empty list says that nobody is named.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The line under the headline, or, with `as`, elsewhere.
    text: String,
    /// `byline` (the default): under the headline; `body`: a paragraph; `end`: the last line.
    #[serde(rename = "as", default)]
    place: Option<String>,
    authors: Option<Vec<String>>,
    /// Day or time of publication; `""`: none.
    published: Option<String>,
    /// Day or time of the last change; `""`: none.
    modified: Option<String>,
    agencies: Option<Vec<String>>,
    sources: Option<Vec<String>>,
}

impl Case {
    /// The page that holds the line.
    fn page(&self, language: &str) -> String {
        let text = self.text.replace('&', "&amp;").replace('<', "&lt;");
        let filler = "<p>x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x.</p>";
        let body = match self.place.as_deref() {
            None | Some("byline") => format!("<p class=\"byline\">{text}</p>{filler}{filler}"),
            Some("body") => format!("<p>{text}</p>{filler}"),
            Some("end") => format!("{filler}{}<p>{text}</p>", filler.repeat(24)),
            Some(other) => panic!("`{other}` is no place, in the case {:?}", self.text),
        };
        format!("<!doctype html><html lang=\"{language}\"><body><article><h1>7 x 7</h1>{body}</article></body></html>")
    }

    /// What differs from what the case says.
    fn differences(&self, language: &str) -> Vec<String> {
        let read = ReadSource::new(Source::new(Origin::path("case.html"), self.page(language).into_bytes()));
        let facts = detect(&Reading::new(&read, &[], Lexicon::builtin()));
        let mut agencies = Vec::new();
        for evidence in &facts.evidence {
            if let Claim::AgencyCredit(names) = &evidence.claim {
                agencies.extend(names.iter().cloned());
            }
        }
        let told = &facts.attribution;
        let day = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut all = Vec::new();
        compare("authors", self.authors.as_ref(), &told.authors, &mut all);
        compare("published", self.published.as_ref(), &day(&told.published), &mut all);
        compare("modified", self.modified.as_ref(), &day(&told.modified), &mut all);
        compare("agencies", self.agencies.as_ref(), &agencies, &mut all);
        compare("sources", self.sources.as_ref(), &told.sources, &mut all);
        all
    }

    /// Whether it says anything at all.
    fn is_empty(&self) -> bool {
        self.authors.is_none() && self.published.is_none() && self.modified.is_none() && self.agencies.is_none() && self.sources.is_none()
    }
}

fn compare<T: PartialEq + std::fmt::Debug>(what: &str, expected: Option<&T>, found: &T, all: &mut Vec<String>) {
    if let Some(expected) = expected.filter(|e| *e != found) {
        all.push(format!("  {what}: expected {expected:?}, found {found:?}"));
    }
}

#[test]
fn every_case_is_read_as_it_says() {
    let mut wrong = Vec::new();
    for (path, text) in builtin::folder("lexicon/") {
        let file: File = toml::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}"));
        for case in &file.case.attribution {
            assert!(!case.is_empty(), "{path}: the case {:?} says nothing", case.text);
            let differences = case.differences(&file.language);
            if !differences.is_empty() {
                wrong.push(format!("{path}: {:?}\n{}", case.text, differences.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases are read otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_language_has_cases() {
    let mut few = Vec::new();
    for (path, text) in builtin::folder("lexicon/").filter(|(path, _)| !path.ends_with("mul.toml")) {
        let file: File = toml::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}"));
        if file.case.attribution.len() < FEWEST {
            few.push(format!("{path}: {} of {FEWEST}", file.case.attribution.len()));
        }
    }
    assert!(few.is_empty(), "lexicons with too few cases of attribution:\n{}", few.join("\n"));
}
