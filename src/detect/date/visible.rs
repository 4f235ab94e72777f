//! Dates as people write them, in short pieces of text.

use crate::detect::date::moment::Moment;
use crate::lexicon::calendar::Calendar;
use crate::lexicon::calendar::DateWord;
use crate::lexicon::calendar::Order;
use crate::text::Folded;
use crate::text::is_unspaced_script;
use std::ops::Range;

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it says.
    pub moment: Moment,
    /// Bytes of the text, from the first to the last word of date and time.
    pub range: Range<usize>,
    /// Whether day and month could be the other way round (`3/4/2026`).
    pub ambiguous: bool,
}

/// What dates are read with.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Month names and the like.
    pub calendar: &'a Calendar,
    /// The language of the document, if known.
    pub language: Option<&'a str>,
    /// Whether the page is known to write the month first.
    pub month_first: bool,
}

/// Longest text that is searched: a date line is short, and a longer piece is prose.
const LIMIT: usize = 400;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind<'a> {
    Number { value: i32, digits: u8 },
    Word(&'a str),
    Mark(char),
}

#[derive(Debug, Clone)]
struct Token<'a> {
    kind: Kind<'a>,
    range: Range<usize>,
    /// Whether white space stands before it.
    spaced: bool,
}

impl Reader<'_> {
    /// Every date in `text` that names a year, in order. Relative dates ("two hours ago") and days without a year are no dates.
    pub fn find(&self, text: &str) -> Vec<Found> {
        if !text.bytes().any(|b| b.is_ascii_digit()) && text.is_ascii() {
            return Vec::new();
        }
        let cut = text.char_indices().nth(LIMIT).map_or(text.len(), |(at, _)| at);
        let folded = Folded::new(&text[..cut]);
        let tokens = tokens(&folded.text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let Some(day) = self.day(&tokens[at..]) else {
                at += 1;
                continue;
            };
            let line = Line { reader: self, tokens: &tokens, date: at..at + day.length };
            let timed = line.with_time(day.moment);
            let bytes = tokens[timed.tokens.start].range.start..tokens[timed.tokens.end - 1].range.end;
            found.push(Found { moment: timed.moment, range: folded.original(bytes), ambiguous: day.ambiguous });
            at = timed.tokens.end.max(at + day.length);
        }
        found
    }

    /// The one date that makes up `text`, if it is nothing else.
    pub fn only(&self, text: &str) -> Option<Found> {
        let mut all = self.find(text);
        (all.len() == 1).then(|| all.remove(0))
    }

    fn word(&self, token: Option<&Token<'_>>) -> Option<&DateWord> {
        match token?.kind {
            Kind::Word(word) => self.calendar.look_up(word),
            _ => None,
        }
    }

    fn month(&self, token: Option<&Token<'_>>) -> Option<i8> {
        self.word(token)?.month(self.language)
    }

    /// A day at the start of `tokens`.
    fn day(&self, tokens: &[Token<'_>]) -> Option<Day> {
        match tokens.first()?.kind {
            Kind::Number { digits: 4, .. } => self.year_first(tokens),
            Kind::Number { digits: 1 | 2, .. } => self.month_in_words(tokens).or_else(|| self.digits(tokens)),
            Kind::Number { digits: 8, value } => packed(value),
            Kind::Word(_) => self.month_before_day(tokens),
            _ => None,
        }
    }

    /// `14. November 2024`, `14 de noviembre de 2024`, `14-Nov-24`.
    fn month_in_words(&self, tokens: &[Token<'_>]) -> Option<Day> {
        let day = number(tokens.first(), 1..=2)?;
        let at = self.skip_joins(tokens, 1);
        let month = self.month(tokens.get(at))?;
        let at = self.skip_joins(tokens, at + 1);
        let (year, length) = year(tokens, at)?;
        Day::new(year, month, day, length)
    }

    /// `November 14, 2024`, `Nov. 14 2024`.
    fn month_before_day(&self, tokens: &[Token<'_>]) -> Option<Day> {
        let month = self.month(tokens.first())?;
        let at = self.skip_joins(tokens, 1);
        let day = number(tokens.get(at), 1..=2)?;
        let at = self.skip_joins(tokens, at + 1);
        let (year, length) = year(tokens, at).filter(|_| !is_mark(tokens.get(at), ':'))?;
        Day::new(year, month, day, length)
    }

    /// `2024-11-14`, `2024/11/14`, `2024. november 14.`, `2024年11月14日`, `2024년 11월 14일`, `2024 Nov 14`.
    fn year_first(&self, tokens: &[Token<'_>]) -> Option<Day> {
        let year = number(tokens.first(), 4..=4)?;
        let at = skip_east_asian(tokens, 1, "年년");
        let marked = at > 1 && !self.is_word_date(tokens, at);
        let month = match number(tokens.get(at), 1..=2) {
            Some(month) if marked => i8::try_from(month).ok()?,
            Some(_) => return None,
            None => self.month(tokens.get(at))?,
        };
        let at = skip_east_asian(tokens, at + 1, "月월");
        let day = number(tokens.get(at), 1..=2)?;
        let end = skip_east_asian(tokens, at + 1, "日일").min(at + 2);
        let end = if tokens.get(end - 1).is_some_and(|t| matches!(t.kind, Kind::Mark(_))) { at + 1 } else { end };
        Day::new(year, month, day, end)
    }

    fn is_word_date(&self, tokens: &[Token<'_>], at: usize) -> bool {
        self.month(tokens.get(at)).is_some()
    }

    /// `14.11.2024`, `11/14/2024`, `14-11-24`.
    fn digits(&self, tokens: &[Token<'_>]) -> Option<Day> {
        let separator = tokens.get(1).and_then(separator)?;
        let same = tokens.get(3).and_then(self::separator)? == separator;
        let (a, b) = (number(tokens.first(), 1..=2)?, number(tokens.get(2), 1..=2)?);
        let year = short_year(tokens.get(4)?, separator).filter(|_| same)?;
        // `1.2.2024.5` is a version, `10.11.12.13` an address.
        if tokens.get(5).and_then(self::separator) == Some(separator) && number(tokens.get(6), 1..=4).is_some() && !tokens[6].spaced {
            return None;
        }
        let month_first = self.month_first_with(separator);
        let (day, month) = if (month_first && a <= 12) || b > 12 { (b, a) } else { (a, b) };
        let mut found = Day::new(year, i8::try_from(month).ok()?, day, 5)?;
        found.ambiguous = a <= 12 && b <= 12 && a != b && separator == '/' && self.language.is_none_or(|l| l == "en");
        Some(found)
    }

    /// Only English pages write the month first, and with strokes; with dots the day comes first everywhere.
    fn month_first_with(&self, separator: char) -> bool {
        separator != '.' && (self.month_first || self.calendar.order(self.language) == Order::Mdy)
    }

    /// Steps over "of", "de", ordinal endings and the marks between the parts of a date.
    fn skip_joins(&self, tokens: &[Token<'_>], mut at: usize) -> usize {
        for _ in 0..3 {
            let skip = match tokens.get(at).map(|t| t.kind) {
                Some(Kind::Mark('.' | ',' | '-' | '/' | 'º' | 'ª' | '\'')) => true,
                Some(Kind::Word("st" | "nd" | "rd" | "th" | "er" | "º" | "de" | "d" | "ο" | "η")) => true,
                Some(Kind::Word(_)) => self.word(tokens.get(at)).is_some_and(|w| w.join && w.months.is_empty()),
                _ => false,
            };
            if !skip {
                break;
            }
            at += 1;
        }
        at
    }
}

struct Day {
    moment: Moment,
    /// Number of tokens.
    length: usize,
    ambiguous: bool,
}

impl Day {
    fn new(year: i32, month: i8, day: i32, length: usize) -> Option<Self> {
        let moment = Moment::day(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?)?;
        Some(Self { moment, length, ambiguous: false })
    }
}

/// A date among the tokens of its line, for the time beside it.
struct Line<'a> {
    reader: &'a Reader<'a>,
    tokens: &'a [Token<'a>],
    date: Range<usize>,
}

struct Timed {
    moment: Moment,
    tokens: Range<usize>,
}

/// How many small words and marks may stand between a date and its time.
const GAP: usize = 5;

impl Line<'_> {
    fn with_time(&self, day: Moment) -> Timed {
        self.time_after(day).or_else(|| self.time_before(day)).unwrap_or_else(|| Timed { moment: day, tokens: self.date.clone() })
    }

    fn time_after(&self, day: Moment) -> Option<Timed> {
        for at in self.date.end..=self.date.end + GAP {
            if let Some((moment, end)) = self.time(day, at) {
                return Some(Timed { moment, tokens: self.date.start..end });
            }
            if !self.is_filler(self.tokens.get(at)?) {
                return None;
            }
        }
        None
    }

    fn time_before(&self, day: Moment) -> Option<Timed> {
        let earliest = self.date.start.saturating_sub(2 * GAP + 2);
        (earliest..self.date.start).find_map(|start| {
            let (moment, end) = self.time(day, start)?;
            let gap = self.tokens.get(end..self.date.start)?;
            gap.iter().all(|t| self.is_filler(t)).then_some(Timed { moment, tokens: start..self.date.end })
        })
    }

    /// A time at token `at`: with its day, and where it ends.
    fn time(&self, day: Moment, at: usize) -> Option<(Moment, usize)> {
        let east = self.reader.word(self.tokens.get(at)).filter(|w| w.am || w.pm);
        let start = at + usize::from(east.is_some());
        let hour = number(self.tokens.get(start), 1..=2)?;
        let (minute, mut end) = self.minutes(start + 1).unwrap_or((0, start + 1));
        let bare = end == start + 1;
        let (second, after) = self.seconds(end).unwrap_or((0, end));
        end = after;
        let half = east.or_else(|| self.reader.word(self.tokens.get(end)).filter(|w| w.am || w.pm));
        end += usize::from(east.is_none() && half.is_some());
        // "14" alone is no time; "5 pm" is.
        if bare && half.is_none() {
            return None;
        }
        let hour = match half {
            Some(half) if half.pm && hour < 12 => hour + 12,
            Some(half) if half.am && hour == 12 => 0,
            _ => hour,
        };
        let moment = day.at(hour.try_into().ok()?, minute.try_into().ok()?, second.try_into().ok()?)?;
        Some(self.zone(moment, end).unwrap_or((moment, end)))
    }

    /// `:59`, `.59`, `h59`, `時59分`, `시 59분` after the hour.
    fn minutes(&self, at: usize) -> Option<(i32, usize)> {
        let minute = || number(self.tokens.get(at + 1), 2..=2).or_else(|| number(self.tokens.get(at + 1), 1..=1));
        let plain = || number(self.tokens.get(at + 1), 2..=2).filter(|_| !self.tokens[at + 1].spaced);
        match self.tokens.get(at)?.kind {
            Kind::Mark(':') => Some((plain()?, at + 2)),
            Kind::Mark('.') => Some((plain().filter(|_| self.speaks_of_clock(at))?, at + 2)),
            Kind::Word("h" | "u") => Some(plain().map_or((0, at + 1), |m| (m, at + 2))),
            Kind::Word("時" | "时" | "時間" | "시" | "點" | "点") => {
                let end = at + 2 + usize::from(matches!(self.tokens.get(at + 2).map(|t| t.kind), Some(Kind::Word("分" | "분"))));
                Some(minute().map_or((0, at + 1), |m| (m, end)))
            }
            _ => None,
        }
    }

    fn seconds(&self, at: usize) -> Option<(i32, usize)> {
        let colon = is_mark(self.tokens.get(at), ':');
        let second = number(self.tokens.get(at + 1), 2..=2).filter(|_| colon)?;
        Some((second, at + 2))
    }

    /// With a dot between hour and minute, a word such as "Uhr" or "kl" must say that it is a time.
    fn speaks_of_clock(&self, at: usize) -> bool {
        let near = [at.checked_sub(2), at.checked_sub(3), Some(at + 2), Some(at + 3)];
        near.into_iter().flatten().any(|n| {
            let word = self.reader.word(self.tokens.get(n));
            word.is_some_and(|w| w.clock || w.am || w.pm)
        }) || at.checked_sub(2).is_some_and(|n| is_mark(self.tokens.get(n), ','))
            || at.checked_sub(2).is_some_and(|n| n < self.date.end)
    }

    /// `EST`, `(MEZ)`, `Uhr MEZ`, `+01:00`, `GMT+1`, `UTC` after the time.
    fn zone(&self, moment: Moment, at: usize) -> Option<(Moment, usize)> {
        let clock = at + usize::from(self.reader.word(self.tokens.get(at)).is_some_and(|w| w.clock));
        let open = clock + usize::from(is_mark(self.tokens.get(clock), '('));
        if let Some((offset, end)) = self.signed_offset(open) {
            return Some((Moment { offset: Some(offset), ..moment }, end));
        }
        let Kind::Word(name) = self.tokens.get(open)?.kind else { return None };
        let named = moment.in_zone(name)?;
        match self.signed_offset(open + 1) {
            Some((offset, end)) if matches!(name, "gmt" | "utc") => Some((Moment { offset: Some(offset), ..moment }, end)),
            _ => Some((named, open + 1)),
        }
    }

    /// `+01:00`, `-0500`, `+1`.
    fn signed_offset(&self, at: usize) -> Option<(i16, usize)> {
        let sign = match self.tokens.get(at)?.kind {
            Kind::Mark('+') => 1,
            Kind::Mark('-') => -1,
            _ => return None,
        };
        let next = self.tokens.get(at + 1).filter(|t| !t.spaced)?;
        let Kind::Number { value, digits } = next.kind else { return None };
        let minutes = number(self.tokens.get(at + 3), 2..=2).filter(|_| is_mark(self.tokens.get(at + 2), ':'));
        let (hours, minutes, end) = match (digits, minutes) {
            (1 | 2, Some(minutes)) => (value, minutes, at + 4),
            (1 | 2, None) => (value, 0, at + 2),
            (4, _) => (value / 100, value % 100, at + 2),
            _ => return None,
        };
        (hours <= 14 && minutes < 60).then_some(((sign * (hours * 60 + minutes)) as i16, end))
    }

    /// Small words and marks that may stand between date and time: weekdays, "at", commas.
    fn is_filler(&self, token: &Token<'_>) -> bool {
        match token.kind {
            Kind::Mark(mark) => !matches!(mark, ';' | '!' | '?'),
            Kind::Word("t") => true,
            Kind::Word(word) => self.reader.calendar.look_up(word).is_some_and(|w| w.clock || w.weekday || w.join),
            Kind::Number { .. } => false,
        }
    }
}

/// `20241114`.
fn packed(value: i32) -> Option<Day> {
    Day::new(value / 10_000, i8::try_from(value / 100 % 100).ok()?, value % 100, 1)
}

fn number(token: Option<&Token<'_>>, digits: std::ops::RangeInclusive<u8>) -> Option<i32> {
    match token?.kind {
        Kind::Number { value, digits: n } if digits.contains(&n) => Some(value),
        _ => None,
    }
}

fn is_mark(token: Option<&Token<'_>>, mark: char) -> bool {
    token.is_some_and(|t| t.kind == Kind::Mark(mark))
}

fn separator(token: &Token<'_>) -> Option<char> {
    match token.kind {
        Kind::Mark(mark @ ('.' | '/' | '-')) => Some(mark),
        _ => None,
    }
}

/// The year of a date in digits: four digits, or two where the form leaves no doubt.
fn short_year(token: &Token<'_>, separator: char) -> Option<i32> {
    match token.kind {
        Kind::Number { value, digits: 4 } => Some(value),
        Kind::Number { value, digits: 2 } if !token.spaced || separator == '.' => Some(2000 + value).filter(|&y| y <= 2068),
        _ => None,
    }
}

/// The year after a month's name: `2024`, `'24`, `24` where a mark joins it.
fn year(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Number { value, digits: 4 } => Some((value, at + 1)),
        Kind::Number { value, digits: 2 } if matches!(tokens[at - 1].kind, Kind::Mark('-' | '\'' | '/')) => Some((2000 + value, at + 1)),
        _ => None,
    }
}

/// Steps over one of the words in `east` (年, 년) or the marks that do the same work.
fn skip_east_asian(tokens: &[Token<'_>], mut at: usize, east: &str) -> usize {
    for _ in 0..2 {
        let skip = match tokens.get(at).map(|t| t.kind) {
            Some(Kind::Word(word)) => word.chars().count() == 1 && east.contains(word),
            Some(Kind::Mark('.' | '-' | '/' | ',')) => true,
            _ => false,
        };
        if !skip {
            break;
        }
        at += 1;
    }
    at
}

/// Numbers, words and marks; letters of scripts without blanks stand alone, so that `2024年11月14日` falls apart.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut spaced = false;
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c == ' ' {
            spaced = true;
            continue;
        }
        let alike = |d: char| if c.is_ascii_digit() { d.is_ascii_digit() } else { is_letter(d) && !is_unspaced_script(d) };
        let mut end = start + c.len_utf8();
        let grows = c.is_ascii_digit() || (is_letter(c) && !is_unspaced_script(c) && !is_hangul_unit(&text[start..]));
        while let Some(&(at, d)) = rest.peek().filter(|(_, d)| grows && alike(*d)) {
            end = at + d.len_utf8();
            rest.next();
        }
        // "a.m." and "p.m." are one word.
        end = dotted(text, start, end);
        while rest.peek().is_some_and(|&(at, _)| at < end) {
            rest.next();
        }
        tokens.push(Token { kind: kind(&text[start..end], c), range: start..end, spaced });
        spaced = false;
    }
    tokens
}

fn kind(text: &str, first: char) -> Kind<'_> {
    if first.is_ascii_digit() {
        return Kind::Number { value: text.parse().unwrap_or(i32::MAX), digits: text.len().min(99) as u8 };
    }
    if is_letter(first) { Kind::Word(text) } else { Kind::Mark(first) }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Hangul is written with blanks, but the units of date and time follow their number directly.
fn is_hangul_unit(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(chars.next(), Some('년' | '월' | '일' | '시' | '분' | '초')) && !chars.next().is_some_and(|c| ('가'..='힣').contains(&c))
}

/// Where the word `start..end` ends when it is a single letter with a dot and goes on so: `p.m.`, `π.μ.`.
fn dotted(text: &str, start: usize, end: usize) -> usize {
    let mut chars = text[end..].chars();
    let single = text[start..end].chars().count() == 1 && text[start..].starts_with(char::is_alphabetic);
    match (chars.next(), chars.next()) {
        (Some('.'), Some(letter @ ('m' | 'μ'))) if single && !chars.clone().next().is_some_and(char::is_alphanumeric) => {
            end + 1 + letter.len_utf8() + usize::from(chars.next() == Some('.'))
        }
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[track_caller]
    fn check(language: &str, text: &str, expected: &str) {
        let reader = Reader { calendar: Lexicon::builtin().calendar(), language: Some(language), month_first: false };
        let found: Vec<_> = reader.find(text).iter().map(|f| f.moment.to_string()).collect();
        assert_eq!(found.join(" "), expected, "{language}: {text}");
    }

    #[test]
    fn english() {
        check("en", "12:59 PM EST, November 14, 2024", "2024-11-14T12:59:00-05:00");
        check("en", "Nov. 14, 2024 at 5:03 p.m. ET", "2024-11-14T17:03:00-05:00");
        check("en", "Published 14th of November 2024 09:30 GMT", "2024-11-14T09:30:00Z");
        check("en", "Thursday, 14 November 2024", "2024-11-14");
        check("en", "11/14/2024", "2024-11-14");
        check("en", "3/4/2026", "2026-03-04");
        check("en", "14/11/2024", "2024-11-14");
        check("en", "14-Nov-24", "2024-11-14");
        check("en", "Sept 3, 2023 | Updated 4 Sep 2023 6pm BST", "2023-09-03 2023-09-04T18:00:00+01:00");
        check("en", "March 5: 2024 was", "");
    }

    #[test]
    fn other_languages() {
        check("de", "Donnerstag, 14. November 2024, 12:59 Uhr", "2024-11-14");
        check("de", "14.11.2024 - 12.59 Uhr (MEZ)", "2024-11-14T12:59:00+01:00");
        check("de", "Stand: 1. März 2024 | 18:05 Uhr", "2024-03-01");
        check("fr", "Publié le 1er janvier 2024 à 12h59", "2024-01-01");
        check("es", "14 de noviembre de 2024 a las 12:59 h", "2024-11-14");
        check("pt", "14 de março de 2024 às 12h59", "2024-03-14");
        check("it", "14 novembre 2024 ore 12:59", "2024-11-14");
        check("nl", "do 14 nov. 2024 om 12:59 uur", "2024-11-14");
        check("pl", "14 listopada 2024, 12:59", "2024-11-14");
        check("cs", "14. 11. 2024 12:59", "2024-11-14");
        check("cs", "14. listopadu 2024 v 12:59", "2024-11-14");
        check("sk", "14. novembra 2024 o 12:59", "2024-11-14");
        check("hu", "2024. november 14. 12:59", "2024-11-14");
        check("hu", "2024.11.14. 12:59", "2024-11-14");
        check("ro", "14 noiembrie 2024, ora 12:59", "2024-11-14");
        check("sv", "14 november 2024 kl. 12.59", "2024-11-14");
        check("no", "torsdag 14. november 2024 kl. 12:59", "2024-11-14");
        check("da", "14. nov. 2024 kl. 12.59", "2024-11-14");
        check("fi", "14.11.2024 klo 12.59", "2024-11-14");
        check("fi", "14. marraskuuta 2024", "2024-11-14");
        check("tr", "14 Kasım 2024 Perşembe 12:59", "2024-11-14");
        check("el", "14 Νοεμβρίου 2024, 12:59 μ.μ.", "2024-11-14");
        check("uk", "14 листопада 2024 р., 12:59", "2024-11-14");
        check("ru", "14 ноября 2024 года в 12:59 (МСК)", "2024-11-14T12:59:00+03:00");
        check("ja", "2024年11月14日(木) 12時59分 JST", "2024-11-14T12:59:00+09:00");
        check("ja", "2024年11月14日 午後0時59分", "2024-11-14");
        check("ja", "2024/11/14 12:59", "2024-11-14");
        check("ko", "입력 2024년 11월 14일 오후 12시 59분", "2024-11-14");
        check("ko", "2024.11.14. 12:59", "2024-11-14");
        check("zh", "2024年11月14日 12:59", "2024-11-14");
        check("zh", "2024-11-14 12:59:01 GMT+8", "2024-11-14T12:59:01+08:00");
    }

    #[test]
    fn times_are_read_on_both_sides_of_the_date() {
        let reader = Reader { calendar: Lexicon::builtin().calendar(), language: Some("de"), month_first: false };
        let found = reader.only("12:59 Uhr, 14. November 2024").expect("one date");
        assert_eq!(found.moment.time, Some(jiff::civil::time(12, 59, 0, 0)));
        assert_eq!(found.range, 0.."12:59 Uhr, 14. November 2024".len());
    }

    #[test]
    fn what_names_no_day_is_no_date() {
        for text in [
            "2 hours ago",
            "yesterday at 12:59",
            "14 November",
            "November 2024",
            "version 1.2.2024.5",
            "192.168.10.11",
            "99.99.2024",
            "tel. 030 12 34 56",
        ] {
            check("en", text, "");
        }
    }

    #[test]
    fn ranges_are_those_of_the_text() {
        let text = "Von Ann Example – 14. November 2024, 12:59 Uhr in Berlin";
        let reader = Reader { calendar: Lexicon::builtin().calendar(), language: Some("de"), month_first: false };
        assert_eq!(&text[reader.find(text)[0].range.clone()], "14. November 2024, 12:59");
    }
}
