//! What a run comes to, at the end of a report for people.

use crate::report::comparison::Comparison;
use crate::report::concise;
use crate::report::human::paint::Ink;
use crate::report::human::paint::Paint;
use crate::report::human::visible;
use crate::report::run::{Counts, PolicyRecord, RuleCounts, RunHead, Summary};
use std::io;
use std::io::Write;

/// Rules shown in the table; the rest are counted.
const MOST_RULES: usize = 30;
/// Changes shown of a kind; the rest are counted.
const MOST_CHANGES: usize = 20;
/// Names shown of what could not be read; the rest are counted.
const MOST_NAMES: usize = 5;

/// What the end of a report is made from.
#[derive(Debug)]
pub struct Tally<'a> {
    /// What was asked.
    pub head: &'a RunHead,
    /// Policies used, in order of use.
    pub policies: &'a [PolicyRecord],
    /// What came of it.
    pub summary: &'a Summary,
}

impl Tally<'_> {
    /// Writes the table of rules, the documents, the policies.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write, paint: Paint, path: &dyn Fn(&str) -> String) -> io::Result<()> {
        if self.summary.documents > 1 && !self.summary.rules.is_empty() {
            self.rules(out, paint)?;
            writeln!(out)?;
        }
        writeln!(out, " {}", self.documents(paint, path))?;
        if let Some(comparison) = &self.summary.comparison {
            changes(comparison, out, paint)?;
        }
        for policy in self.policies {
            writeln!(out, " {}", self.policy(policy))?;
        }
        if let Some(subset) = self.subset() {
            writeln!(out, " {}", paint.ink(Ink::Warning, &subset))?;
        }
        Ok(())
    }

    fn rules(&self, out: &mut impl Write, paint: Paint) -> io::Result<()> {
        let mut rules: Vec<(&str, &RuleCounts)> = self.summary.rules.iter().map(|(id, c)| (concise::key(id), c)).collect();
        rules.sort_by_key(|(_, c)| std::cmp::Reverse((c.counts.error, c.counts.warning, c.counts.review, c.counts.note)));
        let width = rules.iter().take(MOST_RULES).map(|(key, _)| visible::width(key)).max().unwrap_or(0).max(4);
        let head = format!(" {:width$}  {:>7}  {:>7}  {:>7}  {:>7}  {:>9}", "rule", "error", "warning", "note", "review", "documents");
        writeln!(out, "{}", paint.ink(Ink::Faint, &head))?;
        for (key, rule) in rules.iter().take(MOST_RULES) {
            let cell = |count: usize, ink: Ink| {
                let text = format!("{:>7}", if count == 0 { "–".to_owned() } else { number(count) });
                paint.ink(if count == 0 { Ink::Faint } else { ink }, &text)
            };
            let Counts { error, warning, note, review } = rule.counts;
            let cells = [(error, Ink::Error), (warning, Ink::Warning), (note, Ink::Note), (review, Ink::Review)];
            let cells = cells.map(|(count, ink)| cell(count, ink)).join("  ");
            writeln!(out, " {key:width$}  {cells}  {:>9}", number(rule.documents))?;
        }
        if rules.len() > MOST_RULES {
            writeln!(out, " and {} more rules", rules.len() - MOST_RULES)?;
        }
        Ok(())
    }

    fn documents(&self, paint: Paint, path: &dyn Fn(&str) -> String) -> String {
        let s = self.summary;
        let mut parts = vec![plural(s.documents, "document", "documents")];
        if s.documents == 1 {
            let counts =
                [(s.findings.error, "error"), (s.findings.warning, "warning"), (s.findings.note, "note"), (s.findings.review, "review")];
            let inks = [Ink::Error, Ink::Warning, Ink::Note, Ink::Review];
            let said =
                |((count, word), ink): ((usize, &str), Ink)| (count > 0).then(|| paint.ink(ink, &plural(count, word, &format!("{word}s"))));
            parts.extend(counts.into_iter().zip(inks).filter_map(said));
            if s.rules.is_empty() {
                parts.push(paint.ink(Ink::Pass, "nothing found against it"));
            }
        } else if s.documents > 1 {
            let counts =
                [(s.fail, "fail", Ink::Error), (s.review, "need a person", Ink::Review), (s.remarks, "with remarks", Ink::Warning)];
            parts.extend(counts.into_iter().filter(|c| c.0 > 0).map(|(c, w, ink)| paint.ink(ink, &format!("{} {w}", number(c)))));
            parts.push(paint.ink(Ink::Pass, &format!("{} pass", number(s.pass))));
        }
        if s.waived > 0 {
            parts.push(format!("{} waived", plural(s.waived, "finding", "findings")));
        }
        if s.known > 0 {
            parts.push(format!("{} in the baseline", plural(s.known, "known finding", "known findings")));
        }
        if s.allowed > 0 {
            parts.push(format!("{} allowed in documents", plural(s.allowed, "finding", "findings")));
        }
        if s.hidden > 0 {
            parts.push(format!(
                "{} left out (--min-confidence {})",
                plural(s.hidden, "finding", "findings"),
                self.head.scan.min_confidence
            ));
        }
        if !s.incomplete.is_empty() {
            parts.push(paint.ink(Ink::Error, &incomplete(&s.incomplete, path)));
        }
        parts.join(" · ")
    }

    fn policy(&self, policy: &PolicyRecord) -> String {
        let name = if policy.id.is_empty() { &policy.name } else { &policy.id };
        let version = if policy.version.is_empty() { String::new() } else { format!(" {}", policy.version) };
        let rules = plural(policy.rules.len(), "rule", "rules");
        visible::line(&format!("policy {name}{version} ({rules}) as of {}", self.head.as_of), 200)
    }

    /// What makes the run less than the whole policy.
    fn subset(&self) -> Option<String> {
        let scan = &self.head.scan;
        let lists = [("--rule", &scan.rules), ("--tag", &scan.tags), ("--skip", &scan.skip)];
        let said: Vec<String> = lists.iter().filter(|(_, l)| !l.is_empty()).map(|(flag, l)| format!("{flag} {}", l.join(", "))).collect();
        (!said.is_empty()).then(|| visible::line(&format!("a subset of the rules was asked for: {}", said.join(" · ")), 200))
    }
}

/// What changed since an earlier run: a line, and the changes one by one.
fn changes(comparison: &Comparison, out: &mut impl Write, paint: Paint) -> io::Result<()> {
    writeln!(out, " since the run of {}: {}", visible::line(&comparison.since, 20), comparison.said())?;
    for ((word, list), ink) in comparison.lists().into_iter().zip([Ink::Error, Ink::Warning, Ink::Pass]) {
        for change in list.iter().take(MOST_CHANGES) {
            let before = change.before.as_ref().map(|b| format!(" (was {b})")).unwrap_or_default();
            let text = format!("{}[{}] {}: {}{before}", change.state, concise::key(&change.rule), change.document, change.message);
            writeln!(out, "   {} {}", paint.ink(ink, &format!("{word:7}")), visible::line(&text, 200))?;
        }
        if list.len() > MOST_CHANGES {
            writeln!(out, "   {word:7} and {} more", number(list.len() - MOST_CHANGES))?;
        }
    }
    Ok(())
}

fn incomplete(names: &[String], path: &dyn Fn(&str) -> String) -> String {
    let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|n| visible::line(&path(n), 100)).collect();
    let more = names.len().saturating_sub(MOST_NAMES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{} not read whole: {}{more}", number(names.len()), shown.join(", ").chars().take(180).collect::<String>())
}

/// `1 document`, `1,284 documents`.
pub(crate) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// A number with a comma between thousands.
pub(crate) fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 999, 1284, 1_000_000].map(number), ["0", "999", "1,284", "1,000,000"]);
    }
}
