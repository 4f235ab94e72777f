//! How far a run is, on standard error, if somebody watches.

use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;
use std::io;
use std::io::IsTerminal;

/// How often a second the line is drawn.
const DRAWN: u8 = 10;

/// A line that counts documents.
pub(crate) struct Counter {
    bar: Option<ProgressBar>,
}

impl Counter {
    /// A counter, shown if it is `wanted` and standard error is a terminal.
    pub(crate) fn new(wanted: bool) -> Self {
        if !wanted || !io::stderr().is_terminal() {
            return Self { bar: None };
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(DRAWN));
        let style = ProgressStyle::with_template("{spinner:.dim} {human_pos} documents  {wide_msg:.dim}");
        Self { bar: Some(bar.with_style(style.expect("the template has no error"))) }
    }

    /// Counts a document.
    pub(crate) fn advance(&mut self, path: &str) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
            bar.set_message(crate::report::human::visible::line(path, 200));
        }
    }

    /// Takes the line away while `write` writes.
    pub(crate) fn pausing<R>(&self, write: impl FnOnce() -> R) -> R {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
