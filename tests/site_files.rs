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

const XML_PIECES: &[&str] = &[
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:tdm='http://www.w3.org/ns/tdmrep/'>",
    "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' ",
    "<rdf:Alt>",
    "<rdf:li xml:lang='x-default'>",
    "</rdf:li>",
    "</rdf:Alt>",
    "<dc:rights>",
    "</dc:rights>",
    "<tdm:reservation>",
    "tdm:reservation='1'",
    "</tdm:reservation>",
    "<meta property='tdm:reservation'>",
    "<meta name='tdm:policy' content='é'/>",
    "<package prefix='tdm: http://www.w3.org/ns/tdmrep#'>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&amp;",
    "&x;",
    "1",
    "日本",
    "<",
    ">",
    "/>",
    "'",
    " ",
    "\u{0}",
];

#[test]
fn noisy_metadata_is_read() {
    let mut dice = Dice(11);
    for round in 0..10_000 {
        let text: String = (0..dice.below(30)).map(|_| XML_PIECES[dice.below(XML_PIECES.len())]).collect();
        let path = ["a.xmp", "content.opf"][round % 2];
        let (text, document) = read(path, text);
        assert!(document.fields.iter().all(|f| text.get(f.span.range()).is_some()), "{text}");
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
        ("a.xmp", format!("<a {}>", (0..60_000).map(|n| format!("xmlns:p{n}='x' p{n}:a='' ")).collect::<String>())),
        ("a.xmp", format!("<rdf:li xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>{}", "<rdf:li>x".repeat(100_000))),
        ("content.opf", format!("<package prefix='{}'>", "tdm: http://www.w3.org/ns/tdmrep# ".repeat(30_000))),
        ("content.opf", "<meta name='tdm:reservation' content='2'/>".repeat(25_000)),
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
