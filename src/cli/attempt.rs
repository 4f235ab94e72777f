//! `rightscheck try`: a pattern, a selector or draft rules on documents, under the policy in force but without its rules.

use crate::check;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::CheckArgs;
use crate::cli::args::TryArgs;
use crate::cli::check as checking;
use crate::cli::policy_source::InForce;
use crate::cli::scan::Scan;
use crate::cli::scan::Step;
use crate::cli::told::Told;
use crate::detect::reading::Reading;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::input::bundle::Bundle;
use crate::input::policies::Policies;
use crate::input::read;
use crate::input::select;
use crate::policy::Policy;
use crate::report::human::Look;
use crate::report::human::caret;
use crate::report::human::caret::Kind;
use crate::report::human::caret::Spot;
use crate::report::human::caret::Statement;
use crate::report::human::excerpt::Text;
use std::io::Write;
use std::path::Path;

/// The fact that a detector on trial yields.
const TRIAL: &str = "trial";

/// Tries what `args` give.
pub(crate) fn run(args: TryArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let here = InForce::of(session, &args.scan.policy, args.scan.paths.first().map(AsRef::as_ref));
    if let Err(exit) = here.usable(session)? {
        return Ok(exit);
    }
    match (&args.pattern, &args.select, &args.rule) {
        (Some(pattern), ..) => detector(&args, &draft(&here, "--pattern", "pattern", pattern), session),
        (_, Some(selector), _) => detector(&args, &draft(&here, "--select", "select", selector), session),
        (_, _, Some(file)) => {
            let draft = rules(&here, file, session)?;
            rule(args, &draft, session)
        }
        (None, None, None) => Err(Failure::usage("name what to try: --pattern, --select or --rule")),
    }
}

/// A policy with one detector, written as the option was.
fn draft(here: &InForce, name: &str, key: &str, value: &str) -> InForce {
    let value = toml::Value::String(value.to_owned());
    let loaded = here.loaded.draft(name, &format!("[detector.{TRIAL}]\nyields = \"{TRIAL}\"\n{key} = {value}\n"));
    InForce { loaded, display: here.display.clone() }
}

/// The policy in force with the rules of `file` added.
fn rules(here: &InForce, file: &Path, session: &Session<'_>) -> Result<InForce, Failure> {
    let name = file.to_string_lossy();
    let bytes = read::file(&session.here.join(file), &name, select::DEFAULT_MAX_SIZE).map_err(|e| Failure::usage(e.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{name} is not UTF-8")))?;
    Ok(InForce { loaded: here.loaded.draft(&name, &text), display: here.display.clone() })
}

/// Shows every place that the detector on trial finds. Exit code 1 if there is none.
fn detector(args: &TryArgs, draft: &InForce, session: &mut Session<'_>) -> Result<Exit, Failure> {
    if let Err(exit) = draft.usable(session)? {
        return Ok(exit);
    }
    let scan = Scan::with_policies(&args.scan, session, Policies::fixed(draft.loaded.clone()))?;
    let (look, mut out) = (session.terminal.out, session.out());
    let mut told = Told::new(&mut *session.messages, session.terminal, scan.display.clone());
    let (mut found, mut documents) = (0, 0);
    scan.each(
        |bundle, _, policy| finds(bundle, policy, &|n| scan.display.path(n), look),
        |step| {
            match step {
                Step::Document(worked) => {
                    documents += 1;
                    found += worked.result.len();
                    for trouble in &worked.troubles {
                        told.trouble(trouble, Some(&worked.path))?;
                    }
                    worked.result.iter().try_for_each(|shown| writeln!(out, "{shown}\n"))?;
                }
                Step::Unread(trouble) => {
                    told.trouble(&trouble, None)?;
                }
                Step::Broken(loaded) => told.broken(loaded)?,
                Step::LeftOut(_) => {}
            }
            Ok(())
        },
    )?;
    writeln!(out, " {found} found in {documents} {}", if documents == 1 { "document" } else { "documents" })?;
    out.flush()?;
    Ok(match found {
        _ if told.incomplete || documents == 0 => Exit::Incomplete,
        0 => Exit::Findings,
        _ => Exit::Clean,
    })
}

/// What the detector on trial finds in a document.
fn finds(bundle: &Bundle, policy: &Policy, path: &dyn Fn(&str) -> String, look: Look) -> Vec<String> {
    bundle.with_reading(policy.lexicon(), |reading| {
        let (facts, _) = check::state(reading, policy);
        let ours = facts.evidence.iter().filter(|e| e.claim.fact_name() == TRIAL);
        ours.map(|e| find(e, reading, path, look)).collect()
    })
}

fn find(evidence: &Evidence, reading: &Reading<'_>, path: &dyn Fn(&str) -> String, look: Look) -> String {
    let source = &reading.main.source;
    let name = path(&source.origin.path);
    let parts = match &evidence.claim {
        Claim::Custom { parts, .. } => parts.iter().map(|(k, v)| format!("{k}: {v}")).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    };
    let text = Text { name: &name, text: &source.text, lines: source.lines() };
    let spot = Spot { text, span: evidence.place.location.span.range(), label: &parts };
    let statement = Statement {
        kind: Kind::Note,
        code: "found",
        message: &evidence.place.quote,
        spots: vec![spot],
        name: &name,
        notes: Vec::new(),
        help: None,
    };
    caret::render(&statement, look)
}

/// Checks documents against the draft's own rules, and shows what passed and what didn't apply too.
fn rule(args: TryArgs, draft: &InForce, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let own = match draft.usable(session)? {
        Ok(policy) => own_rules(policy),
        Err(exit) => return Ok(exit),
    };
    if own.is_empty() {
        return Err(Failure::usage(format!("{} has no rule", draft.loaded.name)));
    }
    let args = CheckArgs::trial(args.scan, own);
    let scan = Scan::with_policies(&args.scan, session, Policies::fixed(draft.loaded.clone()))?;
    checking::run_over(&args, &scan, session)
}

/// Rules of which something is written in the policy's own file.
fn own_rules(policy: &Policy) -> Vec<String> {
    policy.rules.iter().filter(|r| r.settings.iter().any(|s| s.file == 0)).map(|r| r.id.to_string()).collect()
}
