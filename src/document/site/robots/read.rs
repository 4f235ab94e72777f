//! Reads the lines of a robots.txt.

use crate::document::Placed;
use crate::document::Problem;
use crate::document::site::line::Line;
use crate::document::site::line::Record;
use crate::document::site::line::lines;
use crate::document::site::note;
use crate::document::site::pattern::PathPattern;
use crate::document::site::robots::Agent;
use crate::document::site::robots::Group;
use crate::document::site::robots::Robots;
use crate::document::site::robots::Rule;
use crate::document::site::robots::UseLine;
use crate::document::site::robots::lint;
use crate::text::Span;

/// What the standard makes every parser read (2.5); what follows can't be relied on.
pub(super) const LIMIT: usize = 500 * 1024;

/// Reads `text`.
pub(in crate::document::site) fn read(text: &str, problems: &mut Vec<Problem>) -> Robots {
    let mut reader = Reader { robots: Robots::default(), in_rules: false, problems };
    for line in lines(within_limit(text, reader.problems), ':') {
        match line {
            Line::Record(record) => reader.record(&record),
            Line::Bare(words, span) => reader.problems.extend(lint::bare(words, span)),
        }
    }
    reader.robots.finish();
    lint::groups(&reader.robots, reader.problems);
    reader.robots
}

fn within_limit<'t>(text: &'t str, problems: &mut Vec<Problem>) -> &'t str {
    if text.len() <= LIMIT {
        return text;
    }
    let end = (0..=LIMIT).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let message = format!("robots.txt has {} bytes; parsers need read only the first {LIMIT}: the rest was left out", text.len());
    problems.push(note("robots-too-long", message, Span::new(end, text.len())));
    &text[..end]
}

struct Reader<'p> {
    robots: Robots,
    /// Whether a rule has been read since the last `user-agent` line.
    in_rules: bool,
    problems: &'p mut Vec<Problem>,
}

impl Reader<'_> {
    fn record(&mut self, record: &Record<'_>) {
        let field = record.name.to_ascii_lowercase();
        match field.as_str() {
            "user-agent" => self.agent(record),
            "allow" | "disallow" => self.rule(record, field == "allow"),
            "content-usage" => self.use_line(record, true),
            "content-signal" => self.use_line(record, false),
            "license" => self.licence(record),
            "disallowaitraining" | "allowaitraining" => self.training(record, field == "allowaitraining"),
            _ => self.problems.extend(lint::unknown_field(&field, record)),
        }
    }

    fn agent(&mut self, record: &Record<'_>) {
        let agent = Agent { value: placed(record), token: product_token(record.value), span: record.span };
        self.problems.extend(lint::token(&agent));
        if self.in_rules || self.robots.groups.is_empty() {
            self.robots.groups.push(Group::default());
            self.in_rules = false;
        }
        if let Some(group) = self.robots.groups.last_mut() {
            self.problems.extend(lint::split_list(group, record));
            group.agents.push(agent);
        }
    }

    /// The group that a line belongs to; before the first `user-agent` line there is none, and the line says nothing.
    fn group(&mut self, record: &Record<'_>) -> Option<&mut Group> {
        if self.robots.groups.is_empty() {
            let message = format!("`{}` stands before the first `User-agent`: it applies to nobody", record.name);
            self.problems.push(note("robots-rule-before-group", message, record.span));
        }
        self.robots.groups.last_mut()
    }

    fn rule(&mut self, record: &Record<'_>, allows: bool) {
        let rule = Rule { allows, path: PathPattern::new(record.value), span: record.span };
        self.problems.extend(lint::rule(&rule, record));
        if let Some(group) = self.group(record) {
            group.rules.push(rule);
            self.in_rules = true;
        }
    }

    /// `Content-Usage` is a rule of its group (attach-05, 3), so that a list of `user-agent` lines ends there; `Content-Signal` is a
    /// record that the standard doesn't know and ends nothing.
    fn use_line(&mut self, record: &Record<'_>, is_rule: bool) {
        let line = use_line(record);
        if let Some(group) = self.group(record) {
            if is_rule {
                group.usage.push(line);
                self.in_rules = true;
            } else {
                group.signals.push(line);
            }
        }
    }

    fn licence(&mut self, record: &Record<'_>) {
        self.problems.extend(lint::licence(record));
        match self.robots.groups.last_mut() {
            Some(group) => group.licences.push(placed(record)),
            None => self.robots.licences.push(placed(record)),
        }
    }

    fn training(&mut self, record: &Record<'_>, allows: bool) {
        let path = PathPattern::new(if record.value.is_empty() { "/" } else { record.value });
        self.problems.push(lint::expired_draft(record));
        if let Some(group) = self.group(record) {
            group.training.push(Rule { allows, path, span: record.span });
        }
    }
}

fn placed(record: &Record<'_>) -> Placed {
    Placed { value: record.value.to_owned(), span: record.value_span }
}

/// Splits the path from the preferences: a value that starts with `/` has one, up to the first blank.
fn use_line(record: &Record<'_>) -> UseLine {
    let (path, value) = match record.value.find([' ', '\t']) {
        Some(end) if record.value.starts_with('/') => (Some(&record.value[..end]), record.value[end..].trim_start()),
        None if record.value.starts_with('/') => (Some(record.value), ""),
        _ => (None, record.value),
    };
    let end = record.value_span.end as usize;
    let value = Placed { value: value.to_owned(), span: Span::new(end - value.len(), end) };
    UseLine { path: path.map(PathPattern::new), value, span: record.span }
}

/// The characters of product tokens are letters, `_` and `-` (2.2.1).
fn product_token(value: &str) -> String {
    if value.starts_with('*') {
        return "*".to_owned();
    }
    let end = value.find(|c: char| !(c.is_ascii_alphabetic() || c == '_' || c == '-')).unwrap_or(value.len());
    value[..end].to_ascii_lowercase()
}
