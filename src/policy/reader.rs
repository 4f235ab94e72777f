//! Takes values out of the tree of a policy and collects what is wrong with them.

use crate::policy::PolicyFile;
use crate::policy::problem::PolicyProblem;
use crate::policy::tree::{Data, Entry, Node, Spot, Table};
use jiff::civil::Date;
use std::sync::Arc;

/// A problem while the policy is read: places still name their file by number.
#[derive(Debug)]
pub(super) struct Fault {
    code: &'static str,
    at: Spot,
    label: String,
    message: String,
    related: Vec<(Spot, String)>,
    help: Option<String>,
}

impl Fault {
    pub(super) fn new(code: &'static str, at: Spot, message: impl Into<String>) -> Self {
        Self { code, at, message: message.into(), label: String::new(), related: Vec::new(), help: None }
    }

    /// What to say under the caret.
    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same, with the near name of `word` among `names` if there is one.
    pub(super) fn near<'n>(mut self, word: &str, names: impl IntoIterator<Item = &'n str>) -> Self {
        if let Some(name) = near(word, names) {
            self.label = format!("did you mean `{name}`?");
        }
        self
    }

    pub(super) fn related(mut self, at: Spot, label: impl Into<String>) -> Self {
        self.related.push((at, label.into()));
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The name nearest to `word`: at most two letters added, dropped, changed or swapped.
pub(super) fn near<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = word.chars().count();
    // Names that differ by more letters in length alone are not compared: a policy can be full of long unknown words.
    let limit = length.min(3);
    names
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) < limit)
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|&(distance, _)| distance < limit)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

/// Reads a policy's tables and keeps every fault.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) files: Vec<Arc<PolicyFile>>,
    faults: Vec<Fault>,
    /// Files whose TOML is broken: what is missing there may stand in the part that couldn't be read.
    broken: Vec<usize>,
}

impl Reader {
    pub(super) fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Notes what TOML itself finds wrong with file number `file`.
    pub(super) fn syntax(&mut self, file: usize, problems: Vec<(std::ops::Range<usize>, String)>) {
        if !problems.is_empty() {
            self.broken.push(file);
        }
        for (range, message) in problems {
            let at = Spot { file: file as u32, start: range.start as u32, end: range.end as u32 };
            self.fault(Fault::new("syntax", at, "this is not TOML").label(message));
        }
    }

    /// Notes that something is missing, unless a syntax error in the same file explains it.
    pub(super) fn missing(&mut self, fault: Fault) {
        if !self.broken.contains(&(fault.at.file as usize)) {
            self.fault(fault);
        }
    }

    pub(super) fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    /// The faults as problems, in the order of the files and their lines.
    pub(super) fn problems(mut self) -> Vec<PolicyProblem> {
        self.faults.sort_by_key(|f| (f.at.file, f.at.start, f.at.end));
        let files = &self.files;
        self.faults.into_iter().map(|fault| problem(files, fault)).collect()
    }

    /// Reports the keys of `table` that aren't among `known`. `what` names the table.
    pub(super) fn only(&mut self, table: &Table, what: &str, known: &[&str]) {
        for entry in table.entries.iter().filter(|e| !known.contains(&e.key.as_str())) {
            self.unknown_key(entry, what, known);
        }
    }

    pub(super) fn unknown_key(&mut self, entry: &Entry, what: &str, known: &[&str]) {
        let fault = Fault::new("unknown-key", entry.key_at, format!("{what} has no key `{}`", entry.key));
        self.fault(fault.near(&entry.key, known.iter().copied()).help(format!("keys of {what}: {}", known.join(", "))));
    }

    fn wrong_type(&mut self, node: &Node, key: &str, wanted: &str) {
        let label = format!("this is {}", node.data.kind());
        self.fault(Fault::new("wrong-type", node.at, format!("`{key}` takes {wanted}")).label(label));
    }

    pub(super) fn table<'t>(&mut self, node: &'t Node, key: &str) -> Option<&'t Table> {
        match &node.data {
            Data::Table(table) => Some(table),
            _ => {
                self.wrong_type(node, key, "a table");
                None
            }
        }
    }

    /// The tables of `[[key]]`, or of one inline table.
    pub(super) fn tables<'t>(&mut self, node: &'t Node, key: &str) -> Vec<(&'t Table, Spot)> {
        match &node.data {
            Data::List(items) => items.iter().filter_map(|item| Some((self.table(item, key)?, item.at))).collect(),
            _ => self.table(node, key).map(|t| (t, node.at)).into_iter().collect(),
        }
    }

    pub(super) fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        match &node.data {
            Data::Text(text) => Some(text.clone()),
            _ => {
                self.wrong_type(node, key, "text");
                None
            }
        }
    }

    /// Words, each with its place: one text or a list of texts.
    pub(super) fn words(&mut self, node: &Node, key: &str) -> Vec<(String, Spot)> {
        match &node.data {
            Data::Text(word) => vec![(word.clone(), node.at)],
            Data::List(items) if items.is_empty() => {
                self.fault(Fault::new("empty-list", node.at, format!("`{key}` lists nothing")).label("leave the key out instead"));
                Vec::new()
            }
            Data::List(items) => items.iter().filter_map(|item| Some((self.text(item, key)?, item.at))).collect(),
            _ => {
                self.wrong_type(node, key, "a text or a list of texts");
                Vec::new()
            }
        }
    }

    pub(super) fn texts(&mut self, node: &Node, key: &str) -> Vec<String> {
        self.words(node, key).into_iter().map(|(word, _)| word).collect()
    }

    pub(super) fn flag(&mut self, node: &Node, key: &str) -> Option<bool> {
        match node.data {
            Data::Flag(flag) => Some(flag),
            _ => {
                self.wrong_type(node, key, "true or false");
                None
            }
        }
    }

    pub(super) fn integer(&mut self, node: &Node, key: &str) -> Option<i64> {
        match node.data {
            Data::Integer(number) => Some(number),
            _ => {
                self.wrong_type(node, key, "a whole number");
                None
            }
        }
    }

    /// A share from 0 to 1.
    pub(super) fn share(&mut self, node: &Node, key: &str) -> Option<f64> {
        let number = match node.data {
            Data::Float(number) => number,
            Data::Integer(number) => number as f64,
            _ => {
                self.wrong_type(node, key, "a number from 0 to 1");
                return None;
            }
        };
        if (0.0..=1.0).contains(&number) {
            return Some(number);
        }
        self.fault(Fault::new("bad-number", node.at, format!("`{key}` is a share from 0 to 1")).label("outside of that"));
        None
    }

    /// A day: a TOML date, or the same as text.
    pub(super) fn date(&mut self, node: &Node, key: &str) -> Option<Date> {
        let text = match &node.data {
            Data::Date(date) => date.date.map(|d| d.to_string()).unwrap_or_default(),
            Data::Text(text) => text.clone(),
            _ => {
                self.wrong_type(node, key, "a date, as in 2026-08-02");
                return None;
            }
        };
        let date = text.parse().ok();
        if date.is_none() {
            self.fault(Fault::new("bad-date", node.at, format!("`{key}` takes a date, as in 2026-08-02")).label("not a date"));
        }
        date
    }

    /// One word of a closed list. `what` names a member: "a use", "an area".
    pub(super) fn word<T: Copy>(
        &mut self,
        (word, at): (&str, Spot),
        what: &str,
        all: &[T],
        name: fn(T) -> &'static str,
        everyday: &[(&str, &'static str)],
    ) -> Option<T> {
        if let Some(&found) = all.iter().find(|&&member| name(member) == word) {
            return Some(found);
        }
        let fault = Fault::new("unknown-word", at, format!("`{word}` is not {what}"));
        let fault = match everyday.iter().find(|(often, _)| *often == word) {
            Some((_, meant)) => fault.label(format!("did you mean `{meant}`?")),
            None => fault.near(word, all.iter().map(|&m| name(m))),
        };
        let names: Vec<_> = all.iter().map(|&m| name(m)).collect();
        self.fault(fault.help(format!("{what} is one of: {}", names.join(", "))));
        None
    }

    /// The words of a closed list.
    pub(super) fn members<T: Copy>(
        &mut self,
        node: &Node,
        key: &str,
        what: &str,
        all: &[T],
        name: fn(T) -> &'static str,
        everyday: &[(&str, &'static str)],
    ) -> Vec<T> {
        let words = self.words(node, key);
        words.iter().filter_map(|(word, at)| self.word((word, *at), what, all, name, everyday)).collect()
    }

    /// One word of a closed list.
    pub(super) fn member<T: Copy>(&mut self, node: &Node, key: &str, what: &str, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
        let word = self.text(node, key)?;
        self.word((&word, node.at), what, all, name, &[])
    }

    /// A name that must be among `known`: a set, a party, a wording.
    pub(super) fn reference(&mut self, (word, at): (&str, Spot), what: &'static str, code: &'static str, known: &[String]) -> bool {
        if known.iter().any(|k| k == word) {
            return true;
        }
        let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let fault =
            Fault::new(code, at, format!("`{word}` is not {article} {what} of this policy")).near(word, known.iter().map(String::as_str));
        let list = if known.is_empty() { format!("no {what} is defined") } else { format!("defined: {}", known.join(", ")) };
        self.fault(fault.help(format!("{list}; define one with `[{what}.{word}]`")));
        false
    }

    /// The words of file number `at.file` at `at`.
    pub(super) fn written(&self, at: Spot) -> &str {
        self.files[at.file as usize].text.get(at.range()).unwrap_or("")
    }
}

fn problem(files: &[Arc<PolicyFile>], fault: Fault) -> PolicyProblem {
    let (here, elsewhere): (Vec<_>, Vec<_>) = fault.related.into_iter().partition(|(at, _)| at.file == fault.at.file);
    let mut help = fault.help;
    for (at, label) in elsewhere {
        let line = format!("{label}: {} line {}", files[at.file as usize].name, line(&files[at.file as usize].text, at.start as usize));
        help = Some(help.map_or(line.clone(), |h| format!("{h}; {line}")));
    }
    PolicyProblem {
        code: fault.code,
        message: fault.message,
        file: files[fault.at.file as usize].clone(),
        primary: (fault.at.range(), fault.label),
        related: here.into_iter().map(|(at, label)| (at.range(), label)).collect(),
        help,
    }
}

fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|&&b| b == b'\n').count() + 1
}
