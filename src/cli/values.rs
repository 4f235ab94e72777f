//! Values of options: read strictly, refused with what would have been right.

use crate::input::select;
use crate::report::Format;
use crate::report::human::run::Grouping;
use crate::report::run::FailOn;
use crate::terms::Confidence;
use crate::terms::EVERYDAY_USES;
use crate::terms::Use;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::path::PathBuf;

/// `50M` is 50 × 1024 × 1024 bytes.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let shift = match unit.to_ascii_lowercase().trim_end_matches("ib").trim_end_matches('b') {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        _ => return Err("write a number of bytes, or one with k, M or G".to_owned()),
    };
    let bytes = number.parse::<u64>().ok().and_then(|n| n.checked_mul(1 << shift)).ok_or("not a number of bytes")?;
    if bytes > select::LARGEST_MAX_SIZE {
        return Err("no file of 4G or more can be read".to_owned());
    }
    Ok(bytes)
}

/// `Name: value`.
pub(crate) fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("write it as in `X-Robots-Tag: noai`")?;
    let name = name.trim();
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(token) || value.contains(['\r', '\n']) {
        return Err(format!("`{name}` is no name of a header field"));
    }
    Ok((name.to_owned(), value.trim().to_owned()))
}

/// A use by its name; an everyday name is answered with the right one.
pub(crate) fn usage(text: &str) -> Result<Use, String> {
    if let Some(known) = Use::named(text) {
        return Ok(known);
    }
    let all = Use::ALL.iter().map(|u| u.name()).collect::<Vec<_>>().join(", ");
    match near_use(text) {
        Some(name) => Err(format!("no use of that name; did you mean `{name}`? The uses are: {all}")),
        None => Err(format!("no use of that name. The uses are: {all}")),
    }
}

/// The use that somebody who wrote `text` may have meant.
pub(crate) fn near_use(text: &str) -> Option<&'static str> {
    let everyday = EVERYDAY_USES.iter().find(|(word, _)| *word == text).map(|&(_, name)| name);
    everyday.or_else(|| near(text, Use::ALL.iter().map(|u| u.name())))
}

/// The one of `names` that is at most two letters away from `text`, and less than half of it.
pub(crate) fn near<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let text = text.to_lowercase();
    let measured = names.map(|name| (strsim::damerau_levenshtein(&text, name), name));
    measured.filter(|(distance, _)| *distance <= 2 && *distance * 2 < text.chars().count()).min().map(|(_, name)| name)
}

/// `2026-11-20`.
pub(crate) fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse().map_err(|_| "write a day as in 2026-11-20".to_owned())
}

/// `json=report.json`.
pub(crate) fn output(text: &str) -> Result<(Format, PathBuf), String> {
    let all = || Format::ALL.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ");
    let (format, path) = text.split_once('=').ok_or_else(|| format!("write FORMAT=PATH; the formats are: {}", all()))?;
    let format = Format::named(format).ok_or_else(|| format!("no format `{format}`; the formats are: {}", all()))?;
    if path.is_empty() {
        return Err("the path is missing".to_owned());
    }
    Ok((format, path.into()))
}

const fn every_format() -> [Format; Format::ALL.len()] {
    let mut all = [Format::Human; Format::ALL.len()];
    let mut n = 0;
    while n < all.len() {
        all[n] = Format::ALL[n].0;
        n += 1;
    }
    all
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        const { &every_format() }
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Human => "for people: findings in their lines",
            Self::Concise => "a line for each finding: path:line:column: error[rule] message",
            Self::Json => "one object for the run",
            Self::Jsonl => "an object a line, written while the run goes on",
            Self::Html => "a page to read, to filter, to decide in and to print; a large run gets a page for each document beside it",
            Self::Sarif => "SARIF 2.1.0, for code scanning services",
            Self::Junit => "JUnit XML, for pipelines: what passes too",
            Self::Github => "annotations for GitHub Actions; the job summary is written as well",
            Self::Gitlab => "code quality of GitLab",
            Self::Markdown => "for the comment on a pull request",
            Self::Csv => "a table of the findings, comma-separated",
            Self::Xlsx => "a workbook: findings, documents and uses, exceptions",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Error, Self::Warning, Self::Review, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Error => "failures that are errors",
            Self::Warning => "failures that are warnings or errors",
            Self::Review => "these, and what a person must decide",
            Self::Never => "nothing",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl ValueEnum for Confidence {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl ValueEnum for Grouping {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Document, Self::Rule, Self::Cause]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Document => PossibleValue::new("document").help("as they come, document by document"),
            Self::Rule => PossibleValue::new("rule").help("rule by rule"),
            Self::Cause => PossibleValue::new("cause").help("those of a rule that rest on the same words are folded into one"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("512"), Ok(512));
        assert_eq!(size("50M"), Ok(50 << 20));
        assert_eq!(size("1GiB"), Ok(1 << 30));
        assert!(size("ten").is_err() && size("4G").is_err() && size("99999999999999999999").is_err());
    }

    #[test]
    fn an_everyday_name_is_answered_with_the_use() {
        assert_eq!(usage("ai-train"), Ok(Use::AiTrain));
        assert!(usage("mine").unwrap_err().contains("did you mean `tdm`?"));
        assert!(usage("serch").unwrap_err().contains("did you mean `search`?"));
        assert!(usage("zzz").unwrap_err().starts_with("no use of that name. The uses are"));
    }

    #[test]
    fn header_fields_have_a_name() {
        assert_eq!(header("X-Robots-Tag: noai"), Ok(("X-Robots-Tag".to_owned(), "noai".to_owned())));
        assert!(header("noai").is_err() && header(": noai").is_err() && header("a b: c").is_err());
    }

    #[test]
    fn outputs_name_a_format_and_a_path() {
        assert_eq!(output("json=a=b.json"), Ok((Format::Json, "a=b.json".into())));
        assert!(output("pdf=a.pdf").unwrap_err().contains("human, concise, json, jsonl"));
        assert!(output("json=").is_err() && output("a.json").is_err());
    }
}
