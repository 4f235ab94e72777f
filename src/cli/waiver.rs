//! `rightscheck waiver`: the waivers beside a policy, added, listed, checked and taken away without touching the rest of their file.

mod add;
mod apply;

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::WaiverCommand;
use crate::cli::outputs::WholeFile;
use crate::cli::policy_source::InForce;
use crate::exceptions::waiver;
use crate::exceptions::waiver::{Covers, Remark, Waiver, Waivers};
use crate::input::policies::read_text;
use crate::report::human::tally::plural;
use crate::report::human::visible;
use std::io::Write;
use std::path::PathBuf;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

pub(crate) fn run(command: &WaiverCommand, session: &mut Session<'_>) -> Result<Exit, Failure> {
    match command {
        WaiverCommand::Add(args) => add::run(args, session),
        WaiverCommand::Apply(args) => apply::run(args, session),
        WaiverCommand::List { reason, policy } => list(reason.as_deref(), &policy.names, session),
        WaiverCommand::Check { policy } => check(&policy.names, session),
        WaiverCommand::Prune { policy } => prune(&policy.names, session),
    }
}

/// The file of waivers of the policy in force.
struct Book {
    path: PathBuf,
    text: String,
    /// How many days a waiver lasts at most.
    most: i32,
}

impl Book {
    /// Opens the file beside the policy named by `policy`, else beside the nearest; a file that isn't there is empty.
    fn open(policy: &[String], session: &Session<'_>) -> Result<Self, Failure> {
        let in_force = InForce::of(session, policy, None);
        let none =
            || Failure::usage("waivers stand beside a policy, and there is none here: write one (rightscheck init) or name it (--policy)");
        let path = in_force.loaded.waivers_at().ok_or_else(none)?.to_owned();
        let text = if path.exists() { read_text(&path).map_err(Failure::usage)? } else { String::new() };
        Ok(Self { path, text, most: in_force.loaded.waiver_max_days() })
    }

    /// Its waivers.
    fn waivers(&self) -> Result<Waivers, Failure> {
        if self.text.trim().is_empty() {
            return Ok(Waivers::default());
        }
        Waivers::read(&self.text, self.most).map_err(|problems| Failure::usage(format!("{}: {}", waiver::FILE, problems.join("\n  "))))
    }

    /// The file for editing; comments and order stay.
    fn document(&self) -> Result<DocumentMut, Failure> {
        let mut document: DocumentMut = self.text.parse().map_err(|e| Failure::usage(format!("{}: {e}", waiver::FILE)))?;
        if document.get("schema").is_none() {
            document["schema"] = toml_edit::value(1);
        }
        Ok(document)
    }

    /// Writes `document`, if its waivers are complete.
    fn write(&self, document: &DocumentMut, session: &Session<'_>) -> Result<(), Failure> {
        let text = document.to_string();
        Waivers::read(&text, self.most).map_err(|problems| Failure::usage(format!("nothing was written: {}", problems.join("\n  "))))?;
        let mut file = WholeFile::new(&session.here, &self.path)?;
        file.write_all(text.as_bytes())?;
        file.keep()
    }
}

/// The list of waivers of a document, made where there is none.
fn tables(document: &mut DocumentMut) -> Result<&mut ArrayOfTables, Failure> {
    let list = document.entry("waiver").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    list.as_array_of_tables_mut().ok_or_else(|| Failure::usage(format!("{}: `waiver` is no list of tables", waiver::FILE)))
}

/// A name that no waiver has: the year and the next number.
fn next_id(waivers: &Waivers, year: i16) -> String {
    let prefix = format!("W-{year}-");
    let numbers = waivers.list.iter().filter_map(|w| w.id.strip_prefix(&prefix)?.parse::<u32>().ok());
    format!("{prefix}{:03}", numbers.max().unwrap_or(0) + 1)
}

/// Adds a waiver with these keys, those without a value left out.
fn push(list: &mut ArrayOfTables, keys: &[(&str, Option<Item>)]) {
    let mut table = Table::new();
    for (key, value) in keys {
        if let Some(value) = value {
            table.insert(key, value.clone());
        }
    }
    table.decor_mut().set_prefix("\n");
    list.push(table);
}

fn list(reason: Option<&str>, policy: &[String], session: &mut Session<'_>) -> Result<Exit, Failure> {
    if let Some(unknown) = reason.filter(|r| !waiver::REASONS.contains(r)) {
        return Err(Failure::usage(format!("`{unknown}` is no reason; reasons are {}", waiver::REASONS.join(", "))));
    }
    let waivers = Book::open(policy, session)?.waivers()?;
    let wanted: Vec<&Waiver> = waivers.list.iter().filter(|w| reason.is_none_or(|r| w.reason == r)).collect();
    let mut text = format!("{}: {}\n", waiver::FILE, plural(wanted.len(), "waiver", "waivers"));
    for waiver in wanted {
        let end = waiver.expires.map_or_else(|| "never ends".to_owned(), |day| format!("until {day}"));
        let state = match waiver.time_left(session.today) {
            Some(Remark::Ended(_)) => ", ended",
            Some(Remark::EndsSoon(_)) => ", ends soon",
            _ => "",
        };
        let covers = match &waiver.covers {
            Covers::Fingerprint(name) => name.clone(),
            Covers::Rule { rule, place } => format!("{rule} in {place}"),
        };
        let lines = [
            format!("{}  {covers}  {end}{state}", waiver.id),
            format!("  {}: {}", waiver.reason, waiver.note),
            format!("  {}{}", waiver.owner, waiver.approved.as_ref().map(|by| format!(", approved by {by}")).unwrap_or_default()),
        ];
        text.push('\n');
        lines.iter().for_each(|l| text.push_str(&format!("{}\n", visible::line(l, 200))));
    }
    session.print(&text)?;
    Ok(Exit::Clean)
}

/// Says what is wrong with the file, which waivers have ended, and which end soon. Ended ones fail.
fn check(policy: &[String], session: &mut Session<'_>) -> Result<Exit, Failure> {
    let waivers = Book::open(policy, session)?.waivers()?;
    let mut text = String::new();
    let mut exit = Exit::Clean;
    for waiver in &waivers.list {
        match waiver.time_left(session.today) {
            Some(Remark::Ended(day)) => {
                exit = Exit::Findings;
                text.push_str(&format!("{} of {} ended on {day}\n", waiver.id, waiver.owner));
            }
            Some(Remark::EndsSoon(day)) => text.push_str(&format!("{} of {} ends on {day}\n", waiver.id, waiver.owner)),
            _ => {}
        }
    }
    text.push_str(&format!("{}: {}, complete\n", waiver::FILE, plural(waivers.list.len(), "waiver", "waivers")));
    session.print(&text)?;
    Ok(exit)
}

/// Takes away the waivers that have ended.
fn prune(policy: &[String], session: &mut Session<'_>) -> Result<Exit, Failure> {
    let book = Book::open(policy, session)?;
    let waivers = book.waivers()?;
    let ended: Vec<&str> = waivers.list.iter().filter(|w| w.is_ended(session.today)).map(|w| w.id.as_str()).collect();
    if !ended.is_empty() {
        let mut document = book.document()?;
        tables(&mut document)?.retain(|table| !table.get("id").and_then(Item::as_str).is_some_and(|id| ended.contains(&id)));
        book.write(&document, session)?;
    }
    session.print(&format!(
        "{} taken away{}\n",
        plural(ended.len(), "waiver", "waivers"),
        if ended.is_empty() { String::new() } else { format!(": {}", ended.join(", ")) }
    ))?;
    Ok(Exit::Clean)
}
