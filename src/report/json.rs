//! JSON, and JSON lines, of a run.

use crate::report::record::FindingRecord;
use crate::report::run::{Checked, PolicyRecord, ProblemRecord, RunHead, Summary};
use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter};
use std::io;
use std::io::Write;

/// `value` as JSON on one line, without a line end. Strings hold no character that a terminal would act on: what JSON allows to stand
/// for itself, but turns the writing direction or steers a terminal, is escaped.
///
/// # Errors
/// Those of `out`.
pub fn write(value: &impl Serialize, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(out, Inert)).map_err(io::Error::from)
}

/// [`write()`] into a new string of bytes.
pub fn line(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(value, &mut bytes).expect("records have no keys that JSON can't hold, and memory takes every byte");
    bytes
}

struct Inert;

impl Formatter for Inert {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|&(_, c)| acts(c)) {
            CompactFormatter.write_string_fragment(writer, &rest[..at])?;
            write!(writer, "\\u{:04x}", c as u32)?;
            rest = &rest[at + c.len_utf8()..];
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

/// The control characters that JSON doesn't escape, and the marks that turn the writing direction.
fn acts(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A finding that an exception covers, in the list of these.
#[derive(Serialize)]
struct Excepted<'f> {
    fingerprint: &'f str,
    status: &'f str,
    rule: &'f str,
    document: &'f str,
}

impl<'f> Excepted<'f> {
    fn of(finding: &'f FindingRecord) -> Option<Self> {
        let FindingRecord { fingerprint, status, rule, document, .. } = finding;
        (!finding.is_open()).then_some(Self { fingerprint, status, rule, document: &document.path })
    }
}

/// Writes a run as one object. What comes later in the object than the documents is kept until the end.
#[derive(Debug)]
pub struct JsonWriter<W> {
    out: W,
    documents: usize,
    findings: Vec<Vec<u8>>,
    exceptions: Vec<Vec<u8>>,
    policies: Vec<Vec<u8>>,
    problems: Vec<Vec<u8>>,
}

impl<W: Write> JsonWriter<W> {
    /// Begins the object.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W, head: &RunHead) -> io::Result<Self> {
        let head = line(head);
        // The object of the head stays open for what follows.
        out.write_all(&head[..head.len() - 1])?;
        out.write_all(b",\"documents\":[")?;
        Ok(Self { out, documents: 0, findings: Vec::new(), exceptions: Vec::new(), policies: Vec::new(), problems: Vec::new() })
    }

    /// Notes a policy that documents are checked against from now on.
    pub fn policy(&mut self, policy: &PolicyRecord) {
        self.policies.push(line(policy));
    }

    /// Adds a document.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn document(&mut self, checked: &Checked) -> io::Result<()> {
        self.out.write_all(if self.documents == 0 { b"\n" } else { b",\n" })?;
        self.documents += 1;
        self.findings.extend(checked.findings.iter().map(line));
        self.exceptions.extend(checked.findings.iter().filter_map(Excepted::of).map(|e| line(&e)));
        write(&checked.document, &mut self.out)
    }

    /// Adds a problem.
    pub fn problem(&mut self, problem: &ProblemRecord) {
        self.problems.push(line(problem));
    }

    /// Ends the object.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self, summary: &Summary) -> io::Result<W> {
        self.out.write_all(b"]")?;
        let lists =
            [("policies", &self.policies), ("findings", &self.findings), ("exceptions", &self.exceptions), ("problems", &self.problems)];
        for (name, list) in lists {
            write!(self.out, ",\n\"{name}\":[")?;
            for (n, item) in list.iter().enumerate() {
                self.out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
                self.out.write_all(item)?;
            }
            self.out.write_all(b"]")?;
        }
        self.out.write_all(b",\n\"summary\":")?;
        write(summary, &mut self.out)?;
        self.out.write_all(b"}\n")?;
        Ok(self.out)
    }
}

/// Writes each object of a run on a line, as it comes. Nothing is kept.
#[derive(Debug)]
pub struct JsonlWriter<W> {
    out: W,
}

impl<W: Write> JsonlWriter<W> {
    /// Begins with the head of the run.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(out: W, head: &RunHead) -> io::Result<Self> {
        let mut this = Self { out };
        this.line(head)?;
        Ok(this)
    }

    fn line(&mut self, value: &impl Serialize) -> io::Result<()> {
        write(value, &mut self.out)?;
        self.out.write_all(b"\n")
    }

    /// Adds a policy that documents are checked against from now on.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn policy(&mut self, policy: &PolicyRecord) -> io::Result<()> {
        self.line(policy)
    }

    /// Adds a document and its findings.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn document(&mut self, checked: &Checked) -> io::Result<()> {
        self.line(&checked.document)?;
        checked.findings.iter().try_for_each(|f| self.line(f))
    }

    /// Adds a problem.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn problem(&mut self, problem: &ProblemRecord) -> io::Result<()> {
        self.line(problem)
    }

    /// Ends with the summary.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self, summary: &Summary) -> io::Result<W> {
        self.line(summary)?;
        Ok(self.out)
    }
}

/// Keys of a rule with their values as policies write them, as an object: lists stay lists.
pub(crate) fn demands(pairs: &[(String, String)]) -> Value {
    let mut object = serde_json::Map::new();
    for (key, written) in pairs {
        let toml = format!("value = {written}").parse::<toml::Table>().ok().and_then(|mut t| t.remove("value"));
        let value = toml.and_then(|v| serde_json::to_value(v).ok()).filter(|v| !v.is_number());
        object.insert(key.clone(), value.unwrap_or_else(|| written.as_str().into()));
    }
    object.into()
}

/// Pairs as an object; a name that stands several times has a list.
pub(crate) fn object(pairs: &[(String, String)]) -> Value {
    let mut object = serde_json::Map::new();
    for (name, value) in pairs {
        match object.get_mut(name) {
            Some(Value::Array(list)) => list.push(value.as_str().into()),
            Some(one) => *one = Value::Array(vec![one.take(), value.as_str().into()]),
            None => {
                object.insert(name.clone(), value.as_str().into());
            }
        }
    }
    object.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_cannot_steer_a_terminal_and_read_back_the_same() {
        let hostile = "a\u{1b}[2J\u{9b}b\u{202e}c\u{7f} é \"d\"";
        let json = String::from_utf8(line(&hostile)).unwrap();
        assert_eq!(json, r#""a\u001b[2J\u009bb\u202ec\u007f é \"d\"""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }

    #[test]
    fn demands_keep_their_shape() {
        let pairs = [("fact".to_owned(), "credit".to_owned()), ("parts".to_owned(), "[\"agency\", \"person\"]".to_owned())];
        assert_eq!(demands(&pairs).to_string(), r#"{"fact":"credit","parts":["agency","person"]}"#);
    }

    #[test]
    fn a_name_that_stands_twice_has_a_list() {
        let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
        let pairs = [pair("fact", "credit"), pair("parts", "agency"), pair("parts", "person")];
        assert_eq!(object(&pairs).to_string(), r#"{"fact":"credit","parts":["agency","person"]}"#);
    }
}
