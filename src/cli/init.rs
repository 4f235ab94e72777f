//! `rightscheck init`: a policy after a few questions, and the files that run it in continuous integration.

use crate::check::rule_tests;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::{Ci, InitArgs};
use crate::cli::outputs::WholeFile;
use crate::cli::values;
use crate::input::policies::read_text;
use crate::input::project::POLICY_FILE;
use crate::policy::{Policy, PolicyFile};
use crate::report::human::tally::plural;
use crate::terms::Use;
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

/// Uses that most publishers keep back.
const USUAL: &str = "reproduce, tdm, ai-train, ai-input";

/// What the policy is made from.
struct Answers {
    publisher: String,
    aliases: Vec<String>,
    site: Option<String>,
    languages: Vec<String>,
    reserve: Vec<Use>,
    notice: Option<String>,
}

pub(crate) fn run(args: &InitArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    if let Some(ci) = args.ci {
        return write_ci(ci, session);
    }
    let path = session.here.join(POLICY_FILE);
    if path.exists() {
        return Err(Failure::usage(format!("{POLICY_FILE} is there already; rightscheck rules shows what it demands")));
    }
    let answers = answers(args, session)?;
    let text = policy(&answers);
    let (rules, tests) = tested(&text)?;
    write(&path, &text, session)?;
    session.print(&format!(
        "wrote {POLICY_FILE}: {}, {} of its own, all pass\n\n rightscheck check .           check the documents here\n rightscheck baseline create   begin with what is there today\n rightscheck init --ci github  run it for every pull request\n",
        plural(rules, "rule", "rules"),
        plural(tests, "test", "tests"),
    ))?;
    Ok(Exit::Clean)
}

fn answers(args: &InitArgs, session: &mut Session<'_>) -> Result<Answers, Failure> {
    let asks = !args.yes && std::io::stdin().is_terminal();
    let mut ask = |question: &str, given: Option<String>, default: &str| -> Result<String, Failure> {
        match given {
            Some(given) => Ok(given),
            None if !asks => Ok(default.to_owned()),
            None => {
                let hint = if default.is_empty() { String::new() } else { format!(" [{default}]") };
                write!(session.messages, "{question}{hint} ")?;
                session.messages.flush()?;
                let mut line = String::new();
                std::io::stdin().lock().read_line(&mut line)?;
                let line = line.trim();
                Ok(if line.is_empty() { default.to_owned() } else { line.to_owned() })
            }
        }
    };
    let publisher = ask("Who publishes these documents?", args.publisher.clone(), "")?;
    if publisher.is_empty() {
        return Err(Failure::usage("`--publisher` is missing: who publishes these documents, as the notices call it"));
    }
    let site = ask("Your site?", args.site.clone(), "")?;
    let languages = ask("Languages of the documents?", args.languages.clone(), "en")?;
    let reserve = ask("Which uses do you keep back?", args.reserve.clone(), USUAL)?;
    let notice = ask("The notice your lawyers approved, on one line (empty: none yet)?", args.notice.clone(), "")?;
    let uses = list(&reserve).iter().map(|name| values::usage(name)).collect::<Result<_, _>>().map_err(Failure::usage)?;
    let filled = |text: String| Some(text).filter(|t| !t.is_empty());
    Ok(Answers {
        publisher,
        aliases: args.alias.clone(),
        site: filled(site),
        languages: list(&languages),
        reserve: uses,
        notice: filled(notice),
    })
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// A string, or a list of them, as TOML writes it.
fn toml(value: impl Into<toml::Value>) -> String {
    value.into().to_string()
}

/// The policy as a text for people.
fn policy(answers: &Answers) -> String {
    let Answers { publisher, aliases, languages, .. } = answers;
    let mut text = format!(
        "# What every article of {} must carry. `rightscheck rules` lists all rules in force, `rightscheck explain RULE` tells why.\nschema = 1\n\n[policy]\nid      = \"house\"\nname    = {}\nversion = \"1\"\n# Attribution, picture credits, copyright lines, reservations, signals, licences and AI disclosures.\nextends = [\"builtin:publish\"]\n",
        publisher.replace(['\n', '\r'], " "),
        toml(format!("Outgoing articles of {publisher}")),
    );
    if let Some(site) = &answers.site {
        text.push_str(&format!("\n# Documents whose address lies here are our own.\n[site]\nurl = {}\n", toml(site.as_str())));
    }
    text.push_str(&format!("\n# Who we are. Aliases are what appears in print.\n[party.publisher]\nname = {}\n", toml(publisher.as_str())));
    if !aliases.is_empty() {
        text.push_str(&format!("aliases = {}\n", toml(aliases.clone())));
    }
    if !languages.is_empty() {
        let languages = toml(languages.clone());
        text.push_str(&format!(
            "\n# Rules can be narrowed to these documents: when = {{ set = \"ours\" }}\n[set.ours]\nlang = {languages}\n"
        ));
    }
    if !answers.reserve.is_empty() {
        text.push_str(&reservation(answers));
    }
    text
}

/// The rule that the house's own notice is there, with its tests.
fn reservation(answers: &Answers) -> String {
    let covers: Vec<String> = answers.reserve.iter().map(|u| u.name().to_owned()).collect();
    let named: Vec<&str> = answers.reserve.iter().map(|&u| in_words(u)).collect();
    let publisher = &answers.publisher;
    let model = format!("Any use of the content of {publisher}, including {}, requires the prior consent of {publisher}.", listed(&named));
    let notice = answers.notice.clone().unwrap_or(model);
    let body = "The cranes at the harbour stood still on Monday, while the port waited for the wind to drop and the crews went home early.";
    let mut text = format!(
        "\n# Which uses every page keeps back. Raise it to \"error\" when your pages carry the notice.\n[rule.our-reservation]\ntitle    = \"Every article keeps back the uses that we keep back\"\nrequire  = \"reservation\"\ncovers   = {}\nseverity = \"warning\"\nmessage  = \"the notice {{problem}}\"\nfix      = {}\n",
        toml(covers),
        toml(format!("Close the page with: {notice}")),
    );
    let less = format!("Translation of the content of {publisher} requires the prior consent of {publisher}.");
    let mut cases = vec![("the notice is there", notice.as_str(), "pass"), ("nothing is kept back", "More tomorrow.", "fail")];
    if answers.reserve != [Use::Adapt] {
        cases.push(("less is kept back", &less, "fail"));
    }
    for (name, closing, expect) in cases {
        let test = toml(format!("Cranes stand still\n\n{body}\n\n{closing}\n"));
        text.push_str(&format!("\n[[rule.our-reservation.test]]\nname   = \"{name}\"\ntext   = {test}\nexpect = \"{expect}\"\n"));
    }
    text
}

fn in_words(usage: Use) -> &'static str {
    match usage {
        Use::AutomatedAccess => "automated access",
        Use::Search => "indexing by search engines",
        Use::Excerpt => "showing excerpts",
        Use::AiTrain => "the training of artificial intelligence",
        Use::AiInput => "use as input of AI systems",
        Use::Tdm => "text and data mining",
        Use::Reproduce => "reproduction",
        Use::Redistribute => "publication",
        Use::Adapt => "adaptation and translation",
        Use::Store => "storage",
        Use::Commercial => "commercial use",
    }
}

fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Reads the policy and runs its tests: how many rules are in force, how many tests it has. One that fails is not written.
fn tested(text: &str) -> Result<(usize, usize), Failure> {
    let file = PolicyFile { name: POLICY_FILE.to_owned(), text: text.to_owned() };
    let none = |wanted: &str, _: &PolicyFile| Err(format!("{wanted} is not there"));
    let policy =
        Policy::load(&file, &none).map_err(|problems| Failure::usage(format!("these answers make no policy: {}", problems[0].message)))?;
    let results = rule_tests::run(&policy, &|path| Err(format!("{path} is not there")));
    let failed = results.iter().flat_map(|r| &r.tests).find(|t| t.verdict != rule_tests::Verdict::Passed);
    if failed.is_some() {
        let message = "the notice doesn't keep back, in words that can be read, every use that you named: name these uses in it, or fewer with --reserve";
        return Err(Failure::usage(message));
    }
    let rules = policy.rules.iter().filter(|r| r.severity.is_some()).count();
    Ok((rules, results.iter().map(|r| r.tests.len()).sum()))
}

fn write(path: &Path, text: &str, session: &Session<'_>) -> Result<(), Failure> {
    let mut file = WholeFile::new(&session.here, path)?;
    file.write_all(text.as_bytes())?;
    file.keep()
}

const GITHUB: &str = include_str!("ci/github.yml");
const GITLAB: &str = include_str!("ci/gitlab.yml");
const PRE_COMMIT: &str = include_str!("ci/pre-commit.yaml");

/// Writes the file that a platform reads; one that is there stays, and what to add to it is printed.
fn write_ci(ci: Ci, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let (name, text) = match ci {
        Ci::Github => (".github/workflows/rights.yml", GITHUB),
        Ci::Gitlab => (".gitlab-ci.yml", GITLAB),
        Ci::PreCommit => (".pre-commit-config.yaml", PRE_COMMIT),
    };
    let path = session.here.join(name);
    if path.exists() {
        if read_text(&path).is_ok_and(|there| there == text) {
            session.print(&format!("{name} is as it should be\n"))?;
            return Ok(Exit::Clean);
        }
        return Err(Failure::usage(format!("{name} is there already; add this to it:\n\n{text}")));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| Failure::usage(format!("cannot make {}: {e}", folder.display())))?;
    }
    write(&path, text, session)?;
    session.print(&format!("wrote {name}\n"))?;
    Ok(Exit::Clean)
}
