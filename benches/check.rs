//! What a check costs beside a bare `scraper` parse of the same pages.
//!
//! `cargo bench --bench check` times the steps on the pages of `samples/`, made longer. `cargo bench --bench check -- FOLDER` prints
//! the ratios for the pages of any folder (`.html`, `.htm`, `.html.gz`): one thread, the steps in turn on each page, so that a busy
//! machine slows them alike, and the sums of each page's median. A word after the folder limits it to the steps whose names hold it,
//! for a profiler.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark reads files, looks at the clock and prints")]

use divan::Bencher;
use rightscheck::check::{CheckOptions, check};
use rightscheck::detect::detect;
use rightscheck::detect::reading::{ReadSource, Reading};
use rightscheck::lexicon::Lexicon;
use rightscheck::policy::Policy;
use rightscheck::source::{Origin, Source};
use scraper::Html;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    match arguments.iter().position(|a| Path::new(a).is_dir()) {
        Some(at) => print_ratios(Path::new(&arguments[at]), arguments.get(at + 1).map_or("", String::as_str)),
        None => divan::main(),
    }
}

/// A page and its bytes before decoding.
struct Page {
    bytes: Vec<u8>,
    text: String,
}

fn pages(folder: &Path) -> Vec<Page> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder).into_iter().flatten().map(walkdir::DirEntry::into_path).collect();
    files.sort();
    let named = |f: &PathBuf| [".html", ".htm", ".html.gz"].iter().any(|end| f.to_string_lossy().ends_with(end));
    let read = |f: PathBuf| {
        let path = f.to_string_lossy().trim_end_matches(".gz").to_owned();
        let source = Source::new(Origin::path(path), std::fs::read(f).expect("a listed file can be read"));
        Page { bytes: source.bytes().into_owned(), text: source.text }
    };
    files.into_iter().filter(named).map(read).collect()
}

/// The HTML samples, each with its article repeated until the page is as long as pages in the wild.
static SAMPLES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let mut pages = pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"));
    for page in &mut pages {
        if let Some(at) = page.text.find("<p>") {
            let filler = format!(
                "<div class=\"box\">{}</div>",
                "<p class=\"text\">The tide came in and went out again. <a href=\"/x\">More</a></p>".repeat(1200)
            );
            page.text.insert_str(at, &filler);
            page.bytes = page.text.clone().into_bytes();
        }
    }
    pages
});

static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::builtin("essentials").expect("tests read the built-in policies"));

fn options() -> CheckOptions {
    CheckOptions::new(jiff::civil::date(2026, 11, 22))
}

fn source(bytes: Vec<u8>) -> Source {
    Source::new(Origin::path("page.html"), bytes)
}

fn whole(source: Source) {
    let read = ReadSource::new(source);
    let reading = Reading::new(&read, &[], Lexicon::builtin());
    divan::black_box(check(&reading, &POLICY, &options()));
}

#[divan::bench]
fn bare_scraper_parse(bencher: Bencher<'_, '_>) {
    bencher.bench(|| SAMPLES.iter().for_each(|p| drop(divan::black_box(Html::parse_document(&p.text)))));
}

#[divan::bench]
fn read_with_places(bencher: Bencher<'_, '_>) {
    bencher.bench(|| SAMPLES.iter().for_each(|p| drop(divan::black_box(ReadSource::new(source(p.bytes.clone()))))));
}

#[divan::bench]
fn find_phrases(bencher: Bencher<'_, '_>) {
    let read: Vec<ReadSource> = SAMPLES.iter().map(|p| ReadSource::new(source(p.bytes.clone()))).collect();
    bencher.bench(|| read.iter().for_each(|r| drop(divan::black_box(Reading::new(r, &[], Lexicon::builtin())))));
}

#[divan::bench]
fn detect_facts(bencher: Bencher<'_, '_>) {
    let read: Vec<ReadSource> = SAMPLES.iter().map(|p| ReadSource::new(source(p.bytes.clone()))).collect();
    let readings: Vec<Reading<'_>> = read.iter().map(|r| Reading::new(r, &[], Lexicon::builtin())).collect();
    bencher.bench(|| readings.iter().for_each(|r| drop(divan::black_box(detect(r)))));
}

#[divan::bench]
fn whole_check(bencher: Bencher<'_, '_>) {
    bencher.bench(|| SAMPLES.iter().for_each(|p| whole(source(p.bytes.clone()))));
}

/// How often each step is timed on each page.
const ROUNDS: usize = 7;

/// One of the things that are timed, on a page and a copy of its bytes to keep.
type Step = fn(&Page, Vec<u8>);

fn print_ratios(folder: &Path, only: &str) {
    let pages = pages(folder);
    let mut steps: Vec<(&str, Step)> = vec![
        ("bare scraper parse", |p, _| drop(divan::black_box(Html::parse_document(&p.text)))),
        ("parse with places", |p, _| drop(divan::black_box(rightscheck::document::html::tree::parse(&p.text)))),
        ("read into a document", |_, bytes| drop(divan::black_box(ReadSource::new(source(bytes))))),
        ("read and find facts", |_, bytes| {
            let read = ReadSource::new(source(bytes));
            drop(divan::black_box(detect(&Reading::new(&read, &[], Lexicon::builtin()))));
        }),
        ("whole check", |_, bytes| whole(source(bytes))),
    ];
    steps.retain(|(name, _)| name.contains(only));
    whole(source(pages[0].bytes.clone())); // the lexicon and the policy are compiled once a process
    let mut times = vec![vec![Vec::new(); pages.len()]; steps.len()];
    for _ in 0..ROUNDS {
        for (index, page) in pages.iter().enumerate() {
            for (times, (_, step)) in times.iter_mut().zip(&steps) {
                let copy = page.bytes.clone();
                let start = Instant::now();
                step(page, copy);
                times[index].push(start.elapsed());
            }
        }
    }
    let median = |t: &mut Vec<Duration>| {
        t.sort();
        t[t.len() / 2]
    };
    let medians: Vec<Duration> = times.iter_mut().map(|pages| pages.iter_mut().map(median).sum()).collect();
    println!("{} pages, {} bytes", pages.len(), pages.iter().map(|p| p.bytes.len()).sum::<usize>());
    for ((name, _), time) in steps.iter().zip(&medians) {
        println!("{name:22} {:8.1} ms  {:.2} x", time.as_secs_f64() * 1000.0, time.as_secs_f64() / medians[0].as_secs_f64());
    }
}
