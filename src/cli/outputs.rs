//! Where reports go: standard output, and files that are whole or not there.

use crate::cli::Failure;
use crate::cli::html_pages::HtmlTarget;
use crate::report::Format;
use crate::report::concise;
use crate::report::html::Layout;
use crate::report::html::writer::HtmlWriter;
use crate::report::human::run::HumanWriter;
use crate::report::human::run::Options;
use crate::report::json::JsonWriter;
use crate::report::json::JsonlWriter;
use crate::report::run::{Checked, PolicyRecord, ProblemRecord, RunHead, Summary};
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
    Html(W, Box<HtmlWriter>),
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
            Format::Html => Self::Html(out, Box::new(HtmlWriter::new(head.clone()))),
        })
    }

    pub(crate) fn policy(&mut self, policy: &PolicyRecord) -> io::Result<()> {
        match self {
            Self::Human(human) => human.policy(policy),
            Self::Concise(..) => {}
            Self::Json(json) => json.policy(policy),
            Self::Jsonl(jsonl) => jsonl.policy(policy)?,
            Self::Html(_, html) => html.policy(policy),
        }
        Ok(())
    }

    pub(crate) fn document(&mut self, checked: &Checked) -> io::Result<()> {
        match self {
            Self::Human(human) => human.document(checked),
            Self::Concise(out, path) => checked.findings.iter().try_for_each(|f| writeln!(out, "{}", concise::line(f, path, CONCISE_LINE))),
            Self::Json(json) => json.document(checked),
            Self::Jsonl(jsonl) => jsonl.document(checked),
            Self::Html(_, html) => {
                html.document(checked);
                Ok(())
            }
        }
    }

    pub(crate) fn problem(&mut self, problem: &ProblemRecord) -> io::Result<()> {
        match self {
            // People are told on standard error, and in the tally.
            Self::Human(_) | Self::Concise(..) => {}
            Self::Json(json) => json.problem(problem),
            Self::Jsonl(jsonl) => jsonl.problem(problem)?,
            Self::Html(_, html) => html.problem(problem),
        }
        Ok(())
    }

    pub(crate) fn finish(self, summary: &Summary) -> io::Result<W> {
        let mut out = match self {
            Self::Human(human) => human.finish(summary)?,
            Self::Concise(out, _) => out,
            Self::Json(json) => json.finish(summary)?,
            Self::Jsonl(jsonl) => jsonl.finish(summary)?,
            Self::Html(mut out, html) => {
                let report = html.finish(summary, &out.layout()).map_err(io::Error::other)?;
                out.write_all(report.index.as_bytes())?;
                out.pages(&report.files)?;
                out
            }
        };
        out.flush()?;
        Ok(out)
    }
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
