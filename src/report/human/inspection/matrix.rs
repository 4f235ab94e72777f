//! The permission matrix: uses × statements.

use crate::evidence::{Claim, Evidence, EvidenceId, Place, Subject};
use crate::report::human::inspection::InspectionView;
use crate::report::human::inspection::pad;
use crate::report::human::paint::Ink;
use crate::report::human::visible;
use crate::report::said::picture;
use crate::rights::Ruling;
use crate::rights::statement;
use crate::rights::statement::{Kind, Statement};
use crate::terms::{Exception, State, Use, UseName};
use std::fmt::Write as _;

/// Columns of a use's name.
const USE: usize = 17;
/// Columns of what one channel says.
const CELL: usize = 14;
/// A channel that doesn't speak of a use.
const NOTHING: &str = "–";
/// Rows for single crawlers and pictures, unless all are asked for.
const MOST: usize = 12;

impl InspectionView<'_> {
    pub(super) fn matrix(&self) -> String {
        let mut out = String::new();
        let cells = [pad("the notice", CELL), pad("licence", CELL), pad("signals", CELL)].join("");
        let head = format!(" {}{cells}answer", pad("MAY I …", USE));
        let _ = writeln!(out, "{}", self.paint.ink(Ink::Faint, &head));
        let mut general = false;
        let statements = self.statements();
        for &usage in Use::ALL {
            let ruling = self.rights.rulings.iter().find(|r| r.subject == Subject::Document && r.usage == usage && r.addressee == "*");
            let mut cells = [Kind::Reservation, Kind::Licence, Kind::Signal].map(|kind| cell(&statements, kind, usage));
            if let Some(ruling) = ruling.filter(|r| cells[0] == NOTHING && self.rests_on_copyright(r)) {
                cells[0] = format!("{} ~", ruling.state);
            }
            general |= cells.iter().any(|c| c.contains('~'));
            let cells: String = cells.iter().map(|c| pad(c, CELL)).collect();
            let _ = writeln!(out, " {}{cells}{}", pad(usage.name(), USE), self.answer_line(ruling));
        }
        if general {
            let _ = writeln!(out, " {}{}", pad("", USE), self.paint.ink(Ink::Faint, "~ by general words"));
        }
        self.others(&mut out);
        out
    }

    /// Whether a ruling follows from a copyright line alone: whoever holds the copyright keeps what nothing else gives away.
    fn rests_on_copyright(&self, ruling: &Ruling) -> bool {
        let mut decisive = ruling.because.iter().filter_map(|&id| self.evidence(id));
        decisive.any(|e| matches!(e.claim, Claim::Copyright(_)))
    }

    /// What is said of the document to everybody.
    fn statements(&self) -> Vec<Statement> {
        let numbered = (0..).map(EvidenceId).zip(&self.facts.evidence).filter(|(_, e)| e.subject == Subject::Document);
        numbered.flat_map(|(id, evidence)| statement::of(id, evidence)).filter(|s| s.addressee == "*").collect()
    }

    fn answer_line(&self, ruling: Option<&Ruling>) -> String {
        let Some(ruling) = ruling else { return self.paint.ink(Ink::Faint, "not stated") };
        let (ink, answer) = answer(ruling);
        let room = self.width.saturating_sub(1 + USE + 3 * CELL).max(20);
        let places = self.ruling_places(ruling);
        let answer = visible::line(&answer, room.saturating_sub(visible::width(&places) + 2).max(12));
        format!("{}  {}", self.paint.ink(ink, &answer), self.paint.ink(Ink::Faint, &places))
    }

    /// The decisive places; in a conflict both sides.
    fn ruling_places(&self, ruling: &Ruling) -> String {
        let places = |ids: &[crate::evidence::EvidenceId]| {
            let decisive = ids.iter().filter_map(|&id| self.evidence(id));
            let all: Vec<String> = decisive.map(|e| self.at(words(e, ruling.usage))).collect();
            let more = if all.len() > 2 { format!(" +{}", all.len() - 2) } else { String::new() };
            format!("{}{more}", all.iter().take(2).cloned().collect::<Vec<_>>().join(", "))
        };
        let because = places(&ruling.because);
        if ruling.state == State::Conflict && !ruling.overruled.is_empty() {
            return format!("{because} ↔ {}", places(&ruling.overruled));
        }
        because
    }

    /// Rulings for single crawlers and for pictures, those that are alike in one row.
    fn others(&self, out: &mut String) {
        let rulings = self.rights.rulings.iter().filter(|r| r.subject != Subject::Document || r.addressee != "*");
        let mut rows: Vec<(Vec<String>, String)> = Vec::new();
        for ruling in rulings {
            let (ink, answer) = answer(ruling);
            let places = self.paint.ink(Ink::Faint, &self.ruling_places(ruling));
            let said = format!("{}{}  {places}", pad(ruling.usage.name(), USE), self.paint.ink(ink, &visible::line(&answer, 40)));
            let whom = self.whom(ruling);
            match rows.iter_mut().find(|(_, s)| *s == said) {
                Some((all, _)) => all.push(whom),
                None => rows.push((vec![whom], said)),
            }
        }
        let most = if self.whole { rows.len() } else { MOST };
        for (n, (whom, said)) in rows.iter().take(most).enumerate() {
            let again = n > 0 && rows[n - 1].0 == *whom;
            let more = if whom.len() > 3 { format!(" and {} more", whom.len() - 3) } else { String::new() };
            let whom = format!("{}{more}", whom.iter().take(3).cloned().collect::<Vec<_>>().join(", "));
            if !again {
                let _ = writeln!(out, " {}", self.paint.ink(Ink::Faint, &visible::line(&whom, self.width - 2)));
            }
            let _ = writeln!(out, "   {said}");
        }
        if rows.len() > most {
            let more = format!(" … {} more rows for single crawlers and pictures (-v shows them)", rows.len() - most);
            let _ = writeln!(out, "{}", self.paint.ink(Ink::Faint, &more));
        }
    }

    fn whom(&self, ruling: &Ruling) -> String {
        let subject = match ruling.subject {
            Subject::Image(id) => format!("picture {}", picture(self.reading.document().image(id))),
            Subject::Images => "all pictures".to_owned(),
            Subject::Embed(n) => format!("embedded medium {}", n + 1),
            Subject::Quote(n) => format!("quotation {}", n + 1),
            Subject::Document => return format!("for {}", visible::visible(&ruling.addressee)),
        };
        if ruling.addressee == "*" { subject } else { format!("{subject}, for {}", visible::visible(&ruling.addressee)) }
    }
}

/// What statements of a kind say of a use: by name, or with `~` by general words.
fn cell(statements: &[Statement], kind: Kind, usage: Use) -> String {
    let mut said: Vec<String> = Vec::new();
    for statement in statements.iter().filter(|s| s.kind == kind && s.usage == Some(usage)) {
        let state = if statement.by_name { statement.state.to_string() } else { format!("{} ~", statement.state) };
        if !said.contains(&state) {
            said.push(state);
        }
    }
    if said.is_empty() { NOTHING.to_owned() } else { visible::line(&said.join(" / "), CELL - 1) }
}

/// The words of a statement that speak of a use: those that name it or leave it open, else the whole statement.
pub(super) fn words(evidence: &Evidence, usage: Use) -> &Place {
    let (Claim::Reservation(terms) | Claim::Licence(terms)) = &evidence.claim else { return &evidence.place };
    let open = terms
        .exceptions
        .iter()
        .filter(|(e, _)| matches!(usage, Use::Search | Use::Excerpt) && *e == Exception::Search)
        .map(|(_, place)| place);
    let named = terms.uses.iter().filter(|u| u.name == UseName::One(usage)).map(|u| &u.place);
    let general = terms.uses.iter().filter(|u| u.name == UseName::Any).map(|u| &u.place);
    open.chain(named).chain(general).next().unwrap_or(&evidence.place)
}

/// The answer in words, and how it is coloured.
pub(super) fn answer(ruling: &Ruling) -> (Ink, String) {
    let others: Vec<&str> = ruling.conditions.iter().map(AsRef::as_ref).filter(|c| *c != "consent").collect();
    let asks = ruling.conditions.iter().any(|c| c == "consent");
    let whom = ruling.rightsholder.as_deref();
    match ruling.state {
        State::Allowed => (Ink::Pass, "allowed".to_owned()),
        State::Conditional if asks => {
            let ask = whom.map_or_else(|| "ask first".to_owned(), |w| format!("ask {w}"));
            (Ink::Warning, if others.is_empty() { ask } else { format!("{ask} ({})", others.join(", ")) })
        }
        State::Conditional => (Ink::Note, format!("allowed if {}", others.join(", "))),
        State::Prohibited => (Ink::Error, "prohibited".to_owned()),
        State::Unstated => (Ink::Faint, "not stated".to_owned()),
        State::Conflict => (Ink::Error, "CONFLICT".to_owned()),
    }
}
