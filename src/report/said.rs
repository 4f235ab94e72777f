//! Statements in words, the same in every report.

#[cfg(feature = "cli")]
use crate::document::Image;
use crate::evidence::{Claim, Copyright, Credit, DateKind, Terms};
use crate::terms::State;

/// The last part of a picture's address.
#[cfg(feature = "cli")]
pub(crate) fn picture(image: &Image) -> &str {
    let path = image.address.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit('/').next().filter(|n| !n.is_empty()).unwrap_or("picture")
}

/// The statement in a line of words.
pub(crate) fn claim(claim: &Claim) -> String {
    match claim {
        Claim::Headline(text) | Claim::Caption(text) | Claim::AiMarker(text) => text.clone(),
        Claim::AgencyCredit(names) if names.is_empty() => "agencies, none by name".to_owned(),
        Claim::Byline(names) | Claim::AgencyCredit(names) => names.join(", "),
        Claim::Date { kind: DateKind::Published, value } => value.clone(),
        Claim::Date { kind: DateKind::Modified, value } => format!("{value} (modified)"),
        Claim::Source { outlet, link: None } => outlet.clone(),
        Claim::Source { outlet, link: Some(link) } => format!("{outlet} {link}"),
        Claim::Copyright(line) => copyright(line),
        Claim::Licence(terms) | Claim::Reservation(terms) => self::terms(terms),
        Claim::PermissionsContact(contact) | Claim::TermsLink(contact) => {
            format!("{} {}", contact.text, contact.url.as_deref().unwrap_or_default())
        }
        Claim::Signal(signal) => {
            let whom = if signal.addressee == "*" { String::new() } else { format!(" for {}", signal.addressee) };
            format!("{}{whom}: {}", signal.mechanism, signal.value)
        }
        Claim::SignalFault { message, .. } => message.clone(),
        Claim::AiDisclosure { text, scope } => format!("{scope}: {text}"),
        Claim::Credit(line) => credit(line),
        Claim::Custom { parts, .. } => parts.iter().map(|(k, v)| format!("{k} {v}")).collect::<Vec<_>>().join(", "),
    }
}

fn copyright(line: &Copyright) -> String {
    let mut parts: Vec<String> = line.holder.iter().cloned().chain(line.years.iter().cloned()).collect();
    if line.all_rights_reserved {
        parts.push("all rights reserved".to_owned());
    }
    parts.join(", ")
}

fn credit(line: &Credit) -> String {
    let named: Vec<&str> = line.agencies.iter().chain(&line.persons).map(String::as_str).collect();
    let missing = match (line.agencies.is_empty(), line.persons.is_empty()) {
        (true, false) => ", no agency",
        (false, true) => ", no person",
        _ => "",
    };
    if named.is_empty() { line.text.clone() } else { format!("{}{missing}", named.join(", ")) }
}

/// `ask Example Media Ltd: any, ai-train; except search`.
fn terms(terms: &Terms) -> String {
    let whom = terms.rightsholder.as_ref().map(|r| format!(" {r}")).unwrap_or_default();
    let state = match terms.status {
        Some(State::Conditional) if terms.conditions.iter().any(|c| c == "consent") => format!("ask{whom}"),
        Some(State::Conditional) => format!("allowed if {}", terms.conditions.join(", ")),
        Some(state) => format!("{state}{}", if whom.is_empty() { String::new() } else { format!(" by{whom}") }),
        None => "terms".to_owned(),
    };
    let mut said = terms.id.iter().cloned().collect::<Vec<_>>();
    said.push(state);
    let mut said = said.join(" · ");
    let uses: Vec<&str> = terms.uses.iter().map(|u| u.name.name()).collect();
    if !uses.is_empty() {
        said.push_str(&format!(": {}", uses.join(", ")));
    }
    if !terms.exceptions.is_empty() {
        let exceptions: Vec<&str> = terms.exceptions.iter().map(|(e, _)| e.name()).collect();
        said.push_str(&format!("; except {}", exceptions.join(", ")));
    }
    said
}
