//! Same bytes, same policy, same day: same report.

use crate::run::BARE;
use crate::run::DAY;
use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::Run;

const FORMATS: [&str; 12] = ["human", "concise", "json", "jsonl", "html", "sarif", "junit", "github", "gitlab", "markdown", "csv", "xlsx"];

fn many() -> Run {
    let mut run = Run::with_policy().file("site/robots.txt", "User-agent: *\nDisallow: /\n");
    for n in 0..60 {
        let content = [GOOD.replace("<p>The", &format!("<p>{}The", "long ".repeat(n * 40))), BARE.to_owned(), EMBARGO.to_owned()];
        let name = if n % 3 == 0 { format!("site/{}/{n}.html", n % 7) } else { format!("site/{}/{n}.txt", n % 7) };
        run = run.file(&name, &content[n % 3]);
    }
    run.file("site/broken.txt.gz", [0x1f, 0x8b, 8, 0, 0]).file("site/picture.html", [0u8, 1, 2, 3, 4, 5, 6, 7, 8, 9])
}

/// Every file format of a run, written into the folder `to`.
fn reports(run: &Run, inside: &str, site: &str, threads: &str) -> Vec<Vec<u8>> {
    let name = |format: &str| format!("{format}={}", run.path(&format!("out.{format}")).display());
    let mut args = vec!["check".to_owned(), site.to_owned(), "-j".to_owned(), threads.to_owned(), "--as-of".to_owned(), DAY.to_owned()];
    for format in FORMATS {
        args.extend(["--output".to_owned(), name(format)]);
    }
    let command = std::process::Command::new(env!("CARGO_BIN_EXE_rightscheck"))
        .args(args)
        .env_clear()
        .current_dir(run.path(inside))
        .output()
        .unwrap();
    assert_eq!(command.status.code(), Some(1), "{}", String::from_utf8_lossy(&command.stderr));
    FORMATS.iter().map(|f| std::fs::read(run.path(&format!("out.{f}"))).unwrap()).collect()
}

#[test]
fn reports_do_not_depend_on_threads_or_the_current_folder() {
    let run = many();
    let first = reports(&run, "", "site", "1");
    let absolute = run.path("site").display().to_string();
    for (inside, site, threads) in
        [("", "site", "2"), ("", "./site/", "8"), ("site", ".", "2"), ("site/1", "..", "2"), ("site/2", absolute.as_str(), "1")]
    {
        let again = reports(&run, inside, site, threads);
        for (n, format) in FORMATS.iter().enumerate() {
            assert!(again[n] == first[n], "{format} in {inside:?}, {site}, {threads} threads");
        }
    }
    let root = run.path("").display().to_string();
    assert!(first.iter().all(|report| !String::from_utf8_lossy(report).contains(&root)), "an absolute path is in a report");
}

#[test]
fn a_report_does_not_depend_on_the_folder_it_was_moved_to() {
    let (one, other) = (many(), many());
    assert_eq!(reports(&one, "", "site", "2"), reports(&other, "", "site", "2"));
}

#[test]
fn the_terminal_shows_paths_that_open_from_the_current_folder() {
    let run = Run::with_policy().file("site/news/bare.txt", BARE);
    run.check(["site", "--format", "concise"]).says("site/news/bare.txt:1:1: error[byline]");
    run.inside("site/news").check(["..", "--format", "concise"]).says("bare.txt:1:1: error[byline]").does_not_say("site/");
}
