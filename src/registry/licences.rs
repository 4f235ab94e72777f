//! Content licences and rights statements: from an address or an identifier to what they permit.
//!
//! Creative Commons licences are built from rules (units, versions, ports) instead of a row per address, see
//! [`creative_commons`]; the others are listed in `rules/registry/licences.toml`.

pub mod address;
pub mod creative_commons;

use crate::builtin;
use crate::registry::licences::creative_commons::Series;
use crate::registry::mapping;
use crate::registry::mapping::Row;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A licence, or a statement about a work's status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// The SPDX identifier, else an identifier of the same form (`CC-BY-SA-3.0-PL`, `Unsplash`).
    pub id: String,
    /// Whether `id` stands in the SPDX list.
    pub spdx: bool,
    /// For people: `CC BY-SA 3.0 (PL)`.
    pub name: String,
    /// `cc`, `public-domain`, `ogl`, `gfdl`, `rightsstatements`, `stock`, …
    pub family: &'static str,
    /// Version, where there is one.
    pub version: Option<String>,
    /// Country code of a ported Creative Commons licence, `igo` or `scotland`.
    pub jurisdiction: Option<String>,
    /// The day its publisher retired it.
    pub retired: Option<&'static str>,
    /// What is odd about the address, in one line: a port that doesn't exist, an unusual word order.
    pub oddity: Option<String>,
    grants: String,
}

impl Licence {
    /// What it permits, and under which conditions.
    pub fn grants(&self) -> &'static Row {
        mapping::row("licence", &self.grants)
    }

    /// Whether it grants anything: a rights statement doesn't.
    pub fn is_grant(&self) -> bool {
        self.family != "rightsstatements"
    }
}

/// An address that looks like a licence's and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Why, in one line.
    pub why: String,
    /// The family it speaks of, e.g. `CC-BY-NC`.
    pub family: Option<String>,
    /// The address that was probably meant.
    pub meant: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cc: creative_commons::File,
    licence: Vec<Listed>,
}

/// A licence listed by itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    id: String,
    name: String,
    family: String,
    address: Vec<String>,
    grants: String,
    retired: Option<String>,
}

fn yes() -> bool {
    true
}

struct Registry {
    listed: Vec<Listed>,
    series: Vec<Series>,
    port_names: BTreeMap<String, Vec<String>>,
}

fn registry() -> &'static Registry {
    static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
        let text = builtin::file("registry/licences.toml").expect("compiled in");
        let file: File = toml::from_str(text).expect("tests read the registry");
        Registry { listed: file.licence, series: file.cc.series, port_names: file.cc.port_names }
    });
    &REGISTRY
}

impl Listed {
    fn licence(&'static self) -> Licence {
        Licence {
            id: self.id.clone(),
            spdx: is_in_spdx_list(&self.id),
            name: self.name.clone(),
            family: &self.family,
            version: version_in(&self.id).or_else(|| version_in(&self.address[0])),
            jurisdiction: None,
            retired: self.retired.as_deref(),
            oddity: None,
            grants: self.grants.clone(),
        }
    }
}

/// The version in an identifier or address: the first part that is a number with a point.
fn version_in(id: &str) -> Option<String> {
    id.split(['-', '/']).find(|part| part.contains('.') && part.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned)
}

/// The licence at `address`, with or without scheme: deeds, legal codes, language suffixes, old hosts, tracking tails.
/// `None` for addresses that name no licence or not which ([`doubt`] says more).
pub fn by_address(address: &str) -> Option<Licence> {
    let path = address::normal(address)?;
    if let Some(rest) = address::creative_commons(&path)
        && let Ok(licence) = creative_commons::by_path(rest)
    {
        return Some(licence);
    }
    let fits = |l: &&'static Listed| l.address.iter().filter(|a| address::starts(&path, a)).map(String::len).max();
    registry().listed.iter().filter_map(|l| fits(&l).map(|length| (length, l))).max_by_key(|&(length, _)| length).map(|(_, l)| l.licence())
}

/// Why `address` names no licence though it looks as if it did. `None` for licences and for all other addresses.
pub fn doubt(address: &str) -> Option<Doubt> {
    if by_address(address).is_some() {
        return None;
    }
    let path = address::normal(address)?;
    creative_commons::by_path(address::creative_commons(&path)?).err()?
}

/// The licence whose badge is the picture at `address`: secondary evidence only.
pub fn by_badge(address: &str) -> Option<Licence> {
    let path = address::normal(address)?;
    let rest = path.strip_prefix("licensebuttons.net/").or_else(|| path.strip_prefix("i.creativecommons.org/"))?;
    let (kind, rest) = rest.split_once('/')?;
    let folder = rest.rsplit_once('/').map_or(rest, |(folder, _)| folder);
    match kind {
        "l" => creative_commons::by_path(&format!("licenses/{folder}")).ok(),
        "p" => by_address(&format!("creativecommons.org/publicdomain/{folder}")),
        _ => None,
    }
}

/// The licence `id` (`CC-BY-3.0`) in the port whose country `text` begins with ("Germany", "Deutschland"), and how many bytes name it.
pub fn ported(id: &str, text: &str) -> Option<(Licence, usize)> {
    let (port, length) = creative_commons::port_named(text)?;
    Some((by_id(&format!("{id}-{port}"))?, length))
}

/// Whether `id`, in these letters, stands in the SPDX licence list.
fn is_in_spdx_list(id: &str) -> bool {
    spdx::license_id(id).is_some_and(|known| known.name == id)
}

/// A licence of the SPDX list that nothing more is known of here: most are for programs.
fn other(id: &str) -> Option<Licence> {
    let known = spdx::identifiers::LICENSES.iter().find(|l| l.name.eq_ignore_ascii_case(id.trim()))?;
    Some(Licence {
        id: known.name.to_owned(),
        spdx: true,
        name: known.full_name.to_owned(),
        family: "other",
        version: version_in(known.name),
        jurisdiction: None,
        retired: None,
        oddity: None,
        grants: "unknown".to_owned(),
    })
}

/// The SPDX identifier that `id` is a misspelling of. `None` for what is none, and for identifiers themselves.
pub fn nearest_id(id: &str) -> Option<&'static str> {
    let written = id.trim().to_ascii_uppercase();
    let shape =
        written.len() >= 5 && written.contains(['-', '.']) && written.chars().all(|c| c.is_ascii_alphanumeric() || "-.+ ".contains(c));
    if !shape || by_id(id).is_some() {
        return None;
    }
    let distance = |known: &&spdx::License| strsim::damerau_levenshtein(&known.name.to_ascii_uppercase(), &written);
    let near = spdx::identifiers::LICENSES.iter().min_by_key(distance)?;
    (distance(&near) <= 2).then_some(near.name)
}

/// The licence of that identifier: SPDX ids, the same form for ports without one, families without version (`CC-BY-NC`,
/// `CC`), and the usual spellings with blanks (`CC BY 4.0`, `CC0`, `CC 0 1.0`).
pub fn by_id(id: &str) -> Option<Licence> {
    let folded = id.trim().to_ascii_uppercase().replace([' ', '_'], "-").replace("--", "-");
    let listed = registry().listed.iter().find(|l| l.id.eq_ignore_ascii_case(&folded));
    listed.map(Listed::licence).or_else(|| creative_commons::by_id(&folded)).or_else(|| other(id))
}

/// Whether `id` is in the SPDX list of licences.
pub fn is_spdx(id: &str) -> bool {
    by_id(id).is_some_and(|l| l.spdx && l.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, id: &str) {
        assert_eq!(by_address(address).map(|l| l.id).as_deref(), Some(id), "{address}");
    }

    #[test]
    fn an_address_is_read_in_every_spelling() {
        check("https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0");
        check("http://www.creativecommons.org/licenses/by-nc-nd/3.0/de/deed.de", "CC-BY-NC-ND-3.0-DE");
        check("//CREATIVECOMMONS.ORG/Licenses/BY/2.5/legalcode?ref=chooser-v1#x", "CC-BY-2.5");
        check("creativecommons.org/licenses/by/3.0/deed.pt_BR", "CC-BY-3.0");
        check("https://creativecommons.org/licenses/by-nd-nc/1.0/", "CC-BY-NC-ND-1.0");
        check("https://creativecommons.org/publicdomain/zero/1.0/deed.en", "CC0-1.0");
        check("https://creativecommons.org//licenses//by%2Dsa/3.0/pl/", "CC-BY-SA-3.0-PL");
        check("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "OGL-UK-3.0");
        check("http://www.gnu.org/licenses/old-licenses/fdl-1.2.en.html", "GFDL-1.2-only");
        check("https://rightsstatements.org/page/InC-NC/1.0/?language=de", "InC-NC");
    }

    #[test]
    fn a_port_keeps_its_country_and_gets_no_foreign_identifier() {
        let polish = by_address("https://creativecommons.org/licenses/by-sa/3.0/pl/").expect("a port");
        assert_eq!((polish.spdx, polish.name.as_str()), (false, "CC BY-SA 3.0 (PL)"));
        let german = by_address("https://creativecommons.org/licenses/by-sa/3.0/de/").expect("a port");
        assert!(german.spdx && german.jurisdiction.as_deref() == Some("de"));
    }

    #[test]
    fn an_address_without_version_or_with_a_typo_is_no_licence() {
        for (address, family, meant) in [
            ("https://creativecommons.org/licenses/by-nc/", Some("CC-BY-NC"), None),
            (
                "https://creativecommons.org/licenses/by-nc-nd-4.0",
                Some("CC-BY-NC-ND"),
                Some("https://creativecommons.org/licenses/by-nc-nd/4.0/"),
            ),
            ("https://creativecommons.org/licenses/by/5.0/", Some("CC-BY"), None),
            ("https://creativecommons.org/licenses/", None, None),
        ] {
            assert_eq!(by_address(address), None, "{address}");
            let doubt = doubt(address).expect(address);
            assert_eq!((doubt.family.as_deref(), doubt.meant.as_deref()), (family, meant), "{address}");
        }
        assert_eq!(doubt("https://creativecommons.org/about/"), None);
    }

    #[test]
    fn identifiers_are_read_in_their_usual_spellings() {
        for (written, id) in [
            ("CC-BY-4.0", "CC-BY-4.0"),
            ("cc by-nc-nd 3.0 de", "CC-BY-NC-ND-3.0-DE"),
            ("CC BY NC 2.0", "CC-BY-NC-2.0"),
            ("CC-BY-NC", "CC-BY-NC"),
            ("CC0", "CC0-1.0"),
            ("CC 0 1.0", "CC0-1.0"),
            ("CC", "CC"),
            ("gfdl-1.3-only", "GFDL-1.3-only"),
        ] {
            assert_eq!(by_id(written).map(|l| l.id).as_deref(), Some(id), "{written}");
        }
        assert!(is_spdx("Apache-2.0") && !is_spdx("apache-2.0") && is_spdx("CC-PDM-1.0"));
        assert_eq!(by_id("apache-2.0").map(|l| l.id).as_deref(), Some("Apache-2.0"));
        assert_eq!((nearest_id("CCBY-4.0"), nearest_id("CC-BY-4.0"), nearest_id("our terms")), (Some("CC-BY-4.0"), None, None));
        assert!(is_spdx("CC-BY-3.0-IGO") && !is_spdx("CC-BY-SA-3.0-PL") && !is_spdx("CC-BY-NC") && !is_spdx("CC-BY-9.0"));
    }

    #[test]
    fn a_port_is_known_by_its_country() {
        let ported = |id: &str, text: &str| ported(id, text).map(|(licence, length)| (licence.id, length));
        assert_eq!(ported("CC-BY-3.0", "Deutschland Lizenz"), Some(("CC-BY-3.0-DE".to_owned(), 11)));
        assert_eq!(ported("CC-BY-SA-2.0", "UK: England & Wales"), Some(("CC-BY-SA-2.0-UK".to_owned(), 19)));
        assert_eq!(ported("CC-BY-3.0", "IGO"), Some(("CC-BY-3.0-IGO".to_owned(), 3)));
        assert_eq!(ported("CC-BY-4.0", "Germany"), None);
        assert_eq!((ported("CC-BY-3.0", "Indiana"), ported("CC-BY-3.0", "Unported")), (None, None));
    }

    #[test]
    fn badges_name_their_licence() {
        assert_eq!(by_badge("https://licensebuttons.net/l/by/4.0/88x31.png").map(|l| l.id).as_deref(), Some("CC-BY-4.0"));
        assert_eq!(by_badge("https://i.creativecommons.org/p/zero/1.0/88x31.png").map(|l| l.id).as_deref(), Some("CC0-1.0"));
    }

    #[test]
    fn every_listed_licence_finds_itself_and_has_a_row() {
        for listed in &registry().listed {
            for address in &listed.address {
                check(address, &listed.id);
            }
            assert!(mapping::find("licence", &listed.grants).is_some(), "{}", listed.id);
        }
    }
}
