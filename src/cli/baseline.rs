//! `rightscheck baseline`: what was found when the tool was adopted.

use crate::check;
use crate::check::CheckOptions;
use crate::check::fingerprint;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::{BaselineArgs, BaselineCommand};
use crate::cli::check::document_key;
use crate::cli::outputs::WholeFile;
use crate::cli::policy_source::InForce;
use crate::cli::scan::{Scan, Step};
use crate::exceptions::allowance;
use crate::exceptions::baseline;
use crate::exceptions::baseline::{File, Known};
use crate::input::bundle::Bundle;
use crate::input::policies;
use crate::input::policies::Loaded;
use crate::input::project::file_name;
use crate::policy::Policy;
use crate::report::concise;
use crate::report::human::tally::plural;
use crate::report::human::visible;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) fn run(command: &BaselineCommand, session: &mut Session<'_>) -> Result<Exit, Failure> {
    match command {
        BaselineCommand::Create(args) => create(args, session),
        BaselineCommand::Update { args, accept_new } => update(args, *accept_new, session),
        BaselineCommand::Show(args) => show(args, session),
    }
}

/// The findings of the documents under one policy.
struct Found {
    loaded: Arc<Loaded>,
    file: PathBuf,
    documents: HashSet<String>,
    known: Vec<Known>,
}

/// Checks what `args` name: the findings under each policy that no waiver and no allowance covers.
fn found(args: &BaselineArgs, session: &mut Session<'_>) -> Result<Vec<Found>, Failure> {
    let scan = Scan::new(&args.scan, &session.here, false, session.terminal)?;
    let options = CheckOptions::new(args.as_of.unwrap_or(session.today));
    let mut found: Vec<(Arc<Loaded>, HashSet<String>, Vec<Known>)> = Vec::new();
    let (mut unread, mut broken, mut prints) = (Vec::new(), false, HashSet::new());
    scan.each(
        |bundle, loaded, policy| document(bundle, loaded, policy, &options),
        |step| {
            match step {
                Step::Document(worked) => {
                    let at = found.iter().position(|(loaded, ..)| Arc::ptr_eq(loaded, &worked.policy)).unwrap_or_else(|| {
                        found.push((worked.policy.clone(), HashSet::new(), Vec::new()));
                        found.len() - 1
                    });
                    let (document, known) = worked.result;
                    found[at].1.insert(document);
                    // A fault of a site file is found from every page it speaks for.
                    let new = known.into_iter().filter(|k| prints.insert(k.fingerprint.clone()));
                    found[at].2.extend(new);
                }
                Step::Unread(trouble) => unread.push(trouble.record.path),
                Step::Broken(_) => broken = true,
                Step::LeftOut(_) => {}
            }
            Ok(())
        },
    )?;
    if broken {
        return Err(Failure::usage("a policy can't be used (rightscheck policy check says why)"));
    }
    if let Some(path) = unread.first() {
        let message = format!("{path} could not be read: a baseline of a part would forgive nothing there (rightscheck check says why)");
        return Err(Failure::usage(message));
    }
    found
        .into_iter()
        .map(|(loaded, documents, known)| Ok(Found { file: file(args, &loaded, session)?, loaded, documents, known }))
        .collect()
}

fn document(bundle: &Bundle, loaded: &Loaded, policy: &Policy, options: &CheckOptions) -> (String, Vec<Known>) {
    bundle.with_reading(policy.lexicon(), |reading| {
        let report = check::check(reading, policy, options);
        let prints = fingerprint::fingerprints(reading, &report, document_key(reading, policy));
        let path = policy.path_of(&reading.main.source.origin.path).to_owned();
        let (waivers, allowed) = (loaded.waivers().ok(), allowance::apply(reading, &report, policy, options.as_of, true));
        let known = report.findings.iter().zip(prints).zip(allowed.reasons).filter_map(|((finding, print), reason)| {
            let waived = waivers.is_some_and(|w| w.covering(finding, &print, (&path, &report.sets), policy, options.as_of).is_some());
            let quote = finding.primary.as_ref().map(|p| p.place.quote.clone()).filter(|q| !q.is_empty());
            let file = fingerprint::site_file(reading, &report.facts, finding).map(|file| policy.path_of(file));
            (!waived && reason.is_none()).then(|| Known {
                document: file.unwrap_or(&path).to_owned(),
                rule: finding.rule.clone(),
                fingerprint: print.full,
                moved: print.moved,
                quote,
                since: options.as_of.to_string(),
            })
        });
        (path.clone(), known.collect())
    })
}

/// Where the baseline of documents under `loaded` stands.
fn file(args: &BaselineArgs, loaded: &Loaded, session: &Session<'_>) -> Result<PathBuf, Failure> {
    let named = args.baseline.as_ref().map(|f| session.here.join(f));
    let none = || {
        Failure::usage(format!(
            "a baseline stands beside a policy, and there is none: write one (rightscheck init) or name a file (--baseline {})",
            baseline::FILE
        ))
    };
    named.or_else(|| loaded.baseline_at()).ok_or_else(none)
}

fn create(args: &BaselineArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let found = found(args, session)?;
    if let Some(there) = found.iter().find(|f| f.file.exists()) {
        return Err(Failure::usage(format!("{} is there already: rightscheck baseline update keeps it up to date", there.file.display())));
    }
    for Found { loaded, file, known, .. } in found {
        let count = known.len();
        write(&loaded, &file, known, args.as_of.unwrap_or(session.today).to_string(), session)?;
        session.print(&format!("{}: {} from today on\n", file_name(&file), plural(count, "known finding", "known findings")))?;
    }
    Ok(Exit::Clean)
}

fn update(args: &BaselineArgs, accept_new: bool, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut exit = Exit::Clean;
    for Found { loaded, file, documents, known } in found(args, session)? {
        let old = policies::baseline_file(&file).map_err(Failure::usage)?;
        let merged = merge(old.findings, known, &documents, &loaded);
        let (fixed, new) = (merged.fixed, merged.new.len());
        let mut kept = merged.kept;
        if accept_new {
            kept.extend(merged.new);
        }
        write(&loaded, &file, kept, old.created, session)?;
        let put = if accept_new { "put in" } else { "new" };
        session.print(&format!("{}: {fixed} taken out, {new} {put}\n", file_name(&file)))?;
        if new > 0 && !accept_new {
            writeln!(session.messages, "rightscheck: new findings are not put in without --accept-new")?;
            exit = Exit::Findings;
        }
    }
    Ok(exit)
}

struct Merged {
    kept: Vec<Known>,
    new: Vec<Known>,
    fixed: usize,
}

/// What of the old entries stays, and which findings are not among them. Entries of documents that were not checked and are still there stay.
fn merge(old: Vec<Known>, found: Vec<Known>, documents: &HashSet<String>, loaded: &Loaded) -> Merged {
    let mut merged = Merged { kept: Vec::new(), new: Vec::new(), fixed: 0 };
    let index =
        |key: fn(&Known) -> &String| -> HashMap<String, usize> { found.iter().enumerate().map(|(n, k)| (key(k).clone(), n)).collect() };
    let (by_print, by_moved) = (index(|k| &k.fingerprint), index(|k| &k.moved));
    let mut found: Vec<Option<Known>> = found.into_iter().map(Some).collect();
    for entry in old {
        let gone = !loaded.path.join(&entry.document).exists();
        let at = by_print.get(&entry.fingerprint).or_else(|| by_moved.get(&entry.moved).filter(|_| gone));
        if let Some(met) = at.and_then(|&n| found[n].take()) {
            merged.kept.push(Known { since: entry.since, ..met });
        } else if documents.contains(&entry.document) || gone {
            merged.fixed += 1;
        } else {
            merged.kept.push(entry);
        }
    }
    merged.new = found.into_iter().flatten().collect();
    merged
}

fn write(loaded: &Loaded, file: &Path, findings: Vec<Known>, created: String, session: &Session<'_>) -> Result<(), Failure> {
    let policy = loaded.policy.as_ref().map(|p| format!("{} {}", p.id, p.version).trim().to_owned()).unwrap_or_default();
    let text = File { schema: baseline::SCHEMA.to_owned(), policy, created, findings }.text();
    let mut whole = WholeFile::new(&session.here, file)?;
    whole.write_all(text.as_bytes())?;
    whole.keep()
}

fn show(args: &BaselineArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let in_force = InForce::of(session, &args.scan.policy, args.scan.paths.first().map(PathBuf::as_path));
    let path = file(args, &in_force.loaded, session)?;
    let file = policies::baseline_file(&path).map_err(Failure::usage)?;
    let mut rules: BTreeMap<&str, Vec<&Known>> = BTreeMap::new();
    for known in &file.findings {
        rules.entry(&known.rule).or_default().push(known);
    }
    let mut text = format!(
        "{}: {}, made on {} with {}\n",
        file_name(&path),
        plural(file.findings.len(), "finding", "findings"),
        file.created,
        file.policy
    );
    for (rule, known) in rules {
        text.push_str(&format!("\n{}  {}\n", concise::key(rule), plural(known.len(), "finding", "findings")));
        for k in known {
            let quote = k.quote.as_ref().map(|q| format!("  “{q}”")).unwrap_or_default();
            text.push_str(&visible::line(&format!("  {} {}  since {}{quote}", k.fingerprint, k.document, k.since), 200));
            text.push('\n');
        }
    }
    session.print(&text)?;
    Ok(Exit::Clean)
}
