//! The table of facts.

use crate::evidence::{Evidence, Subject};
use crate::report::human::inspection::InspectionView;
use crate::report::human::inspection::pad;
use crate::report::human::paint::Ink;
use crate::report::human::visible;
use crate::report::said;
use crate::source::kind::Kind;
use crate::terms::{Confidence, Fact};
use std::fmt::Write as _;

/// Facts of a kind that are shown unless all are asked for.
const MOST: usize = 8;
/// Columns of the first column, wide enough for the longest fact.
const FACT: usize = 20;
const CHANNEL: usize = 9;

impl InspectionView<'_> {
    pub(super) fn facts(&self) -> String {
        let mut out = String::new();
        let all: Vec<(&str, Vec<&Evidence>)> = self.by_fact();
        let place = all.iter().flat_map(|(_, list)| list.iter().map(|e| visible::width(&self.place(e)))).max().unwrap_or(0).clamp(5, 24);
        let value = self.width.saturating_sub(1 + FACT + 2 + CHANNEL + 2 + place + 2 + 10 + 1).max(24);
        let head = format!(" {}{}  {}  {}  confidence", pad("FACTS", FACT), pad("", value), pad("channel", CHANNEL), pad("place", place));
        let _ = writeln!(out, "{}", self.paint.ink(Ink::Faint, &head));
        for (fact, list) in &all {
            let most = if self.whole { list.len() } else { MOST };
            for (n, evidence) in list.iter().take(most).enumerate() {
                let said = visible::line(&self.said(evidence), value);
                let name = if n == 0 { visible::line(fact, FACT) } else { String::new() };
                let (channel, at) = (evidence.channel.name(), self.place(evidence));
                let sure = self.sure(evidence.confidence);
                let _ = writeln!(out, " {}{}  {}  {}  {sure}", pad(&name, FACT), pad(&said, value), pad(channel, CHANNEL), pad(&at, place));
            }
            if list.len() > most {
                let more = format!("… {} more (-v shows them)", list.len() - most);
                let _ = writeln!(out, " {}{}", pad("", FACT), self.paint.ink(Ink::Faint, &more));
            }
        }
        self.rest(&all, &mut out);
        out
    }

    /// The statements by fact, in the order of the closed list, a policy's own facts last.
    fn by_fact(&self) -> Vec<(&str, Vec<&Evidence>)> {
        let evidence = &self.facts.evidence;
        let known = Fact::ALL.iter().map(|&f| (f.name(), evidence.iter().filter(|e| e.claim.fact() == Some(f)).collect::<Vec<_>>()));
        let mut all: Vec<_> = known.filter(|(_, list)| !list.is_empty()).collect();
        for own in evidence.iter().filter(|e| e.claim.fact().is_none()) {
            match all.iter_mut().find(|(name, _)| *name == own.claim.fact_name()) {
                Some((_, list)) => list.push(own),
                None => all.push((own.claim.fact_name(), vec![own])),
            }
        }
        all
    }

    /// What was not found, and what accompanies the document.
    fn rest(&self, found: &[(&str, Vec<&Evidence>)], out: &mut String) {
        // That there is no fault needs no mention.
        let looked_for = Fact::ALL.iter().filter(|f| **f != Fact::SignalFault);
        let missing: Vec<&str> = looked_for.map(|f| f.name()).filter(|name| !found.iter().any(|(f, _)| f == name)).collect();
        let companions = self.reading.companions.iter().zip(&self.names[1..]);
        let (pictures, others): (Vec<_>, Vec<_>) = companions.partition(|(c, _)| c.source.kind == Kind::Picture);
        let listed = others.iter().chain(pictures.iter().take(MOST));
        let mut companions: Vec<String> = listed.map(|(c, name)| format!("{name} ({})", c.source.kind.name())).collect();
        if pictures.len() > MOST {
            companions.push(format!("{} more pictures", pictures.len() - MOST));
        }
        for (what, list) in [("not found", missing.join(" · ")), ("companions", companions.join(" · "))] {
            for (n, line) in visible::wrap(&list, self.width.saturating_sub(FACT + 2)).iter().enumerate().filter(|(_, l)| !l.is_empty()) {
                let line = format!(" {}{line}", pad(if n == 0 { what } else { "" }, FACT));
                let _ = writeln!(out, "{}", self.paint.ink(Ink::Faint, &line));
            }
        }
    }

    fn sure(&self, confidence: Confidence) -> String {
        match confidence {
            Confidence::High => "high".to_owned(),
            Confidence::Medium => self.paint.ink(Ink::Faint, "medium"),
            Confidence::Low => self.paint.ink(Ink::Warning, "low"),
        }
    }

    /// The statement in words, with the picture it is about.
    fn said(&self, evidence: &Evidence) -> String {
        let said = said::claim(&evidence.claim);
        match evidence.subject {
            Subject::Image(id) => format!("{said} → {}", said::picture(self.reading.document().image(id))),
            Subject::Images => format!("{said} → all pictures"),
            Subject::Embed(n) => format!("{said} → embedded medium {}", n + 1),
            Subject::Quote(n) => format!("{said} → quotation {}", n + 1),
            Subject::Document => said,
        }
    }
}
