//! The grammar of a byline: a label, names, and what stands around them.

use crate::detect::byline::east_asian;
use crate::detect::date::visible::Reader;
use crate::detect::person::Name;
use crate::detect::person::NameKind;
use crate::detect::person::Names;
use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::text::Folded;
use crate::text::fold;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What a line says of its writers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Byline {
    /// Who is named, in order.
    pub names: Vec<Name>,
    /// Whether a word such as "by" or "author" introduces them.
    pub labelled: bool,
    /// Whether the line holds a date too.
    pub dated: bool,
    /// Letters of the line that are neither name nor label nor date.
    pub rest: usize,
}

/// Longest line that is read as a byline, in bytes.
pub const LONGEST: usize = 400;

/// Reads bylines.
#[derive(Debug, Clone, Copy)]
pub struct LineReader<'a> {
    /// Tells persons from others.
    pub names: Names<'a>,
    /// Finds the dates that stand in the same line.
    pub dates: Reader<'a>,
}

/// A part of a line that one label governs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    /// Bytes of the line after the label.
    range: Range<usize>,
    label: Label,
}

/// A part of a line that can be one name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    range: Range<usize>,
    /// Whether a comma stands before it.
    after_comma: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// The start of the line, without a label.
    None,
    /// "by", "author:".
    Author,
    /// "photo:", "translation:", "updated": who follows wrote nothing.
    Other,
}

impl LineReader<'_> {
    /// Reads `text` as a byline. Nothing is found in a sentence.
    pub fn read(&self, text: &str) -> Byline {
        if text.len() > LONGEST || text.trim().is_empty() {
            return Byline::default();
        }
        if let Some(byline) = east_asian::read(self, text) {
            return byline;
        }
        if self.is_label(text) {
            return Byline::default();
        }
        let dates: Vec<Range<usize>> = self.dates.find(text).into_iter().map(|d| d.range).collect();
        let segments = self.segments(text, &dates);
        let labelled = segments.iter().any(|s| s.label == Label::Author);
        let wanted = if labelled { Label::Author } else { Label::None };
        let mut names = Vec::new();
        for segment in segments.iter().filter(|s| s.label == wanted) {
            self.names_in(text, segment.range.clone(), &mut names);
        }
        settle(&mut names);
        let known: usize = names.iter().map(|n| letters(&n.text)).chain(dates.iter().map(|d| letters(&text[d.clone()]))).sum();
        let labels: usize = segments.windows(2).map(|w| letters(&text[w[0].range.end..w[1].range.start])).sum();
        Byline { names, labelled, dated: !dates.is_empty(), rest: letters(text).saturating_sub(known + labels) }
    }

    /// Whether the text is a label and nothing more: "By", "Author:".
    fn is_label(&self, text: &str) -> bool {
        let folded = fold(text);
        let word = folded.trim_end_matches([':', ' ']);
        word.len() < 40 && self.names.lexicon.scan_short(word).iter().any(|h| h.range == (0..word.len()))
    }

    /// Cuts a line where labels, dates and addresses stand.
    fn segments(&self, text: &str, dates: &[Range<usize>]) -> Vec<Segment> {
        let mut labels = self.labels(text);
        labels.extend(dates.iter().map(|d| (d.clone(), Label::Other)));
        labels.extend(ADDRESS.find_iter(text).map(|m| (m.range(), Label::Other)));
        labels.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut segments = vec![Segment { range: 0..text.len(), label: Label::None }];
        for (range, label) in labels {
            let last = segments.last_mut().expect("starts with one");
            // A label inside another label: "text and photos by".
            if range.start < last.range.start {
                continue;
            }
            last.range.end = range.start;
            segments.push(Segment { range: range.end..text.len(), label });
        }
        segments
    }

    /// Where labels stand: at the start of the line or of a part of it.
    fn labels(&self, text: &str) -> Vec<(Range<usize>, Label)> {
        let folded = Folded::new(text);
        let lexicon = self.names.lexicon;
        let hits = lexicon.scan_short(&folded.text).into_iter().chain(lexicon.scan(&folded.text));
        let labels = hits.filter_map(|hit| {
            let label = label(hit.concept)?;
            introduces(&folded.text, &hit, label).then(|| (folded.original(hit.range), label))
        });
        let mut labels: Vec<_> = labels.collect();
        labels.sort_by_key(|(range, label)| (range.start, std::cmp::Reverse(range.end), *label == Label::Other));
        labels.dedup_by(|b, a| b.0.start < a.0.end);
        labels
    }

    /// The names in bytes `range` of the line.
    fn names_in(&self, text: &str, range: Range<usize>, names: &mut Vec<Name>) {
        for piece in pieces(text, range) {
            let before = names.len();
            for part in self.parts(text, piece.clone()) {
                names.extend(self.name(text, &part));
            }
            // What follows a bar or a dash is the outlet or the section, unless it is another person.
            if before > 0 {
                let persons = names[before..].iter().all(|n| n.kind == NameKind::Person);
                if !persons {
                    names.truncate(before);
                }
            }
        }
    }

    /// Cuts a piece at commas and the words for "and".
    fn parts(&self, text: &str, piece: Range<usize>) -> Vec<Part> {
        let part = &text[piece.clone()];
        let folded = Folded::new(part);
        let hits = self.names.lexicon.scan_name(&folded.text).into_iter();
        let ands =
            hits.filter(|h| h.concept == Concept::AttributionAnd && is_apart(&folded.text, &h.range)).map(|h| folded.original(h.range));
        let commas = part.match_indices([',', ';', '&', '+', '،', '؛']).map(|(at, c)| at..at + c.len());
        let mut cuts: Vec<(Range<usize>, bool)> = ands.map(|c| (c, false)).chain(commas.map(|c| (c.clone(), &part[c] == ","))).collect();
        cuts.sort_by_key(|(cut, _)| cut.start);
        let mut parts = Vec::new();
        let mut open = Part { range: piece.clone(), after_comma: false };
        for (cut, comma) in cuts {
            if piece.start + cut.start >= open.range.start {
                let after_comma = comma && !(part[..cut.start].trim().is_empty());
                let next = Part { range: piece.start + cut.end..piece.end, after_comma };
                let mut this = std::mem::replace(&mut open, next);
                this.range.end = piece.start + cut.start;
                // "Ann, Bob, and Cy": the empty part between comma and "and" is none.
                if !text[this.range.clone()].trim().is_empty() {
                    parts.push(this);
                } else {
                    open.after_comma = this.after_comma && comma;
                }
            }
        }
        parts.push(open);
        parts
    }

    /// The name at the start of a part: without title, role and what follows.
    fn name(&self, text: &str, part: &Part) -> Option<Name> {
        let after_comma = part.after_comma;
        let part = trim(text, part.range.clone());
        let part = self.without_role(text, part);
        let part = trim(text, part);
        let inner = self.names.without_titles(&text[part.clone()]);
        let part = trim(text, part.start + inner.start..part.start + inner.end);
        let kind = self.names.kind(&text[part.clone()]);
        if kind == NameKind::Single && self.dates.calendar.look_up(&fold(&text[part.clone()])).is_some() {
            return None;
        }
        if kind != NameKind::None {
            return Some(Name { text: clean(&text[part.clone()]), range: part, kind });
        }
        // After a comma a name with a tail is an affiliation: "Ann Example, Nova University of the North".
        let head = self.head(text, part).filter(|_| !after_comma)?;
        Some(Name { text: clean(&text[head.clone()]), range: head, kind: NameKind::Person })
    }

    /// The longest start of a part that is a person's name, where something small follows: "Ann Example in Berlin".
    fn head(&self, text: &str, part: Range<usize>) -> Option<Range<usize>> {
        let words: Vec<Range<usize>> = words(text, part.clone()).take(8).collect();
        let first =
            words.iter().position(|w| text[w.clone()].starts_with(|c: char| c.is_lowercase()) && !is_particle_word(&text[w.clone()]))?;
        let end = words.get(first.checked_sub(1)?)?.end;
        let head = part.start..end;
        (self.names.kind(&text[head.clone()]) == NameKind::Person).then_some(head)
    }

    /// Without the words for a role at its start or end: "Political editor Ann Example".
    fn without_role(&self, text: &str, part: Range<usize>) -> Range<usize> {
        let folded = Folded::new(&text[part.clone()]);
        let roles: Vec<_> =
            self.names.lexicon.scan_name(&folded.text).into_iter().filter(|h| h.concept == Concept::AttributionRole).collect();
        let (mut start, mut end) = (0, folded.text.trim_end().len());
        if let Some(role) = roles.iter().find(|h| h.range.start == 0 && h.range.end < end) {
            start = role.range.end;
        }
        if let Some(role) = roles.iter().find(|h| h.range.end == end && h.range.start > start) {
            end = role.range.start;
        }
        let inner = folded.original(start..end);
        part.start + inner.start..part.start + inner.end
    }
}

/// Mail addresses, web addresses, account names.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|@\w+").expect("a fixed pattern"));

/// What a concept means as a label.
fn label(concept: Concept) -> Option<Label> {
    use Concept::*;
    match concept {
        AttributionByline | AttributionAuthorLabel => Some(Label::Author),
        AttributionPhotoLabel | AttributionPhotoBy | AttributionIllustrationLabel | AttributionImageSourceLabel => Some(Label::Other),
        AttributionTranslatedBy | AttributionEditedBy | AttributionSourceLabel | AttributionPreparedBy => Some(Label::Other),
        AttributionPublishedLabel | AttributionUpdatedLabel => Some(Label::Other),
        _ => None,
    }
}

/// Whether a phrase stands where a label can: at the start of a part, with something after it.
fn introduces(folded: &str, hit: &Hit, label: Label) -> bool {
    let before = folded[..hit.range.start].trim_end();
    let after = folded[hit.range.end..].trim_start();
    let strong = after.starts_with([':', '=', '/', '|']);
    let starts = before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '"' | '.'));
    if after.is_empty() {
        return false;
    }
    match label {
        Label::Author if hit.concept == Concept::AttributionAuthorLabel => starts && (strong || before.is_empty()),
        Label::Author => starts || (before.ends_with(|c: char| c.is_ascii_digit()) && hit.concept == Concept::AttributionByline),
        _ => {
            starts
                && (strong
                    || hit.concept == Concept::AttributionUpdatedLabel
                    || hit.concept == Concept::AttributionPublishedLabel
                    || after.starts_with(char::is_alphanumeric))
        }
    }
}

/// Whether a word for "and" stands between blanks.
fn is_apart(folded: &str, range: &Range<usize>) -> bool {
    folded[..range.start].ends_with(' ') && folded[range.end..].starts_with(' ')
}

/// Cuts at marks that part a name from something else: bars, dots, dashes between blanks, brackets.
fn pieces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[range.clone()];
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0;
    for (at, c) in part.char_indices() {
        let end = at + c.len_utf8();
        match c {
            '(' | '[' if depth == 0 => {
                pieces.push(start..at);
                depth = 1;
            }
            '(' | '[' => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            _ => {}
        }
        if matches!(c, ')' | ']') && depth == 0 {
            start = end;
        }
        if depth == 0 && is_cut(part, at, c) {
            pieces.push(start..at);
            start = end;
        }
    }
    if depth == 0 {
        pieces.push(start..part.len());
    }
    let trimmed = pieces.into_iter().filter(|p| p.start <= p.end).map(|p| trim(text, range.start + p.start..range.start + p.end));
    trimmed.filter(|p| !p.is_empty()).collect()
}

fn is_cut(text: &str, at: usize, c: char) -> bool {
    match c {
        '|' | '•' | '●' | '»' | '›' | '–' | '—' | '\n' | '/' | ':' | '→' | '▪' | '■' | '★' => true,
        '·' => text[..at].ends_with(char::is_whitespace),
        '-' => text[..at].ends_with(char::is_whitespace) && text[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    }
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let is_edge = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | ':' | '-' | '–' | '—' | '"' | '“' | '”' | '„' | '*' | '_' | '|' | '•' | '·' | '>' | '<' | '=' | '/' | '\u{200b}'
                    ..='\u{200f}'
            )
    };
    let start = part.len() - part.trim_start_matches(is_edge).len();
    let kept = part[start..].trim_end_matches(is_edge);
    // The dot of an initial belongs to the name, the one that ends a sentence doesn't.
    let kept = match kept.strip_suffix('.') {
        Some(head) if head.rsplit(' ').next().is_some_and(|w| w.chars().count() > 3) => head,
        _ => kept,
    };
    range.start + start..range.start + start + kept.len()
}

/// The words of a part, by their bytes.
fn words(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let base = part.start;
    text[part].split_whitespace().map(move |w| {
        let at = w.as_ptr() as usize - text.as_ptr() as usize;
        debug_assert!(at >= base, "a word lies in its part");
        at..at + w.len()
    })
}

fn is_particle_word(word: &str) -> bool {
    crate::detect::person::is_particle(word)
}

/// White space folded, invisible characters dropped.
pub(super) fn clean(name: &str) -> String {
    let visible: String = name.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')).collect();
    crate::text::squeeze(&visible)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Where persons are named, single words are places and other names affiliations; an agency beside a person stays.
fn settle(names: &mut Vec<Name>) {
    if names.iter().any(|n| n.kind == NameKind::Person) {
        names.retain(|n| matches!(n.kind, NameKind::Person | NameKind::Agency));
    } else {
        let first = names.first().map(|n| n.range.start);
        names.retain(|n| n.kind != NameKind::Single || Some(n.range.start) == first);
    }
    let mut known: Vec<String> = Vec::new();
    names.retain(|n| {
        let key = crate::text::fold(&n.text);
        let new = !known.contains(&key);
        known.push(key);
        new
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn read(language: &str, text: &str) -> Byline {
        let lexicon = Lexicon::builtin();
        let site = ["novamedia".to_owned()];
        let names = Names { lexicon, site: &site };
        let dates = Reader { calendar: lexicon.calendar(), language: Some(language), month_first: false };
        LineReader { names, dates }.read(text)
    }

    #[track_caller]
    fn check(language: &str, text: &str, expected: &[&str]) {
        let byline = read(language, text);
        let found: Vec<_> = byline.names.iter().map(|n| n.text.as_str()).collect();
        assert_eq!(found, expected, "{language}: {text}");
        assert!(byline.labelled, "{language}: {text}");
    }

    #[test]
    fn a_label_and_names() {
        check("en", "By Ann Example", &["Ann Example"]);
        check("en", "By ANN EXAMPLE and BOB SAMPLE", &["ANN EXAMPLE", "BOB SAMPLE"]);
        check("en", "By Ann Example, Bob Sample & Cy Person | Nov. 14, 2024", &["Ann Example", "Bob Sample", "Cy Person"]);
        check("en", "Published 14 November 2024 by Ann Example", &["Ann Example"]);
        check("en", "Written by: Dr. Ann Example, Political Editor", &["Ann Example"]);
        check("en", "By Ann Example in London", &["Ann Example"]);
        check("en", "By Ann Example - Nova Media", &["Ann Example"]);
        check("en", "By Nova Media and AFP", &["Nova Media", "AFP"]);
        check("de", "Von Ann Example und Bob Muster, dpa", &["Ann Example", "Bob Muster", "dpa"]);
        check("de", "Von unserem Korrespondenten Ann Example, Berlin", &["Ann Example"]);
        check("de", "Text: Ann Example, Fotos: Bob Muster", &["Ann Example"]);
        check("de", "Ein Kommentar von Ann Example", &["Ann Example"]);
        check("fr", "Par Ann Exemple et Zoé d'Essai", &["Ann Exemple", "Zoé d'Essai"]);
        check("es", "Por Ana Ejemplo y Luis de la Muestra", &["Ana Ejemplo", "Luis de la Muestra"]);
        check("ru", "Автор: Анна Примерова", &["Анна Примерова"]);
        check("el", "Της Άννας Παραδειγματίδη", &["Άννας Παραδειγματίδη"]);
    }

    #[test]
    fn east_asian_bylines() {
        check("ja", "文・山田太郎", &["山田太郎"]);
        check("ja", "取材・文＝山田 太郎 写真＝鈴木花子", &["山田 太郎"]);
        check("ja", "【山田太郎記者】", &["山田太郎"]);
        check("ko", "오보기 기자 obogi@example.kr", &["오보기"]);
        check("ko", "글·사진 오보기 기자", &["오보기"]);
        check("zh", "记者 王小明 李小红", &["王小明", "李小红"]);
        check("zh", "作者：王小明 2024年11月14日", &["王小明"]);
        check("zh", "撰文：王小明；摄影：李小红", &["王小明"]);
    }

    #[test]
    fn without_a_label_the_names_stand_alone() {
        let byline = read("en", "Sara Sample\u{a0}| 14 November 2024");
        assert_eq!(byline.names[0].text, "Sara Sample");
        assert!(!byline.labelled && byline.dated && byline.rest == 0, "{byline:?}");
        assert!(read("en", "Prices rose again last week, officials said.").names.is_empty());
        assert!(read("en", "Photo: Ann Example").names.is_empty());
        assert!(read("en", "Translated by Ann Example").names.is_empty());
    }
}
