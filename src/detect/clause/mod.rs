//! Rules in words: which uses a sentence names, what it says of them, and what it leaves out.
//!
//! One reader for every language. Phrases found in the whole document choose the candidates; the words of clauses are then looked
//! up in the languages of those phrases, and the reading that says most counts. All wording is lexicon data.

#[expect(clippy::module_inception, reason = "the clause is what this module reads")]
mod clause;
mod cue;
mod doubt;
mod holder;
mod law;
mod passage;
pub mod rule;
pub mod sentence;

use crate::detect::clause::clause::Clause;
use crate::detect::clause::cue::Cue;
use crate::detect::clause::doubt::Setting;
use crate::detect::clause::passage::Passage;
use crate::detect::clause::rule::Rule;
use crate::detect::clause::rule::Stance;
use crate::detect::licence::is_licence;
use crate::detect::reading::Reading;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::UseMention;
use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::terms::Channel;
use std::ops::Range;

/// A longer sentence is a list or no sentence at all. The longest notice seen has a quarter of this.
const LONGEST_SENTENCE: usize = 4000;
/// The first phrases of a passage tell its languages.
const MOST_HITS: usize = 200;

/// The rules of a document. `evidence` holds the copyright lines found before.
pub fn read(reading: &Reading<'_>, evidence: &[Evidence]) -> Vec<Rule> {
    let lines = copyright_blocks(reading, evidence);
    let mut rules = Vec::new();
    let mut taken = 0;
    for (id, _) in reading.document().blocks() {
        let n = id.0 as usize;
        if n < taken || !reading.hits[n].iter().any(|h| is_anchor(h.concept)) {
            continue;
        }
        let passage = Passage::new(reading, id);
        let found = passage_rules(&passage, &lines);
        if !found.is_empty() {
            taken = n + passage.parts.len();
        }
        rules.extend(found);
    }
    rules
}

/// Whether a phrase makes its block a candidate.
fn is_anchor(concept: Concept) -> bool {
    use Concept::*;
    matches!(
        concept,
        ReservationProhibited
            | ReservationReserveVerb
            | ReservationTdmReserved
            | ReservationTdmTerm
            | ReservationAiTrainingTerm
            | ReservationWithoutConsent
            | ReservationReproduceProhibited
            | ReservationRedistributeProhibited
            | ReservationCommercialProhibited
            | ConditionConsent
            | CopyrightProtected
            | CopyrightWord
            | ExceptionPrivateUse
            | PermissionAttributionRequired
            | PermissionLinkBack
            | PermissionMayRepublish
            | PermissionNoncommercialOnly
    )
}

/// Blocks with copyright lines, in order, with the holder each names.
fn copyright_blocks(reading: &Reading<'_>, evidence: &[Evidence]) -> Vec<(u32, Option<String>)> {
    let blocks = &reading.document().blocks;
    let mut found: Vec<(u32, Option<String>)> = Vec::new();
    for (span, holder) in evidence.iter().filter(|e| e.channel == Channel::Prose).filter_map(|e| match &e.claim {
        Claim::Copyright(c) => Some((e.place.location.span, c.holder.clone())),
        _ => None,
    }) {
        let at = blocks.partition_point(|b| b.whole().end <= span.start);
        found.push((at as u32, holder));
    }
    found
}

/// The languages that a passage may be read in: those of the phrases that made it a candidate.
fn languages<'h>(hits: impl Iterator<Item = &'h Hit>, own: Option<&'h str>) -> Vec<&'h str> {
    let mut found: Vec<&str> = own.into_iter().collect();
    for hit in hits.filter(|h| is_anchor(h.concept) && h.language != "user") {
        if !found.contains(&hit.language) {
            found.push(hit.language);
        }
    }
    found.truncate(6);
    found
}

/// The rules in one passage.
fn passage_rules(passage: &Passage<'_>, lines: &[(u32, Option<String>)]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let own = passage.reading.document().language.as_deref();
    for range in sentence::split(&passage.text) {
        let hits = passage.hits_in(&range);
        let anchored = hits.iter().any(|(_, h)| is_anchor(h.concept));
        let follows = rules.last().is_some_and(|r| r.range.end <= range.start && passage.text[r.range.end..range.start].trim().is_empty());
        if (!anchored && !follows) || range.len() > LONGEST_SENTENCE {
            continue;
        }
        if hits.iter().any(|(_, h)| is_licence(h.concept)) {
            continue;
        }
        let inside = if follows { &passage.hits[..] } else { hits }.iter().take(MOST_HITS).map(|(_, h)| h);
        let read = languages(inside, own).into_iter().map(|l| Clause::new(passage, range.clone(), l));
        let Some(clause) = read.max_by_key(weight) else { continue };
        if follows && extend(passage, rules.last_mut().expect("one to follow"), &clause) {
            continue;
        }
        rules.extend(rule(passage, &clause, lines, !rules.is_empty()));
    }
    rules
}

/// How much of a sentence a reading accounts for.
fn weight(clause: &Clause<'_>) -> usize {
    let stance = usize::from(clause.stance().is_some_and(|s| s != Stance::Granted));
    1000 * stance + clause.cues.iter().map(|f| f.range.len()).sum::<usize>()
}

/// The rule that a sentence states.
fn rule(passage: &Passage<'_>, clause: &Clause<'_>, lines: &[(u32, Option<String>)], beside_rule: bool) -> Option<Rule> {
    let stance = clause.stance()?;
    let uses = clause.uses();
    if uses.is_empty() {
        return None;
    }
    let setting = setting(passage, clause, lines, beside_rule);
    let confidence = doubt::weigh(clause, stance, passage.block(), setting)?;
    let mut rule = Rule {
        block: passage.parts[0].1,
        range: clause.range.clone(),
        place: passage.place(clause.range.clone()),
        stance,
        uses: uses.into_iter().map(|(name, r)| UseMention { name, place: passage.place(r) }).collect(),
        conditions: clause.conditions(stance),
        exceptions: Vec::new(),
        rightsholder: rightsholder(passage, clause).or_else(|| beside(passage, lines)),
        legal_basis: Vec::new(),
        scope: clause.scope(),
        confidence,
    };
    add(passage, &mut rule, clause);
    Some(rule)
}

/// Takes exceptions and laws of a sentence into a rule.
fn add(passage: &Passage<'_>, rule: &mut Rule, clause: &Clause<'_>) {
    for (exception, range) in clause.exceptions() {
        if rule.exceptions.iter().all(|(e, _)| *e != exception) {
            rule.exceptions.push((exception, passage.place(range)));
        }
    }
    rule.legal_basis.extend(law::named(&passage.text, &clause.cues).into_iter().map(|r| crate::text::squeeze(&passage.text[r])));
}

/// Whether a sentence that follows a rule only adds to it: exceptions, further uses, the law it rests on. If so, adds it.
fn extend(passage: &Passage<'_>, rule: &mut Rule, clause: &Clause<'_>) -> bool {
    let exceptions = !clause.exceptions().is_empty();
    let has = |cue| clause.cues.iter().any(|f| f.cue == cue);
    let uses = clause.uses();
    let lawful = (has(Cue::Provision) || has(Cue::Act)) && has(Cue::Reserve) && clause.uses().is_empty();
    let more = clause.continues() && (exceptions || !uses.is_empty() || has(Cue::Provision));
    if !(more || lawful) {
        return false;
    }
    if !exceptions {
        for (name, range) in uses {
            if rule.uses.iter().all(|u| u.name != name) {
                rule.uses.push(UseMention { name, place: passage.place(range) });
            }
        }
    }
    add(passage, rule, clause);
    rule.range.end = clause.range.end;
    rule.place = passage.place(rule.range.clone());
    true
}

fn setting(passage: &Passage<'_>, clause: &Clause<'_>, lines: &[(u32, Option<String>)], beside_rule: bool) -> Setting {
    let at = passage.parts[0].1.0;
    let blocks = passage.reading.document().blocks.len();
    let text = &passage.text;
    let before = text[..clause.range.start].chars().next_back();
    let opens = text[clause.range.clone()].starts_with(['"', '“', '„', '«', '‘', '‚']);
    Setting {
        beside_copyright: lines.iter().any(|(n, _)| n.abs_diff(at) <= 2),
        beside_rule,
        near_end: blocks > 4 && at as usize * 10 >= blocks * 9,
        share: clause.range.len() * 100 / text.len().max(1),
        quoted: opens || matches!(before, Some('"' | '“' | '„' | '«')),
    }
}

/// The name that the clause itself gives.
fn rightsholder(passage: &Passage<'_>, clause: &Clause<'_>) -> Option<String> {
    let stops: Vec<Range<usize>> = clause
        .cues
        .iter()
        .filter(|f| matches!(f.cue, Cue::Ban | Cue::Need | Cue::Limit | Cue::Except | Cue::Grant | Cue::Without))
        .map(|f| f.range.clone())
        .collect();
    let forms = passage.legal_forms(&clause.range);
    let consents = clause.cues.iter().filter(|f| matches!(f.cue, Cue::Consent | Cue::Unauthorised));
    // "Unerlaubte Vervielfältigung": what is unauthorised is a use, and German writes it like a name.
    let is_use = |at: usize| clause.cues.iter().any(|f| matches!(f.cue, Cue::Use(_)) && f.range.contains(&at));
    let mut named = consents.filter_map(|f| {
        let name = holder::behind(&passage.text, f.range.end, clause.range.end, &stops, &forms)?;
        (f.cue != Cue::Unauthorised || !is_use(name.start)).then_some(name)
    });
    named.find(|r| !is_generic(passage, r)).map(|r| crate::text::squeeze(&passage.text[r]))
}

/// "The publisher", "Redaktion": a role, not a name.
fn is_generic(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let folded = crate::text::fold(&passage.text[range.clone()]);
    let hits = passage.reading.lexicon.scan(&folded);
    hits.iter().any(|h| h.concept == Concept::CopyrightRightsHolder && h.range.start == 0 && h.range.end * 3 >= folded.len() * 2)
}

/// The holder of the copyright line in the same block or the nearest beside it.
fn beside(passage: &Passage<'_>, lines: &[(u32, Option<String>)]) -> Option<String> {
    let at = passage.parts[0].1.0;
    let near = lines.iter().filter(|(n, holder)| n.abs_diff(at) <= 2 && holder.is_some());
    near.min_by_key(|(n, _)| n.abs_diff(at)).and_then(|(_, holder)| holder.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::reading::ReadSource;
    use crate::lexicon::Lexicon;
    use crate::source::Origin;
    use crate::source::Source;

    fn rules(html: &str) -> Vec<Rule> {
        let read_source = ReadSource::new(Source::new(Origin::path("page.html"), html.as_bytes().to_vec()));
        read(&Reading::new(&read_source, &[], Lexicon::builtin()), &[])
    }

    #[test]
    fn a_rule_about_pictures_says_so() {
        assert_eq!(rules("<p>My photos may not be copied without permission.</p>")[0].scope, Some("images"));
        assert_eq!(rules("<p>The content of this site may not be copied without permission.</p>")[0].scope, None);
    }

    #[test]
    fn a_use_that_is_unauthorised_is_nobody() {
        let holder = |notice: &str| rules(&format!("<footer><p>{notice}</p></footer>"))[0].rightsholder.clone();
        assert_eq!(holder("Unerlaubte Vervielfältigung ist untersagt. Alle Rechte beim Verlag."), None);
        assert_eq!(holder("Unbefugte Verbreitung und Vervielfältigung dieser Texte ist verboten."), None);
        assert_eq!(holder("Vervielfältigung ohne Genehmigung der Nova Medien GmbH ist untersagt."), Some("Nova Medien GmbH".to_owned()));
    }

    #[test]
    fn items_of_a_list_belong_to_the_sentence_that_introduces_them() {
        let found = rules(
            "<p>Without our written permission it is not allowed to:</p><ul><li>copy content of this site,</li><li>use it to train AI.</li></ul>",
        );
        let names: Vec<_> = found[0].uses.iter().map(|u| u.name.name()).collect();
        assert_eq!((found.len(), names.as_slice()), (1, ["reproduce", "ai-train"].as_slice()));
    }

    #[test]
    fn a_sentence_that_only_adds_an_exception_extends_the_rule_before_it() {
        let found = rules(
            "<footer><p>Any use of this content requires consent from Nova Media Ltd. This does not apply to search engines.</p></footer>",
        );
        assert_eq!(found.len(), 1);
        assert!(found[0].place.quote.ends_with("search engines."));
        assert_eq!(found[0].exceptions[0].1.quote, "search engines");
        assert_eq!(found[0].rightsholder.as_deref(), Some("Nova Media Ltd."));
    }
}
