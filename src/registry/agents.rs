//! Crawlers and control tokens: who runs them and for which uses.

use crate::builtin;
use crate::registry::mapping;
use crate::registry::mapping::Row;
use crate::registry::mapping::RowState;
use crate::terms::State;
use crate::terms::Use;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A name in `user-agent` lines.
#[derive(Debug, Clone)]
pub struct Agent {
    /// The product token.
    pub token: String,
    /// Who runs it.
    pub operator: Option<String>,
    /// `train`, `dataset`, `search-index`, `search-classic`, `user-fetch`, `control-token`, …
    pub purpose: String,
    /// Whether its operator says that it keeps to robots.txt: `yes`, `partial`, `no`, `unstated`.
    pub honours_robots: String,
    /// What it collects for.
    pub uses: Vec<Use>,
    /// Whether the token has only the characters of RFC 9309.
    pub legal_token: bool,
    /// Whether its operator's own words were checked.
    pub checked: bool,
}

#[derive(Deserialize)]
struct File {
    agent: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    token: String,
    operator: Option<String>,
    purpose: String,
    honours_robots: String,
    uses: Vec<String>,
    legal_token: bool,
    checked: bool,
}

impl From<Raw> for Agent {
    fn from(raw: Raw) -> Self {
        let uses = raw.uses.iter().map(|name| Use::named(name).expect("tests read the registry")).collect();
        Self {
            token: raw.token,
            operator: raw.operator,
            purpose: raw.purpose,
            honours_robots: raw.honours_robots,
            uses,
            legal_token: raw.legal_token,
            checked: raw.checked,
        }
    }
}

impl Agent {
    /// Who is addressed where the token is: the operator, else the token itself.
    pub fn operator_or_token(&self) -> &str {
        self.operator.as_deref().unwrap_or(&self.token)
    }

    /// What it means that robots.txt forbids the agent to fetch a page.
    pub fn disallowed(&self) -> Row {
        let key = match (self.token.as_str(), self.purpose.as_str()) {
            ("Google-Extended", _) => "disallow-google-extended",
            ("Applebot-Extended", _) => "disallow-applebot-extended",
            (_, "train" | "dataset") => "disallow-train",
            (_, "search-index") => "disallow-search-index",
            (_, "user-fetch") => "disallow-user-fetch",
            (_, "search-classic") => "disallow-search-classic",
            _ => return self.by_uses(),
        };
        mapping::row("robots.txt", key).clone()
    }

    /// For purposes without a row of their own: what the agent collects for.
    fn by_uses(&self) -> Row {
        let kept_back = self.uses.iter().filter(|u| **u != Use::AutomatedAccess);
        let states = kept_back.map(|&usage| RowState { usage, state: State::Prohibited, explicit: true });
        mapping::row("robots.txt", "disallow-other").clone().with(states)
    }
}

/// The agents compiled in, in the order of the file.
pub fn builtin() -> &'static [Agent] {
    static ALL: LazyLock<Vec<Agent>> = LazyLock::new(|| {
        let text = builtin::file("registry/agents.toml").expect("compiled in");
        toml::from_str::<File>(text).expect("tests read the registry").agent.into_iter().map(Agent::from).collect()
    });
    &ALL
}

/// The agent of that token, in any case.
pub fn find(token: &str) -> Option<&'static Agent> {
    static BY_TOKEN: LazyLock<BTreeMap<String, &'static Agent>> =
        LazyLock::new(|| builtin().iter().map(|a| (a.token.to_ascii_lowercase(), a)).collect());
    BY_TOKEN.get(&token.to_ascii_lowercase()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_unique_and_their_legality_is_told() {
        let legal = |t: &str| t.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_' || b == b'-');
        for agent in builtin() {
            assert_eq!(agent.legal_token, legal(&agent.token), "{}", agent.token);
            assert!(find(&agent.token).is_some_and(|a| a.token == agent.token), "{} stands twice", agent.token);
        }
    }

    #[test]
    fn what_a_disallowed_agent_means_follows_from_its_purpose() {
        let says =
            |token: &str, usage: Use| find(token).expect(token).disallowed().states.iter().find(|s| s.usage == usage).map(|s| s.state);
        assert_eq!(says("gptbot", Use::AiTrain), Some(State::Prohibited));
        assert_eq!(says("GPTBot", Use::Search), None);
        assert_eq!(says("OAI-SearchBot", Use::Search), Some(State::Prohibited));
        assert_eq!(says("Google-Extended", Use::AiInput), Some(State::Prohibited));
        assert_eq!(says("Google-Extended", Use::AutomatedAccess), None);
        assert_eq!(says("GoogleOther", Use::AiTrain), Some(State::Prohibited));
    }
}
