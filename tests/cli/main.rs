//! The program from the outside: commands, exit codes, formats, messages.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests lay out files and read what was written")]

mod allowances;
mod bad_input;
mod baseline;
mod changes;
mod check;
mod commands;
mod companions;
mod formats;
mod html;
mod input;
mod inspect;
mod limits;
mod policies;
mod reports;
mod run;
mod schemas;
mod setup;
mod stable;
mod waivers;
