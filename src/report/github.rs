//! Annotations of GitHub Actions: workflow commands on standard output.
//!
//! Form: "Workflow commands for GitHub Actions". The platform shows ten errors, ten warnings and ten notices of a step: the worst are
//! written, and the last of each kind says how many more there are.

use crate::report::concise;
use crate::report::record::FindingRecord;
use crate::report::saved::Run;
use std::io;
use std::io::Write;

/// How many annotations of a kind the platform shows for a step.
const MOST: usize = 10;

/// Writes `run`.
///
/// # Errors
/// Those of `out`.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    for (command, words) in [("error", &["error"][..]), ("warning", &["warning"]), ("notice", &["review", "note"])] {
        let found: Vec<&FindingRecord> = words.iter().flat_map(|&word| of(run, word)).collect();
        let shown = if found.len() > MOST { MOST - 1 } else { found.len() };
        for finding in &found[..shown] {
            annotation(command, finding, out)?;
        }
        if found.len() > shown {
            let more = found.len() - shown;
            writeln!(
                out,
                "::{command} title=rightscheck::{more} more like these are not shown here%0Athe job summary and the report name them"
            )?;
        }
    }
    Ok(())
}

fn of<'r>(run: &'r Run, word: &'r str) -> impl Iterator<Item = &'r FindingRecord> {
    run.findings.iter().filter(move |f| concise::word(f) == word)
}

fn annotation(command: &str, finding: &FindingRecord, out: &mut dyn Write) -> io::Result<()> {
    let (path, line, column) = concise::position(finding);
    let end = finding.primary.as_ref().map_or(line, |p| p.place.to.line);
    let title = match concise::word(finding) {
        "review" => format!("{} (needs a person)", concise::key(&finding.rule)),
        _ => concise::key(&finding.rule).to_owned(),
    };
    let help = finding.help.as_ref().map(|h| format!("\n{h}")).unwrap_or_default();
    let (path, title, message) = (property(path), property(&title), data(&format!("{}{help}", finding.message)));
    writeln!(out, "::{command} file={path},line={line},endLine={end},col={column},title={title}::{message}")
}

/// Text of a message: what would end the line is written as a code.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text of a property: what parts properties, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_documents_starts_no_command() {
        assert_eq!(data("50 %\n::error::gone"), "50 %25%0A::error::gone");
        assert_eq!(property("a,b:c\n.html"), "a%2Cb%3Ac%0A.html");
    }
}
