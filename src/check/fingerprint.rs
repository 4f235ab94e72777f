//! Names of findings that survive re-wrapping, renaming and rewording, and change with the evidence.
//!
//! `rc1-` and 16 base-32 letters of SHA-256 over, joined by U+001F: `rc1`, full rule name, document key, subject key, evidence
//! key, ordinal. No line, no message, no path of a rule file enters.

use crate::check::DocumentReport;
use crate::detect::Facts;
use crate::detect::reading::Reading;
use crate::evidence::{Claim, EvidenceId};
use crate::finding::Finding;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The two names of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// `rc1-` and 16 base-32 letters.
    pub full: String,
    /// `rc1l-` and 16 base-32 letters: the same without the document, so that a finding is known again in a moved file.
    pub moved: String,
}

/// The fingerprints of a document's findings, in their order. `document` is the document's key: its canonical address if that lies
/// under the policy's `[site]`, else its path. What is wrong with a site file is known by that file, whatever page it is found from.
pub fn fingerprints(reading: &Reading<'_>, report: &DocumentReport, document: &str) -> Vec<Fingerprint> {
    let key = |finding: &Finding| site_file(reading, &report.facts, finding).unwrap_or(document).to_owned();
    keyed(&report.findings, key)
}

/// The site file that `finding` is a fault of: it concerns no single page, and is told once.
pub fn site_file<'r>(reading: &Reading<'r>, facts: &Facts, finding: &Finding) -> Option<&'r str> {
    let is_fault = |id: &EvidenceId| matches!(facts.evidence[id.0 as usize].claim, Claim::SignalFault { .. });
    let place = finding.primary.as_ref().filter(|_| !finding.because.is_empty() && finding.because.iter().all(is_fault))?;
    let companion = reading.companions.get((place.place.location.source.0 as usize).checked_sub(1)?)?;
    companion.document.site.is_some().then_some(companion.source.origin.path.as_str())
}

fn keyed(findings: &[Finding], document: impl Fn(&Finding) -> String) -> Vec<Fingerprint> {
    let mut seen: BTreeMap<(&str, &str, String), u32> = BTreeMap::new();
    let one = |finding| {
        let document = document(finding);
        let evidence = evidence_key(finding);
        let ordinal = seen.entry((finding.rule.as_str(), finding.subject_name.as_str(), evidence.clone())).or_default();
        let number = ordinal.to_string();
        *ordinal += 1;
        let (rule, subject) = (finding.rule.as_str(), finding.subject_name.as_str());
        Fingerprint {
            full: format!("rc1-{}", digest(&["rc1", rule, &document, subject, &evidence, &number])),
            moved: format!("rc1l-{}", digest(&["rc1l", rule, subject, &evidence, &number])),
        }
    };
    findings.iter().map(one).collect()
}

/// The document's key: `address` if it lies under `site`, else `path`.
pub fn document_key<'d>(site: Option<&str>, address: Option<&'d str>, path: &'d str) -> &'d str {
    let under = |address: &&str| {
        let rest = site.and_then(|site| address.strip_prefix(site.trim_end_matches('/')));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    };
    address.filter(under).unwrap_or(path)
}

/// What the finding rests on: the words underlined, folded; the uses that are missing, sorted; or that something is absent.
fn evidence_key(finding: &Finding) -> String {
    if finding.because.is_empty() {
        return "absent".to_owned();
    }
    let quote = finding.primary.as_ref().map(|p| p.place.quote.as_str()).unwrap_or_default();
    let mut found: Vec<String> = if quote.is_empty() { finding.found.iter().map(|(k, v)| format!("{k}={v}")).collect() } else { vec![] };
    found.sort();
    folded(&format!("{quote}{}", found.join(";")))
}

/// NFKC, lower case, white space folded, invisible characters dropped.
fn folded(text: &str) -> String {
    let visible =
        |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let plain: String = text.nfkc().filter(visible).flat_map(char::to_lowercase).collect();
    crate::text::squeeze(&plain)
}

/// The first 80 bits of the SHA-256 of `parts`, as 16 letters of base 32 (RFC 4648 section 6, lower case).
fn digest(parts: &[&str]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let hash = Sha256::digest(parts.join("\u{1f}"));
    let bits = hash[..10].iter().fold(0u128, |bits, &byte| bits << 8 | u128::from(byte));
    (0..16).rev().map(|place| LETTERS[(bits >> (place * 5)) as usize & 31] as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{EvidenceId, Place, Subject};
    use crate::finding::Labelled;
    use crate::source::{Location, SourceId};
    use crate::terms::{Confidence, Outcome, Severity};
    use crate::text::Span;

    /// A finding of a rule on a picture, underlining `quote`; absent without a quote.
    fn finding(rule: &str, image: &str, quote: &str, start: usize, message: &str) -> Finding {
        let place = Place { location: Location { source: SourceId(0), span: Span::new(start, start + 5) }, quote: quote.to_owned() };
        Finding {
            rule: rule.to_owned(),
            outcome: Outcome::Fail,
            severity: Severity::Error,
            confidence: Confidence::High,
            subject: Subject::Document,
            subject_name: format!("image:{image}"),
            message: message.to_owned(),
            primary: Some(Labelled { place, label: String::new() }),
            related: vec![],
            because: if quote.is_empty() { vec![] } else { vec![EvidenceId(0)] },
            expected: vec![],
            found: vec![],
            searched: vec![],
            notes: vec![],
            help: None,
            basis: vec![],
            tags: vec![],
        }
    }

    fn print(finding: &Finding, document: &str) -> Fingerprint {
        keyed(std::slice::from_ref(finding), |_| document.to_owned()).remove(0)
    }

    const RULE: &str = "desk/image-credit";

    #[test]
    fn they_have_their_form() {
        let print = print(&finding(RULE, "a.jpg", "Photo: Wire-A", 0, ""), "a.html");
        let letters = |text: &str| text.len() == 16 && text.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b));
        assert!(
            print.full.strip_prefix("rc1-").is_some_and(letters) && print.moved.strip_prefix("rc1l-").is_some_and(letters),
            "{print:?}"
        );
    }

    #[test]
    fn lines_inserted_before_change_nothing() {
        let [a, b] = [0, 5000].map(|start| print(&finding(RULE, "a.jpg", "Photo: Wire-A", start, ""), "a.html"));
        assert_eq!(a, b);
    }

    #[test]
    fn white_space_line_ends_case_and_invisible_characters_change_nothing() {
        let first = print(&finding(RULE, "a.jpg", "Photo: Wire-A | J. Doe", 0, ""), "a.html");
        for quote in
            ["Photo:  Wire-A\n\t| J. Doe", "Photo: Wire-A\r\n| J. Doe", "PHOTO: Wire-A | J.\u{a0}Doe", "Photo: Wi\u{ad}re-A | J. Doe"]
        {
            assert_eq!(first, print(&finding(RULE, "a.jpg", quote, 0, ""), "a.html"), "{quote:?}");
        }
    }

    #[test]
    fn a_reworded_message_changes_nothing() {
        let [a, b] =
            ["no photographer", "names no person"].map(|message| print(&finding(RULE, "a.jpg", "Photo: Wire-A", 0, message), "a.html"));
        assert_eq!(a, b);
    }

    #[test]
    fn other_evidence_or_another_picture_changes_it() {
        let first = print(&finding(RULE, "a.jpg", "Photo: Wire-A", 0, ""), "a.html");
        assert_ne!(first, print(&finding(RULE, "a.jpg", "Photo: Wire-B", 0, ""), "a.html"));
        assert_ne!(first, print(&finding(RULE, "b.jpg", "Photo: Wire-A", 0, ""), "a.html"));
        assert_ne!(first, print(&finding("desk/other", "a.jpg", "Photo: Wire-A", 0, ""), "a.html"));
    }

    #[test]
    fn one_fixed_and_one_introduced_are_one_gone_and_one_new() {
        let prints = |names: [&str; 2]| keyed(&names.map(|name| finding(RULE, name, "", 0, "")), |_| "a.html".to_owned());
        let (before, after) = (prints(["a.jpg", "b.jpg"]), prints(["b.jpg", "c.jpg"]));
        assert_eq!(before[1], after[0]);
        assert!(!after.contains(&before[0]) && !before.contains(&after[1]));
    }

    #[test]
    fn equals_are_told_apart_by_their_order() {
        let twice = keyed(&[finding(RULE, "a.jpg", "x", 0, ""), finding(RULE, "a.jpg", "x", 9, "")], |_| "a.html".to_owned());
        assert_ne!(twice[0], twice[1]);
        assert_eq!(twice[0], print(&finding(RULE, "a.jpg", "x", 0, ""), "a.html"));
    }

    #[test]
    fn a_renamed_file_keeps_them_by_address_or_without_the_document() {
        let site = Some("https://example.org/");
        let address = Some("https://example.org/news/harbour");
        assert_eq!(document_key(site, address, "old.html"), document_key(site, address, "new.html"));
        assert_eq!(document_key(site, Some("https://elsewhere.example/x"), "new.html"), "new.html");
        assert_eq!(document_key(Some("https://example.org"), Some("https://example.organic/x"), "new.html"), "new.html");
        assert_eq!(document_key(None, address, "new.html"), "new.html");
        let [old, new] = ["old.html", "new.html"].map(|path| print(&finding(RULE, "a.jpg", "x", 0, ""), path));
        assert_ne!(old.full, new.full);
        assert_eq!(old.moved, new.moved);
    }
}
