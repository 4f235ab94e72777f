//! html5gum's tokens, with their bytes, handed to html5ever's tree builder.
//!
//! html5ever's own tokenizer keeps no byte places; html5gum does and is faster. The tree builder stays html5ever's, so the tree is the
//! standard's: tests compare it with the one that html5ever's tokenizer leads to.

use crate::document::Problem;
use crate::document::html::ahead;
use crate::document::html::ahead::Cursor;
use crate::document::html::ahead::Names;
use crate::document::html::ahead::Next;
use crate::document::html::ahead::Opening;
use crate::document::html::ahead::RawEnds;
use crate::document::html::formatting::OpenFormatting;
use crate::document::html::formatting::Part;
use crate::document::html::gathered::Gathered;
use crate::document::html::gathered::tendril;
use crate::document::html::gathered::text_of;
use crate::document::html::guard::Guard;
use crate::document::html::guard::MOST_ATTRIBUTES;
use crate::document::html::names::Hints;
use crate::document::html::reference;
use crate::document::html::sparing;
use crate::document::html::sparing::Extent;
use crate::document::html::sparing::Interest;
use crate::document::html::told::Listener;
use crate::document::html::told::Told;
use crate::document::html::told::Topic;
use crate::document::html::tree::AttributePlace;
use crate::document::html::tree::RecordingSink;
use crate::document::html::tree::Stretch;
use crate::text::Span;
use ego_tree::NodeId;
use html5ever::Attribute;
use html5ever::LocalName;
use html5ever::QualName;
use html5ever::local_name;
use html5ever::ns;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Doctype;
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::TagKind;
use html5ever::tokenizer::Token;
use html5ever::tokenizer::TokenSink;
use html5ever::tokenizer::TokenSinkResult;
use html5ever::tokenizer::states::RawKind;
use html5ever::tree_builder::TreeBuilder;
use html5gum::Emitter as _;
use html5gum::State;
use std::cell::Cell;
use std::convert::Infallible;

/// Turns the calls of html5gum's tokenizer into html5ever's tokens.
struct Emitter<'a, 's> {
    source: &'s str,
    /// The source once more, for the tree: what it holds as written are parts of this, without memory of their own.
    shared: StrTendril,
    builder: &'a TreeBuilder<NodeId, RecordingSink>,
    /// Whether what nothing reads stays out of the tree.
    spares: bool,
    /// Whether class names that are statements for machines (microformats) were met: from there on every attribute may be read.
    has_formats: bool,
    formatting: OpenFormatting,
    position: usize,
    /// Where html5gum goes on reading: `position`, unless it has looked ahead.
    cursor: &'a Cell<usize>,
    /// How the content is to be read that follows the tag that has just ended: where reading ahead may take over.
    follows: Option<State>,
    /// Whether the source is without U+0000, which the standard reads in five different ways: few pages have any.
    has_no_nul: bool,
    raw_ends: RawEnds<'s>,
    names: Names<'s>,
    /// Where the tag, comment or doctype under way starts.
    opened: usize,
    text: TextRun,
    tag: TagParts,
    listener: Listener<'s>,
    last_start_tag: Vec<u8>,
    comment: Vec<u8>,
    doctype: DoctypeParts,
    guard: &'a mut Guard,
}

/// The text since the last tag or comment.
#[derive(Default)]
struct TextRun {
    text: Gathered,
    stretches: Vec<Stretch>,
    /// Up to where the source is accounted for, so that a reference's bytes are those since then.
    covered: usize,
}

/// The tag under way.
#[derive(Default)]
struct TagParts {
    is_end: bool,
    name: Vec<u8>,
    /// The name as the tree builder wants it, where it is known already.
    local: Option<(LocalName, Part)>,
    self_closing: bool,
    attributes: Vec<Attribute>,
    places: Vec<AttributePlace>,
    in_attribute: bool,
    attribute_name: Vec<u8>,
    attribute_value: Gathered,
    place: AttributePlace,
    told: Told,
    /// Whether it had a class attribute; a second counts for nothing.
    has_class: bool,
    /// How many attributes stay out of the tree.
    spared: usize,
    dropped_attributes: bool,
}

#[derive(Default)]
struct DoctypeParts {
    name: Vec<u8>,
    public: Option<Vec<u8>>,
    system: Option<Vec<u8>>,
    force_quirks: bool,
}

/// Tokenizes `source` into `builder`, as far as `extent` says; gives back what was dropped.
pub(super) fn tokenize(source: &str, extent: Extent, builder: &TreeBuilder<NodeId, RecordingSink>) -> Vec<Problem> {
    let mut guard = Guard::default();
    // Decoding drops one byte-order mark; html5ever's tokenizer drops one, too, so that of two none becomes text.
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let cursor = Cell::new(start);
    let emitter = Emitter {
        source,
        shared: StrTendril::from_slice(source),
        builder,
        spares: extent == Extent::Read,
        has_formats: false,
        formatting: OpenFormatting::default(),
        position: start,
        cursor: &cursor,
        has_no_nul: memchr::memchr(0, source.as_bytes()).is_none(),
        follows: Some(State::Data),
        raw_ends: RawEnds::default(),
        names: Names::new(),
        opened: 0,
        text: TextRun::default(),
        tag: TagParts::default(),
        listener: Listener::default(),
        last_start_tag: Vec::new(),
        comment: Vec::new(),
        doctype: DoctypeParts::default(),
        guard: &mut guard,
    };
    let Ok(()) = html5gum::Tokenizer::new_with_emitter(Cursor { source: source.as_bytes(), at: &cursor }, emitter).finish();
    guard.problems()
}

impl<'s> Emitter<'_, 's> {
    fn send(&mut self, token: Token, span: Span) -> Option<State> {
        self.builder.sink.begin_token(span);
        let result = self.builder.process_token(token, 1);
        self.builder.sink.end_token();
        match result {
            TokenSinkResult::Continue => None,
            TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => None,
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => Some(State::ScriptData),
        }
    }

    /// Sends the text gathered so far. The tree builder wants U+0000 as a token of its own.
    fn flush_text(&mut self) {
        if self.text.text.is_empty() {
            return;
        }
        let (text, _) = self.text.text.take(&self.shared);
        self.builder.sink.begin_text(text.clone(), &self.text.stretches);
        self.text.stretches.clear();
        if self.has_no_nul {
            return self.send_text(text);
        }
        let mut rest = &*text;
        while let Some(at) = memchr::memchr(0, rest.as_bytes()) {
            self.send_text(StrTendril::from_slice(&rest[..at]));
            let _ = self.builder.process_token(Token::NullCharacterToken, 1);
            rest = &rest[at + 1..];
        }
        self.send_text(StrTendril::from_slice(rest));
    }

    fn send_text(&self, text: StrTendril) {
        if !text.is_empty() {
            let _ = self.builder.process_token(Token::CharacterTokens(text), 1);
        }
    }

    fn finish_attribute(&mut self) {
        if !std::mem::take(&mut self.tag.in_attribute) || self.tag.is_end {
            return;
        }
        let name = LocalName::from(&*text_of(&self.tag.attribute_name));
        let (value, own) = self.tag.attribute_value.take(&self.shared);
        self.add_attribute((name.clone(), Topic::of(&name)), value, own, self.tag.place);
    }

    /// Adds an attribute; `own` are the bytes of its value if it stands so in the source.
    fn add_attribute(&mut self, (name, topic): (LocalName, Topic), value: StrTendril, own: Option<Span>, place: AttributePlace) {
        let tag = &mut self.tag;
        if tag.attributes.len() + tag.spared >= MOST_ATTRIBUTES {
            tag.dropped_attributes = true;
        } else if tag.attributes.iter().all(|a| a.name.local != name) {
            self.listener.hear(&mut tag.told, topic, &value, own.map(|own| &self.source[own.range()]));
            tag.has_class |= topic == Topic::Classes;
            self.has_formats |= tag.told.sense.hints.has(Hints::FORMAT);
            tag.places.push(place);
            tag.attributes.push(Attribute { name: QualName::new(None, ns!(), name), value });
        }
    }

    /// Adds an attribute read ahead, unless nothing reads it.
    fn add_simple_attribute(&mut self, interest: Interest, place: AttributePlace, has_ampersands: bool) -> Option<()> {
        let name = &self.source[place.name.range()];
        let known = self.names.get(name);
        let (topic, is_spared) = (known.topic, interest != Interest::All && !known.is_read && !self.has_formats);
        if is_spared && self.spare(interest, topic, place, has_ampersands) {
            return Some(());
        }
        let name = (self.names.get(name).local.clone(), topic);
        let Span { start, end } = place.value;
        let written = self.shared.try_subtendril(start, end - start).ok()?;
        let decoded = if has_ampersands { Some(reference::decoded(&written)?) } else { None };
        match decoded.filter(|decoded| **decoded != *written) {
            Some(decoded) => self.add_attribute(name, decoded.into(), None, place),
            None => self.add_attribute(name, written, Some(place.value), place),
        }
        Some(())
    }

    /// Keeps an attribute out of the tree, if what it tells, too, can be taken down now.
    fn spare(&mut self, interest: Interest, topic: Topic, place: AttributePlace, has_ampersands: bool) -> bool {
        let tag = &mut self.tag;
        if topic == Topic::Classes && !tag.has_class {
            if interest == Interest::Named || has_ampersands {
                return false;
            }
            let value = &self.source[place.value.range()];
            self.listener.hear(&mut tag.told, topic, value, Some(value));
            self.has_formats = tag.told.sense.hints.has(Hints::FORMAT);
            if self.has_formats {
                return false;
            }
            tag.has_class = true;
        }
        tag.spared += 1;
        tag.dropped_attributes |= tag.attributes.len() + tag.spared > MOST_ATTRIBUTES;
        true
    }

    /// Reads text, simple tags, comments and references up to the first thing that is none of them, where html5gum goes on.
    fn read_ahead(&mut self) {
        let bytes = self.source.as_bytes();
        while let Some(length) = memchr::memchr2(b'<', b'&', &bytes[self.position..]) {
            if !self.passes_over_blanks(length) {
                self.take_text(length);
            }
            let rest = &bytes[self.position..];
            let read = match rest[0] {
                b'&' => self.simple_reference(),
                _ if rest.starts_with(b"<!--") => self.simple_comment(),
                _ => self.simple_tag(),
            };
            if read.is_none() {
                break;
            }
        }
    }

    /// Goes past the next `length` bytes if nobody sees them: white space where a line starts.
    fn passes_over_blanks(&mut self, length: usize) -> bool {
        let end = self.position + length;
        let passes = self.spares
            && length > 0
            && self.text.text.is_empty()
            && !self.formatting.may_be()
            && self.source.as_bytes()[self.position..end].trim_ascii_start().is_empty()
            && self.is_at_line_start();
        if passes {
            self.go_to(end);
            self.text.covered = end;
        }
        passes
    }

    /// Whether text here would stand at the start of a line. html5ever doesn't tell what it has open, but asks for the name of the
    /// innermost element when it is asked about that.
    fn is_at_line_start(&self) -> bool {
        self.builder.sink.forget_asked();
        !self.builder.adjusted_current_node_present_but_not_in_html_namespace() && self.builder.sink.asked_ends_line()
    }

    /// Reads the reference here, or the ampersand that starts none.
    fn simple_reference(&mut self) -> Option<()> {
        let reference = reference::read(&self.source[self.position..])?;
        if reference.is_literal() {
            self.take_text(1);
            return Some(());
        }
        self.init_string();
        let span = Span::new(self.position, self.position + reference.len);
        self.go_to(span.end as usize);
        let mut buffer = [0; 8];
        let text = reference.encode(&mut buffer);
        self.add_text(text.as_bytes(), Stretch { at: self.text.text.len() as u32, span, exact: false });
        Some(())
    }

    /// Reads the comment here.
    fn simple_comment(&mut self) -> Option<()> {
        let end = ahead::comment_end(self.source, self.position)?;
        let comment = &self.source[self.position + "<!--".len()..end];
        self.init_comment();
        self.opened = self.position;
        self.go_to(end + "-->".len());
        if self.spares && !sparing::is_directive(comment) {
            self.text.covered = self.position;
            return Some(());
        }
        self.comment.extend_from_slice(comment.as_bytes());
        self.emit_current_comment();
        Some(())
    }

    /// Reads the content of a script or a style up to its end tag, or up to what the standard treats apart.
    fn read_raw_ahead(&mut self) {
        let rest = &self.source.as_bytes()[self.position..];
        let name = &self.last_start_tag;
        let ends = |&at: &usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        let Some(end) = memchr::memmem::find_iter(rest, "</").find(ends) else { return };
        self.take_text(memchr::memmem::find(&rest[..end], b"<!--").unwrap_or(end));
    }

    /// Takes the next `length` bytes for text. Line ends become line feeds, as the standard has it.
    fn take_text(&mut self, length: usize) {
        let (bytes, end) = (self.source.as_bytes(), self.position + length);
        while self.position < end {
            let rest = &bytes[self.position..end];
            let line = memchr::memchr(b'\r', rest).unwrap_or(rest.len());
            let (taken, text) = match line {
                0 if rest.starts_with(b"\r\n") => (2, &b"\n"[..]),
                0 => (1, &b"\n"[..]),
                line => (line, &rest[..line]),
            };
            self.init_string();
            let span = Span::new(self.position, self.position + taken);
            self.go_to(span.end as usize);
            self.add_text(text, Stretch { at: self.text.text.len() as u32, span, exact: line > 0 });
        }
    }

    fn add_text(&mut self, chunk: &[u8], stretch: Stretch) {
        let TextRun { text, stretches, covered } = &mut self.text;
        *covered = stretch.span.end as usize;
        text.push(self.source, chunk, stretch.exact.then_some(stretch.span));
        match stretches.last_mut() {
            Some(last) if stretch.exact && last.exact && last.span.end == stretch.span.start => last.span.end = stretch.span.end,
            _ => stretches.push(stretch),
        }
    }

    fn go_to(&mut self, position: usize) {
        self.position = position;
        self.cursor.set(position);
    }

    /// Reads the tag here if it is a simple one; otherwise html5gum starts it anew.
    fn simple_tag(&mut self) -> Option<()> {
        let source = self.source;
        let Opening { is_end, name } = ahead::opening(source, self.position)?;
        self.init_start_tag();
        self.tag.is_end = is_end;
        let mut at = name.end as usize;
        let interest = if self.spares { self.names.get(&source[name.range()]).interest } else { Interest::All };
        let end = loop {
            match ahead::next(source, at)? {
                Next::Attribute { place, ampersands, at: next } => {
                    if !is_end {
                        self.add_simple_attribute(interest, place, ampersands)?;
                    }
                    at = next;
                }
                Next::End { self_closing, at } => {
                    self.tag.self_closing = self_closing;
                    break at;
                }
            }
        };
        let name = &source[name.range()];
        let holds_text = !is_end && ahead::holds_text(name.as_bytes());
        let text_end = if holds_text { self.raw_ends.find(source, name, end)? } else { end };
        self.tag.name.extend_from_slice(name.as_bytes());
        self.tag.name.make_ascii_lowercase();
        let known = self.names.get(name);
        let is_drawing = self.spares && !is_end && known.local == local_name!("svg");
        let drawing = (is_drawing && !self.tag.self_closing).then(|| sparing::drawing_end(source, end)).flatten();
        // A drawing that is passed over ends with the next tag.
        let is_passed_over = drawing.is_some() || is_drawing && self.tag.self_closing;
        self.tag.local = Some((known.local.clone(), if is_passed_over { Part::None } else { known.part }));
        self.opened = self.position;
        self.go_to(end);
        let state = self.emit_current_tag();
        debug_assert!(holds_text || state.is_none(), "a simple tag is followed by plain content");
        // In a drawing, and where the tag counts for nothing, its content is mark-up like any other.
        if state.is_some() {
            self.take_text(text_end - end);
            self.simple_tag()?;
        }
        if let Some(end) = drawing.filter(|_| self.builder.adjusted_current_node_present_but_not_in_html_namespace()) {
            self.go_to(end);
            self.text.covered = end;
        }
        Some(())
    }

    fn emit_start_tag(&mut self, span: Span) -> Option<State> {
        std::mem::swap(&mut self.last_start_tag, &mut self.tag.name);
        let (name, part) = self.tag.local.take().unwrap_or_else(|| named(&self.last_start_tag));
        if self.tag.dropped_attributes {
            self.guard.too_many_attributes.get_or_insert(span);
        }
        if self.guard.refuses(&self.last_start_tag, span, self.builder) {
            return None;
        }
        self.builder.sink.begin_start_tag(&name, &self.tag.places, self.tag.told);
        let tag = Tag {
            kind: TagKind::StartTag,
            name,
            self_closing: self.tag.self_closing,
            attrs: std::mem::take(&mut self.tag.attributes),
            had_duplicate_attributes: false,
        };
        let made = self.builder.sink.elements_made();
        let state = self.send(Token::TagToken(tag), span);
        self.formatting.start(part, self.builder.sink.elements_made() - made);
        state
    }

    fn emit_end_tag(&mut self, span: Span) -> Option<State> {
        self.last_start_tag.clear();
        self.guard.counted = false;
        let (name, part) = self.tag.local.take().unwrap_or_else(|| named(&self.tag.name));
        let tag = Tag { kind: TagKind::EndTag, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
        let made = self.builder.sink.elements_made();
        let state = self.send(Token::TagToken(tag), span);
        self.formatting.end(part, self.builder.sink.elements_made() - made);
        state
    }
}

/// The name of a tag as the tree builder wants it, and what its element does to formatting.
fn named(name: &[u8]) -> (LocalName, Part) {
    let local = LocalName::from(&*text_of(name));
    let part = Part::of(&local);
    (local, part)
}

impl html5gum::Emitter for Emitter<'_, '_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.extend(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.flush_text();
        let end = self.source.len();
        self.send(Token::EOFToken, Span::new(end, end));
        self.builder.end();
    }

    fn emit_error(&mut self, _error: html5gum::Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    /// Asked for before every step, so that a tag's end is where reading ahead can take over.
    fn pop_token(&mut self) -> Option<Infallible> {
        if let Some(state) = self.follows.take()
            && self.has_no_nul
            && self.position == self.cursor.get()
        {
            match state {
                State::Data => self.read_ahead(),
                State::ScriptData | State::RawText => self.read_raw_ahead(),
                _ => {}
            }
            self.follows = None;
        }
        None
    }

    fn init_string(&mut self) {
        if self.text.text.is_empty() {
            self.text.covered = self.position;
        }
    }

    fn emit_string(&mut self, chunk: &[u8]) {
        if chunk.is_empty() {
            return;
        }
        let (at, covered) = (self.text.text.len() as u32, self.text.covered);
        let start = self.position.wrapping_sub(chunk.len());
        let stands_at = |at: usize| self.source.as_bytes().get(at..at + chunk.len()) == Some(chunk);
        let (span, exact) = if start >= covered && start <= self.position && stands_at(start) {
            (Span::new(start, self.position), true)
        } else if chunk.starts_with(b"<") && stands_at(covered) {
            // What looked like an end tag inside a script is sent in two chunks, the first of them late.
            (Span::new(covered, covered + chunk.len()), true)
        } else {
            let source = self.source.as_bytes();
            let crlf = self.position > 0 && source.get(self.position - 1..=self.position) == Some(b"\r\n");
            (Span::new(covered.min(self.position), self.position + usize::from(crlf)), false)
        };
        self.add_text(chunk, Stretch { at, span, exact });
    }

    fn init_start_tag(&mut self) {
        self.tag.name.clear();
        self.tag.local = None;
        self.tag.is_end = false;
        self.tag.self_closing = false;
        self.tag.attributes.clear();
        self.tag.places.clear();
        self.tag.told = Told::default();
        self.tag.in_attribute = false;
        self.tag.has_class = false;
        self.tag.spared = 0;
        self.tag.dropped_attributes = false;
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.tag.is_end = true;
    }

    fn init_comment(&mut self) {
        self.flush_text();
        self.comment.clear();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.finish_attribute();
        self.flush_text();
        let span = Span::new(self.opened, self.position);
        self.text.covered = self.position;
        let state = if self.tag.is_end { self.emit_end_tag(span) } else { self.emit_start_tag(span) };
        self.follows = Some(state.unwrap_or(State::Data));
        state
    }

    fn emit_current_comment(&mut self) {
        self.text.covered = self.position;
        let comment = Token::CommentToken(tendril(&self.comment));
        self.send(comment, Span::new(self.opened.min(self.position), self.position));
        self.comment.clear();
    }

    fn emit_current_doctype(&mut self) {
        self.text.covered = self.position;
        let parts = std::mem::take(&mut self.doctype);
        let doctype = Doctype {
            name: Some(parts.name).filter(|n| !n.is_empty()).map(|n| tendril(&n)),
            public_id: parts.public.map(|p| tendril(&p)),
            system_id: parts.system.map(|s| tendril(&s)),
            force_quirks: parts.force_quirks,
        };
        // No `end_token`: a doctype passes by text that a table keeps back.
        let _ = self.builder.process_token(Token::DoctypeToken(doctype), 1);
    }

    fn set_self_closing(&mut self) {
        self.tag.self_closing = true;
    }

    fn set_force_quirks(&mut self) {
        self.doctype.force_quirks = true;
    }

    fn push_tag_name(&mut self, s: &[u8]) {
        self.tag.name.extend_from_slice(s);
    }

    fn push_comment(&mut self, s: &[u8]) {
        self.comment.extend_from_slice(s);
    }

    fn push_doctype_name(&mut self, s: &[u8]) {
        self.doctype.name.extend_from_slice(s);
    }

    fn init_doctype(&mut self) {
        self.flush_text();
        self.doctype = DoctypeParts::default();
    }

    fn init_attribute(&mut self) {
        self.finish_attribute();
        let tag = &mut self.tag;
        tag.in_attribute = true;
        tag.attribute_name.clear();
        tag.attribute_value.clear();
        let at = self.position.saturating_sub(1) as u32;
        tag.place = AttributePlace { name: Span { start: at, end: at }, value: Span { start: at, end: at } };
    }

    fn init_attribute_value(&mut self) {
        let at = self.position as u32;
        self.tag.place.value = Span { start: at, end: at };
    }

    fn push_attribute_name(&mut self, s: &[u8]) {
        let end = self.position as u32;
        self.tag.attribute_name.extend_from_slice(s);
        self.tag.place.name.end = end;
        self.tag.place.value = Span { start: end, end };
    }

    fn push_attribute_value(&mut self, s: &[u8]) {
        let own = self.position.checked_sub(s.len()).filter(|&start| self.source.as_bytes().get(start..self.position) == Some(s));
        self.tag.attribute_value.push(self.source, s, own.map(|start| Span::new(start, self.position)));
        self.tag.place.value.end = self.position as u32;
    }

    fn set_doctype_public_identifier(&mut self, value: &[u8]) {
        self.doctype.public = Some(value.to_vec());
    }

    fn set_doctype_system_identifier(&mut self, value: &[u8]) {
        self.doctype.system = Some(value.to_vec());
    }

    fn push_doctype_public_identifier(&mut self, s: &[u8]) {
        self.doctype.public.get_or_insert_default().extend_from_slice(s);
    }

    fn push_doctype_system_identifier(&mut self, s: &[u8]) {
        self.doctype.system.get_or_insert_default().extend_from_slice(s);
    }

    fn start_open_tag(&mut self) {
        self.opened = self.position.saturating_sub(1);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.is_end && !self.last_start_tag.is_empty() && self.last_start_tag == self.tag.name
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.flush_text();
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.wrapping_add_signed(offset);
    }
}
