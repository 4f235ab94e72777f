//! Whether a rule applies: `when`, `unless`, sets, dates, and what the run chose.

use crate::check::CheckOptions;
use crate::check::context::{Context, Target};
use crate::check::statement::either;
use crate::detect::media;
use crate::document::Role;
use crate::evidence::{Claim, Evidence, Subject};
use crate::policy::condition::Condition;
use crate::policy::rule::Rule;
use crate::policy::words::{Area, DocumentOrigin, FactName, PictureFile};
use crate::source::SourceId;
use crate::terms::{Channel, Fact, Severity};

/// Whether the run asks for `rule` at all.
pub(super) fn is_chosen(rule: &Rule, options: &CheckOptions) -> bool {
    let named = |list: &[String]| list.iter().any(|n| *n == rule.key || **n == *rule.id);
    (options.only.is_empty() || named(&options.only))
        && (options.tags.is_empty() || rule.tags.iter().any(|t| options.tags.contains(t)))
        && !named(&options.skip)
}

/// Why `rule` doesn't run on any document of this run, if it doesn't.
pub(super) fn rests(rule: &Rule, options: &CheckOptions) -> Option<String> {
    if !rule.purpose.is_empty() && !rule.purpose.iter().any(|p| options.purposes.contains(p)) {
        return Some(format!("runs only for {}", rule.purpose.join(", ")));
    }
    rule.until.filter(|until| *until < options.as_of).map(|until| format!("ended on {until}"))
}

impl Context<'_> {
    /// Why the rule doesn't apply to `target`, if it doesn't.
    pub(super) fn excludes(&self, rule: &Rule, target: &Target) -> Option<String> {
        let mut first = None;
        let mut misses = |(n, c)| self.meets(c, target).map(|key| first.get_or_insert((n, key))).is_some();
        if rule.when.iter().enumerate().all(&mut misses)
            && let Some((n, key)) = first
        {
            return Some(unmet(&rule.when[n], key));
        }
        let parties = rule.demands.holder.iter().chain(&rule.demands.party);
        if parties.clone().next().is_some() && parties.clone().all(|party| self.party_names(party).is_empty()) {
            return Some("neither the policy nor the document says who the publisher is".to_owned());
        }
        let hit = rule.unless.iter().find(|c| self.meets(c, target).is_none())?;
        Some(format!("`unless` names its {}", hit.keys().collect::<Vec<_>>().join(" and ")))
    }

    /// The first key of `condition` that doesn't hold for `target`.
    pub(super) fn meets(&self, condition: &Condition, target: &Target) -> Option<&'static str> {
        condition.keys().find(|key| !self.holds(condition, key, target))
    }

    fn holds(&self, c: &Condition, key: &str, target: &Target) -> bool {
        let document = self.document();
        match key {
            "set" => c.sets.iter().any(|set| self.is_in_set(set)),
            "path" => {
                let path = self.policy.path_of(&self.reading.main.source.origin.path);
                c.paths.iter().any(|p| p.matches(path))
            }
            "lang" => document.language.as_deref().is_some_and(|l| c.languages.iter().any(|w| w.eq_ignore_ascii_case(l))),
            "section" => named(&c.sections, &self.labels().sections),
            "tag" => named(&c.tags, &self.labels().tags),
            "published" => self.published().is_some_and(|day| c.published.iter().any(|bound| bound.holds(&day))),
            "role" => self.image(target).is_some_and(|image| c.roles.contains(&image.role)),
            "kind" => c.kinds.iter().any(|kind| kind == self.reading.main.source.kind.name()),
            "within" => self.stands_in(target).iter().any(|area| c.within.contains(area)),
            "has" => c.has.iter().any(|fact| self.is_on_page(target, fact)),
            "lacks" => c.lacks.iter().any(|fact| !self.is_on_page(target, fact)),
            "words" => c.words.iter().any(|bound| bound.holds(&self.words(target))),
            "party" => c.parties.iter().any(|party| self.credits_party(target, party)),
            "file" => c.files.contains(&self.file(target)),
            "origin" => c.origins.iter().any(|origin| self.is_from(*origin)),
            _ => true,
        }
    }

    /// Whether the fact is stated of `target`, and not only in a picture's own file.
    fn is_on_page(&self, target: &Target, fact: &FactName) -> bool {
        let in_file = |e: &Evidence| matches!(e.channel, Channel::Embedded | Channel::Sidecar) && e.place.location.source != SourceId(0);
        self.about(target, fact).any(|(_, e)| !in_file(e))
    }

    /// The areas in which a picture or a quotation stands.
    fn stands_in(&self, target: &Target) -> Vec<Area> {
        let quoted = self.quote(target).and_then(|quote| self.areas.block_at(quote.place.location.span));
        let of_quote = quoted.map(|(id, block)| self.areas.of_block(id, block));
        of_quote.or_else(|| self.image(target).map(|image| self.areas.of_image(image))).unwrap_or_default()
    }

    /// What is known of a picture's own file.
    fn file(&self, target: &Target) -> PictureFile {
        let Subject::Image(id) = target.subject else { return PictureFile::NotInScan };
        match media::file_of(self.reading, id) {
            Some(read) if read.source.text.is_empty() => PictureFile::WithoutXmp,
            Some(_) => PictureFile::WithXmp,
            None => PictureFile::NotInScan,
        }
    }

    /// Whether the document belongs to the set of this name.
    pub(super) fn is_in_set(&self, key: &str) -> bool {
        let whole = Target { subject: Subject::Document, name: "".into() };
        self.policy.sets.iter().any(|set| set.key == key && self.meets(&set.condition, &whole).is_none())
    }

    /// Words of the article, or of the part that `target` is.
    pub(super) fn words(&self, target: &Target) -> u32 {
        let document = self.document();
        let count = |text: &str| text.split_whitespace().count() as u32;
        match target.subject {
            Subject::Quote(n) => self.facts.quotes.get(n as usize).map_or(0, |quote| quote.words as u32),
            Subject::Image(_) | Subject::Embed(_) => {
                let caption = self.image(target).and_then(|image| image.caption);
                caption.map_or(0, |caption| count(&document.block(caption).text))
            }
            _ => document.blocks.iter().filter(|b| b.role.in_article() && b.role != Role::Caption).map(|b| count(&b.text)).sum(),
        }
    }

    /// Whether a byline, credit or source of the target names the party.
    fn credits_party(&self, target: &Target, party: &str) -> bool {
        let facts = [Fact::Byline, Fact::Credit, Fact::AgencyCredit, Fact::Source].map(FactName::Known);
        facts.iter().any(|fact| self.about(target, fact).any(|(_, e)| self.names_party(&named_in(e), party)))
    }

    fn is_from(&self, origin: DocumentOrigin) -> bool {
        let host =
            |address: &str| url::Url::parse(address).ok().and_then(|u| u.host_str().map(|h| h.trim_start_matches("www.").to_owned()));
        let own = self.policy.site.url.as_deref().and_then(host);
        let address = self.document().address.as_deref().and_then(host);
        let elsewhere = matches!((&own, &address), (Some(own), Some(address)) if own != address);
        match origin {
            DocumentOrigin::Own => !elsewhere,
            DocumentOrigin::Other => elsewhere,
            DocumentOrigin::Agency => self.facts.evidence.iter().any(|e| matches!(e.claim, Claim::AgencyCredit(_))),
        }
    }

    /// How much a failure of `rule` matters in this document: its severity, adjusted for the document's sets, and a note before the
    /// rule's first day. With the remark to make.
    pub(super) fn severity(&self, rule: &Rule) -> (Option<Severity>, Option<String>) {
        let adjusted = self.policy.adjustments.iter().rev().find_map(|adjust| {
            let holds = adjust.until.is_none_or(|until| self.options.as_of <= until) && adjust.sets.iter().any(|set| self.is_in_set(set));
            let named = adjust.severities.iter().find(|(name, _)| *name == rule.key || **name == *rule.id)?;
            holds.then_some(named.1)
        });
        let severity = adjusted.unwrap_or(rule.severity);
        match (rule.effective, severity) {
            (Some(day), Some(later)) if self.options.as_of < day => {
                (Some(Severity::Note), Some(format!("from {} on: {later}", in_words(day))))
            }
            _ => (severity, None),
        }
    }
}

/// `2 August 2026`.
fn in_words(day: jiff::civil::Date) -> String {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    format!("{} {} {}", day.day(), MONTHS[day.month() as usize - 1], day.year())
}

/// What a condition asks for that doesn't hold.
fn unmet(c: &Condition, key: &str) -> String {
    let facts = |list: &[FactName]| either(&list.iter().map(crate::check::statement::noun).collect::<Vec<_>>());
    match key {
        "has" => format!("it has no {}", facts(&c.has)),
        "lacks" => format!("it has a {}", facts(&c.lacks)),
        "set" => format!("it is not in {}", either(&c.sets)),
        "published" => "it was published on another day".to_owned(),
        "words" => "it has another number of words".to_owned(),
        "lang" => "it is in another language".to_owned(),
        "party" => format!("it doesn't name {}", either(&c.parties)),
        "kind" => "it is in another format".to_owned(),
        "file" => format!("its file is not {}", either(&c.files)),
        "within" => format!("it does not stand in {}", either(&c.within.iter().map(|area| area.words()).collect::<Vec<_>>())),
        key => format!("it has another {key}"),
    }
}

/// Whether one of `wanted` is among `found`, without regard to case.
fn named(wanted: &[String], found: &[String]) -> bool {
    wanted.iter().any(|w| found.iter().any(|f| crate::text::fold(w) == crate::text::fold(f)))
}

/// The names that a statement gives, in one text.
fn named_in(evidence: &Evidence) -> String {
    match &evidence.claim {
        Claim::Byline(names) | Claim::AgencyCredit(names) => names.join("\n"),
        Claim::Credit(credit) => [&credit.agencies[..], &credit.persons[..]].concat().join("\n"),
        Claim::Source { outlet, .. } => outlet.clone(),
        _ => String::new(),
    }
}
