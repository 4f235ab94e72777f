//! Documents and findings as records: what machine formats write.

use crate::check::DocumentReport;
use crate::check::fingerprint::Fingerprint;
use crate::detect::reading::Reading;
use crate::evidence::{Place, Subject};
use crate::exceptions::waiver::Waiver;
use crate::finding::{Finding, Labelled, Searched};
use crate::report::inspection;
use crate::report::inspection::{AttributionReport, CompanionReport, FactReport, ImageReport, UseReport};
use crate::report::json::demands;
use crate::report::json::object;
use crate::report::place::{PlaceReport, Places};
use crate::report::run::{BasisRecord, Checked, FailOn, OPEN, Verdict};
use crate::report::surroundings::{Neighbourhood, Surroundings};
use crate::source::Source;
use crate::terms::{Confidence, Outcome, Severity};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;

/// What a document is, what it says of uses, and what the rules say of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DocumentRecord {
    /// `rightscheck/document/1`.
    pub schema: Cow<'static, str>,
    /// What it is.
    #[serde(flatten)]
    pub document: DocumentName,
    /// `html`, `markdown`, `text`, …
    pub kind: Cow<'static, str>,
    /// Encoding name.
    pub encoding: Cow<'static, str>,
    /// `[policy] id` of the policy it was checked against.
    pub policy: String,
    /// The worst of its findings.
    pub verdict: Verdict,
    /// The matrix.
    pub uses: Vec<UseReport>,
    /// Who wrote it, when, for whom.
    pub attribution: AttributionReport,
    /// Every statement about it; `because` of the matrix names these by number.
    pub facts: Vec<FactReport>,
    /// Its pictures.
    pub images: Vec<ImageReport>,
    /// The files that accompany it.
    pub companions: Vec<CompanionReport>,
    /// Every rule on every subject.
    pub results: Vec<ResultRecord>,
}

/// What tells a document from others.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DocumentName {
    /// Relative path.
    pub path: String,
    /// Its own address, else its path.
    pub id: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Two-letter code.
    pub language: Option<String>,
    /// The day of publication.
    pub published: Option<String>,
}

/// What a rule said of a subject.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ResultRecord {
    /// Full name of the rule.
    pub rule: String,
    /// `document`, `image:harbour-2.jpg`, …
    pub subject: String,
    /// What it said.
    pub outcome: Cow<'static, str>,
    /// For a skip: why it didn't apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// For a pass: the words that fulfil it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<LabelledPlace>,
}

/// A place with what to see there.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct LabelledPlace {
    /// The place.
    #[serde(flatten)]
    pub place: PlaceReport,
    /// What to see there.
    pub label: String,
    /// Of a finding's places: what stands around.
    #[serde(flatten)]
    pub around: Surroundings,
}

/// One finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct FindingRecord {
    /// `rightscheck/finding/1`.
    pub schema: Cow<'static, str>,
    /// Its name, bound to its evidence.
    pub fingerprint: String,
    /// The same without the document.
    pub fingerprint_moved: String,
    /// Full name of the rule.
    pub rule: String,
    /// `fail` or `review`.
    pub outcome: Outcome,
    /// How much it matters.
    pub severity: Severity,
    /// How sure the evidence is.
    pub confidence: Confidence,
    /// `new`: no exception covers it; `waived`: a waiver does; `known`: it stands in the baseline;
    /// `allowed`: the document allows it.
    pub status: Cow<'static, str>,
    /// The waiver that covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<WaiverRecord>,
    /// For a finding of the baseline: the day since which it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// For a finding that the document allows: the reason it gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<String>,
    /// One line that names the facts.
    pub message: String,
    /// The document.
    pub document: DocumentName,
    /// What it is about.
    pub subject: SubjectRecord,
    /// Where to look; absent when something is absent from the document as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary: Option<LabelledPlace>,
    /// The passages that the conclusion rests on.
    pub related: Vec<LabelledPlace>,
    /// What was demanded.
    pub expected: Value,
    /// What was found instead.
    pub found: Value,
    /// For an absence: where was looked and what came near.
    pub searched: Vec<SearchedRecord>,
    /// Further remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Why somebody wants the rule.
    pub basis: Vec<BasisRecord>,
    /// What would settle it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Tags of the rule.
    pub tags: Vec<String>,
}

impl FindingRecord {
    /// Whether no exception covers it.
    pub fn is_open(&self) -> bool {
        self.status == OPEN
    }
}

/// The waiver that covers a finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct WaiverRecord {
    /// Its name.
    pub id: String,
    /// Why, by kind.
    pub reason: String,
    /// Why, in words.
    pub note: String,
    /// Who answers for it.
    pub owner: String,
    /// Who approved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<String>,
    /// Its last day, or `never`.
    pub expires: String,
}

impl From<&Waiver> for WaiverRecord {
    fn from(w: &Waiver) -> Self {
        let expires = w.expires.map_or_else(|| "never".to_owned(), |day| day.to_string());
        Self {
            id: w.id.clone(),
            reason: w.reason.clone(),
            note: w.note.clone(),
            owner: w.owner.clone(),
            approved: w.approved.clone(),
            expires,
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct SubjectRecord {
    /// `document`, `image`, `quote`, `use`, …
    pub kind: String,
    /// Which one; absent for the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For a picture: its address as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// See [`Searched`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct SearchedRecord {
    /// `caption`, `metadata`, …
    pub place: String,
    /// `absent`, `partial`, `rejected`, `not-in-scan`, `unreadable`.
    pub result: Cow<'static, str>,
    /// Why what came near didn't count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What decides what of a report is shown, and how it counts.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Findings below are left out, and counted.
    pub min_confidence: Confidence,
    /// What fails a run.
    pub fail_on: FailOn,
}

/// The record of a report, and the indices of the findings that are in it. `fingerprints` are those of the report's findings.
pub fn checked(
    reading: &Reading<'_>,
    report: &DocumentReport,
    fingerprints: &[Fingerprint],
    policy: &str,
    bounds: Bounds,
) -> (Checked, Vec<usize>) {
    let sources: Vec<&Source> = std::iter::once(reading.main).chain(reading.companions.iter().copied()).map(|r| &r.source).collect();
    let places = Places::new(&sources, all_places(report));
    let (document, neighbourhood) = (document_name(reading, report), Neighbourhood::new(reading));
    let recorder = Recorder { reading, sources: &sources, places: &places, neighbourhood, document };
    let kept: Vec<usize> = (0..report.findings.len()).filter(|&n| report.findings[n].confidence >= bounds.min_confidence).collect();
    let findings: Vec<_> = kept.iter().map(|&n| recorder.finding(&report.findings[n], fingerprints.get(n))).collect();
    let verdict = findings.iter().map(|f| Verdict::of(f.outcome, f.severity, bounds.fail_on)).max().unwrap_or(Verdict::Pass);
    let hidden = report.findings.len() - kept.len();
    let document = recorder.document(report, policy, verdict);
    (Checked { document, findings, of_site: Vec::new(), hidden, faults: Vec::new(), views: Vec::new() }, kept)
}

fn all_places(report: &DocumentReport) -> impl Iterator<Item = &Place> {
    let findings = report.findings.iter().flat_map(|f| f.primary.iter().chain(&f.related));
    findings.chain(report.results.iter().flat_map(|r| &r.proof)).map(|l| &l.place)
}

fn document_name(reading: &Reading<'_>, report: &DocumentReport) -> DocumentName {
    let published = report.facts.attribution.published.as_ref();
    DocumentName {
        path: reading.main.source.origin.path.clone(),
        id: inspection::document_id(reading),
        sha256: inspection::sha256(&reading.main.source),
        language: reading.main.document.language.clone(),
        published: published.map(|p| p.chars().take("2026-11-20".len()).collect()),
    }
}

struct Recorder<'a> {
    reading: &'a Reading<'a>,
    sources: &'a [&'a Source],
    places: &'a Places,
    neighbourhood: Neighbourhood<'a>,
    document: DocumentName,
}

impl Recorder<'_> {
    fn document(&self, report: &DocumentReport, policy: &str, verdict: Verdict) -> DocumentRecord {
        let source = &self.reading.main.source;
        let results = report.results.iter().map(|r| ResultRecord {
            rule: r.rule.to_string(),
            subject: r.subject_name.to_string(),
            outcome: r.outcome.name().into(),
            why: r.why.clone(),
            proof: r.proof.iter().map(|l| self.place(l, Surroundings::default())).collect(),
        });
        DocumentRecord {
            schema: "rightscheck/document/1".into(),
            document: self.document.clone(),
            kind: source.kind.name().into(),
            encoding: source.encoding.name.into(),
            policy: policy.to_owned(),
            verdict,
            uses: report.rights.rulings.iter().map(inspection::usage).collect(),
            attribution: inspection::attribution(&report.facts),
            facts: inspection::stated(self.reading, &report.facts),
            images: inspection::images(self.reading, &report.facts),
            companions: inspection::companions(self.reading),
            results: results.collect(),
        }
    }

    fn finding(&self, finding: &Finding, fingerprint: Option<&Fingerprint>) -> FindingRecord {
        FindingRecord {
            schema: "rightscheck/finding/1".into(),
            fingerprint: fingerprint.map(|f| f.full.clone()).unwrap_or_default(),
            fingerprint_moved: fingerprint.map(|f| f.moved.clone()).unwrap_or_default(),
            rule: finding.rule.clone(),
            outcome: finding.outcome,
            severity: finding.severity,
            confidence: finding.confidence,
            status: OPEN.into(),
            waiver: None,
            since: None,
            allowed: None,
            message: finding.message.clone(),
            document: self.document.clone(),
            subject: self.subject(finding),
            primary: finding.primary.as_ref().map(|l| self.evidence(l)),
            related: finding.related.iter().map(|l| self.evidence(l)).collect(),
            expected: demands(&finding.expected),
            found: if finding.found.is_empty() { Value::Null } else { object(&finding.found) },
            searched: finding.searched.iter().map(searched).collect(),
            notes: finding.notes.clone(),
            basis: finding.basis.iter().map(Into::into).collect(),
            help: finding.help.clone(),
            tags: finding.tags.clone(),
        }
    }

    fn subject(&self, finding: &Finding) -> SubjectRecord {
        let (kind, name) = match finding.subject_name.split_once(':') {
            Some((kind, name)) => (kind, Some(name.to_owned())),
            None => (finding.subject_name.as_str(), None),
        };
        let address = match finding.subject {
            Subject::Image(id) => Some(self.reading.document().image(id).address.clone()),
            Subject::Embed(n) => self.reading.document().embeds.get(n as usize).map(|embed| embed.address.clone()),
            _ => None,
        };
        SubjectRecord { kind: kind.to_owned(), name, address }
    }

    fn evidence(&self, labelled: &Labelled) -> LabelledPlace {
        self.place(labelled, self.neighbourhood.of(&labelled.place))
    }

    fn place(&self, labelled: &Labelled, around: Surroundings) -> LabelledPlace {
        LabelledPlace { place: self.places.report(self.sources, &labelled.place), label: labelled.label.clone(), around }
    }
}

fn searched(searched: &Searched) -> SearchedRecord {
    SearchedRecord { place: searched.place.clone(), result: searched.result.into(), why: searched.why.clone() }
}
