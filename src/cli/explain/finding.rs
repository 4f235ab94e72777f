//! The whole story of one finding, from a saved run or from documents.

use crate::check;
use crate::check::CheckOptions;
use crate::check::fingerprint;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::ExplainArgs;
use crate::cli::args::ScanArgs;
use crate::cli::check::document_key;
use crate::cli::explain::NAMES;
use crate::cli::explain::rule;
use crate::cli::page::Page;
use crate::cli::policy_source::InForce;
use crate::cli::saved_run;
use crate::cli::scan::Scan;
use crate::cli::scan::Step;
use crate::policy::Policy;
use crate::report::human::finding::FindingView;
use crate::report::record::{FindingRecord, LabelledPlace};
use std::path::Path;

/// Explains the finding that `args` name.
pub(super) fn explain(
    args: &ExplainArgs,
    in_force: &InForce,
    policy: &Policy,
    session: &mut Session<'_>,
    page: &mut Page,
) -> Result<(), Failure> {
    let rule_name = match &args.run {
        Some(run) => saved(&args.what, run, session, page)?,
        None if args.paths.is_empty() => {
            return Err(Failure::usage(
                "a fingerprint names a finding: name the documents to look in, or a saved run with --run (check --output json=FILE saves one)",
            ));
        }
        None => present(args, session, page)?,
    };
    if let Some(found) = policy.rule(&rule_name).or_else(|| policy.rule(rule_name.rsplit('/').next().unwrap_or(&rule_name))) {
        rule::explain(found, policy, &|n| in_force.file(n), page);
    }
    Ok(())
}

/// The finding in a saved run. Gives back the name of its rule.
fn saved(fingerprint: &str, run: &Path, session: &Session<'_>, page: &mut Page) -> Result<String, Failure> {
    let saved = saved_run::read(&session.here, run)?;
    let wanted = |f: &&FindingRecord| f.fingerprint == fingerprint || f.fingerprint_moved == fingerprint;
    let finding = saved.findings.iter().find(wanted);
    let finding = finding.ok_or_else(|| Failure::usage(format!("no finding {fingerprint} in {}", run.display())))?;
    page.heading("finding", fingerprint);
    story(finding, page);
    Ok(finding.rule.clone())
}

fn story(finding: &FindingRecord, page: &mut Page) {
    page.paragraph(&finding.message);
    page.line("");
    page.row("outcome", NAMES, &format!("{}, {}, {} confidence", finding.outcome, finding.severity, finding.confidence));
    page.row("document", NAMES, &finding.document.path);
    page.row("subject", NAMES, &format!("{} {}", finding.subject.kind, finding.subject.name.as_deref().unwrap_or_default()));
    for LabelledPlace { place, label, .. } in finding.primary.iter().chain(&finding.related) {
        let at = format!("{}:{}:{}", place.source, place.from.line, place.from.column);
        page.row("place", NAMES, &format!("{at}  “{}”  {label}", place.quote));
    }
    for searched in &finding.searched {
        page.row("looked in", NAMES, &format!("{}: {}", searched.place, searched.why.as_deref().unwrap_or(&searched.result)));
    }
    for (name, value) in [("expected", &finding.expected), ("found", &finding.found)] {
        if let Some(object) = value.as_object().filter(|o| !o.is_empty()) {
            let said = object.iter().map(|(k, v)| format!("{k}: {}", v.as_str().map_or_else(|| v.to_string(), str::to_owned)));
            page.row(name, NAMES, &said.collect::<Vec<_>>().join(" · "));
        }
    }
    if let Some(help) = &finding.help {
        page.row("to settle", NAMES, help);
    }
}

/// The finding in documents as they are now. Gives back the name of its rule.
fn present(args: &ExplainArgs, session: &mut Session<'_>, page: &mut Page) -> Result<String, Failure> {
    let scan_args = ScanArgs { paths: args.paths.clone(), policy: args.policy.names.clone(), ..ScanArgs::default() };
    let scan = Scan::new(&scan_args, &session.here, false, session.terminal)?;
    let options = CheckOptions::new(session.today);
    let (look, mut found) = (session.terminal.out, None);
    scan.each(
        |bundle, _, policy| {
            bundle.with_reading(policy.lexicon(), |reading| {
                let report = check::check(reading, policy, &options);
                let prints = fingerprint::fingerprints(reading, &report, document_key(reading, policy));
                let at = prints.iter().position(|p| p.full == args.what || p.moved == args.what)?;
                let view = FindingView::new(reading, &|n| scan.display.path(n), look, true);
                Some((report.findings[at].rule.clone(), view.finding(&report.findings[at], &prints[at].full)))
            })
        },
        |step| {
            if let Step::Document(worked) = step {
                found = found.take().or(worked.result);
            }
            Ok(())
        },
    )?;
    let (rule, shown) = found.ok_or_else(|| Failure::usage(format!("no finding {} in these documents, as they are today", args.what)))?;
    page.heading("finding", &args.what);
    page.line(&shown);
    Ok(rule)
}
