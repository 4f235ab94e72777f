//! Documents chosen by what changed against version control.

use crate::run::BARE;
use crate::run::GOOD;
use crate::run::Output;
use crate::run::POLICY;
use crate::run::Run;
use std::fs;
use std::process::Command;

/// A repository with a commit of a policy and two documents.
fn repository() -> Run {
    let path = std::env::var("PATH").unwrap_or_default();
    let run = Run::new().file("rightscheck.toml", POLICY).file("news/old.txt", BARE).file("site/good.html", GOOD).env("PATH", &path);
    git(&run, &["init", "-q", "-b", "main"]);
    commit(&run);
    run
}

#[track_caller]
fn git(run: &Run, args: &[&str]) {
    let name = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").args(name).args(args).current_dir(run.path("")).status().unwrap();
    assert!(status.success(), "git {args:?}");
}

fn commit(run: &Run) {
    git(run, &["add", "-A"]);
    git(run, &["commit", "-q", "-m", "A commit"]);
}

fn documents(run: &Run, args: &[&str]) -> Vec<String> {
    let args = ["--format", "json", "--quiet"].iter().chain(args).copied();
    let json = run.check(args).json();
    json["documents"].as_array().unwrap().iter().map(|d| d["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn changed_documents_are_those_of_the_work_tree() {
    let run = repository();
    assert_eq!(documents(&run, &["--changed"]), [""; 0]);
    run.check(["--changed"]).ends_with(0);
    let run = run.file("news/new.txt", BARE).file("site/good.html", format!("{GOOD}\n"));
    assert_eq!(documents(&run, &["--changed"]), ["news/new.txt", "site/good.html"]);
    assert_eq!(documents(&run, &["--changed", "news"]), ["news/new.txt"]);
}

#[test]
fn a_changed_site_file_or_policy_concerns_all_below() {
    let run = repository().file("site/robots.txt", "User-agent: *\nDisallow: /x\n");
    assert_eq!(documents(&run, &["--changed"]), ["site/good.html"]);
    let run = run.file("rightscheck.toml", format!("{POLICY}\n"));
    assert_eq!(documents(&run, &["--changed"]), ["news/old.txt", "site/good.html"]);
}

#[test]
fn a_site_file_that_is_gone_concerns_all_below_too() {
    let run = repository().file("site/robots.txt", "User-agent: *\nDisallow: /\n");
    commit(&run);
    fs::remove_file(run.path("site/robots.txt")).unwrap();
    assert_eq!(documents(&run, &["--changed"]), ["site/good.html"]);
    git(&run, &["rm", "-q", "--cached", "site/robots.txt"]);
    assert_eq!(documents(&run, &["--staged"]), ["site/good.html"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_not_lost() {
    use std::os::unix::ffi::OsStrExt;
    let run = repository();
    let name = std::ffi::OsStr::from_bytes(b"news/caf\xe9.txt");
    fs::write(run.path("").join(name), BARE).unwrap();
    assert_eq!(documents(&run, &["--changed"]).len(), 1);
    git(&run, &["add", "-A"]);
    assert_eq!(documents(&run, &["--staged"]).len(), 1);
}

#[test]
fn since_counts_from_where_a_branch_parted() {
    let run = repository();
    git(&run, &["checkout", "-q", "-b", "draft"]);
    let run = run.file("news/draft.txt", BARE);
    commit(&run);
    git(&run, &["checkout", "-q", "main"]);
    let run = run.file("news/other.txt", BARE);
    commit(&run);
    git(&run, &["checkout", "-q", "draft"]);
    assert_eq!(documents(&run, &["--since", "main"]), ["news/draft.txt"]);
    let refused = run.check(["--since", "nowhere"]).ends_with(2).messages;
    assert!(refused.contains("no commit `nowhere`") && refused.contains("fetch-depth"), "{refused}");
}

#[test]
fn staged_documents_are_read_as_the_commit_would_record_them() {
    let run = repository().file("news/staged.txt", BARE);
    git(&run, &["add", "news/staged.txt"]);
    // The work tree has moved on, and holds more than will be recorded.
    let run = run.file("news/staged.txt", GOOD).file("news/untracked.txt", BARE);
    let found = run.check(["--staged", "--format", "concise", "--quiet"]).ends_with(1).out;
    assert!(found.starts_with("news/staged.txt:1:1: error[byline]"), "{found}");
    assert_eq!(documents(&run, &["--staged", "news"]), ["news/staged.txt"]);
    assert_eq!(documents(&run, &["--staged", "news/staged.txt", "news/old.txt"]), ["news/staged.txt"]);
    assert_eq!(documents(&run.inside("news"), &["--staged"]), ["news/staged.txt"]);
}

#[test]
fn a_renamed_document_has_changed() {
    let run = repository();
    git(&run, &["mv", "news/old.txt", "news/renamed.txt"]);
    assert_eq!(documents(&run, &["--staged"]), ["news/renamed.txt"]);
    assert_eq!(documents(&run, &["--changed"]), ["news/renamed.txt"]);
}

#[test]
fn without_a_repository_or_git_the_remedy_is_told() {
    let said = |output: Output| output.ends_with(2).messages;
    let path = std::env::var("PATH").unwrap_or_default();
    let outside = said(Run::with_policy().env("PATH", &path).check(["--changed"]));
    assert!(outside.contains("is in no git repository"), "{outside}");
    let without = said(Run::with_policy().env("PATH", "/nowhere").check(["--changed"]));
    assert!(without.contains("install it, or name the documents"), "{without}");
    fs::remove_dir_all(repository().path(".git")).unwrap();
}
