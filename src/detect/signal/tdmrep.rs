//! TDMRep: origin file, then header, then page, property by property; an absent property takes nothing back.

use crate::detect::media::Medium;
use crate::detect::signal::page::Page;
use crate::detect::signal::statement::Statement;
use crate::document::Vocabulary;
use crate::document::site::SiteFile;
use crate::document::site::tdm_policy::PolicyTerm;
use crate::document::site::tdm_policy::TdmPolicy;
use crate::document::site::tdmrep::reservation;
use crate::document::site::tdmrep::rule_for;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::registry::mapping;
use crate::terms::Confidence;

pub(super) fn run(page: &Page<'_>, evidence: &mut Vec<Evidence>) {
    let mut document = Inherited::new(page);
    for carried in carriers(page) {
        evidence.push(document.take(carried).evidence());
    }
    for medium in page.reading.media() {
        let Some(carried) = in_medium(&medium) else { continue };
        let statement = match medium.subject() {
            Subject::Document => document.take(carried),
            picture => Inherited::new(page).take(carried).about(picture),
        };
        evidence.push(statement.evidence());
    }
}

/// What XMP says of a work.
fn in_medium(medium: &Medium<'_>) -> Option<Carried> {
    let (reservation, policy) = (medium.get("tdm:reservation").next(), medium.get("tdm:policy").next());
    let first = reservation.or(policy)?;
    Some(Carried {
        carrier: medium.carrier(),
        scope: medium.scope(),
        place: medium.place(first.span),
        confidence: Confidence::High,
        reservation: reservation.map(|f| f.value.clone()),
        policy: policy.map(|f| f.value.clone()),
    })
}

/// What one carrier says.
struct Carried {
    carrier: &'static str,
    scope: &'static str,
    /// As written.
    reservation: Option<String>,
    policy: Option<String>,
    place: Place,
    confidence: Confidence,
}

/// The carriers that say something, weakest first.
fn carriers(page: &Page<'_>) -> Vec<Carried> {
    let mut all = Vec::new();
    let nearest = page.site().find_map(|(companion, site)| match site {
        SiteFile::TdmRep(rules) => Some((companion, rules)),
        _ => None,
    });
    if let Some((companion, rules)) = nearest
        && let Some(rule) = rule_for(rules, &companion.path)
    {
        all.push(Carried {
            carrier: "file",
            scope: "path",
            reservation: rule.reservation.map(|r| u8::from(r).to_string()),
            policy: rule.policy.as_ref().map(|p| p.value.clone()),
            place: companion.place(rule.span),
            confidence: companion.confidence,
        });
    }
    all.extend(in_header(page));
    all.extend(in_package(page));
    all.extend(in_page(page));
    all
}

fn in_header(page: &Page<'_>) -> Option<Carried> {
    let reservation = page.headers("tdm-reservation").last();
    let policy = page.headers("tdm-policy").last();
    let first = reservation.as_ref().or(policy.as_ref())?;
    Some(Carried {
        carrier: "header",
        scope: "document",
        place: first.place.clone(),
        confidence: first.confidence,
        reservation: reservation.as_ref().map(|h| h.value.to_owned()),
        policy: policy.as_ref().map(|h| h.value.to_owned()),
    })
}

/// The package of the EPUB that the page is a part of.
fn in_package(page: &Page<'_>) -> Option<Carried> {
    let (companion, package) = page.site().find_map(|(companion, site)| match site {
        SiteFile::Epub(package) => Some((companion, package)),
        _ => None,
    })?;
    let first = package.reservation.as_ref().or(package.policy.as_ref())?;
    Some(Carried {
        carrier: "package",
        scope: "site",
        place: companion.place(first.span),
        confidence: Confidence::High,
        reservation: package.reservation.as_ref().map(|r| r.value.clone()),
        policy: package.policy.as_ref().map(|p| p.value.clone()),
    })
}

fn in_page(page: &Page<'_>) -> Option<Carried> {
    // `tdm:reservation` is the spelling of EPUB packages.
    let meta = |name: &'static str| page.fields(name).filter(|f| f.vocabulary != Vocabulary::Xmp);
    let reservation = meta("tdm-reservation").chain(meta("tdm:reservation")).next();
    let policy = meta("tdm-policy").chain(meta("tdm:policy")).next();
    let first = reservation.or(policy)?;
    Some(Carried {
        carrier: "meta",
        scope: "document",
        place: page.place(first.span),
        confidence: Confidence::High,
        reservation: reservation.map(|f| f.value.clone()),
        policy: policy.map(|f| f.value.clone()),
    })
}

/// What the carriers so far add up to.
struct Inherited<'r> {
    reservation: Option<bool>,
    policy: Option<String>,
    policies: Vec<&'r TdmPolicy>,
}

impl<'r> Inherited<'r> {
    fn new(page: &Page<'r>) -> Self {
        let policies = page.site().filter_map(|(_, site)| match site {
            SiteFile::TdmPolicy(policy) => Some(policy),
            _ => None,
        });
        Self { reservation: None, policy: None, policies: policies.collect() }
    }

    fn take(&mut self, carried: Carried) -> Statement {
        let own = carried.reservation.as_deref().and_then(reservation);
        self.reservation = own.or(self.reservation);
        if carried.policy.is_some() {
            self.policy.clone_from(&carried.policy);
        }
        let named = [("tdm-reservation", &carried.reservation), ("tdm-policy", &carried.policy)];
        let value: Vec<String> = named.iter().filter_map(|(n, v)| v.as_ref().map(|v| format!("{n}: {v}"))).collect();
        let statement =
            Statement::new("tdmrep", carried.carrier, &value.join(", "), carried.place).scope(carried.scope).sure(carried.confidence);
        self.state(statement)
    }

    fn state(&self, statement: Statement) -> Statement {
        let row = |key: &str| mapping::row("tdmrep", key);
        match (self.reservation, &self.policy) {
            (None, _) => statement.row(row("unset"), &[]),
            (Some(false), _) => statement.row(row("0"), &[]),
            (Some(true), None) => statement.row(row("1"), &[]),
            (Some(true), Some(address)) => match self.policy_at(address) {
                Some(policy) => by_policy(statement, policy),
                None => statement.row(row("1+policy"), &[]),
            },
        }
    }

    /// The policy document at `address` among the companions: by its own address, else by the name of its file.
    fn policy_at(&self, address: &str) -> Option<&TdmPolicy> {
        let same = |p: &&&TdmPolicy| p.uid.as_deref().is_some_and(|uid| uid.trim_end_matches('/') == address.trim_end_matches('/'));
        let anonymous = |p: &&&TdmPolicy| p.uid.is_none();
        self.policies.iter().find(same).or_else(|| self.policies.iter().find(anonymous).filter(|_| self.policies.len() == 1)).copied()
    }
}

/// Without permissions a policy opens nothing.
fn by_policy(statement: Statement, policy: &TdmPolicy) -> Statement {
    let statement = statement.rightsholder(policy.assigner.as_deref());
    if policy.permissions.is_empty() {
        return statement.row(mapping::row("tdmrep", "1"), &[]);
    }
    // A permission without duties says nothing of what is asked in return: the policy has to be read.
    let of = |terms: &[PolicyTerm]| if terms.is_empty() { vec![PolicyTerm::Unknown] } else { terms.to_vec() };
    let terms = policy.permissions.iter().flat_map(|p| of(&p.terms));
    terms.fold(statement, |s, term| s.row(mapping::row("tdmrep", term.row()), &[]))
}
