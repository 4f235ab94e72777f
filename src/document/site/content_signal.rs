//! `Content-Signal` (contentsignals.org, September 2025): `search=yes, ai-input=no, ai-train=no`.

use crate::document::Placed;
use crate::document::Problem;
use crate::document::site::note;
use crate::text::Span;

/// The keys of the vocabulary.
pub const KEYS: [&str; 3] = ["search", "ai-input", "ai-train"];

/// One `key=value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentSignal<'t> {
    /// The key as written.
    pub key: &'t str,
    /// The value as written.
    pub value: &'t str,
    /// Where the pair starts in the text.
    at: usize,
}

impl ContentSignal<'_> {
    /// `yes` or `no`; anything else says nothing.
    pub fn allowed(&self) -> Option<bool> {
        match self.value.to_ascii_lowercase().as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    /// The row of the mapping it stands for.
    pub fn row(&self) -> Option<String> {
        let key = KEYS.into_iter().find(|k| self.key.eq_ignore_ascii_case(k))?;
        Some(format!("{key}={}", if self.allowed()? { "yes" } else { "no" }))
    }
}

/// The pairs of `text`.
pub fn parse(text: &str) -> impl Iterator<Item = ContentSignal<'_>> {
    let mut at = 0;
    text.split(',').filter_map(move |pair| {
        let start = at + pair.len() - pair.trim_start().len();
        at += pair.len() + 1;
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (!pair.trim().is_empty()).then_some(ContentSignal { key: key.trim(), value: value.trim(), at: start })
    })
}

/// Says what doesn't mean what its author probably means.
pub fn lint(value: &Placed, problems: &mut Vec<Problem>) {
    for pair in parse(&value.value).filter(|p| p.row().is_none()) {
        let start = value.span.start as usize + pair.at;
        let span = if value.span.len() == value.value.len() { Span::new(start, start + pair.key.len()) } else { value.span };
        problems.push(problem(&pair, span));
    }
}

fn problem(pair: &ContentSignal<'_>, span: Span) -> Problem {
    if KEYS.iter().any(|k| pair.key.eq_ignore_ascii_case(k)) {
        let meant = match pair.value {
            "y" => "; `yes` was probably meant",
            "n" => "; `no` was probably meant (`n` belongs to Content-Usage)",
            _ => "",
        };
        return note("content-signal-value", format!("`{}` is neither `yes` nor `no`, so that nothing is said{meant}", pair.value), span);
    }
    let meant = match pair.key {
        "train-ai" => "; `ai-train` was probably meant (`train-ai` belongs to Content-Usage)",
        "ai-use" | "ai" => "; `ai-input` or `ai-train` was probably meant",
        _ => "",
    };
    note("content-signal-unknown-key", format!("`{}` is no content signal and says nothing{meant}", pair.key), span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_with_blanks_and_in_any_case() {
        let rows: Vec<_> = parse("Search=YES ,ai-input = no,, ai-train=maybe, x=no").map(|s| s.row()).collect();
        assert_eq!(rows, [Some("search=yes".to_owned()), Some("ai-input=no".to_owned()), None, None]);
    }

    #[test]
    fn a_problem_says_what_was_meant() {
        let text = "ai-train=n, train-ai=no";
        let mut problems = Vec::new();
        lint(&Placed { value: text.to_owned(), span: Span::new(10, 10 + text.len()) }, &mut problems);
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["content-signal-value", "content-signal-unknown-key"]);
        assert_eq!(problems[1].span, Some(Span::new(22, 30)));
    }
}
