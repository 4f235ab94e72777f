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
use crate::cli::scan::Scan;
use crate::cli::scan::Step;
use crate::input::read;
use crate::input::select;
use crate::policy::Policy;
use crate::report::human::finding::FindingView;
use serde_json::Value;
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
    let name = run.to_string_lossy();
    let bytes = read::file(&session.here.join(run), &name, select::LARGEST_MAX_SIZE).map_err(|e| Failure::usage(e.to_string()))?;
    let wanted = |f: &Value| f["fingerprint"] == fingerprint || f["fingerprint_moved"] == fingerprint;
    let finding = match serde_json::from_slice::<Value>(&bytes) {
        Ok(run) => run["findings"].as_array().and_then(|all| all.iter().find(|f| wanted(f)).cloned()),
        // Not one object: then a line for each.
        Err(_) => {
            let lines = bytes.split(|&b| b == b'\n');
            lines.filter_map(|l| serde_json::from_slice::<Value>(l).ok()).find(|v| wanted(v))
        }
    };
    let finding = finding.ok_or_else(|| Failure::usage(format!("no finding {fingerprint} in {name}")))?;
    page.heading("finding", fingerprint);
    story(&finding, page);
    Ok(text(&finding["rule"]).to_owned())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn story(finding: &Value, page: &mut Page) {
    page.paragraph(text(&finding["message"]));
    page.line("");
    let (outcome, severity, confidence) = (text(&finding["outcome"]), text(&finding["severity"]), text(&finding["confidence"]));
    page.row("outcome", NAMES, &format!("{outcome}, {severity}, {confidence} confidence"));
    page.row("document", NAMES, text(&finding["document"]["path"]));
    page.row("subject", NAMES, &format!("{} {}", text(&finding["subject"]["kind"]), text(&finding["subject"]["name"])));
    let places = std::iter::once(&finding["primary"]).chain(finding["related"].as_array().into_iter().flatten());
    for place in places.filter(|p| p.is_object()) {
        let from = &place["from"];
        let at = format!("{}:{}:{}", text(&place["source"]), from["line"], from["column"]);
        page.row("place", NAMES, &format!("{at}  “{}”  {}", text(&place["quote"]), text(&place["label"])));
    }
    for searched in finding["searched"].as_array().into_iter().flatten() {
        let why = searched["why"].as_str().unwrap_or(text(&searched["result"]));
        page.row("looked in", NAMES, &format!("{}: {why}", text(&searched["place"])));
    }
    for (name, key) in [("expected", "expected"), ("found", "found")] {
        if let Some(object) = finding[key].as_object().filter(|o| !o.is_empty()) {
            let said = object.iter().map(|(k, v)| format!("{k}: {}", v.as_str().map_or_else(|| v.to_string(), str::to_owned)));
            page.row(name, NAMES, &said.collect::<Vec<_>>().join(" · "));
        }
    }
    if let Some(help) = finding["help"].as_str() {
        page.row("to settle", NAMES, help);
    }
}

/// The finding in documents as they are now. Gives back the name of its rule.
fn present(args: &ExplainArgs, session: &mut Session<'_>, page: &mut Page) -> Result<String, Failure> {
    let scan_args = ScanArgs { paths: args.paths.clone(), policy: args.policy.clone(), ..ScanArgs::default() };
    let scan = Scan::new(&scan_args, &session.here, false, session.terminal)?;
    let options = CheckOptions::new(session.today);
    let (look, mut found) = (session.terminal.out, None);
    scan.each(
        |bundle, _, policy| {
            bundle.with_reading(policy.lexicon(), |reading| {
                let report = check::check(reading, policy, &options);
                let prints = fingerprint::fingerprints(&report.findings, document_key(reading, policy));
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
