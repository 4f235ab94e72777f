//! Runs the test vectors of `tests/vectors`: what specifications say that signals mean. Their README describes the format.
#![expect(clippy::disallowed_methods, reason = "the test reads the vectors")]

use rightscheck::detect::detect;
use rightscheck::detect::reading::ReadSource;
use rightscheck::detect::reading::Reading;
use rightscheck::document::ImageId;
use rightscheck::evidence::Subject;
use rightscheck::lexicon::Lexicon;
use rightscheck::registry::licences;
use rightscheck::rights::Rights;
use rightscheck::rights::Ruling;
use rightscheck::rights::resolve;
use rightscheck::source::Origin;
use rightscheck::source::Source;
use rightscheck::terms::State;
use serde::Deserialize;
use std::collections::BTreeMap;

/// States by use: `prohibited`, `allowed?` (derived), `conditional(consent)`.
type States = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    section: String,
    why: String,
    input: Option<Input>,
    /// All states by addressee (`*`, a crawler, `images`, `image 0`).
    expect: Option<BTreeMap<String, States>>,
    /// Some states by addressee, without conditions; `null`: unstated.
    some: Option<BTreeMap<String, BTreeMap<String, Option<String>>>>,
    /// Problems of the site files, all of them.
    problems: Option<Vec<String>>,
    address: Option<String>,
    id: Option<String>,
    spdx: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    address: String,
    page: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    files: BTreeMap<String, String>,
}

fn cases(mechanism: &str) -> Vec<Case> {
    let path = format!("{}/tests/vectors/{mechanism}/cases.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(&path).expect(&path)).expect(&path)
}

/// Judges the page of a case: its matrix, and the problems of its site files.
fn judge(input: &Input) -> (Rights, Vec<String>) {
    let origin = Origin { path: "site/page.html".to_owned(), url: Some(input.address.clone()) };
    let main = ReadSource::new(Source::with_headers(origin, input.page.clone().into_bytes(), input.headers.clone()));
    let read =
        |(path, text): (&String, &String)| ReadSource::new(Source::new(Origin::path(format!("site/{path}")), text.clone().into_bytes()));
    let files: Vec<ReadSource> = input.files.iter().map(read).collect();
    let files: Vec<&ReadSource> = files.iter().collect();
    let reading = Reading::new(&main, &files, Lexicon::builtin());
    let problems = files.iter().flat_map(|f| &f.document.problems).map(|p| p.code.to_owned()).collect();
    (resolve(&reading, &detect(&reading)), problems)
}

fn heard<'r>(rights: &'r Rights, addressee: &str) -> Vec<&'r Ruling> {
    let (subject, addressee) = match addressee {
        "images" => (Subject::Images, "*"),
        "image 0" => (Subject::Image(ImageId(0)), "*"),
        addressee => (Subject::Document, addressee),
    };
    let about = |r: &&Ruling, to: &str| r.subject == subject && r.addressee == to;
    let own: Vec<&Ruling> = rights.rulings.iter().filter(|r| about(r, addressee)).collect();
    // What is said to everybody is said to each, unless something else is said to it.
    let general = rights.rulings.iter().filter(|r| about(r, "*") && own.iter().all(|o| o.usage != r.usage));
    own.iter().copied().chain(general).filter(|r| r.state != State::Unstated).collect()
}

fn show(ruling: &Ruling) -> String {
    let derived = if ruling.explicit { "" } else { "?" };
    let conditions = if ruling.conditions.is_empty() { String::new() } else { format!("({})", ruling.conditions.join(",")) };
    format!("{}{derived}{conditions}", ruling.state)
}

/// What is wrong with a case; nothing if it holds.
fn failure(case: &Case) -> Option<String> {
    if let Some(address) = &case.address {
        let found = licences::by_address(address);
        let seen = (found.as_ref().map(|l| l.id.clone()), found.as_ref().is_some_and(|l| l.spdx));
        let wanted = (case.id.clone(), case.spdx.unwrap_or_default());
        return (seen != wanted).then(|| format!("{seen:?} instead of {wanted:?}"));
    }
    let (rights, problems) = judge(case.input.as_ref().expect("an input"));
    for (addressee, states) in case.expect.iter().flatten() {
        let seen: States = heard(&rights, addressee).into_iter().map(|r| (r.usage.name().to_owned(), show(r))).collect();
        if seen != *states {
            return Some(format!("{addressee}: {seen:?} instead of {states:?}"));
        }
    }
    for (addressee, states) in case.some.iter().flatten() {
        for (usage, state) in states {
            let seen = heard(&rights, addressee).into_iter().find(|r| r.usage.name() == usage).map(|r| r.state.name().to_owned());
            if seen != *state {
                return Some(format!("{addressee}: {usage} is {seen:?} instead of {state:?}"));
            }
        }
    }
    case.problems.as_ref().filter(|wanted| **wanted != problems).map(|wanted| format!("problems {problems:?} instead of {wanted:?}"))
}

#[track_caller]
fn run(mechanism: &str, at_least: usize) {
    let cases = cases(mechanism);
    assert!(cases.len() >= at_least, "{mechanism} has {} vectors", cases.len());
    for case in &cases {
        assert!(!case.section.is_empty() && !case.why.is_empty(), "{mechanism}: {} tells no section or no reason", case.name);
    }
    let failures: Vec<String> = cases.iter().filter_map(|c| Some(format!("{}: {}", c.name, failure(c)?))).collect();
    assert!(failures.is_empty(), "{mechanism}: {} of {} fail\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn robots_txt() {
    run("robots-txt", 60);
}

#[test]
fn tdmrep() {
    run("tdmrep", 60);
}

#[test]
fn aipref() {
    run("aipref", 40);
}

#[test]
fn picture_xmp() {
    run("picture-xmp", 20);
}

#[test]
fn rsl() {
    run("rsl", 30);
}

#[test]
fn robots_meta() {
    run("robots-meta", 40);
}

#[test]
fn licence_addresses() {
    run("licence-address", 60);
}

#[test]
fn json_ld() {
    run("json-ld", 30);
}

#[test]
fn conflicts() {
    run("conflicts", 30);
}
