//! `Content-Usage` (draft-ietf-aipref-vocab-07): a Structured Fields dictionary (RFC 9651) of two labels.

use crate::document::Placed;
use crate::document::Problem;
use crate::document::site::note;
use crate::registry::aipref::labels;
use crate::text::Span;
use sfv::BareItem;
use sfv::Dictionary;
use sfv::Item;
use sfv::ListEntry;
use sfv::Parser;

/// What is said of one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// The label as written.
    pub label: String,
    /// The token `y` or `n`; `None`: anything else, which says nothing.
    pub allowed: Option<bool>,
    /// The parameter `exceptions` of CC signals 0.1: `cc-cr`, `cc-cr-dc`, `cc-cr-ec`, `cc-cr-op`.
    pub exceptions: Option<String>,
}

/// Reads the value of a field, or of its lines joined with `, `. Of a repeated label the last counts.
///
/// # Errors
/// When it is no dictionary: then nothing is said at all. The text tells why.
pub fn parse(value: &str) -> Result<Vec<Preference>, String> {
    let dictionary: Dictionary = Parser::new(value).parse().map_err(|e| e.to_string())?;
    let one = |(key, entry): (sfv::Key, ListEntry)| {
        let item = match entry {
            ListEntry::Item(item) => Some(item),
            ListEntry::InnerList(_) => None,
        };
        let allowed = item.as_ref().and_then(token).and_then(|t| match t {
            "y" => Some(true),
            "n" => Some(false),
            _ => None,
        });
        let exceptions = item.as_ref().and_then(|i| i.params.get("exceptions")).and_then(|b| b.as_token()).map(|t| t.as_str().to_owned());
        Preference { label: key.as_str().to_owned(), allowed, exceptions }
    };
    Ok(dictionary.into_iter().map(one).collect())
}

fn token(item: &Item) -> Option<&str> {
    match &item.bare_item {
        BareItem::Token(token) => Some(token.as_str()),
        _ => None,
    }
}

impl Preference {
    /// The row of the mapping that it stands for; `None` for labels that no draft has had.
    pub fn row(&self) -> Option<String> {
        if labels().today(&self.label).is_some() {
            return Some("obsolete".to_owned());
        }
        if !labels().is_current(&self.label) {
            return None;
        }
        let Some(allowed) = self.allowed else { return Some("unknown".to_owned()) };
        let signal = self.exceptions.as_deref().filter(|e| !allowed && self.label == "train-ai" && e.starts_with("cc-cr"));
        let tail = signal.map(|e| format!(";exceptions={e}")).unwrap_or_default();
        Some(format!("{}={}{tail}", self.label, if allowed { "y" } else { "n" }))
    }
}

/// Says what doesn't mean what its author probably means.
pub fn lint(value: &Placed, problems: &mut Vec<Problem>) {
    let preferences = match parse(&value.value) {
        Ok(preferences) => preferences,
        Err(error) => return problems.push(unreadable(value, &error)),
    };
    for preference in preferences {
        let span = place_of(&preference.label, value);
        problems.extend(of_label(&preference, span).or_else(|| of_value(&preference, span)));
    }
}

fn unreadable(value: &Placed, error: &str) -> Problem {
    let lower = value.value.to_ascii_lowercase().replace(" =", "=").replace("= ", "=");
    let tidy = lower.trim().trim_end_matches(',');
    let meant = if tidy != value.value && parse(tidy).is_ok() { format!("; `{tidy}` was probably meant") } else { String::new() };
    let message = format!("the preferences can't be read ({error}), so that nothing is said{meant}");
    note("aipref-syntax", message, value.span)
}

fn of_label(preference: &Preference, span: Span) -> Option<Problem> {
    let label = &preference.label;
    if let Some(today) = labels().today(label) {
        let meant = if today.is_empty() { "the current draft has no such label".to_owned() } else { format!("today it is `{today}`") };
        return Some(note("aipref-obsolete-label", format!("`{label}` comes from an earlier draft and is ignored; {meant}"), span));
    }
    if labels().is_current(label) {
        return None;
    }
    let meant = match label.as_str() {
        "ai-train" => "; `train-ai` was probably meant (`ai-train` belongs to Content-Signal)",
        "ai-input" => "; it belongs to Content-Signal",
        _ => "",
    };
    Some(note("aipref-unknown-label", format!("`{label}` is no label of the AI preferences vocabulary and is ignored{meant}"), span))
}

fn of_value(preference: &Preference, span: Span) -> Option<Problem> {
    preference.allowed.is_none().then(|| {
        let message = format!("`{}` has another value than the token `y` or `n`, so that nothing is said", preference.label);
        note("aipref-value", message, span)
    })
}

/// The last place where `label` stands as a key.
fn place_of(label: &str, value: &Placed) -> Span {
    let text = &value.value;
    let starts = text.match_indices(label).map(|(at, _)| at);
    let is_key = |at: &usize| text[..*at].trim_end().is_empty() || text[..*at].trim_end().ends_with(',');
    let at = starts.filter(is_key).last();
    let exact = value.span.len() == text.len();
    at.filter(|_| exact).map_or(value.span, |at| {
        let start = value.span.start as usize + at;
        Span::new(start, start + label.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &[(&str, Option<bool>)]) {
        let parsed = parse(value).expect(value);
        let seen: Vec<_> = parsed.iter().map(|p| (p.label.as_str(), p.allowed)).collect();
        assert_eq!(seen, expected, "{value}");
    }

    #[test]
    fn only_the_tokens_y_and_n_say_something() {
        check("train-ai=n, search=y", &[("train-ai", Some(false)), ("search", Some(true))]);
        check("train-ai=y, train-ai, search=n, search=\"n\"", &[("train-ai", None), ("search", None)]);
        check("train-ai=N", &[("train-ai", None)]);
        check("train-ai=?0", &[("train-ai", None)]);
        for unreadable in ["Train-AI=n", "train-ai = n", "train-ai=n,", "train-ai=n search=y"] {
            assert!(parse(unreadable).is_err(), "{unreadable}");
        }
    }

    #[test]
    fn rows_keep_old_labels_and_signals_of_creative_commons_apart() {
        let row = |value: &str| parse(value).expect(value)[0].row();
        assert_eq!(row("train-ai=n;exceptions=cc-cr").as_deref(), Some("train-ai=n;exceptions=cc-cr"));
        assert_eq!(row("train-ai=y;exceptions=cc-cr").as_deref(), Some("train-ai=y"));
        assert_eq!(row("train-genai=n").as_deref(), Some("obsolete"));
        assert_eq!(row("search=1").as_deref(), Some("unknown"));
        assert_eq!(row("ai-train=n"), None);
    }

    #[test]
    fn a_problem_says_what_was_meant() {
        let mut problems = Vec::new();
        for value in ["Train-AI = n,", "genai=n, ai-train=n", "search=yes"] {
            lint(&Placed { value: value.to_owned(), span: Span::new(0, value.len()) }, &mut problems);
        }
        let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
        assert_eq!(codes, ["aipref-syntax", "aipref-obsolete-label", "aipref-unknown-label", "aipref-value"]);
        assert!(problems[0].message.contains("`train-ai=n` was probably meant"), "{}", problems[0].message);
        assert_eq!(problems[2].span, Some(Span::new(9, 17)));
    }
}
