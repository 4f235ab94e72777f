//! Sentences that say where the text comes from: "with material from …", "first appeared in …".

use crate::detect::agency_credit::Finder;
use crate::detect::agency_credit::Found;
use crate::detect::date::visible::Reader;
use crate::detect::source::outlet::OutletReader;
use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::registry::agencies::Agencies;
use crate::terms::Confidence;
use std::ops::Range;

/// Longest sentence that is read, in bytes.
const SENTENCE: usize = 320;

impl Finder<'_> {
    /// Every sentence of the block that credits the text.
    pub(super) fn sentences(&self) -> Vec<Found> {
        let hits = &self.reading.hits[self.id.0 as usize];
        let wanted = |h: &&Hit| matches!(h.concept, Concept::AttributionAgencyMaterial | Concept::AttributionOriginallyPublished);
        let mut found: Vec<Found> = Vec::new();
        for hit in hits.iter().filter(wanted).filter(|h| self.speaks(h)) {
            let at = self.reading.folded[self.id.0 as usize].original(hit.range.clone());
            let sentence = sentence(&self.block.text, &at);
            if found.iter().rev().take(2).any(|f| f.range.start < sentence.end && sentence.start < f.range.end) || sentence.len() > SENTENCE
            {
                continue;
            }
            found.extend(self.credit(hit, &at, sentence));
        }
        found
    }

    /// Whether the hit is in the document's language, or that is unknown.
    fn speaks(&self, hit: &Hit) -> bool {
        self.reading.document().language.as_deref().is_none_or(|l| l == hit.language)
    }

    fn credit(&self, hit: &Hit, at: &Range<usize>, sentence: Range<usize>) -> Option<Found> {
        let text = self.block.text.as_str();
        let agencies = self.named(&text[sentence.clone()]);
        if hit.concept == Concept::AttributionAgencyMaterial {
            let general = agencies.is_empty() && text.len() <= 80;
            let confidence = if agencies.is_empty() { Confidence::Medium } else { Confidence::High };
            return (general || !agencies.is_empty()).then_some(Found { agencies, range: sentence, confidence });
        }
        // "First published on 14 November 2024" dates the text and credits nobody.
        let dates =
            Reader { calendar: self.reading.lexicon.calendar(), language: self.reading.document().language.as_deref(), month_first: false };
        if dates.find(&text[at.end..sentence.end]).first().is_some_and(|d| d.range.start <= 12) {
            return None;
        }
        let reader = OutletReader { names: self.names, calendar: self.reading.lexicon.calendar() };
        let outlet = reader.after(text, at.end).map(|o| o.name).or_else(|| self.first_capitals(text, at.end, sentence.end));
        let agencies = if agencies.is_empty() { outlet.into_iter().collect() } else { agencies };
        let confidence = if hit.weak { Confidence::Medium } else { Confidence::High };
        (!agencies.is_empty()).then_some(Found { agencies, range: sentence, confidence })
    }

    /// The agencies that a sentence names.
    fn named(&self, sentence: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut end = 0;
        for word in sentence.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '/' | '"')).filter(|w| !w.is_empty()) {
            let at = word.as_ptr() as usize - sentence.as_ptr() as usize;
            if at < end {
                continue;
            }
            let Some(found) = Agencies::builtin().at_start(&sentence[at..]) else { continue };
            let capital = word.chars().any(char::is_uppercase) || !found.weak;
            if found.range.start == 0 && capital && Agencies::builtin().list()[found.index].is("wire") {
                names.push(sentence[at..at + found.range.end].to_owned());
                end = at + found.range.end;
            }
        }
        names
    }

    /// A capitalised name after "first appeared in", whatever it is: the sentence says that it published the text.
    fn first_capitals(&self, text: &str, from: usize, to: usize) -> Option<String> {
        let tail = &text[from..to.max(from)];
        let words = tail.split_whitespace().skip_while(|w| !w.starts_with(char::is_uppercase));
        let name: Vec<&str> = words.take_while(|w| w.starts_with(char::is_uppercase)).take(5).collect();
        let name = name.join(" ");
        let name = name.trim_end_matches(['.', ',', ';']).to_owned();
        (!name.is_empty() && !self.names.is_site(&crate::text::fold(&name))).then_some(name)
    }
}

/// The sentence of `text` around `at`, as far as a sentence may reach.
fn sentence(text: &str, at: &Range<usize>) -> Range<usize> {
    let ends = |c: char, rest: &str| {
        matches!(c, '。' | '！') || matches!(c, '.' | '!' | '?') && rest.chars().next().is_none_or(char::is_whitespace)
    };
    let after = |n: usize, c: char| n + c.len_utf8();
    let mut back = text[..at.start].char_indices().rev().take(SENTENCE);
    let start = back.find(|&(n, c)| ends(c, &text[after(n, c)..])).map(|(n, c)| after(n, c));
    let start =
        start.unwrap_or_else(|| at.start - text[..at.start].char_indices().rev().nth(SENTENCE).map_or(at.start, |(n, _)| at.start - n));
    let mut on = text[at.end..].char_indices().take(SENTENCE).map(|(n, c)| (at.end + n, c));
    let end = on.find(|&(n, c)| ends(c, &text[after(n, c)..])).map(|(n, c)| after(n, c));
    let end = end.unwrap_or_else(|| text[at.end..].char_indices().nth(SENTENCE).map_or(text.len(), |(n, _)| at.end + n));
    start..end
}
