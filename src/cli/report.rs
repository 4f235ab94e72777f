//! `rightscheck report`: a saved run in other formats.

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::ReportArgs;
use crate::cli::outputs;
use crate::cli::outputs::Report;
use crate::cli::outputs::Target;
use crate::cli::outputs::WholeFile;
use crate::cli::saved_run;
use crate::report::Format;
use crate::report::comparison::Comparison;
use crate::report::human;
use crate::report::human::paint::Paint;
use crate::report::human::run::Options;
use crate::report::record::FindingRecord;
use crate::report::run::{Checked, View};
use crate::report::saved::Run;
use std::io;

/// Writes the run that `args` name.
pub(crate) fn run(args: &ReportArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut run = saved_run::read(&session.here, &args.run)?;
    if let Some(old) = &args.compare {
        run.summary.comparison = Some(Comparison::of(&run, &saved_run::read(&session.here, old)?));
    }
    let files: Result<Vec<_>, Failure> = args.output.iter().map(|(f, path)| Ok((*f, WholeFile::of(*f, &session.here, path)?))).collect();
    for (format, file) in files? {
        write(&run, format, file, options(args, Paint(false), false, session))?.keep()?;
    }
    // Where files were asked for and no format, nothing else is.
    if args.output.is_empty() || args.format != Format::Human {
        write(&run, args.format, session.out(), options(args, Paint(session.terminal.out.color), true, session))?;
        outputs::summarise(&run, args.format, session.job_summary.as_deref())?;
    }
    Ok(Exit::Clean)
}

fn options(args: &ReportArgs, paint: Paint, shown: bool, session: &Session<'_>) -> Options {
    let tally = !(shown && session.terminal.quiet);
    Options { paint, grouping: args.group, most: args.max_findings.filter(|_| shown), tally, view: 0, next: Vec::new() }
}

/// Writes `run` as if it went on now.
fn write<W: Target>(run: &Run, format: Format, out: W, options: Options) -> io::Result<W> {
    let paint = options.paint;
    let mut report = Report::new(format, out, &run.head, options, Box::new(str::to_owned))?;
    run.policies.iter().try_for_each(|p| report.policy(p))?;
    run.problems.iter().try_for_each(|p| report.problem(p))?;
    if !format.needs_all() {
        let mut rest = run.findings.as_slice();
        for document in &run.documents {
            let own = rest.iter().take_while(|f| f.document.path == document.document.path).count();
            let (findings, others) = rest.split_at(own);
            rest = others;
            let views = vec![View { findings: findings.iter().map(|f| shown(f, paint)).collect(), others: Vec::new() }];
            report.document(&Checked {
                document: document.clone(),
                findings: findings.to_vec(),
                of_site: Vec::new(),
                hidden: 0,
                faults: Vec::new(),
                views,
            })?;
        }
    }
    report.finish(run)
}

fn shown(finding: &FindingRecord, paint: Paint) -> String {
    human::saved::finding(finding, paint, &str::to_owned)
}
