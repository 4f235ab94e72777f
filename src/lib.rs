//! Reads published articles for the rights notices they carry.
//!
//! A finding rests on evidence, evidence on a place in the source, a place on bytes. The tool states what a document says and
//! lacks; it never says what is lawful.

pub mod builtin;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod detect;
pub mod document;
pub mod evidence;
pub mod exceptions;
pub mod finding;
#[cfg(feature = "cli")]
pub mod input;
pub mod lexicon;
pub mod policy;
pub mod registry;
pub mod report;
pub mod rights;
pub mod source;
pub mod terms;
pub mod text;
