//! `rightscheck explain`: what a word of policies, reports or the program means. A word that means several things has all explained.

mod codes;
mod finding;
pub(crate) mod rule;
mod words;

use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::ExplainArgs;
use crate::cli::page::Page;
use crate::cli::policy_source::InForce;
use crate::cli::values;
use crate::policy;
use crate::policy::Policy;

/// Columns of names in explanations.
const NAMES: usize = 16;

/// Explains what `args` name.
pub(crate) fn run(args: &ExplainArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let in_force = InForce::of(session, &args.policy.names, args.paths.first().map(AsRef::as_ref));
    let policy = match in_force.usable(session)? {
        Ok(policy) => policy,
        Err(exit) => return Ok(exit),
    };
    let mut page = Page::new(session.terminal);
    if args.what.starts_with("rc1-") || args.what.starts_with("rc1l-") {
        finding::explain(args, &in_force, policy, session, &mut page)?;
    } else {
        explain(&args.what, &in_force, policy, &mut page);
    }
    if page.is_empty() {
        return Err(unknown(&args.what, policy));
    }
    session.print(&page.finish())?;
    Ok(Exit::Clean)
}

/// Explains everything that `what` means.
fn explain(what: &str, in_force: &InForce, policy: &Policy, page: &mut Page) {
    let (kind, name) = match what.split_once(':') {
        Some((kind, name)) => (Some(kind), name),
        None => (None, what),
    };
    let is = |wanted: &str| kind.is_none_or(|k| k == wanted);
    if is("rule") {
        explain_rule(name, in_force, policy, page);
    }
    if is("use") {
        words::usage(name, page);
    }
    if is("fact") {
        words::fact(name, policy, page);
    }
    if is("wording") {
        words::wording(name, policy, page);
    }
    if is("detector") {
        words::detector(name, policy, page);
    }
    if is("word") {
        words::vocabulary(name, page);
    }
    if let Some(text) = codes::explain(name).filter(|_| is("code")) {
        page.heading("code", name);
        page.paragraph(text);
    }
}

/// The rule of the policy in force, else one of a built-in policy.
fn explain_rule(name: &str, in_force: &InForce, policy: &Policy, page: &mut Page) {
    if let Some(found) = policy.rule(name) {
        return rule::explain(found, policy, &|n| in_force.file(n), page);
    }
    for other in policy::builtin_names() {
        let Ok(builtin) = Policy::builtin(other) else { continue };
        if let Some(found) = builtin.rule(name) {
            rule::explain(found, &builtin, &str::to_owned, page);
            page.paragraph(&format!("It is not in force here: it stands in builtin:{other}."));
            return;
        }
    }
}

fn unknown(what: &str, policy: &Policy) -> Failure {
    let name = what.rsplit(':').next().unwrap_or(what);
    let mut known: Vec<&str> = policy.rules.iter().map(|r| r.key.as_str()).collect();
    known.extend(policy.wordings.iter().map(|w| w.key.as_str()));
    known.extend(policy.detectors.iter().map(|d| d.key));
    words::all().chain(codes::all()).for_each(|word| known.push(word));
    let near = values::near(name, known.into_iter());
    let near = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
    Failure::usage(format!(
        "nothing here is called `{what}`{near} Rules are listed by `rightscheck rules`; wording:NAME and detector:NAME ask for one of the policy"
    ))
}
