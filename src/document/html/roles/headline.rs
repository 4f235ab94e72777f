//! The article's title.

use crate::document::Document;
use crate::document::html::layout::Layout;
use crate::document::html::names::Hints;
use crate::document::html::names::Kind;
use crate::document::html::roles::Prose;
use crate::text::fold;
use crate::text::reader_text;

/// The longest headline, in bytes.
const LONGEST: usize = 400;

/// Finds the block that is the headline.
pub(super) fn find(layout: &Layout, prose: &Prose, document: &Document) -> Option<usize> {
    let titles = Titles::new(layout, document);
    let opening = prose.is.iter().position(|&p| p).unwrap_or(0);
    let mut best: Option<(i32, usize)> = None;
    for (n, block) in layout.blocks.iter().enumerate() {
        if block.text.len() < 3 || block.text.len() > LONGEST {
            continue;
        }
        let Some(score) = score(layout, &titles, opening, n) else { continue };
        // A title stands before the text.
        let score = score - (40 * prose.before[n] / prose.all().max(1)) as i32;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, n));
        }
    }
    best.filter(|&(score, _)| score > 20).map(|(_, n)| n)
}

/// How much block `n` looks like the headline; `None` where nothing speaks for it.
fn score(layout: &Layout, titles: &Titles, opening: usize, n: usize) -> Option<i32> {
    let block = &layout.blocks[n];
    let near = || layout.around(layout.container_of[n]).take(3).map(|(_, c)| c);
    let level = near().map(|c| c.level).find(|&l| l > 0).unwrap_or(0);
    let named = near().take(2).any(|c| c.sense.hints.has(Hints::HEADLINE) && !c.sense.hints.has(Hints::LEAD));
    let likeness = if level > 0 || named || n < opening + 40 { titles.likeness(&block.text) } else { 0 };
    if level == 0 && !named && likeness < 80 {
        return None;
    }
    let standing = match level {
        1 => 45,
        2 => 20,
        0 => 0,
        _ => 8,
    };
    let mut score = standing + likeness + if named { 12 } else { 0 };
    score -= (n.abs_diff(opening) / 6).min(25) as i32;
    if block.link_density() > 0.8 {
        score -= 25;
    }
    for (depth, (_, container)) in layout.around(layout.container_of[n]).enumerate() {
        score -= misplaced(container.kind, container.sense.hints, depth);
    }
    Some(score)
}

/// What speaks against a headline in a container, `depth` levels up.
fn misplaced(kind: Kind, hints: Hints, depth: usize) -> i32 {
    match kind {
        Kind::Navigation | Kind::Footer | Kind::Form | Kind::Dialog => return 40,
        Kind::Aside => return 25,
        _ => {}
    }
    let close = depth < 5;
    match () {
        () if close && hints.has(Hints::TEASER | Hints::RELATED | Hints::COMMENT) && !hints.has(Hints::LEAD) => 12,
        () if close && hints.has(Hints::LOGO | Hints::NAVIGATION | Hints::INTERFACE) => 10,
        () => 0,
    }
}

/// What metadata calls the article.
struct Titles {
    /// The title alone.
    exact: Vec<Title>,
    /// The title with the name of the site or section.
    page: Option<Title>,
}

struct Title {
    text: String,
    words: Vec<String>,
}

impl Title {
    fn new(text: &str) -> Option<Self> {
        let text = fold(&reader_text(text));
        let words = words(&text).map(str::to_owned).collect();
        (text.len() >= 3).then_some(Self { text, words })
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1)
}

impl Titles {
    fn new(layout: &Layout, document: &Document) -> Self {
        let metas = ["og:title", "twitter:title", "dc.title", "headline", "title"].into_iter().flat_map(|n| document.fields(n));
        let items = document.items.iter().filter(|i| !i.is(&["ImageObject", "VideoObject", "WebSite", "BreadcrumbList", "ListItem"]));
        let headlines = items.filter_map(|i| i.text("headline"));
        let exact = metas.map(|f| f.value.as_str()).chain(headlines).take(8).filter_map(Title::new).collect();
        Self { exact, page: layout.title.as_deref().and_then(Title::new) }
    }

    /// How well `text` is one of the titles, 0 to 100.
    fn likeness(&self, text: &str) -> i32 {
        let folded = fold(text);
        let exact = self.exact.iter().map(|t| likeness(t, &folded)).max().unwrap_or(0);
        let page = self.page.as_ref().map_or(0, |t| likeness(t, &folded) * 9 / 10);
        exact.max(page)
    }
}

/// How well `text` is the title, 0 to 100: all of one in the other, or most words in common.
fn likeness(title: &Title, text: &str) -> i32 {
    let (shorter, longer) = (title.text.len().min(text.len()), title.text.len().max(text.len()));
    if shorter == 0 {
        return 0;
    }
    if title.text.contains(text) || text.contains(&title.text) {
        return (100 * shorter / longer).clamp(if shorter >= 15 { 60 } else { 0 }, 100) as i32;
    }
    let (mut common, mut own) = (0, 0);
    for word in words(text) {
        own += 1;
        common += usize::from(title.words.iter().any(|w| w == word));
    }
    if own.min(title.words.len()) < 3 {
        return 0;
    }
    let share = 100 * common / own.max(title.words.len());
    if share >= 50 { share as i32 } else { 0 }
}
