//! The grammar of a byline: labels, names, and what stands around them.

use crate::detect::byline::east_asian;
use crate::detect::byline::segment;
use crate::detect::byline::segment::Label;
use crate::detect::byline::segment::Segment;
use crate::detect::byline::segment::pieces;
use crate::detect::byline::segment::trim;
use crate::detect::date::visible::Reader;
use crate::detect::person::Name;
use crate::detect::person::NameKind;
use crate::detect::person::Names;
use crate::detect::person::is_particle;
use crate::lexicon::concept::Concept;
use crate::text::Folded;
use crate::text::fold;
use std::ops::Range;

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

/// Labels, roles and a date have fewer letters in words without a capital than this; a sentence has more.
const MOST_SMALL: usize = 100;

/// How many words may stand before a label inside a line: "Blog post by Ann Example".
const LEAD: usize = 3;

/// Reads bylines.
#[derive(Debug, Clone, Copy)]
pub struct LineReader<'a> {
    /// Tells persons from others.
    pub names: Names<'a>,
    /// Finds the dates that stand in the same line.
    pub dates: Reader<'a>,
}

/// A part of a line that can be one name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    range: Range<usize>,
    /// Whether a comma stands before it.
    after_comma: bool,
    /// Whether its label makes sure that a name starts here.
    labelled: bool,
}

impl LineReader<'_> {
    /// Reads `text` as a byline. Nothing is found in a sentence.
    pub fn read(&self, text: &str) -> Byline {
        self.read_with(text, false)
    }

    /// Reads `text` where mark-up or metadata say that it names a writer, so that a name may have a tail without a label.
    pub fn read_named(&self, text: &str) -> Byline {
        self.read_with(text, true)
    }

    fn read_with(&self, text: &str, named: bool) -> Byline {
        if text.len() > LONGEST || text.trim().is_empty() {
            return Byline::default();
        }
        if let Some(byline) = east_asian::read(self, text) {
            return byline;
        }
        if segment::small_letters(text) > MOST_SMALL {
            return Byline::default();
        }
        if segment::is_label(self.names.lexicon, text) {
            return Byline::default();
        }
        let dates: Vec<Range<usize>> = self.dates.find(text).into_iter().map(|d| d.range).collect();
        let segments = segment::segments(self.names.lexicon, text, &dates);
        let byline = self.segmented(text, &segments, &dates, named);
        let plain = segments.iter().all(|s| matches!(s.label, Label::None | Label::Cut));
        let persons = byline.names.iter().any(|n| n.kind == NameKind::Person);
        let led = if plain { self.led(text, &dates, persons) } else { None };
        led.unwrap_or(byline)
    }

    fn segmented(&self, text: &str, segments: &[Segment], dates: &[Range<usize>], named: bool) -> Byline {
        let labelled = segments.iter().any(|s| s.label == Label::Author);
        let mut names = Vec::new();
        let mut known: usize = dates.iter().map(|d| letters(&text[d.clone()])).sum();
        for segment in segments {
            let wanted = if labelled { segment.label == Label::Author } else { matches!(segment.label, Label::None | Label::Cut) };
            if wanted {
                known += self.names_in(text, segment.range.clone(), labelled || named, &mut names);
            }
        }
        settle(&mut names);
        let gaps = segments.windows(2).map(|w| w[0].range.end..w[1].range.start);
        let labels: usize = gaps.filter(|g| !dates.contains(g)).map(|g| letters(&text[g])).sum();
        Byline { names, labelled, dated: !dates.is_empty(), rest: letters(text).saturating_sub(known + labels) }
    }

    /// A line with a few words before its label: "Guest post by Ann Example". Where the line reads as a name already
    /// (`persons`), "von" is part of it, and only a longer label counts.
    fn led(&self, text: &str, dates: &[Range<usize>], persons: bool) -> Option<Byline> {
        let label = segment::label_inside(self.names.lexicon, text, LEAD)?;
        if persons && !text[label.clone()].contains(' ') {
            return None;
        }
        let segments =
            [Segment { range: 0..label.start, label: Label::Other }, Segment { range: label.end..text.len(), label: Label::Author }];
        let byline = self.segmented(text, &segments, dates, false);
        let lead = letters(&text[..label.start]);
        let persons = !byline.names.is_empty() && byline.names.iter().all(|n| n.kind == NameKind::Person);
        (persons && byline.rest <= lead).then_some(byline)
    }

    /// The names in bytes `range` of the line. Gives the number of letters that names, titles and roles account for.
    fn names_in(&self, text: &str, range: Range<usize>, labelled: bool, names: &mut Vec<Name>) -> usize {
        let mut known = 0;
        for piece in pieces(text, range) {
            let parts = self.parts(text, piece, labelled);
            let found: Vec<Option<Name>> = parts.iter().map(|p| self.name(text, p)).collect();
            known += parts.iter().zip(&found).map(|(part, name)| self.known(text, part, name.as_ref())).sum::<usize>();
            let found = without_affiliations(&parts, found);
            // What follows a bar or a dash is the outlet or the section, unless it is another person.
            if names.is_empty() || found.iter().all(|n| n.kind == NameKind::Person) {
                names.extend(found);
            }
        }
        known
    }

    /// How many letters of a part are explained: all of them where nothing but a role stands beside the name.
    fn known(&self, text: &str, part: &Part, name: Option<&Name>) -> usize {
        let rest = trim(text, self.without_role(text, trim(text, part.range.clone())));
        match name {
            Some(name) if name.range.end == rest.end => letters(&text[part.range.clone()]),
            Some(name) => letters(&name.text),
            None if self.is_role(&text[rest.clone()]) => letters(&text[part.range.clone()]),
            None => 0,
        }
    }

    fn is_role(&self, text: &str) -> bool {
        let folded = fold(text);
        let hits = self.names.lexicon.scan_name(&folded);
        hits.iter().any(|h| matches!(h.concept, Concept::AttributionRole | Concept::AttributionBeat) && h.range == (0..folded.len()))
    }

    /// Cuts a piece at commas and the words for "and".
    fn parts(&self, text: &str, piece: Range<usize>, labelled: bool) -> Vec<Part> {
        let part = &text[piece.clone()];
        let mut parts = Vec::new();
        let mut open = Part { range: piece.clone(), after_comma: false, labelled };
        for cut in self.cuts(part) {
            let (start, end) = (piece.start + cut.start, piece.start + cut.end);
            if start < open.range.start {
                continue;
            }
            let comma = &text[start..end] == ",";
            let next = Part { range: end..piece.end, after_comma: comma && !parts_empty(&parts, text, &open, start), labelled };
            let mut this = std::mem::replace(&mut open, next);
            this.range.end = start;
            // "Ann, Bob, and Cy": the empty part between comma and "and" is none.
            if !text[this.range.clone()].trim().is_empty() {
                parts.push(this);
            }
        }
        parts.push(open);
        parts
    }

    /// Commas and the like, and the words for "and", in order.
    fn cuts(&self, part: &str) -> Vec<Range<usize>> {
        let folded = Folded::new(part);
        let hits = self.names.lexicon.scan_name(&folded.text);
        let apart = |range: &Range<usize>| folded.text[..range.start].ends_with(' ') && folded.text[range.end..].starts_with(' ');
        let ands = hits.into_iter().filter(|h| h.concept == Concept::AttributionAnd && apart(&h.range)).map(|h| folded.original(h.range));
        let commas = part.match_indices([',', ';', '&', '+', '،', '؛']).map(|(at, c)| at..at + c.len());
        let mut cuts: Vec<Range<usize>> = ands.chain(commas).collect();
        cuts.sort_by_key(|c| c.start);
        cuts
    }

    /// The name at the start of a part: without title, role and what follows.
    fn name(&self, text: &str, part: &Part) -> Option<Name> {
        let range = trim(text, part.range.clone());
        let range = trim(text, self.without_role(text, range));
        let inner = self.names.without_titles(&text[range.clone()]);
        let range = trim(text, range.start + inner.start..range.start + inner.end);
        let kind = self.names.kind(&text[range.clone()]);
        if kind == NameKind::Single && self.dates.calendar.look_up(&fold(&text[range.clone()])).is_some() {
            return None;
        }
        if kind != NameKind::None {
            return Some(Name { text: clean(&text[range.clone()]), range, kind });
        }
        // After a comma a name with a tail is an affiliation: "Ann Example, Nova University of the North".
        if part.after_comma || !part.labelled {
            return None;
        }
        let range = self.head(text, range)?;
        Some(Name { text: clean(&text[range.clone()]), kind: self.names.kind(&text[range.clone()]), range })
    }

    /// The start of a part that is a name, where something small follows: "Ann Example in Berlin".
    fn head(&self, text: &str, part: Range<usize>) -> Option<Range<usize>> {
        let words: Vec<Range<usize>> = words(text, part.clone()).take(8).collect();
        let is_small = |w: &Range<usize>| {
            let word = &text[w.clone()];
            word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) && !is_particle(word)
        };
        let end = words.get(words.iter().position(is_small)?.checked_sub(1)?)?.end;
        let head = trim(text, part.start..end);
        matches!(self.names.kind(&text[head.clone()]), NameKind::Person | NameKind::Single).then_some(head)
    }

    /// Without the words for a role at its start or end: "Political editor Ann Example", "Ann Example Senior reporter".
    fn without_role(&self, text: &str, part: Range<usize>) -> Range<usize> {
        let folded = Folded::new(&text[part.clone()]);
        let hits = self.names.lexicon.scan_name(&folded.text);
        let hit = |concept, test: &dyn Fn(&Range<usize>) -> bool| {
            hits.iter().find(|h| h.concept == concept && test(&h.range)).map(|h| h.range.clone())
        };
        let skip = |at: usize| at + folded.text[at..].len() - folded.text[at..].trim_start_matches([' ', '-']).len();
        let all = folded.text.trim_end().len();
        let beat = hit(Concept::AttributionBeat, &|r| r.start == 0).map_or(0, |r| skip(r.end));
        let lead = [0, beat].into_iter().find_map(|from| hit(Concept::AttributionRole, &|r| r.start == from && r.end < all));
        let start = lead.map_or(0, |r| r.end);
        let mut end = all;
        let mut stripped = false;
        while let Some(range) = hit(Concept::AttributionRole, &|r| r.end == end && r.start > start)
            .or_else(|| hit(Concept::AttributionBeat, &|r| stripped && r.end == end && r.start > start))
        {
            (end, stripped) = (folded.text[..range.start].trim_end().len(), true);
        }
        let inner = folded.original(start..end.max(start));
        self.unglued(text, part.start + inner.start..part.start + inner.end)
    }

    /// Without a role that follows the name without a blank, as where two elements meet: "Ann ExampleLifestyle".
    fn unglued(&self, text: &str, part: Range<usize>) -> Range<usize> {
        let Some(last) = words(text, part.clone()).last() else { return part };
        let mut small = false;
        let word = &text[last.clone()];
        let humps = word.char_indices().filter(|&(_, c)| std::mem::replace(&mut small, c.is_lowercase()) && c.is_uppercase());
        match humps.last() {
            Some((at, _)) if at >= 3 && self.is_role(&word[at..]) => part.start..last.start + at,
            _ => part,
        }
    }
}

/// Whether nothing stands before the comma at `at`.
fn parts_empty(parts: &[Part], text: &str, open: &Part, at: usize) -> bool {
    parts.is_empty() && text[open.range.start..at].trim().is_empty()
}

/// Drops what is joined to an organisation by "and" after a comma: "Ann Example, Nova College and North University".
fn without_affiliations(parts: &[Part], mut found: Vec<Option<Name>>) -> Vec<Name> {
    for n in (1..found.len()).rev() {
        let organised = found[n].as_ref().is_some_and(|name| name.kind == NameKind::Organisation);
        if organised && !parts[n].after_comma && parts[n - 1].after_comma {
            found[n - 1] = None;
        }
    }
    found.into_iter().flatten().collect()
}

/// The words of a part, by their bytes.
fn words(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    text[part].split_whitespace().map(move |w| {
        let at = w.as_ptr() as usize - text.as_ptr() as usize;
        at..at + w.len()
    })
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
        let key = fold(&n.text);
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
        check("en", "By Ann Example mailto:ann", &["Ann Example"]);
        check("en", "By Ann Example @annexample", &["Ann Example"]);
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
