//! Signals that are written so that programs ignore them, or read something else than their author probably means.

use crate::detect::reading::ReadSource;
use crate::detect::reading::Reading;
use crate::detect::signal::page::Page;
use crate::document::site::codes;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::source::SourceId;
use crate::terms::Channel;
use crate::terms::Confidence;

/// Faults of one file that are stated: a file with more of them isn't what its name says.
const MOST: usize = 50;

/// States the faults in the page, in the site files that are for it, and in its pictures.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    faults(reading.main, SourceId(0), &Subject::Document, evidence);
    for companion in Page::new(reading).companions() {
        faults(companion.read, companion.source, &Subject::Document, evidence);
    }
    for medium in reading.media().filter(|m| m.source() != SourceId(0)) {
        faults(medium.read(), medium.source(), &medium.subject(), evidence);
    }
}

fn faults(read: &ReadSource, source: SourceId, subject: &Subject, evidence: &mut Vec<Evidence>) {
    let about_signals = read.document.problems.iter().filter(|p| !p.loses_content && codes::is_known(p.code));
    for problem in about_signals.take(MOST) {
        evidence.push(Evidence {
            subject: subject.clone(),
            claim: Claim::SignalFault { code: problem.code.to_owned(), message: problem.message.clone() },
            channel: Channel::Signal,
            confidence: Confidence::High,
            place: read.place(source, problem.span.unwrap_or_default()),
            detector: "signal-fault",
        });
    }
}
