//! `rightscheck inspect`: what documents say about their rights.

use crate::cli::args::InspectArgs;
use crate::cli::args::InspectFormat;
use crate::cli::ordered;
use crate::cli::{Exit, Failure};
use crate::input::InputError;
use crate::input::bundle::Bundle;
use crate::input::walk::Entry;
use crate::input::walk::Inputs;
use crate::lexicon::Lexicon;
use crate::report::inspection;
use std::io;
use std::io::Write;
use std::path::Path;

pub(crate) fn run(
    args: &InspectArgs,
    here: &Path,
    out: &mut (dyn Write + Send),
    messages: &mut (dyn Write + Send),
) -> Result<Exit, Failure> {
    let inputs = Inputs::new(here, &args.scan.paths, args.scan.selection(true)).map_err(Failure::usage)?;
    let list = args.format == InspectFormat::Json && !inputs.is_single_file();
    let (mut documents, mut exit) = (0, Exit::Clean);
    let lexicon = Lexicon::builtin();
    let work = |entry: Result<Entry, InputError>| one(&entry?, args, lexicon);
    if list {
        out.write_all(b"[")?;
    }
    ordered::in_order(args.scan.threads(), inputs.entries(), work, |result| {
        match result {
            Ok(object) => {
                let before = if !list {
                    ""
                } else if documents == 0 {
                    "\n"
                } else {
                    ",\n"
                };
                documents += 1;
                out.write_all(before.as_bytes())?;
                out.write_all(&object)?;
                if !list {
                    out.write_all(b"\n")?;
                }
            }
            Err(error) => {
                if error.is_incomplete() {
                    exit = Exit::Incomplete;
                }
                writeln!(messages, "{error}\n  help: {}", error.help())?;
            }
        }
        Ok(())
    })?;
    if list {
        out.write_all(b"\n]\n")?;
    }
    if documents == 0 {
        exit = Exit::Incomplete;
    }
    Ok(exit)
}

fn one(entry: &Entry, args: &InspectArgs, lexicon: &Lexicon) -> Result<Vec<u8>, InputError> {
    let bundle = Bundle::read(entry, args.scan.max_size)?;
    bundle.with_reading(lexicon, |reading| {
        let facts = crate::detect::detect(reading);
        let rights = crate::rights::resolve(reading, &facts);
        let object = inspection::inspection(reading, &facts, &rights);
        Ok(serde_json::to_vec(&object).map_err(io::Error::other).expect("an inspection has no keys that JSON can't hold"))
    })
}
