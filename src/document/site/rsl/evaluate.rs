//! What an RSL document says of one page (section 3.1.1).

use crate::document::site::pattern;
use crate::document::site::pattern::PathPattern;
use crate::document::site::rsl::Content;
use crate::document::site::rsl::License;
use crate::document::site::rsl::Payment;
use crate::document::site::rsl::Rsl;
use crate::document::site::rsl::Usage;

/// How a use is granted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grant {
    /// What has to be given.
    pub payment: Option<Payment>,
    /// Only these users.
    pub users: Vec<String>,
    /// Only, or not (`!`), in these countries.
    pub places: Vec<String>,
    /// A licence has to be got from a server.
    pub server: bool,
}

impl Grant {
    /// Whether nothing is asked in return.
    pub fn is_free(&self) -> bool {
        self.conditions() == 0
    }

    fn conditions(&self) -> usize {
        let pays = match self.payment {
            None | Some(Payment::Free) => 0,
            Some(Payment::Attribution) => 1,
            Some(Payment::Money) => 2,
        };
        pays + usize::from(!self.users.is_empty()) + usize::from(!self.places.is_empty()) + usize::from(self.server)
    }
}

/// What is said of one single use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Granted on these terms.
    Granted(Grant),
    /// Not on the list of what is granted.
    NotListed,
    /// Forbidden.
    Prohibited,
}

impl Rsl {
    /// The `content` elements that cover the page at `address`, narrowest first. `carried`: whether the page itself carries the
    /// document or links to it, so that an empty `url` means the page.
    pub fn covering(&self, address: &str, carried: bool) -> Vec<&Content> {
        let mut found: Vec<(usize, &Content)> = self.contents.iter().filter_map(|c| Some((c.specificity(address, carried)?, c))).collect();
        found.sort_by_key(|&(octets, content)| (std::cmp::Reverse(octets), content.span.start));
        found.into_iter().map(|(_, content)| content).collect()
    }

    /// What is said of `usage` for the page; nothing if no element covers it or those that do make no offer.
    pub fn answer(&self, usage: Usage, address: &str, carried: bool) -> Option<Answer> {
        let covering = self.covering(address, carried);
        let narrowest = covering.first()?.specificity(address, carried);
        let server = covering.iter().any(|c| c.server);
        // A wider element grants nothing that a narrower one doesn't, but its prohibitions stay.
        if covering.iter().any(|c| c.prohibits(usage)) {
            return Some(Answer::Prohibited);
        }
        let deciding = covering.iter().filter(|c| c.specificity(address, carried) == narrowest);
        deciding.filter_map(|c| c.best_offer(usage, server)).reduce(stricter)
    }
}

impl Content {
    /// The octets of the pattern that matches `address`, if it does.
    fn specificity(&self, address: &str, carried: bool) -> Option<usize> {
        let url = self.url.value.trim();
        if url.is_empty() {
            return carried.then_some(usize::MAX);
        }
        if let (Some(own), Some(host)) = (pattern::host_of(url), pattern::host_of(address))
            && own.trim_start_matches("www.") != host.trim_start_matches("www.")
        {
            return None;
        }
        let path = if url.contains("//") { after_host(url) } else { url };
        let pattern = PathPattern::new(path);
        pattern.matches(&pattern::path_of(address)?).then(|| pattern.octets())
    }

    /// Whether every offer, or one that stands for all, forbids the use. A licence that forbids it is one offer among several.
    fn prohibits(&self, usage: Usage) -> bool {
        !self.licenses.is_empty() && self.licenses.iter().all(|l| l.answer(usage, false) == Answer::Prohibited)
    }

    /// The offer that asks least: several licences are alternatives.
    fn best_offer(&self, usage: Usage, server: bool) -> Option<Answer> {
        self.licenses.iter().map(|l| l.answer(usage, server)).reduce(milder)
    }
}

fn after_host(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

impl License {
    fn answer(&self, usage: Usage, server: bool) -> Answer {
        if self.prohibits.iter().any(|p| p.includes(usage)) {
            return Answer::Prohibited;
        }
        if self.permits.as_ref().is_some_and(|list| !list.iter().any(|p| p.includes(usage))) {
            return Answer::NotListed;
        }
        let payment = self.payments.iter().min().copied();
        Answer::Granted(Grant { payment, users: self.users.clone(), places: self.places.clone(), server })
    }
}

fn strictness(answer: &Answer) -> usize {
    match answer {
        Answer::Granted(grant) => grant.conditions(),
        Answer::NotListed => 100,
        Answer::Prohibited => 200,
    }
}

fn milder(a: Answer, b: Answer) -> Answer {
    if strictness(&b) < strictness(&a) { b } else { a }
}

fn stricter(a: Answer, b: Answer) -> Answer {
    if strictness(&b) > strictness(&a) { b } else { a }
}
