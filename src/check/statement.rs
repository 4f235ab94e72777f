//! Statements in words: what they are called, what they say, and which parts they name.

use crate::evidence::{Claim, DateKind, Evidence, Terms};
use crate::policy::words::FactName;
use crate::registry::agencies::Agencies;
use crate::terms::{Channel, Fact};

/// What a subject without the fact is said to lack: "has no credit".
pub(super) fn absence(fact: &FactName) -> String {
    let FactName::Known(fact) = fact else { return format!("has no {fact}") };
    match fact {
        Fact::Headline => "has no headline",
        Fact::Byline => "names no author",
        Fact::Date => "has no date",
        Fact::Source => "names no source",
        Fact::AgencyCredit => "credits no agency for the text",
        Fact::Copyright => "has no copyright line",
        Fact::Licence => "states no licence",
        Fact::Reservation => "has no notice that keeps uses back",
        Fact::PermissionsContact => "names no contact for permissions",
        Fact::TermsLink => "links no terms of use",
        Fact::Signal => "carries no signal about uses",
        Fact::SignalFault => "carries no faulty signal",
        Fact::AiMarker => "carries no mark of machine authorship",
        Fact::AiDisclosure => "doesn't tell readers that AI was used",
        Fact::Caption => "has no caption",
        Fact::Credit => "has no credit",
    }
    .to_owned()
}

/// What a statement of the fact is called.
pub(super) fn noun(fact: &FactName) -> &str {
    match fact {
        FactName::Known(Fact::Copyright) => "copyright line",
        FactName::Known(Fact::Reservation) => "reservation notice",
        FactName::Known(Fact::AgencyCredit) => "agency credit",
        FactName::Known(Fact::PermissionsContact) => "permissions contact",
        FactName::Known(Fact::TermsLink) => "link to terms",
        FactName::Known(Fact::SignalFault) => "faulty signal",
        FactName::Known(Fact::AiMarker) => "mark of machine authorship",
        FactName::Known(Fact::AiDisclosure) => "AI disclosure",
        fact => fact.name(),
    }
}

/// A channel in a sentence: "in metadata".
pub(super) fn channel_words(channel: Channel) -> &'static str {
    match channel {
        Channel::Prose => "the text",
        Channel::Metadata => "metadata",
        Channel::Signal => "signals for machines",
        Channel::Embedded => "the picture file",
        Channel::Sidecar => "a sidecar file",
    }
}

/// Who says it, in a sentence: "the notice", "`tdmrep`".
pub(super) fn speaker(evidence: &Evidence) -> String {
    match (&evidence.claim, evidence.channel) {
        (Claim::Signal(signal), _) => signal.mechanism.to_owned(),
        (Claim::Reservation(_), Channel::Prose) => "the notice".to_owned(),
        (Claim::Licence(_), Channel::Prose) => "the licence".to_owned(),
        (Claim::Licence(_), channel) => format!("the licence in {}", channel_words(channel)),
        (Claim::Copyright(_), _) => "the copyright line".to_owned(),
        (claim, channel) => format!("the {} in {}", claim.fact_name(), channel_words(channel)),
    }
}

/// What a statement says, in a few words.
pub(super) fn value(claim: &Claim) -> String {
    match claim {
        Claim::Headline(text) | Claim::Caption(text) | Claim::AiMarker(text) => text.clone(),
        Claim::Byline(names) | Claim::AgencyCredit(names) => names.join(", "),
        Claim::Date { value, .. } => value.clone(),
        Claim::Source { outlet, .. } => outlet.clone(),
        Claim::Copyright(line) => [line.holder.clone().unwrap_or_default(), line.years.join(", ")].join(" ").trim().to_owned(),
        Claim::Licence(terms) => terms.id.clone().unwrap_or_else(|| uses(terms)),
        Claim::Reservation(terms) => uses(terms),
        Claim::PermissionsContact(contact) | Claim::TermsLink(contact) => contact.text.clone(),
        Claim::Signal(signal) => signal.value.clone(),
        Claim::SignalFault { message, .. } => message.clone(),
        Claim::AiDisclosure { text, .. } => text.clone(),
        Claim::Credit(credit) => credit.text.clone(),
        Claim::Custom { parts, .. } => parts.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// The parts of a statement that have a value: `agency`, `person`, `holder`.
pub(super) fn parts(claim: &Claim) -> Vec<(String, String)> {
    let listed = |name: &str, list: &[String]| (name.to_owned(), list.join(", "));
    let optional = |name: &str, value: &Option<String>| (name.to_owned(), value.clone().unwrap_or_default());
    let mut parts = match claim {
        Claim::Byline(names) => {
            let (agencies, persons): (Vec<_>, Vec<_>) = names.iter().cloned().partition(|n| Agencies::builtin().whole(n).is_some());
            vec![listed("agency", &agencies), listed("person", &persons), listed("names", names)]
        }
        Claim::Credit(credit) => vec![listed("agency", &credit.agencies), listed("person", &credit.persons)],
        Claim::AgencyCredit(agencies) => vec![listed("agency", agencies)],
        Claim::Source { outlet, link } => vec![("outlet".to_owned(), outlet.clone()), optional("link", link)],
        Claim::Date { kind, .. } => {
            vec![("kind".to_owned(), if *kind == DateKind::Published { "published" } else { "modified" }.to_owned())]
        }
        Claim::Copyright(line) => vec![optional("holder", &line.holder), listed("years", &line.years)],
        Claim::Licence(terms) | Claim::Reservation(terms) => {
            vec![
                optional("id", &terms.id),
                optional("holder", &terms.rightsholder),
                ("uses".to_owned(), uses(terms)),
                optional("link", &terms.link),
                optional("source", &terms.source),
            ]
        }
        Claim::Signal(signal) => vec![("mechanism".to_owned(), signal.mechanism.to_owned())],
        Claim::SignalFault { code, .. } => vec![("code".to_owned(), code.clone())],
        Claim::PermissionsContact(contact) | Claim::TermsLink(contact) => vec![optional("url", &contact.url)],
        Claim::AiDisclosure { scope, .. } => vec![("scope".to_owned(), (*scope).to_owned())],
        Claim::Custom { parts, .. } => parts.clone(),
        Claim::Headline(_) | Claim::AiMarker(_) | Claim::Caption(_) => Vec::new(),
    };
    parts.retain(|(_, value)| !value.is_empty());
    parts
}

/// The value of one part, if the statement names it. `name` is met by an agency or a person.
pub(super) fn part(claim: &Claim, name: &str) -> Option<String> {
    let any = ["agency", "person"];
    let wanted: &[&str] = if name == "name" { &any } else { std::slice::from_ref(&name) };
    parts(claim).into_iter().find(|(part, _)| wanted.contains(&part.as_str())).map(|(_, value)| value)
}

fn uses(terms: &Terms) -> String {
    terms.uses.iter().map(|u| u.name.name()).collect::<Vec<_>>().join(", ")
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed<T: std::fmt::Display>(words: &[T]) -> String {
    joined(words, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub(super) fn either<T: std::fmt::Display>(words: &[T]) -> String {
    joined(words, "or")
}

fn joined<T: std::fmt::Display>(words: &[T], last_by: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(ToString::to_string).collect();
            format!("{} {last_by} {last}", first.join(", "))
        }
    }
}
