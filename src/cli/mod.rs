//! The command line.
#![expect(clippy::disallowed_methods, reason = "this is the layer that sees arguments, environment, clock and the current folder")]

mod args;
mod attempt;
mod baseline;
mod check;
mod explain;
mod html_pages;
mod init;
mod inspect;
mod ordered;
mod outputs;
mod page;
mod policy;
mod policy_source;
mod progress;
mod report;
mod rules;
mod saved_run;
mod scan;
mod schema;
mod terminal;
mod test;
mod told;
mod values;
mod waiver;

use crate::cli::args::Cli;
use crate::cli::args::Command;
use crate::cli::terminal::Terminal;
use clap::CommandFactory;
use clap::FromArgMatches;
use clap::parser::ValueSource;
use std::io;
use std::io::BufWriter;
use std::io::IsTerminal;
use std::io::Write;
use std::path::PathBuf;
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

/// What a command works with besides its arguments.
pub(crate) struct Session<'a> {
    /// The current folder.
    pub(crate) here: PathBuf,
    /// The day, in UTC.
    pub(crate) today: jiff::civil::Date,
    pub(crate) terminal: Terminal,
    /// The file that GitHub Actions shows as the summary of the job.
    pub(crate) job_summary: Option<PathBuf>,
    /// Standard error.
    pub(crate) messages: &'a mut (dyn Write + Send),
}

impl Session<'_> {
    /// Standard output: by lines on a terminal, else in large pieces.
    pub(crate) fn out(&self) -> Box<dyn Write + Send> {
        let out = io::stdout();
        if out.is_terminal() { Box::new(out) } else { Box::new(BufWriter::with_capacity(1 << 16, out)) }
    }

    /// Writes `text` to standard output.
    pub(crate) fn print(&self, text: &str) -> io::Result<()> {
        let mut out = self.out();
        out.write_all(text.as_bytes())?;
        out.flush()
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let mut messages = io::stderr();
    let exit = parse().and_then(|cli| run(cli, &mut messages));
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

fn parse() -> Result<Cli, Failure> {
    let command = command().arg_required_else_help(true);
    let matches = command.get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
    if let Some((name, _)) = matches.subcommand() {
        // Options of `check` before another command would be taken and forgotten.
        let misplaced = |id: &&clap::Id| {
            let global = ["color", "quiet", "verbose"].contains(&id.as_str());
            !global && matches.value_source(id.as_str()) == Some(ValueSource::CommandLine)
        };
        let own: Vec<&clap::Id> = matches.ids().filter(|id| matches.try_contains_id(id.as_str()).is_ok()).collect();
        if let Some(id) = own.into_iter().find(misplaced) {
            return Err(Failure::usage(format!("`{id}` stands before the command `{name}`; write it behind")));
        }
    }
    Ok(cli)
}

/// The command line with the options of `check` at the top level, where help doesn't list them again.
pub(crate) fn command() -> clap::Command {
    let global = ["color", "quiet", "verbose", "help", "version"];
    Cli::command().mut_args(|a| if global.contains(&a.get_id().as_str()) { a } else { a.hide(true) })
}

fn run(cli: Cli, messages: &mut (dyn Write + Send)) -> Result<Exit, Failure> {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let mut session = Session {
        here: std::env::current_dir()?,
        today: jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date(),
        terminal: Terminal::new(&cli.global, no_color),
        job_summary: std::env::var_os("GITHUB_STEP_SUMMARY").filter(|v| !v.is_empty()).map(PathBuf::from),
        messages,
    };
    match cli.command {
        None => check::run(&cli.check, &mut session),
        Some(Command::Check(args)) => check::run(&args, &mut session),
        Some(Command::Init(args)) => init::run(&args, &mut session),
        Some(Command::Inspect(args)) => inspect::run(&args, &mut session),
        Some(Command::Baseline { command }) => baseline::run(&command, &mut session),
        Some(Command::Waiver { command }) => waiver::run(&command, &mut session),
        Some(Command::Report(args)) => report::run(&args, &mut session),
        Some(Command::Explain(args)) => explain::run(&args, &mut session),
        Some(Command::Rules(args)) => rules::run(&args, &mut session),
        Some(Command::Test(args)) => test::run(&args, &mut session),
        Some(Command::Try(args)) => attempt::run(args, &mut session),
        Some(Command::Policy { command }) => policy::run(&command, &mut session),
        Some(Command::Schema { of }) => schema::run(of, &session),
        Some(Command::Completions { shell }) => completions(shell, &session),
        Some(Command::Man { command }) => manual(command.as_deref(), &session),
    }
}

fn completions(shell: clap_complete::Shell, session: &Session<'_>) -> Result<Exit, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut command(), env!("CARGO_PKG_NAME"), &mut bytes);
    session.print(&String::from_utf8_lossy(&bytes))?;
    Ok(Exit::Clean)
}

fn manual(name: Option<&str>, session: &Session<'_>) -> Result<Exit, Failure> {
    let mut whole = command();
    whole.build();
    let page = match name {
        None => whole,
        Some(name) => {
            let found = whole.get_subcommands().find(|c| c.get_name() == name).cloned();
            found.ok_or_else(|| Failure::usage(format!("no command `{name}`")))?
        }
    };
    let mut bytes = Vec::new();
    clap_mangen::Man::new(page).render(&mut bytes)?;
    session.print(&String::from_utf8_lossy(&bytes))?;
    Ok(Exit::Clean)
}
