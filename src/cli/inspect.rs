//! `rightscheck inspect`: what documents say about their rights.

use crate::check;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::InspectArgs;
use crate::cli::args::InspectFormat;
use crate::cli::scan::Scan;
use crate::cli::scan::Step;
use crate::cli::told::Told;
use crate::evidence::Subject;
use crate::input::bundle::Bundle;
use crate::input::project::Display;
use crate::policy::Policy;
use crate::report::human::Look;
use crate::report::human::inspection::Answer;
use crate::report::human::inspection::InspectionView;
use crate::report::inspection;
use crate::report::json;
use crate::rights::Rights;
use crate::terms::State;
use crate::terms::Use;
use std::io;
use std::io::Write;

/// Shows what `args` name.
pub(crate) fn run(args: &InspectArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let scan = Scan::new(&args.scan, &session.here, true, session.terminal)?;
    let inspector = Inspector { args, look: session.terminal.out, whole: session.terminal.verbose, display: scan.display.clone() };
    let mut list = List { out: session.out(), parts: parts(args.format, scan.is_single()), count: 0 };
    let mut told = Told::new(&mut *session.messages, session.terminal, scan.display.clone());
    let mut worst = Answer::Allowed;
    scan.each(
        |bundle, _, policy| inspector.inspect(bundle, policy),
        |step| {
            match step {
                Step::Document(worked) => {
                    for trouble in &worked.troubles {
                        told.trouble(trouble, Some(&worked.path))?;
                    }
                    worst = worst.max(worked.result.answer);
                    list.add(&worked.result.text)?;
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
    let documents = list.finish()?;
    Ok(if !told.broken.is_empty() {
        Exit::Unusable
    } else if worst == Answer::NotAllowed {
        Exit::Findings
    } else if told.incomplete || documents == 0 || worst == Answer::Unclear {
        Exit::Incomplete
    } else {
        Exit::Clean
    })
}

/// What stands before, between and after the documents.
fn parts(format: InspectFormat, single: bool) -> [&'static str; 3] {
    match format {
        InspectFormat::Human => ["", "\n", ""],
        InspectFormat::Json if !single => ["[\n", ",\n", "\n]\n"],
        InspectFormat::Json | InspectFormat::Jsonl => ["", "\n", "\n"],
    }
}

/// Documents being written one after the other.
struct List {
    out: Box<dyn Write + Send>,
    parts: [&'static str; 3],
    count: usize,
}

impl List {
    fn add(&mut self, text: &[u8]) -> io::Result<()> {
        self.out.write_all(self.parts[usize::from(self.count > 0)].as_bytes())?;
        self.count += 1;
        self.out.write_all(text)
    }

    fn finish(mut self) -> io::Result<usize> {
        if self.count > 0 {
            self.out.write_all(self.parts[2].as_bytes())?;
        } else if self.parts[0] == "[\n" {
            self.out.write_all(b"[]\n")?;
        }
        self.out.flush()?;
        Ok(self.count)
    }
}

/// A document as it is written, and its answer to the use asked for.
struct Inspected {
    text: Vec<u8>,
    answer: Answer,
}

struct Inspector<'a> {
    args: &'a InspectArgs,
    look: Look,
    whole: bool,
    display: Display,
}

impl Inspector<'_> {
    fn inspect(&self, bundle: &Bundle, policy: &Policy) -> Inspected {
        bundle.with_reading(policy.lexicon(), |reading| {
            let (facts, rights) = check::state(reading, policy);
            let answer = self.args.purpose.map_or(Answer::Allowed, |usage| Answer::of(state(&rights, usage)));
            let text = match (self.args.format, self.args.purpose) {
                (InspectFormat::Human, purpose) => {
                    let view = InspectionView::new(reading, &facts, &rights, &|n| self.display.path(n), self.look, self.whole);
                    purpose.map_or_else(|| view.render(), |usage| view.answer(usage)).into_bytes()
                }
                (_, None) => json::line(&inspection::inspection(reading, &facts, &rights)),
                (_, Some(usage)) => json::line(&inspection::answer(reading, &facts, &rights, usage)),
            };
            Inspected { text, answer }
        })
    }
}

/// What the document says of a use to everybody.
fn state(rights: &Rights, usage: Use) -> State {
    let ruling = rights.rulings.iter().find(|r| r.subject == Subject::Document && r.usage == usage && r.addressee == "*");
    ruling.map_or(State::Unstated, |r| r.state)
}
