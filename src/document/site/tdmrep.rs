//! TDMRep (W3C Community Group, 10 May 2024): the origin file `/.well-known/tdmrep.json`.

use crate::document::Placed;
use crate::document::Problem;
use crate::document::json;
use crate::document::json::Json;
use crate::document::json::Node;
use crate::document::site::note;
use crate::document::site::pattern::PathPattern;
use crate::text::Span;
use std::borrow::Cow;

/// The members of a JSON object, in order.
pub(super) type Members<'t> = [(Cow<'t, str>, Node<'t>)];

/// The value of a reservation: 1 reserved, 0 not reserved; everything else says nothing.
pub fn reservation(value: &str) -> Option<bool> {
    match value.trim() {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

/// A rule of the origin file (section 5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TdmRule {
    /// `location`: the paths it is for.
    pub location: PathPattern,
    /// `tdm-reservation`; `None`: absent or another value than 0 and 1, which says nothing.
    pub reservation: Option<bool>,
    /// `tdm-policy`: the address of the policy document.
    pub policy: Option<Placed>,
    /// The object.
    pub span: Span,
}

/// The rule for `path`: the first that matches, not the longest (section 5.3).
pub fn rule_for<'r>(rules: &'r [TdmRule], path: &str) -> Option<&'r TdmRule> {
    rules.iter().find(|r| r.location.matches(path))
}

/// Rules beyond this number aren't compared with each other.
const COMPARED: usize = 500;

/// Reads the values of `text`, already parsed, as rules.
pub(super) fn read(parsed: &json::Parsed<'_>, problems: &mut Vec<Problem>) -> Vec<TdmRule> {
    let mut rules = Vec::new();
    for value in &parsed.values {
        match &value.value {
            Json::Array(values) => rules.extend(values.iter().filter_map(|v| rule(v, problems))),
            Json::Object(_) => {
                let message =
                    "the file must be an array of rules; the object was read as one rule, which mining tools needn't do".to_owned();
                problems.push(note("tdmrep-not-an-array", message, value.span));
                rules.extend(rule(value, problems));
            }
            _ => problems.push(note("tdmrep-not-an-array", "the file must be an array of rules".to_owned(), value.span)),
        }
    }
    lint_order(&rules, problems);
    rules
}

fn rule(node: &Node<'_>, problems: &mut Vec<Problem>) -> Option<TdmRule> {
    let Json::Object(members) = &node.value else {
        problems.push(note("tdmrep-no-rule", "a rule must be an object".to_owned(), node.span));
        return None;
    };
    let Some(location) = get(members, "location").and_then(text) else {
        let message = "the rule has no `location` and applies to nothing; `\"location\": \"/\"` means the whole site".to_owned();
        problems.push(note("tdmrep-no-location", message, node.span));
        return None;
    };
    let rule = TdmRule {
        location: PathPattern::new(&location.value),
        reservation: get(members, "tdm-reservation").and_then(|n| value_of(n, problems)),
        policy: get(members, "tdm-policy").and_then(text),
        span: node.span,
    };
    lint_rule(&rule, members, &location, problems);
    Some(rule)
}

/// 0 or 1, as number or as text.
fn value_of(node: &Node<'_>, problems: &mut Vec<Problem>) -> Option<bool> {
    let written = match &node.value {
        Json::Number(number) => reservation(number),
        Json::String(string) => reservation(string),
        _ => None,
    };
    if written.is_none() {
        let meant = match &node.value {
            Json::Bool(true) => "; `1` was probably meant",
            Json::Bool(false) => "; `0` was probably meant",
            Json::String(s) if ["yes", "true"].contains(&s.to_ascii_lowercase().as_str()) => "; `1` was probably meant",
            Json::String(s) if ["no", "false"].contains(&s.to_ascii_lowercase().as_str()) => "; `0` was probably meant",
            _ => "",
        };
        problems.push(note("tdmrep-value", format!("`tdm-reservation` is neither 0 nor 1 and says nothing{meant}"), node.span));
    }
    written
}

fn lint_rule(rule: &TdmRule, members: &Members<'_>, location: &Placed, problems: &mut Vec<Problem>) {
    if get(members, "tdm-reservation").is_none() {
        let message = "the rule has no `tdm-reservation` and says nothing; `1` reserves, `0` doesn't".to_owned();
        problems.push(note("tdmrep-no-reservation", message, rule.span));
    }
    if !rule.location.is_rooted() {
        let message = format!("`{0}` doesn't start with `/` and matches nothing; `/{0}` was probably meant", location.value);
        problems.push(note("tdmrep-location", message, location.span));
    }
    if let Some(policy) = rule.policy.as_ref().filter(|_| rule.reservation == Some(false)) {
        let message = "`tdm-policy` is ignored where the reservation is 0".to_owned();
        problems.push(note("tdmrep-policy-ignored", message, policy.span));
    }
}

/// The first matching rule wins, so that a wide rule hides narrower ones behind it.
fn lint_order(rules: &[TdmRule], problems: &mut Vec<Problem>) {
    for (n, rule) in rules.iter().enumerate().take(COMPARED) {
        let says = |r: &TdmRule| (r.reservation, r.policy.as_ref().map(|p| p.value.clone()));
        let Some(hidden_by) = rules[..n].iter().position(|earlier| earlier.location.covers(&rule.location)) else { continue };
        if says(&rules[hidden_by]) != says(rule) {
            let message = format!(
                "rule {} matches every path of rule {} and stands before it: the first match wins, so this rule is never used; put it first",
                hidden_by + 1,
                n + 1
            );
            problems.push(note("tdmrep-shadowed-rule", message, rule.span));
        }
    }
}

pub(super) fn get<'m, 't>(members: &'m Members<'t>, name: &str) -> Option<&'m Node<'t>> {
    members.iter().find(|(n, _)| n == name).map(|(_, node)| node)
}

pub(super) fn text(node: &Node<'_>) -> Option<Placed> {
    match &node.value {
        Json::String(string) => Some(Placed { value: string.clone().into_owned(), span: node.span }),
        _ => None,
    }
}
