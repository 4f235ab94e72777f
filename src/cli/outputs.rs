//! Where reports go: standard output, and files that are whole or not there.

use crate::cli::Failure;
use crate::cli::html_pages::HtmlTarget;
use crate::report::Format;
use crate::report::concise;
use crate::report::html;
use crate::report::html::Layout;
use crate::report::human::run::HumanWriter;
use crate::report::human::run::Options;
use crate::report::json::JsonWriter;
use crate::report::json::JsonlWriter;
use crate::report::run::{Checked, PolicyRecord, ProblemRecord, RunHead};
use crate::report::saved::Run;
use crate::report::{csv, github, gitlab, junit, markdown, sarif, xlsx};
use std::fs;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use tempfile::NamedTempFile;

/// Characters of a line of the concise form.
const CONCISE_LINE: usize = 300;

/// Turns names in reports into how their reader reaches the files.
pub(crate) type PathName = Box<dyn Fn(&str) -> String + Send>;

/// A report that is being written.
pub(crate) enum Report<W: Target> {
    Human(Box<HumanWriter<W>>),
    Concise(W, PathName),
    Json(JsonWriter<W>),
    Jsonl(JsonlWriter<W>),
    /// Made from the whole run at its end.
    Whole(Format, W),
}

/// What a report is written to.
pub(crate) trait Target: Write {
    /// How an HTML report is to be laid out there.
    fn layout(&self) -> Layout {
        Layout::default()
    }

    /// Writes the pages that stand beside an HTML report.
    fn pages(&mut self, _files: &[(String, String)]) -> io::Result<()> {
        Ok(())
    }
}

/// Standard output takes one page.
impl Target for Box<dyn Write + Send> {}

impl<W: Target> Report<W> {
    pub(crate) fn new(format: Format, out: W, head: &RunHead, options: Options, path: PathName) -> io::Result<Self> {
        Ok(match format {
            Format::Human => Self::Human(Box::new(HumanWriter::new(out, head.clone(), options, path))),
            Format::Concise => Self::Concise(out, path),
            Format::Json => Self::Json(JsonWriter::new(out, head)?),
            Format::Jsonl => Self::Jsonl(JsonlWriter::new(out, head)?),
            whole => Self::Whole(whole, out),
        })
    }

    pub(crate) fn policy(&mut self, policy: &PolicyRecord) -> io::Result<()> {
        match self {
            Self::Human(human) => human.policy(policy),
            Self::Concise(..) | Self::Whole(..) => {}
            Self::Json(json) => json.policy(policy),
            Self::Jsonl(jsonl) => jsonl.policy(policy)?,
        }
        Ok(())
    }

    pub(crate) fn document(&mut self, checked: &Checked) -> io::Result<()> {
        match self {
            Self::Human(human) => human.document(checked),
            Self::Concise(out, path) => checked.findings.iter().try_for_each(|f| writeln!(out, "{}", concise::line(f, path, CONCISE_LINE))),
            Self::Json(json) => json.document(checked),
            Self::Jsonl(jsonl) => jsonl.document(checked),
            Self::Whole(..) => Ok(()),
        }
    }

    pub(crate) fn problem(&mut self, problem: &ProblemRecord) -> io::Result<()> {
        match self {
            // People are told on standard error, and in the tally.
            Self::Human(_) | Self::Concise(..) | Self::Whole(..) => {}
            Self::Json(json) => json.problem(problem),
            Self::Jsonl(jsonl) => jsonl.problem(problem)?,
        }
        Ok(())
    }

    /// Ends the report. `run` is the whole of it where a format needs that, else its summary and policies.
    pub(crate) fn finish(self, run: &Run) -> io::Result<W> {
        let mut out = match self {
            Self::Human(human) => human.finish(&run.summary)?,
            Self::Concise(out, _) => out,
            Self::Json(json) => json.finish(&run.summary)?,
            Self::Jsonl(jsonl) => jsonl.finish(&run.summary)?,
            Self::Whole(format, mut out) => {
                write_whole(format, run, &mut out)?;
                out
            }
        };
        out.flush()?;
        Ok(out)
    }
}

fn write_whole(format: Format, run: &Run, out: &mut impl Target) -> io::Result<()> {
    match format {
        Format::Sarif => sarif::write(run, out),
        Format::Junit => junit::write(run, out),
        Format::Github => github::write(run, out),
        Format::Gitlab => gitlab::write(run, out),
        Format::Markdown => markdown::write(run, out),
        Format::Csv => csv::write(run, out),
        Format::Xlsx => xlsx::write(run, out),
        Format::Html => {
            let report = html::render(run, &out.layout()).map_err(io::Error::other)?;
            out.write_all(report.index.as_bytes())?;
            out.pages(&report.files)
        }
        // These are written while the run goes on.
        Format::Human | Format::Concise | Format::Json | Format::Jsonl => Ok(()),
    }
}

/// Appends the Markdown report to the summary of the job, where annotations are written and there is one.
pub(crate) fn summarise(run: &Run, format: Format, summary: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = summary.filter(|_| format == Format::Github) else { return Ok(()) };
    let written = fs::OpenOptions::new().append(true).create(true).open(path).and_then(|mut file| markdown::write(run, &mut file));
    written.map_err(|e| Failure::usage(format!("cannot write the summary of the job, {}: {e}", path.display())))
}

/// A file that appears under its name when it is whole. Until then, and if the run fails, what stood there stays.
pub(crate) struct WholeFile {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
    /// For an HTML report: where its pages go.
    html: Option<HtmlTarget>,
}

impl WholeFile {
    /// Begins the report in `format` at `path`, seen from `here`.
    pub(crate) fn of(format: Format, here: &Path, path: &Path) -> Result<Self, Failure> {
        if format != Format::Html {
            return Self::new(here, path);
        }
        let target = HtmlTarget::new(&here.join(path));
        target.prepare()?;
        let index = Self::new(here, &target.index)?;
        Ok(Self { html: Some(target), ..index })
    }

    /// Begins the file at `path`, seen from `here`.
    pub(crate) fn new(here: &Path, path: &Path) -> Result<Self, Failure> {
        let path = here.join(path);
        let folder = path.parent().unwrap_or(here);
        if path.is_dir() {
            return Err(Failure::usage(format!("cannot write {}: it is a folder", path.display())));
        }
        let file = builder().tempfile_in(folder);
        let file = file.map_err(|e| Failure::usage(format!("cannot write {}: {e}", path.display())))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 16, file), path, html: None })
    }

    /// Puts the file in its place.
    pub(crate) fn keep(self) -> Result<(), Failure> {
        let failed = |e: io::Error| Failure::usage(format!("cannot write {}: {e}", self.path.display()));
        let file = self.file.into_inner().map_err(|e| failed(e.into_error()))?;
        if let Some(html) = self.html {
            html.keep().map_err(failed)?;
        }
        file.persist(&self.path).map_err(|e| failed(e.error))?;
        Ok(())
    }
}

/// Reports are for others too: they get the permissions of any new file, not those of a temporary one.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rightscheck-");
    #[cfg(unix)]
    builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Target for WholeFile {
    fn layout(&self) -> Layout {
        self.html.as_ref().map(HtmlTarget::layout).unwrap_or_default()
    }

    fn pages(&mut self, files: &[(String, String)]) -> io::Result<()> {
        self.html.as_mut().map_or(Ok(()), |html| html.write(files))
    }
}
