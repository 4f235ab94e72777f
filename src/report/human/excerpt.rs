//! The lines of a source that a report shows, long ones cut to a window around what is marked.

use crate::report::human::visible;
use crate::text::LineIndex;
use std::ops::Range;

/// Marks further apart than this many lines are shown in two excerpts.
const FAR: u32 = 100;

/// A text to show pieces of.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// How it is called above its excerpts.
    pub name: &'a str,
    /// Its content.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a LineIndex,
}

/// Some lines with marks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The lines, as they are shown.
    pub(super) text: String,
    /// The number of the first one.
    pub(super) first_line: u32,
    /// Index of the mark and where it stands in `text`, by place.
    pub(super) marks: Vec<(usize, Range<usize>)>,
    /// Lines around marks that are to be shown.
    pub(super) around: Vec<Range<usize>>,
}

/// A place to mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Bytes of the text.
    pub(super) span: Range<usize>,
    /// Columns that its label takes behind it.
    pub(super) label: usize,
}

/// How excerpts are cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Columns of a line.
    pub(super) width: usize,
    /// Lines to show around each mark.
    pub(super) context: u32,
}

/// The excerpts that show `marks` of `text`: the one with mark 0 first, the others by place.
pub(super) fn excerpts(text: Text<'_>, marks: &[Mark], cut: Cut) -> Vec<Excerpt> {
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|&m| (marks[m].span.start, marks[m].span.end));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for mark in order {
        match groups.last_mut() {
            Some(group) if stand_together(text, group.iter().map(|&m| &marks[m].span), &marks[mark].span, cut) => group.push(mark),
            _ => groups.push(vec![mark]),
        }
    }
    groups.sort_by_key(|g| !g.contains(&0));
    groups.iter().map(|g| Builder::new(text, g, marks, cut).build()).collect()
}

/// Whether `next` can be shown in one excerpt with the marks of `group`.
fn stand_together<'m>(text: Text<'_>, group: impl Iterator<Item = &'m Range<usize>>, next: &Range<usize>, cut: Cut) -> bool {
    let line = text.lines.line(next.start as u32);
    let mut last = 0;
    let mut first_on_line = None;
    for mark in group {
        let lines = lines_of(text, mark);
        last = last.max(lines.1);
        if lines.1 == line {
            let start = mark.start.max(text.lines.range(text.text, line).start);
            first_on_line = Some(first_on_line.map_or(start, |first: usize| first.min(start)));
        }
    }
    if line > last + FAR {
        return false;
    }
    let Some(first) = first_on_line else { return true };
    let range = text.lines.range(text.text, line);
    let apart = &text.text[first.min(next.start)..next.start];
    fits(&text.text[range], cut.width) || fits(apart, cut.width / 2)
}

/// First and last line of a mark. A mark over more lines than an excerpt shows is cut to its first line.
fn lines_of(text: Text<'_>, mark: &Range<usize>) -> (u32, u32) {
    let first = text.lines.line(mark.start as u32);
    let last = text.lines.line(mark.end as u32);
    // A mark that ends with its line ends before the next.
    let last = if last > first && text.lines.start_of(last) as usize == mark.end { last - 1 } else { last };
    (first, if last - first > FAR { first } else { last })
}

/// Whether `text` takes at most `most` columns. Never looks at more of it than that.
fn fits(text: &str, most: usize) -> bool {
    text.chars().try_fold(0, |used, c| Some(used + visible::columns(c)).filter(|&u| u <= most)).is_some()
}

struct Builder<'a> {
    text: Text<'a>,
    group: &'a [usize],
    marks: &'a [Mark],
    cut: Cut,
    /// First and last line of each mark of the group.
    lines: Vec<(u32, u32)>,
    /// Start and end of each mark of the group in the excerpt, as far as they are known.
    placed: Vec<(usize, usize)>,
}

impl<'a> Builder<'a> {
    fn new(text: Text<'a>, group: &'a [usize], marks: &'a [Mark], cut: Cut) -> Self {
        let lines = group.iter().map(|&m| lines_of(text, &marks[m].span)).collect();
        Self { text, group, marks, cut, lines, placed: vec![(0, 0); group.len()] }
    }

    fn build(mut self) -> Excerpt {
        let first = self.lines.iter().map(|l| l.0).min().unwrap_or(1).saturating_sub(self.cut.context).max(1);
        let last = (self.lines.iter().map(|l| l.1).max().unwrap_or(1) + self.cut.context).min(self.text.lines.count());
        let (mut shown, mut around) = (String::new(), Vec::new());
        for line in first..=last {
            let start = shown.len();
            self.push(line, &mut shown);
            if self.is_context(line) {
                around.push(start..shown.len());
            }
            shown.push('\n');
        }
        let marks = self.group.iter().copied().zip(self.placed.iter().map(|&(start, end)| start..end.max(start))).collect();
        Excerpt { text: shown, first_line: first, marks, around }
    }

    fn is_context(&self, line: u32) -> bool {
        let context = self.cut.context;
        context > 0 && self.lines.iter().any(|&(first, last)| line + context >= first && line <= last + context)
    }

    /// Appends the window of `line`, and notes where marks start and end in it.
    fn push(&mut self, line: u32, shown: &mut String) {
        let range = self.text.lines.range(self.text.text, line);
        let window = self.window(line, &range);
        let before = shown.len();
        if window.start > range.start {
            shown.push('…');
        }
        let start = shown.len();
        let text = &self.text.text[window.clone()];
        shown.push_str(&visible::visible(text));
        let place = |offset: usize| {
            let offset = offset.clamp(window.start, window.end);
            start + visible::visible(&self.text.text[window.start..offset]).len()
        };
        for (n, &mark) in self.group.iter().enumerate() {
            if self.lines[n].0 == line {
                self.placed[n].0 = place(self.marks[mark].span.start);
            }
            if self.lines[n].1 == line {
                self.placed[n].1 = place(self.marks[mark].span.end);
            }
        }
        if window.end < range.end {
            shown.push('…');
        }
        debug_assert!(shown.len() >= before, "lines are only added to");
    }

    /// The bytes of `line` that are shown: as much as fits, so that the marks on it and the label behind the last one are seen.
    fn window(&self, line: u32, range: &Range<usize>) -> Range<usize> {
        let text = &self.text.text[range.clone()];
        let width = self.cut.width;
        let Some((first, last, label)) = self.marked(line, range) else {
            return range.start..range.start + if fits(text, width) { text.len() } else { forward(text, width - 1) };
        };
        let label = if label == 0 { 0 } else { label.min(width / 2) + 1 };
        let whole = fits(text, width) && fits(&text[..last - range.start], width - label);
        if whole {
            return range.clone();
        }
        let room = width - label - 2;
        let marked = &self.text.text[first..last];
        let taken = if fits(marked, room) { visible::width(marked) } else { room };
        // What follows the marks and the label behind them share the same columns; the rest shows what comes before.
        let after = &self.text.text[last..range.end];
        let tail = visible::width(&after[..forward(after, width / 3)]);
        let lead = (width - 2).saturating_sub(taken + tail.max(label)).max(width / 10);
        let start = range.start + back(&text[..first - range.start], lead);
        if !fits(&self.text.text[start..last], room) {
            // The end of what is marked doesn't fit: the label stands behind the part that does.
            return start..start + forward(&self.text.text[start..range.end], room);
        }
        start..start + forward(&self.text.text[start..range.end], width - 2)
    }

    /// Where the marks on `line` start and end on it, and the columns of the label of the one that ends last there.
    fn marked(&self, line: u32, range: &Range<usize>) -> Option<(usize, usize, usize)> {
        let here = self.group.iter().zip(&self.lines).filter(|(_, l)| l.0 == line || l.1 == line);
        let on_line = |(&m, l): (&usize, &(u32, u32))| {
            let mark = &self.marks[m];
            // Of a mark over several lines the end is what its last line must show, and the start its first.
            let start =
                if l.0 == line { mark.span.start.clamp(range.start, range.end) } else { mark.span.end.clamp(range.start, range.end) };
            let end = if l.1 == line { mark.span.end.clamp(start, range.end) } else { start };
            (start, end, if l.1 == line { mark.label } else { 0 })
        };
        here.map(on_line).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1), if b.1 >= a.1 { b.2 } else { a.2 }))
    }
}

/// How many bytes of `text` fit into `room` columns, from its start.
fn forward(text: &str, mut room: usize) -> usize {
    let over = text.char_indices().find(|&(_, c)| match room.checked_sub(visible::columns(c)) {
        Some(rest) => {
            room = rest;
            false
        }
        None => true,
    });
    over.map_or(text.len(), |(at, _)| at)
}

/// Where the last `room` columns of `text` start.
fn back(text: &str, mut room: usize) -> usize {
    let over = text.char_indices().rev().find(|&(_, c)| match room.checked_sub(visible::columns(c)) {
        Some(rest) => {
            room = rest;
            false
        }
        None => true,
    });
    over.map_or(0, |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUT: Cut = Cut { width: 40, context: 0 };

    /// Each excerpt as its first line number, its lines, and the marked words in brackets.
    #[track_caller]
    fn check(text: &str, marked: &[&str], cut: Cut, expected: &[&str]) {
        let lines = LineIndex::new(text);
        let mark = |m: &&str| text.find(m).map(|at| Mark { span: at..at + m.len(), label: 0 }).expect("the words are there");
        let marks: Vec<_> = marked.iter().map(mark).collect();
        let found = excerpts(Text { name: "a", text, lines: &lines }, &marks, cut);
        let shown: Vec<String> = found.iter().map(bracketed).collect();
        assert_eq!(shown, expected);
    }

    fn bracketed(excerpt: &Excerpt) -> String {
        let mut text = excerpt.text.clone();
        let mut brackets: Vec<_> = excerpt.marks.iter().flat_map(|(_, r)| [(r.start, '['), (r.end, ']')]).collect();
        brackets.sort();
        for (at, bracket) in brackets.into_iter().rev() {
            text.insert(at, bracket);
        }
        format!("{}: {}", excerpt.first_line, text)
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        check("one\ntwo words\nthree", &["words"], CUT, &["2: two [words]\n"]);
        check("one\ntwo words\nthree", &["words"], Cut { context: 1, ..CUT }, &["1: one\ntwo [words]\nthree\n"]);
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let long = format!("{}needle{}", "a ".repeat(1_000_000), " b".repeat(1_000_000));
        check(&long, &["needle"], CUT, &["1: … a a a a a a a a a [needle] b b b b b b …\n"]);
        check(&long[..2_000_006], &["needle"], CUT, &["1: …a a a a a a a a a a a a a a a a [needle]\n"]);
    }

    #[test]
    fn marks_far_apart_on_a_long_line_are_shown_apart_the_first_one_first() {
        let long = format!("start {}needle end", "a ".repeat(100));
        check(
            &long,
            &["needle", "start"],
            CUT,
            &["1: …a a a a a a a a a a a a a a [needle] end\n", "1: [start] a a a a a a a a a a a a a a a a …\n"],
        );
    }

    #[test]
    fn marks_far_apart_in_lines_are_shown_apart() {
        let text = format!("first\n{}last", "\n".repeat(200));
        check(&text, &["first", "last"], CUT, &["1: [first]\n", "202: [last]\n"]);
    }

    #[test]
    fn control_characters_do_not_shift_marks() {
        check("\u{1b}[1m\u{ad}bold\u{202e} words", &["words"], CUT, &["1: ␛[1mbold\u{fffd} [words]\n"]);
    }

    #[test]
    fn a_mark_over_lines_keeps_both_ends() {
        check("one two\nthree\nfour five", &["two\nthree\nfour"], CUT, &["1: one [two\nthree\nfour] five\n"]);
    }

    #[test]
    fn a_mark_that_ends_with_its_line_is_on_one_line() {
        check("one two\nthree", &["two\n"], CUT, &["1: one [two]\n"]);
    }
}
