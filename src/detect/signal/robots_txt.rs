//! `robots.txt`: who may fetch the page, and what is said about using it.

use crate::detect::signal::aipref;
use crate::detect::signal::page::Companion;
use crate::detect::signal::page::Page;
use crate::detect::signal::statement::Statement;
use crate::document::site::SiteFile;
use crate::document::site::headers::Pages;
use crate::document::site::pattern;
use crate::document::site::robots::Group;
use crate::document::site::robots::Robots;
use crate::document::site::robots::Verdict;
use crate::document::site::robots::in_force;
use crate::document::site::robots::verdict;
use crate::evidence::Evidence;
use crate::registry::agents;
use crate::registry::agents::Agent;
use crate::registry::mapping;
use crate::terms::Confidence;
use crate::text::Span;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

pub(super) fn run(page: &Page<'_>, evidence: &mut Vec<Evidence>) {
    // The nearest file is the site's.
    let nearest = page.site().find_map(|(companion, site)| match site {
        SiteFile::Robots(robots) => Some((companion, robots)),
        _ => None,
    });
    if let Some((companion, robots)) = nearest {
        let mut file = File { companion, robots, verdicts: BTreeMap::new() };
        file.state(evidence);
    }
    unreachable(page, evidence);
}

struct File<'r> {
    companion: Companion<'r>,
    robots: &'r Robots,
    /// Groups decide alike for all crawlers that have the same ones.
    verdicts: BTreeMap<Vec<usize>, Verdict<'r>>,
}

/// Whom lines are addressed to.
#[derive(Clone, Copy)]
struct Addressee<'a> {
    name: &'a str,
    agent: Option<&'static Agent>,
    /// The first line that names it.
    span: Span,
}

impl<'r> File<'r> {
    fn state(&mut self, evidence: &mut Vec<Evidence>) {
        let open_to_all = self.verdict("*").allowed;
        for addressee in self.addressees() {
            let verdict = self.verdict(addressee.name);
            evidence.extend(self.access(addressee, &verdict, open_to_all));
            self.usage(addressee, &verdict, evidence);
        }
    }

    fn verdict(&mut self, token: &str) -> Verdict<'r> {
        let numbers = self.robots.group_numbers(token).to_vec();
        let (robots, path) = (self.robots, self.companion.path.as_str());
        let decide = || verdict(&robots.groups_for(token), path);
        self.verdicts.entry(numbers).or_insert_with(decide).clone()
    }

    /// Everybody, and each crawler that is named, once, in file order. A name as written counts before the token that a parser by the
    /// standard reads from it.
    fn addressees(&self) -> Vec<Addressee<'r>> {
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        for agent in self.robots.groups.iter().flat_map(|g| &g.agents) {
            let known = agents::find(&agent.value.value).or_else(|| agents::find(&agent.token));
            let name = match known {
                Some(known) => known.token.as_str(),
                None if agent.token == "*" => "*",
                None => agent.value.value.as_str(),
            };
            if !name.is_empty() && seen.insert(name.to_ascii_lowercase()) {
                all.push(Addressee { name, agent: known, span: agent.span });
            }
        }
        all
    }

    fn statement(&self, mechanism: &'static str, value: Span, to: Addressee<'_>) -> Statement {
        let words = &self.companion.read.source.text[value.range()];
        Statement::new(mechanism, "robots.txt", words, self.companion.place(value))
            .to(to.name, to.agent.map(Agent::operator_or_token))
            .scope("path")
            .sure(self.companion.confidence)
    }

    /// Whether the page may be fetched. Crawlers that the registry doesn't know say nothing about a use.
    fn access(&self, to: Addressee<'_>, verdict: &Verdict<'_>, open_to_all: bool) -> Option<Evidence> {
        let place = verdict.rule.map_or(to.span, |r| r.span);
        let statement = self.statement("robots.txt", place, to);
        if to.name == "*" {
            let key = if verdict.allowed { "allow" } else { "disallow-all" };
            return Some(statement.row(mapping::row("robots.txt", key), &[]).evidence());
        }
        let agent = to.agent?;
        if verdict.allowed {
            // Worth saying only where the group for all is stricter.
            return (!open_to_all).then(|| statement.row(mapping::row("robots.txt", "allow"), &[]).evidence());
        }
        Some(statement.row(&agent.disallowed(), &[("operator", agent.operator_or_token())]).evidence())
    }

    /// Preferences about use. Those of AIPREF apply to what may be fetched.
    fn usage(&self, to: Addressee<'_>, verdict: &Verdict<'_>, evidence: &mut Vec<Evidence>) {
        let groups: Vec<&Group> = self.robots.groups_for(to.name);
        let path = self.companion.path.as_str();
        if verdict.allowed {
            for line in in_force(groups.iter().flat_map(|g| &g.usage), path) {
                let statement = aipref::usage(self.statement("aipref", line.span, to), &line.value.value);
                evidence.push(statement.evidence());
            }
        }
        for line in in_force(groups.iter().flat_map(|g| &g.signals), path) {
            let statement = aipref::signals(self.statement("content-signal", line.span, to), &line.value.value);
            evidence.push(statement.evidence());
        }
        let training = groups.iter().flat_map(|g| &g.training).filter(|r| r.path.matches(path));
        if let Some(rule) = training.max_by_key(|r| r.path.octets()) {
            let key = if rule.allows { "allow-ai-training" } else { "disallow-ai-training" };
            // An expired draft that no crawler is known to read: shown, but decides nothing.
            let statement = self.statement("robots.txt", rule.span, to).sure(Confidence::Low);
            evidence.push(statement.row(mapping::row("robots.txt", key), &[]).evidence());
        }
    }
}

/// A recorded answer to the request for robots.txt: 5xx forbids everything, 4xx nothing (2.3.1).
fn unreachable(page: &Page<'_>, evidence: &mut Vec<Evidence>) {
    let own = page.address().and_then(pattern::host_of);
    for (companion, site) in page.site() {
        let SiteFile::Headers(blocks) = site else { continue };
        for block in blocks {
            let (Pages::Address(address), Some((status, span))) = (&block.pages, block.status) else { continue };
            let is_robots = pattern::path_of(address).as_deref() == Some("/robots.txt") && pattern::host_of(address) == own;
            let key = match status {
                500..=599 => "unreachable",
                400..=499 => "allow",
                _ => continue,
            };
            if is_robots {
                let statement = Statement::new("robots.txt", "header", &status.to_string(), companion.place(span)).scope("site");
                evidence.push(statement.row(mapping::row("robots.txt", key), &[]).evidence());
            }
        }
    }
}
