//! Copyright lines in a run of text: mark, years, holder, rights phrase, in the orders that occur.

use crate::detect::clause::sentence;
use crate::detect::copyright::holder;
use crate::detect::copyright::holder::Words;
use crate::detect::copyright::mark::Mark;
use crate::detect::copyright::mark::MarkKind;
use crate::detect::copyright::years;
use crate::evidence::Copyright;
use crate::text::squeeze;
use std::ops::Range;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// All its words.
    pub range: Range<usize>,
    /// The name.
    pub holder: Option<Range<usize>>,
    /// Years and ranges.
    pub years: Vec<String>,
    /// Whether it says that all rights are reserved.
    pub reserved: bool,
    /// Whether the name has a legal form.
    pub incorporated: bool,
    /// What opened it.
    pub kind: MarkKind,
}

impl Line {
    /// What the line of `text` states.
    pub(super) fn claim(&self, text: &str) -> Copyright {
        let holder = self.holder.clone().map(|r| squeeze(&text[r]));
        Copyright { holder, years: self.years.clone(), all_rights_reserved: self.reserved }
    }
}

/// Reads the lines of `text`. `marks` stand in order and are joined.
pub(super) fn read(text: &str, marks: &[Mark], words: &Words) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (n, mark) in marks.iter().enumerate() {
        let floor = lines.last().map_or(0, |l: &Line| l.range.end);
        if mark.range.start < floor || is_subject(text, mark, &marks[n + 1..]) {
            continue;
        }
        let next = marks[n + 1..].iter().find(|m| m.opens()).map_or(text.len(), |m| m.range.start);
        let scene = Scene { text, words, floor, limit: next, marks };
        let line = if mark.opens() { scene.signed(mark) } else { scene.unsigned(mark) };
        let line = line.map(|l| inheriting(l, lines.last()));
        lines.extend(line);
    }
    lines
}

/// Whether the word is what a statement of ownership behind it speaks of: "copyright in these texts is vested in NAME".
fn is_subject(text: &str, mark: &Mark, behind: &[Mark]) -> bool {
    let owned = behind.iter().find(|m| m.kind != MarkKind::Word).filter(|m| m.kind == MarkKind::Property);
    let owned = owned.filter(|_| mark.kind == MarkKind::Word);
    owned.is_some_and(|m| sentence::split(&text[mark.range.end..m.range.start]).len() <= 1)
}

/// "© 2025 NAME … All content is copyright OTHER": the second takes the years of the first.
fn inheriting(mut line: Line, before: Option<&Line>) -> Line {
    if let Some(before) = before.filter(|_| line.kind == MarkKind::Property && line.years.is_empty()) {
        line.years.clone_from(&before.years);
    }
    line
}

/// The part of the text that one line may use.
struct Scene<'a> {
    text: &'a str,
    words: &'a Words,
    floor: usize,
    limit: usize,
    marks: &'a [Mark],
}

impl Scene<'_> {
    /// A line that a sign or the word opens.
    fn signed(&self, mark: &Mark) -> Option<Line> {
        let mut line =
            Line { range: mark.range.clone(), holder: None, years: Vec::new(), reserved: false, incorporated: false, kind: mark.kind };
        self.years_before(&mut line);
        let mut at = self.after_years(&mut line, mark.range.end);
        at = self.skip_by(at);
        self.holder_after(&mut line, at);
        let before = self.before(line.range.start);
        let described = before.as_ref().is_some_and(|b| self.describes(b));
        if line.holder.is_none() && !described {
            self.holder_before(&mut line, before);
        } else if let Some(before) = before.filter(|_| described) {
            line.range.start = before.start;
        }
        self.reserve(&mut line);
        Some(line)
    }

    /// A line without a sign, opened by its rights phrase: "NAME. All rights reserved", "Some rights reserved 2017 by NAME".
    fn unsigned(&self, mark: &Mark) -> Option<Line> {
        let reserved = mark.kind == MarkKind::Reserved;
        let mut line = Line { range: mark.range.clone(), holder: None, years: Vec::new(), reserved, incorporated: false, kind: mark.kind };
        if matches!(mark.kind, MarkKind::Property | MarkKind::Protected) {
            return self.property(line);
        }
        let before = self.before(mark.range.start).filter(|b| !self.describes(b));
        self.holder_before(&mut line, before);
        if line.holder.is_none() && self.joined_behind(mark.range.end) {
            let at = self.after_years(&mut line, mark.range.end);
            let at = self.skip_by(at);
            self.holder_after(&mut line, at);
        }
        line.range.end = self.closed(line.range.end);
        Some(line)
    }

    /// "All content is the property of NAME": the name follows, or in scripts without blanks stands inside the phrase.
    fn property(&self, mut line: Line) -> Option<Line> {
        let start = self.sentence_start(line.range.start);
        let before = start..line.range.start;
        let holds = |kind| self.marks.iter().any(|m| m.kind == kind && before.contains(&m.range.start));
        let about = self.describes(&before) || holds(MarkKind::Word) || opens_with_word(&self.text[line.range.clone()]);
        if !about || holds(MarkKind::Sign) {
            return None;
        }
        if line.kind == MarkKind::Property {
            let at = self.skip_by(line.range.end);
            self.holder_after(&mut line, at);
            if line.holder.is_none() {
                line.holder = self.between(line.range.start);
            }
        }
        line.range.start = start;
        line.range.end = self.closed(line.range.end);
        Some(line)
    }

    /// The name between the word and byte `at`, where the phrase of ownership begins: 著作権は NAME に帰属します, 저작권은 NAME에 있습니다.
    fn between(&self, at: usize) -> Option<Range<usize>> {
        let word = self.marks.iter().rfind(|m| m.kind == MarkKind::Word && m.range.end <= at && m.range.start >= self.floor)?;
        let gap = &self.text[word.range.end..at];
        let suffix = gap.find(char::is_whitespace).filter(|_| gap.starts_with(is_hangul)).unwrap_or(0);
        let name = gap[suffix..].trim_start_matches(PARTICLES).trim();
        let start = word.range.end + gap.find(name)?;
        let fits = gap.starts_with(PARTICLES) || suffix > 0;
        (fits && is_name(name) && name.chars().count() <= 40).then_some(start..start + name.len())
    }

    /// Where the sentence that byte `at` stands in starts.
    fn sentence_start(&self, at: usize) -> usize {
        let piece = &self.text[self.floor..at];
        let Some(last) = sentence::split(piece).last().cloned() else { return self.floor };
        let closing = piece[last.clone()].char_indices().next_back().map_or(last.end, |(i, _)| last.start + i);
        self.floor + if sentence::ends_at(piece, closing) { last.end } else { last.start }
    }

    /// "2025 © Acme": a year directly before the mark.
    fn years_before(&self, line: &mut Line) {
        let head = self.text[self.floor..line.range.start].trim_end_matches(|c: char| c.is_whitespace() || c == '|');
        let Some(start) = head
            .rfind(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '–' | ' ')))
            .map(|i| i + head[i..].chars().next().map_or(1, char::len_utf8))
            .or(Some(0))
        else {
            return;
        };
        let lead = head[start..].len() - head[start..].trim_start_matches([' ', '-', '–']).len();
        let start = self.floor + start + lead;
        if let Some(found) = years::read(self.text, start).filter(|y| y.end == self.floor + head.len()) {
            line.years = found.list;
            line.range.start = start;
        }
    }

    /// Reads years behind byte `at` and gives back where they end.
    fn after_years(&self, line: &mut Line, at: usize) -> usize {
        let start = self.skip_blank(at, &[',', ':', '-', '–', '—', '.', '|', '®', '(', '@']);
        match years::read(self.text, start).filter(|y| y.end <= self.limit) {
            Some(found) => {
                line.years.extend(found.list);
                line.range.end = found.end;
                self.skip_blank(found.end, &[',', ':', '-', '–', '—', '|', '.', ')', '®', '·', '/', '年'])
            }
            None => self.skip_blank(at, &[':', '-', '–', '—', '.', ',', '|', '®', '：', '·']),
        }
    }

    fn skip_blank(&self, at: usize, signs: &[char]) -> usize {
        let rest = &self.text[at..self.limit.max(at)];
        let kept = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{a0}' || signs.contains(&c));
        at + rest.len() - kept.len()
    }

    fn skip_by(&self, at: usize) -> usize {
        Words::starting(&self.words.by, at).map_or(at, |by| self.skip_blank(by.end, &[':']))
    }

    fn holder_after(&self, line: &mut Line, at: usize) {
        if at >= self.limit || self.crosses_link(line.range.end, at) {
            return;
        }
        let end = holder::run(self.text, at, self.limit, self.words);
        let name = at..end;
        if !is_name(&self.text[name.clone()]) {
            return;
        }
        line.range.end = end;
        line.incorporated = self.words.legal.iter().any(|form| name.contains(&form.start));
        line.holder = Some(name);
        self.years_behind(line);
    }

    /// A name in a link of its own counts; a link that starts behind a separator or holds something else doesn't.
    fn crosses_link(&self, end: usize, at: usize) -> bool {
        let left = self.words.links.iter().any(|l| l.contains(&end.saturating_sub(1)) && l.end <= at && l.end > end);
        left || (self.words.links.iter().any(|l| l.start == at) && self.text[end..at].contains('|'))
    }

    fn years_behind(&self, line: &mut Line) {
        let at = self.skip_blank(line.range.end, &[',', '-', '–', '—', '.', '(']);
        if let Some(found) = years::read(self.text, at).filter(|y| y.end <= self.limit) {
            line.range.end = found.end;
            if line.years.is_empty() {
                line.years = found.list;
            }
        } else if line.years.is_empty() {
            self.dated(line);
        }
    }

    /// "©Desk vom 15.05.2019": the year of a date behind the name.
    fn dated(&self, line: &mut Line) {
        let rest = &self.text[line.range.end..self.limit];
        self.closing_year(line, rest);
        let Some(word) = rest.split_whitespace().next().filter(|w| w.chars().count() <= 4 && w.chars().all(char::is_lowercase)) else {
            return;
        };
        let after = rest[rest.find(word).unwrap_or(0) + word.len()..].trim_start();
        let date: String = after.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let year = date.rsplit('.').next().filter(|y| y.len() == 4 && date.matches('.').count() == 2);
        if let Some(year) = year {
            line.years.push(year.to_owned());
            line.range.end = self.limit - after.len() + date.len() - (self.limit - line.range.end - rest.len());
        }
    }

    /// "NAME - City - Country 2022.": the year that closes the text.
    fn closing_year(&self, line: &mut Line, rest: &str) {
        let kept = rest.trim_end_matches([' ', '.']);
        let digits = kept.len() - kept.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let start = line.range.end + kept.len() - digits;
        if digits == 4
            && kept.len() <= 60
            && kept.starts_with([' ', ','])
            && !kept.contains(". ")
            && let Some(found) = years::read(self.text, start)
        {
            (line.years, line.range.end) = (found.list, found.end);
        }
    }

    /// The text between the last boundary and `at`, if it can belong to the line.
    fn before(&self, at: usize) -> Option<Range<usize>> {
        let head = &self.text[self.floor..at];
        let link = self.words.links.iter().flat_map(|l| [l.start, l.end]).filter(|&e| e <= at && e >= self.floor).max();
        let inside = self.words.links.iter().any(|l| l.start <= at && at < l.end);
        let edge = head
            .rfind(['|', '·', '•', '>', '\n', '(', '（', '»'])
            .map(|i| self.floor + i + head[i..].chars().next().map_or(1, char::len_utf8));
        let sentence = sentence::split(head).last().map_or(self.floor, |s| self.floor + s.start);
        let whole = self.text[link.unwrap_or(at)..at].trim().is_empty() && !inside;
        let link = link.filter(|_| !whole || inside).unwrap_or(self.floor);
        let start = [edge.unwrap_or(self.floor), sentence, link, self.floor].into_iter().max().unwrap_or(self.floor);
        let piece = self.text.get(start..at)?;
        let kept = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | ',' | '—' | '.'));
        if kept.is_empty() || self.ends_sentence(&self.text[self.floor..at]) {
            return None;
        }
        let from = start + piece.find(kept)?;
        Some(from..from + kept.len())
    }

    /// Whether the text before a mark ends a sentence: then it is another matter. A short name with a stop ("Acme. All rights
    /// reserved") isn't one.
    fn ends_sentence(&self, head: &str) -> bool {
        let head = head.trim_end();
        head.ends_with(['.', '!', '?', '。']) && head.split_whitespace().count() > 6
    }

    fn describes(&self, range: &Range<usize>) -> bool {
        self.words.objects.iter().any(|o| range.start <= o.start && o.end <= range.end)
    }

    fn holder_before(&self, line: &mut Line, before: Option<Range<usize>>) {
        let Some(before) = before else { return };
        let (name, found) = self.split_years(before.clone());
        let text = &self.text[name.clone()];
        let stopped = self.words.stops.iter().any(|s| name.contains(&s.start));
        if stopped || text.split_whitespace().count() > 8 || !is_name(text) {
            return;
        }
        line.range.start = before.start;
        line.holder = Some(name);
        if line.years.is_empty() {
            line.years = found;
        }
    }

    /// A name with years before or behind it.
    fn split_years(&self, range: Range<usize>) -> (Range<usize>, Vec<String>) {
        if let Some(found) = years::read(self.text, range.start).filter(|y| y.end <= range.end) {
            let rest =
                self.text[found.end..range.end].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '.'));
            return (range.end - rest.len()..range.end, found.list);
        }
        let piece = &self.text[range.clone()];
        for (at, _) in piece.char_indices().filter(|(i, c)| c.is_ascii_digit() && (*i == 0 || !piece.as_bytes()[i - 1].is_ascii_digit())) {
            if let Some(found) = years::read(self.text, range.start + at).filter(|y| y.end == range.end) {
                let name = piece[..at].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '.'));
                return (range.start..range.start + name.len(), found.list);
            }
        }
        (range, Vec::new())
    }

    /// Takes in "all rights reserved" if it stands in the same run of text, near enough and before the next line.
    fn reserve(&self, line: &mut Line) {
        let reserved =
            self.marks.iter().find(|m| m.kind == MarkKind::Reserved && m.range.start >= line.range.start && m.range.end <= self.limit);
        if let Some(mark) = reserved {
            let inside = mark.range.end <= line.range.end;
            let gap = if inside { "" } else { &self.text[line.range.end.min(mark.range.start)..mark.range.start] };
            let linked = self.words.links.iter().any(|l| l.start >= line.range.end && l.end <= mark.range.start);
            if inside || (gap.chars().count() <= 90 && !linked) {
                line.reserved = true;
                line.range.end = line.range.end.max(mark.range.end);
                self.late_parts(line);
            }
        }
        line.range.end = self.closed(line.range.end);
    }

    /// Name or years that only follow the rights phrase.
    fn late_parts(&self, line: &mut Line) {
        if line.holder.is_some() || !self.joined_behind(line.range.end) {
            return;
        }
        let mut found = line.clone();
        let at = self.after_years(&mut found, line.range.end);
        let at = self.skip_by(at);
        self.holder_after(&mut found, at);
        if found.holder.is_some() {
            *line = found;
        }
    }

    /// Whether a name may follow directly: no sentence end, no link in between.
    fn joined_behind(&self, at: usize) -> bool {
        let rest = &self.text[at..self.limit.max(at)];
        let start = at + rest.len() - rest.trim_start().len();
        !rest.trim_start().starts_with(['.', '!', ',', ';', '。', '|', '·', '(']) && !self.words.links.iter().any(|l| l.start == start)
    }

    /// Past a full stop that closes the line.
    fn closed(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + if rest.starts_with(['.', '!']) && sentence::ends_at(self.text, at) { 1 } else { 0 }
    }
}

/// What stands between "copyright" and its owner where the owner comes first.
const PARTICLES: &[char] = &['は', 'が', '、', '归', '歸', '属', '屬', '由', ' '];

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Whether a property phrase says itself that it is about copyright: "copyright owned by".
fn opens_with_word(phrase: &str) -> bool {
    phrase.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("copyright"))
}

/// Whether `text` can name somebody: letters, not only small words, no placeholder.
fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let opens_well = text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let domain = text.split_whitespace().count() <= 3 && text.contains('.');
    let brand = text.split_whitespace().count() <= 4;
    let named = text.split_whitespace().any(|w| w.starts_with(char::is_uppercase));
    letters >= 2 && (opens_well || domain || brand || named) && !text.contains("{{") && !text.contains("<%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_about_content_starts_with_its_sentence_in_any_script() {
        let text = "모든 기사는 저작권법의 보호를 받으며";
        let at = text.find("저작권법의").expect("the words");
        let marks = [Mark { kind: MarkKind::Protected, range: at..at + "저작권법의 보호를 받으며".len() }];
        let mut words = Words::default();
        words.objects.push(0.."모든".len());
        assert_eq!(read(text, &marks, &words).len(), 1);
    }
}
