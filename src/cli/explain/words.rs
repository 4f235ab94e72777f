//! The vocabulary: uses, facts, wordings, detectors and the words of policies and reports.

use crate::cli::explain::NAMES;
use crate::cli::page::Page;
use crate::cli::values;
use crate::detect::DETECTORS;
use crate::policy::Policy;
use crate::policy::detector::Detector;
use crate::policy::detector::Finder;
use crate::policy::vocabulary;
use crate::policy::words::Answer;
use crate::policy::words::Area;
use crate::policy::words::Attach;
use crate::policy::words::Consent;
use crate::policy::words::DocumentOrigin;
use crate::policy::words::FactName;
use crate::policy::words::PartyKind;
use crate::policy::words::SubjectKind;
use crate::registry::mapping;
use crate::terms::Channel;
use crate::terms::Confidence;
use crate::terms::EVERYDAY_USES;
use crate::terms::Exception;
use crate::terms::Fact;
use crate::terms::Outcome;
use crate::terms::Severity;
use crate::terms::State;
use crate::terms::Use;

/// Words of a closed set: `(what they are, name, meaning)`.
type Word = (&'static str, &'static str, &'static str);

/// A use, by its own name or an everyday one, with what every mechanism says of it.
pub(super) fn usage(name: &str, page: &mut Page) {
    let everyday = EVERYDAY_USES.iter().any(|(word, _)| *word == name).then(|| values::near_use(name)).flatten();
    let Some(usage) = Use::named(name).or_else(|| Use::named(everyday?)) else { return };
    page.heading("use", usage.name());
    page.paragraph(usage.about());
    let others: Vec<&str> = EVERYDAY_USES.iter().filter(|(_, u)| *u == usage.name()).map(|(word, _)| *word).collect();
    if !others.is_empty() {
        page.line("");
        page.row("also said", NAMES, &others.join(", "));
    }
    page.line("");
    page.paragraph("What machine-readable signals say of it (derived: from what they say of another use):");
    signals(usage, page);
}

fn signals(usage: Use, page: &mut Page) {
    let speaking: Vec<_> = mapping::rows().filter_map(|(m, s, row)| Some((m, s, row.states.iter().find(|x| x.usage == usage)?))).collect();
    for state in State::ALL {
        for explicit in [true, false] {
            let alike = speaking.iter().filter(|(_, _, s)| s.state == *state && s.explicit == explicit);
            let mut by_mechanism: Vec<(&str, Vec<&str>)> = Vec::new();
            for (mechanism, signal, _) in alike {
                match by_mechanism.last_mut() {
                    Some((m, signals)) if m == mechanism => signals.push(signal),
                    _ => by_mechanism.push((mechanism, vec![signal])),
                }
            }
            if !by_mechanism.is_empty() {
                page.line(&format!("  {state}{}", if explicit { "" } else { ", derived" }));
            }
            for (mechanism, signals) in by_mechanism {
                page.row(&format!("  {mechanism}"), NAMES + 4, &signals.join(" · "));
            }
        }
    }
}

/// A fact, with the keys that narrow it and the rules that speak of it.
pub(super) fn fact(name: &str, policy: &Policy, page: &mut Page) {
    let yielded = policy.detectors.iter().find(|d| d.yields.name() == name && d.yields.known().is_none());
    let (fact, about) = match (Fact::named(name), yielded) {
        (Some(fact), _) => (FactName::Known(fact), fact.about().to_owned()),
        (None, Some(detector)) => (detector.yields.clone(), format!("Yielded by the policy's detector `{}`.", detector.key)),
        (None, None) => return,
    };
    page.heading("fact", name);
    page.paragraph(&about);
    page.line("");
    page.row("narrowed by", NAMES, &vocabulary::keys_of(&fact).join(", "));
    let rules: Vec<&str> = policy.rules.iter().filter(|r| r.verb.facts().contains(&fact)).map(|r| r.key.as_str()).collect();
    page.row("rules here", NAMES, if rules.is_empty() { "none".to_owned() } else { rules.join(", ") }.as_str());
}

/// A text approved by counsel.
pub(super) fn wording(name: &str, policy: &Policy, page: &mut Page) {
    let Some(wording) = policy.wordings.iter().find(|w| w.key == name) else { return };
    page.heading("wording", name);
    page.paragraph(&wording.text);
    page.line("");
    if let Some(language) = &wording.language {
        page.row("language", NAMES, language);
    }
    let rules = policy.rules.iter().filter(|r| r.demands.wording.iter().any(|w| w == name));
    page.row("rules here", NAMES, &rules.map(|r| r.key.as_str()).collect::<Vec<_>>().join(", "));
}

/// A detector of the program or of the policy.
pub(super) fn detector(name: &str, policy: &Policy, page: &mut Page) {
    if let Some(detector) = DETECTORS.iter().find(|d| d.id == name) {
        page.heading("detector", name);
        page.paragraph(&format!("Built in: {}.", detector.about));
    }
    if let Some(detector) = policy.detectors.iter().find(|d| d.key == name) {
        page.heading("detector", name);
        page.paragraph(&format!("Of the policy: yields `{}`.", detector.yields.name()));
        page.line("");
        own_detector(detector, page);
    }
}

fn own_detector(detector: &Detector, page: &mut Page) {
    match &detector.finder {
        Finder::Pattern { regex, literals } => {
            page.row("pattern", NAMES, regex.as_str());
            let literals = if literals.is_empty() { "any text: it runs on every document".to_owned() } else { literals.join(", ") };
            page.row("looks at", NAMES, &literals);
        }
        Finder::Select(selector) => page.row("select", NAMES, selector),
        Finder::Like { text, similarity } => {
            page.row("like", NAMES, text);
            page.row("similarity", NAMES, &similarity.to_string());
        }
    }
    if !detector.languages.is_empty() {
        page.row("lang", NAMES, &detector.languages.join(", "));
    }
    if !detector.scope.is_empty() {
        page.row("scope", NAMES, &detector.scope.iter().map(|a| a.name()).collect::<Vec<_>>().join(", "));
    }
}

/// Any other word of policies and reports.
pub(super) fn vocabulary(name: &str, page: &mut Page) {
    for (what, word, about) in words().filter(|(_, word, _)| *word == name) {
        page.heading(what, word);
        page.paragraph(about);
    }
}

/// Every word that can be explained without a policy.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let uses = Use::ALL.iter().map(|u| u.name());
    let facts = Fact::ALL.iter().map(|f| f.name());
    uses.chain(facts).chain(DETECTORS.iter().map(|d| d.id)).chain(words().map(|(_, word, _)| word))
}

fn words() -> impl Iterator<Item = Word> {
    macro_rules! set {
        ($what:literal, $kind:ty) => {
            <$kind>::ALL.iter().map(|w| ($what, w.name(), w.about()))
        };
    }
    set!("state", State)
        .chain(set!("exception", Exception))
        .chain(set!("confidence", Confidence))
        .chain(set!("channel", Channel))
        .chain(set!("severity", Severity))
        .chain(set!("outcome", Outcome))
        .chain(set!("subject", SubjectKind))
        .chain(set!("area", Area))
        .chain(set!("consent", Consent))
        .chain(set!("answer", Answer))
        .chain(set!("origin", DocumentOrigin))
        .chain(set!("kind of party", PartyKind))
        .chain(set!("attachment", Attach))
}
