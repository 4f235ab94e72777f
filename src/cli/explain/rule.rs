//! What a rule demands, and where each of its keys was set.

use crate::cli::explain::NAMES;
use crate::cli::page::Page;
use crate::policy::Policy;
use crate::policy::rule::Rule;
use crate::policy::rule::Setting;
use crate::policy::rule::Waivable;
use crate::text::LineIndex;

/// Keys that the page tells in its own words.
const TOLD: &[&str] = &["title", "severity", "message", "fix", "basis", "tags", "owner"];

/// Explains `rule` of `policy`. `file` turns the name of a file into how the reader reaches it.
pub(super) fn explain(rule: &Rule, policy: &Policy, file: &dyn Fn(&str) -> String, page: &mut Page) {
    page.heading("rule", &rule.id);
    page.paragraph(&rule.title);
    page.line("");
    page.row("severity", NAMES, &severity(rule));
    page.row("demands", NAMES, &rule.demand());
    for setting in rule.settings.iter().filter(|s| !TOLD.contains(&s.key.as_str())) {
        page.row(&setting.key, NAMES, &format!("{}  ({})", setting.value, place(setting, policy, file)));
    }
    if let Some(message) = &rule.message {
        page.row("message", NAMES, &message.text);
    }
    page.row("slots", NAMES, &policy.message_slots(rule).iter().map(|s| format!("{{{s}}}")).collect::<Vec<_>>().join(" "));
    about(rule, page);
    tests(rule, page);
}

fn severity(rule: &Rule) -> String {
    let mut said = rule.severity.map_or("off".to_owned(), |s| s.name().to_owned());
    if let Some(day) = rule.effective {
        said.push_str(&format!("; before {day} a note"));
    }
    if let Some(day) = rule.until {
        said.push_str(&format!("; not after {day}"));
    }
    if !rule.purpose.is_empty() {
        said.push_str(&format!("; only under --for {}", rule.purpose.join(", ")));
    }
    said
}

/// Where a key was set: file, line and column. `name` turns the name of a file into how the reader reaches it.
pub(crate) fn place(setting: &Setting, policy: &Policy, name: &dyn Fn(&str) -> String) -> String {
    let Some(file) = policy.files.get(setting.file) else { return String::new() };
    let position = LineIndex::new(&file.text).position(&file.text, setting.span.start as u32);
    format!("{}:{}:{}", name(&file.name), position.line, position.column)
}

fn about(rule: &Rule, page: &mut Page) {
    if let Some(fix) = &rule.fix {
        page.row("to fix", NAMES, fix);
    }
    for basis in &rule.basis {
        page.row("basis", NAMES, &format!("{} {}", basis.cite, basis.url.as_deref().unwrap_or_default()));
    }
    if !rule.tags.is_empty() {
        page.row("tags", NAMES, &rule.tags.join(", "));
    }
    if let Some(owner) = &rule.owner {
        page.row("owner", NAMES, owner);
    }
    let exceptions = match &rule.waivable {
        Waivable::Anyone => return,
        Waivable::No => "nobody may grant one".to_owned(),
        Waivable::Group(group) => format!("granted by {group}"),
    };
    page.row("exceptions", NAMES, &exceptions);
}

fn tests(rule: &Rule, page: &mut Page) {
    if rule.tests.is_empty() {
        return page.row("tests", NAMES, "none");
    }
    for (n, test) in rule.tests.iter().enumerate() {
        page.row(if n == 0 { "tests" } else { "" }, NAMES, &format!("{}: {}", test.expect, test.name));
    }
}
