//! Findings, and what passed, in the lines they are about.

use crate::check::RuleResult;
use crate::detect::reading::{ReadSource, Reading};
use crate::finding::{Finding, Labelled};
use crate::report::concise;
use crate::report::human::Look;
use crate::report::human::caret;
use crate::report::human::caret::Kind;
use crate::report::human::caret::Spot;
use crate::report::human::caret::Statement;
use crate::report::human::excerpt::Text;
use crate::terms::{Outcome, Severity};

/// Shows findings about one document and its companions.
pub struct FindingView<'a> {
    sources: Vec<&'a ReadSource>,
    names: Vec<String>,
    look: Look,
    /// Whether to show what only those look at who want to know how a finding came about.
    verbose: bool,
}

impl<'a> FindingView<'a> {
    /// `path` turns the name of a source in reports into how its reader reaches it.
    pub fn new(reading: &Reading<'a>, path: &dyn Fn(&str) -> String, look: Look, verbose: bool) -> Self {
        let sources: Vec<&ReadSource> = std::iter::once(reading.main).chain(reading.companions.iter().copied()).collect();
        let names = sources.iter().map(|s| path(&s.source.origin.path)).collect();
        Self { sources, names, look, verbose }
    }

    /// The finding, without a line end at its end.
    pub fn finding(&self, finding: &Finding, fingerprint: &str) -> String {
        let mut notes: Vec<String> =
            looked_in(finding.searched.iter().map(|s| (s.place.as_str(), s.result, s.why.as_deref()))).into_iter().collect();
        notes.extend(finding.notes.iter().cloned());
        notes.extend(finding.basis.iter().map(|b| format!("basis: {}  {}", b.cite, b.url.as_deref().unwrap_or_default())));
        if self.verbose {
            notes.push(format!("{fingerprint} · {} confidence", finding.confidence));
        }
        let statement = Statement {
            kind: kind(finding),
            code: concise::key(&finding.rule),
            message: &finding.message,
            spots: finding.primary.iter().chain(&finding.related).filter_map(|l| self.spot(l)).collect(),
            name: &self.names[0],
            notes,
            help: finding.help.as_deref(),
        };
        caret::render(&statement, self.look)
    }

    /// A rule that passed, with the words that fulfil it; or one that didn't apply, with the reason.
    pub fn result(&self, result: &RuleResult) -> String {
        let message = match (result.outcome, &result.why) {
            (Outcome::Skip, Some(why)) => format!("{}: did not apply: {why}", result.subject_name),
            (Outcome::Skip, None) => format!("{}: did not apply", result.subject_name),
            _ => result.subject_name.to_string(),
        };
        let statement = Statement {
            kind: if result.outcome == Outcome::Skip { Kind::Skip } else { Kind::Pass },
            code: concise::key(&result.rule),
            message: &message,
            spots: result.proof.iter().filter_map(|l| self.spot(l)).collect(),
            name: &self.names[0],
            notes: Vec::new(),
            help: None,
        };
        caret::render(&statement, self.look)
    }

    /// Where a place is shown. Pictures have no text to show.
    fn spot<'s>(&'s self, labelled: &'s Labelled) -> Option<Spot<'s>> {
        let number = labelled.place.location.source.0 as usize;
        let source = &self.sources.get(number)?.source;
        let text = Text { name: &self.names[number], text: &source.text, lines: source.lines() };
        (!source.text.is_empty()).then(|| Spot { text, span: labelled.place.location.span.range(), label: &labelled.label })
    }
}

fn kind(finding: &Finding) -> Kind {
    match (finding.outcome, finding.severity) {
        (Outcome::Review, _) => Kind::Review,
        (_, Severity::Error) => Kind::Error,
        (_, Severity::Warning) => Kind::Warning,
        (_, Severity::Note) => Kind::Note,
    }
}

/// Where an absent fact was looked for, in one line: place, result and reason of each.
pub(super) fn looked_in<'s>(searched: impl Iterator<Item = (&'s str, &'s str, Option<&'s str>)>) -> Option<String> {
    let one = |(place, result, why): (&str, &'s str, Option<&'s str>)| {
        let result = match result {
            "absent" => "none",
            "not-in-scan" => "file not in the scanned set",
            other => other,
        };
        format!("{place} ({})", why.unwrap_or(result))
    };
    let all: Vec<String> = searched.map(one).collect();
    (!all.is_empty()).then(|| format!("looked in: {}", all.join(" · ")))
}
