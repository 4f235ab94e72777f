//! The cases of notices that stand at the end of the lexicon files: bans, conditions and exceptions in words, and what only looks like one.

use rightscheck::builtin;
use rightscheck::detect::detect;
use rightscheck::detect::reading::ReadSource;
use rightscheck::detect::reading::Reading;
use rightscheck::evidence::Claim;
use rightscheck::evidence::Terms;
use rightscheck::lexicon::Lexicon;
use rightscheck::source::Origin;
use rightscheck::source::Source;
use rightscheck::terms::State;

/// No lexicon of the first twenty-three has fewer.
const FEWEST_NOTICES: usize = 12;
const FEWEST_NEAR_MISSES: usize = 8;

#[derive(serde::Deserialize)]
struct File {
    #[serde(default)]
    case: Cases,
}

#[derive(Default, serde::Deserialize)]
struct Cases {
    #[serde(default)]
    notice: Vec<Case>,
}

/// A text and what it reserves; a near-miss has no `effect`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// `prohibited`, `consent`, `conditional`, `reserved`, `allowed`.
    #[serde(default)]
    effect: String,
    #[serde(default)]
    uses: Vec<String>,
    #[serde(default)]
    exceptions: Vec<String>,
    #[serde(default)]
    holder: Option<String>,
}

/// What the first rule of a text says: effect, uses, exceptions, holder.
type Told = (String, Vec<String>, Vec<String>, Option<String>);

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

fn told(terms: &Terms) -> Told {
    let effect = match (terms.stated_as, terms.status) {
        (Some(stated), _) => stated,
        (_, Some(State::Conditional)) if terms.conditions.iter().any(|c| c == "consent") => "consent",
        (_, status) => status.map_or("", State::name),
    };
    let uses = terms.uses.iter().map(|u| u.name.name().to_owned()).collect();
    let exceptions = terms.exceptions.iter().map(|(e, _)| e.name().to_owned()).collect();
    (effect.to_owned(), sorted(uses), sorted(exceptions), terms.rightsholder.clone())
}

/// Reads a page that has the text as its footer, after an article.
fn read(text: &str, language: &str) -> Vec<Told> {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let html = format!(
        "<!doctype html><html lang={language}><body><main><article><h1>Harbour</h1><p>Boats.</p><p>{escaped}</p></article></main></body></html>"
    );
    let source = ReadSource::new(Source::new(Origin::path("case.html"), html.into_bytes()));
    let facts = detect(&Reading::new(&source, &[], Lexicon::builtin()));
    let rules = facts.evidence.iter().filter_map(|e| match &e.claim {
        Claim::Reservation(terms) => Some(told(terms)),
        _ => None,
    });
    rules.collect()
}

fn files() -> impl Iterator<Item = (&'static str, File)> {
    builtin::folder("lexicon/").map(|(path, text)| (path, toml::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}"))))
}

#[test]
fn every_notice_is_read_as_it_says_and_every_near_miss_stays_silent() {
    let mut wrong = Vec::new();
    for (path, file) in files() {
        let language = path.trim_start_matches("lexicon/").trim_end_matches(".toml");
        for case in &file.case.notice {
            let found = read(&case.text, language);
            let expected: Vec<Told> = if case.effect.is_empty() {
                Vec::new()
            } else {
                vec![(case.effect.clone(), sorted(case.uses.clone()), sorted(case.exceptions.clone()), case.holder.clone())]
            };
            if found != expected {
                wrong.push(format!("{language}: {:?}\n  expected {expected:?}\n  found    {found:?}", case.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Words that look like a notice's and are none: emphasis, syndicates, reproduction in nature, seats kept for somebody, buttons.
const FALSE_FRIENDS: &[(&str, &str)] = &[
    ("de", "Der Minister verlieh seiner Forderung Nachdruck."),
    ("de", "Das Rezept ist leicht nachzumachen."),
    ("de", "Link kopieren"),
    ("de", "Die Reproduktionszahl liegt zwischen zwei und drei."),
    ("fr", "Les syndicats appellent à la grève."),
    ("fr", "La pêche est interdite à une catégorie de bateaux."),
    ("en", "The clinic offers advice on reproductive health."),
    ("en", "Families are scraping by on one wage."),
    ("en", "The Women's Reservation Bill was debated for hours."),
    ("en", "Photo reprints"),
    ("en", "You have permission to edit this article."),
    ("en", "The quarrel spilled into the public domain."),
    ("en", "He told reporters that copying was not his idea."),
    ("en", "Copyright law is a topic of the new lecture series."),
    ("es", "Prohibido fumar"),
    ("ko", "문화재 무단반출을 막아야 한다고 했다."),
    ("ar", "دعا الناشط الحقوقي إلى الحوار."),
    ("ja", "GitHubで「MITライセンス」により公開されたソフトが人気だ。"),
];

#[test]
fn false_friends_stay_silent() {
    let claims = |text: &str, language: &str| {
        let html = format!(
            "<!doctype html><html lang={language}><body><main><article><h1>Harbour</h1><p>Boats.</p><p>{text}</p></article></main></body></html>"
        );
        let source = ReadSource::new(Source::new(Origin::path("case.html"), html.into_bytes()));
        let facts = detect(&Reading::new(&source, &[], Lexicon::builtin()));
        let rights = |c: &Claim| matches!(c, Claim::Reservation(_) | Claim::Licence(_) | Claim::Copyright(_) | Claim::AiDisclosure { .. });
        facts.evidence.into_iter().filter(|e| rights(&e.claim)).map(|e| format!("{:?}", e.claim)).collect::<Vec<_>>()
    };
    let wrong: Vec<_> = FALSE_FRIENDS.iter().map(|(l, t)| (t, claims(t, l))).filter(|(_, c)| !c.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_language_has_its_notices_and_near_misses() {
    // Words of no language have no sentences.
    for (path, file) in files().filter(|(path, _)| !path.ends_with("/mul.toml")) {
        let notices = file.case.notice.iter().filter(|c| !c.effect.is_empty()).count();
        let misses = file.case.notice.len() - notices;
        assert!(notices >= FEWEST_NOTICES, "{path} has {notices} notices");
        assert!(misses >= FEWEST_NEAR_MISSES, "{path} has {misses} near-misses");
    }
}
