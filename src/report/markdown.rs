//! Markdown for the comment on a pull request or the summary of a job: verdict, table by rule, the first findings.
//!
//! GitHub Flavored Markdown. Text of documents stays text: it neither becomes mark-up nor calls people by their names.

use crate::report::comparison::Change;
use crate::report::concise;
use crate::report::concise::is_turning;
use crate::report::human::tally::{number, plural};
use crate::report::record::FindingRecord;
use crate::report::run::{Counts, PolicyRecord};
use crate::report::saved::Run;
use crate::report::verdict;
use std::io;
use std::io::Write;

/// Findings shown; the rest are counted.
const MOST: usize = 20;

/// Characters shown of a quotation.
const QUOTE: usize = 200;

/// Writes `run`.
///
/// # Errors
/// Those of `out`.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Rights check\n\n**{}**\n", verdict::sentence(&run.summary))?;
    rules(run, out)?;
    changes(run, out)?;
    findings(run, out)?;
    if run.summary.waived > 0 {
        writeln!(out, "{} covered by a waiver.\n", plural(run.summary.waived, "finding is", "findings are"))?;
    }
    if run.summary.known > 0 {
        writeln!(out, "{} in the baseline.\n", plural(run.summary.known, "known finding stands", "known findings stand"))?;
    }
    for remark in &run.summary.exceptions {
        writeln!(out, "- {}", text(remark))?;
    }
    for path in run.summary.incomplete.iter().take(MOST) {
        writeln!(out, "- not read whole: {}", code(path))?;
    }
    let policies: Vec<String> = run.policies.iter().map(policy).collect();
    let policies = if policies.is_empty() { String::new() } else { format!(" · policy {}", policies.join(", ")) };
    writeln!(out, "<sub>rightscheck {}{policies} · as of {}</sub>", text(&run.head.tool.version), text(&run.head.as_of))
}

fn policy(policy: &PolicyRecord) -> String {
    text(format!("{} {}", policy.id, policy.version).trim())
}

fn rules(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    if run.summary.rules.is_empty() {
        return Ok(());
    }
    writeln!(out, "| rule | error | warning | note | review | documents |\n| :--- | ---: | ---: | ---: | ---: | ---: |")?;
    let mut rules: Vec<_> = run.summary.rules.iter().collect();
    rules.sort_by_key(|(_, c)| std::cmp::Reverse((c.counts.error, c.counts.warning, c.counts.review, c.counts.note)));
    for (rule, counts) in rules {
        let Counts { error, warning, note, review } = counts.counts;
        let cells = [error, warning, note, review].map(|n| if n == 0 { "–".to_owned() } else { number(n) }).join(" | ");
        writeln!(out, "| {} | {cells} | {} |", code(concise::key(rule)), number(counts.documents))?;
    }
    writeln!(out)
}

fn changes(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let Some(comparison) = run.comparison() else { return Ok(()) };
    writeln!(out, "Since the run of {}: {}.\n", text(&comparison.since), comparison.said())?;
    for (word, list) in comparison.lists() {
        for change in list.iter().take(MOST) {
            writeln!(out, "- {word}: {}", changed(change))?;
        }
        if list.len() > MOST {
            writeln!(out, "- {word}: {} more", number(list.len() - MOST))?;
        }
    }
    writeln!(out)
}

fn changed(change: &Change) -> String {
    let before = change.before.as_ref().map(|b| format!(" (was {})", text(b))).unwrap_or_default();
    format!("{} {} {} – {}{before}", change.state, code(concise::key(&change.rule)), code(&change.document), text(&change.message))
}

fn findings(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut open: Vec<&FindingRecord> = run.findings.iter().filter(|f| f.is_open()).collect();
    open.sort_by_key(|f| concise::rank(f));
    for finding in open.iter().take(MOST) {
        let (source, line, column) = concise::position(finding);
        let place = code(&format!("{source}:{line}:{column}"));
        writeln!(out, "- **{}** {} {place} – {}", concise::word(finding), code(concise::key(&finding.rule)), text(&finding.message))?;
        let quote = finding.primary.as_ref().map(|p| p.place.quote.as_str()).filter(|q| !q.is_empty());
        if let Some(quote) = quote {
            writeln!(out, "  > {}", opening(&cut(quote)))?;
        }
    }
    if open.len() > MOST {
        writeln!(out, "\n{} more in the full report.", number(open.len() - MOST))?;
    }
    if open.is_empty() { Ok(()) } else { writeln!(out) }
}

fn cut(quote: &str) -> String {
    match quote.char_indices().nth(QUOTE) {
        Some((at, _)) => format!("{}…", &quote[..at]),
        None => quote.to_owned(),
    }
}

/// `words` as text: every character that could be mark-up, a mention or a reference is written so that it isn't.
fn text(words: &str) -> String {
    let mut safe = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '@' => safe.push_str("&#64;"),
            '#' => safe.push_str("&#35;"),
            // An address would become a link of its own.
            ':' => safe.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' => safe.extend(['\\', c]),
            c if c.is_control() || is_turning(c) => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// `words` at the start of a line: what would start a list, a heading or a rule doesn't.
fn opening(words: &str) -> String {
    let safe = text(words);
    if safe.starts_with(['-', '+', '=']) || safe.starts_with(|c: char| c.is_ascii_digit()) { format!("&#8203;{safe}") } else { safe }
}

/// `words` in a span of code.
fn code(words: &str) -> String {
    let plain: String = words.chars().map(|c| if c.is_control() || is_turning(c) || c == '`' { ' ' } else { c }).collect();
    format!("`{}`", plain.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_documents_stays_text() {
        assert_eq!(text("<img src=x> [a](b) @team #1 a|b"), r"&lt;img src=x&gt; \[a\]\(b\) &#64;team &#35;1 a\|b");
        assert_eq!(opening("- item\n# head"), "&#8203;- item &#35; head");
        assert_eq!(text("https://example.org"), "https&#58;//example.org");
        assert_eq!(code("a`b|c"), "`a b\\|c`");
    }
}
