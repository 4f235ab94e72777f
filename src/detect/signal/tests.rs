use crate::detect::reading::ReadSource;
use crate::detect::reading::Reading;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Signal;
use crate::lexicon::Lexicon;
use crate::source::Origin;
use crate::source::Source;

const PAGE: &str = "https://news.example/a/b.html";

/// Every signal for a page with these companions, as `mechanism addressee: use=state(conditions) …`.
fn signals(page: &str, headers: &[(&str, &str)], companions: &[(&str, &str)]) -> Vec<String> {
    let origin = Origin { path: "site/a/b.html".to_owned(), url: Some(PAGE.to_owned()) };
    let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let main = ReadSource::new(Source::with_headers(origin, page.as_bytes().to_vec(), headers));
    let files: Vec<ReadSource> =
        companions.iter().map(|(path, text)| ReadSource::new(Source::new(Origin::path(*path), text.as_bytes().to_vec()))).collect();
    let files: Vec<&ReadSource> = files.iter().collect();
    let reading = Reading::new(&main, &files, Lexicon::builtin());
    let mut evidence = Vec::new();
    super::run(&reading, &mut evidence);
    for e in &evidence {
        let source = match e.place.location.source.0 {
            0 => &main.source,
            n => &files[n as usize - 1].source,
        };
        assert_eq!(crate::text::reader_text(&source.text[e.place.location.span.range()]), e.place.quote);
    }
    evidence.iter().map(show).collect()
}

fn show(evidence: &Evidence) -> String {
    let Claim::Signal(Signal { mechanism, addressee, states, .. }) = &evidence.claim else { panic!("no signal") };
    let one = |s: &crate::evidence::SignalState| {
        let conditions = if s.conditions.is_empty() { String::new() } else { format!("({})", s.conditions.join(",")) };
        format!(" {}={}{}{conditions}", s.usage, s.state, if s.explicit { "" } else { "?" })
    };
    format!("{mechanism} {addressee}:{}", states.iter().map(one).collect::<String>())
}

#[test]
fn a_meta_element_about_pictures_says_nothing_of_the_text() {
    let page = "<meta name=robots content='noindex, noimageai'><p>x";
    assert_eq!(signals(page, &[], &[]), ["robots-meta *: search=prohibited excerpt=prohibited?", "robots-meta *: ai-train=prohibited"]);
}

#[test]
fn header_fields_come_from_the_command_line_and_from_files() {
    let files = [("site/_headers", "/a/*\n  tdm-reservation: 1\n/other\n  tdm-reservation: 0\n")];
    assert_eq!(
        signals(
            "<p>x",
            &[("X-Robots-Tag", "GoogleBot: noarchive"), ("Content-Usage", "search=n"), ("content-usage", "train-ai=y")],
            &files
        ),
        [
            "x-robots-tag Googlebot: store=prohibited",
            "tdmrep *: ai-train=prohibited? tdm=prohibited",
            "aipref *: search=prohibited excerpt=prohibited? ai-train=allowed",
        ]
    );
}

#[test]
fn a_policy_of_the_file_survives_a_header_that_repeats_the_reservation() {
    let file = r#"[{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://news.example/tdm.json"}]"#;
    let policy = r#"{"@type": "Offer", "uid": "https://news.example/tdm.json", "assigner": {"vcard:fn": "Nova Media"},
        "permission": [{"action": "tdm:mine", "duty": [{"action": "obtainConsent"}]}]}"#;
    let files = [("site/.well-known/tdmrep.json", file), ("site/tdm/tdmrep.json", policy)];
    let expected = "tdmrep *: ai-train=conditional?(consent) tdm=conditional(consent)";
    assert_eq!(signals("<p>x", &[("tdm-reservation", "1")], &files), [expected, expected]);
}

#[test]
fn a_group_for_a_crawler_replaces_the_group_for_all() {
    let robots = "User-agent: *\nContent-Usage: train-ai=n\nDisallow: /x\n\nUser-agent: GPTBot\nUser-agent: AI2Bot\nDisallow: /a/\n";
    assert_eq!(
        signals("<p>x", &[], &[("site/robots.txt", robots)]),
        [
            "robots.txt *: automated-access=allowed",
            "aipref *: ai-train=prohibited",
            "robots.txt GPTBot: automated-access=conditional(operator=OpenAI) ai-train=prohibited",
            "robots.txt AI2Bot: automated-access=conditional(operator=Allen Institute for AI) ai-train=prohibited",
        ]
    );
}

#[test]
fn a_path_that_may_not_be_fetched_has_no_preferences() {
    let robots = "User-agent: *\nContent-Usage: train-ai=n\nDisallow: /a/\nUser-agent: CCBot\nAllow: /\n";
    assert_eq!(
        signals("<p>x", &[], &[("site/robots.txt", robots)]),
        [
            "robots.txt *: automated-access=prohibited search=prohibited? ai-train=prohibited? ai-input=prohibited? tdm=prohibited?",
            "robots.txt CCBot: automated-access=allowed",
        ]
    );
}

#[test]
fn rsl_terms_become_conditions() {
    let rsl = "<rsl xmlns='https://rslstandard.org/rsl'><content url='/a/'><license><permits type='usage'>search ai-all</permits>\
               <payment type='crawl'/></license></content></rsl>";
    assert_eq!(
        signals("<p>x", &[], &[("site/license.xml", rsl)]),
        [
            "rsl *: search=conditional(payment) excerpt=conditional?(payment) ai-train=conditional(payment) ai-input=conditional(payment) tdm=conditional?(payment)"
        ]
    );
}

#[test]
fn fragments_and_scripts_in_the_page_speak() {
    assert_eq!(signals("<p>a <span data-nosnippet>b</span>", &[], &[]), ["data-nosnippet *: excerpt=prohibited ai-input=prohibited"]);
    let script = "<script type='application/rsl+xml'><rsl xmlns='https://rslstandard.org/rsl'><content url=''><license>\
                  <prohibits type='usage'>ai-all</prohibits></license></content></rsl></script><p>x";
    assert_eq!(signals(script, &[], &[]), ["rsl *: search=allowed excerpt=allowed? ai-train=prohibited ai-input=prohibited"]);
}

#[test]
fn small_files_speak_for_the_site() {
    let files =
        [("site/trust.txt", "datatrainingallowed=no"), ("site/ai.txt", "User-Agent: *\nDisallow: *.jpg"), ("site/llms.txt", "# News")];
    assert_eq!(signals("<p>x", &[], &files), ["trust.txt *: ai-train=prohibited", "ai.txt *: ai-train=prohibited", "llms.txt *:"]);
}
