//! The policy that a command without documents is about.

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::terminal;
use crate::input::folder::Folder;
use crate::input::policies::Loaded;
use crate::input::policies::Policies;
use crate::input::project;
use crate::input::project::Display;
use crate::policy::Policy;
use crate::report::human::caret::Kind;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// A policy, and how its files are called from the current folder.
pub(crate) struct InForce {
    pub(crate) loaded: Arc<Loaded>,
    pub(crate) display: Display,
}

impl InForce {
    /// The policy named by `names`, else the one for documents at `path`, seen from the current folder.
    pub(crate) fn of(session: &Session<'_>, names: &[String], path: Option<&Path>) -> Self {
        let whole = project::absolute(&session.here, path.unwrap_or(Path::new(".")));
        let folder = if whole.is_dir() { whole.clone() } else { whole.parent().map_or(whole.clone(), Path::to_owned) };
        let base = base(&whole, &session.here);
        let policies = if names.is_empty() { Policies::discovered() } else { Policies::named(&session.here, &base, names) };
        Self { loaded: policies.of(&Folder::chain(&base, &folder)), display: Display::new(&session.here, &base) }
    }

    /// The policy, or its problems on standard error.
    pub(crate) fn usable(&self, session: &mut Session<'_>) -> Result<Result<&Policy, Exit>, Failure> {
        match &self.loaded.policy {
            Ok(policy) => Ok(Ok(policy)),
            Err(problems) => {
                let name = |file: &str| self.file(file);
                terminal::policy_problems(problems, Kind::Error, &name, session.terminal.messages, session.messages)?;
                Ok(Err(Exit::Unusable))
            }
        }
    }

    /// How a file of the policy is reached from the current folder.
    pub(crate) fn file(&self, name: &str) -> String {
        file_name(&self.loaded, &self.display, name)
    }
}

/// How a file of a policy is reached from the current folder. Files of a policy that was named are called as they were named.
pub(crate) fn file_name(loaded: &Loaded, display: &Display, name: &str) -> String {
    if loaded.is_found && !name.starts_with(crate::input::policies::BUILTIN) { display.path(name) } else { name.to_owned() }
}

fn base(whole: &PathBuf, here: &Path) -> PathBuf {
    project::base(std::slice::from_ref(whole)).unwrap_or_else(|| here.to_owned())
}
