//! One sentence of a passage, read in one language: what it says of which uses.

use crate::detect::clause::cue;
use crate::detect::clause::cue::Cue;
use crate::detect::clause::cue::Found;
use crate::detect::clause::passage::Passage;
use crate::detect::clause::rule::Stance;
use crate::lexicon::concept::Concept;
use crate::terms::Condition;
use crate::terms::Exception;
use crate::terms::Use;
use crate::terms::UseName;
use std::ops::Range;

/// A sentence with its cues.
pub(super) struct Clause<'a> {
    /// The text of the passage.
    pub text: &'a str,
    /// Its bytes.
    pub range: Range<usize>,
    /// Everything found in it, in order.
    pub cues: Vec<Found>,
    /// Where exceptions stand; what is named there is not restricted.
    zones: Vec<Range<usize>>,
    /// Words for pictures.
    pictures: Vec<Range<usize>>,
}

/// Purpose words take in a general "use" this many characters before them: "used to train", "use for commercial purposes".
const REACH: usize = 44;
/// An AI word and "train" further apart, in bytes, belong to different things.
const TRAINING: usize = 90;

impl<'a> Clause<'a> {
    /// Reads the sentence at `range` in `language`.
    pub(super) fn new(passage: &'a Passage<'_>, range: Range<usize>, language: &str) -> Self {
        let hits = passage.phrases(&range, language);
        let cues = cue::find(&hits, language, |r| r);
        let pictures = hits.iter().filter(|h| h.concept == Concept::DisclosureImage).map(|h| h.range.clone()).collect();
        let mut clause = Self { text: &passage.text, range, cues, zones: Vec::new(), pictures };
        clause.deny();
        clause.zones = clause.exception_zones();
        clause
    }

    /// Whether it has a cue outside exceptions.
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.outside().any(|f| f.cue == cue)
    }

    fn outside(&self) -> impl Iterator<Item = &Found> {
        self.cues.iter().filter(|f| !self.excepted(f))
    }

    fn excepted(&self, found: &Found) -> bool {
        self.zones.iter().any(|z| z.start <= found.range.start && found.range.end <= z.end)
    }

    fn gap(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or("")
    }

    /// "No reproduction", "do not copy", "must not": a negation at a use or a grant forbids; one at a ban takes the ban away.
    fn deny(&mut self) {
        let mut bans = Vec::new();
        let without = |f: &Found| self.cues.iter().any(|w| w.cue == Cue::Without && w.range == f.range);
        for negation in self.cues.iter().filter(|f| f.cue == Cue::Negation && !without(f)) {
            let before = |f: &Found| f.range.start >= negation.range.end && words(self.gap(negation.range.end, f.range.start)) <= 2;
            let after = |f: &Found| {
                f.range.end <= negation.range.start
                    && words(self.gap(f.range.end, negation.range.start)) <= 6
                    && !self.gap(f.range.end, negation.range.start).contains([',', ';'])
            };
            let used = self.cues.iter().any(|f| matches!(f.cue, Cue::Use(_) | Cue::Train) && before(f));
            let granted = self.cues.iter().any(|f| f.cue == Cue::Grant && (before(f) || after(f)));
            if used || granted {
                bans.push(negation.range.clone());
            }
        }
        for ban in bans {
            let negated = |f: &Found| f.cue == Cue::Grant && f.range.start <= ban.end + 40 && ban.start <= f.range.end + 60;
            self.cues.retain(|f| !negated(f));
            self.cues.push(Found { cue: Cue::Ban, weak: false, range: ban });
        }
        self.cues.sort_by_key(|f| f.range.start);
    }

    /// Stretches that take something out of the rule: from "except" to the end of the sentence; where the ban only follows, to the
    /// last word for what is left out; where "except" stands behind ("search engines excepted"), from that word. A stretch that
    /// asks for consent is a condition and no exception.
    fn exception_zones(&self) -> Vec<Range<usize>> {
        let mut zones: Vec<Range<usize>> = Vec::new();
        for found in self.cues.iter().filter(|f| f.cue == Cue::Except) {
            if zones.last().is_none_or(|z| z.end <= found.range.start) {
                zones.extend(self.zone_ahead(found).or_else(|| self.zone_behind(found)));
            }
        }
        zones
    }

    fn zone_ahead(&self, except: &Found) -> Option<Range<usize>> {
        let ahead = || self.cues.iter().filter(|f| f.range.start >= except.range.start && f.range.end > except.range.end);
        let first = ahead().find(|f| f.cue.is_exception() || matches!(f.cue, Cue::Consent | Cue::Attribution))?;
        if !first.cue.is_exception() {
            return None;
        }
        let is_mode = |f: &&Found| matches!(f.cue, Cue::Ban | Cue::Need | Cue::Unauthorised);
        let ruled = self.cues.iter().filter(is_mode).any(|f| f.range.start < except.range.start);
        let mode = ahead().find(|f| is_mode(f) && f.range.start > first.range.start && !ruled);
        let end = mode.map_or(self.range.end, |mode| {
            let limit = ahead().find(|f| matches!(f.cue, Cue::Without)).map_or(mode.range.start, |w| w.range.start.min(mode.range.start));
            ahead()
                .filter(|f| f.cue.is_exception() && f.range.start < limit.max(first.range.end))
                .map(|f| f.range.end)
                .max()
                .unwrap_or(limit)
        });
        Some(except.range.start..end)
    }

    fn zone_behind(&self, except: &Found) -> Option<Range<usize>> {
        let near = |f: &&Found| f.range.start <= except.range.start && words(self.gap(f.range.end, except.range.start)) <= 5;
        let found = self.cues.iter().filter(|f| f.cue.is_exception()).rfind(near)?;
        let parted = self.gap(found.range.end, except.range.start).contains([',', ';', '、', '，']);
        (!parted).then(|| found.range.start..except.range.end.max(found.range.end))
    }

    /// What it says, if it is a rule at all.
    pub(super) fn stance(&self) -> Option<Stance> {
        let ban = self.bans();
        let (limit, hard) = (self.has(Cue::Limit), self.outside().any(|f| f.cue == Cue::Limit && !f.weak));
        let (need, grant) = (self.has(Cue::Need), self.has(Cue::Grant));
        let unasked = grant && !limit && !ban && !need && self.has(Cue::Without);
        let consent = self.has(Cue::Consent) && (ban || need || limit || grant || self.has(Cue::Without)) && !unasked;
        let named = self.has(Cue::Attribution) || self.has(Cue::Link);
        if consent || (self.has(Cue::Unauthorised) && (ban || self.has(Cue::Reserve))) {
            return Some(Stance::Consent);
        }
        if ban {
            return Some(Stance::Prohibited);
        }
        if self.has(Cue::Reserve) && self.reserves() {
            return Some(Stance::Reserved);
        }
        if grant && named && !hard && (need || limit) {
            return Some(Stance::Granted);
        }
        if (hard || need) && named {
            return Some(Stance::Conditional);
        }
        if limit && (self.has(Cue::Private) || self.has(Cue::NonCommercial)) && (!grant || hard) {
            return Some(Stance::Limited);
        }
        if (need || limit) && (self.has(Cue::Contract) || self.has(Cue::Payment)) {
            return Some(Stance::Consent);
        }
        (grant && !self.has(Cue::Negation)).then_some(Stance::Granted)
    }

    /// A ban that isn't denied itself ("not prohibited").
    fn bans(&self) -> bool {
        self.outside().any(|f| {
            f.cue == Cue::Ban
                && !self
                    .cues
                    .iter()
                    .any(|n| n.cue == Cue::Negation && n.range.end <= f.range.start && words(self.gap(n.range.end, f.range.start)) == 0)
        })
    }

    /// Whether reserving is more than "all rights reserved": mining or AI are named, or single uses are kept back.
    fn reserves(&self) -> bool {
        let special = self.outside().any(|f| {
            matches!(
                f.cue,
                Cue::Use(UseName::One(Use::Tdm | Use::AiTrain | Use::AiInput | Use::AutomatedAccess)) | Cue::Ai | Cue::Provision
            )
        });
        let rights = self.cues.iter().filter(|f| f.cue == Cue::AllRights);
        let bare = rights.clone().count() > 0
            && self
                .outside()
                .filter(|f| f.cue == Cue::Reserve)
                .all(|f| rights.clone().any(|r| r.range.end >= f.range.start && r.range.start <= f.range.end));
        let usage = self.outside().filter(|f| matches!(f.cue, Cue::Use(_)) && !f.weak).count();
        special || (!bare && usage >= 2)
    }

    /// The uses it restricts or allows, each with its words, in order and once.
    pub(super) fn uses(&self) -> Vec<(UseName, Range<usize>)> {
        let mut found: Vec<(UseName, Range<usize>)> = Vec::new();
        for (at, cue) in self.cues.iter().enumerate().filter(|(_, f)| !self.excepted(f)) {
            match cue.cue {
                Cue::Use(UseName::Any) if self.serves_purpose(at) => {}
                Cue::Use(name) => found.push((name, cue.range.clone())),
                Cue::Ai => found.extend(self.ai_uses(cue)),
                _ => {}
            }
        }
        if found.is_empty() {
            found.extend(self.implied_uses());
        }
        let mut known: Vec<UseName> = Vec::new();
        found.retain(|(name, _)| {
            !known.contains(name) && {
                known.push(*name);
                true
            }
        });
        found
    }

    /// Whether a general "use" only leads to a purpose that is named: "use for commercial purposes", "KI-Nutzung". "Any use" does so
    /// only where the purpose stands directly beside it.
    fn serves_purpose(&self, at: usize) -> bool {
        let this = &self.cues[at];
        let special =
            |cue| matches!(cue, Cue::Use(UseName::One(Use::Commercial | Use::AiTrain | Use::AiInput | Use::Tdm)) | Cue::Train | Cue::Ai);
        self.cues.iter().filter(|f| special(f.cue)).any(|f| {
            let ahead = self.gap(this.range.end, f.range.start);
            let leads = f.range.start >= this.range.end && ahead.chars().count() <= REACH && !ahead.contains([',', ';', '、', '，', '·']);
            let behind = f.range.end <= this.range.start && words(self.gap(f.range.end, this.range.start)) == 0;
            (leads && (this.weak || words(ahead) == 0)) || (behind && this.weak)
        })
    }

    /// "Train" beside an AI word is training; an AI word alone names AI as a means: training and input.
    fn ai_uses(&self, ai: &Found) -> Vec<(UseName, Range<usize>)> {
        let near = |f: &&Found| {
            let (a, b) = (f.range.end.min(ai.range.end), f.range.start.max(ai.range.start));
            b.saturating_sub(a) <= TRAINING && !self.gap(a, b).contains([';', '('])
        };
        let training = self.cues.iter().filter(|f| f.cue == Cue::Train).find(near);
        if let Some(train) = training {
            let range = train.range.start.min(ai.range.start)..train.range.end.max(ai.range.end);
            return vec![(UseName::One(Use::AiTrain), range)];
        }
        vec![(UseName::One(Use::AiTrain), ai.range.clone()), (UseName::One(Use::AiInput), ai.range.clone())]
    }

    /// "For personal, non-commercial use only" names every use by leaving one open.
    fn implied_uses(&self) -> Vec<(UseName, Range<usize>)> {
        let private = self.cues.iter().find(|f| matches!(f.cue, Cue::Private | Cue::NonCommercial));
        let Some(private) = private.filter(|_| self.has(Cue::Limit) || self.has(Cue::Ban)) else { return Vec::new() };
        let mut uses = vec![(UseName::Any, private.range.clone())];
        let profit = self.cues.iter().find(|f| f.cue == Cue::NonCommercial);
        uses.extend(profit.map(|f| (UseName::One(Use::Commercial), f.range.clone())));
        uses
    }

    /// What it leaves out, each with its words.
    pub(super) fn exceptions(&self) -> Vec<(Exception, Range<usize>)> {
        let mut found: Vec<(Exception, Range<usize>)> = Vec::new();
        let mut known = Vec::new();
        for cue in &self.cues {
            let inside = self.excepted(cue);
            let exception = match cue.cue {
                Cue::Search if inside || self.has(Cue::Grant) => Exception::Search,
                Cue::ByLaw => Exception::ByLaw,
                Cue::Private if inside || self.has(Cue::Limit) => Exception::Private,
                Cue::Quotation if inside => Exception::Quotation,
                Cue::Contract => Exception::Contract,
                _ => continue,
            };
            if !known.contains(&exception) {
                known.push(exception);
                found.push((exception, cue.range.clone()));
            }
        }
        found
    }

    /// The conditions it names outside exceptions.
    pub(super) fn conditions(&self, stance: Stance) -> Vec<Condition> {
        let mut found: Vec<Condition> = Vec::new();
        if stance == Stance::Consent && (self.has(Cue::Consent) || self.has(Cue::Unauthorised)) {
            found.push("consent".into());
        }
        let plain = [
            (Cue::Attribution, "attribution"),
            (Cue::Link, "link"),
            (Cue::NonCommercial, "non-commercial"),
            (Cue::Payment, "payment"),
            (Cue::Contract, "contract"),
            (Cue::Unmodified, "unmodified"),
        ];
        found.extend(plain.into_iter().filter(|(cue, _)| self.has(*cue)).map(|(_, name)| Condition::from(name)));
        // Who links to the source names it.
        if self.has(Cue::Link) && !self.has(Cue::Attribution) {
            found.push("attribution".into());
        }
        if matches!(stance, Stance::Limited) && self.has(Cue::Private) {
            found.push("private".into());
        }
        found
    }

    /// `images` where all content it speaks of are pictures.
    pub(super) fn scope(&self) -> Option<&'static str> {
        let mut content = self.outside().filter(|f| matches!(f.cue, Cue::Content | Cue::Here)).peekable();
        content.peek()?;
        let pictured = |f: &Found| self.pictures.iter().any(|p| p.start < f.range.end && f.range.start < p.end);
        content.all(pictured).then_some("images")
    }

    /// Whether "without permission" stands alone, without a word that forbids or asks: often part of a story.
    pub(super) fn is_bare_without(&self) -> bool {
        !self.bans() && !self.has(Cue::Need) && !self.has(Cue::Limit) && !self.has(Cue::Grant) && !self.has(Cue::Reserve)
    }

    /// Whether it adds to the rule before it: it opens with an exception, or with "this includes".
    pub(super) fn continues(&self) -> bool {
        let start = self.range.start;
        let early = |f: &Found| words(self.gap(start, f.range.start)) <= 5;
        self.cues.iter().any(|f| matches!(f.cue, Cue::Except | Cue::Continues) && early(f))
    }
}

/// Number of words in a gap between two cues; scripts without blanks count three characters as one.
fn words(gap: &str) -> usize {
    let unspaced = gap.chars().filter(|c| crate::text::is_unspaced_script(*c)).count();
    gap.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count().max(unspaced.div_ceil(3))
}
