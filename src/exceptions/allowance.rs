//! Allowances inside documents, for the editor who knows this one place:
//! `<!-- rightscheck: allow image-credit reason="public domain, NASA" until=2027-01-31 -->` holds for the next picture, quotation or
//! paragraph, `allow-document` for the whole page. In HTML and Markdown; plain text would print it.

use crate::check::DocumentReport;
use crate::detect::reading::Reading;
use crate::document::{Block, Document};
use crate::evidence::Subject;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::policy::rule::Waivable;
use crate::source::kind::Kind;
use crate::text::Span;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// An allowance lasts no longer than this many days from the day of the check, unless the policy says otherwise.
pub const MAX_DAYS: i32 = 366;

static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<!--\s*rightscheck:\s*(allow(?:-document)?)\s(.*?)-->").expect("a fixed pattern"));

static KEY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"([a-z]+)\s*=\s*(?:"([^"]*)"|(\S+))"#).expect("a fixed pattern"));

/// The code of an allowance of something that is not found.
pub const UNUSED: &str = "unused-allowance";

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Allowance {
    span: Span,
    /// Whether it is for the whole page.
    whole: bool,
    rules: Vec<String>,
    reason: Option<String>,
    until: Option<String>,
}

/// What is wrong with an allowance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `bad-allowance` or [`UNUSED`].
    pub code: &'static str,
    /// In a line.
    pub message: String,
    /// The comment.
    pub span: Span,
}

/// What the allowances of a document come to.
#[derive(Debug, Default)]
pub struct Allowed {
    /// For each finding the reason why it is allowed.
    pub reasons: Vec<Option<String>>,
    /// What is wrong with them.
    pub faults: Vec<Fault>,
}

/// Holds the allowances of a document against its findings. Content that is somebody else's (`trusted` is false) allows itself nothing.
pub fn apply(reading: &Reading<'_>, report: &DocumentReport, policy: &Policy, today: Date, trusted: bool) -> Allowed {
    let source = &reading.main.source;
    let mut allowed = Allowed { reasons: vec![None; report.findings.len()], faults: Vec::new() };
    if !matches!(source.kind, Kind::Html | Kind::Markdown) {
        return allowed;
    }
    for allowance in read(&source.text) {
        if let Err(message) = allowance.check(policy, today, trusted) {
            allowed.faults.push(Fault { code: "bad-allowance", message, span: allowance.span });
            continue;
        }
        let reaches = |f: &Finding| allowance.names(f) && (allowance.whole || allowance.is_before(f, reading.document()));
        let reached: Vec<usize> = (0..report.findings.len()).filter(|&n| reaches(&report.findings[n])).collect();
        if reached.is_empty() {
            let message = format!("it allows {}, and there is nothing to allow: take it away", allowance.rules.join(", "));
            allowed.faults.push(Fault { code: UNUSED, message, span: allowance.span });
        }
        reached.into_iter().for_each(|n| allowed.reasons[n].clone_from(&allowance.reason));
    }
    allowed
}

/// The allowances in a text, in order.
fn read(text: &str) -> Vec<Allowance> {
    if !text.contains("rightscheck:") {
        return Vec::new();
    }
    let one = |found: regex::Captures<'_>| {
        let (comment, rest) = (found.get(0).expect("the match"), &found[2]);
        let value = |key: &str| {
            let pair = KEY.captures_iter(rest).find(|pair| &pair[1] == key)?;
            pair.get(2).or(pair.get(3)).map(|v| v.as_str().trim().to_owned()).filter(|v| !v.is_empty())
        };
        let words = KEY.replace_all(rest, " ");
        Allowance {
            span: Span::new(comment.start(), comment.end()),
            whole: &found[1] == "allow-document",
            rules: words.split([' ', ',', '\n', '\t', '\r']).filter(|w| !w.is_empty()).map(str::to_owned).collect(),
            reason: value("reason"),
            until: value("until"),
        }
    };
    COMMENT.captures_iter(text).map(one).collect()
}

impl Allowance {
    /// Whether it may be honoured; else why not.
    fn check(&self, policy: &Policy, today: Date, trusted: bool) -> Result<(), String> {
        if !trusted {
            return Err("it is not honoured under --for: the content is somebody else's".to_owned());
        }
        if self.rules.is_empty() {
            return Err("it names no rule: allow RULE reason=\"…\"".to_owned());
        }
        for name in &self.rules {
            let rule = policy.rules.iter().find(|r| r.key == *name || *r.id == **name);
            match rule.map(|r| &r.waivable) {
                None => return Err(format!("the policy has no rule `{name}`")),
                Some(Waivable::Anyone) => {}
                Some(_) => return Err(format!("rule `{name}` can't be allowed inside a document")),
            }
        }
        if self.reason.is_none() {
            return Err("it gives no reason: reason=\"…\"".to_owned());
        }
        let most = policy.inline_max_days.unwrap_or(MAX_DAYS);
        self.until.as_ref().map_or(Ok(()), |until| check_end(until, today, most))
    }

    fn names(&self, finding: &Finding) -> bool {
        self.rules.iter().any(|r| *r == finding.rule || finding.rule.rsplit('/').next() == Some(r))
    }

    /// Whether the finding is about what comes next in the document.
    fn is_before(&self, finding: &Finding, document: &Document) -> bool {
        let end = self.span.end;
        let of_kind = match finding.subject {
            Subject::Image(id) => Some((&document.images, id.0)),
            Subject::Embed(n) => Some((&document.embeds, n)),
            _ => None,
        };
        if let Some((all, n)) = of_kind {
            let next = all.iter().map(|i| i.span.start).filter(|&start| start >= end).min();
            return next.is_some() && next == all.get(n as usize).map(|i| i.span.start);
        }
        let at = finding.primary.as_ref().map(|p| p.place.location).filter(|at| at.source.0 == 0);
        let next = document.blocks.iter().map(Block::whole).filter(|block| block.start >= end).min_by_key(|block| block.start);
        at.zip(next).is_some_and(|(at, block)| block.contains(at.span))
    }
}

fn check_end(until: &str, today: Date, most: i32) -> Result<(), String> {
    let Ok(end) = until.parse::<Date>() else { return Err(format!("`until={until}` is no date (as in 2026-11-22)")) };
    if end < today {
        return Err(format!("it ended on {end}: what it allowed counts again"));
    }
    let days = today.until(end).map_or(i32::MAX, |span| span.get_days());
    if days > most { Err(format!("it lasts {days} days; the most is {most}")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_reason_and_end_are_read() {
        let text = "<p>a</p><!-- rightscheck: allow image-credit, byline reason=\"public domain, NASA\" until=2027-01-31 -->\n\
            <!--rightscheck: allow-document copyright reason=own-->";
        let found = read(text);
        assert_eq!((found[0].rules.join(" "), found[0].whole), ("image-credit byline".to_owned(), false));
        assert_eq!((found[0].reason.as_deref(), found[0].until.as_deref()), (Some("public domain, NASA"), Some("2027-01-31")));
        assert_eq!((found[1].whole, found[1].reason.as_deref()), (true, Some("own")));
        assert_eq!(&text[found[1].span.range()], "<!--rightscheck: allow-document copyright reason=own-->");
    }

    #[test]
    fn an_end_lies_within_a_year() {
        let today = "2026-11-22".parse().unwrap();
        assert_eq!(check_end("2026-11-22", today, MAX_DAYS), Ok(()));
        assert!(check_end("2026-11-21", today, MAX_DAYS).unwrap_err().contains("ended"));
        assert!(check_end("2027-11-24", today, MAX_DAYS).unwrap_err().contains("the most is 366"));
        assert!(check_end("soon", today, MAX_DAYS).unwrap_err().contains("no date"));
    }
}
