//! TDM policies (TDMRep, section 6): an ODRL offer that says under which duties mining is open.

use crate::document::Problem;
use crate::document::json;
use crate::document::json::Json;
use crate::document::json::Node;
use crate::document::site::note;
use crate::document::site::tdmrep::Members;
use crate::document::site::tdmrep::get;
use crate::document::site::tdmrep::text;
use crate::text::Span;

/// A policy document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TdmPolicy {
    /// `uid`: the address it calls its own.
    pub uid: Option<String>,
    /// The name of the `assigner`: whom to ask.
    pub assigner: Option<String>,
    /// `permission`, in order.
    pub permissions: Vec<Permission>,
}

/// A permission to mine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// `target`: the address it is for; `None`: everything under the policy.
    pub target: Option<String>,
    /// What has to be done, or for which purpose it is.
    pub terms: Vec<PolicyTerm>,
    /// The object.
    pub span: Span,
}

/// A duty or a constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyTerm {
    /// `obtainConsent`.
    Consent,
    /// `compensate`.
    Payment,
    /// Purpose `tdm:research`.
    Research,
    /// Purpose `tdm:non-research`.
    NonResearch,
    /// Something the profile doesn't define.
    Unknown,
}

impl PolicyTerm {
    /// The row of the mapping for a reservation with this term.
    pub fn row(self) -> &'static str {
        match self {
            Self::Consent => "1+consent",
            Self::Payment => "1+payment",
            Self::Research => "1+research",
            Self::NonResearch => "1+non-research",
            Self::Unknown => "1+policy",
        }
    }
}

/// Whether the values look like a policy, and not like an origin file.
pub(super) fn is_policy(parsed: &json::Parsed<'_>) -> bool {
    parsed.values.first().is_some_and(|v| match &v.value {
        Json::Object(members) => ["permission", "@context", "odrl:permission", "assigner"].iter().any(|n| get(members, n).is_some()),
        _ => false,
    })
}

/// Reads a policy.
pub(super) fn read(parsed: &json::Parsed<'_>, problems: &mut Vec<Problem>) -> TdmPolicy {
    let Some(Json::Object(members)) = parsed.values.first().map(|v| &v.value) else { return TdmPolicy::default() };
    let permissions = list(get(members, "permission").or_else(|| get(members, "odrl:permission")));
    for name in ["prohibition", "obligation"] {
        if let Some(node) = get(members, name) {
            let message = format!("`{name}` should not be used in a policy for mining; what isn't permitted is reserved anyway");
            problems.push(note("tdm-policy-member", message, node.span));
        }
    }
    TdmPolicy {
        uid: get(members, "uid").or_else(|| get(members, "@id")).and_then(text).map(|t| t.value),
        assigner: get(members, "assigner").and_then(assigner),
        permissions: permissions.iter().filter_map(|p| permission(p, problems)).collect(),
    }
}

/// One value or an array of them.
fn list<'n, 't>(node: Option<&'n Node<'t>>) -> &'n [Node<'t>] {
    match node.map(|n| (&n.value, n)) {
        Some((Json::Array(values), _)) => values,
        Some((_, node)) => std::slice::from_ref(node),
        None => &[],
    }
}

fn assigner(node: &Node<'_>) -> Option<String> {
    match &node.value {
        Json::Object(members) => ["vcard:fn", "vcard:nickname", "fn"].iter().find_map(|n| get(members, n)).and_then(text).map(|t| t.value),
        _ => None,
    }
}

fn permission(node: &Node<'_>, problems: &mut Vec<Problem>) -> Option<Permission> {
    let Json::Object(members) = &node.value else { return None };
    let action = get(members, "action").and_then(text);
    if action.as_ref().is_none_or(|a| local(&a.value) != "mine") {
        let span = action.map_or(node.span, |a| a.span);
        problems.push(note("tdm-policy-action", "the action must be `tdm:mine`; the permission was left out".to_owned(), span));
        return None;
    }
    let mut terms: Vec<PolicyTerm> = list(get(members, "duty")).iter().filter_map(duty).collect();
    terms.extend(list(get(members, "constraint")).iter().filter_map(constraint));
    Some(Permission { target: get(members, "target").and_then(text).map(|t| t.value), terms, span: node.span })
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit([':', '#', '/']).next().unwrap_or(name)
}

fn duty(node: &Node<'_>) -> Option<PolicyTerm> {
    let Json::Object(members) = &node.value else { return None };
    Some(match get(members, "action").and_then(text).as_ref().map(|a| local(&a.value)) {
        Some("obtainConsent") => PolicyTerm::Consent,
        Some("compensate") => PolicyTerm::Payment,
        _ => PolicyTerm::Unknown,
    })
}

fn constraint(node: &Node<'_>) -> Option<PolicyTerm> {
    let Json::Object(members) = &node.value else { return None };
    Some(constraint_term(members))
}

fn constraint_term(members: &Members<'_>) -> PolicyTerm {
    let value = |name: &str| get(members, name).and_then(text).map(|t| local(&t.value).to_owned());
    let is_purpose = value("leftOperand").as_deref() == Some("purpose") && value("operator").as_deref() == Some("eq");
    match value("rightOperand").as_deref() {
        Some("research") if is_purpose => PolicyTerm::Research,
        Some("non-research") if is_purpose => PolicyTerm::NonResearch,
        _ => PolicyTerm::Unknown,
    }
}
