//! `rightscheck schema`: JSON Schemas of what the program reads and writes, for editors and for those who build on it.

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::SchemaOf;
use crate::exceptions::{baseline, waiver};
use crate::policy;
use crate::report::inspection::Inspection;
use crate::report::record::FindingRecord;
use crate::report::saved;
use schemars::schema_for;

pub(crate) fn run(of: SchemaOf, session: &Session<'_>) -> Result<Exit, Failure> {
    let schema = match of {
        SchemaOf::Policy => policy::schema::policy(),
        SchemaOf::Waivers => schema_for!(waiver::RawFile).to_value(),
        SchemaOf::Baseline => schema_for!(baseline::File).to_value(),
        SchemaOf::Run => schema_for!(saved::Whole).to_value(),
        SchemaOf::Finding => schema_for!(FindingRecord).to_value(),
        SchemaOf::Inspection => schema_for!(Inspection).to_value(),
    };
    session.print(&format!("{schema:#}\n"))?;
    Ok(Exit::Clean)
}
