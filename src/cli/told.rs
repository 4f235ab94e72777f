//! What is said on standard error while documents are read, each thing once.

use crate::cli::policy_source::file_name;
use crate::cli::scan::Trouble;
use crate::cli::terminal;
use crate::cli::terminal::Terminal;
use crate::exceptions::waiver;
use crate::exceptions::waiver::Remark;
use crate::exceptions::waiver::Waiver;
use crate::input::policies;
use crate::input::policies::Loaded;
use crate::input::project::Display;
use crate::policy::Policy;
use crate::policy::problem::PolicyProblem;
use crate::report::human::caret::Kind;
use crate::report::human::tally::plural;
use crate::report::human::visible;
use std::collections::HashSet;
use std::io;
use std::io::Write;
use std::sync::Arc;

/// What was said so far, and what it means for the exit code.
pub(crate) struct Told<'m> {
    messages: &'m mut (dyn Write + Send),
    terminal: Terminal,
    display: Display,
    /// Problems of files that many documents share.
    shared: HashSet<String>,
    /// Policies in order of use.
    pub(crate) used: Vec<Arc<Loaded>>,
    /// Policies that can't be used.
    pub(crate) broken: Vec<Arc<Loaded>>,
    /// Whether something that should have been checked was not.
    pub(crate) incomplete: bool,
    /// Whether anything at all was odd.
    pub(crate) odd: bool,
}

impl<'m> Told<'m> {
    pub(crate) fn new(messages: &'m mut (dyn Write + Send), terminal: Terminal, display: Display) -> Self {
        Self { messages, terminal, display, shared: HashSet::new(), used: Vec::new(), broken: Vec::new(), incomplete: false, odd: false }
    }

    /// Says that something could not be read. `false` if that was said before: many documents share a site file.
    pub(crate) fn trouble(&mut self, trouble: &Trouble, document: Option<&str>) -> io::Result<bool> {
        let record = &trouble.record;
        let is_shared = document.is_some_and(|d| d != record.path);
        if is_shared && !self.shared.insert(format!("{}\u{1f}{}\u{1f}{}", record.path, record.code, record.message)) {
            return Ok(false);
        }
        self.odd = true;
        self.incomplete |= record.incomplete;
        if !trouble.shown.is_empty() && (record.incomplete || !self.terminal.quiet) {
            writeln!(self.messages, "{}\n", trouble.shown)?;
        }
        Ok(true)
    }

    /// How a file of a report is reached from the current folder.
    pub(crate) fn path(&self, name: &str) -> String {
        self.display.path(name)
    }

    /// Notes the policy of a document. `true` the first time.
    pub(crate) fn policy(&mut self, loaded: &Arc<Loaded>) -> io::Result<bool> {
        if self.used.iter().any(|u| Arc::ptr_eq(u, loaded)) {
            return Ok(false);
        }
        if loaded.is_fallback && !self.terminal.quiet {
            writeln!(self.messages, "{}\n", fallback_line())?;
        }
        let twin = self.used.iter().find(|u| same_id(u, loaded)).cloned();
        self.used.push(loaded.clone());
        if let Some(twin) = twin {
            let other = file_name(&twin, &self.display, &twin.name);
            self.problems(&twins(&other, loaded), loaded)?;
            self.broken.push(loaded.clone());
        }
        Ok(true)
    }

    /// Says what is wrong with a policy.
    pub(crate) fn broken(&mut self, loaded: Arc<Loaded>) -> io::Result<()> {
        if self.broken.iter().any(|b| Arc::ptr_eq(b, &loaded)) {
            return Ok(());
        }
        if let Err(problems) = &loaded.policy {
            self.problems(problems, &loaded)?;
        }
        self.broken.push(loaded);
        Ok(())
    }

    /// Says what is wrong with the waivers of a policy.
    pub(crate) fn broken_waivers(&mut self, loaded: &Arc<Loaded>, problems: &[String]) -> io::Result<()> {
        for problem in problems {
            let lines: Vec<String> = problem.lines().map(|l| visible::line(l, 300)).collect();
            writeln!(self.messages, "error[bad-waivers]: {}: {}\n", waiver::FILE, lines.join("\n"))?;
        }
        self.broken.push(loaded.clone());
        Ok(())
    }

    /// Says what is wrong with the baseline of a policy.
    pub(crate) fn broken_baseline(&mut self, loaded: &Arc<Loaded>, problem: &str) -> io::Result<()> {
        let help = "rightscheck baseline create writes one anew";
        writeln!(self.messages, "error[bad-baseline]: {}\n  = help: {help}\n", visible::line(problem, 300))?;
        self.broken.push(loaded.clone());
        Ok(())
    }

    /// Says how many findings of a baseline are there no more, and gives it back for the reports.
    pub(crate) fn fixed(&mut self, count: usize) -> io::Result<Option<String>> {
        if count == 0 {
            return Ok(None);
        }
        let findings = plural(count, "finding of the baseline is", "findings of the baseline are");
        let text = format!("{findings} fixed: rightscheck baseline update takes them out");
        if !self.terminal.quiet {
            writeln!(self.messages, "note: {text}\n")?;
        }
        Ok(Some(text))
    }

    /// Says what became of a waiver, and gives it back for the reports.
    pub(crate) fn waiver(&mut self, waiver: &Waiver, remark: Remark) -> io::Result<String> {
        let (id, owner) = (&waiver.id, &waiver.owner);
        let (level, text) = match remark {
            Remark::Ended(day) => ("warning", format!("waiver {id} of {owner} ended on {day}: what it covered counts again")),
            Remark::EndsSoon(day) => ("note", format!("waiver {id} of {owner} ends on {day}")),
            Remark::Unused => ("warning", format!("waiver {id} of {owner} covers nothing: take it away")),
        };
        if !self.terminal.quiet {
            writeln!(self.messages, "{}\n", visible::line(&format!("{level}: {text}"), 300))?;
        }
        Ok(text)
    }

    fn problems(&mut self, problems: &[PolicyProblem], loaded: &Loaded) -> io::Result<()> {
        let name = |file: &str| file_name(loaded, &self.display, file);
        terminal::policy_problems(problems, Kind::Error, &name, self.terminal.messages, self.messages)
    }
}

fn id(loaded: &Loaded) -> Option<&str> {
    loaded.policy.as_ref().ok().map(|p| p.id.as_str()).filter(|id| !id.is_empty())
}

fn same_id(one: &Loaded, other: &Loaded) -> bool {
    id(one).is_some() && id(one) == id(other)
}

/// Two policies of one name: findings would not say whose rule they are.
fn twins(one: &str, other: &Loaded) -> Vec<PolicyProblem> {
    let file = other.policy.iter().find_map(Policy::own_file);
    let Some((file, id)) = file.zip(id(other)) else { return Vec::new() };
    let at = file.text.find(&format!("\"{id}\"")).map_or(0..0, |at| at..at + id.len() + 2);
    vec![PolicyProblem {
        code: "same-policy-id",
        message: format!("two policies are called `{id}`"),
        file: file.clone(),
        primary: (at, format!("{one} has this name too")),
        related: Vec::new(),
        help: Some("give one of them another `id`, so that a finding says which policy it comes from".to_owned()),
    }]
}

/// What is said once where no policy was found.
fn fallback_line() -> String {
    let name = policies::DEFAULT;
    format!("no rightscheck.toml found: using builtin:{name} (rightscheck policy show builtin:{name})")
}
