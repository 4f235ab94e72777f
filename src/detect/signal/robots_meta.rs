//! Robots meta elements and `X-Robots-Tag`.

use crate::detect::signal::page::Page;
use crate::detect::signal::statement::Statement;
use crate::document::robots_rules::RobotsRule;
use crate::document::robots_rules::addressees;
use crate::document::robots_rules::in_header;
use crate::document::robots_rules::in_meta;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::SignalState;
use crate::evidence::Subject;
use crate::registry::agents;
use crate::registry::mapping;
use crate::terms::Confidence;
use crate::terms::Use;

/// Rules about pictures only.
const OF_PICTURES: &[&str] = &["noimageai", "noimageindex", "max-image-preview"];

pub(super) fn run(page: &Page<'_>, evidence: &mut Vec<Evidence>) {
    for field in &page.reading.document().fields {
        if field.vocabulary != crate::document::Vocabulary::Meta {
            continue;
        }
        if let Some(addressee) = addressee_of(&field.name) {
            let carried = Carried { mechanism: "robots-meta", carrier: "meta", value: &field.value, place: page.place(field.span) };
            carried.state(&addressee, &in_meta(&field.value), Confidence::High, evidence);
        }
    }
    for header in page.headers("x-robots-tag") {
        let rules = in_header(header.value);
        for addressee in addressees(&rules) {
            let own: Vec<_> = rules.iter().filter(|r| r.addressee == addressee).cloned().collect();
            let addressee = addressee_of(&addressee).unwrap_or(addressee);
            let carried = Carried { mechanism: "x-robots-tag", carrier: "header", value: header.value, place: header.place.clone() };
            carried.state(&addressee, &own, header.confidence, evidence);
        }
    }
}

/// `*` for `robots`, the token for the name of a crawler.
fn addressee_of(name: &str) -> Option<String> {
    match name {
        "robots" => Some("*".to_owned()),
        name => agents::find(name).map(|a| a.token.clone()),
    }
}

/// One element or header line.
struct Carried<'c> {
    mechanism: &'static str,
    carrier: &'static str,
    value: &'c str,
    place: Place,
}

impl Carried<'_> {
    /// States what the rules say of the document, and apart from that what they say of its pictures.
    fn state(&self, addressee: &str, rules: &[RobotsRule], confidence: Confidence, evidence: &mut Vec<Evidence>) {
        let operator = agents::find(addressee).map(agents::Agent::operator_or_token);
        let new = || Statement::new(self.mechanism, self.carrier, self.value, self.place.clone()).to(addressee, operator).sure(confidence);
        let (pictures, page): (Vec<_>, Vec<_>) = rules.iter().partition(|r| OF_PICTURES.contains(&r.name.as_str()));
        let mut document = new();
        for rule in &page {
            document = add(document, rule);
        }
        relax(&mut document, rules);
        if let Some(operator) = operator {
            document.states_mut().retain(|s| concerns(s, operator));
        }
        if !page.is_empty() || pictures.is_empty() {
            evidence.push(document.evidence());
        }
        let of_pictures = pictures.iter().fold(new().about(Subject::Images).scope("image"), |s, rule| add(s, rule));
        if !of_pictures.states().is_empty() {
            evidence.push(of_pictures.evidence());
        }
    }
}

/// Whether a state that holds for some operators only holds for this one.
fn concerns(state: &SignalState, operator: &str) -> bool {
    let mut operators = state.conditions.iter().filter_map(|c| c.strip_prefix("operator=")).peekable();
    operators.peek().is_none() || operators.any(|o| o == operator)
}

/// Adds what `rule` says; a rule that nobody knows says nothing.
fn add(statement: Statement, rule: &RobotsRule) -> Statement {
    let value = rule.value.as_deref().unwrap_or_default();
    let Some(key) = row_of(&rule.name, value) else { return statement };
    statement.row(mapping::row("robots-meta", key), &[("max-chars", value), ("until", value)])
}

fn row_of(name: &str, value: &str) -> Option<&'static str> {
    Some(match (name, value) {
        ("noindex" | "none", _) => "noindex",
        ("nosnippet", _) | ("max-snippet", "0") => "nosnippet",
        ("max-snippet", "-1") | ("max-image-preview", "large") => "large-preview",
        ("max-snippet", n) if n.parse::<u32>().is_ok() => "max-snippet",
        ("max-image-preview", "none") => "no-image-preview",
        ("max-image-preview", "standard") => "standard-image-preview",
        ("noimageindex", _) => "noimageindex",
        ("noarchive", _) => "noarchive",
        ("nocache", _) => "nocache",
        ("notranslate", _) => "notranslate",
        ("unavailable_after", date) if !date.is_empty() => "unavailable_after",
        ("noai", _) => "noai",
        ("noimageai", _) => "noimageai",
        ("noml", _) => "noml",
        ("all" | "index" | "follow" | "nofollow", _) => "no-effect",
        _ => return None,
    })
}

/// `indexifembedded` takes back a part of `noindex`, and has no effect without it.
fn relax(statement: &mut Statement, rules: &[RobotsRule]) {
    let has = |names: &[&str]| rules.iter().any(|r| names.contains(&r.name.as_str()));
    if !has(&["indexifembedded"]) || !has(&["noindex", "none"]) {
        return;
    }
    statement.states_mut().retain(|s| s.usage != Use::Search);
    *statement = statement.clone().row(mapping::row("robots-meta", "indexifembedded"), &[]);
}
