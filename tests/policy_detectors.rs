//! Detectors of a policy: patterns, selectors, approximate texts, in documents of our own.

use rightscheck::check::rule_tests::{Verdict, run};
use rightscheck::policy::{Policy, PolicyFile};

/// Runs the tests that stand in `rules`, all of which must pass.
#[track_caller]
fn passes(rules: &str) {
    let file = PolicyFile { name: "test.toml".to_owned(), text: format!("schema = 1\n[policy]\nid = \"test\"\n{rules}") };
    let policy = Policy::load(&file, &|name, _| Err(format!("no {name}"))).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let results = run(&policy, &|path| Err(format!("no {path}")));
    assert!(results.iter().any(|r| !r.tests.is_empty()));
    for result in results {
        for test in result.tests {
            assert_eq!(test.verdict, Verdict::Passed, "{} “{}”", result.rule, test.name);
        }
    }
}

#[test]
fn a_pattern_yields_a_fact_of_its_own_with_parts() {
    passes(
        r#"
[detector.embargo-line]
yields  = "embargo-line"
pattern = '''(?im)^embargo(?:ed)? until (?P<until>.+)$'''

[rule.no-embargo]
title   = "No embargo line survives to publication"
forbid  = "embargo-line"
message = "embargo until {embargo-line.until}: {quote}"

[[rule.no-embargo.test]]
name    = "a line left in the text"
text    = "Harbour\n\nEMBARGOED until 5 May\n\nThe harbour was full."
expect  = "fail"
at      = "EMBARGOED until 5 May"
message = "embargo until 5 May: EMBARGOED until 5 May"

[[rule.no-embargo.test]]
name   = "the word in a sentence"
text   = "Harbour\n\nThe embargo until May was lifted."
expect = "pass"
"#,
    );
}

#[test]
fn a_credit_pattern_attaches_to_the_picture_it_captions() {
    passes(
        r#"
[detector.house-credit]
yields  = "credit"
scope   = "caption"
pattern = '''(?i)lens\s*=\s*(?P<agency>[^|]+?)\s*(?:\|\s*(?P<person>.+))?$'''

[rule.credit]
title    = "Every picture credits agency and person"
for-each = "image"
require  = "credit"
parts    = ["agency", "person"]

[[rule.credit.test]]
name   = "both"
html   = '<figure><img src="a.jpg" width="600"><figcaption>Cranes. Lens = Wire-A | J. Doe</figcaption></figure>'
expect = "pass"

[[rule.credit.test]]
name   = "the agency alone"
html   = '<figure><img src="a.jpg" width="600"><figcaption>Cranes. Lens = Wire-A</figcaption></figure>'
expect = "fail"
at     = "Lens = Wire-A"

[[rule.credit.test]]
name   = "outside of captions the pattern is not tried"
html   = '<p>Lens = Wire-A | J. Doe</p><img src="a.jpg" width="600">'
expect = "fail"
"#,
    );
}

#[test]
fn a_selector_yields_the_text_of_its_hits() {
    passes(
        r##"
[detector.desk-note]
yields = "desk-note"
select = "aside.desk b"

[rule.no-desk-note]
title  = "No note of the desk is published"
forbid = "desk-note"

[[rule.no-desk-note.test]]
name   = "a note"
html   = '<p>Text &amp; more.</p><aside class="desk">To do: <b>check &amp; cut</b></aside>'
expect = "fail"
at     = "check & cut"

[[rule.no-desk-note.test]]
name   = "none"
html   = '<p>Text <b>bold</b></p>'
expect = "pass"
"##,
    );
}

#[test]
fn a_notice_in_an_unknown_language_is_understood_by_its_likeness() {
    passes(
        r#"
[party.publisher]
name = "Ekzempla Gazeto"

[detector.house-notice]
yields     = "reservation"
like       = "Ĉia kopiado kaj maŝina lernado de niaj tekstoj postulas la antaŭan skriban konsenton de Ekzempla Gazeto, krom indeksado de serĉiloj."
similarity = 0.8
covers     = ["reproduce", "store"]
names      = ["ai-train"]
exempts    = ["search"]
consent    = "prior-written"
holder     = "publisher"

[rule.notice]
title   = "The notice keeps AI training back and leaves search open"
require = "reservation"
covers  = ["reproduce", "ai-train"]
names   = ["ai-train"]
exempts = ["search"]
consent = "prior-written"
holder  = "publisher"

[[rule.notice.test]]
name   = "nearly the approved text"
text   = "Haveno\n\nĈia kopiado kaj maŝina lernado de niaj tekstoj postulas la antaŭan konsenton de Ekzempla Gazeto, krom indeksado de serĉiloj."
expect = "pass"

[[rule.notice.test]]
name   = "another text"
text   = "Haveno\n\nNiaj tekstoj estas bonaj kaj la haveno estas plena de ŝipoj kaj homoj hodiaŭ, krom dimanĉe."
expect = "fail"

[rule.stricter]
title   = "General words are not enough"
require = "reservation"
names   = ["store"]

[[rule.stricter.test]]
name   = "covered, not named"
text   = "Ĉia kopiado kaj maŝina lernado de niaj tekstoj postulas la antaŭan skriban konsenton de Ekzempla Gazeto, krom indeksado de serĉiloj."
expect = "fail"

[[rule.stricter.test]]
name   = "no notice"
text   = "Haveno"
expect = "fail"
"#,
    );
}

#[test]
fn a_policy_adds_wording_in_a_language_of_its_own() {
    passes(
        r#"
[lexicon.eo]
name = "Esperanto"

[lexicon.eo.copyright]
all-rights-reserved = ["ĉiuj rajtoj rezervitaj"]

[rule.copyright]
title   = "The page claims all rights"
require = "copyright"

[[rule.copyright.test]]
name   = "in words that the policy adds"
html   = '<h1>Haveno</h1><p>La gruoj staris.</p><footer>Ekzempla Gazeto. Ĉiuj rajtoj rezervitaj.</footer>'
expect = "pass"

[[rule.copyright.test]]
name   = "in words that nobody added"
html   = '<h1>Haveno</h1><p>La gruoj staris.</p><footer>Ekzempla Gazeto. Ĉio apartenas al ni.</footer>'
expect = "fail"
"#,
    );
}

#[test]
fn videos_are_gone_through_apart_from_pictures() {
    passes(
        r#"
[rule.video]
title    = "Every video is credited"
for-each = "video"
require  = "credit"

[[rule.video.test]]
name    = "no credit"
html    = '<article><h1>Cranes</h1><video src="cranes.mp4" poster="cranes.jpg"></video><p>The cranes stood still.</p></article>'
expect  = "fail"
message = "video cranes.mp4 has no credit"

[[rule.video.test]]
name   = "a picture is no video"
html   = '<article><h1>Cranes</h1><img src="cranes.jpg" width="900" height="600"><p>The cranes stood still.</p></article>'
expect = "skip"
"#,
    );
}

#[test]
fn embedded_media_are_gone_through_with_their_own_captions() {
    passes(
        r#"
[rule.embed]
title    = "Every embedded medium is credited in its caption"
for-each = "embed"
require  = "credit"
within   = "caption"
when     = { role = "content" }
message  = "{subject} ({embed.address}) lacks a credit"

[[rule.embed.test]]
name   = "credited"
html   = '<article><h1>Cranes</h1><p>The cranes stood still.</p><figure><iframe src="https://player.example.org/cranes?t=1"></iframe><figcaption>The yard. Video: Ann Example</figcaption></figure></article>'
expect = "pass"

[[rule.embed.test]]
name    = "no credit"
html    = '<article><h1>Cranes</h1><iframe src="https://player.example.org/cranes?t=1"></iframe><p>The cranes of the yard stood still on Monday, and nobody knew when they would move again. Photo: Ann Example</p></article>'
expect  = "fail"
at      = '<iframe src="https://player.example.org/cranes?t=1">'
message = "embedded player.example.org/cranes (https://player.example.org/cranes?t=1) lacks a credit"

[[rule.embed.test]]
name   = "in Markdown"
md     = """
# Cranes

The cranes stood still.

<iframe src="https://player.example.org/cranes"></iframe>

They stand there still.
"""
expect = "fail"

[[rule.embed.test]]
name   = "a picture is not embedded"
html   = '<article><h1>Cranes</h1><img src="cranes.jpg" width="900" height="600"><p>The cranes stood still.</p></article>'
expect = "skip"

[rule.embed-licence]
title    = "Every embedded medium says its licence"
for-each = "embed"
require  = "licence"
when     = { role = "content" }

[[rule.embed-licence.test]]
name   = "linked in the caption"
html   = '<article><h1>Cranes</h1><p>The cranes stood still.</p><figure><iframe src="https://player.example.org/cranes"></iframe><figcaption>The yard, <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></figcaption></figure></article>'
expect = "pass"

[[rule.embed-licence.test]]
name   = "the page's own licence is not the medium's"
html   = '<article><h1>Cranes</h1><figure><iframe src="https://player.example.org/cranes"></iframe><figcaption>The yard</figcaption></figure><p>The cranes stood still.</p></article><footer>Text: <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></footer>'
expect = "fail"
"#,
    );
}
