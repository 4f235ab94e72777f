//! From paths to documents with their policies: what all commands that read documents share.

use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::Progress;
use crate::cli::args::ScanArgs;
use crate::cli::ordered;
use crate::cli::progress::Counter;
use crate::cli::terminal;
use crate::cli::terminal::Terminal;
use crate::document::Problem;
use crate::input::InputError;
use crate::input::bundle::Bundle;
use crate::input::changes::Changes;
use crate::input::folder::Folder;
use crate::input::policies::Loaded;
use crate::input::policies::Policies;
use crate::input::project;
use crate::input::project::Display;
use crate::input::read;
use crate::input::select;
use crate::input::walk::Entry;
use crate::input::walk::Inputs;
use crate::policy::Policy;
use crate::report::human::caret;
use crate::report::human::caret::Kind;
use crate::report::human::caret::Spot;
use crate::report::human::caret::Statement;
use crate::report::human::excerpt::Text;
use crate::report::run::ProblemRecord;
use crate::source::Origin;
use crate::source::Source;
use crate::source::kind;
use std::io;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// The documents of a command.
pub(crate) struct Scan<'a> {
    args: &'a ScanArgs,
    inputs: Inputs,
    stdin: Option<Entry>,
    pub(crate) policies: Policies,
    pub(crate) display: Display,
    terminal: Terminal,
    /// Whether documents are judged, so that one that can't be decoded must be left alone.
    judges: bool,
    /// What changed, where only that is wanted.
    changes: Option<Changes>,
}

/// What came of one path.
pub(crate) enum Step<R> {
    /// A document was read and worked on.
    Document(Box<Worked<R>>),
    /// It could not be read.
    Unread(Trouble),
    /// Its policy can't be used.
    Broken(Arc<Loaded>),
    /// Its policy says that it isn't to be read.
    LeftOut(String),
}

/// A document that was worked on.
pub(crate) struct Worked<R> {
    pub(crate) path: String,
    pub(crate) result: R,
    pub(crate) policy: Arc<Loaded>,
    pub(crate) troubles: Vec<Trouble>,
}

/// Something that could not be read, or not whole.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) record: ProblemRecord,
    /// For people.
    pub(crate) shown: String,
}

impl<'a> Scan<'a> {
    /// `companions`: pictures and site files are documents too.
    pub(crate) fn new(args: &'a ScanArgs, here: &Path, companions: bool, terminal: Terminal) -> Result<Self, Failure> {
        let stdin = stdin_entry(args, here)?;
        let changes = args.changes().map(|since| Changes::of(here, &since)).transpose().map_err(Failure::usage)?;
        // What the next commit would record is read from a copy, with the policies and site files that it would record.
        let paths = if stdin.is_some() { Vec::new() } else { paths(args)? };
        let paths = changes.as_ref().map_or_else(|| paths.clone(), |changes| changed_paths(changes, here, &paths));
        let here = &changes.as_ref().map_or_else(|| here.to_owned(), |c| c.place(here));
        let mut inputs = Inputs::new(here, &paths, args.selection(companions)).map_err(Failure::usage)?;
        if let Some(entry) = &stdin {
            inputs.base = entry.folder.upwards().last().map_or_else(|| here.to_owned(), |f| f.path.clone());
        }
        let policies = match &args.policy[..] {
            [] => Policies::discovered(),
            names => Policies::named(here, &inputs.base, names),
        };
        let display = Display::new(here, &inputs.base);
        Ok(Self { args, inputs, stdin, policies, display, terminal, judges: !companions, changes })
    }

    /// Documents that are all under `policies`.
    pub(crate) fn with_policies(args: &'a ScanArgs, session: &Session<'_>, policies: Policies) -> Result<Self, Failure> {
        Ok(Self { policies, ..Self::new(args, &session.here, false, session.terminal)? })
    }

    /// What is to be read, as reports call it.
    pub(crate) fn names(&self) -> Vec<String> {
        self.stdin.as_ref().map_or_else(|| self.inputs.names(), |e| vec![e.name.clone()])
    }

    /// What is to be read, as it was typed.
    pub(crate) fn typed(&self) -> String {
        let quoted = |p: &PathBuf| {
            let text = p.to_string_lossy();
            if text.contains([' ', '\'', '"', '*', '?', '&', ';', '|', '<', '>', '(', ')', '$', '`', '\\']) {
                format!("'{}'", text.replace('\'', "'\\''"))
            } else {
                text.into_owned()
            }
        };
        let paths: Vec<String> = self.args.paths.iter().map(quoted).collect();
        if paths.is_empty() { ".".to_owned() } else { paths.join(" ") }
    }

    /// Whether every document under a policy is read.
    pub(crate) fn is_whole(&self, loaded: &Loaded) -> bool {
        self.changes.is_none() && self.stdin.is_none() && self.inputs.hold_all_of(&loaded.path)
    }

    /// Whether only changed documents are read: then there may be none.
    pub(crate) fn is_of_changes(&self) -> bool {
        self.changes.is_some()
    }

    /// Whether one document was named, and not a folder of them.
    pub(crate) fn is_single(&self) -> bool {
        self.stdin.is_some() || self.inputs.is_single_file()
    }

    /// Gives every document to `work`, on several threads, and what came of it to `done`, in the order of the documents.
    pub(crate) fn each<R: Send>(
        &self,
        work: impl Fn(&Bundle, &Loaded, &Policy) -> R + Sync,
        mut done: impl FnMut(Step<R>) -> io::Result<()> + Send,
    ) -> io::Result<()> {
        let work = |entry: Result<Entry, InputError>| self.step(entry, &work);
        if let Some(entry) = &self.stdin {
            return done(work(Ok(entry.clone())));
        }
        let threads = if self.is_single() { 1 } else { self.args.threads() };
        let mut counter = Counter::new(self.args.progress == Progress::Auto && !self.is_single() && !self.terminal.quiet);
        let wanted = |entry: &Result<Entry, InputError>| match (&self.changes, entry) {
            (Some(changes), Ok(entry)) => changes.hold(&entry.path),
            _ => true,
        };
        ordered::in_order(threads, self.inputs.entries().filter(wanted), work, |step| {
            counter.advance(match &step {
                Step::Document(worked) => &worked.path,
                _ => "",
            });
            counter.pausing(|| done(step))
        })
    }

    fn step<R>(&self, entry: Result<Entry, InputError>, work: &(impl Fn(&Bundle, &Loaded, &Policy) -> R + Sync)) -> Step<R> {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Step::Unread(self.trouble(&error)),
        };
        let loaded = self.policies.of(&entry.folder);
        let Ok(policy) = &loaded.policy else { return Step::Broken(loaded) };
        if !entry.named && !loaded.takes(&entry.name) {
            return Step::LeftOut(entry.name);
        }
        // Nothing is known to panic. Should something do so after all, it costs one document, not the run.
        match panic::catch_unwind(AssertUnwindSafe(|| self.work(&entry, &loaded, policy, work))) {
            Ok(Ok(worked)) => Step::Document(Box::new(worked)),
            Ok(Err(error)) => Step::Unread(self.trouble(&error)),
            Err(_) => Step::Unread(self.trouble(&InputError::Internal { path: entry.name })),
        }
    }

    fn work<R>(
        &self,
        entry: &Entry,
        loaded: &Arc<Loaded>,
        policy: &Policy,
        work: &impl Fn(&Bundle, &Loaded, &Policy) -> R,
    ) -> Result<Worked<R>, InputError> {
        let limit = self.limit(policy);
        let mut bundle = self.bundle(entry, policy, limit)?;
        if let Some(problem) = bundle.main.source.encoding.problem.as_ref().filter(|_| self.judges && !bundle.main.source.encoding.sound) {
            return Err(InputError::Undecodable { path: entry.name.clone(), problem: problem.clone() });
        }
        let site = loaded.site_files(limit);
        bundle.companions.extend(site.sources.iter().cloned());
        let mut troubles = self.troubles(&bundle);
        troubles.extend(bundle.problems.iter().chain(&site.problems).map(|p| self.trouble(p)));
        Ok(Worked { path: entry.name.clone(), result: work(&bundle, loaded, policy), policy: loaded.clone(), troubles })
    }

    fn limit(&self, policy: &Policy) -> u64 {
        self.args.max_size.or(policy.scan.max_size).unwrap_or(select::DEFAULT_MAX_SIZE).min(select::LARGEST_MAX_SIZE)
    }

    fn bundle(&self, entry: &Entry, policy: &Policy, limit: u64) -> Result<Bundle, InputError> {
        let from_stdin = self.stdin.is_some();
        let bytes = if from_stdin {
            read::stream(io::stdin().lock(), 1 << 16, &entry.name, limit)?
        } else {
            read::file(&entry.path, &entry.name, limit)?
        };
        let headers = if from_stdin { self.args.header.clone() } else { Vec::new() };
        let origin = Origin { path: entry.name.clone(), url: self.args.url.clone().filter(|_| from_stdin) };
        let mut source = Source::with_headers(origin, bytes, headers);
        if let Some(encoding) = policy.scan.encoding.as_ref().filter(|_| source.encoding.reason == "detected") {
            // A document that doesn't say its encoding has the one the policy says: as if a header had said it.
            let headers = vec![("Content-Type".to_owned(), format!("text/plain; charset={encoding}"))];
            let mut told = Source::with_headers(source.origin.clone(), source.bytes().into_owned(), headers);
            (told.kind, told.headers) = (source.kind, source.headers);
            source = told;
        }
        // The text of a PDF isn't read, and what isn't read can't be judged.
        if self.judges && source.kind == kind::Kind::Pdf {
            return Err(InputError::Binary { path: entry.name.clone() });
        }
        Bundle::of(source, entry, limit)
    }

    fn trouble(&self, error: &InputError) -> Trouble {
        let path = self.display.path(error.path());
        let mut record = ProblemRecord::new(error.code(), error.path(), error.to_string(), error.is_incomplete());
        record.help = Some(error.help().to_owned());
        Trouble { record, shown: terminal::input_error(error, &path, self.terminal.messages) }
    }

    /// What the readers of a document and its companions could not make sense of.
    fn troubles(&self, bundle: &Bundle) -> Vec<Trouble> {
        let mut troubles = Vec::new();
        for read in std::iter::once(&bundle.main).chain(bundle.companions.iter().map(AsRef::as_ref)) {
            if let Some(message) = &read.source.encoding.problem {
                let problem =
                    Problem { code: "encoding", message: message.clone(), span: None, loses_content: !read.source.encoding.sound };
                troubles.push(self.reading_trouble(&read.source, &problem));
            }
            troubles.extend(read.document.problems.iter().map(|p| self.reading_trouble(&read.source, p)));
        }
        troubles
    }

    fn reading_trouble(&self, source: &Source, problem: &Problem) -> Trouble {
        let name = self.display.path(&source.origin.path);
        let text = Text { name: &name, text: &source.text, lines: source.lines() };
        let spot = problem.span.map(|span| Spot { text, span: span.range(), label: "" });
        let kind = if problem.loses_content { Kind::Error } else { Kind::Note };
        let spots = spot.into_iter().collect();
        let statement =
            Statement { kind, code: problem.code, message: &problem.message, spots, name: &name, notes: Vec::new(), help: None };
        let record = ProblemRecord::new(problem.code, &source.origin.path, problem.message.clone(), problem.loses_content);
        let wanted = record.incomplete || self.terminal.verbose;
        Trouble { record, shown: if wanted { caret::render(&statement, self.terminal.messages) } else { String::new() } }
    }
}

/// The document on standard input, thought to lie where its name says.
fn stdin_entry(args: &ScanArgs, here: &Path) -> Result<Option<Entry>, Failure> {
    let only_for_stdin =
        [("--stdin-name", args.stdin_name.is_some()), ("--url", args.url.is_some()), ("--header", !args.header.is_empty())];
    if !args.is_stdin() {
        let wrong = only_for_stdin.iter().find(|(_, given)| *given);
        return wrong.map_or(Ok(None), |(flag, _)| {
            Err(Failure::usage(format!("{flag} describes a document from standard input; name `-` as the path")))
        });
    }
    if args.paths.len() > 1 || args.files_from.is_some() {
        return Err(Failure::usage("standard input is one document: `-` can't stand beside other paths"));
    }
    let path = project::absolute(here, Path::new(args.stdin_name.as_deref().unwrap_or("stdin")));
    let folder = path.parent().unwrap_or(&path).to_owned();
    let base = project::base(std::slice::from_ref(&folder)).unwrap_or_else(|| folder.clone());
    Ok(Some(Entry { name: project::name(&base, &path), folder: Folder::chain(&base, &folder), path, named: true }))
}

/// Where `paths` are to be read. What is there, but not in the copy of staged files, has not changed.
fn changed_paths(changes: &Changes, here: &Path, paths: &[PathBuf]) -> Vec<PathBuf> {
    let whole = paths.iter().map(|p| project::absolute(here, p));
    whole.map(|p| (changes.place(&p), p)).filter(|(place, p)| place.exists() || !p.exists()).map(|(place, _)| place).collect()
}

/// The paths named on the command line and in a list; the current folder if there are none.
fn paths(args: &ScanArgs) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = args.paths.clone();
    match &args.files_from {
        Some(list) => {
            let name = list.to_string_lossy();
            let bytes = if *name == *"-" {
                read::stream(io::stdin().lock(), 1 << 16, "the list on standard input", select::LARGEST_MAX_SIZE)
            } else {
                read::file(list, &name, select::LARGEST_MAX_SIZE)
            };
            let bytes = bytes.map_err(|e| Failure::usage(format!("--files-from: {e}")))?;
            let text = String::from_utf8_lossy(&bytes);
            let lines = text.split(if args.null { '\0' } else { '\n' });
            paths.extend(lines.map(|l| if args.null { l } else { l.trim_end_matches('\r') }).filter(|l| !l.is_empty()).map(PathBuf::from));
        }
        None if paths.is_empty() => paths.push(PathBuf::from(".")),
        None => {}
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::human::Look;

    #[test]
    fn a_panic_costs_one_document_and_not_the_run() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt", "c.txt"] {
            std::fs::write(folder.path().join(name), "Harbour closed\n").unwrap();
        }
        let look = Look { color: false, width: 80, context: 0 };
        let terminal = Terminal { out: look, messages: look, quiet: false, verbose: false };
        for threads in [1, 2] {
            let args = ScanArgs { threads: Some(threads), ..ScanArgs::default() };
            let scan = Scan::new(&args, folder.path(), false, terminal).unwrap();
            let mut seen = Vec::new();
            let work = |bundle: &Bundle, _: &Loaded, _: &Policy| {
                assert_ne!(bundle.main.source.origin.path, "b.txt", "a bug of ours");
            };
            scan.each(work, |step| {
                seen.push(match step {
                    Step::Document(worked) => worked.path,
                    Step::Unread(trouble) => format!("{}: {}", trouble.record.code, trouble.record.path),
                    Step::Broken(_) | Step::LeftOut(_) => "?".to_owned(),
                });
                Ok(())
            })
            .unwrap();
            assert_eq!(seen, ["a.txt", "internal-error: b.txt", "c.txt"], "{threads} threads");
        }
    }
}
