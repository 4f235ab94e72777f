//! `Header` lines of `.htaccess` files, in `Files` and `FilesMatch` sections.

use crate::document::Problem;
use crate::document::site::headers::HeaderBlock;
use crate::document::site::headers::Pages;
use crate::document::site::headers::field;
use crate::document::site::headers::lines;
use crate::document::site::headers::place;

/// Reads the lines; other sections than those for files are read as if they were not there.
pub(super) fn read(text: &str, problems: &mut Vec<Problem>) -> Vec<HeaderBlock> {
    let mut blocks: Vec<HeaderBlock> = Vec::new();
    let mut open: Vec<Pages> = Vec::new();
    for (start, line) in lines(text) {
        let trimmed = line.trim();
        let lower = trimmed.to_ascii_lowercase();
        if lower.starts_with("</files") {
            open.pop();
        } else if let Some(pages) = section(trimmed, &lower) {
            open.push(pages);
        } else if let Some((name, value)) = set(trimmed) {
            let pages = open.last().cloned().unwrap_or(Pages::All);
            let Some(field) = field(name, value, place(value, line, start), place(trimmed, line, start), problems) else { continue };
            match blocks.last_mut().filter(|b| b.pages == pages) {
                Some(block) => block.fields.push(field),
                None => blocks.push(HeaderBlock { pages, status: None, fields: vec![field] }),
            }
        }
    }
    blocks
}

fn section(line: &str, lower: &str) -> Option<Pages> {
    let matches = lower.starts_with("<filesmatch");
    if !matches && !lower.starts_with("<files") {
        return None;
    }
    let rest = line.split_once(char::is_whitespace)?.1.trim().trim_end_matches('>').trim();
    let (matches, rest) = rest.strip_prefix('~').map_or((matches, rest), |rest| (true, rest.trim()));
    let pattern = unquoted(rest).to_owned();
    Some(if matches { Pages::FileMatch(pattern) } else { Pages::File(pattern) })
}

/// Name and value of a line that sets a field.
fn set(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = next(line)?;
    if !word.eq_ignore_ascii_case("header") {
        return None;
    }
    let (mut action, mut rest) = next(rest)?;
    if ["always", "onsuccess"].iter().any(|w| action.eq_ignore_ascii_case(w)) {
        (action, rest) = next(rest)?;
    }
    if !["set", "append", "add", "merge", "setifempty"].iter().any(|w| action.eq_ignore_ascii_case(w)) {
        return None;
    }
    let (name, value) = next(rest)?;
    Some((unquoted(name).trim_end_matches(':'), argument(value)))
}

fn next(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    Some((word, rest.trim()))
}

/// The first argument: quoted, or up to a blank. What follows is a condition.
fn argument(text: &str) -> &str {
    match text.strip_prefix(['"', '\'']) {
        Some(rest) => rest.split(text.chars().next().unwrap_or('"')).next().unwrap_or(rest),
        None => text.split_whitespace().next().unwrap_or(text),
    }
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}
