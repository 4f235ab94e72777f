//! Runs a policy's own detectors: they state facts, like the built-in ones.

use crate::detect::Facts;
use crate::detect::reading::Reading;
use crate::document::html;
use crate::document::{BlockId, ImageId};
use crate::evidence::{Claim, Contact, Copyright, Credit, DateKind, Evidence, Place, Subject, Terms, UseMention};
use crate::policy::Policy;
use crate::policy::areas::Areas;
use crate::policy::detector::{Detector, Finder};
use crate::policy::wording::compare;
use crate::policy::words::{Area, Attach, Consent, FactName};
use crate::registry::licences;
use crate::source::kind::Kind;
use crate::terms::{Channel, Condition, Confidence, Fact, State, UseName};
use crate::text::Span;
use aho_corasick::AhoCorasick;

/// The literals of all patterns in one automaton: a pattern is tried only on texts in which one of its literals stands.
#[derive(Debug, Default)]
pub(super) struct Literals {
    automaton: Option<AhoCorasick>,
    /// Detectors by pattern of the automaton.
    owners: Vec<usize>,
    /// Detectors whose pattern has no literal: tried on every text.
    always: Vec<usize>,
}

impl Literals {
    pub(super) fn new(detectors: &[Detector]) -> Self {
        let (mut words, mut owners, mut always) = (Vec::new(), Vec::new(), Vec::new());
        for (number, detector) in detectors.iter().enumerate() {
            let Finder::Pattern { literals, .. } = &detector.finder else { continue };
            if literals.is_empty() {
                always.push(number);
            }
            owners.extend(literals.iter().map(|_| number));
            words.extend(literals.iter().map(String::as_str));
        }
        // An automaton that would be too large is done without: then every pattern is tried everywhere.
        let automaton = AhoCorasick::new(&words).ok().filter(|_| !words.is_empty());
        if automaton.is_none() {
            always.append(&mut owners);
            always.sort_unstable();
            always.dedup();
        }
        Self { automaton, owners, always }
    }

    /// The detectors to try on a text, in order.
    fn candidates(&self, folded: &str) -> Vec<usize> {
        let mut found = self.always.clone();
        if let Some(automaton) = &self.automaton {
            found.extend(automaton.find_overlapping_iter(folded).map(|m| self.owners[m.pattern().as_usize()]));
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}

/// What a detector found: the place, and the named parts.
struct Find {
    place: Place,
    channel: Channel,
    parts: Vec<(String, String)>,
}

/// Adds what `policy`'s detectors find to `facts`.
pub fn run(policy: &Policy, reading: &Reading<'_>, facts: &mut Facts) {
    if policy.detectors.is_empty() {
        return;
    }
    let search = Search { policy, reading, areas: Areas::new(reading.document()) };
    let mut stated = Vec::new();
    search.patterns(&mut stated);
    for detector in policy.detectors.iter().filter(|d| search.speaks(d)) {
        match &detector.finder {
            Finder::Pattern { .. } => {}
            Finder::Select(selector) => search.select(detector, selector, &mut stated),
            Finder::Like { text, similarity } => search.like(detector, text, *similarity, &mut stated),
        }
    }
    if !stated.is_empty() {
        facts.evidence.append(&mut stated);
        facts.evidence.sort_by_key(|e| e.place.location);
    }
}

/// The search in one document.
struct Search<'s> {
    policy: &'s Policy,
    reading: &'s Reading<'s>,
    areas: Areas<'s>,
}

impl Search<'_> {
    /// Whether the detector is for the document's language.
    fn speaks(&self, detector: &Detector) -> bool {
        let language = self.reading.document().language.as_deref();
        detector.languages.is_empty() || language.is_some_and(|l| detector.languages.iter().any(|d| d.eq_ignore_ascii_case(l)))
    }

    fn covers(&self, detector: &Detector, id: BlockId) -> bool {
        detector.scope.is_empty() || {
            let areas = self.areas.of_block(id, self.reading.document().block(id));
            let caption = detector.scope.contains(&Area::Caption) && self.is_beside_picture(id);
            caption || detector.scope.iter().any(|area| areas.contains(area))
        }
    }

    fn is_beside_picture(&self, id: BlockId) -> bool {
        self.reading.document().shown().any(|image| image.is_beside(id))
    }

    fn patterns(&self, stated: &mut Vec<Evidence>) {
        for (id, block) in self.reading.document().blocks() {
            for number in self.policy.literals.candidates(&self.reading.folded[id.0 as usize].text) {
                let detector = &self.policy.detectors[number];
                let Finder::Pattern { regex, .. } = &detector.finder else { continue };
                if !self.speaks(detector) || !self.covers(detector, id) {
                    continue;
                }
                for hit in regex.captures_iter(&block.text) {
                    let place = self.reading.place(id, hit.get_match().range());
                    stated.push(self.state(detector, Find { place, channel: Channel::Prose, parts: parts(regex, &hit) }));
                }
            }
        }
        self.patterns_in_fields(stated);
    }

    /// Patterns whose scope is metadata, on the values of the document's fields.
    fn patterns_in_fields(&self, stated: &mut Vec<Evidence>) {
        let reads = |d: &Detector| d.scope.contains(&Area::Metadata) || d.scope.contains(&Area::Head);
        for detector in self.policy.detectors.iter().filter(|d| reads(d) && self.speaks(d)) {
            let Finder::Pattern { regex, .. } = &detector.finder else { continue };
            for field in &self.reading.document().fields {
                let Some(hit) = regex.captures(&field.value) else { continue };
                let place = self.reading.value_place(field.span);
                stated.push(self.state(detector, Find { place, channel: Channel::Metadata, parts: parts(regex, &hit) }));
            }
        }
    }

    fn select(&self, detector: &Detector, selector: &str, stated: &mut Vec<Evidence>) {
        let source = &self.reading.main.source;
        let (Kind::Html, Ok(selector)) = (source.kind, scraper::Selector::parse(selector)) else { return };
        for (_, span) in html::select(&source.text, &selector) {
            let in_scope = self.areas.block_at(span).is_none_or(|(id, _)| self.covers(detector, id));
            if in_scope {
                let find = Find { place: self.reading.value_place(span), channel: Channel::Prose, parts: Vec::new() };
                stated.push(self.state(detector, find));
            }
        }
    }

    fn like(&self, detector: &Detector, text: &str, similarity: f64, stated: &mut Vec<Evidence>) {
        let words = text.split_whitespace().count() as f64;
        for (id, block) in self.reading.document().blocks() {
            let here = block.text.split_whitespace().count() as f64;
            // Texts of very different length can't be alike: what they share is at most the shorter one.
            let possible = 2.0 * words.min(here) / (words + here);
            if possible >= similarity && self.covers(detector, id) && compare(text, &block.text).similarity >= similarity {
                let find = Find { place: self.reading.place(id, 0..block.text.len()), channel: Channel::Prose, parts: Vec::new() };
                stated.push(self.state(detector, find));
            }
        }
    }

    fn state(&self, detector: &Detector, find: Find) -> Evidence {
        let subject = self.subject(detector, &find.place);
        let claim = claim(self.policy, detector, &find);
        Evidence { subject, claim, channel: find.channel, confidence: Confidence::High, place: find.place, detector: detector.key }
    }

    /// The picture that a find is about, or the document.
    fn subject(&self, detector: &Detector, place: &Place) -> Subject {
        let of_pictures = matches!(detector.yields, FactName::Known(Fact::Credit | Fact::Caption));
        if detector.attach.is_none() && !of_pictures {
            return Subject::Document;
        }
        let span = place.location.span;
        let images = || self.reading.document().images.iter().enumerate();
        let block = self.areas.block_at(span).map(|(id, _)| id);
        let beside = images().find(|(_, image)| block.is_some_and(|id| image.is_beside(id)));
        let nearest = || images().min_by_key(|(_, image)| distance(image.span, span));
        let found = if detector.attach == Some(Attach::NearestImage) { beside.or_else(nearest) } else { beside };
        let embed = || (0..).zip(&self.reading.document().embeds).find(|(_, embed)| block.is_some_and(|id| embed.is_beside(id)));
        match found {
            Some((n, _)) => Subject::Image(ImageId(n as u32)),
            None => embed().map_or(Subject::Document, |(n, _)| Subject::Embed(n)),
        }
    }
}

fn distance(a: Span, b: Span) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

fn parts(regex: &regex::Regex, hit: &regex::Captures<'_>) -> Vec<(String, String)> {
    let named = regex.capture_names().flatten();
    let part = |name: &str| Some((name.to_owned(), crate::text::squeeze(hit.name(name)?.as_str())));
    named.filter_map(part).filter(|(_, value)| !value.is_empty()).collect()
}

/// The claim that a find makes.
fn claim(policy: &Policy, detector: &Detector, find: &Find) -> Claim {
    let part = |name: &str| find.parts.iter().find(|(part, _)| part == name).map(|(_, value)| value.clone());
    let list = |name: &str| part(name).into_iter().collect::<Vec<_>>();
    let whole = || find.place.quote.clone();
    let fact = match &detector.yields {
        FactName::Custom(fact) => return Claim::Custom { fact: fact.clone(), parts: find.parts.clone() },
        FactName::Known(fact) => *fact,
    };
    match fact {
        Fact::Headline => Claim::Headline(whole()),
        Fact::Caption => Claim::Caption(whole()),
        Fact::AiMarker => Claim::AiMarker(whole()),
        Fact::SignalFault => Claim::SignalFault { code: detector.key.to_owned(), message: whole() },
        Fact::AiDisclosure => Claim::AiDisclosure { text: whole(), scope: "text" },
        Fact::Byline => Claim::Byline(vec![part("person").or_else(|| part("agency")).unwrap_or_else(whole)]),
        Fact::AgencyCredit => Claim::AgencyCredit(vec![part("agency").unwrap_or_else(whole)]),
        Fact::Date => Claim::Date { kind: DateKind::Published, value: part("date").unwrap_or_else(whole) },
        Fact::Source => Claim::Source { outlet: part("outlet").unwrap_or_else(whole), link: part("link") },
        Fact::Copyright => Claim::Copyright(Copyright { holder: part("holder"), years: list("year"), all_rights_reserved: false }),
        Fact::Credit => {
            Claim::Credit(Credit { agencies: list("agency"), persons: list("person"), text: whole(), status_words: Vec::new() })
        }
        Fact::PermissionsContact => Claim::PermissionsContact(Contact { text: whole(), url: part("link") }),
        Fact::TermsLink => Claim::TermsLink(Contact { text: whole(), url: part("link") }),
        Fact::Licence => Claim::Licence(licence(part("licence").unwrap_or_else(whole), part("holder"))),
        Fact::Reservation | Fact::Signal => Claim::Reservation(meaning(policy, detector, find)),
    }
}

fn licence(name: String, holder: Option<String>) -> Terms {
    let known = licences::by_id(&name).or_else(|| licences::by_address(&name)).map(|l| l.id);
    Terms { id: Some(known.unwrap_or(name)), status: Some(State::Allowed), rightsholder: holder, ..Terms::default() }
}

/// What the policy says a notice means.
fn meaning(policy: &Policy, detector: &Detector, find: &Find) -> Terms {
    let meaning = &detector.meaning;
    let mention = |name: UseName| UseMention { name, place: find.place.clone() };
    let named = meaning.names.iter().map(|&u| mention(UseName::One(u)));
    let covered = meaning.covers.iter().filter(|u| !meaning.names.contains(u)).map(|&u| mention(UseName::General(u)));
    let holder =
        meaning.holder.as_deref().map(|key| policy.parties.iter().find(|p| p.key == key).map_or(key, |p| p.name.as_str()).to_owned());
    let stated = find.parts.iter().find(|(part, _)| part == "holder").map(|(_, value)| value.clone());
    Terms {
        uses: named.chain(covered).collect(),
        status: Some(if meaning.consent.is_some() { State::Conditional } else { State::Prohibited }),
        conditions: meaning.consent.map(conditions).unwrap_or_default(),
        exceptions: meaning.exempts.iter().map(|&e| (e, find.place.clone())).collect(),
        rightsholder: stated.or(holder),
        ..Terms::default()
    }
}

/// A consent as conditions: `consent`, and what is said of it.
fn conditions(consent: Consent) -> Vec<Condition> {
    let qualities = consent.qualities().iter().map(|q| format!("consent={}", q.name().trim_start_matches("consent.")));
    std::iter::once(Condition::from("consent")).chain(qualities.map(Condition::from)).collect()
}
