//! Evidence taken apart: what it says of single uses.

use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::EvidenceId;
use crate::evidence::Signal;
use crate::evidence::Subject;
use crate::evidence::Terms;
use crate::evidence::UseMention;
use crate::registry::licences;
use crate::registry::mapping;
use crate::registry::mapping::Row;
use crate::terms::Channel;
use crate::terms::Condition;
use crate::terms::Confidence;
use crate::terms::Exception;
use crate::terms::State;
use crate::terms::Use;
use crate::terms::UseName;
use std::collections::BTreeMap;

/// How a statement weighs against others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A bare copyright line: yields to everything else.
    Claim,
    /// "All rights reserved": yields to what is said of the use itself, contradicts a licence.
    AllRights,
    /// Prose that keeps uses back.
    Reservation,
    /// A grant, in words or metadata.
    Licence,
    /// Where a licence can be had: answers a prohibition, forbids nothing itself.
    Offer,
    /// A machine-readable statement.
    Signal,
}

/// What one piece of evidence says of one use.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The evidence.
    pub id: EvidenceId,
    /// How it weighs.
    pub kind: Kind,
    /// Statements of one mechanism are weighed by its own rules.
    pub mechanism: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// `*`, a crawler or an operator.
    pub addressee: String,
    /// `None`: says nothing of any use, but tells that the addressee is spoken to.
    pub usage: Option<Use>,
    /// What it says.
    pub state: State,
    /// Stated itself, or derived from a statement about another use.
    pub explicit: bool,
    /// By name, or covered by general words.
    pub by_name: bool,
    /// Under which conditions.
    pub conditions: Vec<Condition>,
    /// Whom to ask.
    pub rightsholder: Option<String>,
    /// Which of several carriers of the mechanism: later carriers replace earlier ones where the mechanism says so.
    pub rank: u8,
    /// Whether it stands in a robots.txt, where a group for a crawler replaces the group for all.
    pub in_robots_file: bool,
    /// The operator of the crawler that is addressed.
    pub operator: Option<String>,
}

/// Statements of one fact that are weighed, each against each: no site's files and pages have more.
const MOST: usize = 2000;

/// Takes all evidence apart. Guesses decide nothing.
pub(super) fn all(evidence: &[Evidence]) -> Vec<Statement> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let numbered = evidence.iter().enumerate().filter(|(_, e)| e.confidence > Confidence::Low).filter(move |(_, e)| {
        let count = counts.entry(e.claim.fact_name()).or_default();
        *count += 1;
        *count <= MOST
    });
    numbered.flat_map(|(n, e)| of(EvidenceId(n as u32), e)).collect()
}

/// What one piece of evidence says of single uses, however sure it is.
pub fn of(id: EvidenceId, evidence: &Evidence) -> Vec<Statement> {
    Taker { id, evidence }.take()
}

struct Taker<'e> {
    id: EvidenceId,
    evidence: &'e Evidence,
}

impl Taker<'_> {
    fn take(&self) -> Vec<Statement> {
        match &self.evidence.claim {
            Claim::Reservation(terms) => self.reservation(terms),
            Claim::Licence(terms) => self.licence(terms),
            Claim::Signal(signal) => self.signal(signal),
            Claim::PermissionsContact(_) => self.row(Kind::Offer, mapping::row("prose", "contact"), true),
            Claim::Copyright(line) => {
                let kind = if line.all_rights_reserved { Kind::AllRights } else { Kind::Claim };
                let mut said = self.row(kind, mapping::row("prose", "all-rights-reserved"), false);
                said.iter_mut().for_each(|s| s.rightsholder.clone_from(&line.holder));
                said
            }
            _ => Vec::new(),
        }
    }

    fn statement(&self, kind: Kind, usage: Use, state: State) -> Statement {
        Statement {
            id: self.id,
            kind,
            mechanism: match kind {
                Kind::Licence => "licence",
                Kind::Offer => "offer",
                Kind::Claim | Kind::AllRights | Kind::Reservation => "prose",
                Kind::Signal => "signal",
            },
            subject: self.evidence.subject.clone(),
            addressee: "*".to_owned(),
            usage: Some(usage),
            state,
            explicit: true,
            by_name: true,
            conditions: Vec::new(),
            rightsholder: None,
            rank: 0,
            in_robots_file: false,
            operator: None,
        }
    }

    /// A row of the mapping as it stands.
    fn row(&self, kind: Kind, row: &Row, by_name: bool) -> Vec<Statement> {
        let one = |s: &mapping::RowState| Statement {
            explicit: s.explicit,
            by_name: by_name && s.explicit,
            conditions: if s.state == State::Conditional { owned(&row.conditions) } else { Vec::new() },
            ..self.statement(kind, s.usage, s.state)
        };
        row.states.iter().map(one).collect()
    }

    fn signal(&self, signal: &Signal) -> Vec<Statement> {
        let kind = if signal.mechanism == "licence-offer" { Kind::Offer } else { Kind::Signal };
        let base = Statement {
            mechanism: family(signal.mechanism),
            addressee: signal.addressee.clone(),
            usage: None,
            rank: rank(signal.carrier),
            in_robots_file: signal.carrier == "robots.txt",
            operator: signal.operator.clone(),
            rightsholder: signal.rightsholder.clone(),
            ..self.statement(kind, Use::Search, State::Unstated)
        };
        // What is said of a fragment is not said of the document.
        if signal.states.is_empty() || signal.scope == "fragment" {
            return vec![base];
        }
        let one = |s: &crate::evidence::SignalState| Statement {
            usage: Some(s.usage),
            state: s.state,
            explicit: s.explicit,
            by_name: s.explicit,
            conditions: s.conditions.clone(),
            ..base.clone()
        };
        let mut said: Vec<Statement> = signal.states.iter().map(one).collect();
        let offers: Vec<Statement> = said.iter().filter_map(Statement::offer).collect();
        said.extend(offers);
        said
    }

    fn licence(&self, terms: &Terms) -> Vec<Statement> {
        let known = terms.id.as_deref().and_then(licences::by_id);
        let mut said = match &known {
            Some(licence) => self.row(Kind::Licence, licence.grants(), true),
            None if terms.uses.is_empty() && terms.status.is_none() => self.row(Kind::Licence, mapping::row("licence", "unknown"), true),
            None => self.permission(terms),
        };
        for statement in &mut said {
            add_all(&mut statement.conditions, &terms.conditions, statement.state == State::Conditional);
            statement.rightsholder.clone_from(&terms.rightsholder);
        }
        self.limit(terms, said)
    }

    /// A permission in words that name no known licence: `may be republished with credit`.
    fn permission(&self, terms: &Terms) -> Vec<Statement> {
        let state = if terms.conditions.is_empty() { State::Allowed } else { State::Conditional };
        let mut said: Vec<Statement> = Vec::new();
        let named = terms.uses.iter().filter_map(|u| Some((u.name.usage()?, matches!(u.name, UseName::One(_)))));
        for (usage, by_name) in named {
            said.push(Statement { by_name, ..self.statement(Kind::Licence, usage, state) });
        }
        if said.is_empty() {
            let key = if state == State::Allowed { "may-republish" } else { "may-republish+condition" };
            said = self.row(Kind::Licence, mapping::row("prose", key), true);
        }
        let spread = ["unmodified", "non-commercial"].map(|c| terms.conditions.iter().any(|d| d == c));
        for (applies, key) in spread.into_iter().zip(["unmodified", "non-commercial-only"]) {
            let more = applies.then(|| self.row(Kind::Licence, mapping::row("prose", key), true));
            said.extend(more.into_iter().flatten().filter(|s| s.state == State::Prohibited));
        }
        said
    }

    fn reservation(&self, terms: &Terms) -> Vec<Statement> {
        let status = terms.status.filter(|s| matches!(s, State::Prohibited | State::Conditional)).unwrap_or(State::Prohibited);
        let mut said: Vec<Statement> = Vec::new();
        for mention in &terms.uses {
            for row in rows(mention, terms) {
                let by_name = matches!(mention.name, UseName::One(_)) && row.explicit;
                let new = Statement { explicit: row.explicit, by_name, ..self.statement(Kind::Reservation, row.usage, status) };
                match said.iter_mut().find(|s| s.usage == new.usage) {
                    Some(old) if (old.explicit, old.by_name) < (new.explicit, new.by_name) => *old = new,
                    Some(_) => {}
                    None => said.push(new),
                }
            }
        }
        for statement in &mut said {
            add_all(&mut statement.conditions, &terms.conditions, status == State::Conditional);
            statement.rightsholder.clone_from(&terms.rightsholder);
        }
        for (exception, _) in &terms.exceptions {
            self.except(*exception, &mut said);
        }
        self.limit(terms, said)
    }

    /// Search engines are let in; the other exceptions leave open some cases of a use, so that they are conditions.
    fn except(&self, exception: Exception, said: &mut Vec<Statement>) {
        let row = match exception {
            Exception::Search => {
                let open = self.row(Kind::Reservation, mapping::row("prose", "exception:search"), true);
                said.retain(|s| open.iter().all(|o| o.usage != s.usage));
                return said.extend(open);
            }
            Exception::ByLaw => mapping::row("prose", "exception:by-law"),
            Exception::Contract => mapping::row("prose", "exception:contract"),
            Exception::Private => mapping::row("prose", "exception:private"),
            Exception::Quotation => mapping::row("prose", "exception:quotation"),
        };
        let touched = |s: &&mut Statement| row.states.is_empty() || row.states.iter().any(|r| Some(r.usage) == s.usage);
        // What another exception has opened needs no further one.
        for statement in said.iter_mut().filter(|s| s.state != State::Allowed).filter(touched) {
            if !row.states.is_empty() {
                statement.state = State::Conditional;
            }
            add_all(&mut statement.conditions, &owned(&row.conditions), true);
        }
    }

    /// A notice about the pictures says nothing of the text.
    fn limit(&self, terms: &Terms, mut said: Vec<Statement>) -> Vec<Statement> {
        if terms.scope == Some("images") && self.evidence.subject == Subject::Document {
            said.iter_mut().for_each(|s| s.subject = Subject::Images);
        }
        if self.evidence.channel == Channel::Prose && terms.status == Some(State::Unstated) {
            said.clear();
        }
        said
    }
}

/// The rows behind a use that a reservation names. Where one word names both training and answers, it speaks of AI in general.
fn rows(mention: &UseMention, terms: &Terms) -> &'static [mapping::RowState] {
    const BOTH: [UseName; 2] = [UseName::One(Use::AiTrain), UseName::One(Use::AiInput)];
    let twin = |u: &UseMention| u.name != mention.name && u.place == mention.place && BOTH.contains(&u.name);
    let general = BOTH.contains(&mention.name) && terms.uses.iter().any(twin);
    &mapping::row("prose", if general { "ai" } else { mention.name.name() }).states
}

/// The nearer to the work, the stronger: origin file, header, what accompanies the work, the work itself.
fn rank(carrier: &str) -> u8 {
    match carrier {
        "header" => 1,
        "package" | "sidecar" => 2,
        "meta" | "embedded" => 3,
        _ => 0,
    }
}

/// Header and meta element of robots rules are one mechanism.
fn family(mechanism: &'static str) -> &'static str {
    match mechanism {
        "x-robots-tag" | "data-nosnippet" => "robots-meta",
        other => other,
    }
}

fn owned(conditions: &[String]) -> Vec<Condition> {
    conditions.iter().map(|c| Condition::from(c.clone())).collect()
}

fn add_all(to: &mut Vec<Condition>, more: &[Condition], applies: bool) {
    for condition in more.iter().filter(|_| applies) {
        if !to.contains(condition) {
            to.push(condition.clone());
        }
    }
}

impl Statement {
    /// A machine-readable price or licence server is an offer: it answers what other mechanisms prohibit.
    fn offer(&self) -> Option<Self> {
        let is_price = |c: &Condition| c == "payment" || c == "licence-token";
        let offers = self.state == State::Conditional && self.conditions.iter().any(is_price);
        let conditions = vec![Condition::from("licence-available")];
        offers.then(|| Self { kind: Kind::Offer, mechanism: "offer", conditions, ..self.clone() })
    }

    /// The statement as `addressee` hears it. A prohibition for one crawler is, to everybody, a condition on who one is; and what a
    /// row calls conditional for the sake of the operator is a prohibition for that operator.
    pub(super) fn heard_by(&self, addressee: &str) -> Option<Self> {
        if self.addressee == "*" {
            return Some(self.clone());
        }
        let mut heard = self.clone();
        let is_about_operator = |c: &Condition| c.starts_with("operator");
        if addressee != "*" {
            if heard.state == State::Conditional && heard.conditions.iter().any(is_about_operator) {
                heard.conditions.retain(|c| !is_about_operator(c));
                heard.state = if heard.conditions.is_empty() { State::Prohibited } else { State::Conditional };
            }
            return Some(heard);
        }
        if !matches!(self.state, State::Prohibited | State::Conditional) {
            return None;
        }
        heard.state = State::Conditional;
        heard.conditions.retain(|c| !is_about_operator(c));
        heard.conditions.push(Condition::from(format!("operator={}", self.operator.as_deref().unwrap_or(&self.addressee))));
        Some(heard)
    }

    /// Whether the use is kept back: forbidden, or to be asked or paid for.
    pub fn restricts(&self) -> bool {
        let asks = |c: &Condition| {
            ["consent", "payment", "licence-token", "contract", "licence-available", "see-policy", "research-only"].contains(&c.as_ref())
        };
        self.state == State::Prohibited || (self.state == State::Conditional && self.conditions.iter().any(asks))
    }

    /// Whether the use is open, be it under conditions that anyone can meet. A licence that nobody here has read opens nothing.
    pub fn opens(&self) -> bool {
        // How long a snippet may be is a limit, not a permission.
        let is_unclear =
            |c: &Condition| c.starts_with("operator") || c == "see-licence" || c.starts_with("max-chars") || c == "standard-size";
        self.state == State::Allowed || (self.state == State::Conditional && !self.restricts() && !self.conditions.iter().any(is_unclear))
    }
}
