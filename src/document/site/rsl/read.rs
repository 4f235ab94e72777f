//! Reads RSL documents and feeds.

use crate::document::Placed;
use crate::document::Problem;
use crate::document::site::note;
use crate::document::site::rsl::Content;
use crate::document::site::rsl::License;
use crate::document::site::rsl::Payment;
use crate::document::site::rsl::Rsl;
use crate::document::site::rsl::Usage;
use crate::document::xml;
use crate::document::xml::Piece;
use crate::document::xml::Tag;
use crate::text::Span;

/// The namespace (section 2).
const NAMESPACE: &str = "https://rslstandard.org/rsl";

/// Reads `text`.
pub(in crate::document) fn read(text: &str, problems: &mut Vec<Problem>) -> Rsl {
    let mut reader = Reader { rsl: Rsl::default(), open: Vec::new(), values: None, namespaced: false, problems: Vec::new() };
    xml::walk(text, "broken-rsl", problems, |piece| reader.take(piece));
    if !reader.namespaced && !reader.open.is_empty() | !reader.rsl.contents.is_empty() {
        let message = format!("the namespace `{NAMESPACE}` is missing; programs that look for it won't read this");
        let end = text.find('>').map_or(text.len(), |at| at + 1);
        reader.problems.push(note("rsl-namespace", message, Span::new(0, end)));
    }
    problems.append(&mut reader.problems);
    reader.rsl
}

/// The values of the `permits` or `prohibits` element that is open.
struct Values {
    permits: bool,
    kind: String,
    text: String,
    span: Span,
}

struct Reader<'t> {
    rsl: Rsl,
    open: Vec<&'t str>,
    values: Option<Values>,
    namespaced: bool,
    problems: Vec<Problem>,
}

impl<'t> Reader<'t> {
    fn take(&mut self, piece: Piece<'t>) {
        match piece {
            Piece::Open(tag) => self.open_tag(&tag),
            Piece::Close { span } => self.close(span),
            Piece::Text(words, span) => {
                if let Some(values) = &mut self.values {
                    values.text.push_str(&words);
                    values.span = if values.span.is_empty() { span } else { values.span.join(span) };
                }
            }
        }
    }

    fn open_tag(&mut self, tag: &Tag<'t>) {
        self.namespaced |= tag.attributes.iter().any(|(n, v)| n.starts_with("xmlns") && v.value.trim_end_matches('/') == NAMESPACE);
        self.open.push(tag.local());
        let content = tag.local() == "content" && (tag.get("url").is_some() || self.open.contains(&"rsl") || tag.name == "rsl:content");
        match tag.local() {
            "content" if content => self.content(tag),
            "license" => {
                let license = License { span: tag.span, ..License::default() };
                self.in_content(|content| content.licenses.push(license));
            }
            "permits" | "prohibits" => self.values = Some(values(tag)),
            "payment" => self.payment(tag),
            _ => {}
        }
    }

    fn content(&mut self, tag: &Tag<'t>) {
        let url = tag.get("url").cloned();
        if url.is_none() {
            self.problems.push(note("rsl-no-url", "`content` needs a `url`; it was read as one for no page".to_owned(), tag.span));
        }
        let url = url.unwrap_or_else(|| Placed { value: "about:blank".to_owned(), span: tag.span });
        let server = tag.get("server").is_some_and(|s| !s.value.trim().is_empty());
        self.rsl.contents.push(Content { url, server, licenses: Vec::new(), span: tag.span });
    }

    fn in_content(&mut self, change: impl FnOnce(&mut Content)) {
        if self.open.contains(&"content")
            && let Some(content) = self.rsl.contents.last_mut()
        {
            change(content);
        }
    }

    fn in_license(&mut self, change: impl FnOnce(&mut License)) {
        if self.open.contains(&"license")
            && let Some(license) = self.rsl.contents.last_mut().and_then(|c| c.licenses.last_mut())
        {
            change(license);
        }
    }

    fn close(&mut self, span: Span) {
        match self.open.pop() {
            Some("permits" | "prohibits") => {
                if let Some(values) = self.values.take() {
                    self.finish(&values);
                }
            }
            Some("license") => {
                if let Some(license) = self.rsl.contents.last_mut().and_then(|c| c.licenses.last_mut()) {
                    license.span = license.span.join(span);
                    self.problems.extend(contradiction(license));
                }
            }
            Some("content") => {
                if let Some(content) = self.rsl.contents.last_mut() {
                    content.span = content.span.join(span);
                }
            }
            _ => {}
        }
    }

    fn finish(&mut self, values: &Values) {
        if values.text.contains(',') {
            let message = "values are separated by blanks, not commas; they were read all the same".to_owned();
            self.problems.push(note("rsl-commas", message, values.span));
        }
        let words: Vec<&str> = values.text.split([' ', '\t', '\n', '\r', ',']).filter(|w| !w.is_empty()).collect();
        match values.kind.as_str() {
            "usage" => self.usages(values, &words),
            "user" if values.permits => self.in_license(|l| l.users.extend(words.iter().map(|w| (*w).to_owned()))),
            "user" => self.in_license(|l| l.users.extend(words.iter().map(|w| format!("!{w}")))),
            "geo" => {
                let mark = if values.permits { "" } else { "!" };
                self.in_license(|l| l.places.extend(words.iter().map(|w| format!("{mark}{w}"))));
            }
            other => {
                let message = format!("`{other}` is no type of permission; RSL knows `usage`, `user` and `geo`");
                self.problems.push(note("rsl-type", message, values.span));
            }
        }
    }

    fn usages(&mut self, values: &Values, words: &[&str]) {
        let mut known = Vec::new();
        for word in words {
            match Usage::named(word) {
                Some(usage) => known.push(usage),
                None => self.problems.push(unknown_usage(word, values.span)),
            }
        }
        self.in_license(|license| match values.permits {
            true => license.permits.get_or_insert_default().extend(known),
            false => license.prohibits.extend(known),
        });
    }

    fn payment(&mut self, tag: &Tag<'t>) {
        let kind = tag.get("type");
        let payment = match kind.map_or("free", |k| k.value.trim()) {
            "free" => Payment::Free,
            "attribution" => Payment::Attribution,
            "purchase" | "subscription" | "training" | "crawl" | "use" | "contribution" => Payment::Money,
            other => {
                let message = format!("`{other}` is no type of payment in RSL 1.0; it was read as one that costs money");
                self.problems.push(note("rsl-payment", message, kind.map_or(tag.span, |k| k.span)));
                Payment::Money
            }
        };
        self.in_license(|license| license.payments.push(payment));
    }
}

fn values(tag: &Tag<'_>) -> Values {
    let kind = tag.get("type").map_or("usage", |k| k.value.trim()).to_owned();
    let start = tag.span.end as usize;
    Values { permits: tag.local() == "permits", kind, text: String::new(), span: Span::new(start, start) }
}

fn unknown_usage(word: &str, span: Span) -> Problem {
    let meant = match word {
        "train-ai" | "train-genai" => "; `ai-train` was probably meant",
        "ai-use" => "; `ai-input` was probably meant",
        "ai-summarize" => "; `ai-input` covers summaries",
        _ => "",
    };
    note("rsl-usage", format!("`{word}` is no usage value of RSL 1.0 and says nothing{meant}"), span)
}

/// The same usage permitted and prohibited: the prohibition counts.
fn contradiction(license: &License) -> Option<Problem> {
    let permits = license.permits.as_deref().unwrap_or_default();
    let both = permits.iter().find(|p| license.prohibits.contains(p))?;
    let message = format!("`{}` is permitted and prohibited by the same licence; the prohibition counts", both.name());
    Some(note("rsl-permits-and-prohibits", message, license.span))
}
