//! Which part each block plays on the page.
//!
//! The headline comes first, because titles in metadata tell it apart; then the core, where most of the prose stands; then zones,
//! which elements and class names declare. What holds the headline or the core is no menu or teaser, whatever it is called: page
//! builders name things freely. What is left is told by its place before, in or after the article and by how much of it is links.

mod byline;
mod core;
mod cut;
mod headline;
mod zones;

use crate::document::Block;
use crate::document::Document;
use crate::document::Marks;
use crate::document::Role;
use crate::document::html::layout::Layout;
use crate::document::html::names::Hints;
use crate::document::html::names::Kind;
use crate::document::html::roles::core::Core;
use crate::document::html::roles::zones::Zones;

/// A linked line of this many bytes is the title of another page rather than a menu entry.
const TITLE: usize = 25;

/// Gives every block its role, its marks, its group and its article. `document` holds the fields and items.
pub(super) fn assign(layout: &mut Layout, document: &Document) {
    number(layout);
    spread_marks(layout);
    let prose = Prose::new(&layout.blocks);
    let headline = headline::find(layout, &prose, document);
    let zones = trusted_zones(layout, &prose, headline);
    let core = Core::find(layout, &prose, &zones, headline);
    let footer = zones::closing_footer(layout, &core);
    let roles: Vec<Role> = (0..layout.blocks.len())
        .map(|n| if headline == Some(n) { Role::Headline } else { role(layout, &zones, &core, footer.contains(&n), n) })
        .collect();
    for (block, role) in layout.blocks.iter_mut().zip(roles) {
        block.role = role;
    }
    byline::assign(layout, &core, headline, document);
    cut::items(layout);
}

/// The zones, without class names that would claim the article: a page builder calls every paragraph a box, a theme its text a form.
fn trusted_zones(layout: &Layout, prose: &Prose, headline: Option<usize>) -> Zones {
    let mut distrusted = Vec::new();
    loop {
        let zones = Zones::new(layout, prose, headline, &distrusted);
        match zones.overclaimed(layout, prose, headline).filter(|role| !distrusted.contains(role)) {
            Some(role) => distrusted.push(role),
            None => return zones,
        }
    }
}

/// Which blocks are prose, and how much of it stands before each.
struct Prose {
    is: Vec<bool>,
    before: Vec<usize>,
}

impl Prose {
    fn new(blocks: &[Block]) -> Self {
        let is: Vec<bool> = blocks.iter().map(is_prose).collect();
        let mut before = Vec::with_capacity(blocks.len() + 1);
        before.push(0);
        for (block, &is) in blocks.iter().zip(&is) {
            before.push(before[before.len() - 1] + if is { block.text.len() } else { 0 });
        }
        Self { is, before }
    }

    /// Bytes of prose in blocks `range`.
    fn within(&self, range: &std::ops::Range<usize>) -> usize {
        self.before[range.end] - self.before[range.start.min(range.end)]
    }

    fn all(&self) -> usize {
        self.before[self.before.len() - 1]
    }
}

/// Whether a block reads like a paragraph: long, with sentences, few links.
fn is_prose(block: &Block) -> bool {
    let sentences = || block.text.len() >= 160 || block.text.contains(['.', ',', '!', '?', '。', '、', '।', '؟', '…']);
    block.text.len() >= 80 && block.link_density() < 0.4 && sentences()
}

/// Numbers groups and articles.
fn number(layout: &mut Layout) {
    let count = layout.containers.len();
    let (mut article_of, mut group_of) = (vec![0; count], vec![0; count]);
    let mut articles = 0;
    for c in 1..count {
        let container = layout.containers[c];
        let parent = container.parent as usize;
        (article_of[c], group_of[c]) = (article_of[parent], group_of[parent]);
        if container.kind == Kind::Article {
            articles += 1;
            article_of[c] = articles;
        }
        if groups(container.kind) || (container.kind == Kind::Block && container.end > container.first + 1) {
            group_of[c] = c as u32;
        }
    }
    for (block, &c) in layout.blocks.iter_mut().zip(&layout.container_of) {
        (block.group, block.article) = (group_of[c as usize], article_of[c as usize]);
    }
}

fn groups(kind: Kind) -> bool {
    use Kind::{Article, Aside, BlockQuote, Figure, Footer, Form, Header, List, Navigation, Table};
    matches!(kind, Article | Aside | BlockQuote | Figure | Footer | Form | Header | List | Navigation | Table)
}

/// Gives blocks the marks of the containers that hold little else, and of an inline that holds all of their text.
fn spread_marks(layout: &mut Layout) {
    for container in &layout.containers {
        let blocks = &mut layout.blocks[container.first as usize..(container.end.max(container.first)) as usize];
        let marks = container.sense.marks;
        if marks == Marks::default() || blocks.len() > 6 || blocks.iter().map(|b| b.text.len()).sum::<usize>() > 700 {
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

/// The role of a block that is not the headline.
fn role(layout: &Layout, zones: &Zones, core: &Core, closing: bool, n: usize) -> Role {
    let container = layout.container_of[n];
    match zones.of(container) {
        Some(Role::Footer) if core.holds(n) || core.article.contains(&n) || core.shares_article(layout, n) => Role::Aside,
        Some(Role::Teaser | Role::Navigation | Role::Interface) if in_gallery(layout, zones, core, n) => Role::Caption,
        Some(role) => role,
        None if closing => Role::Footer,
        None if core.article.contains(&n) => inside(layout, core, container, n),
        None => outside(layout, core, n),
    }
}

/// Whether a block is words under a picture in the article, in a part that only goes by the name of a teaser or a menu.
fn in_gallery(layout: &Layout, zones: &Zones, core: &Core, n: usize) -> bool {
    let block = &layout.blocks[n];
    let container = layout.container_of[n];
    let says = block.text.len() >= 15 && block.text.len() < 900 && block.link_density() < 0.3;
    let control = matches!(layout.containers[container as usize].kind, Kind::Control | Kind::Form | Kind::Dialog);
    says && !control && core.article.contains(&n) && zones.shows_pictures(container)
}

/// A block between the headline and the end of the prose.
fn inside(layout: &Layout, core: &Core, container: u32, n: usize) -> Role {
    let block = &layout.blocks[n];
    let near = || layout.around(container).take(3).map(|(_, c)| c);
    let early = n < core.first_prose.saturating_add(2);
    if early && near().any(|c| c.sense.hints.has(Hints::LEAD)) && block.link_density() < 0.5 {
        return Role::Lead;
    }
    if near().any(|c| c.kind == Kind::Heading) {
        return if early && n < core.first_prose && block.text.len() >= 80 { Role::Lead } else { Role::Heading };
    }
    match block.link_density() > 0.8 {
        true if block.text.len() >= TITLE => Role::Teaser,
        true => Role::Navigation,
        false => Role::Body,
    }
}

/// A block before the headline or after the prose.
fn outside(layout: &Layout, core: &Core, n: usize) -> Role {
    let block = &layout.blocks[n];
    let linked = block.link_density() > 0.6;
    match (n < core.article.start, linked) {
        (true, true) => Role::Navigation,
        (true, false) => Role::Header,
        (false, true) if block.text.len() >= TITLE => Role::Teaser,
        (false, true) => Role::Navigation,
        // The last lines of the article's own container: a source, an agency, a notice.
        (false, false) if core.holds(n) && n < core.article.end + 4 => Role::Body,
        (false, false) => Role::Aside,
    }
}
