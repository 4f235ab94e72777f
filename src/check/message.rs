//! A finding's line: the rule's message with its slots filled, or one made from the problem.

use crate::check::context::{Context, Target, embed_name, image_name};
use crate::check::judgement::{Judgement, clipped};
use crate::check::statement::{channel_words, part, value};
use crate::evidence::{Claim, Evidence, Subject, Terms};
use crate::policy::message::Message;
use crate::policy::rule::Rule;
use crate::policy::words::FactName;
use crate::terms::{Channel, Condition, State, Use, UseName};

/// What a slot says where there is nothing to say.
const NOTHING: &str = "none";

/// The line of a finding.
pub(super) fn message(context: &Context<'_>, rule: &Rule, target: &Target, judgement: &Judgement) -> String {
    if let Some(sentence) = &judgement.sentence {
        return sentence.clone();
    }
    match rule.message.as_ref().filter(|message| has_its_say(rule, judgement, message)) {
        Some(message) => message.fill(&|slot| fill(context, rule, target, judgement, slot)),
        None => format!("{} {}", subject_words(context, target), judgement.problem),
    }
}

/// Whether a message has something to say of what was found: not if it quotes a statement and there is none, or tells how it falls
/// short of a demand that isn't the one at fault.
fn has_its_say(rule: &Rule, judgement: &Judgement, message: &Message) -> bool {
    if judgement.is_doubt && !message.slots().any(|slot| slot == "problem") {
        return false;
    }
    let unfilled = |slot: &str| !judgement.slots.iter().any(|(name, _)| *name == slot);
    let quotes = |slot: &str| rule.verb.facts().iter().any(|f| slot.strip_prefix(f.name()).is_some_and(|rest| rest.starts_with('.')));
    let is_shown = |slot: &str| slot.ends_with(".shown") || slot.ends_with(".metadata");
    !message.slots().any(|slot| match slot {
        "wording" | "similarity" | "diff.first" | "missing" => unfilled(slot),
        _ => judgement.because.is_empty() && quotes(slot) && !is_shown(slot),
    })
}

/// The subject in a sentence.
fn subject_words(context: &Context<'_>, target: &Target) -> String {
    match (context.image(target), &target.subject) {
        (Some(image), Subject::Image(id)) => {
            format!("{} {}", if image.is_video { "video" } else { "picture" }, image_name(image, id.0 as usize))
        }
        (Some(embed), Subject::Embed(n)) => format!("embedded {}", embed_name(embed, *n as usize)),
        (_, Subject::Quote(n)) => {
            let quote = context.facts.quotes.get(*n as usize);
            format!("the quotation “{}”", quote.map(|q| clipped(&q.place.quote)).unwrap_or_default())
        }
        _ => "the document".to_owned(),
    }
}

fn fill(context: &Context<'_>, rule: &Rule, target: &Target, judgement: &Judgement, slot: &str) -> String {
    if let Some((_, value)) = judgement.slots.iter().find(|(name, _)| *name == slot) {
        return value.clone();
    }
    match slot {
        "problem" => judgement.problem.clone(),
        "quote" => judgement.primary.as_ref().map_or(NOTHING.to_owned(), |p| clipped(&p.place.quote)),
        "subject" => subject_words(context, target),
        "party" => parties(context, &rule.demands.party),
        "holder" => parties(context, &rule.demands.holder),
        "document" => context.reading.main.source.origin.path.clone(),
        _ => {
            let filled = of_subject(context, target, slot).or_else(|| of_fact(context, rule, target, judgement, slot));
            filled.filter(|value| !value.is_empty()).unwrap_or_else(|| NOTHING.to_owned())
        }
    }
}

fn parties(context: &Context<'_>, keys: &[String]) -> String {
    crate::check::statement::either(&keys.iter().map(|key| context.party_name(key)).collect::<Vec<_>>())
}

fn of_subject(context: &Context<'_>, target: &Target, slot: &str) -> Option<String> {
    if slot == "quote.words" {
        return Some(context.words(target).to_string());
    }
    let image = context.image(target)?;
    match (slot, &target.subject) {
        ("image.name", Subject::Image(id)) => Some(image_name(image, id.0 as usize)),
        ("embed.name", Subject::Embed(n)) => Some(embed_name(image, *n as usize)),
        ("image.address" | "embed.address", _) => Some(image.address.clone()),
        ("image.role" | "embed.role", _) => Some(image.role.name().to_owned()),
        _ => None,
    }
}

/// `{credit.agency}`: what the statement that the judgement rests on says, else the first one about the subject.
fn of_fact(context: &Context<'_>, rule: &Rule, target: &Target, judgement: &Judgement, slot: &str) -> Option<String> {
    let (name, wanted) = slot.split_once('.')?;
    let fact = rule.facts().find(|fact| fact.name() == name)?;
    let decisive = judgement.because.iter().map(|id| context.evidence(*id)).find(|e| e.claim.fact_name() == name);
    match wanted {
        "shown" => in_channel(context, target, fact, Channel::Prose),
        "metadata" => in_channel(context, target, fact, Channel::Metadata),
        _ => {
            let evidence = decisive.or_else(|| context.about(target, fact).next().map(|(_, e)| e))?;
            of_statement(context, evidence, wanted)
        }
    }
}

fn in_channel(context: &Context<'_>, target: &Target, fact: &FactName, channel: Channel) -> Option<String> {
    context.about(target, fact).find(|(_, e)| e.channel == channel).map(|(_, e)| value(&e.claim))
}

fn of_statement(context: &Context<'_>, evidence: &Evidence, wanted: &str) -> Option<String> {
    match (wanted, &evidence.claim) {
        ("quote", _) => Some(clipped(&evidence.place.quote)),
        // What was probably meant stands last, and must not be cut off.
        ("value", Claim::SignalFault { message, .. }) => Some(message.clone()),
        ("value", claim) => Some(clipped(&value(claim))),
        ("where", _) => Some(channel_words(evidence.channel).to_owned()),
        ("summary", Claim::Reservation(terms) | Claim::Licence(terms)) => Some(summary(context, evidence, terms)),
        (_, claim) => part(claim, wanted),
    }
}

/// A notice in one sentence: "every use of this text needs the prior explicit consent of X; AI training is named".
fn summary(context: &Context<'_>, evidence: &Evidence, terms: &Terms) -> String {
    let general = terms.uses.iter().any(|u| u.name == UseName::Any);
    let mut named: Vec<Use> = terms.uses.iter().filter_map(|u| u.name.usage()).collect();
    named.sort_unstable();
    named.dedup();
    let words: Vec<_> = named.iter().map(|&u| use_words(u)).collect();
    let subject = match (general, words.as_slice()) {
        (true, _) => "every use of this text".to_owned(),
        (false, []) => "use of this text".to_owned(),
        (false, words) => crate::check::statement::listed(words),
    };
    let mut sentence = format!("{subject} {}", demand(context, evidence, terms, !general && words.len() > 1));
    let telling: Vec<_> = named.iter().filter(|u| matches!(u, Use::AiTrain | Use::AiInput | Use::Tdm)).map(|&u| use_words(u)).collect();
    if general && !telling.is_empty() {
        let verb = if telling.len() == 1 { "is" } else { "are" };
        sentence.push_str(&format!("; {} {verb} named", crate::check::statement::listed(&telling)));
    }
    sentence
}

/// What the notice demands: "needs the prior consent of X", "is prohibited".
fn demand(context: &Context<'_>, evidence: &Evidence, terms: &Terms, many: bool) -> String {
    let holder = terms.rightsholder.as_deref().map(|h| format!(" of {h}"));
    let is = if many { "are" } else { "is" };
    match terms.status {
        Some(State::Conditional) if terms.conditions.iter().any(|c| c == "consent") => {
            let needs = if many { "need" } else { "needs" };
            format!("{needs} the {}consent{}", qualities(context, evidence), holder.as_deref().unwrap_or(" of the rightsholder"))
        }
        Some(State::Conditional) => {
            let conditions: Vec<String> = terms.conditions.iter().map(condition_words).collect();
            format!("{is} allowed only {}", crate::check::statement::listed(&conditions))
        }
        Some(State::Allowed) => format!("{is} allowed"),
        _ if terms.stated_as.is_some() => format!("{is} reserved{}", holder.map(|h| h.replacen(" of ", " by ", 1)).unwrap_or_default()),
        _ => format!("{is} prohibited"),
    }
}

/// A condition in a sentence: "allowed only with credit".
fn condition_words(condition: &Condition) -> String {
    match condition.as_ref() {
        "attribution" => "with credit",
        "contract" => "under a contract",
        "licence-available" | "licence-token" => "under a licence",
        "link" => "with a link",
        "non-commercial" => "for non-commercial purposes",
        "payment" => "against payment",
        "private" => "for private use",
        "research-only" => "for research",
        "see-licence" => "under its licence",
        "see-policy" => "under its policy",
        "share-alike" => "under the same licence",
        other => return other.replace('-', " "),
    }
    .to_owned()
}

/// What the notice says of the consent: "prior explicit ".
fn qualities(context: &Context<'_>, evidence: &Evidence) -> String {
    use crate::lexicon::concept::Concept;
    let said = crate::check::demand::clause_hits(context, evidence);
    let words = [(Concept::ConsentPrior, "prior "), (Concept::ConsentExplicit, "explicit "), (Concept::ConsentWritten, "written ")];
    words.iter().filter(|(concept, _)| said.contains(concept)).map(|(_, word)| *word).collect()
}

/// A use in a sentence.
fn use_words(usage: Use) -> &'static str {
    match usage {
        Use::AutomatedAccess => "automated access",
        Use::Search => "search indexing",
        Use::Excerpt => "showing excerpts",
        Use::AiTrain => "AI training",
        Use::AiInput => "use in AI answers",
        Use::Tdm => "text and data mining",
        Use::Reproduce => "copying",
        Use::Redistribute => "republishing",
        Use::Adapt => "adapting",
        Use::Store => "storing",
        Use::Commercial => "commercial use",
    }
}
