//! `rightscheck policy`: what is wrong or weak about policies, and how they are written.

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::PolicyCommand;
use crate::cli::policy_source::InForce;
use crate::cli::terminal;
use crate::cli::values;
use crate::input::policies::BUILTIN;
use crate::policy;
use crate::report::human::caret::Kind;
use std::io::Write;

/// Runs `command`.
pub(crate) fn run(command: &PolicyCommand, session: &mut Session<'_>) -> Result<Exit, Failure> {
    match command {
        PolicyCommand::Check { policies, strict } => check(policies, *strict, session),
        PolicyCommand::Show { policy: None } => names(session),
        PolicyCommand::Show { policy: Some(name) } => show(name, session),
    }
}

/// Problems make the exit code 2, weaknesses with `--strict` 1.
fn check(names: &[String], strict: bool, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let each: Vec<&[String]> = if names.is_empty() { vec![&[]] } else { names.chunks(1).collect() };
    let mut exit = Exit::Clean;
    let mut out = session.out();
    for names in each {
        let in_force = InForce::of(session, names, None);
        let loaded = &in_force.loaded;
        let (kind, problems) = match &loaded.policy {
            Err(problems) => (Kind::Error, problems.clone()),
            Ok(policy) => (Kind::Warning, policy.weaknesses()),
        };
        terminal::policy_problems(&problems, kind, &|n| in_force.file(n), session.terminal.out, &mut *out)?;
        writeln!(out, "{}", verdict(&in_force, problems.len()))?;
        exit = match (&loaded.policy, exit) {
            (Err(_), _) | (_, Exit::Unusable) => Exit::Unusable,
            (Ok(_), Exit::Clean) if strict && !problems.is_empty() => Exit::Findings,
            _ => exit,
        };
    }
    out.flush()?;
    Ok(exit)
}

fn verdict(in_force: &InForce, count: usize) -> String {
    let name = in_force.file(&in_force.loaded.name);
    match (&in_force.loaded.policy, count) {
        (Ok(policy), 0) => format!("{name}: {} rules, no problem, no weakness", policy.rules.len()),
        (Ok(policy), 1) => format!("{name}: {} rules, no problem, 1 weakness", policy.rules.len()),
        (Ok(policy), n) => format!("{name}: {} rules, no problem, {n} weaknesses", policy.rules.len()),
        (Err(_), 1) => format!("{name}: 1 problem"),
        (Err(_), n) => format!("{name}: {n} problems"),
    }
}

/// The names of the built-in policies.
fn names(session: &Session<'_>) -> Result<Exit, Failure> {
    let mut out = session.out();
    for name in policy::builtin_names() {
        let title = policy::Policy::builtin(name).map(|p| p.name).unwrap_or_default();
        writeln!(out, "{:28} {title}", format!("{BUILTIN}{name}"))?;
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// A policy as it is written, with nothing added: what is shown can be copied.
fn show(name: &str, session: &Session<'_>) -> Result<Exit, Failure> {
    let text = match name.strip_prefix(BUILTIN) {
        Some(builtin) => policy::builtin_file(builtin).map(|f| f.text).ok_or_else(|| {
            let near = values::near(builtin, policy::builtin_names()).map(|n| format!("; did you mean `{BUILTIN}{n}`?"));
            Failure::usage(format!("no built-in policy `{builtin}`{}", near.unwrap_or_default()))
        })?,
        None => {
            let loaded = InForce::of(session, &[name.to_owned()], None).loaded;
            let file = match &loaded.policy {
                Ok(policy) => policy.own_file().cloned(),
                Err(problems) => problems.iter().map(|p| p.file.clone()).find(|f| f.name == loaded.name),
            };
            let file = file.filter(|f| !f.text.is_empty());
            file.map(|f| f.text.clone()).ok_or_else(|| Failure::usage(format!("cannot read {name}; built-in policies are builtin:NAME")))?
        }
    };
    session.print(&text)?;
    Ok(Exit::Clean)
}
