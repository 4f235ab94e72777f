//! Agencies in brackets at the start and the end of the text: `HARBOUR TOWN (AFP) –`, `(dpa/js)`.

use crate::detect::agency_credit::Finder;
use crate::detect::agency_credit::Found;
use crate::detect::agency_credit::wires;
use crate::document::Role;
use crate::terms::Confidence;
use regex::Regex;
use std::sync::LazyLock;

/// A place, perhaps a date, then an agency in brackets.
static DATELINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\p{Lu}\p{Lo}][^()（）]{0,50}?\s?([(（][^()（）]{2,40}[)）])").expect("a fixed pattern"));

/// Brackets at the very start, as in East Asian texts: `（通信社）`, `(場所=通信社)`.
static LEADING: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^([(（【\[][^()（）【】\[\]]{2,40}[)）】\]])").expect("a fixed pattern"));

/// Brackets or strokes at the end: `(AFP)`, `/dpa/`, `[AP]`.
static CLOSING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"([(（\[][^()（）\[\]]{2,40}[)）\]]|/[^/\s]{2,20}/)[.\s]*$").expect("a fixed pattern"));

impl Finder<'_> {
    /// The agency of a dateline at the start of a paragraph.
    pub(super) fn dateline(&self) -> Option<Found> {
        let text = self.block.text.as_str();
        if !matches!(self.block.role, Role::Body | Role::Lead) {
            return None;
        }
        let start = &text[..text.char_indices().nth(100).map_or(text.len(), |(at, _)| at)];
        if !start.contains(['(', '（', '【', '[']) {
            return None;
        }
        let found = LEADING.captures(start).or_else(|| DATELINE.captures(start))?;
        let bracket = found.get(1)?;
        let agencies = wires(bracket.as_str().trim_matches(is_bracket));
        let after = text[bracket.end()..].trim_start();
        let place = &text[..bracket.start()];
        // "Nova Corp (AP) said": without a dash only a short place stands before the bracket.
        let dashed = after.starts_with(['-', '–', '—', ':', '.', ',', '―', '=']);
        let short = place.split_whitespace().count() <= 3;
        if agencies.is_empty() || !(dashed || short && !after.starts_with(char::is_lowercase)) {
            return None;
        }
        let confidence = if dashed { Confidence::High } else { Confidence::Medium };
        Some(Found { agencies: agencies.into_iter().map(|(a, _)| a).collect(), range: bracket.range(), confidence })
    }

    /// The agency in brackets at the end of a paragraph.
    pub(super) fn signed(&self) -> Option<Found> {
        let text = self.block.text.as_str();
        let role = matches!(self.block.role, Role::Body | Role::Aside | Role::Lead);
        if !role
            || text.starts_with('©')
            || !text.trim_end_matches(|c: char| c == '.' || c.is_whitespace()).ends_with([')', '）', ']', '/'])
        {
            return None;
        }
        let from = text.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
        let bracket = CLOSING.captures(&text[from..])?.get(1)?;
        let agencies = wires(bracket.as_str().trim_matches(is_bracket));
        let confidence = agencies.iter().map(|(_, c)| *c).max()?;
        let range = from + bracket.start()..from + bracket.end();
        Some(Found { agencies: agencies.into_iter().map(|(a, _)| a).collect(), range, confidence })
    }
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '/')
}
