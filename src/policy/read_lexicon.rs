//! Reads `[lexicon.LANGUAGE.TABLE]`: wording that the built-in lexicon doesn't know.

use crate::lexicon::Lexicon;
use crate::lexicon::calendar::Wording;
use crate::lexicon::concept::Concept;
use crate::lexicon::load::{Entry, Language};
use crate::policy::read_detector::intern;
use crate::policy::reader::{Fault, Reader};
use crate::policy::tree;
use crate::policy::tree::Table;

/// The built-in lexicon with what the policy adds; nothing if it adds nothing.
pub(super) fn lexicon(tables: &Table, reader: &mut Reader) -> Option<Lexicon> {
    let added = reader.table(&tables.get("lexicon")?.value, "lexicon")?;
    let mut languages = Lexicon::builtin().languages().to_vec();
    for entry in &added.entries {
        let Some(table) = reader.table(&entry.value, &entry.key) else { continue };
        let phrases = phrases(table, reader);
        match languages.iter_mut().find(|language| language.code == entry.key) {
            Some(known) => known.phrases.extend(phrases),
            None => languages.push(new_language(&entry.key, table, phrases, reader)),
        }
    }
    Some(Lexicon::new(languages))
}

/// A language that the built-in lexicon doesn't have.
fn new_language(code: &str, table: &Table, phrases: Vec<Entry>, reader: &mut Reader) -> Language {
    let name = crate::policy::tables::text_of(table, "name", reader).unwrap_or_else(|| code.to_owned());
    Language { code: intern(code), name, phrases, dates: Wording::default() }
}

fn phrases(table: &Table, reader: &mut Reader) -> Vec<Entry> {
    let mut found = Vec::new();
    for area in table.entries.iter().filter(|e| e.key != "name") {
        let Some(keys) = reader.table(&area.value, &area.key) else { continue };
        for key in &keys.entries {
            found.extend(concept(&area.key, key, reader).into_iter().flatten());
        }
    }
    found
}

fn concept(area: &str, key: &tree::Entry, reader: &mut Reader) -> Option<Vec<Entry>> {
    let name = format!("{area}.{}", key.key);
    let Some(concept) = Concept::named(&name) else {
        let fault = Fault::new("unknown-word", key.key_at, format!("`{name}` is no concept of the lexicon"));
        reader.fault(fault.near(&name, Concept::ALL.iter().map(|c| c.name())).help("`rightscheck explain` lists the concepts"));
        return None;
    };
    let texts = reader.texts(&key.value, &key.key);
    Some(texts.iter().map(|text| Entry { concept, text: text.trim_start_matches('~').to_owned(), weak: text.starts_with('~') }).collect())
}
