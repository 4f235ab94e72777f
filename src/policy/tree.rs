//! TOML as a tree in which every key and value knows its file and bytes, so that layers can be merged without losing places.

use std::ops::Range;
use toml::de::{DeInteger, DeTable, DeValue};

/// Bytes of one of the files of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Spot {
    pub(super) file: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Spot {
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) at: Spot,
    pub(super) data: Data,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Data {
    Text(String),
    Integer(i64),
    Float(f64),
    Flag(bool),
    Date(toml::value::Datetime),
    List(Vec<Node>),
    Table(Table),
}

/// A table in the order of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_at: Spot,
    pub(super) value: Node,
}

/// What TOML itself finds wrong: bytes and one line.
pub(super) type SyntaxProblem = (Range<usize>, String);

/// Reads `text`, which is file number `file`. What can't be read is left out and said.
pub(super) fn parse(text: &str, file: usize) -> (Table, Vec<SyntaxProblem>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let problems = errors.iter().map(|e| (e.span().unwrap_or(0..0), e.message().to_owned())).collect();
    (table(root.get_ref(), file as u32), problems)
}

fn table(raw: &DeTable<'_>, file: u32) -> Table {
    let mut entries: Vec<_> = raw
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_at: spot(file, key.span()),
            value: Node { at: spot(file, value.span()), data: data(value.get_ref(), file) },
        })
        .collect();
    entries.sort_by_key(|e| e.key_at.start);
    Table { entries }
}

fn spot(file: u32, range: Range<usize>) -> Spot {
    Spot { file, start: range.start as u32, end: range.end as u32 }
}

fn data(raw: &DeValue<'_>, file: u32) -> Data {
    match raw {
        DeValue::String(text) => Data::Text(text.to_string()),
        DeValue::Integer(number) => integer(number),
        DeValue::Float(number) => Data::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Data::Flag(*flag),
        DeValue::Datetime(date) => Data::Date(*date),
        DeValue::Array(list) => Data::List(list.iter().map(|v| Node { at: spot(file, v.span()), data: data(v.get_ref(), file) }).collect()),
        DeValue::Table(inner) => Data::Table(table(inner, file)),
    }
}

/// Numbers beyond 64 bits become floats: no key of a policy takes one, so the type is reported as wrong.
fn integer(number: &DeInteger<'_>) -> Data {
    i64::from_str_radix(number.as_str(), number.radix()).map_or(Data::Float(f64::INFINITY), Data::Integer)
}

impl Data {
    /// The type in words, for "expected …, found …".
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) | Self::Float(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Node {
    /// The text, if it is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The table, if it is one.
    pub(super) fn as_table(&self) -> Option<&Table> {
        match &self.data {
            Data::Table(table) => Some(table),
            _ => None,
        }
    }
}

impl Table {
    /// The entry of that key.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    /// Takes the entry of that key out.
    pub(super) fn take(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|e| e.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Lays `over` on top: tables merge key by key, everything else is replaced.
    pub(super) fn merge(&mut self, over: Table) {
        for entry in over.entries {
            match self.entries.iter_mut().find(|e| e.key == entry.key) {
                Some(below) => below.merge(entry),
                None => self.entries.push(entry),
            }
        }
    }
}

impl Entry {
    fn merge(&mut self, over: Entry) {
        match (&mut self.value.data, over.value.data) {
            (Data::Table(below), Data::Table(above)) => below.merge(above),
            (below, above) => *below = above,
        }
        self.value.at = over.value.at;
        self.key_at = over.key_at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Table {
        parse(text, 0).0
    }

    #[test]
    fn several_syntax_errors_are_found_and_the_rest_is_read() {
        let (root, problems) = parse("a = \"x\nb =\nc = 1\nc = 2\n[t\nd = 3\n", 0);
        assert!(problems.len() >= 4, "{problems:?}");
        assert!(root.get("c").is_some());
    }

    #[test]
    fn entries_keep_the_order_and_the_bytes_of_the_file() {
        let text = "z = 1\na = [\"x\"]\n";
        let root = tree(text);
        assert_eq!(root.entries.iter().map(|e| e.key.as_str()).collect::<Vec<_>>(), ["z", "a"]);
        assert_eq!(&text[root.entries[1].value.at.range()], "[\"x\"]");
    }

    #[test]
    fn tables_merge_key_by_key_and_lists_are_replaced() {
        let mut below = tree("[r]\nparts = [\"a\", \"b\"]\ntitle = \"t\"\n[r.year]\ncovers = 1\n");
        below.merge(parse("[r]\nparts = [\"c\"]\n[r.year]\nlatest = 2\n", 1).0);
        let Data::Table(rule) = &below.get("r").expect("kept").value.data else { panic!("a table") };
        let Data::List(parts) = &rule.get("parts").expect("kept").value.data else { panic!("a list") };
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].at.file, 1);
        let Data::Table(year) = &rule.get("year").expect("kept").value.data else { panic!("a table") };
        assert_eq!(year.entries.len(), 2);
        assert!(rule.get("title").is_some());
    }
}
