//! Site files that are broken, hostile or huge: nothing panics, time stays linear, and the rest is read.
#![expect(clippy::disallowed_methods, reason = "the test measures time")]

use rightscheck::document::Document;
use rightscheck::document::site::SiteFile;
use rightscheck::document::site::robots::verdict;
use rightscheck::source::Origin;
use rightscheck::source::Source;
use std::time::Duration;
use std::time::Instant;

fn read(path: &str, text: String) -> (String, Document) {
    let source = Source::new(Origin::path(path), text.into_bytes());
    let document = rightscheck::document::read(&source);
    for problem in &document.problems {
        assert!(problem.span.is_none_or(|s| source.text.get(s.range()).is_some()), "{problem:?} has no place");
    }
    (source.text, document)
}

/// A small generator of numbers: the same files in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

const PIECES: &[&str] = &[
    "User-agent: ",
    "user-agent:",
    "Disallow: ",
    "Allow:",
    "Content-Usage: ",
    "Content-Signal: ",
    "License: ",
    "Sitemap: ",
    "*",
    "GPTBot",
    "AI2Bot",
    "/",
    "/a",
    "$",
    "%",
    "%3c",
    "%zz",
    "#",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " ",
    "\t",
    ":",
    "=",
    ",",
    "train-ai=n",
    "search=y",
    "ai-train=no",
    "é",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "日本",
    "https://a.example/",
    "DisallowAITraining: ",
    "disalow: ",
    "<",
    "\"",
];

#[test]
fn ten_thousand_noisy_files_are_read() {
    let mut dice = Dice(7);
    for _ in 0..10_000 {
        let length = dice.below(60);
        let text: String = (0..length).map(|_| PIECES[dice.below(PIECES.len())]).collect();
        let (_, document) = read("robots.txt", text);
        let Some(SiteFile::Robots(robots)) = &document.site else { panic!("no robots.txt") };
        for token in ["*", "GPTBot", "AI2Bot"] {
            verdict(&robots.groups_for(token), "/a/%3Cb");
        }
    }
}

#[test]
fn huge_and_hostile_files_are_read_in_seconds() {
    let files: Vec<(&str, String)> = vec![
        ("robots.txt", "User-agent: GPTBot\nDisallow: /a*b*c*d*e$\n".repeat(250_000)),
        ("robots.txt", format!("User-agent: *\nDisallow: /{}\n", "*a".repeat(200_000))),
        ("robots.txt", "User-agent: a\n".repeat(700_000)),
        ("tdmrep.json", format!("[{}]", vec!["{\"location\": \"/x*y\", \"tdm-reservation\": 1}"; 20_000].join(","))),
        ("tdmrep.json", "[".repeat(1 << 20)),
        ("license.xml", format!("<rsl xmlns=\"https://rslstandard.org/rsl\">{}", "<content url=\"/\"><license>".repeat(40_000))),
        ("license.xml", format!("<rsl xmlns=\"https://rslstandard.org/rsl\"><content url='/'{}>", " a='b'".repeat(150_000))),
        ("_headers", "/a/*\n  X-Robots-Tag: noai\n".repeat(40_000)),
        ("trust.txt", "datatrainingallowed=no\n".repeat(40_000)),
    ];
    for (path, text) in files {
        let (start, size) = (Instant::now(), text.len());
        read(path, text);
        assert!(start.elapsed() < Duration::from_secs(5), "{path} of {size} bytes took {:?}", start.elapsed());
    }
}

#[test]
fn what_is_broken_is_told_at_its_place_and_the_rest_is_read() {
    let code = |path: &str, text: &str| {
        let (_, document) = read(path, text.to_owned());
        document.problems.first().map(|p| (p.code, p.span.is_some()))
    };
    assert_eq!(code("tdmrep.json", "[{\"location\": \"/\", \"tdm-reservation\": 1}"), Some(("broken-tdmrep", true)));
    assert_eq!(code("license.xml", "<rsl xmlns=\"https://rslstandard.org/rsl\"><content></rsl>"), Some(("rsl-no-url", true)));
    assert_eq!(code("_headers", "/a\n  X-Robots-Tag: a\u{7}b\n"), Some(("bad-header-field", true)));
    assert_eq!(code("a.har", "{\"log\": {\"entries\": ["), Some(("broken-har", true)));
    let (text, document) = read("robots.txt", format!("User-agent: *\nDisallow: /\n{}", "# x\n".repeat(2_700_000)));
    assert!(text.len() > 10 << 20);
    assert_eq!(document.problems[0].code, "robots-too-long");
    assert!(matches!(&document.site, Some(SiteFile::Robots(robots)) if robots.groups[0].rules.len() == 1));
}
