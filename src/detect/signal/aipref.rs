//! `Content-Usage` and `Content-Signal` as header fields. In robots.txt they are read with its groups.

use crate::detect::signal::page::Header;
use crate::detect::signal::page::Page;
use crate::detect::signal::statement::Statement;
use crate::document::site::aipref;
use crate::document::site::content_signal;
use crate::evidence::Evidence;
use crate::registry::mapping;

pub(super) fn run(page: &Page<'_>, evidence: &mut Vec<Evidence>) {
    // Several lines of one field are one dictionary (RFC 9651, 4.2).
    let lines: Vec<Header<'_>> = page.headers("content-usage").collect();
    if let Some(first) = lines.first() {
        let value = lines.iter().map(|l| l.value).collect::<Vec<_>>().join(", ");
        let statement = Statement::new("aipref", "header", &value, first.place.clone()).sure(first.confidence);
        evidence.push(usage(statement, &value).evidence());
    }
    for header in page.headers("content-signal") {
        let statement = Statement::new("content-signal", "header", header.value, header.place.clone()).sure(header.confidence);
        evidence.push(signals(statement, header.value).evidence());
    }
}

/// Adds what the preferences in `value` say. Unknown labels and values say nothing.
pub(super) fn usage(mut statement: Statement, value: &str) -> Statement {
    for key in aipref::parse(value).unwrap_or_default().iter().filter_map(aipref::Preference::row) {
        if let Some(row) = mapping::find("aipref", &key) {
            statement = statement.row(row, &[]);
        }
    }
    statement
}

/// Adds what the signals in `value` say.
pub(super) fn signals(mut statement: Statement, value: &str) -> Statement {
    for key in content_signal::parse(value).filter_map(|s| s.row()) {
        if let Some(row) = mapping::find("content-signal", &key) {
            statement = statement.row(row, &[]);
        }
    }
    statement
}
