//! A table of the findings with comma-separated values (RFC 4180).

use crate::report::saved::Run;
use crate::report::table;
use std::io;
use std::io::Write;

/// Writes `run`.
///
/// # Errors
/// Those of `out`.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let table = table::findings(run);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(&table.heads)?;
    for row in &table.rows {
        writer.write_record(row)?;
    }
    writer.flush()
}
