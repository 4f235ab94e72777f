//! Signals in a page's own fields that don't say what their author probably means.

use crate::document::Document;
use crate::document::Field;
use crate::document::Problem;
use crate::document::Vocabulary;
use crate::document::robots_rules;
use crate::document::site::tdmrep::reservation;
use crate::registry::embedded;
use std::fmt::Write as _;

/// Adds what is odd to the problems of `document`.
pub(super) fn run(document: &mut Document) {
    let mut found = Vec::new();
    for field in &document.fields {
        match (field.vocabulary, field.name.as_str()) {
            (Vocabulary::Meta, "robots") => found.extend(robots(field)),
            (Vocabulary::Meta, "tdm-reservation") | (Vocabulary::Xmp, "tdm:reservation") => found.extend(mining(field)),
            (Vocabulary::Xmp, "plus:datamining") => found.extend(data_mining(field)),
            _ => {}
        }
    }
    document.problems.append(&mut found);
}

/// Rules that nobody knows but that look like known ones, and values that can't be read.
fn robots(field: &Field) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in robots_rules::in_meta(&field.value) {
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
    fn odd_values_in_the_page_are_told_with_what_was_meant() {
        let page = "<meta name=robots content='noidex, max-snippet:many, harbour'><meta name=tdm-reservation content=yes><p>x";
        let document = crate::document::read(&Source::new(Origin::path("a.html"), page.as_bytes().to_vec()));
        let told: Vec<_> = document.problems.iter().map(|p| (p.code, p.message.contains("probably meant"))).collect();
        assert_eq!(told, [("robots-meta-unknown-rule", true), ("robots-meta-value", false), ("tdmrep-value", true)]);
    }
}
