//! What is weak about a policy without being wrong.

use crate::policy::Policy;
use crate::policy::condition::Condition;
use crate::policy::detector::{Detector, Finder};
use crate::policy::problem::PolicyProblem;
use crate::policy::rule::{Demands, Rule, Verb};
use crate::policy::words::SubjectKind;
use crate::terms::Outcome;
use std::ops::Range;

/// The weaknesses of `policy`, in the order of its own file.
pub(super) fn find(policy: &Policy) -> Vec<PolicyProblem> {
    let mut found = Vec::new();
    for detector in policy.detectors.iter().filter(|d| d.place.0 == 0) {
        found.extend(pattern_without_literal(policy, detector));
        found.extend(unused(policy, detector));
    }
    for (number, rule) in policy.rules.iter().enumerate().filter(|(_, r)| r.severity.is_some()) {
        if rule.place.0 == 0 {
            found.extend(untested(policy, rule));
        }
        found.extend(never_applies(policy, rule));
        found.extend(policy.rules[..number].iter().find_map(|other| contradiction(policy, other, rule)));
    }
    found.sort_by_key(|p| p.primary.0.start);
    found
}

fn weakness(policy: &Policy, code: &'static str, place: &(usize, Range<usize>), message: String, help: &str) -> PolicyProblem {
    PolicyProblem {
        code,
        message,
        file: policy.files[place.0].clone(),
        primary: (place.1.clone(), String::new()),
        related: Vec::new(),
        help: Some(help.to_owned()),
    }
}

fn pattern_without_literal(policy: &Policy, detector: &Detector) -> Option<PolicyProblem> {
    let Finder::Pattern { literals, .. } = &detector.finder else { return None };
    let message = format!("the pattern of detector `{}` is tried on every line of every document", detector.key);
    let help = "put a fixed word into it that every match contains";
    literals.is_empty().then(|| weakness(policy, "pattern-without-literal", &detector.place, message, help))
}

fn unused(policy: &Policy, detector: &Detector) -> Option<PolicyProblem> {
    let mentions = |c: &Condition| c.has.contains(&detector.yields) || c.lacks.contains(&detector.yields);
    let used = |r: &Rule| r.verb.facts().contains(&detector.yields) || r.when.iter().chain(&r.unless).any(mentions);
    let permits = |r: &Rule| matches!(r.verb, Verb::Permit { .. });
    let message = format!("no rule speaks of `{}`, which detector `{}` yields", detector.yields, detector.key);
    let help = "write a rule about it, or remove the detector";
    (!policy.rules.iter().any(|r| used(r) || permits(r))).then(|| weakness(policy, "unused-detector", &detector.place, message, help))
}

fn untested(policy: &Policy, rule: &Rule) -> Option<PolicyProblem> {
    let passes = rule.tests.iter().any(|t| t.expect == Outcome::Pass);
    let fails = rule.tests.iter().any(|t| matches!(t.expect, Outcome::Fail | Outcome::Review));
    let missing = match (passes, fails) {
        (true, true) => return None,
        (false, false) => "no tests",
        (true, false) => "no test that fails",
        (false, true) => "no test that passes",
    };
    let message = format!("rule `{}` has {missing}", rule.key);
    Some(weakness(policy, "untested-rule", &rule.place, message, "add `[[rule.KEY.test]]` for one document that passes and one that fails"))
}

fn never_applies(policy: &Policy, rule: &Rule) -> Option<PolicyProblem> {
    let not_a_picture = !matches!(rule.for_each, SubjectKind::Image | SubjectKind::Video | SubjectKind::Embed);
    let impossible = |c: &Condition| (not_a_picture && !c.roles.is_empty()) || c.has.iter().any(|fact| c.lacks == [fact.clone()]);
    let ended = rule.effective.zip(rule.until).is_some_and(|(first, last)| last < first);
    let never = ended || (!rule.when.is_empty() && rule.when.iter().all(impossible));
    let message = format!("rule `{}` applies to no document", rule.key);
    never.then(|| weakness(policy, "never-applies", &rule.place, message, "look at its `when`, `effective` and `until`"))
}

/// A fact that one rule requires everywhere and the other forbids everywhere.
fn contradiction(policy: &Policy, a: &Rule, b: &Rule) -> Option<PolicyProblem> {
    let opposite = match (&a.verb, &b.verb) {
        (Verb::Require(x), Verb::Forbid(y)) | (Verb::Forbid(y), Verb::Require(x)) => x == y,
        _ => false,
    };
    let everywhere = |r: &Rule| r.severity.is_some() && r.when.is_empty() && r.unless.is_empty() && r.purpose.is_empty();
    let forbids_all = [a, b].iter().any(|r| matches!(r.verb, Verb::Forbid(_)) && r.demands == Demands::default());
    let both = opposite && a.for_each == b.for_each && everywhere(a) && everywhere(b) && forbids_all;
    let message = format!("rules `{}` and `{}` can't both be fulfilled", a.key, b.key);
    both.then(|| {
        weakness(policy, "rules-contradict", &b.place, message, "one requires what the other forbids: limit one of them with `when`")
    })
}
