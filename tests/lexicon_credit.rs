//! The cases of picture credits that stand at the end of the lexicon files: how captions and credit lines are worded.

use rightscheck::builtin;
use rightscheck::detect::credit::body::Known;
use rightscheck::detect::credit::find;
use rightscheck::detect::credit::find::Setting;
use rightscheck::detect::credit::piece::Piece;
use rightscheck::lexicon::Lexicon;
use rightscheck::registry::agencies::Agencies;

/// No lexicon has fewer cases.
const FEWEST: usize = 15;

#[derive(serde::Deserialize)]
struct File {
    #[serde(default)]
    case: Cases,
}

#[derive(Default, serde::Deserialize)]
struct Cases {
    #[serde(default)]
    credit: Vec<Case>,
}

/// A text and what it credits; nothing where `credit` is missing.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// `credit`, `own`, `caption` (the default) or `near`: how the words stand to the picture.
    #[serde(rename = "as", default)]
    setting: Option<String>,
    #[serde(default)]
    credit: Option<String>,
    #[serde(default)]
    agencies: Vec<String>,
    #[serde(default)]
    persons: Vec<String>,
    #[serde(default)]
    status: Vec<String>,
}

/// What a text is read as: printed credit, agencies, persons, words that name nobody.
type Reading = (String, Vec<String>, Vec<String>, Vec<String>);

impl Case {
    fn setting(&self) -> Setting {
        match self.setting.as_deref() {
            None | Some("caption") => Setting::Caption,
            Some("credit") => Setting::Credit,
            Some("own") => Setting::Own,
            Some("near") => Setting::Near,
            Some(other) => panic!("`{other}` is no setting, in the case {:?}", self.text),
        }
    }

    fn expected(&self) -> Option<Reading> {
        let credit = self.credit.clone()?;
        Some((credit, self.agencies.clone(), self.persons.clone(), self.status.clone()))
    }

    fn found(&self) -> Vec<Reading> {
        let known = Known { agencies: Agencies::builtin(), own: &[] };
        let piece = Piece::new(&self.text, Lexicon::builtin());
        let found = find::find(&piece, self.setting(), known).into_iter();
        found.map(|f| (f.credit.text, f.credit.agencies, f.credit.persons, f.credit.status_words)).collect()
    }
}

#[test]
fn every_case_is_read_as_it_says() {
    let mut wrong = Vec::new();
    for (path, text) in builtin::folder("lexicon/") {
        let file: File = toml::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}"));
        for case in &file.case.credit {
            let (expected, found) = (Vec::from_iter(case.expected()), case.found());
            if expected != found {
                wrong.push(format!("{path}: {:?}\n  expected {expected:?}\n  found    {found:?}", case.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_lexicon_of_a_language_has_cases_of_both_kinds() {
    for (path, text) in builtin::folder("lexicon/").filter(|(path, _)| !path.ends_with("mul.toml")) {
        let cases = toml::from_str::<File>(text).unwrap_or_else(|e| panic!("{path}: {e}")).case.credit;
        let negatives = cases.iter().filter(|c| c.credit.is_none()).count();
        assert!(cases.len() >= FEWEST, "{path} has {} cases of credits", cases.len());
        assert!(negatives >= 3, "{path} has {negatives} cases that credit nobody");
    }
}
