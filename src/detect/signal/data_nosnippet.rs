//! `data-nosnippet`: fragments kept out of results and answers.

use crate::detect::signal::page::Page;
use crate::detect::signal::statement::Statement;
use crate::evidence::Evidence;
use crate::registry::mapping;

/// One statement for the page, at the first fragment: it is not about the document as a whole.
pub(super) fn run(page: &Page<'_>, evidence: &mut Vec<Evidence>) {
    let mut fields = page.fields("data-nosnippet");
    let Some(first) = fields.next() else { return };
    let count = 1 + fields.count();
    let value = if count == 1 { "1 fragment".to_owned() } else { format!("{count} fragments") };
    let statement = Statement::new("data-nosnippet", "attribute", &value, page.place(first.span)).scope("fragment");
    evidence.push(statement.row(mapping::row("robots-meta", "data-nosnippet"), &[]).evidence());
}
