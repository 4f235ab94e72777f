//! A workbook (ECMA-376): findings, what documents allow, exceptions, what could not be read.

use crate::report::saved::Run;
use crate::report::table;
use crate::report::table::Table;
use rust_xlsxwriter::{Color, DocProperties, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError};
use std::io;
use std::io::Write;

/// Columns are as wide as their longest value, in characters, within these.
const WIDTHS: std::ops::RangeInclusive<usize> = 9..=60;

/// Rows of a sheet under its head: Excel's limit.
const ROWS: usize = 1_048_575;

/// Writes `run`.
///
/// # Errors
/// Those of `out`.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(run).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(run: &Run) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same run makes the same file: no clock.
    let day = rust_xlsxwriter::ExcelDateTime::parse_from_str(&run.head.as_of).unwrap_or_default();
    book.set_properties(&DocProperties::new().set_title("Rights report").set_creation_datetime(&day));
    let uses = table::uses(run);
    sheet(&mut book, "Findings", &table::findings(run), Some(&uses))?;
    sheet(&mut book, "Documents and uses", &uses, None)?;
    sheet(&mut book, "Exceptions", &table::exceptions(run), None)?;
    if !run.problems.is_empty() {
        sheet(&mut book, "Not read", &table::problems(run), None)?;
    }
    book.save_to_buffer()
}

/// Adds a sheet; where `uses` is given, documents link to their row there.
fn sheet(book: &mut Workbook, name: &str, table: &Table, uses: Option<&Table>) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00e8_edf2)).set_align(FormatAlign::Top);
    let plain = Format::new().set_align(FormatAlign::Top);
    let wrapped = plain.clone().set_text_wrap();
    for (column, title) in (0..).zip(&table.heads) {
        sheet.write_string_with_format(0, column, *title, &head)?;
        sheet.set_column_width(column, width(table, usize::from(column)) as f64)?;
    }
    let targets = uses.map(|u| rows_of(u)).unwrap_or_default();
    for (row, cells) in (1..).zip(table.rows.iter().take(ROWS)) {
        for (column, cell) in (0..).zip(cells) {
            let wide = cell.chars().count() > *WIDTHS.end();
            sheet.write_string_with_format(row, column, cell, if wide { &wrapped } else { &plain })?;
        }
        link(sheet, row, cells, &table.heads, &targets)?;
    }
    sheet.autofilter(0, 0, table.rows.len().min(ROWS) as u32, table.heads.len().saturating_sub(1) as u16)?;
    Ok(())
}

fn width(table: &Table, column: usize) -> usize {
    let cells = table.rows.iter().take(200).map(|r| r[column].chars().count());
    (cells.chain([table.heads[column].len()]).max().unwrap_or(0) + 2).clamp(*WIDTHS.start(), *WIDTHS.end())
}

/// The row of each document in the table of uses.
fn rows_of(uses: &Table) -> std::collections::HashMap<&str, usize> {
    (2..).zip(&uses.rows).map(|(row, cells)| (cells[0].as_str(), row)).collect()
}

/// Excel takes so many links in a sheet.
const LINKS: u32 = 65_000;

fn link(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[String],
    heads: &[&str],
    targets: &std::collections::HashMap<&str, usize>,
) -> Result<(), XlsxError> {
    let Some(column) = heads.iter().position(|h| *h == "document") else { return Ok(()) };
    let Some(target) = targets.get(cells[column].as_str()).filter(|_| row < LINKS) else { return Ok(()) };
    let url = Url::new(format!("internal:'Documents and uses'!A{target}")).set_text(&cells[column]);
    sheet.write_url(row, column as u16, url)?;
    Ok(())
}
