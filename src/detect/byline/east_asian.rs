//! Bylines in Chinese, Japanese and Korean, where names have no capitals and roles often follow them.

use crate::detect::byline::line::Byline;
use crate::detect::byline::line::LineReader;
use crate::detect::person::Name;
use crate::detect::person::NameKind;
use crate::lexicon::concept::Concept;
use crate::text::Folded;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\w.+-]+@[\w.-]+|https?://\S+|@\w+").expect("a fixed pattern"));

/// What stands at a place of the line that is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    /// A mark, a date, an address.
    Cut,
    /// "作者：" before a name.
    Author,
    /// "写真・" before a name that wrote nothing.
    Other,
    /// "記者", "기자": before or after a name.
    Role,
}

/// A stretch of text between two events.
#[derive(Debug, Clone)]
struct Run {
    range: Range<usize>,
    before: Event,
    after: Event,
}

/// Whether any character is of an East Asian script.
pub(super) fn occurs(text: &str) -> bool {
    text.chars().any(is_eastern)
}

/// Reads `text` if it is written in an East Asian script; nothing otherwise.
pub(super) fn read(reader: &LineReader<'_>, text: &str) -> Option<Byline> {
    let eastern = if text.is_ascii() { 0 } else { text.chars().filter(|&c| is_eastern(c)).count() };
    if eastern < 2 {
        return None;
    }
    let addresses: usize = ADDRESS.find_iter(text).map(|m| m.as_str().chars().filter(|c| c.is_alphabetic()).count()).sum();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count() - addresses;
    if eastern * 3 < letters {
        return None;
    }
    let dates: Vec<Range<usize>> = reader.dates.find(text).into_iter().map(|d| d.range).collect();
    let runs = runs(text, &events(reader, text, &dates));
    let korean = text.chars().any(|c| ('가'..='힣').contains(&c));
    let mut labelled = Vec::new();
    let mut plain = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let named = |n: &mut Vec<Name>| n.extend(names(reader, text, run.range.clone(), run.after == Event::Role));
        match governed(&runs, at, korean) {
            Some(true) => named(&mut labelled),
            None => named(&mut plain),
            Some(false) => {}
        }
    }
    let is_labelled = !labelled.is_empty();
    if !is_labelled && text.trim_end().ends_with(['。', '.', '！', '？', '!', '?']) {
        return Some(Byline::default());
    }
    let mut names = if is_labelled { labelled } else { plain };
    if names.iter().any(|n| n.kind == NameKind::Person) {
        names.retain(|n| n.kind == NameKind::Person);
    }
    let known: usize = names.iter().map(|n| n.text.chars().count()).sum();
    Some(Byline { rest: letters.saturating_sub(known), names, labelled: is_labelled, dated: !dates.is_empty() })
}

/// Whether a label says that run `at` names a writer (`Some(true)`) or somebody else (`Some(false)`).
fn governed(runs: &[Run], at: usize, korean: bool) -> Option<bool> {
    let run = &runs[at];
    let role_leads = run.before == Event::Role && (at == 0 || !korean && !follows_name(runs, at));
    match (run.before, run.after) {
        (Event::Author, _) => Some(true),
        (Event::Other, _) => Some(false),
        (_, Event::Role) if korean || runs.get(at + 1).is_none_or(|next| next.before != Event::Role) => Some(true),
        _ if role_leads => Some(true),
        _ => None,
    }
}

/// Whether the role before run `at` belongs to the run before it.
fn follows_name(runs: &[Run], at: usize) -> bool {
    at > 0 && runs[at - 1].after == Event::Role && runs[at - 1].range.len() <= 12 && runs[at].before != Event::Role
}

fn events(reader: &LineReader<'_>, text: &str, dates: &[Range<usize>]) -> Vec<(Range<usize>, Event)> {
    let folded = Folded::new(text);
    let lexicon = reader.names.lexicon;
    let short = lexicon.scan_short(&folded.text);
    let whole = lexicon.scan(&folded.text);
    let names = lexicon.scan_name(&folded.text);
    let hits = short.iter().chain(&whole).chain(&names).filter(|h| matches!(h.language, "ja" | "ko" | "zh"));
    let mut events: Vec<_> = hits.filter_map(|h| Some((folded.original(h.range.clone()), event(h.concept)?))).collect();
    events.extend(dates.iter().map(|d| (d.clone(), Event::Cut)));
    events.extend(ADDRESS.find_iter(text).map(|m| (m.range(), Event::Cut)));
    events.extend(text.char_indices().filter(|(_, c)| is_mark(*c)).map(|(at, c)| (at..at + c.len_utf8(), Event::Cut)));
    // Of what starts at one place the longest counts, of equal ones the role.
    events.sort_by_key(|(range, event)| (range.start, std::cmp::Reverse(range.end), *event != Event::Role));
    let mut kept: Vec<(Range<usize>, Event)> = Vec::new();
    for event in events {
        if kept.last().is_none_or(|last| event.0.start >= last.0.end) {
            kept.push(event);
        }
    }
    kept
}

fn event(concept: Concept) -> Option<Event> {
    use Concept::*;
    match concept {
        AttributionRole => Some(Event::Role),
        AttributionByline | AttributionAuthorLabel => Some(Event::Author),
        AttributionPhotoLabel | AttributionPhotoBy | AttributionIllustrationLabel | AttributionImageSourceLabel => Some(Event::Other),
        AttributionTranslatedBy | AttributionEditedBy | AttributionSourceLabel => Some(Event::Other),
        AttributionPublishedLabel | AttributionUpdatedLabel | AttributionReports | AttributionPreparedBy => Some(Event::Cut),
        _ => None,
    }
}

/// The stretches between events; a mark directly after a label belongs to it.
fn runs(text: &str, events: &[(Range<usize>, Event)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut at, mut before) = (0, Event::Cut);
    let end = (text.len()..text.len(), Event::Cut);
    for (range, event) in events.iter().chain([&end]) {
        let stretch = &text[at..range.start];
        if stretch.trim().is_empty() {
            // "写真・" and "作者 ：": the label reaches over the mark.
            let joins = *event == Event::Cut && matches!(before, Event::Author | Event::Other | Event::Role);
            before = if joins { before } else { *event };
        } else {
            runs.push(Run { range: at..range.start, before, after: *event });
            // "文・見本太郎、例田花子": a label reaches over the comma of a list.
            let lists = *event == Event::Cut && matches!(&text[range.clone()], "、" | "，" | "," | "·");
            before = if lists && matches!(before, Event::Author | Event::Other) { before } else { *event };
        }
        at = range.end;
    }
    runs
}

/// The names in a stretch: words, or two short words that make one Japanese name. Before a role only the last one counts.
fn names(reader: &LineReader<'_>, text: &str, range: Range<usize>, last_only: bool) -> Vec<Name> {
    let japanese = reader.dates.language == Some("ja");
    let mut words: Vec<Range<usize>> = Vec::new();
    for word in text[range].split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let this = at..at + word.len();
        let short = |r: &Range<usize>| text[r.clone()].chars().count() <= 3;
        match words.last_mut() {
            Some(last) if japanese && short(last) && short(&this) => last.end = this.end,
            _ => words.push(this),
        }
    }
    let skip = if last_only { words.len().saturating_sub(1) } else { 0 };
    let named = words.into_iter().skip(skip).map(|range| {
        let text = &text[range.clone()];
        Name { text: text.to_owned(), kind: reader.names.kind(text), range }
    });
    named.filter(|n| n.kind != NameKind::None).collect()
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '、' | '，'
            | ','
            | ';'
            | '；'
            | '|'
            | '｜'
            | '丨'
            | '/'
            | '／'
            | ':'
            | '：'
            | '='
            | '＝'
            | '('
            | ')'
            | '（'
            | '）'
            | '['
            | ']'
            | '【'
            | '】'
            | '〈'
            | '〉'
    ) || matches!(
        c,
        '［' | '］' | '「' | '」' | '『' | '』' | '<' | '>' | '●' | '•' | '◎' | '■' | '▲' | '▽' | '。' | '.' | '·' | '・' | '\n'
    )
}

fn is_eastern(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}
