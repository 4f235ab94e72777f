//! Signals in a page's own fields that don't say what their author probably means.

use crate::document::Document;
use crate::document::Field;
use crate::document::Placed;
use crate::document::Problem;
use crate::document::Vocabulary;
use crate::document::robots_rules;
use crate::document::robots_rules::RobotsRule;
use crate::document::site::aipref;
use crate::document::site::content_signal;
use crate::document::site::headers;
use crate::document::site::tdmrep::reservation;
use crate::registry::embedded;
use crate::text::Span;
use std::fmt::Write as _;

/// Adds what is odd to the problems of `document`.
pub(super) fn run(document: &mut Document) {
    let mut found = Vec::new();
    for field in &document.fields {
        match (field.vocabulary, field.name.as_str()) {
            (Vocabulary::Meta, "robots") => found.extend(robots(field, &robots_rules::in_meta(&field.value))),
            (Vocabulary::Meta, "tdm-reservation") | (Vocabulary::Xmp, "tdm:reservation") => found.extend(mining(field)),
            (Vocabulary::Xmp, "plus:datamining") => found.extend(data_mining(field)),
            _ => {}
        }
    }
    document.problems.append(&mut found);
}

/// What is odd in the header fields that were given with a document: they stand in no source.
pub(super) fn of_given(headers: &[(String, String)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, value) in headers {
        let read = headers::field(name.trim(), value.trim(), Span::default(), Span::default(), &mut problems);
        problems.extend(read.iter().flat_map(of_header));
    }
    problems.into_iter().map(|problem| Problem { span: None, ..problem }).collect()
}

/// What is odd in a header field.
pub(super) fn of_header(field: &Field) -> Vec<Problem> {
    let mut problems = Vec::new();
    let value = Placed { value: field.value.clone(), span: field.span };
    match field.name.as_str() {
        "x-robots-tag" => problems.extend(robots(field, &robots_rules::in_header(&field.value))),
        "tdm-reservation" => problems.extend(mining(field)),
        "content-usage" => aipref::lint(&value, &mut problems),
        "content-signal" => content_signal::lint(&value, &mut problems),
        _ => {}
    }
    // In an archive of requests the value may be written with escapes, so that places inside it can't be told.
    problems.into_iter().map(|problem| Problem { span: Some(field.span), ..problem }).collect()
}

/// Rules that nobody knows but that look like known ones, and values that can't be read.
fn robots(field: &Field, rules: &[RobotsRule]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in rules {
        if !robots_rules::is_known(&rule.name) {
            let near = robots_rules::nearest(&rule.name);
            problems.extend(near.map(|near| {
                let message = format!("`{}` is no robots rule and says nothing; `{near}` was probably meant", rule.name);
                problem("robots-meta-unknown-rule", message, field)
            }));
        } else if rule.name == "max-snippet" && rule.value.as_deref().is_none_or(|v| v.parse::<i32>().is_err()) {
            let message = "`max-snippet` has no number and is ignored; `0` means no snippet, `-1` no limit".to_owned();
            problems.push(problem("robots-meta-value", message, field));
        }
    }
    problems
}

fn mining(field: &Field) -> Option<Problem> {
    if reservation(&field.value).is_some() {
        return None;
    }
    let mut message = format!("`{}` is neither 0 nor 1 and says nothing", field.value.trim());
    let meant = match field.value.trim().to_ascii_lowercase().as_str() {
        "yes" | "true" | "y" => "1",
        "no" | "false" | "n" => "0",
        _ => "",
    };
    if !meant.is_empty() {
        write!(message, "; `{meant}` was probably meant").expect("a string takes everything");
    }
    Some(problem("tdmrep-value", message, field))
}

/// Values of another vocabulary, and bare keys, which not every program takes for the address they stand for.
fn data_mining(field: &Field) -> Option<Problem> {
    let known = embedded::plus_data_mining(&field.value).is_some();
    let message = match (known, field.value.contains('/')) {
        (true, true) => return None,
        (true, false) => {
            format!(
                "`{0}` is a bare key, which not every program reads; `http://ns.useplus.org/ldf/vocab/{0}` was probably meant",
                field.value
            )
        }
        (false, _) => {
            let near = embedded::nearest_data_mining(&field.value).map(|near| format!("; `{near}` was probably meant")).unwrap_or_default();
            format!("`{}` is no value of the PLUS vocabulary and says nothing{near}", field.value)
        }
    };
    Some(problem("xmp-data-mining", message, field))
}

fn problem(code: &'static str, message: String, field: &Field) -> Problem {
    Problem { code, message, span: Some(field.span), loses_content: false }
}

#[cfg(test)]
mod tests {
    use crate::source::Origin;
    use crate::source::Source;

    #[test]
    fn odd_values_in_a_picture_are_told_with_what_was_meant() {
        let told = |value: &str| {
            let xmp = format!(
                "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
                 xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' plus:DataMining='{value}'/></rdf:RDF></x:xmpmeta>"
            );
            let document = crate::document::read(&Source::new(Origin::path("a.xmp"), xmp.into_bytes()));
            document.problems.into_iter().map(|p| p.message).next()
        };
        assert_eq!(told("http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"), None);
        assert!(told("DMI-PROHIBITED").is_some_and(|m| m.contains("bare key")));
        assert!(told("DMI-PROHIBITED-SEECONSTRAINTS").is_some_and(|m| m.contains("`DMI-PROHIBITED-SEECONSTRAINT` was probably meant")));
        assert!(told("none").is_some_and(|m| !m.contains("probably")));
    }

    #[test]
    fn header_fields_are_looked_at_wherever_they_come_from() {
        let fields =
            [("X-Robots-Tag", "noidex"), ("TDM-Reservation", "yes"), ("Content-Usage", "genai=n"), ("Content-Signal", "ai-train=n")];
        let codes = ["robots-meta-unknown-rule", "tdmrep-value", "aipref-obsolete-label", "content-signal-value"];
        let headers: Vec<_> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let given = Source::with_headers(Origin::path("a.html"), b"<p>x".to_vec(), headers);
        let document = crate::document::read(&given);
        assert_eq!(document.problems.iter().map(|p| (p.code, p.span)).collect::<Vec<_>>(), codes.map(|c| (c, None)));
        let dump: String = fields.iter().map(|(n, v)| format!("{n}: {v}\r\n")).collect();
        let dump = Source::new(Origin::path("a.html.headers"), format!("HTTP/1.1 200 OK\r\n{dump}\r\n").into_bytes());
        let document = crate::document::read(&dump);
        assert_eq!(document.problems.iter().map(|p| p.code).collect::<Vec<_>>(), codes);
        let forged = Source::with_headers(Origin::path("a.html"), b"<p>x".to_vec(), vec![("X".to_owned(), "a\u{7}b".to_owned())]);
        assert_eq!(crate::document::read(&forged).problems[0].code, "bad-header-field");
    }

    #[test]
    fn odd_values_in_the_page_are_told_with_what_was_meant() {
        let page = "<meta name=robots content='noidex, max-snippet:many, harbour'><meta name=tdm-reservation content=yes><p>x";
        let document = crate::document::read(&Source::new(Origin::path("a.html"), page.as_bytes().to_vec()));
        let told: Vec<_> = document.problems.iter().map(|p| (p.code, p.message.contains("probably meant"))).collect();
        assert_eq!(told, [("robots-meta-unknown-rule", true), ("robots-meta-value", false), ("tdmrep-value", true)]);
    }
}
