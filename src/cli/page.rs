//! Text for people in paragraphs and two columns.

use crate::cli::terminal::Terminal;
use crate::report::human::paint::Ink;
use crate::report::human::paint::Paint;
use crate::report::human::visible;

/// Columns that text is broken at, whatever the terminal's width: longer lines are hard to read.
const MOST: usize = 100;

/// A page being written.
pub(crate) struct Page {
    text: String,
    width: usize,
    paint: Paint,
}

impl Page {
    pub(crate) fn new(terminal: Terminal) -> Self {
        Self { text: String::new(), width: terminal.out.width.clamp(40, MOST), paint: Paint(terminal.out.color) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A heading, with an empty line before it unless it is the first.
    pub(crate) fn heading(&mut self, what: &str, name: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let head = format!("{what} {}", self.paint.ink(Ink::Strong, &visible::line(name, self.width)));
        self.text.push_str(&head);
        self.text.push('\n');
    }

    /// A paragraph, indented.
    pub(crate) fn paragraph(&mut self, text: &str) {
        for line in visible::wrap(text, self.width - 2) {
            self.line(&format!("  {line}"));
        }
    }

    /// A row: a name, and text that is broken beside it.
    pub(crate) fn row(&mut self, name: &str, columns: usize, text: &str) {
        let safe = visible::visible(name);
        let pad = columns.saturating_sub(visible::width(&safe));
        let head = format!("  {}{:pad$}", self.paint.ink(Ink::Faint, &safe), "");
        let lines = visible::wrap(text, self.width.saturating_sub(columns + 2).max(20));
        for (n, line) in lines.iter().enumerate() {
            if n == 0 {
                self.line(format!("{head} {line}").trim_end());
            } else {
                self.line(&format!("  {:columns$} {line}", ""));
            }
        }
    }

    /// A line as it is; it must be safe for a terminal.
    pub(crate) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}
