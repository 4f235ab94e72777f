//! A faulty policy: every problem at once, with its place, near name and help.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests measure time, read the source tree and may panic")]

use rightscheck::policy::problem::PolicyProblem;
use rightscheck::policy::{Policy, PolicyFile};

fn load(text: &str) -> Result<Policy, Vec<PolicyProblem>> {
    load_with(text, &[])
}

/// Loads a policy that may extend the named files.
fn load_with(text: &str, files: &[(&str, &str)]) -> Result<Policy, Vec<PolicyProblem>> {
    let find = |name: &str, _: &PolicyFile| {
        let found = files.iter().find(|(n, _)| *n == name);
        found.map(|(n, text)| PolicyFile { name: (*n).to_owned(), text: (*text).to_owned() }).ok_or_else(|| format!("no file {name}"))
    };
    Policy::load(&PolicyFile { name: "test.toml".to_owned(), text: text.to_owned() }, &find)
}

fn problems(text: &str) -> Vec<PolicyProblem> {
    load(text).err().unwrap_or_default()
}

/// `code @ faulty text: label`, one line per problem.
fn shown(problems: &[PolicyProblem]) -> Vec<String> {
    let line = |p: &PolicyProblem| format!("{} @ {}: {}", p.code, &p.file.text[p.primary.0.clone()], p.primary.1);
    problems.iter().map(line).collect()
}

const HEAD: &str = "schema = 1\n[policy]\nid = \"test\"\n";

fn rule(lines: &str) -> String {
    format!("{HEAD}[rule.a]\ntitle = \"A\"\n{lines}")
}

#[track_caller]
fn one(text: &str, expected: &str) {
    assert_eq!(shown(&problems(text)), [expected], "{text}");
}

#[test]
fn ten_mistakes_are_ten_problems_with_near_names_in_no_time() {
    let text = r#"schema = 1
[policy]
id = "broken"

[rule.byline]
title = "Every article names its author"
requires = "byline"

[rule.notice]
title    = "The notice reserves AI uses"
require  = "reservation"
covers   = ["mine", "ai-training", "stoer"]
parts    = ["agency"]
severity = "eror"
mesage   = "the notice {problem}"

[rule.date]
title   = "Dated"
require = "dat"

[rule.credit]
title   = "Credited"
require = "credit"
message = "picture {probelm}"

[detector.bad]
yields  = "credit"
pattern = '''(?i)photo: (?P<agency>[^|+'''

[[adjust]]
set      = "archive"
severity = { bylines = "note" }
reason   = "old"
"#;
    let start = std::time::Instant::now();
    let found = problems(text);
    let took = start.elapsed();
    assert_eq!(
        shown(&found),
        [
            "unknown-key @ requires: did you mean `require`?",
            "unknown-word @ \"mine\": did you mean `tdm`?",
            "unknown-word @ \"ai-training\": did you mean `ai-train`?",
            "unknown-word @ \"stoer\": did you mean `store`?",
            "key-not-for-this-fact @ parts: `parts` belongs to: byline, credit, source, agency-credit, licence",
            "unknown-word @ \"eror\": did you mean `error`?",
            "unknown-key @ mesage: did you mean `message`?",
            "unknown-fact @ \"dat\": did you mean `date`?",
            "unknown-slot @ {probelm}: did you mean `problem`?",
            "bad-pattern @ '''(?i)photo: (?P<agency>[^|+''': unclosed character class",
            "unknown-set @ \"archive\": ",
            "unknown-rule @ bylines: did you mean `byline`?",
        ]
    );
    assert!(took.as_millis() < 20, "took {took:?}");
}

#[test]
fn syntax_errors_are_all_found_and_hide_what_they_explain() {
    let found = problems("schema = 1\n[policy]\nid = \"x\n[rule.a]\ntitle = \"A\nrequire = byline\ncount = 1\ncount = 2\n");
    assert!(found.len() >= 4 && found.iter().all(|p| p.code == "syntax"), "{:?}", shown(&found));
}

#[test]
fn a_rule_has_exactly_one_verb() {
    one(&rule(""), "missing-verb @ a: ");
    one(&rule("require = \"byline\"\nforbid = \"credit\"\n"), "several-verbs @ forbid: a second verb");
    one(&rule("requiere = \"byline\"\n"), "unknown-key @ requiere: did you mean `require`?");
}

#[test]
fn keys_belong_to_facts_and_verbs() {
    one(
        &rule("require = \"reservation\"\nparts = [\"agency\"]\n"),
        "key-not-for-this-fact @ parts: `parts` belongs to: byline, credit, source, agency-credit, licence",
    );
    one(&rule("require = \"byline\"\non = [\"tdm\"]\n"), "key-not-for-this-verb @ on: `on` belongs to `agree`");
    one(&rule("permit = [\"tdm\"]\non-silence = \"fail\"\nwithin = \"footer\"\n"), "key-not-for-this-verb @ within: `within` belongs to: ");
    one(&rule("require = \"date\"\nnot = [\"futur\"]\n"), "unknown-word @ \"futur\": did you mean `future`?");
    one(&rule("require = \"reservation\"\nsimilarity = 0.9\n"), "needless-key @ similarity: ");
}

#[test]
fn permit_says_what_silence_means_and_agree_says_on_what() {
    one(&rule("permit = [\"ai-train\"]\n"), "missing-on-silence @ permit: add `on-silence`");
    one(&rule("agree = [\"signal\", \"reservation\"]\n"), "missing-key @ agree: ");
    one(&rule("agree = [\"signal\", \"byline\"]\non = \"tdm\"\n"), "agree-facts @ [\"signal\", \"byline\"]: ");
    one(&rule("agree = \"byline\"\non = \"tdm\"\n"), "needless-key @ on: ");
    one(&rule("permit = [\"translate\"]\non-silence = \"review\"\n"), "unknown-word @ \"translate\": did you mean `adapt`?");
}

#[test]
fn values_have_their_types() {
    one(&rule("require = 3\n"), "wrong-type @ 3: this is a number");
    one(&rule("require = \"byline\"\nparts = []\n"), "empty-list @ []: leave the key out instead");
    one(&rule("require = \"byline\"\neffective = \"soon\"\n"), "bad-date @ \"soon\": not a date");
    one(&rule("require = \"byline\"\nwhen = { words = \"many\" }\n"), "bad-comparison @ \"many\": ");
    one(&rule("require = \"copyright\"\nyear = { covers = \"publishd\" }\n"), "bad-date @ \"publishd\": did you mean `published`?");
    one(&rule("require = \"byline\"\nwhen = { path = \"a[\" }\n"), "bad-path-pattern @ \"a[\": unclosed character class; missing ']'");
}

#[test]
fn references_name_what_is_defined() {
    let party = "[party.publisher]\nname = \"Example Media\"\n";
    let holder = |name: &str| format!("{HEAD}{party}[rule.a]\ntitle = \"A\"\nrequire = \"copyright\"\nholder = \"{name}\"\n");
    assert_eq!(shown(&problems(&holder("publisher"))), [""; 0]);
    assert_eq!(shown(&problems(&rule("require = \"copyright\"\nholder = \"publisher\"\n"))), [""; 0]);
    one(&holder("publishr"), "unknown-party @ \"publishr\": did you mean `publisher`?");
    one(&rule("require = \"reservation\"\nwording = \"house\"\n"), "unknown-wording @ \"house\": ");
    one(&rule("require = \"credit\"\nparty = \"reuters\"\nwhen = { set = \"x\" }\n"), "unknown-set @ \"x\": ");
    one(&rule("require = \"credit\"\nwaivable = \"legal\"\n"), "unknown-approvers @ \"legal\": ");
}

#[test]
fn tests_of_rules_have_one_document_and_an_outcome() {
    let test = |lines: &str| rule(&format!("require = \"byline\"\n[[rule.a.test]]\nname = \"n\"\n{lines}"));
    assert_eq!(shown(&problems(&test("html = \"x\"\nexpect = \"pass\"\n"))), [""; 0]);
    one(&test("html = \"x\"\nexpect = \"passs\"\n"), "unknown-word @ \"passs\": did you mean `pass`?");
    one(&test("html = \"x\"\nmd = \"y\"\nexpect = \"pass\"\n"), "test-document @ md: ");
}

#[test]
fn detectors_find_in_one_way_and_yield_facts_of_their_own() {
    let own = format!("{HEAD}[detector.embargo]\nyields = \"embargo-line\"\npattern = '(?P<until>embargo.*)'\n");
    let forbid = "[rule.a]\ntitle = \"A\"\nforbid = \"embargo-line\"\nmessage = \"left: {embargo-line.until} {quote}\"\n";
    assert_eq!(shown(&problems(&format!("{own}{forbid}"))), [""; 0]);
    one(&format!("{HEAD}[detector.d]\nyields = \"credit\"\n"), "detector-finder @ d: ");
    one(&format!("{HEAD}[detector.d]\nyields = \"signal\"\nlike = \"x\"\n"), "unknown-word @ \"signal\": ");
    one(
        &format!("{HEAD}[detector.d]\nyields = \"credit\"\npattern = '(?P<agncy>x)'\n"),
        "unknown-word @ '(?P<agncy>x)': did you mean `agency`?",
    );
    one(&format!("{HEAD}[detector.d]\nyields = \"credit\"\nselect = 'a['\n"), "bad-selector @ 'a[': Unexpected EOL");
}

#[test]
fn wording_that_a_policy_adds_names_concepts() {
    one(&format!("{HEAD}[lexicon.eo.copyright]\nwrod = [\"x\"]\n"), "unknown-word @ wrod: did you mean `copyright.word`?");
}

#[test]
fn a_policy_says_its_format_and_its_name() {
    one("[policy]\nid = \"x\"\n", "wrong-schema @ : ");
    one("schema = 2\n[policy]\nid = \"x\"\n", "wrong-schema @ 2: another format");
    one("schema = 1\n", "missing-key @ : ");
    one("schema = 1\n[policy]\nid = \"My Desk\"\n", "bad-name @ \"My Desk\": write `my-desk`");
    one(&format!("{HEAD}[rules.a]\n"), "unknown-table @ rules: did you mean `rule`?");
}

const PACK_A: &str =
    "schema = 1\n[policy]\nid = \"a\"\n[rule.x]\ntitle = \"X\"\nrequire = \"credit\"\nparts = [\"agency\", \"person\"]\ntags = [\"t\"]\n";
const PACK_B: &str = "schema = 1\n[policy]\nid = \"b\"\n[rule.x]\ntitle = \"X\"\nrequire = \"byline\"\n";
const FILES: &[(&str, &str)] = &[("a.toml", PACK_A), ("b.toml", PACK_B)];

fn extending(files: &str, rest: &str) -> String {
    format!("schema = 1\n[policy]\nid = \"test\"\nextends = [{files}]\n{rest}")
}

#[test]
fn a_policy_changes_one_key_of_an_inherited_rule() {
    let policy =
        load_with(&extending("\"file:a.toml\"", "[rule.x]\nparts = [\"agency\"]\ntags-add = [\"u\"]\nseverity = \"off\"\n"), FILES)
            .unwrap();
    let rule = policy.rule("x").unwrap();
    assert_eq!((&*rule.id, rule.title.as_str(), rule.severity), ("a/x", "X", None));
    assert_eq!((rule.demands.parts.as_slice(), rule.tags.as_slice()), (&["agency".to_owned()][..], &["t".to_owned(), "u".to_owned()][..]));
    let parts = rule.settings.iter().find(|s| s.key == "parts").unwrap();
    assert_eq!((policy.files[parts.file].name.as_str(), parts.value.as_str()), ("test.toml", "[\"agency\"]"));
    let title = rule.settings.iter().find(|s| s.key == "title").unwrap();
    assert_eq!(policy.files[title.file].name, "a.toml");
}

#[test]
fn another_verb_needs_replace() {
    let changed = |more: &str| extending("\"file:a.toml\"", &format!("[rule.x]\ntitle = \"New\"\nforbid = \"credit\"\n{more}"));
    assert_eq!(shown(&load_with(&changed(""), FILES).unwrap_err()), ["verb-changed @ forbid: another verb makes it another rule"]);
    let policy = load_with(&changed("replace = true\n"), FILES).unwrap();
    assert_eq!((policy.rules.len(), &*policy.rules[0].id), (1, "test/x"));
}

#[test]
fn a_rule_in_two_packs_needs_its_policy_named() {
    let both = "\"file:a.toml\", \"file:b.toml\"";
    let found = load_with(&extending(both, ""), FILES).unwrap_err();
    assert_eq!(shown(&found), ["same-rule-twice @ \"file:b.toml\": this brings the second"]);
    assert!(found[0].help.as_ref().unwrap().contains("[rule.\"b/x\"]"), "{:?}", found[0].help);
    let policy = load_with(&extending(both, "[rule.\"b/x\"]\nseverity = \"off\"\n"), FILES).unwrap();
    assert_eq!(policy.rules.iter().map(|r| (&*r.id, r.severity.is_some())).collect::<Vec<_>>(), [("a/x", true), ("b/x", false)]);
    one_with(&extending(both, "[rule.\"c/x\"]\nseverity = \"off\"\n"), "unknown-rule @ \"c/x\": did you mean `a/x`?");
    one_with(&extending(both, "[rule.x]\nseverity = \"off\"\n"), "same-rule-twice @ x: this brings the second");
}

#[track_caller]
fn one_with(text: &str, expected: &str) {
    let found = load_with(text, FILES).unwrap_err();
    assert!(shown(&found).iter().any(|line| line == expected), "{:?}", shown(&found));
}

#[test]
fn a_policy_reached_twice_counts_once() {
    let c = "schema = 1\n[policy]\nid = \"c\"\nextends = [\"file:a.toml\"]\n[rule.x]\nseverity = \"note\"\n";
    let files = [("a.toml", PACK_A), ("c.toml", c)];
    let policy = load_with(&extending("\"file:c.toml\", \"file:a.toml\"", ""), &files).unwrap();
    assert_eq!(
        policy.rules.iter().map(|r| (&*r.id, r.severity.map(rightscheck::terms::Severity::name))).collect::<Vec<_>>(),
        [("a/x", Some("note"))]
    );
}

#[test]
fn what_cannot_be_extended_is_said() {
    one_with(&extending("\"builtin:publsh\"", ""), "extends-not-found @ \"builtin:publsh\": did you mean `publish`?");
    one_with(&extending("\"file:none.toml\"", ""), "extends-not-found @ \"file:none.toml\": no file none.toml");
    one_with(&extending("\"publish\"", ""), "extends-not-found @ \"publish\": ");
    let circle = "schema = 1\n[policy]\nid = \"d\"\nextends = [\"file:d.toml\"]\n";
    let found = load_with(&extending("\"file:d.toml\"", ""), &[("d.toml", circle)]).unwrap_err();
    assert_eq!(shown(&found), ["extends-circle @ \"file:d.toml\": this closes the circle"]);
    let twin = "schema = 1\n[policy]\nid = \"test\"\n";
    let found = load_with(&extending("\"file:t.toml\"", ""), &[("t.toml", twin)]).unwrap_err();
    assert_eq!(shown(&found), ["same-policy-id @ \"test\": "]);
}

#[test]
fn every_code_is_explained() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/policy");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for code in text.split("Fault::new(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next()) {
            assert!(rightscheck::policy::problem::explain(code).is_some(), "explain `{code}`");
            found += 1;
        }
    }
    assert!(found > 40, "the scan finds the codes");
}

#[test]
fn hostile_policies_give_problems_in_a_moment() {
    let rules: String = (0..5000).map(|i| format!("[rule.r{i}]\ntitle = \"x\"\nrequire = \"bylin\"\n")).collect();
    let cases = [
        format!("{HEAD}{rules}"),
        rule(&format!("require = \"byline\"\nmessage = \"{}\"\n", "{a}".repeat(100_000))),
        format!("{HEAD}x = {}", "[".repeat(300_000)),
        "[[[\"'=\n".repeat(50_000),
        rule(&format!("require = \"{}\"\n", "x".repeat(1_000_000))),
    ];
    for text in cases {
        let start = std::time::Instant::now();
        assert!(!problems(&text).is_empty());
        assert!(start.elapsed().as_millis() < 1000, "{}… took {:?}", &text[..60], start.elapsed());
    }
}
