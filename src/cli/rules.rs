//! `rightscheck rules`: the rules in force for a path, and where each of their settings comes from.

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::RulesArgs;
use crate::cli::explain::rule::place;
use crate::cli::page::Page;
use crate::cli::policy_source::InForce;
use crate::policy::Policy;
use crate::policy::rule::Rule;
use crate::report::human::paint::Ink;
use crate::report::human::paint::Paint;
use crate::report::human::visible;

/// Columns of the names of settings.
const NAMES: usize = 16;

/// Lists the rules for the path of `args`.
pub(crate) fn run(args: &RulesArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let in_force = InForce::of(session, &args.policy.names, args.path.as_deref());
    let policy = match in_force.usable(session)? {
        Ok(policy) => policy,
        Err(exit) => return Ok(exit),
    };
    let mut page = Page::new(session.terminal);
    head(&in_force, policy, &mut page);
    for rule in &policy.rules {
        one(rule, policy, &in_force, Paint(session.terminal.out.color), &mut page);
    }
    adjustments(policy, &mut page);
    session.print(&page.finish())?;
    Ok(Exit::Clean)
}

fn head(in_force: &InForce, policy: &Policy, page: &mut Page) {
    page.heading("policy", &format!("{} {}", policy.id, policy.version));
    if !policy.name.is_empty() {
        page.paragraph(&policy.name);
    }
    page.line("");
    let why = if in_force.loaded.is_fallback { " (no rightscheck.toml found)" } else { "" };
    page.row("from", NAMES, &format!("{}{why}", in_force.file(&in_force.loaded.name)));
    for file in policy.files.iter().filter(|f| f.name != in_force.loaded.name) {
        page.row("extends", NAMES, &in_force.file(&file.name));
    }
    let off = policy.rules.iter().filter(|r| r.severity.is_none()).count();
    page.row("rules", NAMES, &format!("{}, of which {off} off", policy.rules.len()));
}

fn one(rule: &Rule, policy: &Policy, in_force: &InForce, paint: Paint, page: &mut Page) {
    let (ink, severity) = match rule.severity {
        Some(crate::terms::Severity::Error) => (Ink::Error, "error"),
        Some(crate::terms::Severity::Warning) => (Ink::Warning, "warning"),
        Some(crate::terms::Severity::Note) => (Ink::Note, "note"),
        None => (Ink::Faint, "off"),
    };
    page.line("");
    page.line(&format!("{} {}", paint.ink(ink, &format!("{severity:8}")), paint.ink(Ink::Strong, &visible::visible(&rule.id))));
    page.paragraph(&rule.title);
    for setting in rule.settings.iter().filter(|s| s.key != "title") {
        let value = visible::line(&setting.value.split_whitespace().collect::<Vec<_>>().join(" "), 60);
        page.row(&setting.key, NAMES, &format!("{value}  ({})", place(setting, policy, &|n| in_force.file(n))));
    }
}

fn adjustments(policy: &Policy, page: &mut Page) {
    for adjustment in &policy.adjustments {
        page.heading("adjusted for", &adjustment.sets.join(", "));
        let until = adjustment.until.map(|day| format!(" (until {day})")).unwrap_or_default();
        page.paragraph(&format!("{}{until}", adjustment.reason));
        for (rule, severity) in &adjustment.severities {
            page.row(rule, NAMES, severity.map_or("off", |s| s.name()));
        }
    }
}
