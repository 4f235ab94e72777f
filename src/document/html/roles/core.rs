//! Where the article's prose stands.

use crate::document::Role;
use crate::document::html::layout::Layout;
use crate::document::html::roles::Prose;
use crate::document::html::roles::zones::Zones;
use std::ops::Range;

/// What a container gets of its children's prose. The deeper prose stands, the less it speaks for a container around it, so that
/// the container of the article wins over that of the page.
const INHERITED: f32 = 0.6;

/// The article's own place on the page.
pub(super) struct Core {
    /// Its container's blocks.
    pub(super) container: Range<usize>,
    /// From the headline to the last paragraph.
    pub(super) article: Range<usize>,
    /// The first paragraph.
    pub(super) first_prose: usize,
    /// Whether the container is nearly the whole page, so that standing in it means nothing.
    pub(super) is_page: bool,
    /// The number of the `article` element that holds the first paragraph, unless it holds nearly the whole page; 0 for none.
    number: u32,
}

impl Core {
    /// Finds the container that holds the prose, outside of zones that are not the article's.
    pub(super) fn find(layout: &Layout, prose: &Prose, zones: &Zones, headline: Option<usize>) -> Self {
        let counts = |n: usize| prose.is[n] && zones.of(layout.container_of[n]).is_none_or(Role::in_article);
        let mut from = headline.map_or(0, |h| h.saturating_sub(2));
        if !(from..layout.blocks.len()).any(counts) {
            from = 0;
        }
        let weights = weights(layout, |n| n >= from && counts(n));
        // Without any prose the container is the page.
        let heavy = (0..weights.len()).filter(|&c| weights[c] > 0.0);
        let heaviest = heavy.max_by(|&a, &b| weights[a].total_cmp(&weights[b])).unwrap_or(0);
        let container = layout.blocks_of(widen(layout, heaviest as u32, |n| n >= from && counts(n)));
        let first_prose = container.clone().find(|&n| n >= from && counts(n)).unwrap_or(container.start);
        let last = container.clone().rev().find(|&n| counts(n)).unwrap_or(first_prose);
        let start = headline.filter(|&h| h <= last).unwrap_or(first_prose).min(first_prose);
        let end = (last + 1).max(headline.map_or(0, |h| h + 1)).min(layout.blocks.len());
        let is_page = container.len() * 10 > layout.blocks.len() * 8;
        let number = layout.blocks.get(first_prose).map_or(0, |b| b.article);
        let all = layout.blocks.iter().filter(|b| b.article == number).count() * 10 > layout.blocks.len() * 8;
        Self { container, article: start..end, first_prose, is_page, number: if all { 0 } else { number } }
    }

    /// Whether block `n` stands in the same `article` element.
    pub(super) fn shares_article(&self, layout: &Layout, n: usize) -> bool {
        self.number != 0 && layout.blocks[n].article == self.number
    }

    /// Whether block `n` stands in the article's container, and the container is more than the page.
    pub(super) fn holds(&self, n: usize) -> bool {
        !self.is_page && self.container.contains(&n)
    }
}

/// How much prose speaks for each container.
fn weights(layout: &Layout, counts: impl Fn(usize) -> bool) -> Vec<f32> {
    let mut weights = vec![0.0; layout.containers.len()];
    for (n, &c) in layout.container_of.iter().enumerate().filter(|&(n, _)| counts(n)) {
        weights[c as usize] += layout.blocks[n].text.len() as f32 * INHERITED;
    }
    for c in (1..weights.len()).rev() {
        weights[layout.containers[c].parent as usize] += weights[c] * INHERITED;
    }
    // A paragraph alone is no article.
    for (c, weight) in weights.iter_mut().enumerate() {
        if layout.blocks_of(c as u32).len() < 2 {
            *weight *= 0.5;
        }
    }
    weights
}

/// Widens a container while the one around it adds more than a third to its prose: an advertisement may cut an article in two.
fn widen(layout: &Layout, heaviest: u32, counts: impl Fn(usize) -> bool) -> u32 {
    let prose = |c: u32| layout.blocks_of(c).filter(|&n| counts(n)).map(|n| layout.blocks[n].text.len()).sum::<usize>();
    let mut chosen = heaviest;
    let mut own = prose(heaviest);
    for (c, _) in layout.around(heaviest).skip(1).take(4) {
        let wider = prose(c);
        if wider * 3 > own * 4 {
            (chosen, own) = (c, wider);
        }
    }
    chosen
}
