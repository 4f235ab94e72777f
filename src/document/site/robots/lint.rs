//! Lines of a robots.txt that don't say what their author probably means.

use crate::document::Problem;
use crate::document::site::aipref;
use crate::document::site::content_signal;
use crate::document::site::line::Record;
use crate::document::site::note;
use crate::document::site::pattern::PathPattern;
use crate::document::site::robots::Agent;
use crate::document::site::robots::Group;
use crate::document::site::robots::Robots;
use crate::document::site::robots::Rule;
use crate::document::site::robots::UseLine;
use crate::text::Span;

/// Names that are read as a rule by some crawlers and by none that keeps to the standard, and what they stand for.
const MISSPELT: &[(&str, &str)] = &[
    ("dissallow", "Disallow"),
    ("dissalow", "Disallow"),
    ("disalow", "Disallow"),
    ("diasllow", "Disallow"),
    ("disallaw", "Disallow"),
    ("disallows", "Disallow"),
    ("alow", "Allow"),
    ("allows", "Allow"),
    ("useragent", "User-agent"),
    ("user agent", "User-agent"),
    ("user_agent", "User-agent"),
    ("licence", "License"),
    ("content-signals", "Content-Signal"),
    ("contentsignal", "Content-Signal"),
    ("content-use", "Content-Usage"),
    ("contentusage", "Content-Usage"),
];

/// Directives that belong into a robots meta element or an `X-Robots-Tag` header.
const OF_PAGES: &[&str] = &["noindex", "nofollow", "noarchive", "nosnippet", "noai", "noimageai"];

pub(super) fn unknown_field(field: &str, record: &Record<'_>) -> Option<Problem> {
    if let Some((_, meant)) = MISSPELT.iter().find(|(name, _)| *name == field) {
        let message = format!("`{}` is skipped by parsers that keep to RFC 9309; `{meant}` was probably meant", record.name);
        return Some(note("robots-misspelt-field", message, record.span));
    }
    OF_PAGES.contains(&field).then(|| {
        let message = format!("`{}` has no effect in robots.txt; say it in a robots meta element or an X-Robots-Tag header", record.name);
        note("robots-page-directive", message, record.span)
    })
}

/// A line without colon that starts like a rule.
pub(super) fn bare(words: &str, span: Span) -> Option<Problem> {
    let first = words.split_whitespace().next()?.to_ascii_lowercase();
    let known = ["user-agent", "allow", "disallow", "content-usage", "content-signal", "license"].contains(&first.as_str());
    known.then(|| note("robots-missing-colon", format!("`{words}` has no colon and is skipped; `{first}: …` was probably meant"), span))
}

pub(super) fn token(agent: &Agent) -> Option<Problem> {
    let value = &agent.value.value;
    if agent.token == "*" || value.eq_ignore_ascii_case(&agent.token) {
        return None;
    }
    let odd = value[agent.token.len()..].chars().next()?;
    let read = if agent.token.is_empty() { "nothing".to_owned() } else { format!("`{}`", &value[..agent.token.len()]) };
    let message = format!(
        "`{value}` holds {}, which product tokens may not have: parsers that keep to RFC 9309 read {read}, so that the crawler meant may not see the group",
        if odd == ' ' { "a blank".to_owned() } else { format!("`{odd}`") }
    );
    Some(note("illegal-product-token", message, agent.value.span))
}

pub(super) fn rule(rule: &Rule, record: &Record<'_>) -> Option<Problem> {
    (!rule.path.is_empty() && !rule.path.is_rooted()).then(|| {
        let message = format!("`{0}` doesn't start with `/` and matches nothing; `/{0}` was probably meant", record.value);
        note("robots-path-without-slash", message, record.span)
    })
}

/// A `user-agent` line after one and lines about use: older parsers take it for the same group.
pub(super) fn split_list(group: &Group, record: &Record<'_>) -> Option<Problem> {
    let signals_only = !group.agents.is_empty() && !group.signals.is_empty() && group.rules.is_empty() && group.usage.is_empty();
    signals_only.then(|| {
        let message = "a `Content-Signal` line doesn't end a list of `User-agent` lines: this one joins the group above".to_owned();
        note("robots-joined-group", message, record.span)
    })
}

pub(super) fn licence(record: &Record<'_>) -> Option<Problem> {
    (!record.value.contains("://")).then(|| {
        let message = format!("`{}` is no absolute address; RSL asks for one", record.value);
        note("rsl-relative-licence", message, record.span)
    })
}

pub(super) fn expired_draft(record: &Record<'_>) -> Problem {
    let message = format!(
        "`{}` comes from a draft that has expired (draft-canel-robots-ai-control-00); `Content-Usage: train-ai=n` says the same today",
        record.name
    );
    note("robots-expired-draft", message, record.span)
}

/// What only shows when groups are complete.
pub(super) fn groups(robots: &Robots, problems: &mut Vec<Problem>) {
    for group in &robots.groups {
        group.usage.iter().for_each(|line| usage(line, problems));
        group.signals.iter().for_each(|line| content_signal::lint(&line.value, problems));
        problems.extend(unreachable_use(group));
        problems.extend(disagreement(group));
    }
    problems.extend(hidden(robots));
}

fn usage(line: &UseLine, problems: &mut Vec<Problem>) {
    if line.value.value.starts_with('*') {
        let message = "a path must start with `/`; `*` makes the preferences unreadable, so that nothing is said".to_owned();
        return problems.push(note("aipref-path", message, line.span));
    }
    aipref::lint(&line.value, problems);
}

/// Preferences in a group that forbids every path: they apply to what may be fetched.
fn unreachable_use(group: &Group) -> Option<Problem> {
    let closed = group.rules.iter().any(|r| !r.allows && r.path.is_everything()) && group.rules.iter().all(|r| !r.allows);
    let line = group.usage.first().filter(|_| closed)?;
    let message = "the group forbids every path, and preferences only apply to what may be fetched: this line says nothing".to_owned();
    Some(note("aipref-without-access", message, line.span))
}

/// `Content-Signal` and `Content-Usage` of one group that contradict each other on everything.
fn disagreement(group: &Group) -> Option<Problem> {
    let usage = group.usage.iter().filter(|l| l.path.as_ref().is_none_or(PathPattern::is_everything));
    let usage: Vec<_> = usage.flat_map(|l| aipref::parse(&l.value.value).unwrap_or_default()).collect();
    let line = group.signals.iter().find(|l| {
        content_signal::parse(&l.value.value).any(|s| {
            let label = if s.key == "ai-train" { "train-ai" } else { s.key };
            let allowed = s.allowed();
            usage.iter().any(|u| u.label == label && allowed.is_some() && u.allowed.is_some() && u.allowed != allowed)
        })
    })?;
    let message = "`Content-Signal` and `Content-Usage` of this group contradict each other".to_owned();
    Some(note("content-signal-against-usage", message, line.span))
}

/// Groups for single crawlers hide what the group for all says about use.
fn hidden(robots: &Robots) -> Option<Problem> {
    let speaks = |g: &&Group| !g.usage.is_empty() || !g.signals.is_empty();
    let everybody = |g: &&Group| g.agents.iter().any(|a| a.token == "*");
    robots.groups.iter().filter(everybody).find(speaks)?;
    let open = |g: &&Group| g.rules.iter().all(|r| r.allows || r.path.is_empty());
    let silent = robots.groups.iter().find(|g| !everybody(g) && !speaks(g) && open(g))?;
    let agent = silent.agents.first()?;
    let message =
        format!("`{}` has a group of its own and doesn't see what the group for all says about use; repeat it here", agent.value.value);
    Some(note("robots-group-hides-use", message, agent.span))
}
