//! Allowances inside documents.

use crate::run::POLICY;
use crate::run::Run;

/// A page with an uncredited picture, and a comment before it.
fn page(comment: &str) -> Run {
    let policy = format!(
        "{POLICY}\n[rule.credit]\ntitle = \"Every picture has a credit\"\nfor-each = \"image\"\nrequire = \"credit\"\nmessage = \"{{image.name}} has no credit\"\n"
    );
    let html = format!(
        "<html lang=en><body><article><h1>Harbour closed</h1><p class=byline>By Ann Example</p>\n\
         <p>The harbour was closed by the storm on Monday, and the ferries stayed where they were.</p>\n{comment}\n\
         <figure><img src=moon.jpg width=800 height=600><figcaption>The moon over the harbour</figcaption></figure>\n\
         <figure><img src=pier.jpg width=800 height=600><figcaption>The pier at dusk</figcaption></figure>\n\
         </article><footer>© 2026 Example Media Ltd</footer></body></html>"
    );
    Run::new().file("rightscheck.toml", policy).file("a.html", html)
}

fn findings(run: &Run, args: &[&str]) -> String {
    let args = ["a.html", "--format", "concise"].iter().chain(args).copied();
    run.check(args).all()
}

#[test]
fn an_allowance_holds_for_the_next_picture() {
    let said = findings(&page("<!-- rightscheck: allow credit reason=\"public domain, NASA\" until=2027-01-31 -->"), &[]);
    assert!(said.contains("allowed[credit] moon.jpg") && said.contains("error[credit] pier.jpg"), "{said}");
    let run = page("<!-- rightscheck: allow credit reason=\"public domain, NASA\" -->");
    let json = run.check(["a.html", "--format", "json"]).json();
    let finding = json["findings"].as_array().unwrap().iter().find(|f| f["status"] == "allowed").unwrap().clone();
    assert_eq!((&finding["allowed"], &json["summary"]["allowed"]), (&"public domain, NASA".into(), &1.into()));
}

#[test]
fn an_allowance_for_the_document_holds_for_all() {
    let said = findings(&page("<!-- rightscheck: allow-document credit reason=\"own archive\" -->"), &[]);
    assert!(
        said.contains("allowed[credit] moon.jpg") && said.contains("allowed[credit] pier.jpg") && said.ends_with("exit code 0"),
        "{said}"
    );
    page("<!-- rightscheck: allow-document credit reason=\"own archive\" -->").check(["a.html"]).says("2 findings allowed in documents");
}

#[test]
fn one_that_is_wrong_allows_nothing_and_is_told() {
    for (comment, said) in [
        ("allow credit", "gives no reason"),
        ("allow reason=\"x\"", "names no rule"),
        ("allow nonsense reason=\"x\"", "the policy has no rule `nonsense`"),
        ("allow credit reason=\"x\" until=2026-01-01", "it ended on 2026-01-01"),
        ("allow credit reason=\"x\" until=2029-01-01", "the most is 366"),
    ] {
        let run = page(&format!("<!-- rightscheck: {comment} -->"));
        run.check(["a.html"]).ends_with(1).says("warning[bad-allowance]: a.html: the allowance in line 3: ").says(said);
    }
    page("<!-- rightscheck: allow byline reason=\"x\" -->").check(["a.html"]).says("unused-allowance").says("there is nothing to allow");
    let run = page("<!-- rightscheck: allow credit reason=\"x\" -->");
    run.check(["a.html", "--rule", "byline"]).does_not_say("unused-allowance");
}

#[test]
fn what_is_allowed_does_not_enter_a_baseline() {
    let run = page("<!-- rightscheck: allow credit reason=\"public domain\" -->");
    run.run(["baseline", "create", "--as-of", crate::run::DAY]).ends_with(0).says("1 known finding from today on");
    let said = findings(&run, &[]);
    assert!(said.contains("allowed[credit] moon.jpg") && said.contains("known[credit] pier.jpg"), "{said}");
}

#[test]
fn content_of_others_allows_itself_nothing() {
    let said = findings(&page("<!-- rightscheck: allow-document credit reason=\"trust me\" -->"), &["--for", "redistribute"]);
    assert!(said.contains("it is not honoured under --for") && !said.contains("allowed[credit]"), "{said}");
}

#[test]
fn markdown_has_allowances_too() {
    let text = "# Harbour closed\n\nBy Ann Example\n\nThe harbour was closed by the storm on Monday.\n\n\
        <!-- rightscheck: allow-document copyright reason=\"stands on the site\" -->\n\nMore tomorrow.\n";
    let run = Run::with_policy().file("a.md", text);
    let said = run.check(["a.md", "--format", "concise"]).all();
    assert!(said.contains("allowed[copyright]"), "{said}");
}

#[test]
fn a_rule_that_only_others_may_waive_stays() {
    let run = page("<!-- rightscheck: allow-document credit reason=\"x\" -->");
    let policy = run.read("rightscheck.toml").replace("for-each = \"image\"", "for-each = \"image\"\nwaivable = \"no\"");
    run.file("rightscheck.toml", policy).check(["a.html"]).ends_with(1).says("can't be allowed inside a document");
}

#[test]
fn an_allowance_holds_for_the_next_embedded_medium() {
    let policy = format!("{POLICY}\n[rule.credit]\ntitle = \"Every medium has a credit\"\nfor-each = \"embed\"\nrequire = \"credit\"\n");
    let html = "<html lang=en><body><article><h1>Harbour closed</h1><p class=byline>By Ann Example</p>\n\
         <p>The harbour was closed by the storm on Monday, and the ferries stayed where they were.</p>\n\
         <!-- rightscheck: allow credit reason=\"our own player\" -->\n<img src=moon.jpg width=800 height=600>\n\
         <iframe src=https://player.example.org/1></iframe>\n<iframe src=https://player.example.org/2></iframe>\n\
         </article><footer>© 2026 Example Media Ltd</footer></body></html>";
    let said = findings(&Run::new().file("rightscheck.toml", policy).file("a.html", html), &[]);
    assert!(
        said.contains("allowed[credit] embedded player.example.org/1") && said.contains("error[credit] embedded player.example.org/2"),
        "{said}"
    );
}
