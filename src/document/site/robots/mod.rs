//! `robots.txt` (RFC 9309), with the lines about use that are attached to it: `Content-Usage` (draft-ietf-aipref-attach-05),
//! `Content-Signal` (contentsignals.org), `License` (RSL 1.0, 4.4).

mod lint;
mod read;

use crate::document::Placed;
use crate::document::site::pattern::PathPattern;
use crate::text::Span;
use std::collections::BTreeMap;

pub(super) use self::read::read;

/// A robots.txt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Robots {
    /// Groups in file order.
    pub groups: Vec<Group>,
    /// Addresses of `License` lines before the first group: for everybody who has none of their own.
    pub licences: Vec<Placed>,
    /// Groups by the names in their `user-agent` lines, lower case: as written, and as product token.
    index: BTreeMap<String, Vec<usize>>,
}

/// Consecutive `user-agent` lines and the rules that follow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Whom it is for.
    pub agents: Vec<Agent>,
    /// `Allow` and `Disallow`.
    pub rules: Vec<Rule>,
    /// `Content-Usage`.
    pub usage: Vec<UseLine>,
    /// `Content-Signal`.
    pub signals: Vec<UseLine>,
    /// `License`.
    pub licences: Vec<Placed>,
    /// `DisallowAITraining` and `AllowAITraining` (draft-canel-robots-ai-control-00).
    pub training: Vec<Rule>,
}

/// A `user-agent` line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The value as written.
    pub value: Placed,
    /// The product token that a parser by the standard reads, in lower case: the value up to the first character that may not stand in
    /// one. `*` for all.
    pub token: String,
    /// The line.
    pub span: Span,
}

/// An `allow` or `disallow` line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Whether it allows.
    pub allows: bool,
    /// The paths it is for.
    pub path: PathPattern,
    /// The line.
    pub span: Span,
}

/// A line that states preferences about use, for the paths under a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseLine {
    /// The paths it is for; `None`: all.
    pub path: Option<PathPattern>,
    /// The preferences as written.
    pub value: Placed,
    /// The line.
    pub span: Span,
}

/// What the file says to one crawler about one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict<'r> {
    /// Whether the path may be fetched.
    pub allowed: bool,
    /// The rule that decides; `None`: no rule matches, so the path may be fetched.
    pub rule: Option<&'r Rule>,
}

impl Robots {
    /// The groups for `token`: those that name it, else those for all (2.2.1). A group may name it with characters that product tokens
    /// can't have; that counts as naming it, because it is what the author means.
    pub fn groups_for(&self, token: &str) -> Vec<&Group> {
        self.group_numbers(token).iter().map(|&n| &self.groups[n]).collect()
    }

    /// The numbers of the groups for `token`.
    pub fn group_numbers(&self, token: &str) -> &[usize] {
        let named = self.index.get(&token.to_ascii_lowercase()).or_else(|| self.index.get("*"));
        named.map_or(&[], Vec::as_slice)
    }

    /// Whether a group names `token` itself.
    pub fn names(&self, token: &str) -> bool {
        self.index.contains_key(&token.to_ascii_lowercase())
    }

    fn finish(&mut self) {
        for (n, group) in self.groups.iter().enumerate() {
            for agent in &group.agents {
                for name in [agent.value.value.to_ascii_lowercase(), agent.token.clone()] {
                    let list = self.index.entry(name).or_default();
                    if list.last() != Some(&n) {
                        list.push(n);
                    }
                }
            }
        }
    }
}

/// Whether `groups`, taken as one, let `path` be fetched: the longest pattern decides, `allow` wins a tie (2.2.2).
pub fn verdict<'r>(groups: &[&'r Group], path: &str) -> Verdict<'r> {
    // The file itself may always be fetched.
    if path == "/robots.txt" {
        return Verdict { allowed: true, rule: None };
    }
    let matching = groups.iter().flat_map(|g| &g.rules).filter(|r| !r.path.is_empty() && r.path.matches(path));
    let rule = matching.max_by_key(|r| (r.path.octets(), r.allows, std::cmp::Reverse(r.span.start)));
    Verdict { allowed: rule.is_none_or(|r| r.allows), rule }
}

/// The lines about use in force for `path`: those with the longest matching pattern, several if they are equally long.
pub fn in_force<'r>(lines: impl Iterator<Item = &'r UseLine> + Clone, path: &str) -> Vec<&'r UseLine> {
    let octets = |l: &UseLine| l.path.as_ref().map_or(0, PathPattern::octets);
    let matching = lines.filter(|l| l.path.as_ref().is_none_or(|p| p.matches(path)));
    let longest = matching.clone().map(octets).max();
    matching.filter(|l| Some(octets(l)) == longest).collect()
}

#[cfg(test)]
mod tests;
