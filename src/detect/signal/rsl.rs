//! RSL: what a licence document of the site, or one inside the page, says of the page.

use crate::detect::signal::page::Page;
use crate::detect::signal::statement::Statement;
use crate::document::Field;
use crate::document::Vocabulary;
use crate::document::site::SiteFile;
use crate::document::site::rsl::Answer;
use crate::document::site::rsl::Grant;
use crate::document::site::rsl::Payment;
use crate::document::site::rsl::Rsl;
use crate::document::site::rsl::Usage;
use crate::evidence::Evidence;
use crate::evidence::SignalState;
use crate::registry::mapping;
use crate::terms::Condition;
use crate::terms::State;
use crate::terms::Use;
use crate::text::Span;

/// The media type that makes a `rel=license` link one to RSL.
pub(super) const MEDIA_TYPE: &str = "application/rsl+xml";

pub(super) fn run(page: &Page<'_>, evidence: &mut Vec<Evidence>) {
    let mut read = false;
    for (companion, site) in page.site() {
        let SiteFile::Rsl(rsl) = site else { continue };
        let carried = links(page).any(|l| same_file(&l.value, &companion.read.source.origin.path));
        let address = page.address().unwrap_or(&companion.path).to_owned();
        let base = |span: Span| Statement::new("rsl", "file", "", companion.place(span)).scope("path").sure(companion.confidence);
        evidence.extend(state(rsl, &address, carried, &companion.read.source.text, base));
        read = true;
    }
    for script in page.fields(MEDIA_TYPE) {
        let rsl = crate::document::site::read_rsl(&script.value);
        let address = page.address().unwrap_or("/").to_owned();
        let whole = |_: Span| Statement::new("rsl", "script", "", page.place(script.span));
        evidence.extend(state(&rsl, &address, true, &script.value, whole));
        read = true;
    }
    if !read {
        evidence.extend(unread(page));
    }
}

/// Links of the page to an RSL document.
fn links<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p Field> {
    let is_rsl = |f: &&Field| f.vocabulary == Vocabulary::Link && f.media_type.as_deref().is_some_and(|t| t.trim() == MEDIA_TYPE);
    page.fields("license").filter(is_rsl)
}

fn same_file(address: &str, path: &str) -> bool {
    let name = |s: &str| s.split(['?', '#']).next().unwrap_or(s).rsplit('/').next().unwrap_or(s).to_owned();
    name(address) == name(path)
}

/// A document that is linked and not at hand: there are terms, and nobody here knows them.
fn unread(page: &Page<'_>) -> Option<Evidence> {
    if let Some(link) = links(page).next() {
        return Some(Statement::new("rsl", "link", &link.value, page.place(link.span)).evidence());
    }
    page.site().find_map(|(companion, site)| match site {
        SiteFile::Robots(robots) => {
            let line = robots.groups_for("*").iter().flat_map(|g| &g.licences).next().or(robots.licences.first())?;
            Some(Statement::new("rsl", "robots.txt", &line.value, companion.place(line.span)).scope("site").evidence())
        }
        _ => None,
    })
}

/// One statement at the narrowest element that covers the page.
fn state(rsl: &Rsl, address: &str, carried: bool, text: &str, new: impl Fn(Span) -> Statement) -> Option<Evidence> {
    let covering = rsl.covering(address, carried);
    let span = covering.first()?.span;
    let answers = Usage::SINGLE.map(|usage| (usage, rsl.answer(usage, address, carried)));
    let mut statement = new(span);
    for (usage, answer) in rows(&answers) {
        statement = add(statement, usage, answer);
    }
    let summary = summary(&answers);
    let value = if summary.is_empty() { crate::text::reader_text(&text[span.range()]) } else { summary };
    Some(statement.with_value(value).evidence())
}

/// The answers, umbrella values for uses that are answered alike.
fn rows(answers: &[(Usage, Option<Answer>); 4]) -> Vec<(Usage, &Answer)> {
    let given: Vec<(Usage, &Answer)> = answers.iter().filter_map(|(u, a)| Some((*u, a.as_ref()?))).collect();
    let alike = |list: &[(Usage, &Answer)]| list.windows(2).all(|w| w[0].1 == w[1].1) && *list[0].1 != Answer::NotListed;
    if given.len() == 4 && alike(&given) {
        return vec![(Usage::All, given[0].1)];
    }
    if given.len() == 4 && alike(&given[1..]) {
        return vec![given[0], (Usage::AiAll, given[1].1)];
    }
    // Building an index is a part of run-time input: granting the whole grants the part.
    let granted = |u: Usage| given.iter().any(|(g, a)| *g == u && matches!(a, Answer::Granted(_)));
    let redundant = granted(Usage::AiIndex) && granted(Usage::AiInput);
    given.into_iter().filter(|(u, _)| !(redundant && *u == Usage::AiIndex)).collect()
}

fn add(statement: Statement, usage: Usage, answer: &Answer) -> Statement {
    let name = usage.name();
    match answer {
        Answer::Prohibited => statement.row(mapping::row("rsl", &format!("prohibits={name}")), &[]),
        Answer::NotListed => statement.row(mapping::row("rsl", "not-listed"), &[]),
        Answer::Granted(grant) => {
            let mut statement = statement;
            let row = mapping::row("rsl", &format!("permits={name}"));
            let terms = conditions(grant);
            for state in &row.states {
                let mut conditions: Vec<Condition> = if state.state == State::Conditional {
                    row.conditions_of(state.usage).map(|c| c.to_owned().into()).collect()
                } else {
                    Vec::new()
                };
                conditions.extend(terms.iter().cloned());
                let open = if conditions.is_empty() { state.state } else { State::Conditional };
                statement.add(SignalState { usage: state.usage, state: open, explicit: state.explicit, conditions });
            }
            if !grant.users.is_empty() {
                let users = grant.users.iter().map(|u| format!("user={u}").into()).collect();
                statement.add(SignalState { usage: Use::Commercial, state: State::Conditional, explicit: true, conditions: users });
            }
            statement
        }
    }
}

/// What turns a grant into a conditional one.
fn conditions(grant: &Grant) -> Vec<Condition> {
    let named = |key: &str| mapping::row("rsl", key).conditions.iter().map(|c| Condition::from(c.clone())).collect::<Vec<_>>();
    let mut all = match grant.payment {
        Some(Payment::Attribution) => named("payment=attribution"),
        Some(Payment::Money) => named("payment"),
        Some(Payment::Free) | None => Vec::new(),
    };
    all.extend(grant.users.iter().map(|u| format!("user={u}").into()));
    all.extend(grant.places.iter().map(|p| format!("geo={p}").into()));
    if grant.server {
        all.extend(named("server"));
    }
    all
}

/// `search: allowed · ai-train: prohibited`, for people.
fn summary(answers: &[(Usage, Option<Answer>)]) -> String {
    let one = |(usage, answer): &(Usage, Option<Answer>)| {
        let word = match answer.as_ref()? {
            Answer::Prohibited => "prohibited".to_owned(),
            Answer::NotListed => "not granted".to_owned(),
            Answer::Granted(grant) if grant.is_free() => "free".to_owned(),
            Answer::Granted(grant) => conditions(grant).join(" + "),
        };
        Some(format!("{}: {word}", usage.name()))
    };
    answers.iter().filter_map(one).collect::<Vec<_>>().join(", ")
}
