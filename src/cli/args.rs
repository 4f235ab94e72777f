//! The command line as people type it.

use crate::cli::values;
use crate::input::changes::Since;
use crate::input::select::DEFAULT_MAX_SIZE;
use crate::input::select::Selection;
use crate::report::Format;
use crate::report::human::run::Grouping;
use crate::report::run::FailOn;
use crate::terms::Confidence;
use crate::terms::Use;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use clap::ValueHint;
use clap_complete::Shell;
use std::path::PathBuf;

/// Checks published articles for the rights notices they carry, and reads what those notices allow
#[derive(Debug, Parser)]
#[command(name = "rightscheck", version, override_usage = "rightscheck [COMMAND] [OPTIONS] [PATH]...", after_help = EXITS)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Without a command, paths are checked.
    #[command(flatten)]
    pub(crate) check: CheckArgs,
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
}

const EXITS: &str = "Paths without a command are checked: `rightscheck content` is `rightscheck check content`.

Exit codes:
  0  everything was read and nothing fails
  1  something fails
  2  the command line or a policy can't be used
  3  something could not be read, or there was nothing to read";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check documents against their policy
    Check(Box<CheckArgs>),
    /// Show what documents say about their rights, without judging
    Inspect(Box<InspectArgs>),
    /// Keep the findings that are there today apart from new ones
    Baseline {
        #[command(subcommand)]
        command: BaselineCommand,
    },
    /// Keep the exceptions that somebody answers for
    Waiver {
        #[command(subcommand)]
        command: WaiverCommand,
    },
    /// Write a saved run in other formats, without the documents
    Report(ReportArgs),
    /// Explain a rule, a finding, a use, a fact, a wording, a detector or the code of a problem
    Explain(ExplainArgs),
    /// List the rules in force for a path, and where each of their settings comes from
    Rules(RulesArgs),
    /// Write a policy after five questions, or the files that run it in continuous integration
    Init(InitArgs),
    /// Run the tests that stand inside policies
    Test(TestArgs),
    /// Try a pattern, a selector or a draft rule on documents, and nothing else
    Try(TryArgs),
    /// Look at policies
    Policy {
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// Write the JSON Schema of a file that the program reads or writes
    Schema {
        /// The file
        #[arg(value_enum)]
        of: SchemaOf,
    },
    /// Write the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page of the program, or of a command
    Man {
        /// The command
        command: Option<String>,
    },
}

/// The policy of a command that reads no documents.
#[derive(Debug, Args)]
pub(crate) struct PolicyArgs {
    /// Policy to use instead of the nearest rightscheck.toml
    #[arg(long = "policy", value_name = "FILE", env = "RIGHTSCHECK_POLICY", hide_env_values = true)]
    pub(crate) names: Vec<String>,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct GlobalArgs {
    /// Colours
    #[arg(long, global = true, value_enum, default_value = "auto", env = "RIGHTSCHECK_COLOR", hide_env_values = true, value_name = "WHEN")]
    pub(crate) color: When,
    /// Say nothing but results and what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say more: fingerprints, confidence, and what was odd about documents
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Which documents are read.
#[derive(Debug, Default, Args)]
pub(crate) struct ScanArgs {
    /// Files, folders, patterns and archives (.zip, .tar, .tar.gz); `-` reads one document from standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Take the paths listed in this file too, one a line; `-` for standard input
    #[arg(long, value_name = "FILE", help_heading = DOCUMENTS, value_hint = ValueHint::FilePath)]
    pub(crate) files_from: Option<PathBuf>,
    /// The list is separated by NUL characters
    #[arg(short = '0', long = "null", requires = "files_from", help_heading = DOCUMENTS)]
    pub(crate) null: bool,
    /// What a document from standard input is called
    #[arg(long, value_name = "NAME", help_heading = DOCUMENTS)]
    pub(crate) stdin_name: Option<String>,
    /// The address of a document from standard input
    #[arg(long, value_name = "URL", help_heading = DOCUMENTS)]
    pub(crate) url: Option<String>,
    /// A response header field of a document from standard input
    #[arg(long, value_name = "NAME: VALUE", value_parser = values::header, help_heading = DOCUMENTS)]
    pub(crate) header: Vec<(String, String)>,
    /// Only documents that changed since the last commit, and those whose site files or policy did
    #[arg(long, help_heading = DOCUMENTS, conflicts_with_all = ["since", "staged"])]
    pub(crate) changed: bool,
    /// Only documents that changed since this commit, branch or tag
    #[arg(long, value_name = "REF", help_heading = DOCUMENTS, conflicts_with = "staged")]
    pub(crate) since: Option<String>,
    /// Only documents that the next commit changes, as it would record them
    #[arg(long, help_heading = DOCUMENTS)]
    pub(crate) staged: bool,
    /// Leave out what this pattern of an ignore file fits
    #[arg(long, value_name = "GLOB", help_heading = DOCUMENTS)]
    pub(crate) exclude: Vec<String>,
    /// Take files with these extensions only, in folders
    #[arg(long, value_name = "LIST", value_delimiter = ',', help_heading = DOCUMENTS)]
    pub(crate) ext: Vec<String>,
    /// Pay no regard to .gitignore, .ignore and .rightscheckignore
    #[arg(long, help_heading = DOCUMENTS)]
    pub(crate) no_ignore: bool,
    /// Take files and folders whose name starts with a dot
    #[arg(long, help_heading = DOCUMENTS)]
    pub(crate) hidden: bool,
    /// Hold ignore files and --exclude against paths named here too
    #[arg(long, help_heading = DOCUMENTS)]
    pub(crate) force_exclude: bool,
    /// Read no file larger than this: a number of bytes, or with k, M, G (default: 50M, or what the policy says)
    #[arg(long, value_name = "SIZE", value_parser = values::size, help_heading = DOCUMENTS)]
    pub(crate) max_size: Option<u64>,
    /// Policy to use instead of the nearest rightscheck.toml: a file, or builtin:NAME; several are applied one after the other
    #[arg(long, value_name = "FILE", env = "RIGHTSCHECK_POLICY", hide_env_values = true, value_hint = ValueHint::FilePath)]
    pub(crate) policy: Vec<String>,
    /// Work on this many documents at a time (default: one for each processor)
    #[arg(short = 'j', long = "threads", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Whether to show progress, on standard error
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) progress: Progress,
}

const DOCUMENTS: &str = "Documents";
const RULES: &str = "Rules";
const REPORT: &str = "Report";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Progress {
    /// If it is a terminal
    Auto,
    /// Never
    #[default]
    Never,
}

impl ScanArgs {
    /// What of a folder is read. `companions`: pictures and site files are documents too.
    pub(crate) fn selection(&self, companions: bool) -> Selection {
        Selection {
            extensions: self.ext.iter().map(|e| e.trim_start_matches('.').to_ascii_lowercase()).collect(),
            exclude: self.exclude.clone(),
            ignore_files: !self.no_ignore,
            hidden: self.hidden,
            force_exclude: self.force_exclude,
            max_size: self.max_size.unwrap_or(DEFAULT_MAX_SIZE),
            companions,
        }
    }

    /// Which changes the documents are chosen by.
    pub(crate) fn changes(&self) -> Option<Since> {
        let reference = self.since.clone().map(Since::Reference);
        reference.or(self.staged.then_some(Since::Staged)).or(self.changed.then_some(Since::Commit))
    }

    pub(crate) fn threads(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.threads.map_or_else(all, usize::from)
    }

    /// Whether the one document on standard input is meant.
    pub(crate) fn is_stdin(&self) -> bool {
        self.paths.iter().any(|p| p.as_os_str() == "-")
    }
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) scan: ScanArgs,
    /// Check for this purpose, as somebody else's content
    #[arg(long = "for", value_name = "USE", value_parser = values::usage, help_heading = RULES)]
    pub(crate) purpose: Vec<Use>,
    /// Only this rule
    #[arg(long, value_name = "ID", help_heading = RULES)]
    pub(crate) rule: Vec<String>,
    /// Only rules with this tag
    #[arg(long, value_name = "TAG", help_heading = RULES)]
    pub(crate) tag: Vec<String>,
    /// Not this rule
    #[arg(long, value_name = "ID", help_heading = RULES)]
    pub(crate) skip: Vec<String>,
    /// The day for years, ends and effective dates (default: today)
    #[arg(long, value_name = "DATE", value_parser = values::date, help_heading = RULES)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// The lowest thing that makes the exit code 1
    #[arg(long, value_enum, default_value = "error", value_name = "LEVEL", help_heading = RULES)]
    pub(crate) fail_on: FailOn,
    /// Warnings and reviews fail too, and anything odd about a document makes the check incomplete
    #[arg(long, help_heading = RULES)]
    pub(crate) strict: bool,
    /// Pay no regard to rights-waivers.toml
    #[arg(long, help_heading = RULES)]
    pub(crate) no_waivers: bool,
    /// Known findings, which fail nothing (default: rights-baseline.json beside the policy)
    #[arg(long, value_name = "FILE", help_heading = RULES, conflicts_with = "no_baseline", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<PathBuf>,
    /// Pay no regard to the baseline
    #[arg(long, help_heading = RULES)]
    pub(crate) no_baseline: bool,
    /// Leave out findings that are less certain
    #[arg(long, value_enum, default_value = "low", value_name = "LEVEL", help_heading = RULES)]
    pub(crate) min_confidence: Confidence,
    /// How to write the report
    #[arg(long, value_enum, default_value = "human", help_heading = REPORT)]
    pub(crate) format: Format,
    /// Write the report into a file as well, in this format
    #[arg(long, value_name = "FORMAT=PATH", value_parser = values::output, help_heading = REPORT)]
    pub(crate) output: Vec<(Format, PathBuf)>,
    /// Say what changed since this saved run (json or jsonl)
    #[arg(long, value_name = "FILE", help_heading = REPORT, value_hint = ValueHint::FilePath)]
    pub(crate) compare: Option<PathBuf>,
    /// How findings are put together
    #[arg(long, value_enum, default_value = "document", value_name = "BY", help_heading = REPORT)]
    pub(crate) group: Grouping,
    /// Show what passed, or which rules did not apply
    #[arg(long, value_enum, value_delimiter = ',', value_name = "LIST", help_heading = REPORT)]
    pub(crate) show: Vec<Show>,
    /// Show no more findings than this on the terminal
    #[arg(long, value_name = "N", help_heading = REPORT)]
    pub(crate) max_findings: Option<usize>,
    /// Lines to show around each place
    #[arg(long, value_name = "N", default_value = "0", value_parser = clap::value_parser!(u32).range(0..=100), help_heading = REPORT)]
    pub(crate) context: u32,
}

impl CheckArgs {
    /// Only `rules`, with everything they say, and nothing that fails.
    pub(crate) fn trial(scan: ScanArgs, rules: Vec<String>) -> Self {
        Self {
            scan,
            purpose: Vec::new(),
            rule: rules,
            tag: Vec::new(),
            skip: Vec::new(),
            as_of: None,
            fail_on: FailOn::Never,
            strict: false,
            no_waivers: true,
            baseline: None,
            no_baseline: true,
            min_confidence: Confidence::Low,
            format: Format::Human,
            output: Vec::new(),
            compare: None,
            group: Grouping::Document,
            show: vec![Show::Pass, Show::Skip],
            max_findings: None,
            context: 0,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Show {
    /// Rules that are fulfilled, and by which words
    Pass,
    /// Rules that did not apply, and why
    Skip,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// For people
    Human,
    /// One object for a file, a list of them for a folder
    Json,
    /// One object a line
    Jsonl,
}

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    #[command(flatten)]
    pub(crate) scan: ScanArgs,
    /// Only whether this use is allowed: exit code 0 if it is, 1 if not, 3 if nothing is said
    #[arg(long = "for", value_name = "USE", value_parser = values::usage)]
    pub(crate) purpose: Option<Use>,
    /// How to write it
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: InspectFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BaselineCommand {
    /// Write rights-baseline.json beside the policy: what is found today fails nothing from now on
    Create(BaselineArgs),
    /// Take out what is fixed
    Update {
        #[command(flatten)]
        args: BaselineArgs,
        /// Put in what is new, too
        #[arg(long)]
        accept_new: bool,
    },
    /// Show what the baseline holds, rule by rule
    Show(BaselineArgs),
}

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    #[command(flatten)]
    pub(crate) scan: ScanArgs,
    /// The file (default: rights-baseline.json beside the policy)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<PathBuf>,
    /// The day of the check (default: today)
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// rightscheck.toml
    Policy,
    /// rights-waivers.toml
    Waivers,
    /// rights-baseline.json
    Baseline,
    /// What `check --format json` writes
    Run,
    /// One finding of a run
    Finding,
    /// What `inspect --format json` writes
    Inspection,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Who publishes the documents, as notices and copyright lines call it
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
    /// Another name of it in print
    #[arg(long, value_name = "NAME")]
    pub(crate) alias: Vec<String>,
    /// The address of the site
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) site: Option<String>,
    /// Languages of the documents: en,de
    #[arg(long, value_name = "LIST")]
    pub(crate) languages: Option<String>,
    /// Uses that are kept back: reproduce,tdm,ai-train,ai-input
    #[arg(long, value_name = "LIST")]
    pub(crate) reserve: Option<String>,
    /// The notice that counsel approved
    #[arg(long, value_name = "TEXT")]
    pub(crate) notice: Option<String>,
    /// Ask nothing: what isn't said has its usual value
    #[arg(long)]
    pub(crate) yes: bool,
    /// Instead of a policy, write what runs the check there
    #[arg(long, value_enum, value_name = "PLATFORM")]
    pub(crate) ci: Option<Ci>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ci {
    /// A workflow for pull requests
    Github,
    /// A job for merge requests
    Gitlab,
    /// A hook before each commit
    PreCommit,
}

#[derive(Debug, Subcommand)]
pub(crate) enum WaiverCommand {
    /// Append a waiver; what is missing is asked for at a terminal
    Add(Box<WaiverAddArgs>),
    /// List the waivers
    List {
        /// Only those with this reason: `false-positive` lists what detectors get wrong
        #[arg(long, value_name = "REASON")]
        reason: Option<String>,
        #[command(flatten)]
        policy: PolicyArgs,
    },
    /// Say what is wrong with the file, and which waivers have ended or end soon
    Check {
        #[command(flatten)]
        policy: PolicyArgs,
    },
    /// Take away the waivers that have ended
    Prune {
        #[command(flatten)]
        policy: PolicyArgs,
    },
    /// Turn what was decided in the HTML report into waivers, and list what is to be mended
    Apply(WaiverApplyArgs),
}

#[derive(Debug, Args)]
pub(crate) struct WaiverAddArgs {
    /// The finding, by its fingerprint (check -v prints it)
    #[arg(value_name = "FINGERPRINT", required_unless_present = "rule", conflicts_with_all = ["rule", "path", "set"])]
    pub(crate) fingerprint: Option<String>,
    /// Instead of one finding: what this rule finds
    #[arg(long)]
    pub(crate) rule: Option<String>,
    /// In documents whose path fits this pattern, counted from the policy's folder
    #[arg(long, value_name = "GLOB", requires = "rule")]
    pub(crate) path: Option<String>,
    /// In the documents of this set of the policy
    #[arg(long, value_name = "NAME", requires = "rule", conflicts_with = "path")]
    pub(crate) set: Option<String>,
    /// Why: licensed, public-domain, own-work, permission, legacy, false-positive, risk-accepted
    #[arg(long)]
    pub(crate) reason: Option<String>,
    /// Why, in words
    #[arg(long)]
    pub(crate) note: Option<String>,
    /// Who answers for it (default: the address that git commits with)
    #[arg(long)]
    pub(crate) owner: Option<String>,
    /// Its last day, at most a year from now; `never` needs --approved
    #[arg(long, value_name = "DATE")]
    pub(crate) expires: Option<String>,
    /// Who approved it
    #[arg(long)]
    pub(crate) approved: Option<String>,
    /// Where it was asked for
    #[arg(long)]
    pub(crate) ticket: Option<String>,
    /// Its name (default: the year and the next number)
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// A saved run that the finding must be in
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) run: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
}

#[derive(Debug, Args)]
pub(crate) struct WaiverApplyArgs {
    /// What the report exported: decisions.toml
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// Who answers for the waivers (default: who decided)
    #[arg(long)]
    pub(crate) owner: Option<String>,
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// The saved run: what `check --output json=FILE` or `jsonl=FILE` wrote
    #[arg(value_name = "RUN", value_hint = ValueHint::FilePath)]
    pub(crate) run: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: Format,
    /// Write it into a file as well, in this format
    #[arg(long, value_name = "FORMAT=PATH", value_parser = values::output)]
    pub(crate) output: Vec<(Format, PathBuf)>,
    /// Say what changed since this saved run
    #[arg(long, value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub(crate) compare: Option<PathBuf>,
    /// How findings are put together
    #[arg(long, value_enum, default_value = "document", value_name = "BY")]
    pub(crate) group: Grouping,
    /// Show no more findings than this on the terminal
    #[arg(long, value_name = "N")]
    pub(crate) max_findings: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A rule, a fingerprint, a use, a fact, wording:NAME, detector:NAME, or the code of a problem
    #[arg(value_name = "WHAT")]
    pub(crate) what: String,
    /// Documents to look for a finding in
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// A saved run (json or jsonl) to look for a finding in
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) run: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// The document or folder (default: the current folder)
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
}

#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// Policies: files, or builtin:NAME (default: the nearest rightscheck.toml)
    #[arg(value_name = "POLICY", value_hint = ValueHint::FilePath)]
    pub(crate) policies: Vec<String>,
    /// A rule without a test, or with a key that no test would miss, fails too
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TryArgs {
    /// A regular expression, as in the `pattern` of a detector
    #[arg(long, value_name = "REGEX", conflicts_with_all = ["select", "rule"], required_unless_present_any = ["select", "rule"])]
    pub(crate) pattern: Option<String>,
    /// A CSS selector, as in the `select` of a detector
    #[arg(long, value_name = "CSS", conflicts_with = "rule")]
    pub(crate) select: Option<String>,
    /// A file with draft rules
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rule: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) scan: ScanArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Find everything that is wrong or weak about policies
    Check {
        /// Policies: files, or builtin:NAME (default: the nearest rightscheck.toml)
        #[arg(value_name = "POLICY", value_hint = ValueHint::FilePath)]
        policies: Vec<String>,
        /// Weaknesses fail too
        #[arg(long)]
        strict: bool,
    },
    /// Print a policy as it is written
    Show {
        /// A file, or builtin:NAME (default: the names of the built-in policies)
        #[arg(value_name = "POLICY", value_hint = ValueHint::FilePath)]
        policy: Option<String>,
    },
}
