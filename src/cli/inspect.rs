//! `rightscheck inspect`: what documents say about their rights.

use crate::check;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::InspectArgs;
use crate::cli::args::InspectFormat;
use crate::cli::scan::Scan;
use crate::cli::scan::Step;
use crate::cli::told::Told;
use crate::input::bundle::Bundle;
use crate::policy::Policy;
use crate::report::inspection;
use crate::report::json;
use std::io::Write;

pub(crate) fn run(args: &InspectArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let scan = Scan::new(&args.scan, &session.here, true, session.terminal)?;
    let list = args.format == InspectFormat::Json && !scan.is_single();
    let mut documents = 0;
    let mut out = session.out();
    let mut told = Told::new(&mut *session.messages, session.terminal);
    let work = |bundle: &Bundle, _: &_, policy: &Policy| one(bundle, policy);
    scan.each(work, |step| {
        match step {
            Step::Document(worked) => {
                for trouble in &worked.troubles {
                    told.trouble(trouble, Some(&worked.path))?;
                }
                let before = if !list {
                    ""
                } else if documents == 0 {
                    "[\n"
                } else {
                    ",\n"
                };
                documents += 1;
                out.write_all(before.as_bytes())?;
                out.write_all(&worked.result)?;
                out.write_all(if list { b"" } else { b"\n" })?;
            }
            Step::Unread(trouble) => {
                told.trouble(&trouble, None)?;
            }
            Step::Broken(loaded) => told.broken(loaded)?,
            Step::LeftOut => {}
        }
        Ok(())
    })?;
    if list {
        out.write_all(if documents == 0 { b"[]\n" } else { b"\n]\n" })?;
    }
    out.flush()?;
    Ok(if !told.broken.is_empty() {
        Exit::Unusable
    } else if told.incomplete || documents == 0 {
        Exit::Incomplete
    } else {
        Exit::Clean
    })
}

fn one(bundle: &Bundle, policy: &Policy) -> Vec<u8> {
    bundle.with_reading(policy.lexicon(), |reading| {
        let (facts, rights) = check::state(reading, policy);
        json::line(&inspection::inspection(reading, &facts, &rights))
    })
}
