//! Zones: what elements and class names declare a part of the page to be.

use crate::document::Block;
use crate::document::Marks;
use crate::document::Role;
use crate::document::html::layout::Container;
use crate::document::html::layout::Layout;
use crate::document::html::names::Hints;
use crate::document::html::names::Kind;
use crate::document::html::roles::Prose;
use crate::document::html::roles::TITLE;
use crate::document::html::roles::core::Core;
use std::collections::BTreeMap;
use std::ops::Range;

/// The zone of each container; `None` where nothing is declared.
pub(super) struct Zones {
    zones: Vec<Option<Role>>,
    /// Whether the zone a container stands in shows pictures and leads nowhere: a gallery, whatever it is called.
    shows: Vec<bool>,
}

impl Zones {
    /// Finds the zones. Class names that claim one of the `distrusted` roles count for nothing.
    pub(super) fn new(layout: &Layout, prose: &Prose, headline: Option<usize>, distrusted: &[Role]) -> Self {
        let teasers = repeated_teasers(layout, prose);
        let pictured = pictured(layout);
        let mut zones: Vec<Option<Role>> = vec![None; layout.containers.len()];
        let mut shows = vec![false; layout.containers.len()];
        for c in 1..layout.containers.len() {
            let container = &layout.containers[c];
            let around = zones[container.parent as usize];
            let survey = Survey { layout, prose, headline, distrusted, c: c as u32, container, around, pictured: pictured[c] };
            let own = survey.own().or(teasers[c].then_some(Role::Teaser)).filter(|&own| survey.may_become(own));
            zones[c] = own.or(around);
            shows[c] = if own.is_some() { pictured[c] && survey.leads_nowhere() } else { shows[container.parent as usize] };
        }
        Self { zones, shows }
    }

    /// Whether a container stands in a zone that shows pictures and links to no other article.
    pub(super) fn shows_pictures(&self, container: u32) -> bool {
        self.shows[container as usize]
    }

    /// A role that claims more than half of the prose from the headline on while the article would keep less than a third, and whose
    /// parts are not full of links as lists of other articles are.
    pub(super) fn overclaimed(&self, layout: &Layout, prose: &Prose, headline: Option<usize>) -> Option<Role> {
        let mut claims: BTreeMap<Option<Role>, Claim> = BTreeMap::new();
        for n in headline.unwrap_or(0)..layout.blocks.len() {
            let zone = self.of(layout.container_of[n]).filter(|z| !matches!(z, Role::Quote | Role::Caption));
            let block = &layout.blocks[n];
            let claim = claims.entry(zone).or_default();
            claim.prose += if prose.is[n] { block.text.len() } else { 0 };
            claim.text += block.text.len();
            claim.linked += block.links().map(|(r, ..)| r.len()).sum::<usize>();
        }
        claims.remove(&Some(Role::Comment));
        let all: usize = claims.values().map(|c| c.prose).sum();
        if claims.remove(&None).is_some_and(|open| open.prose * 3 > all) {
            return None;
        }
        claims.into_iter().find(|(_, c)| c.prose * 2 > all && c.linked * 4 < c.text).and_then(|(role, _)| role)
    }

    /// The zone a container stands in.
    pub(super) fn of(&self, container: u32) -> Option<Role> {
        self.zones[container as usize]
    }
}

/// What of the page a role claims, in bytes.
#[derive(Default)]
struct Claim {
    prose: usize,
    text: usize,
    linked: usize,
}

/// A container under consideration.
struct Survey<'a> {
    layout: &'a Layout,
    prose: &'a Prose,
    headline: Option<usize>,
    distrusted: &'a [Role],
    c: u32,
    container: &'a Container,
    around: Option<Role>,
    pictured: bool,
}

impl Survey<'_> {
    fn blocks(&self) -> Range<usize> {
        self.layout.blocks_of(self.c)
    }

    /// What the container is called.
    fn own(&self) -> Option<Role> {
        match self.container.kind {
            Kind::Navigation => Some(Role::Navigation),
            Kind::Footer => Some(Role::Footer),
            Kind::Header => Some(Role::Header).filter(|_| !self.in_article()),
            Kind::Form | Kind::Control | Kind::Dialog => Some(Role::Interface),
            Kind::Caption => Some(Role::Caption),
            Kind::Figure if self.pictured && self.length() < 900 => Some(Role::Caption),
            Kind::BlockQuote => Some(Role::Quote),
            Kind::Html | Kind::Body | Kind::Main => None,
            Kind::Aside => self.trusted().or(Some(Role::Aside)),
            _ => self.trusted(),
        }
    }

    fn trusted(&self) -> Option<Role> {
        self.named().filter(|role| !self.distrusted.contains(role))
    }

    /// What its class names call it.
    fn named(&self) -> Option<Role> {
        let hints = self.container.sense.hints;
        let says = |h| hints.has(h);
        Some(match () {
            () if says(Hints::COMMENT) && !says(Hints::COUNT) => Role::Comment,
            () if says(Hints::TEASER | Hints::RELATED) && !says(Hints::LEAD) => Role::Teaser,
            () if says(Hints::ADVERT | Hints::INTERFACE) => Role::Interface,
            () if says(Hints::NAVIGATION | Hints::SHARE) => Role::Navigation,
            () if says(Hints::FOOTER) => Role::Footer,
            () if says(Hints::HEADER) && !self.in_article() && !says(Hints::ARTICLE) => Role::Header,
            () if says(Hints::QUOTE) => Role::Quote,
            () if self.container.sense.marks.has(Marks::CAPTION) && self.length() < 900 => Role::Caption,
            () if says(Hints::ASIDE) => Role::Aside,
            () => return None,
        })
    }

    fn length(&self) -> usize {
        self.layout.blocks[self.blocks()].iter().map(|b| b.text.len()).sum()
    }

    /// Whether no block is the linked title of another page, and few links are there at all.
    fn leads_nowhere(&self) -> bool {
        let blocks = &self.layout.blocks[self.blocks()];
        let linked: usize = blocks.iter().flat_map(Block::links).map(|(r, ..)| r.len()).sum();
        let titled = blocks.iter().any(|b| b.text.len() >= TITLE && b.link_density() > 0.8);
        !titled && linked * 5 < blocks.iter().map(|b| b.text.len()).sum()
    }

    fn in_article(&self) -> bool {
        let article = |c: &Container| c.kind == Kind::Article || c.kind == Kind::Main || c.sense.hints.has(Hints::ARTICLE);
        self.layout.around(self.c).skip(1).take(12).any(|(_, c)| article(c) && !matches!(c.kind, Kind::Body | Kind::Html))
    }

    /// Whether the container can be what it is called, given what it holds and stands in.
    fn may_become(&self, own: Role) -> bool {
        let blocks = self.blocks();
        let holds_headline = self.headline.is_some_and(|h| blocks.contains(&h));
        let within = self.prose.within(&blocks);
        let holds_core = within * 2 > self.prose.all() && within > 400;
        if holds_headline || (holds_core && own != Role::Comment) {
            return false;
        }
        match self.around {
            // Inside these the finer names mean less than where they stand.
            Some(Role::Comment | Role::Teaser | Role::Interface) => false,
            Some(Role::Footer) => own == Role::Interface,
            Some(Role::Navigation | Role::Header) => matches!(own, Role::Interface | Role::Navigation | Role::Teaser),
            Some(Role::Caption) => own == Role::Interface && self.container.kind != Kind::Control,
            Some(_) => true,
            None => true,
        }
    }
}

/// Which containers hold a picture somewhere inside.
fn pictured(layout: &Layout) -> Vec<bool> {
    let mut pictured = vec![false; layout.containers.len()];
    for spot in &layout.pictures {
        pictured[spot.container as usize] = true;
    }
    for c in (1..pictured.len()).rev() {
        if pictured[c] {
            pictured[layout.containers[c].parent as usize] = true;
        }
    }
    pictured
}

/// Marks containers that stand three or more in a row, alike, each with the linked title of another page.
fn repeated_teasers(layout: &Layout, prose: &Prose) -> Vec<bool> {
    let mut alike: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    for (c, container) in layout.containers.iter().enumerate().skip(1) {
        let blocks = layout.blocks_of(c as u32);
        let item = matches!(container.kind, Kind::Block | Kind::Item | Kind::Article | Kind::Cell | Kind::Figure);
        if !item || blocks.is_empty() || blocks.len() > 9 || prose.within(&blocks) > 500 {
            continue;
        }
        let title = |b: &Block| b.text.len() >= TITLE && b.text.len() < 300 && b.link_density() > 0.8;
        if layout.blocks[blocks.clone()].iter().any(title) && blocks.len() > 1 {
            alike.entry((container.parent, container.names)).or_default().push(c as u32);
        }
    }
    let mut teasers = vec![false; layout.containers.len()];
    for c in alike.into_values().filter(|same| same.len() >= 3).flatten() {
        teasers[c as usize] = true;
    }
    teasers
}

/// The blocks at the end of the page that form its foot though nothing says so: from the branch that holds the first copyright sign
/// after the article.
pub(super) fn closing_footer(layout: &Layout, core: &Core) -> Range<usize> {
    let count = layout.blocks.len();
    let late = (count - count / 3).min(count.saturating_sub(60)).max(core.article.end);
    let signed = (late..count).find(|&n| !core.holds(n) && layout.blocks[n].text.contains('©'));
    let Some(signed) = signed else { return count..count };
    let branch = layout.around(layout.container_of[signed]).map(|(c, _)| layout.blocks_of(c));
    let branch = branch.take_while(|b| b.start >= core.article.end && b.len() < 150).last();
    branch.map_or(signed..count, |b| b.start.min(signed)..count)
}
