//! Code quality of GitLab: a list that it shows beside the lines of a merge request.
//!
//! Form: `docs.gitlab.com/ci/testing/code_quality`, "Code quality report format". Findings that an exception covers are left out, as the
//! form has no word for them.

use crate::report::concise;
use crate::report::json;
use crate::report::record::FindingRecord;
use crate::report::saved::Run;
use serde_json::{Value, json};
use std::io;
use std::io::Write;

/// Writes `run`.
///
/// # Errors
/// Those of `out`.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let open = run.findings.iter().filter(|f| f.is_open());
    json::write(&open.map(issue).collect::<Vec<_>>(), out)?;
    out.write_all(b"\n")
}

fn issue(finding: &FindingRecord) -> Value {
    let (path, line, _) = concise::position(finding);
    json!({
        "description": finding.message,
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": severity(finding),
        "location": { "path": path, "lines": { "begin": line } },
    })
}

fn severity(finding: &FindingRecord) -> &'static str {
    match concise::word(finding) {
        "error" => "major",
        "warning" => "minor",
        _ => "info",
    }
}
