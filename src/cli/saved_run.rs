//! Saved runs that commands are given.

use crate::cli::Failure;
use crate::input::read;
use crate::input::select;
use crate::report::saved::Run;
use std::path::Path;

/// The run that `file`, seen from `here`, holds.
pub(crate) fn read(here: &Path, file: &Path) -> Result<Run, Failure> {
    let name = file.to_string_lossy();
    let failed = |why: String| Failure::usage(format!("{name} is no saved run: {why} (check --output json=FILE saves one)"));
    let bytes = read::file(&here.join(file), &name, select::LARGEST_MAX_SIZE).map_err(|e| Failure::usage(e.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| failed("it isn't text in UTF-8".to_owned()))?;
    Run::read(&text).map_err(|e| failed(e.to_string()))
}
