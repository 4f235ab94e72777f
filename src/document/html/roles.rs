//! Which part each block plays on the page.

use crate::document::Block;
use crate::document::Document;
use crate::document::Marks;
use crate::document::Role;
use crate::document::html::layout::Layout;
use crate::document::html::names::Hints;
use crate::document::html::names::Kind;

/// A block with at least this many characters and few links counts as a paragraph of prose.
const PROSE: usize = 60;

/// Gives every block its role, its marks, its group and its article.
pub(super) fn assign(layout: &mut Layout, document: &Document) {
    number(layout);
    spread_marks(layout);
    let zones = zones(layout);
    let main = main_container(layout, &zones);
    let headline = headline(layout, &zones, main, document);
    for n in 0..layout.blocks.len() {
        layout.blocks[n].role = role(layout, &zones, main, headline, n);
    }
    byline_area(layout, headline);
}

/// Numbers groups and articles.
fn number(layout: &mut Layout) {
    let mut article_of = vec![0; layout.containers.len()];
    let mut group_of = vec![0; layout.containers.len()];
    let mut articles = 0;
    for c in 0..layout.containers.len() {
        let container = layout.containers[c];
        let parent = container.parent as usize;
        (article_of[c], group_of[c]) = (article_of[parent], group_of[parent]);
        if container.kind == Kind::Article {
            articles += 1;
            article_of[c] = articles;
        }
        let groups = matches!(
            container.kind,
            Kind::Article
                | Kind::Figure
                | Kind::Footer
                | Kind::Header
                | Kind::Navigation
                | Kind::Aside
                | Kind::List
                | Kind::Table
                | Kind::Form
        );
        if groups || container.kind == Kind::Block {
            group_of[c] = c as u32;
        }
    }
    for (block, &c) in layout.blocks.iter_mut().zip(&layout.container_of) {
        (block.group, block.article) = (group_of[c as usize], article_of[c as usize]);
    }
}

/// Gives blocks the marks of the containers that hold little else, and of an inline that holds all of their text.
fn spread_marks(layout: &mut Layout) {
    for container in &layout.containers {
        let blocks = &mut layout.blocks[container.first as usize..(container.end.max(container.first)) as usize];
        let marks = container.sense.marks;
        if marks == Marks::default() || blocks.len() > 4 || blocks.iter().map(|b| b.text.len()).sum::<usize>() > 600 {
            continue;
        }
        for block in blocks {
            block.marks = block.marks.and(marks);
        }
    }
    for block in &mut layout.blocks {
        let whole = block.text.len() as u32;
        let covering = block.inlines.iter().filter(|i| i.range.start == 0 && i.range.end == whole);
        block.marks = covering.fold(block.marks, |marks, i| marks.and(i.marks));
    }
}

/// The part a container plays by its own name or that of a container around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    None,
    Role(Role),
}

fn zones(layout: &Layout) -> Vec<Zone> {
    let mut zones = vec![Zone::None; layout.containers.len()];
    let mut in_article = vec![false; layout.containers.len()];
    for c in 1..layout.containers.len() {
        let container = &layout.containers[c];
        let parent = container.parent as usize;
        zones[c] = match own_zone(layout, c as u32, zones[parent], in_article[parent]) {
            Zone::None => zones[parent],
            own => own,
        };
        let article = matches!(container.kind, Kind::Article | Kind::Main)
            || (container.sense.hints.has(Hints::ARTICLE) && container.kind != Kind::Body);
        in_article[c] = in_article[parent] || article;
    }
    zones
}

fn own_zone(layout: &Layout, c: u32, around: Zone, in_article: bool) -> Zone {
    let container = &layout.containers[c as usize];
    let outside = Zone::Role(match container.kind {
        Kind::Navigation => Role::Navigation,
        Kind::Footer if in_article => Role::Aside,
        Kind::Footer => Role::Footer,
        Kind::Header if in_article => return around,
        Kind::Header => Role::Header,
        Kind::Form | Kind::Control | Kind::Dialog => Role::Interface,
        Kind::Caption => Role::Caption,
        Kind::BlockQuote => Role::Quote,
        _ => return named_zone(layout, c, around, in_article),
    });
    match around {
        Zone::Role(Role::Comment | Role::Teaser | Role::Footer | Role::Navigation | Role::Interface) => around,
        _ => outside,
    }
}

fn named_zone(layout: &Layout, c: u32, around: Zone, in_article: bool) -> Zone {
    let container = &layout.containers[c as usize];
    let hints = container.sense.hints;
    if matches!(container.kind, Kind::Body | Kind::Html | Kind::Main)
        || matches!(around, Zone::Role(Role::Comment | Role::Teaser | Role::Footer))
    {
        return around;
    }
    let length = layout.blocks_of(c).len();
    let most = length * 2 > layout.blocks.len();
    if most {
        return around;
    }
    if hints.has(Hints::COMMENT) && !hints.has(Hints::COUNT) {
        return Zone::Role(Role::Comment);
    }
    if hints.has(Hints::TEASER | Hints::RELATED) && !hints.has(Hints::LEAD) {
        return Zone::Role(Role::Teaser);
    }
    if hints.has(Hints::INTERFACE | Hints::ADVERT) {
        return Zone::Role(Role::Interface);
    }
    if hints.has(Hints::NAVIGATION | Hints::SHARE) {
        return Zone::Role(Role::Navigation);
    }
    if hints.has(Hints::FOOTER) {
        return Zone::Role(if in_article { Role::Aside } else { Role::Footer });
    }
    if hints.has(Hints::HEADER) && !in_article && !hints.has(Hints::ARTICLE) {
        return Zone::Role(Role::Header);
    }
    if hints.has(Hints::QUOTE) {
        return Zone::Role(Role::Quote);
    }
    if container.sense.marks.has(Marks::CAPTION) && length <= 3 {
        return Zone::Role(Role::Caption);
    }
    if hints.has(Hints::ASIDE) {
        return Zone::Role(Role::Aside);
    }
    around
}

fn is_prose(block: &Block) -> bool {
    block.text.len() >= PROSE && block.link_density() < 0.4
}

/// The smallest container that holds most of the prose outside named zones.
fn main_container(layout: &Layout, zones: &[Zone]) -> u32 {
    let mut weight = vec![0_usize; layout.containers.len()];
    for (block, &c) in layout.blocks.iter().zip(&layout.container_of) {
        if is_prose(block) && zones[c as usize] == Zone::None {
            weight[c as usize] += block.text.len();
        }
    }
    for c in (1..layout.containers.len()).rev() {
        weight[layout.containers[c].parent as usize] += weight[c];
    }
    let most = weight[0] * 6 / 10;
    (0..layout.containers.len()).rev().find(|&c| weight[c] > most).unwrap_or(0) as u32
}

fn headline(layout: &Layout, zones: &[Zone], main: u32, document: &Document) -> Option<usize> {
    let title = document.fields("og:title").next().map(|f| f.value.as_str()).or(layout.title.as_deref());
    let title = title.map(crate::text::fold).unwrap_or_default();
    let first = layout.containers[main as usize].first as usize;
    let mut best: Option<(i32, usize)> = None;
    for (n, block) in layout.blocks.iter().enumerate() {
        let container = layout.container_of[n];
        let level = layout.around(container).take(3).map(|(_, c)| c.level).find(|&l| l > 0).unwrap_or(0);
        let named = layout.around(container).take(3).any(|(_, c)| c.sense.hints.has(Hints::HEADLINE));
        if level == 0 && !named || block.text.len() < 4 || block.text.len() > 300 {
            continue;
        }
        let mut score = match level {
            1 => 40,
            2 => 15,
            0 => 0,
            _ => 5,
        };
        score += if named { 15 } else { 0 };
        let folded = crate::text::fold(&block.text);
        if !title.is_empty() && (title.contains(&folded) || folded.contains(&title)) && folded.len() * 3 > title.len() {
            score += 60;
        }
        score -= match zones[container as usize] {
            Zone::None => 0,
            Zone::Role(Role::Header) => 10,
            Zone::Role(Role::Teaser | Role::Comment | Role::Navigation | Role::Footer | Role::Interface) => 50,
            Zone::Role(_) => 20,
        };
        score -= (n.abs_diff(first) / 4).min(30) as i32;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, n));
        }
    }
    best.filter(|&(score, _)| score > 5).map(|(_, n)| n)
}

fn role(layout: &Layout, zones: &[Zone], main: u32, headline: Option<usize>, n: usize) -> Role {
    if headline == Some(n) {
        return Role::Headline;
    }
    let container = layout.container_of[n];
    let block = &layout.blocks[n];
    let inside = layout.blocks_of(main).contains(&n);
    let zone = zones[container as usize];
    if let Zone::Role(role) = zone {
        return role;
    }
    let near = || layout.around(container).take(3);
    let is_heading = near().any(|(_, c)| c.kind == Kind::Heading);
    let last = layout.containers[main as usize].end as usize;
    if inside || headline.is_some_and(|h| h < n && n < last) {
        let lead = near().any(|(_, c)| c.sense.hints.has(Hints::LEAD) && !c.sense.hints.has(Hints::TEASER));
        return match (is_heading, lead && headline.is_none_or(|h| n < h + 8)) {
            (_, true) => Role::Lead,
            (true, false) => Role::Heading,
            _ if block.link_density() > 0.8 && !is_prose(block) => Role::Navigation,
            _ => Role::Body,
        };
    }
    match (n < last, block.link_density() > 0.5) {
        (true, true) => Role::Navigation,
        (true, false) => Role::Header,
        (false, true) => Role::Teaser,
        (false, false) => Role::Footer,
    }
}

/// Marks what stands around the headline and names author, date and place.
fn byline_area(layout: &mut Layout, headline: Option<usize>) {
    let Some(headline) = headline else { return };
    let from = headline.saturating_sub(6);
    let to = (headline + 14).min(layout.blocks.len());
    for n in from..to {
        let block = &layout.blocks[n];
        let dated = block.inlines.iter().any(|i| i.marks.has(Marks::DATE.and(Marks::AUTHOR)));
        let named = block.marks.has(Marks::AUTHOR.and(Marks::DATE)) || dated;
        if matches!(block.role, Role::Body | Role::Aside | Role::Lead | Role::Header) && named && block.text.len() < 250 {
            layout.blocks[n].role = Role::BylineArea;
        }
    }
}
