//! The grammar of Creative Commons addresses and identifiers: unit, version, port.

use crate::registry::licences::Doubt;
use crate::registry::licences::Licence;
use crate::registry::licences::registry;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The table `[cc]` of the registry file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    pub(super) port_names: BTreeMap<String, Vec<String>>,
    pub(super) series: Vec<Series>,
}

/// Units that exist in one version, with their ports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Series {
    version: String,
    units: Vec<String>,
    #[serde(default = "super::yes")]
    unported: bool,
    #[serde(default)]
    ports: Vec<String>,
    retired: Option<String>,
}

/// The units as they are written today, in SPDX identifiers too.
const SIX: [&str; 6] = ["by", "by-nc", "by-nd", "by-sa", "by-nc-sa", "by-nc-nd"];

/// Reads the part of an address after the host. An error without doubt means that it is no licence's address at all.
pub(super) fn by_path(path: &str) -> Result<Licence, Option<Doubt>> {
    let mut segments = path.split('/');
    if !matches!(segments.next(), Some("licenses" | "licences")) {
        return Err(None);
    }
    let Some(written) = segments.next() else {
        return Err(Some(Doubt { why: "the address is the list of licences, not one of them".to_owned(), family: None, meant: None }));
    };
    let unit = units(written).ok_or_else(|| misspelt(written))?;
    let family = family_id(unit);
    let Some(version) = segments.next().filter(|s| s.starts_with(|c: char| c.is_ascii_digit())) else {
        let why = format!("the address names {family} without a version");
        return Err(Some(Doubt { why, family: Some(family), meant: None }));
    };
    let port = segments.next().filter(|s| is_port(s));
    licence(unit, version, port, written).ok_or_else(|| Some(no_such(unit, version)))
}

/// Whether a path segment can be a port: two letters, or one of the two longer codes.
fn is_port(segment: &str) -> bool {
    matches!(segment, "igo" | "scotland") || (segment.len() == 2 && segment.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The registered unit with the elements of `written`, in whatever order they stand.
fn units(written: &str) -> Option<&'static str> {
    let all = || registry().series.iter().flat_map(|s| &s.units).map(String::as_str);
    let sorted = |unit: &str| {
        let mut parts: Vec<String> = unit.split('-').map(str::to_owned).collect();
        parts.sort_unstable();
        parts
    };
    let wanted = sorted(written);
    all().find(|u| *u == written).or_else(|| all().find(|u| sorted(u) == wanted))
}

fn licence(unit: &'static str, version: &str, port: Option<&str>, written: &str) -> Option<Licence> {
    let same = |u: &String| canonical(u) == canonical(unit);
    let series = || registry().series.iter().filter(|s| s.version == version && s.units.iter().any(same));
    let has_port = |s: &&Series| port.map_or(s.unported, |p| s.ports.iter().any(|q| q == p));
    let as_written = |s: &&Series| s.units.iter().any(|u| u == written);
    let exact = series().filter(has_port).find(as_written).or_else(|| series().find(has_port));
    let (found, port, mut oddity) = match exact {
        Some(found) => (found, port, None),
        // The segment may be a language of the deed, or a port that was never made.
        None => {
            let fallback = series().find(|s| s.unported)?;
            (fallback, None, port.map(|p| format!("{} {version} has no port `{p}`", family_id(unit))))
        }
    };
    if !found.units.iter().any(|u| u == written) && oddity.is_none() {
        oddity = Some(format!("`{written}` is an unusual order of `{}`", canonical(unit)));
    }
    Some(build(unit, version, port, found.retired.as_deref(), oddity))
}

fn build(unit: &str, version: &str, port: Option<&str>, retired: Option<&'static str>, oddity: Option<String>) -> Licence {
    let unit = canonical(unit);
    let suffix = port.map(|p| format!("-{}", p.to_ascii_uppercase())).unwrap_or_default();
    let id = format!("{}-{version}{suffix}", family_id(unit));
    let country = port.map(|p| format!(" ({})", p.to_ascii_uppercase())).unwrap_or_default();
    Licence {
        spdx: super::is_in_spdx_list(&id),
        name: format!("CC {} {version}{country}", unit.to_ascii_uppercase()),
        id,
        family: "cc",
        version: Some(version.to_owned()),
        jurisdiction: port.map(str::to_owned),
        retired,
        oddity,
        grants: unit.to_owned(),
    }
}

/// The unit in today's word order: version 1.0 said `by-nd-nc`.
fn canonical(unit: &str) -> &str {
    match unit {
        "by-nd-nc" => "by-nc-nd",
        "nd-nc" => "nc-nd",
        _ => unit,
    }
}

fn family_id(unit: &str) -> String {
    format!("CC-{}", canonical(unit).to_ascii_uppercase())
}

/// For a segment such as `by-nc-nd-4.0`: unit and version written together.
fn misspelt(written: &str) -> Option<Doubt> {
    let (unit, version) = written.rsplit_once('-')?;
    let unit = units(unit).filter(|_| version.starts_with(|c: char| c.is_ascii_digit()))?;
    let exists = licence(unit, version, None, unit).is_some();
    Some(Doubt {
        why: format!("`{written}` runs the licence and its version together"),
        family: Some(family_id(unit)),
        meant: exists.then(|| format!("https://creativecommons.org/licenses/{unit}/{version}/")),
    })
}

fn no_such(unit: &str, version: &str) -> Doubt {
    let longer = format!("{version}.0");
    let meant = registry().series.iter().any(|s| s.version == longer && s.unported && s.units.iter().any(|u| u == unit));
    Doubt {
        why: format!("there is no version {version} of {}", family_id(unit)),
        family: Some(family_id(unit)),
        meant: meant.then(|| format!("https://creativecommons.org/licenses/{unit}/{longer}/")),
    }
}

/// Reads an identifier in upper case with hyphens: `CC-BY-NC-ND-3.0-DE`, `CC-BY-NC`, `CC`.
pub(super) fn by_id(id: &str) -> Option<Licence> {
    let rest = id.strip_prefix("CC")?;
    match rest {
        "" => return Some(family("", "CC", "cc")),
        "0" | "-0" | "-0-1.0" | "-ZERO" | "-ZERO-1.0" => return super::by_id("CC0-1.0"),
        "-PDM" => return super::by_id("CC-PDM-1.0"),
        _ => {}
    }
    let rest = rest.strip_prefix('-')?.to_ascii_lowercase();
    let at = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
    let unit = units(rest[..at].trim_end_matches('-'))?;
    if at == rest.len() {
        return SIX.contains(&canonical(unit)).then(|| family(canonical(unit), &family_id(unit), canonical(unit)));
    }
    let (version, port) = rest[at..].split_once('-').map_or((&rest[at..], None), |(v, p)| (v, Some(p)));
    licence(unit, version, port, unit).filter(|l| l.jurisdiction.as_deref() == port)
}

/// The port whose country `text` begins with, and how many bytes name it.
pub(super) fn port_named(text: &str) -> Option<(&'static str, usize)> {
    let fits = |name: &&String| {
        let begins = text.get(..name.len()).is_some_and(|start| start.to_lowercase() == name.to_lowercase());
        begins && !text[name.len()..].starts_with(char::is_alphanumeric)
    };
    let all = registry().port_names.iter().flat_map(|(port, names)| names.iter().map(move |name| (port.as_str(), name)));
    all.filter(|(_, name)| fits(name)).map(|(port, name)| (port, name.len())).max_by_key(|&(_, length)| length)
}

/// A family whose version isn't said.
fn family(unit: &str, id: &str, grants: &str) -> Licence {
    Licence {
        id: id.to_owned(),
        spdx: false,
        name: format!("CC {}", unit.to_ascii_uppercase()).trim_end().to_owned(),
        family: "cc",
        version: None,
        jurisdiction: None,
        retired: None,
        oddity: None,
        grants: grants.to_owned(),
    }
}
