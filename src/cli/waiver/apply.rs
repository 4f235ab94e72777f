//! `rightscheck waiver apply`: what was decided in the HTML report becomes waivers, and a list of what is to be mended.

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::WaiverApplyArgs;
use crate::cli::waiver::add::day;
use crate::cli::waiver::{Book, next_id, push, tables};
use crate::exceptions::waiver::{Covers, Waivers};
use crate::input::changes;
use crate::input::policies::read_text;
use crate::input::project::file_name;
use crate::report::human::tally::plural;
use crate::report::human::visible;
use serde::Deserialize;
use toml_edit::value;

/// The file that the report exports.
#[derive(Deserialize)]
struct Decisions {
    schema: u32,
    by: Option<String>,
    #[serde(default)]
    decision: Vec<Decision>,
}

#[derive(Deserialize)]
struct Decision {
    fingerprint: String,
    rule: Option<String>,
    document: Option<String>,
    finding: Option<String>,
    decision: Kind,
    reason: Option<String>,
    note: Option<String>,
    ends: Option<toml::Value>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Fix,
    Waive,
    NotAProblem,
    Ask,
    Later,
}

pub(super) fn run(args: &WaiverApplyArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let file = args.file.display().to_string();
    let text = read_text(&session.here.join(&args.file)).map_err(Failure::usage)?;
    let decisions: Decisions = toml::from_str(&text).map_err(|e| Failure::usage(format!("{file}: {e}")))?;
    if decisions.schema != 1 {
        return Err(Failure::usage(format!("{file}: schema is {}; this version reads 1", decisions.schema)));
    }
    let owner = args.owner.clone().or(decisions.by).or_else(|| changes::author(&session.here));
    let owner = owner.ok_or_else(|| Failure::usage(format!("{file} doesn't say who decided: name the owner with --owner")))?;
    let book = Book::open(&args.policy.names, session)?;
    let mut waivers = book.waivers()?;
    let mut document = book.document()?;
    let (mut added, mut incomplete, mut lines) = (0, Vec::new(), Vec::new());
    for decision in &decisions.decision {
        match decision.decision {
            Kind::Waive | Kind::NotAProblem if is_covered(&waivers, &decision.fingerprint) => {}
            Kind::Waive | Kind::NotAProblem => match waiver(decision) {
                Ok((reason, note, ends)) => {
                    let id = next_id(&waivers, session.today.year());
                    push(
                        tables(&mut document)?,
                        &[
                            ("id", Some(value(&id))),
                            ("fingerprint", Some(value(&decision.fingerprint))),
                            ("reason", Some(value(reason))),
                            ("note", Some(value(note))),
                            ("owner", Some(value(&owner))),
                            ("created", Some(day(&session.today.to_string()))),
                            ("expires", Some(day(&ends))),
                        ],
                    );
                    added += 1;
                    waivers = Waivers::read(&document.to_string(), book.most)
                        .map_err(|p| Failure::usage(format!("nothing was written: {}", p.join("\n  "))))?;
                }
                Err(missing) => incomplete.push(format!("{}: {missing} is missing\n", named(decision))),
            },
            Kind::Fix => lines.push(format!("fix    {}\n", named(decision))),
            Kind::Ask => lines.push(format!("ask    {}{}\n", named(decision), said(decision))),
            Kind::Later => {}
        }
    }
    if added > 0 {
        book.write(&document, session)?;
    }
    let failed = !incomplete.is_empty();
    let head = format!("{}: {} appended (owner: {owner})\n", file_name(&book.path), plural(added, "waiver", "waivers"));
    let incomplete = incomplete.into_iter().map(|l| format!("not applied: {l}"));
    session.print(&std::iter::once(head).chain(incomplete).chain(lines).collect::<String>())?;
    Ok(if failed { Exit::Findings } else { Exit::Clean })
}

/// Reason, note and last day of the waiver that a decision asks for; else what is missing.
fn waiver(decision: &Decision) -> Result<(&str, &str, String), &'static str> {
    let filled = |text: &'_ Option<String>| text.as_ref().is_some_and(|t| !t.trim().is_empty());
    let reason = match decision.decision {
        Kind::NotAProblem => "false-positive",
        _ => decision.reason.as_deref().ok_or("a reason")?,
    };
    let note = decision.note.as_deref().filter(|_| filled(&decision.note)).ok_or("a note")?;
    let ends = decision.ends.as_ref().ok_or("the day it ends")?;
    Ok((reason, note, ends.as_str().map_or_else(|| ends.to_string(), str::to_owned)))
}

fn is_covered(waivers: &Waivers, fingerprint: &str) -> bool {
    waivers.list.iter().any(|w| matches!(&w.covers, Covers::Fingerprint(f) if f == fingerprint))
}

fn named(decision: &Decision) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let words = [decision.fingerprint.clone(), text(&decision.document), text(&decision.rule), text(&decision.finding)];
    visible::line(&words.iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join("  "), 200)
}

fn said(decision: &Decision) -> String {
    decision.note.as_ref().map(|n| format!("  {}", visible::line(n, 200))).unwrap_or_default()
}
