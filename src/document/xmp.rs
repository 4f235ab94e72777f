//! XMP: the metadata of a picture or a PDF, inside the file or beside it, as flat fields.
//!
//! Properties are known by their namespaces, whatever prefix a file gives them. A field is called by the prefix of the IPTC Photo
//! Metadata Standard and the property in lower case: `photoshop:credit`, `plus:datamining`, `tdm:reservation`. A list gives a field
//! per entry; of a text in several languages the default one counts, else the English, else the first.

use crate::document::Document;
use crate::document::Field;
use crate::document::Problem;
use crate::document::Vocabulary;
use crate::document::site::note;
use crate::document::xml;
use crate::document::xml::Piece;
use crate::document::xml::Tag;
use crate::source::Source;
use crate::text::Span;

/// Namespaces by the prefix that field names have.
const NAMESPACES: &[(&str, &str)] = &[
    ("cc", "http://creativecommons.org/ns#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("iptc4xmpcore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
    ("iptc4xmpext", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("plus", "http://ns.useplus.org/ldf/xmp/1.0/"),
    ("tdm", "http://www.w3.org/ns/tdmrep/"),
    ("xmprights", "http://ns.adobe.com/xap/1.0/rights/"),
];

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// The namespace that EPUB packages use for the same properties.
const TDM_OF_EPUB: &str = "http://www.w3.org/ns/tdmrep#";

/// Prefixes in force at one place; no program writes more.
const MOST_PREFIXES: usize = 200;

/// How many elements of RDF a value may stand in below its property.
const DEEPEST: usize = 16;

/// Reads the packet that is the text of `source`.
pub(super) fn read(source: &Source) -> Document {
    let mut problems = Vec::new();
    let mut reader = Reader::default();
    xml::walk(&source.text, "broken-xmp", &mut problems, |piece| match piece {
        Piece::Open(tag) => reader.open(&tag),
        Piece::Close { .. } => reader.close(),
        Piece::Text(words, span) => reader.text(&words, span),
    });
    problems.append(&mut reader.problems);
    Document { fields: reader.fields, problems, ..Document::default() }
}

/// The name of a field, or a word of RDF itself.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    Property(String),
    Rdf(String),
    Other,
}

/// An element that is open.
struct Element {
    name: Name,
    span: Span,
    /// How many namespaces were declared outside it.
    outside: usize,
    language: Option<String>,
}

impl Element {
    fn is_in_several_languages(&self) -> bool {
        matches!(&self.name, Name::Rdf(word) if word == "Alt")
    }
}

#[derive(Default)]
struct Reader {
    fields: Vec<Field>,
    problems: Vec<Problem>,
    open: Vec<Element>,
    /// Declared prefixes with their namespaces, innermost last.
    declared: Vec<(String, String)>,
    /// The text since the last tag: references part it into pieces.
    text: Option<(String, Span)>,
    /// The wordings of the text in several languages that is open, with their languages.
    wordings: Vec<(String, Field)>,
}

impl Reader {
    fn open(&mut self, tag: &Tag<'_>) {
        self.finish_text();
        let outside = self.declared.len();
        for (name, value) in &tag.attributes {
            if let Some(prefix) = name.strip_prefix("xmlns:").filter(|_| self.declared.len() < MOST_PREFIXES) {
                self.declared.push((prefix.to_owned(), value.value.trim().to_owned()));
                self.doubt(&value.value, value.span);
            }
        }
        let language = tag.attributes.iter().find(|(name, _)| *name == "xml:lang").map(|(_, v)| v.value.to_ascii_lowercase());
        self.open.push(Element { name: self.name(tag.name), span: tag.span, outside, language });
        for (name, value) in &tag.attributes {
            match self.name(name) {
                Name::Property(name) => self.add(name, &value.value, value.span, tag.span),
                Name::Rdf(word) if word == "resource" => self.value(&value.value, value.span),
                Name::Rdf(_) | Name::Other => {}
            }
        }
    }

    fn close(&mut self) {
        self.finish_text();
        let Some(element) = self.open.pop() else { return };
        self.declared.truncate(element.outside);
        if element.is_in_several_languages() {
            let wordings = std::mem::take(&mut self.wordings);
            let rank = |language: &str| match language {
                "x-default" => 0,
                language if language.starts_with("en") => 1,
                _ => 2,
            };
            self.fields.extend(wordings.into_iter().min_by_key(|(language, _)| rank(language)).map(|(_, field)| field));
        }
    }

    fn text(&mut self, words: &str, span: Span) {
        match &mut self.text {
            Some((text, whole)) => {
                text.push_str(words);
                *whole = whole.join(span);
            }
            None if words.trim().is_empty() => {}
            None => self.text = Some((words.to_owned(), span)),
        }
    }

    fn finish_text(&mut self) {
        if let Some((text, span)) = self.text.take() {
            self.value(&text, span);
        }
    }

    /// A value of the innermost property that is open.
    fn value(&mut self, value: &str, span: Span) {
        let property = self.open.iter().rev().take(DEEPEST).find_map(|e| match &e.name {
            Name::Property(name) => Some((name.clone(), e.span)),
            Name::Rdf(_) | Name::Other => None,
        });
        if let Some((name, element)) = property {
            self.add(name, value, span, element);
        }
    }

    fn add(&mut self, name: String, value: &str, span: Span, element: Span) {
        let field = Field { vocabulary: Vocabulary::Xmp, name, value: value.trim().to_owned(), media_type: None, span, element };
        let in_several_languages = self.open.iter().rev().take(2).any(Element::is_in_several_languages);
        match self.open.last().and_then(|e| e.language.clone()).filter(|_| in_several_languages) {
            Some(language) => self.wordings.push((language, field)),
            None => self.fields.push(field),
        }
    }

    fn name(&self, written: &str) -> Name {
        let Some((prefix, local)) = written.split_once(':') else { return Name::Other };
        let Some((_, namespace)) = self.declared.iter().rev().find(|(p, _)| p == prefix) else { return Name::Other };
        if namespace == RDF {
            return Name::Rdf(local.to_owned());
        }
        let known = NAMESPACES.iter().find(|(_, known)| known == namespace);
        known.map_or(Name::Other, |(prefix, _)| Name::Property(format!("{prefix}:{}", local.to_ascii_lowercase())))
    }

    fn doubt(&mut self, namespace: &str, span: Span) {
        if namespace.trim() == TDM_OF_EPUB {
            let message = format!(
                "`{TDM_OF_EPUB}` is the namespace for EPUB packages and says nothing in XMP; `http://www.w3.org/ns/tdmrep/` was probably meant"
            );
            self.problems.push(note("xmp-tdm-namespace", message, span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Origin;

    fn fields(body: &str) -> (Vec<(String, String)>, Vec<&'static str>) {
        let text = format!("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{RDF}'>{body}</rdf:RDF></x:xmpmeta>");
        let document = read(&Source::new(Origin::path("a.xmp"), text.clone().into_bytes()));
        for field in &document.fields {
            assert!(text[field.span.range()].contains(field.value.split('&').next().unwrap()), "{field:?}");
        }
        let shown = document.fields.iter().map(|f| (f.name.clone(), f.value.clone())).collect();
        (shown, document.problems.iter().map(|p| p.code).collect())
    }

    #[track_caller]
    fn check(body: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        assert_eq!(fields(body), (expected, Vec::new()));
    }

    #[test]
    fn properties_are_read_as_elements_attributes_and_addresses() {
        check(
            "<rdf:Description xmlns:p='http://ns.useplus.org/ldf/xmp/1.0/' xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' \
             photoshop:Credit='Wire-A'><p:DataMining rdf:resource='http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED'/>\
             <p:OtherConstraints>None &amp; all</p:OtherConstraints></rdf:Description>",
            &[
                ("photoshop:credit", "Wire-A"),
                ("plus:datamining", "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"),
                ("plus:otherconstraints", "None & all"),
            ],
        );
    }

    #[test]
    fn lists_give_a_field_each_and_of_several_languages_one_counts() {
        let dc = "xmlns:dc='http://purl.org/dc/elements/1.1/'";
        check(
            &format!(
                "<rdf:Description {dc}><dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li><rdf:li>Ann Example</rdf:li></rdf:Seq></dc:creator></rdf:Description>"
            ),
            &[("dc:creator", "Jane Doe"), ("dc:creator", "Ann Example")],
        );
        check(
            &format!(
                "<rdf:Description {dc}><dc:rights><rdf:Alt><rdf:li xml:lang='de'>Alle</rdf:li><rdf:li xml:lang='en-GB'>All</rdf:li></rdf:Alt></dc:rights></rdf:Description>"
            ),
            &[("dc:rights", "All")],
        );
    }

    #[test]
    fn a_prefix_means_what_its_namespace_says() {
        check("<rdf:Description xmlns:tdm='https://news.example/other/' tdm:reservation='1'/>", &[]);
        let (shown, problems) = fields("<rdf:Description xmlns:tdm='http://www.w3.org/ns/tdmrep#' tdm:reservation='1'/>");
        assert_eq!((shown, problems), (Vec::new(), vec!["xmp-tdm-namespace"]));
    }
}
