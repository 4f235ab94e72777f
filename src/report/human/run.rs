//! A run for people: findings as they come, or grouped by rule or by cause, and a tally.

use crate::report::concise;
use crate::report::human::paint::Ink;
use crate::report::human::paint::Paint;
use crate::report::human::tally::Tally;
use crate::report::human::tally::number;
use crate::report::human::tally::plural;
use crate::report::human::visible;
use crate::report::record::FindingRecord;
use crate::report::run::{Checked, PolicyRecord, RunHead, Summary};
use crate::text;
use std::collections::HashMap;
use std::io;
use std::io::Write;

/// Places named of findings that are folded into one; the rest are counted.
const MOST_PLACES: usize = 5;

/// In which order findings stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// As they come, document by document.
    Document,
    /// Rule by rule.
    Rule,
    /// Findings of a rule that rest on the same words are folded into one.
    Cause,
}

/// What a report for people shows.
#[derive(Debug, Clone)]
pub struct Options {
    /// Colours.
    pub paint: Paint,
    /// Order.
    pub grouping: Grouping,
    /// Findings shown in full; the rest are counted.
    pub most: Option<usize>,
    /// Whether to end with a tally.
    pub tally: bool,
    /// Which of [`Checked::views`] is this report's.
    pub view: usize,
    /// What may be done next, as `(what for, command)`.
    pub next: Vec<(&'static str, String)>,
}

/// Writes a run for people.
pub struct HumanWriter<W> {
    out: W,
    options: Options,
    head: RunHead,
    policies: Vec<PolicyRecord>,
    path: Box<dyn Fn(&str) -> String + Send>,
    shown: usize,
    left_out: usize,
    groups: Vec<Group>,
    known: HashMap<String, usize>,
}

/// Findings that are shown together.
struct Group {
    rule: String,
    texts: Vec<String>,
    /// Where the findings are that are folded into the first text.
    folded: Vec<String>,
    folded_count: usize,
    documents: usize,
    last_document: String,
}

impl<W: Write> HumanWriter<W> {
    /// A writer to `out`; `path` turns names in reports into how the reader reaches the files.
    pub fn new(out: W, head: RunHead, options: Options, path: Box<dyn Fn(&str) -> String + Send>) -> Self {
        Self { out, options, head, policies: Vec::new(), path, shown: 0, left_out: 0, groups: Vec::new(), known: HashMap::new() }
    }

    /// Notes a policy that documents are checked against from now on.
    pub fn policy(&mut self, policy: &PolicyRecord) {
        self.policies.push(policy.clone());
    }

    /// Adds a document.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn document(&mut self, checked: &Checked) -> io::Result<()> {
        let Some(view) = checked.views.get(self.options.view) else { return Ok(()) };
        for (finding, text) in checked.findings.iter().zip(&view.findings).filter(|(f, _)| f.is_open()) {
            match self.options.grouping {
                Grouping::Document => self.show(text)?,
                Grouping::Rule => self.group(finding.rule.clone(), finding, text),
                Grouping::Cause => self.group(cause(finding), finding, text),
            }
        }
        for text in &view.others {
            writeln!(self.out, "{text}\n")?;
        }
        Ok(())
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        if self.options.most.is_some_and(|most| self.shown >= most) {
            self.left_out += 1;
            return Ok(());
        }
        self.shown += 1;
        writeln!(self.out, "{text}\n")
    }

    fn group(&mut self, key: String, finding: &FindingRecord, text: &str) {
        let groups = &mut self.groups;
        let at = *self.known.entry(key).or_insert_with(|| {
            groups.push(Group::new(&finding.rule));
            groups.len() - 1
        });
        let group = &mut groups[at];
        if group.last_document != finding.document.path {
            group.last_document.clone_from(&finding.document.path);
            group.documents += 1;
        }
        if self.options.grouping == Grouping::Rule || group.texts.is_empty() {
            group.texts.push(text.to_owned());
            return;
        }
        group.folded_count += 1;
        if group.folded.len() < MOST_PLACES {
            let place = finding.primary.as_ref().map(|p| &p.place);
            let source = (self.path)(place.map_or(&finding.document.path, |p| &p.source));
            group.folded.push(place.map_or_else(|| source.clone(), |p| format!("{source}:{}:{}", p.from.line, p.from.column)));
        }
    }

    /// Ends the report.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self, summary: &Summary) -> io::Result<W> {
        let mut groups = std::mem::take(&mut self.groups);
        if self.options.grouping == Grouping::Rule {
            groups.sort_by(|a, b| a.rule.cmp(&b.rule));
        } else {
            groups.sort_by_key(|g| std::cmp::Reverse(g.documents));
        }
        for group in &groups {
            self.show_group(group)?;
        }
        if self.left_out > 0 {
            writeln!(self.out, "… {} not shown (--max-findings)\n", plural(self.left_out, "more finding", "more findings"))?;
        }
        let anything = summary.documents > 0 || !summary.incomplete.is_empty();
        if self.options.tally && anything {
            Tally { head: &self.head, policies: &self.policies, summary }.write(&mut self.out, self.options.paint, &*self.path)?;
            self.show_next(summary)?;
        }
        Ok(self.out)
    }

    fn show_group(&mut self, group: &Group) -> io::Result<()> {
        let paint = self.options.paint;
        if self.options.grouping == Grouping::Rule {
            let title = self.policies.iter().flat_map(|p| &p.rules).find(|r| r.id == group.rule).map_or("", |r| r.title.as_str());
            let head = format!("{}  {}", concise::key(&group.rule), visible::line(title, 120));
            let count = format!("{} in {}", number(group.texts.len()), plural(group.documents, "document", "documents"));
            writeln!(self.out, "{}  {}\n", paint.ink(Ink::Strong, &head), paint.ink(Ink::Faint, &count))?;
        }
        for text in &group.texts {
            self.show(text)?;
        }
        if group.folded_count > 0 && self.left_out == 0 {
            let more = group.folded_count - group.folded.len();
            let more = if more > 0 { format!(", and {} more", number(more)) } else { String::new() };
            let count = plural(group.documents, "document", "documents");
            let places: Vec<String> = group.folded.iter().map(|p| visible::line(p, 100)).collect();
            let lines = visible::wrap(&format!("the same in {count}: {}{more}", places.join(", ")), 100);
            writeln!(self.out, "  × {}\n", lines.join("\n    "))?;
        }
        Ok(())
    }

    fn show_next(&mut self, summary: &Summary) -> io::Result<()> {
        let first = summary.rules.iter().max_by_key(|(_, c)| (c.counts.error, c.counts.warning, c.counts.review, c.counts.note));
        let why = first.map(|(rule, _)| ("why", format!("rightscheck explain {}", concise::key(rule))));
        let next: Vec<_> = why.into_iter().chain(self.options.next.clone()).collect();
        if next.is_empty() || summary.documents == 0 {
            return Ok(());
        }
        writeln!(self.out)?;
        for (what, command) in next {
            let what = self.options.paint.ink(Ink::Faint, &format!("{what:8}"));
            writeln!(self.out, " {what} {}", visible::line(&command, 200))?;
        }
        Ok(())
    }
}

impl Group {
    fn new(rule: &str) -> Self {
        Self { rule: rule.to_owned(), texts: Vec::new(), folded: Vec::new(), folded_count: 0, documents: 0, last_document: String::new() }
    }
}

/// What a finding rests on: findings with the same cause want one decision.
fn cause(finding: &FindingRecord) -> String {
    let evidence = match &finding.primary {
        Some(primary) if !primary.place.quote.is_empty() => text::fold(&primary.place.quote),
        _ => format!("absent: {}", finding.message),
    };
    format!("{}\u{1f}{}\u{1f}{}\u{1f}{evidence}", finding.rule, finding.outcome, finding.severity)
}
