//! The command line.

use crate::detect::reading::{ReadSource, Reading};
use crate::lexicon::Lexicon;
use crate::source::{Origin, Source};
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

/// Temporary: `inspect … FOLDER` as JSON lines, until the real command line is written.
#[expect(clippy::disallowed_methods, clippy::disallowed_macros, clippy::unwrap_used, reason = "replaced by the real command line")]
pub fn main() -> ExitCode {
    let path = std::env::args().next_back().unwrap();
    let mut files: Vec<_> =
        walkdir::WalkDir::new(&path).into_iter().flatten().filter(|e| e.file_type().is_file()).map(|e| e.into_path()).collect();
    files.sort();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for file in files {
        let mut bytes = std::fs::read(&file).unwrap();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut plain).unwrap();
            bytes = plain;
        }
        let read = ReadSource::new(Source::new(Origin::path(file.to_string_lossy()), bytes));
        let reading = Reading::new(&read, &[], Lexicon::builtin());
        let facts = crate::detect::detect(&reading);
        let rights = crate::rights::resolve(&reading, &facts);
        serde_json::to_writer(&mut out, &crate::report::inspection::inspection(&reading, &facts, &rights)).unwrap();
        writeln!(out).unwrap();
    }
    ExitCode::SUCCESS
}
