//! The package document of an EPUB, as far as it reserves mining (TDMRep, 10 May 2024, section 5.4).

use crate::document::Placed;
use crate::document::Problem;
use crate::document::site::note;
use crate::document::site::tdmrep::reservation;
use crate::document::xml;
use crate::document::xml::Piece;
use crate::document::xml::Tag;
use crate::text::Span;

/// The namespace of the properties in EPUB 3.
const NAMESPACE: &str = "http://www.w3.org/ns/tdmrep#";

/// What the package says for every resource of the book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    /// `tdm:reservation` as written.
    pub reservation: Option<Placed>,
    /// `tdm:policy`.
    pub policy: Option<Placed>,
}

/// Reads `text`.
pub(super) fn read(text: &str, problems: &mut Vec<Problem>) -> Package {
    let mut reader = Reader::default();
    xml::walk(text, "broken-epub-package", problems, |piece| match piece {
        Piece::Open(tag) => reader.open(&tag),
        Piece::Close { .. } => reader.property = None,
        Piece::Text(words, span) => {
            if let Some((name, element)) = reader.property.clone() {
                let value = Placed { value: words.trim().to_owned(), span };
                reader.state(&name, value, element);
            }
        }
    });
    problems.append(&mut reader.problems);
    reader.package
}

#[derive(Default)]
struct Reader {
    package: Package,
    /// Prefixes declared for [`NAMESPACE`].
    prefixes: Vec<String>,
    /// The property whose text follows, and its element.
    property: Option<(String, Span)>,
    problems: Vec<Problem>,
}

impl Reader {
    fn open(&mut self, tag: &Tag<'_>) {
        self.property = None;
        match tag.local() {
            "package" => self.prefixes.extend(tag.get("prefix").map(|p| declared(&p.value)).unwrap_or_default()),
            "meta" => self.meta(tag),
            _ => {}
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        // EPUB 2 has the value in an attribute, EPUB 3 as text.
        if let (Some(name), Some(content)) = (tag.get("name"), tag.get("content")) {
            if let Some(name) = name.value.strip_prefix("tdm:") {
                self.state(name, content.clone(), tag.span);
            }
            return;
        }
        let Some((prefix, name)) = tag.get("property").and_then(|p| p.value.trim().split_once(':')) else { return };
        if self.prefixes.iter().any(|p| p == prefix) {
            self.property = Some((name.to_owned(), tag.span));
        } else if prefix == "tdm" {
            let message = format!(
                "the package declares no prefix `tdm`, so that `tdm:{name}` says nothing; prefix=\"tdm: {NAMESPACE}\" was probably meant"
            );
            self.problems.push(note("epub-tdm-prefix", message, tag.span));
        }
    }

    fn state(&mut self, name: &str, value: Placed, element: Span) {
        match name {
            "reservation" => {
                if reservation(&value.value).is_none() {
                    self.problems.push(note("tdmrep-value", "`tdm:reservation` is neither 0 nor 1 and says nothing".to_owned(), element));
                }
                self.package.reservation.get_or_insert(value);
            }
            "policy" => {
                self.package.policy.get_or_insert(value);
            }
            _ => {}
        }
    }
}

/// The prefixes of `prefix="tdm: http://… x: http://…"` that stand for [`NAMESPACE`].
fn declared(value: &str) -> Vec<String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    words.windows(2).filter(|pair| pair[1] == NAMESPACE).filter_map(|pair| pair[0].strip_suffix(':')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, reservation: Option<&str>, policy: Option<&str>, codes: &[&str]) {
        let mut problems = Vec::new();
        let package = read(text, &mut problems);
        let value = |placed: &Option<Placed>| placed.as_ref().map(|p| p.value.clone());
        assert_eq!(value(&package.reservation).as_deref(), reservation, "{text}");
        assert_eq!(value(&package.policy).as_deref(), policy, "{text}");
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), codes, "{text}");
    }

    #[test]
    fn both_versions_of_epub_are_read() {
        check(
            "<package version='2.0'><metadata><meta name='tdm:reservation' content='1'/><meta name='tdm:policy' content='https://news.example/p.json'/></metadata></package>",
            Some("1"),
            Some("https://news.example/p.json"),
            &[],
        );
        check(
            "<package version='3.0' prefix='a: https://a.example/ x: http://www.w3.org/ns/tdmrep#'><metadata><meta property='x:reservation'>0</meta></metadata></package>",
            Some("0"),
            None,
            &[],
        );
    }

    #[test]
    fn what_says_nothing_is_told() {
        check("<package><metadata><meta property='tdm:reservation'>1</meta></metadata></package>", None, None, &["epub-tdm-prefix"]);
        check("<package><metadata><meta name='tdm:reservation' content='yes'/></metadata></package>", Some("yes"), None, &["tdmrep-value"]);
        check("<package><metadata></package>", None, None, &["broken-epub-package"]);
    }
}
