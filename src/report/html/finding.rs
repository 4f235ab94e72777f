//! A finding as the report shows it.

use crate::report::html::quotation;
use crate::report::html::quotation::Quotation;
use crate::report::html::words;
use crate::report::html::words::Kind;
use crate::report::record::{FindingRecord, LabelledPlace};

/// A finding with its number in the report.
#[derive(Debug)]
pub(super) struct Shown<'r> {
    pub(super) number: usize,
    pub(super) record: &'r FindingRecord,
    pub(super) kind: Kind,
    /// Index of its document.
    pub(super) document: usize,
    pub(super) quotation: Option<Quotation<'r>>,
    pub(super) notes: Vec<Note<'r>>,
    pub(super) searched: Vec<Searched<'r>>,
}

/// Evidence as a footnote of a finding.
#[derive(Debug)]
pub(super) struct Note<'r> {
    pub(super) number: usize,
    pub(super) label: &'r str,
    /// Absent where the finding's own quotation shows the words.
    pub(super) quotation: Option<Quotation<'r>>,
    pub(super) place: &'r LabelledPlace,
}

/// A place that was searched, and what came of it.
#[derive(Debug)]
pub(super) struct Searched<'r> {
    pub(super) place: &'r str,
    pub(super) result: &'r str,
}

impl<'r> Shown<'r> {
    pub(super) fn new(number: usize, record: &'r FindingRecord, document: usize) -> Self {
        let numbered: Vec<(usize, &LabelledPlace)> = (1..).zip(&record.related).collect();
        let primary = record.primary.as_ref();
        let is_inner = |place: &LabelledPlace| primary.is_some_and(|p| quotation::holds(p, place));
        let inner: Vec<_> = numbered.iter().copied().filter(|(_, p)| is_inner(p)).collect();
        let note = |&(number, place): &(usize, &'r LabelledPlace)| {
            let quotation = (!is_inner(place)).then(|| Quotation::new(place, &[]));
            Note { number, label: &place.label, quotation, place }
        };
        Self {
            number,
            record,
            kind: Kind::of(record),
            document,
            quotation: primary.map(|p| Quotation::new(p, &inner)),
            notes: numbered.iter().map(note).collect(),
            searched: record.searched.iter().map(searched).collect(),
        }
    }

    /// The address of the finding in its page.
    pub(super) fn anchor(&self) -> &'r str {
        &self.record.fingerprint
    }

    /// Line and column of the place to look at.
    pub(super) fn place(&self) -> Option<String> {
        self.record.primary.as_ref().map(|p| format!("{}:{}", p.place.from.line, p.place.from.column))
    }

    /// The file of the place to look at, where it isn't the document itself.
    pub(super) fn other_source(&self) -> Option<&'r str> {
        let source = self.record.primary.as_ref()?.place.source.as_str();
        (source != self.record.document.path).then_some(source)
    }

    /// What there is to see at the place.
    pub(super) fn label(&self) -> &'r str {
        self.record.primary.as_ref().map_or("", |p| &p.label)
    }

    /// The language of the quotation, if it can be one.
    pub(super) fn language(&self) -> Option<&'r str> {
        language(self.record.document.language.as_deref())
    }
}

impl Note<'_> {
    /// File, line and column.
    pub(super) fn place(&self) -> String {
        let place = &self.place.place;
        format!("{}:{}:{}", place.source, place.from.line, place.from.column)
    }
}

/// A language that may stand in an attribute `lang`.
pub(super) fn language(code: Option<&str>) -> Option<&str> {
    code.filter(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_lowercase()))
}

fn searched(searched: &crate::report::record::SearchedRecord) -> Searched<'_> {
    let result = words::searched_result(&searched.result, searched.why.as_deref());
    Searched { place: words::searched_place(&searched.place), result }
}
