//! Colours, where they are wanted.

use anstyle::AnsiColor;
use anstyle::Style;

/// What a colour stands for. Nothing is said by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Failures.
    Error,
    /// Warnings.
    Warning,
    /// Notes.
    Note,
    /// What a person must decide.
    Review,
    /// What is right.
    Pass,
    /// What is said in passing.
    Faint,
    /// What to look at first.
    Strong,
}

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint(pub bool);

impl Paint {
    /// `text` in `ink`.
    pub fn ink(self, ink: Ink, text: &str) -> String {
        if !self.0 || text.is_empty() {
            return text.to_owned();
        }
        let style = style(ink);
        format!("{style}{text}{style:#}")
    }
}

fn style(ink: Ink) -> Style {
    match ink {
        Ink::Error => AnsiColor::BrightRed.on_default().bold(),
        Ink::Warning => AnsiColor::Yellow.on_default().bold(),
        Ink::Note => AnsiColor::Green.on_default().bold(),
        Ink::Review => AnsiColor::BrightBlue.on_default().bold(),
        Ink::Pass => AnsiColor::Green.on_default(),
        Ink::Faint => Style::new().dimmed(),
        Ink::Strong => Style::new().bold(),
    }
}
