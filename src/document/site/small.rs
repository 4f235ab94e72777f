//! The small files: `ai.txt`, `trust.txt`, `llms.txt`.

use crate::document::Placed;
use crate::document::Problem;
use crate::document::site::line::Line;
use crate::document::site::line::lines;
use crate::document::site::note;
use crate::text::Span;

/// `ai.txt` of Spawning (2023): media types by file name patterns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AiTxt {
    /// `Disallow` patterns.
    pub disallow: Vec<Placed>,
    /// `Allow` patterns.
    pub allow: Vec<Placed>,
}

impl AiTxt {
    /// The `Disallow` line for files with one of `extensions`, unless an `Allow` line names the same pattern.
    pub fn refuses(&self, extensions: &[&str]) -> Option<&Placed> {
        let fits = |p: &&Placed| {
            let pattern = p.value.to_ascii_lowercase();
            matches!(pattern.as_str(), "/" | "*" | "/*")
                || pattern.rsplit_once("*.").is_some_and(|(_, e)| extensions.contains(&e.trim_end_matches('$')))
        };
        let allowed = |p: &&Placed| self.allow.iter().any(|a| a.value.eq_ignore_ascii_case(&p.value));
        self.disallow.iter().filter(fits).find(|p| !allowed(p))
    }
}

/// Reads an `ai.txt`; another format shares the name and is told by its lines.
pub(super) fn ai_txt(text: &str, problems: &mut Vec<Problem>) -> AiTxt {
    let mut file = AiTxt::default();
    let mut seen = false;
    for line in lines(text, ':') {
        let Line::Record(record) = line else { continue };
        let value = Placed { value: record.value.to_owned(), span: record.span };
        match record.name.to_ascii_lowercase().as_str() {
            "disallow" if !record.value.is_empty() => file.disallow.push(value),
            "allow" if !record.value.is_empty() => file.allow.push(value),
            "user-agent" => {}
            _ => continue,
        }
        seen = true;
    }
    if !seen && !text.trim().is_empty() {
        let message =
            "no `User-Agent`, `Disallow` or `Allow` line: this is another format of the same name, and says nothing here".to_owned();
        problems.push(note("ai-txt-unknown-format", message, Span::new(0, first_line(text).len())));
    }
    file
}

/// `trust.txt` (JournalList): the variable `datatrainingallowed`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustTxt {
    /// What it says and the line that says it. Of several the strictest.
    pub training: Option<(bool, Span)>,
}

/// Reads a `trust.txt`.
pub(super) fn trust_txt(text: &str, problems: &mut Vec<Problem>) -> TrustTxt {
    let mut file = TrustTxt::default();
    for line in lines(text, '=') {
        let Line::Record(record) = line else { continue };
        if !record.name.eq_ignore_ascii_case("datatrainingallowed") {
            continue;
        }
        let allowed = match record.value.to_ascii_lowercase().as_str() {
            "yes" => true,
            "no" => false,
            _ => {
                let message = format!("`{}` is neither `yes` nor `no`, so that nothing is said", record.value);
                problems.push(note("trust-txt-value", message, record.value_span));
                continue;
            }
        };
        if file.training.is_some_and(|(before, _)| before != allowed) {
            let message = "`datatrainingallowed` stands twice with different values; `no` was taken".to_owned();
            problems.push(note("trust-txt-contradiction", message, record.span));
        }
        if file.training.is_none_or(|(before, _)| before) {
            file.training = Some((allowed, record.span));
        }
    }
    file
}

/// The first line with words of an `llms.txt`. The file is a reading guide and says nothing about rights.
pub(super) fn llms_txt(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    Span::new(start, start + first_line(&text[start..]).trim_end().len())
}

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_refused_by_extension() {
        let mut problems = Vec::new();
        let file = ai_txt("User-Agent: *\nDisallow: *.jpg\nDisallow: *.txt\nAllow: *.txt\n", &mut problems);
        assert_eq!(file.refuses(&["jpg", "png"]).map(|p| p.value.as_str()), Some("*.jpg"));
        assert_eq!(file.refuses(&["txt", "html"]), None);
        assert_eq!(problems, []);
        ai_txt("Purpose: a contact for agents\n", &mut problems);
        assert_eq!(problems[0].code, "ai-txt-unknown-format");
    }

    #[test]
    fn the_strictest_training_line_counts() {
        let mut problems = Vec::new();
        let text = "# x\nmember=https://a.example/\nDataTrainingAllowed = yes\ndatatrainingallowed=no # y\n";
        let file = trust_txt(text, &mut problems);
        let (allowed, span) = file.training.expect("stated");
        assert_eq!((allowed, &text[span.range()]), (false, "datatrainingallowed=no"));
        assert_eq!(problems[0].code, "trust-txt-contradiction");
        assert_eq!(trust_txt("datatrainingallowed=maybe", &mut problems).training, None);
    }
}
