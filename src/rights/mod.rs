//! What the statements add up to: per use, subject and addressee.
//!
//! `statement` takes each piece of evidence apart into what it says of single uses, `combine` weighs what different
//! statements say of the same use.

mod combine;
pub mod statement;

use crate::detect::Facts;
use crate::detect::reading::Reading;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::EvidenceId;
use crate::evidence::Subject;
use crate::rights::statement::Statement;
use crate::terms::Condition;
use crate::terms::State;
use crate::terms::Use;
use std::collections::BTreeSet;

/// The resolved matrix of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rights {
    /// One entry per use, subject and addressee about which anything is said, in this order.
    pub rulings: Vec<Ruling>,
}

/// The state of one use.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// The document or one picture.
    pub subject: Subject,
    /// The use.
    pub usage: Use,
    /// `*`, a crawler or an operator.
    pub addressee: String,
    /// The state.
    pub state: State,
    /// Stated, or derived from a statement about another use.
    pub explicit: bool,
    /// Named itself (`true`) or covered by general words.
    pub by_name: bool,
    /// Under which conditions.
    pub conditions: Vec<Condition>,
    /// Whom to ask.
    pub rightsholder: Option<String>,
    /// The decisive statements. In a conflict: those that restrict the use.
    pub because: Vec<EvidenceId>,
    /// Statements that say otherwise and lost. In a conflict: those that open the use.
    pub overruled: Vec<EvidenceId>,
}

impl Rights {
    /// What is said to everybody of `usage` of the document; nothing where it is unstated.
    pub fn of_document(&self, usage: Use) -> Option<&Ruling> {
        self.rulings.iter().find(|r| r.usage == usage && r.subject == Subject::Document && r.addressee == "*")
    }

    /// What is said of `usage` of the document to `addressee`, by name or as one of everybody.
    pub fn to(&self, addressee: &str, usage: Use) -> Option<&Ruling> {
        let named = |r: &&Ruling| r.usage == usage && r.subject == Subject::Document && r.addressee.eq_ignore_ascii_case(addressee);
        self.rulings.iter().find(named).or_else(|| self.of_document(usage))
    }
}

/// Resolves the statements.
pub fn resolve(_reading: &Reading<'_>, facts: &Facts) -> Rights {
    weigh(&facts.evidence)
}

/// Weighs `evidence`: a function of the statements alone.
pub fn weigh(evidence: &[Evidence]) -> Rights {
    let statements = statement::all(evidence);
    let holder = only_holder(evidence);
    let mut rulings = Vec::new();
    for subject in statements.iter().map(|s| &s.subject).collect::<BTreeSet<_>>() {
        let about: Vec<&Statement> = statements.iter().filter(|s| covers(&s.subject, subject)).collect();
        rulings.extend(for_subject(subject, &about, holder));
    }
    rulings.sort_by(|a, b| (a.usage, &a.subject, &a.addressee).cmp(&(b.usage, &b.subject, &b.addressee)));
    Rights { rulings }
}

/// What is said of all pictures is said of each. What is said of the document is not said of its pictures: they may be others'.
fn covers(said_of: &Subject, subject: &Subject) -> bool {
    said_of == subject || (*said_of == Subject::Images && matches!(subject, Subject::Image(_)))
}

fn for_subject(subject: &Subject, about: &[&Statement], holder: Option<&str>) -> Vec<Ruling> {
    let mut rulings = for_addressee(subject, "*", about, holder);
    let mut named: Vec<(&str, Vec<&Statement>)> = Vec::new();
    for statement in about.iter().filter(|s| s.addressee != "*") {
        match named.iter_mut().find(|(name, _)| *name == statement.addressee) {
            Some((_, own)) => own.push(statement),
            None => named.push((&statement.addressee, vec![statement])),
        }
    }
    let everybody: Vec<&Statement> = about.iter().filter(|s| s.addressee == "*").copied().collect();
    for (name, own) in named {
        let heard = heard_by(&own, &everybody);
        let theirs = for_addressee(subject, name, &heard, holder);
        let spoken = |r: &Ruling| own.iter().any(|s| s.usage == Some(r.usage));
        let differs = |r: &Ruling| rulings.iter().all(|g| g.usage != r.usage || g.addressee != "*" || g.state != r.state);
        let unheard = unheard_by(subject, name, &everybody, &theirs);
        let kept: Vec<Ruling> = theirs.into_iter().filter(|r| spoken(r) || differs(r)).chain(unheard).collect();
        rulings.extend(kept);
    }
    rulings
}

/// What is said to everybody and not to `addressee`: it must be told apart from what needs no mention because it is the same.
fn unheard_by(subject: &Subject, addressee: &str, everybody: &[&Statement], theirs: &[Ruling]) -> Vec<Ruling> {
    let general: BTreeSet<Use> = everybody.iter().filter_map(|s| s.usage).filter(|u| theirs.iter().all(|t| t.usage != *u)).collect();
    let unstated = |usage: Use| Ruling {
        subject: subject.clone(),
        usage,
        addressee: addressee.to_owned(),
        state: State::Unstated,
        explicit: false,
        by_name: false,
        conditions: Vec::new(),
        rightsholder: None,
        because: Vec::new(),
        overruled: Vec::new(),
    };
    general.into_iter().map(unstated).collect()
}

/// What an addressee named in `own` hears: what is said to it, and what is said to everybody except in a robots.txt, where the
/// group for a crawler replaces the group for all (RFC 9309, 2.2.1).
fn heard_by<'s>(own: &[&'s Statement], everybody: &[&'s Statement]) -> Vec<&'s Statement> {
    let has_group = own.iter().any(|s| s.in_robots_file);
    // Where the group is silent the path may be fetched, as it may where the group for all is.
    let is_replaced = |s: &Statement| has_group && s.in_robots_file && !(s.mechanism == "robots.txt" && s.state == State::Allowed);
    let general = everybody.iter().filter(|s| !is_replaced(s));
    own.iter().chain(general).copied().collect()
}

fn for_addressee(subject: &Subject, addressee: &str, heard: &[&Statement], holder: Option<&str>) -> Vec<Ruling> {
    let one = |&usage: &Use| {
        let said: Vec<Statement> = heard.iter().filter(|s| s.usage == Some(usage)).filter_map(|s| s.heard_by(addressee)).collect();
        combine::ruling(subject, usage, addressee, &said, holder)
    };
    Use::ALL.iter().filter_map(one).collect()
}

/// The holder of the document's copyright, if all notices agree: whom to ask where a reservation names nobody.
fn only_holder(evidence: &[Evidence]) -> Option<&str> {
    let holders = evidence.iter().filter(|e| e.subject == Subject::Document).filter_map(|e| match &e.claim {
        Claim::Copyright(line) => line.holder.as_deref(),
        _ => None,
    });
    let mut distinct: Vec<&str> = holders.collect();
    distinct.dedup();
    distinct.first().copied().filter(|first| distinct.iter().all(|h| h == first))
}

#[cfg(test)]
mod tests;
