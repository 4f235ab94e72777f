//! The policy that a command without documents is about.

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::terminal;
use crate::input::folder::Folder;
use crate::input::policies::Loaded;
use crate::input::policies::Policies;
use crate::input::project;
use crate::policy::Policy;
use crate::report::human::caret::Kind;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// The policy named by `names`, else the one for documents at `path`, seen from the current folder.
pub(crate) fn of(session: &Session<'_>, names: &[String], path: Option<&Path>) -> Arc<Loaded> {
    let whole = project::absolute(&session.here, path.unwrap_or(Path::new(".")));
    let folder = if whole.is_dir() { whole.clone() } else { whole.parent().map_or(whole.clone(), Path::to_owned) };
    let base = base(&whole, &session.here);
    let policies = if names.is_empty() { Policies::discovered() } else { Policies::named(&session.here, &base, names) };
    policies.of(&Folder::chain(&base, &folder))
}

fn base(whole: &PathBuf, here: &Path) -> PathBuf {
    project::base(std::slice::from_ref(whole)).unwrap_or_else(|| here.to_owned())
}

/// The policy, or its problems on standard error.
pub(crate) fn usable<'l>(loaded: &'l Loaded, session: &mut Session<'_>) -> Result<Result<&'l Policy, Exit>, Failure> {
    match &loaded.policy {
        Ok(policy) => Ok(Ok(policy)),
        Err(problems) => {
            terminal::policy_problems(problems, Kind::Error, session.terminal.messages, session.messages)?;
            Ok(Err(Exit::Unusable))
        }
    }
}
