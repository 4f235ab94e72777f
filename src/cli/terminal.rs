//! What the terminal is like, and what is said on standard error.

use crate::cli::args::GlobalArgs;
use crate::cli::args::When;
use crate::input::InputError;
use crate::policy::problem::PolicyProblem;
use crate::report::human::Look;
use crate::report::human::caret;
use crate::report::human::caret::Kind;
use crate::report::human::caret::Spot;
use crate::report::human::caret::Statement;
use crate::report::human::excerpt::Text;
use crate::text::LineIndex;
use std::io;
use std::io::IsTerminal;
use std::io::Write;

/// Columns of what isn't written to a terminal.
pub(crate) const FILE_WIDTH: usize = 100;

/// What both streams are like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    /// How results look.
    pub(crate) out: Look,
    /// How messages look.
    pub(crate) messages: Look,
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,
}

impl Terminal {
    pub(crate) fn new(args: &GlobalArgs, no_color: bool) -> Self {
        let colored = |terminal: bool| match args.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !no_color,
        };
        let out = io::stdout().is_terminal();
        let columns = terminal_size::terminal_size().map_or(FILE_WIDTH, |(w, _)| usize::from(w.0));
        let look = |terminal: bool| Look { color: colored(terminal), width: if terminal { columns } else { FILE_WIDTH }, context: 0 };
        Self { out: look(out), messages: look(io::stderr().is_terminal()), quiet: args.quiet, verbose: args.verbose }
    }
}

/// A file that could not be read, for people.
pub(crate) fn input_error(error: &InputError, name: &str, look: Look) -> String {
    let kind = if error.is_incomplete() { Kind::Error } else { Kind::Warning };
    let message = error.to_string();
    let statement =
        Statement { kind, code: error.code(), message: &message, spots: Vec::new(), name, notes: Vec::new(), help: Some(error.help()) };
    caret::render(&statement, look)
}

/// Problems of a policy, each in its lines.
///
/// `name` turns the name of a file into how the reader reaches it.
pub(crate) fn policy_problems(
    problems: &[PolicyProblem],
    kind: Kind,
    name: &dyn Fn(&str) -> String,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    for problem in problems {
        writeln!(out, "{}\n", policy_problem(problem, kind, &name(&problem.file.name), look))?;
    }
    Ok(())
}

fn policy_problem(problem: &PolicyProblem, kind: Kind, name: &str, look: Look) -> String {
    let lines = LineIndex::new(&problem.file.text);
    let text = Text { name, text: &problem.file.text, lines: &lines };
    let places = std::iter::once(&problem.primary).chain(&problem.related);
    let spots = places.map(|(span, label)| Spot { text, span: span.clone(), label }).collect();
    let statement = Statement {
        kind,
        code: problem.code,
        message: &problem.message,
        spots: if problem.file.text.is_empty() { Vec::new() } else { spots },
        name,
        notes: Vec::new(),
        help: problem.help.as_deref(),
    };
    caret::render(&statement, look)
}
