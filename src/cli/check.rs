//! `rightscheck check`: documents against their policy.

use crate::check;
use crate::check::CheckOptions;
use crate::check::DocumentReport;
use crate::check::fingerprint;
use crate::check::fingerprint::Fingerprint;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::CheckArgs;
use crate::cli::args::Show;
use crate::cli::outputs;
use crate::cli::outputs::PathName;
use crate::cli::outputs::Report;
use crate::cli::outputs::WholeFile;
use crate::cli::saved_run;
use crate::cli::scan::Scan;
use crate::cli::scan::Step;
use crate::cli::scan::Trouble;
use crate::cli::scan::Worked;
use crate::cli::terminal;
use crate::cli::told::Told;
use crate::detect::reading::Reading;
use crate::exceptions::allowance;
use crate::exceptions::waiver::Remark;
use crate::input::InputError;
use crate::input::bundle::Bundle;
use crate::input::policies::Loaded;
use crate::input::project::Display;
use crate::policy::Policy;
use crate::report::Format;
use crate::report::comparison::Comparer;
use crate::report::human::Look;
use crate::report::human::finding::FindingView;
use crate::report::human::paint::Paint;
use crate::report::human::run::Options;
use crate::report::human::visible;
use crate::report::record;
use crate::report::record::Bounds;
use crate::report::run;
use crate::report::run::{Checked, Exception, FailOn, PolicyRecord, ProblemRecord, RunHead, View};
use crate::report::saved;
use crate::terms::Outcome;
use std::collections::HashSet;
use std::io;
use std::io::Write;
use std::path::PathBuf;

/// Checks what `args` name.
pub(crate) fn run(args: &CheckArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let scan = Scan::new(&args.scan, &session.here, false, session.terminal)?;
    run_over(args, &scan, session)
}

/// Checks the documents of `scan`.
pub(crate) fn run_over(args: &CheckArgs, scan: &Scan<'_>, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let checker = Checker::new(args, session, &scan.display);
    let head = RunHead::new(checker.options.as_of, checker.scan_record(scan.names()));
    let mut run = Run::new(&checker, &head, session, scan)?;
    scan.each(|bundle, loaded, policy| checker.check(bundle, loaded, policy), |step| run.step(step))?;
    run.finish(scan)
}

/// What stays the same for all documents.
struct Checker<'a> {
    args: &'a CheckArgs,
    options: CheckOptions,
    bounds: Bounds,
    /// One for each report for people: how it looks, and how it names files.
    views: Vec<(Look, Display)>,
    verbose: bool,
    /// The baseline that was named.
    baseline: Option<PathBuf>,
}

impl<'a> Checker<'a> {
    fn new(args: &'a CheckArgs, session: &Session<'_>, display: &Display) -> Self {
        let options = CheckOptions {
            as_of: args.as_of.unwrap_or(session.today),
            purposes: args.purpose.iter().map(|u| u.name().to_owned()).collect(),
            only: args.rule.clone(),
            tags: args.tag.clone(),
            skip: args.skip.clone(),
        };
        let fail_on = if args.strict && args.fail_on != FailOn::Never { FailOn::Review } else { args.fail_on };
        let shown = Look { context: args.context, ..session.terminal.out };
        let mut views = Vec::new();
        if args.format == Format::Human {
            views.push((shown, display.clone()));
        }
        let in_file = Look { color: false, width: terminal::FILE_WIDTH, context: args.context };
        let files = args.output.iter().filter(|(format, _)| *format == Format::Human);
        views.extend(files.map(|_| (in_file, Display::as_reported())));
        let bounds = Bounds { min_confidence: args.min_confidence, fail_on };
        let baseline = args.baseline.as_ref().map(|file| session.here.join(file));
        Self { args, options, bounds, views, verbose: session.terminal.verbose, baseline }
    }

    fn scan_record(&self, paths: Vec<String>) -> run::Scan {
        run::Scan {
            paths,
            purposes: self.options.purposes.clone(),
            rules: self.args.rule.clone(),
            tags: self.args.tag.clone(),
            skip: self.args.skip.clone(),
            min_confidence: self.args.min_confidence.name().into(),
            fail_on: self.args.fail_on.name().into(),
            strict: self.args.strict,
        }
    }

    fn check(&self, bundle: &Bundle, loaded: &Loaded, policy: &Policy) -> Checked {
        bundle.with_reading(policy.lexicon(), |reading| {
            let report = check::check(reading, policy, &self.options);
            let fingerprints = fingerprint::fingerprints(reading, &report, document_key(reading, policy));
            let (mut checked, kept) = record::checked(reading, &report, &fingerprints, &policy.id, self.bounds);
            let trusted = self.options.purposes.is_empty();
            let allowed = allowance::apply(reading, &report, policy, self.options.as_of, trusted);
            let mut exceptions = self.exceptions(loaded, policy, reading, &report, &kept, &fingerprints);
            exceptions.resize(kept.len(), None);
            for (&n, exception) in kept.iter().zip(&mut exceptions) {
                *exception = exception.or(allowed.reasons[n].as_deref().map(Exception::Allowed));
            }
            checked.except(&exceptions, self.bounds.fail_on);
            let of_site = |&n: &usize| fingerprint::site_file(reading, &report.facts, &report.findings[n]).map(str::to_owned);
            checked.of_site = kept.iter().map(of_site).collect();
            // Where only some rules are asked for, what is allowed of others is not looked for.
            let told = allowed.faults.iter().filter(|f| f.code != allowance::UNUSED || !self.is_of_some_rules());
            checked.faults = told.map(|fault| of_allowance(fault, reading)).collect();
            checked.views = self.views.iter().map(|view| self.view(view, reading, &report, &kept, &fingerprints)).collect();
            checked
        })
    }

    /// Whether the run asks for some of the rules only.
    fn is_of_some_rules(&self) -> bool {
        !(self.args.rule.is_empty() && self.args.tag.is_empty() && self.args.skip.is_empty())
    }

    /// What covers each finding that is kept.
    fn exceptions<'l>(
        &self,
        loaded: &'l Loaded,
        policy: &Policy,
        reading: &Reading<'_>,
        report: &DocumentReport,
        kept: &[usize],
        prints: &[Fingerprint],
    ) -> Vec<Option<Exception<'l>>> {
        let path = policy.path_of(&reading.main.source.origin.path);
        let waivers = loaded.waivers().ok().filter(|_| !self.args.no_waivers);
        let baseline = loaded.baseline(self.baseline.as_deref()).ok().filter(|_| !self.args.no_baseline);
        if let Some(waivers) = waivers {
            waivers.meet(path, &report.sets);
        }
        if let Some(baseline) = baseline {
            baseline.meet(path);
            reading.companions.iter().for_each(|c| baseline.meet(policy.path_of(&c.source.origin.path)));
        }
        let covering = |&n: &usize| {
            let print = prints.get(n)?;
            let waiver = waivers.and_then(|w| w.covering(&report.findings[n], print, (path, &report.sets), policy, self.options.as_of));
            let known = || baseline.and_then(|b| b.covering(print)).map(Exception::Known);
            waiver.map(Exception::Waived).or_else(known)
        };
        kept.iter().map(covering).collect()
    }

    fn view(
        &self,
        (look, display): &(Look, Display),
        reading: &Reading<'_>,
        report: &DocumentReport,
        kept: &[usize],
        fingerprints: &[Fingerprint],
    ) -> View {
        let view = FindingView::new(reading, &|name| display.path(name), *look, self.verbose);
        let print = |n: usize| fingerprints.get(n).map_or("", |f| &f.full);
        let findings = kept.iter().map(|&n| view.finding(&report.findings[n], print(n))).collect();
        let wanted = |outcome: Outcome| match outcome {
            Outcome::Pass => self.args.show.contains(&Show::Pass),
            Outcome::Skip => self.args.show.contains(&Show::Skip),
            Outcome::Fail | Outcome::Review => false,
        };
        View { findings, others: report.results.iter().filter(|r| wanted(r.outcome)).map(|r| view.result(r)).collect() }
    }
}

/// What is wrong with an allowance, with its line.
fn of_allowance(fault: &allowance::Fault, reading: &Reading<'_>) -> ProblemRecord {
    let source = &reading.main.source;
    let line = source.lines().position(&source.text, fault.span.start).line;
    ProblemRecord::new(fault.code, &source.origin.path, format!("the allowance in line {line}: {}", fault.message), false)
}

/// What a document is known by across renames.
pub(crate) fn document_key<'d>(reading: &'d Reading<'_>, policy: &Policy) -> &'d str {
    let path = policy.path_of(&reading.main.source.origin.path);
    fingerprint::document_key(policy.site.url.as_deref(), reading.main.document.address.as_deref(), path)
}

/// A run while it goes on.
struct Run<'a, 'm> {
    checker: &'a Checker<'a>,
    told: Told<'m>,
    shown: Option<Report<Box<dyn Write + Send>>>,
    files: Vec<Report<WholeFile>>,
    /// The whole run where a format is made from it, else its summary and policies.
    run: saved::Run,
    whole: bool,
    comparer: Option<Comparer>,
    messages: Look,
    job_summary: Option<PathBuf>,
    failing: bool,
    /// Faults of site files that an earlier page has told.
    site_faults: HashSet<String>,
}

impl<'a, 'm> Run<'a, 'm> {
    fn new(checker: &'a Checker<'a>, head: &RunHead, session: &'m mut Session<'_>, scan: &Scan<'_>) -> Result<Self, Failure> {
        let args = checker.args;
        let mut views = 0..;
        let mut options = |format: Format, shown: bool| Options {
            paint: Paint(shown && session.terminal.out.color),
            grouping: args.group,
            most: args.max_findings.filter(|_| shown),
            tally: !(shown && session.terminal.quiet),
            view: if format == Format::Human { views.next().unwrap_or(0) } else { 0 },
            next: if shown { next_steps(scan) } else { Vec::new() },
        };
        let path = |display: &Display| -> PathName {
            let display = display.clone();
            Box::new(move |name| display.path(name))
        };
        let shown = Report::new(args.format, session.out(), head, options(args.format, true), path(&scan.display))?;
        let mut files = Vec::new();
        for (format, file) in &args.output {
            let file = WholeFile::of(*format, &session.here, file)?;
            files.push(Report::new(*format, file, head, options(*format, false), path(&Display::as_reported()))?);
        }
        let (terminal, messages) = (session.terminal, session.terminal.messages);
        let told = Told::new(&mut *session.messages, terminal, scan.display.clone());
        let whole = std::iter::once(args.format).chain(args.output.iter().map(|(f, _)| *f)).any(Format::needs_all);
        let comparer = args.compare.as_ref().map(|old| saved_run::read(&session.here, old).map(|old| Comparer::new(&old))).transpose()?;
        let run = saved::Run::new(head.clone());
        let job_summary = session.job_summary.clone();
        Ok(Self {
            checker,
            told,
            shown: Some(shown),
            files,
            run,
            whole,
            comparer,
            messages,
            job_summary,
            failing: false,
            site_faults: HashSet::new(),
        })
    }

    fn step(&mut self, step: Step<Checked>) -> io::Result<()> {
        match step {
            Step::Document(worked) => self.document(*worked),
            Step::Unread(trouble) => self.trouble(&trouble, None),
            Step::Broken(loaded) => self.told.broken(loaded),
            Step::LeftOut(name) => {
                self.run.summary.left_out.push(name);
                Ok(())
            }
        }
    }

    fn document(&mut self, worked: Worked<Checked>) -> io::Result<()> {
        if self.told.policy(&worked.policy)? {
            let record = PolicyRecord::new(worked.policy.policy.as_ref().expect("a document is checked against a policy that was read"));
            self.write(|r| r.policy(&record), |r| r.policy(&record))?;
            self.run.policies.push(record);
        }
        for trouble in &worked.troubles {
            self.trouble(trouble, Some(&worked.path))?;
        }
        let mut checked = worked.result;
        checked.drop_told(&mut self.site_faults, self.checker.bounds.fail_on);
        for fault in &checked.faults {
            let path = self.told.path(&fault.path);
            let shown = format!("warning[{}]: {}: {}", fault.code, visible::line(&path, 200), visible::line(&fault.message, 300));
            self.trouble(&Trouble { record: fault.clone(), shown }, Some(&worked.path))?;
        }
        self.run.summary.add(&checked);
        self.failing |= checked.findings.iter().any(|f| f.is_open() && self.checker.bounds.fail_on.fails(f.outcome, f.severity));
        if self.whole {
            self.run.document(&checked);
        }
        if let Some(comparer) = &mut self.comparer {
            checked.findings.iter().for_each(|f| comparer.add(f));
        }
        self.write(|r| r.document(&checked), |r| r.document(&checked))
    }

    /// Writes the same to all reports. Where nobody reads standard output any more, the files are still written.
    fn write(
        &mut self,
        mut shown: impl FnMut(&mut Report<Box<dyn Write + Send>>) -> io::Result<()>,
        file: impl FnMut(&mut Report<WholeFile>) -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some(report) = &mut self.shown {
            match shown(report) {
                Err(e) if e.kind() == io::ErrorKind::BrokenPipe && !self.files.is_empty() => self.shown = None,
                result => result?,
            }
        }
        self.files.iter_mut().try_for_each(file)
    }

    fn trouble(&mut self, trouble: &Trouble, document: Option<&str>) -> io::Result<()> {
        if !self.told.trouble(trouble, document)? {
            return Ok(());
        }
        self.run.summary.add_problem(&trouble.record);
        if self.whole {
            self.run.problems.push(trouble.record.clone());
        }
        self.write(|r| r.problem(&trouble.record), |r| r.problem(&trouble.record))
    }

    fn finish(mut self, scan: &Scan<'_>) -> Result<Exit, Failure> {
        if self.run.summary.documents == 0 && !scan.is_of_changes() && !self.told.incomplete && self.told.broken.is_empty() {
            self.trouble(&nothing(scan, self.messages), None)?;
        }
        let named = self.check_names();
        self.remarks(scan)?;
        let exit = if named.is_err() { Exit::Unusable } else { self.exit() };
        self.run.summary.exit_code = exit as u8;
        self.run.summary.comparison = self.comparer.take().map(Comparer::finish);
        // What programs read is brought to its end even where a name is wrong: half an object is none.
        let for_people = matches!(self.checker.args.format, Format::Human | Format::Concise);
        if let Some(report) = self.shown.filter(|_| named.is_ok() || !for_people) {
            report.finish(&self.run)?;
            outputs::summarise(&self.run, self.checker.args.format, self.job_summary.as_deref())?;
        }
        named?;
        // Where no policy could be used nothing was checked, and what stood in the files is worth more.
        let checked_nothing = self.run.summary.documents == 0 && exit == Exit::Unusable;
        for report in self.files {
            let file = report.finish(&self.run)?;
            if !checked_nothing {
                file.keep()?;
            }
        }
        Ok(exit)
    }

    /// Rules named on the command line that no policy has would silently check nothing.
    fn check_names(&self) -> Result<(), Failure> {
        let policies: Vec<&Policy> = self.told.used.iter().filter_map(|l| l.policy.as_ref().ok()).collect();
        if policies.is_empty() {
            return Ok(());
        }
        let rules = || policies.iter().flat_map(|p| &p.rules);
        let args = self.checker.args;
        for name in args.rule.iter().chain(&args.skip) {
            if !rules().any(|r| *r.id == **name || r.key == *name) {
                return Err(unknown("rule", name, rules().map(|r| r.key.as_str())));
            }
        }
        for tag in &args.tag {
            if !rules().any(|r| r.tags.contains(tag)) {
                return Err(unknown("tag", tag, rules().flat_map(|r| &r.tags).map(String::as_str)));
            }
        }
        Ok(())
    }

    /// Says which waivers have ended, end soon, or cover nothing, and which files of them can't be used.
    fn remarks(&mut self, scan: &Scan<'_>) -> io::Result<()> {
        let args = self.checker.args;
        let subset = self.checker.is_of_some_rules();
        for loaded in self.told.used.clone() {
            let whole = scan.is_whole(&loaded) && !self.told.incomplete;
            match loaded.baseline(self.checker.baseline.as_deref()) {
                _ if args.no_baseline => {}
                Err(problem) => self.told.broken_baseline(&loaded, problem)?,
                Ok(baseline) if !subset => self.run.summary.exceptions.extend(self.told.fixed(baseline.fixed(whole).count())?),
                Ok(_) => {}
            }
            match loaded.waivers() {
                _ if args.no_waivers => {}
                Err(problems) => self.told.broken_waivers(&loaded, problems)?,
                Ok(waivers) => {
                    let remarks = waivers.list.iter().filter_map(|w| Some((w, w.remark(self.checker.options.as_of, whole)?)));
                    for (waiver, remark) in remarks.filter(|(_, r)| !(subset && *r == Remark::Unused)) {
                        self.failing |= args.strict && remark == Remark::Unused;
                        let said = self.told.waiver(waiver, remark)?;
                        self.run.summary.exceptions.push(said);
                    }
                }
            }
        }
        Ok(())
    }

    fn exit(&self) -> Exit {
        if !self.told.broken.is_empty() {
            Exit::Unusable
        } else if self.failing {
            Exit::Findings
        } else if self.told.incomplete || self.told.odd && self.checker.args.strict {
            Exit::Incomplete
        } else {
            Exit::Clean
        }
    }
}

/// Nothing was found to check.
fn nothing(scan: &Scan<'_>, look: Look) -> Trouble {
    let error = InputError::Nothing { path: scan.names().join(", ") };
    let mut record = ProblemRecord::new(error.code(), error.path(), error.to_string(), true);
    record.help = Some(error.help().to_owned());
    Trouble { record, shown: terminal::input_error(&error, "", look) }
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> Failure {
    let near = crate::cli::values::near(name, known).map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
    Failure::usage(format!("no {what} `{name}` in the policy{near} (rightscheck rules lists them)"))
}

fn next_steps(scan: &Scan<'_>) -> Vec<(&'static str, String)> {
    let names = scan.typed();
    match scan.is_single() {
        true => vec![("in full", format!("rightscheck inspect {names}"))],
        false => vec![("by cause", format!("rightscheck check {names} --group cause"))],
    }
}
