//! What rules look at: a document with its facts, and what can be asked about both.

use crate::check::CheckOptions;
use crate::detect::Facts;
use crate::detect::quotation::Quote;
use crate::detect::reading::Reading;
use crate::document::{Document, Image, ImageId, Value};
use crate::evidence::{Claim, DateKind, Evidence, EvidenceId, Subject};
use crate::finding::Labelled;
use crate::policy::areas::Areas;
use crate::policy::names::PUBLISHER;
use crate::policy::words::{FactName, SubjectKind};
use crate::policy::{Policy, Wording};
use crate::registry::agencies::Agencies;
use crate::rights::Rights;
use crate::terms::Fact;
use jiff::civil::Date;
use std::cell::OnceCell;
use std::sync::Arc;

/// A document under check.
pub(super) struct Context<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) facts: &'a Facts,
    pub(super) rights: &'a Rights,
    pub(super) policy: &'a Policy,
    pub(super) options: &'a CheckOptions,
    pub(super) areas: Areas<'a>,
    labels: OnceCell<Labels>,
    /// The subjects of rules, by kind.
    targets: [OnceCell<Vec<Target>>; SubjectKind::ALL.len()],
}

/// What the document says of itself beyond its facts.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) sections: Vec<String>,
    pub(super) tags: Vec<String>,
}

/// What a rule looks at: the document or one of its parts.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) subject: Subject,
    /// `document`, `image:harbour-2.jpg`.
    pub(super) name: Arc<str>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        reading: &'a Reading<'a>,
        facts: &'a Facts,
        rights: &'a Rights,
        policy: &'a Policy,
        options: &'a CheckOptions,
    ) -> Self {
        Self {
            reading,
            facts,
            rights,
            policy,
            options,
            areas: Areas::new(reading.document()),
            labels: OnceCell::new(),
            targets: Default::default(),
        }
    }

    pub(super) fn document(&self) -> &'a Document {
        self.reading.document()
    }

    /// The subjects of a rule.
    pub(super) fn targets(&self, kind: SubjectKind) -> &[Target] {
        self.targets[kind as usize].get_or_init(|| self.find_targets(kind))
    }

    fn find_targets(&self, kind: SubjectKind) -> Vec<Target> {
        match kind {
            SubjectKind::Document => vec![Target { subject: Subject::Document, name: "document".into() }],
            SubjectKind::Image => self.image_targets(false),
            SubjectKind::Video => self.image_targets(true),
            SubjectKind::Embed => self.embed_targets(),
            SubjectKind::Quote => self.quote_targets(),
        }
    }

    fn image_targets(&self, videos: bool) -> Vec<Target> {
        let images = self.document().images.iter().enumerate().filter(|(_, image)| image.is_video == videos);
        let target = |(n, image): (usize, &Image)| Target {
            subject: Subject::Image(ImageId(n as u32)),
            name: format!("{}:{}", if videos { "video" } else { "image" }, image_name(image, n)).into(),
        };
        images.map(target).collect()
    }

    fn embed_targets(&self) -> Vec<Target> {
        let target = |(n, embed): (usize, &Image)| Target {
            subject: Subject::Embed(n as u32),
            name: format!("embed:{}", embed_name(embed, n)).into(),
        };
        self.document().embeds.iter().enumerate().map(target).collect()
    }

    fn quote_targets(&self) -> Vec<Target> {
        let target = |n: usize| Target { subject: Subject::Quote(n as u32), name: format!("quote:{}", n + 1).into() };
        (0..self.facts.quotes.len()).map(target).collect()
    }

    /// The quotation of a target.
    pub(super) fn quote(&self, target: &Target) -> Option<&'a Quote> {
        match target.subject {
            Subject::Quote(n) => self.facts.quotes.get(n as usize),
            _ => None,
        }
    }

    /// The picture or the embedded medium of a target.
    pub(super) fn image(&self, target: &Target) -> Option<&'a Image> {
        match target.subject {
            Subject::Image(id) => Some(self.document().image(id)),
            Subject::Embed(n) => self.document().embeds.get(n as usize),
            _ => None,
        }
    }

    /// The place of the target's element, if it has one of its own.
    pub(super) fn element(&self, target: &Target, label: &str) -> Option<Labelled> {
        let place = match self.quote(target) {
            Some(quote) => quote.place.clone(),
            None => self.reading.value_place(self.image(target)?.span),
        };
        Some(Labelled { place, label: label.to_owned() })
    }

    pub(super) fn evidence(&self, id: EvidenceId) -> &'a Evidence {
        &self.facts.evidence[id.0 as usize]
    }

    /// What is stated about a target of that fact, in order.
    pub(super) fn about<'s>(&'s self, target: &'s Target, fact: &'s FactName) -> impl Iterator<Item = (EvidenceId, &'a Evidence)> + 's {
        let all = self.facts.evidence.iter().enumerate().map(|(n, e)| (EvidenceId(n as u32), e));
        all.filter(move |(_, e)| states(e, fact) && (concerns(&e.subject, target, fact, e) || self.is_source_of_quote(target, e)))
    }

    /// Whether a statement names a source in the paragraph of the quotation.
    fn is_source_of_quote(&self, target: &Target, evidence: &Evidence) -> bool {
        let Some(quote) = self.quote(target).filter(|_| matches!(evidence.claim, Claim::Source { .. })) else { return false };
        let paragraph = self.areas.block_at(quote.place.location.span);
        paragraph.is_some_and(|(_, block)| block.whole().contains(evidence.place.location.span))
    }

    /// The day of publication: the weighed answer, else what the document states first.
    pub(super) fn published(&self) -> Option<Date> {
        let weighed = self.facts.attribution.published.as_deref().and_then(day);
        weighed.or_else(|| self.published_evidence().and_then(|(_, e)| claimed_day(&e.claim)))
    }

    /// The statement that says when the document was published: one that agrees with the weighed answer if there is one.
    pub(super) fn published_evidence(&self) -> Option<(EvidenceId, &'a Evidence)> {
        let dated = |e: &Evidence| matches!(&e.claim, Claim::Date { kind: DateKind::Published, .. });
        let weighed = self.facts.attribution.published.as_deref().and_then(day);
        let all = || self.facts.evidence.iter().enumerate().map(|(n, e)| (EvidenceId(n as u32), e)).filter(|(_, e)| dated(e));
        all().find(|(_, e)| weighed.is_some() && claimed_day(&e.claim) == weighed).or_else(|| all().next())
    }

    /// Sections and tags the document carries.
    pub(super) fn labels(&self) -> &Labels {
        self.labels.get_or_init(|| labels(self.document()))
    }

    /// Every name of a party: its own, its aliases, the spellings of an agency.
    pub(super) fn party_names(&self, key: &str) -> Vec<&'a str> {
        if let Some(party) = self.policy.parties.iter().find(|p| p.key == key) {
            return std::iter::once(&party.name).chain(&party.aliases).map(String::as_str).collect();
        }
        if key == PUBLISHER {
            return self.facts.attribution.publisher.iter().map(String::as_str).collect();
        }
        let agency = Agencies::builtin().list().iter().find(|a| a.slug.eq_ignore_ascii_case(key));
        agency.into_iter().flat_map(|a| [&a.slug, &a.name].into_iter().chain(&a.forms)).map(String::as_str).collect()
    }

    /// What to call a party in a message.
    pub(super) fn party_name(&self, key: &str) -> String {
        self.party_names(key).first().map_or_else(|| key.to_owned(), |&name| name.to_owned())
    }

    /// Whether `text` names party `key`.
    pub(super) fn names_party(&self, text: &str, key: &str) -> bool {
        let text = crate::text::fold(text);
        let named = |name: &&str| {
            let name = crate::text::fold(name);
            // "Example Media" names "Example Media Ltd", and the other way round.
            holds_words(&text, &name) || (text.contains(' ') || text.len() > 5) && holds_words(&name, &text)
        };
        self.party_names(key).iter().any(named)
    }

    pub(super) fn wording(&self, key: &str) -> Option<&'a Wording> {
        self.policy.wordings.iter().find(|w| w.key == key)
    }
}

/// Whether folded `text` holds folded `words` as whole words.
pub(super) fn holds_words(text: &str, words: &str) -> bool {
    use crate::text::is_word_boundary;
    !words.is_empty() && text.match_indices(words).any(|(at, _)| is_word_boundary(text, at) && is_word_boundary(text, at + words.len()))
}

fn states(evidence: &Evidence, fact: &FactName) -> bool {
    match fact {
        FactName::Known(fact) => evidence.claim.fact() == Some(*fact),
        FactName::Custom(name) => matches!(&evidence.claim, Claim::Custom { fact, .. } if fact == name),
    }
}

/// Whether a statement about `subject` counts for `target`. A page and its pictures are different subjects for rights, but a rule
/// about the whole document sees every caption, credit, source and mark of machine authorship in it.
fn concerns(subject: &Subject, target: &Target, fact: &FactName, evidence: &Evidence) -> bool {
    match target.subject {
        Subject::Document => match fact {
            FactName::Known(Fact::Caption | Fact::Credit | Fact::Source | Fact::AiMarker | Fact::AiDisclosure) | FactName::Custom(_) => {
                true
            }
            FactName::Known(_) => *subject == Subject::Document,
        },
        Subject::Image(_) => {
            let told = matches!(&evidence.claim, Claim::AiDisclosure { scope: "image", .. });
            *subject == target.subject || *subject == Subject::Images || (told && *subject == Subject::Document)
        }
        Subject::Images | Subject::Embed(_) | Subject::Quote(_) => *subject == target.subject,
    }
}

/// The last part of a picture's address, or its number.
pub(super) fn image_name(image: &Image, number: usize) -> String {
    let path = image.address.split(['?', '#']).next().unwrap_or("");
    let name = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or("");
    if name.is_empty() || image.address.starts_with("data:") {
        return format!("#{}", number + 1);
    }
    name.to_owned()
}

/// Where an embedded medium comes from and what it is called there (`player.example.org/harbour`), or its number.
pub(super) fn embed_name(embed: &Image, number: usize) -> String {
    let address = embed.address.split(['?', '#']).next().unwrap_or("");
    let address = address.split_once("//").map_or(address, |(_, rest)| rest).trim_matches('/');
    if address.is_empty() { format!("#{}", number + 1) } else { address.to_owned() }
}

/// The calendar day of an RFC 3339 time, or of a plain date.
pub(super) fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// The day that a date statement names.
pub(super) fn claimed_day(claim: &Claim) -> Option<Date> {
    match claim {
        Claim::Date { value, .. } => day(value),
        _ => None,
    }
}

fn labels(document: &Document) -> Labels {
    let mut labels = Labels::default();
    for field in &document.fields {
        match field.name.as_str() {
            "article:section" | "section" | "category" => labels.sections.push(field.value.trim().to_owned()),
            "article:tag" | "keywords" | "news_keywords" | "tags" => labels.tags.extend(listed(&field.value)),
            _ => {}
        }
    }
    for property in document.items.iter().flat_map(|item| &item.properties) {
        let Value::Text(text) = &property.value else { continue };
        match property.name.to_ascii_lowercase().as_str() {
            "articlesection" | "section" | "category" | "categories" => labels.sections.push(text.trim().to_owned()),
            "keywords" | "tags" | "tag" => labels.tags.extend(listed(text)),
            _ => {}
        }
    }
    labels
}

fn listed(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split([',', ';']).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned)
}
