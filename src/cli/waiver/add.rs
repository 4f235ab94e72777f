//! `rightscheck waiver add`: one waiver, complete or not at all.

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::WaiverAddArgs;
use crate::cli::saved_run;
use crate::cli::waiver::{Book, next_id, push, tables};
use crate::input::changes;
use crate::input::project::file_name;
use std::io::{BufRead, IsTerminal};
use toml_edit::{Item, value};

pub(super) fn run(args: &WaiverAddArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let book = Book::open(&args.policy.names, session)?;
    let waivers = book.waivers()?;
    check_finding(args, session)?;
    let reason = wanted("reason", args.reason.as_ref(), session)?;
    let note = wanted("note", args.note.as_ref(), session)?;
    let owner = args.owner.clone().or_else(|| changes::author(&session.here));
    let owner = wanted("owner", owner.as_ref(), session)?;
    let expires = wanted("expires", args.expires.as_ref(), session)?;
    let id = args.id.clone().unwrap_or_else(|| next_id(&waivers, session.today.year()));
    let text = |value: &Option<String>| value.as_ref().map(|v| self::value(v.as_str()));
    let mut document = book.document()?;
    push(
        tables(&mut document)?,
        &[
            ("id", Some(value(&id))),
            ("fingerprint", text(&args.fingerprint)),
            ("rule", text(&args.rule)),
            ("path", text(&args.path)),
            ("set", text(&args.set)),
            ("reason", Some(value(reason))),
            ("note", Some(value(note))),
            ("owner", Some(value(&owner))),
            ("approved", text(&args.approved)),
            ("created", Some(day(&session.today.to_string()))),
            ("expires", Some(day(&expires))),
            ("ticket", text(&args.ticket)),
        ],
    );
    book.write(&document, session)?;
    session.print(&format!("appended {id} to {} (owner: {owner})\n", file_name(&book.path)))?;
    Ok(Exit::Clean)
}

/// A date, bare as TOML writes it; else a string: `never`, or what the reader will refuse.
pub(super) fn day(text: &str) -> Item {
    text.parse::<toml_edit::Datetime>().map_or_else(|_| value(text), value)
}

/// Where a run is named, the finding must be in it: a waiver of nothing helps nobody.
fn check_finding(args: &WaiverAddArgs, session: &Session<'_>) -> Result<(), Failure> {
    let (Some(run), Some(print)) = (&args.run, &args.fingerprint) else { return Ok(()) };
    let saved = saved_run::read(&session.here, run)?;
    let there = saved.findings.iter().any(|f| f.fingerprint == *print || f.fingerprint_moved == *print);
    if there { Ok(()) } else { Err(Failure::usage(format!("no finding {print} in {}", run.display()))) }
}

/// What was given, or what somebody at a terminal answers.
fn wanted(what: &str, given: Option<&String>, session: &mut Session<'_>) -> Result<String, Failure> {
    if let Some(given) = given.filter(|g| !g.trim().is_empty()) {
        return Ok(given.clone());
    }
    let missing = || Failure::usage(format!("`--{what}` is missing: a waiver says why, who answers for it and until when"));
    if !std::io::stdin().is_terminal() {
        return Err(missing());
    }
    write!(session.messages, "{what}: ")?;
    session.messages.flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let answer = line.trim().to_owned();
    if answer.is_empty() { Err(missing()) } else { Ok(answer) }
}
