//! The command line.
#![expect(clippy::disallowed_methods, reason = "this is the layer that sees arguments, environment and the current folder")]

mod args;
mod inspect;
mod ordered;

use crate::cli::args::Cli;
use crate::cli::args::Command;
use clap::Parser;
use std::io;
use std::io::Write;
use std::process::ExitCode;

/// How a run ended; the number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything was read and nothing was found that fails the run.
    Clean = 0,
    /// Findings that fail the run.
    Findings = 1,
    /// The command line or a policy can't be used.
    Unusable = 2,
    /// Something that should have been checked was not.
    Incomplete = 3,
}

/// Why a command couldn't do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    /// Set where nobody reads on at the other end of a pipe: no failure, the work just ends.
    closed: bool,
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), closed: false }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { message: error.to_string(), closed: error.kind() == io::ErrorKind::BrokenPipe }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout());
    let mut messages = io::stderr();
    let exit = run(&cli, &mut out, &mut messages).and_then(|exit| {
        out.flush()?;
        Ok(exit)
    });
    let exit = exit.unwrap_or_else(|failure| {
        if failure.closed {
            return Exit::Clean;
        }
        // Where even that can't be written, nobody is left to be told.
        let _ = writeln!(messages, "rightscheck: {}", failure.message);
        Exit::Unusable
    });
    ExitCode::from(exit as u8)
}

fn run(cli: &Cli, out: &mut (dyn Write + Send), messages: &mut (dyn Write + Send)) -> Result<Exit, Failure> {
    let here = std::env::current_dir()?;
    match &cli.command {
        Command::Inspect(args) => inspect::run(args, &here, out, messages),
    }
}
