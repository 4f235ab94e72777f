//! Reports for people at a terminal.

pub mod caret;
pub mod excerpt;
pub mod finding;
pub mod inspection;
pub mod paint;
pub mod run;
pub mod saved;
pub mod tally;
pub mod visible;

/// How a report for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether it is coloured.
    pub color: bool,
    /// Columns.
    pub width: usize,
    /// Lines shown around each place.
    pub context: u32,
}
