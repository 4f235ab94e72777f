use super::*;
use crate::document::Problem;

fn parse(text: &str) -> (Robots, Vec<Problem>) {
    let mut problems = Vec::new();
    let robots = read(text, &mut problems);
    (robots, problems)
}

#[track_caller]
fn check(text: &str, token: &str, path: &str, allowed: bool) {
    let (robots, _) = parse(text);
    assert_eq!(verdict(&robots.groups_for(token), path).allowed, allowed, "{token} on {path} in {text:?}");
}

#[track_caller]
fn codes(text: &str, expected: &[&str]) {
    let (_, problems) = parse(text);
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), expected, "{text:?}");
    assert!(problems.iter().all(|p| p.span.is_some_and(|s| text.get(s.range()).is_some())));
}

#[test]
fn groups_are_merged_and_hide_the_group_for_all() {
    let text = "User-agent: a\nDisallow: /x\nUser-agent: *\nDisallow: /\nUser-agent: A\nDisallow: /y\n";
    for (path, allowed) in [("/x", false), ("/y", false), ("/z", true), ("/robots.txt", true)] {
        check(text, "a", path, allowed);
    }
    check(text, "b", "/z", false);
    check("User-agent: a\nDisallow: /", "b", "/", true);
}

#[test]
fn unknown_records_do_not_end_a_list_of_agents() {
    let text = "\u{feff}user-agent: a\nSitemap: https://a.example/s\nContent-Signal: ai-train=no\n\nUSER-AGENT : b # c\nDisallow: /\n";
    check(text, "a", "/x", false);
    check(text, "b", "/x", false);
}

#[test]
fn a_content_usage_line_is_a_rule_and_ends_the_list() {
    let text = "User-agent: a\nContent-Usage: train-ai=n\nUser-agent: b\nDisallow: /\n";
    check(text, "a", "/x", true);
    check(text, "b", "/x", false);
}

#[test]
fn the_longest_pattern_decides_and_allow_wins_a_tie() {
    check("User-agent: *\nAllow: /p\nDisallow: /", "a", "/page", true);
    check("User-agent: *\nAllow: /folder\nDisallow: /folder", "a", "/folder/page", true);
    check("User-agent: *\nAllow: /page\nDisallow: /*.htm", "a", "/page.htm", false);
    check("User-agent: *\nAllow: /$\nDisallow: /", "a", "/", true);
    check("User-agent: *\nDisallow:", "a", "/", true);
    check("User-agent: *\rDisallow: /a\r\nDisallow: /b\n", "a", "/a", false);
}

#[test]
fn a_token_with_foreign_characters_is_meant_all_the_same() {
    check("User-agent: AI2Bot\nDisallow: /", "AI2Bot", "/", false);
    check("User-agent: Claude-Web/1.0\nDisallow: /", "Claude-Web", "/", false);
    check("User-agent: Claude-Web/1.0\nDisallow: /", "Claude", "/", true);
    codes("User-agent: AI2Bot\nDisallow: /", &["illegal-product-token"]);
}

#[test]
fn the_longest_path_of_usage_lines_counts_and_equal_ones_add_up() {
    let text = "User-Agent: *\nContent-Usage: train-ai=n\nContent-Usage: /open/ train-ai=y\nContent-usage:/open/ search=n\n";
    let (robots, _) = parse(text);
    let values = |path: &str| in_force(robots.groups[0].usage.iter(), path).iter().map(|l| l.value.value.as_str()).collect::<Vec<_>>();
    assert_eq!(values("/a"), ["train-ai=n"]);
    assert_eq!(values("/open/a"), ["train-ai=y", "search=n"]);
}

#[test]
fn licence_lines_are_global_or_of_a_group() {
    let (robots, _) = parse("License: https://a.example/all.xml\nUser-agent: a\nLicense: https://a.example/a.xml\nDisallow: /x\n");
    assert_eq!(robots.licences[0].value, "https://a.example/all.xml");
    assert_eq!(robots.groups[0].licences[0].value, "https://a.example/a.xml");
}

#[test]
fn lines_that_mean_something_else_are_told() {
    codes(
        "Disallow: /\nUser-agent: *\nDisalow: /\nNoindex: /x\nDisallow x\nDisallow: x\n",
        &[
            "robots-rule-before-group",
            "robots-misspelt-field",
            "robots-page-directive",
            "robots-missing-colon",
            "robots-path-without-slash",
        ],
    );
    codes("User-agent: *\nDisallow: /\nContent-Usage: train-ai=n\n", &["aipref-without-access"]);
    codes("User-agent: *\nContent-Usage: * train-ai=n\nDisallowAITraining: /\n", &["robots-expired-draft", "aipref-path"]);
    codes("User-agent: *\nContent-Usage: train-ai=n\nContent-Signal: ai-train=yes\n", &["content-signal-against-usage"]);
    codes("User-agent: *\nContent-Signal: ai-train=no\nAllow: /\n\nUser-agent: a\nAllow: /\n", &["robots-group-hides-use"]);
    codes("User-agent: a\nContent-Signal: ai-train=no\nUser-agent: b\nDisallow: /x", &["robots-joined-group"]);
    codes("License: rsl.xml\n", &["rsl-relative-licence"]);
}

#[test]
fn what_lies_beyond_the_limit_is_left_out() {
    let mut text = "User-agent: *\nDisallow: /a\n".to_owned();
    text.push_str(&"# filler\n".repeat(60_000));
    text.push_str("Disallow: /b\n");
    let (robots, problems) = parse(&text);
    assert_eq!((robots.groups[0].rules.len(), problems[0].code), (1, "robots-too-long"));
}

proptest::proptest! {
    #[test]
    fn nothing_panics(text in "([A-Za-z*/ :=#,.\r\n\t-]|User-agent: |Disallow: |Content-Usage: |é|\u{feff}){0,80}", path in "/[a-z*$%é/?]{0,12}") {
        let (robots, problems) = parse(&text);
        for problem in &problems {
            proptest::prop_assert!(problem.span.is_some_and(|s| text.get(s.range()).is_some()));
        }
        let path = crate::document::site::pattern::path_of(&path).unwrap();
        verdict(&robots.groups_for("a"), &path);
    }
}
