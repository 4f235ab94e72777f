//! Which licence words name: elements in any language, codes, the version, and what the link adds.

use crate::detect::licence::Linked;
use crate::detect::licence::is_licence;
use crate::document::Block;
use crate::lexicon::concept::Concept;
use crate::registry::licences;
use crate::registry::licences::Licence;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Elements of a name stand at most this far behind "Creative Commons".
const REACH: usize = 160;

/// A code: "CC BY-NC-ND 4.0", "CC-BY 3.0", "by-nc-nd/3.0/de", "CC (by-sa)".
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    let code = r"(?i)\b(?:cc[\s:(/-]*)?(by(?:[\s-]+(?:nc|nd|sa))*|0|zero)\b[\s)/-]*v?\.?([1-4]\.[05])?(?:[/\s-]+([a-z]{2})\b)?";
    Regex::new(code).expect("a fixed pattern")
});

/// A version with its point.
static VERSION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b([1-4]\.[015])\b").expect("a fixed pattern"));

/// The licence that a statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// SPDX id, the family without version, or `CC`.
    pub id: String,
    /// The words, in bytes of the statement.
    pub words: Range<usize>,
    /// Asks for credit.
    pub attribution: bool,
    /// Not for commercial use.
    pub non_commercial: bool,
    /// No changes.
    pub no_derivatives: bool,
    /// Changes under the same licence.
    pub share_alike: bool,
}

impl Name {
    /// Reads the name in the statement at `range` of a block, from its words and links.
    pub(super) fn read(block: &Block, range: &Range<usize>, words: &[(Concept, Range<usize>)]) -> Option<(Self, Linked)> {
        let text = &block.text[range.clone()];
        let linked = link(block, range);
        let anchor = words.iter().find(|(c, _)| is_licence(*c));
        let (concept, at) = match (anchor, &linked) {
            (Some((concept, at)), _) => (*concept, at.clone()),
            // What a link alone says is stated by the reader of licence links.
            (None, Some((_, _, at))) if words.iter().any(|(c, _)| *c == Concept::PermissionLicensedUnder) => {
                (Concept::LicenceCreativeCommons, at.clone())
            }
            (None, _) => return None,
        };
        let how = linked.as_ref().map_or(Linked::No, |(_, how, _)| *how);
        let told =
            if concept == Concept::LicenceCreativeCommons { Self::creative_commons(text, &at, words) } else { Self::other(concept, &at) };
        let name = match linked {
            Some((licence, ..)) if told.agrees(&licence) => told.exact(&licence),
            _ => told,
        };
        Some((name, how))
    }

    /// A Creative Commons name in words or as a code.
    fn creative_commons(text: &str, at: &Range<usize>, words: &[(Concept, Range<usize>)]) -> Self {
        let window_end = ceiling(text, at.end + REACH);
        let coded = CODE.captures_iter(text).find(|c| c.get(0).is_some_and(|m| m.end() > at.start && is_code(m.as_str())));
        if let Some(found) = coded.filter(|c| c.get(0).is_some_and(|m| m.start() <= window_end)) {
            return Self::coded(&found, at);
        }
        let near = |concept| words.iter().any(|(c, r)| *c == concept && r.start >= at.start && r.end <= window_end && r.len() > 2);
        let mut name = Self::family("CC", at);
        name.non_commercial = near(Concept::LicenceNonCommercial) || near(Concept::PermissionNoncommercialOnly);
        name.no_derivatives = near(Concept::LicenceNoDerivatives);
        name.share_alike = near(Concept::LicenceShareAlike);
        let exact = near(Concept::LicenceAttribution);
        if exact {
            name.id = name.family_id();
            let tail = &text[at.end..window_end];
            if let Some(version) = VERSION.find(tail) {
                name.id = format!("{}-{}", name.id, version.as_str());
                name.words.end = at.end + version.end();
                let rest = text[name.words.end..].trim_start_matches([' ', ',', '(', '/', '-', '\u{a0}']);
                if let Some((licence, length)) = licences::ported(&name.id, rest) {
                    name.id = licence.id;
                    name.words.end = text.len() - rest.len() + length;
                }
            }
        }
        name
    }

    fn coded(found: &regex::Captures<'_>, at: &Range<usize>) -> Self {
        let whole = found.get(0).map_or(0..0, |m| m.range());
        let unit = found[1].to_ascii_lowercase().replace(char::is_whitespace, "-");
        let mut name = Self::family("CC", &(at.start.min(whole.start)..at.end.max(whole.end)));
        let has = |part: &str| unit.split('-').any(|p| p == part);
        (name.non_commercial, name.no_derivatives, name.share_alike) = (has("nc"), has("nd"), has("sa"));
        name.attribution = has("by");
        name.id = if name.attribution { name.family_id() } else { "CC0".to_owned() };
        if let Some(version) = found.get(2) {
            name.id = format!("{}-{}", name.id, version.as_str());
            let port = found.get(3).map(|p| format!("{}-{}", name.id, p.as_str().to_ascii_uppercase()));
            if let Some(port) = port.filter(|p| licences::by_id(p).is_some()) {
                name.id = port;
            }
        } else if name.id == "CC0" {
            name.id = "CC0-1.0".to_owned();
        }
        name
    }

    fn other(concept: Concept, at: &Range<usize>) -> Self {
        let id = match concept {
            Concept::LicenceGfdl => "GFDL",
            Concept::LicenceOgl => "OGL",
            Concept::LicenceEtalab => "etalab-2.0",
            Concept::LicenceDlDe => "DL-DE-BY-2.0",
            _ => "public-domain",
        };
        let mut name = Self::family(id, at);
        name.attribution = id != "public-domain";
        name.share_alike = id == "GFDL";
        name
    }

    fn family(id: &str, at: &Range<usize>) -> Self {
        Self { id: id.to_owned(), words: at.clone(), attribution: true, non_commercial: false, no_derivatives: false, share_alike: false }
    }

    fn family_id(&self) -> String {
        let mut id = "CC-BY".to_owned();
        for (part, here) in [("-NC", self.non_commercial), ("-SA", self.share_alike), ("-ND", self.no_derivatives)] {
            if here {
                id.push_str(part);
            }
        }
        id
    }

    /// Whether the words leave open what the link says, or say the same.
    fn agrees(&self, licence: &Licence) -> bool {
        self.id == "CC" || self.id == family_of(licence) || licence.id.starts_with(&self.id) || !self.id.starts_with("CC")
    }

    /// The name with what the link adds.
    fn exact(mut self, licence: &Licence) -> Self {
        let parts: Vec<&str> = licence.id.split('-').collect();
        let creative = licence.id.starts_with("CC-");
        self.id.clone_from(&licence.id);
        if creative {
            self.non_commercial = parts.contains(&"NC");
            self.no_derivatives = parts.contains(&"ND");
            self.share_alike = parts.contains(&"SA");
            self.attribution = parts.contains(&"BY");
        } else if licence.id.starts_with("CC0") {
            self.attribution = false;
        }
        self
    }

    /// Whether the words or the link say which of the Creative Commons licences it is.
    pub(super) fn is_family_known(&self) -> bool {
        self.id != "CC"
    }

    /// Whether it names a version.
    pub(super) fn is_exact(&self) -> bool {
        self.id.contains(|c: char| c.is_ascii_digit())
    }
}

/// The id without version and port.
fn family_of(licence: &Licence) -> &str {
    let id = licence.id.as_str();
    id.find(|c: char| c.is_ascii_digit()).map_or(id, |at| id[..at].trim_end_matches('-'))
}

fn ceiling(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

/// "by 3.0" alone is prose; a code has "CC" in front or two elements.
fn is_code(found: &str) -> bool {
    let found = found.to_ascii_lowercase();
    found.starts_with("cc") || found.contains("-nc") || found.contains("-sa") || found.contains("-nd") || found.contains(" nc")
}

/// The licence behind a link of the statement, or of a link right behind it in the same block.
fn link(block: &Block, range: &Range<usize>) -> Option<(Licence, Linked, Range<usize>)> {
    let near = |r: &Range<usize>| r.start < range.end + 40 && r.end + 40 > range.start;
    let found = block.links().filter(|(r, ..)| near(r)).find_map(|(r, href, rel)| Some((licences::by_address(href)?, r, rel)));
    let (licence, at, rel) = found?;
    let how = if rel.iter().any(|r| r == "license") { Linked::Licence } else { Linked::Address };
    let inside = at.start.clamp(range.start, range.end) - range.start..at.end.clamp(range.start, range.end) - range.start;
    Some((licence, how, inside))
}
