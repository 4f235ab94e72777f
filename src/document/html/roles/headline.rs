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
    let fits = |n: &usize| (3..=LONGEST).contains(&layout.blocks[*n].text.len());
    let outside = outside(layout);
    let candidate = |n| candidate(layout, &outside, prose, opening, n);
    let mut candidates: Vec<Candidate> = (0..layout.blocks.len()).filter(fits).filter_map(candidate).collect();
    // The comparison with titles is what costs: the likeliest first, and no more once none can win.
    candidates.sort_by_key(|c| std::cmp::Reverse(c.standing));
    let mut best: Option<(i32, usize)> = None;
    for Candidate { block, standing, needs } in candidates {
        if best.is_some_and(|(most, _)| standing + 100 < most) {
            break;
        }
        let likeness = titles.likeness(&layout.blocks[block].text);
        let score = standing + likeness;
        if likeness >= needs && best.is_none_or(|(most, first)| score > most || (score == most && block < first)) {
            best = Some((score, block));
        }
    }
    best.filter(|&(score, _)| score > 20).map(|(_, n)| n)
}

/// A block that may be the headline.
struct Candidate {
    block: usize,
    /// What its element, its names and its place speak for it.
    standing: i32,
    /// How much like a title it must be to count.
    needs: i32,
}

/// What speaks for block `n`; nothing if no likeness to a title would do.
fn candidate(layout: &Layout, outside: &[i32], prose: &Prose, opening: usize, n: usize) -> Option<Candidate> {
    let block = &layout.blocks[n];
    let near = || layout.around(layout.container_of[n]).take(3).map(|(_, c)| c);
    let level = near().map(|c| c.level).find(|&l| l > 0).unwrap_or(0);
    let named = near().take(2).any(|c| c.sense.hints.has(Hints::HEADLINE) && !c.sense.hints.has(Hints::LEAD));
    let plain = level == 0 && !named;
    if plain && n >= opening + 40 {
        return None;
    }
    let mut standing = match level {
        1 => 45,
        2 => 20,
        0 => 0,
        _ => 8,
    };
    standing += if named { 12 } else { 0 };
    standing -= (n.abs_diff(opening) / 6).min(25) as i32;
    // A title stands before the text.
    standing -= (40 * prose.before[n] / prose.all().max(1)) as i32;
    if block.link_density() > 0.8 {
        standing -= 25;
    }
    standing -= outside[layout.container_of[n] as usize];
    let close = layout.around(layout.container_of[n]).take(5).map(|(_, c)| c);
    standing -= close.filter(|c| misplaced(c.kind) == 0).map(|c| called_otherwise(c.sense.hints)).sum::<i32>();
    Some(Candidate { block: n, standing, needs: if plain { 80 } else { 0 } })
}

/// What speaks against a headline in each container: that it, or one around it, holds something else.
fn outside(layout: &Layout) -> Vec<i32> {
    let mut outside: Vec<i32> = Vec::with_capacity(layout.containers.len());
    for container in &layout.containers {
        let around = outside.get(container.parent as usize).copied().unwrap_or(0);
        outside.push(around + misplaced(container.kind));
    }
    outside
}

/// What speaks against a headline in an element of this kind.
fn misplaced(kind: Kind) -> i32 {
    match kind {
        Kind::Navigation | Kind::Footer | Kind::Form | Kind::Dialog => 40,
        Kind::Aside => 25,
        _ => 0,
    }
}

/// What the names of a container close by speak against a headline in it.
fn called_otherwise(hints: Hints) -> i32 {
    match () {
        () if hints.has(Hints::TEASER | Hints::RELATED | Hints::COMMENT) && !hints.has(Hints::LEAD) => 12,
        () if hints.has(Hints::LOGO | Hints::NAVIGATION | Hints::INTERFACE) => 10,
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
    /// Its words as numbers, see [`words`].
    words: Vec<u64>,
}

impl Title {
    fn new(text: &str) -> Option<Self> {
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let text = fold(&reader_text(&text[..end]));
        let words = words(&text).take(80).collect();
        (text.len() >= 3).then_some(Self { text, words })
    }
}

/// The words of a text, each as a number that does not tell capitals from small letters.
fn words(text: &str) -> impl Iterator<Item = u64> {
    let mut rest = text.chars();
    std::iter::from_fn(move || {
        let (mut word, mut length) = (0_u64, 0);
        for c in rest.by_ref() {
            if is_letter(c) {
                let small = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
                word = (word ^ u64::from(small)).wrapping_mul(0x0100_0000_01b3).rotate_left(5);
                length += 1;
            } else if length > 0 {
                break;
            }
        }
        (length > 0).then_some(word)
    })
}

/// Whether a character is part of a word. Beyond ASCII all but punctuation and blanks is taken for a letter, which is quick and does here.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        !matches!(c, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}')
    }
}

impl Titles {
    fn new(layout: &Layout, document: &Document) -> Self {
        let metas = ["og:title", "twitter:title", "dc.title", "headline", "title"].into_iter().flat_map(|n| document.fields(n));
        let items = document.items.iter().filter(|i| !i.is(&["ImageObject", "VideoObject", "WebSite", "BreadcrumbList", "ListItem"]));
        let headlines = items.filter_map(|i| i.text("headline"));
        let mut exact: Vec<Title> = metas.map(|f| f.value.as_str()).chain(headlines).take(8).filter_map(Title::new).collect();
        exact.sort_unstable_by(|a, b| a.text.cmp(&b.text));
        exact.dedup_by(|a, b| a.text == b.text);
        Self { exact, page: layout.title.as_deref().and_then(Title::new) }
    }

    /// How well `text` is one of the titles, 0 to 100.
    fn likeness(&self, text: &str) -> i32 {
        let own: Vec<u64> = words(text).take(80).collect();
        let exact = self.exact.iter().map(|t| likeness(t, text, &own)).max().unwrap_or(0);
        let page = self.page.as_ref().map_or(0, |t| likeness(t, text, &own) * 9 / 10);
        exact.max(page)
    }
}

/// How well `text` with the words `own` is the title, 0 to 100: all of one in the other, or most words in common.
fn likeness(title: &Title, text: &str, own: &[u64]) -> i32 {
    let common = own.iter().filter(|w| title.words.contains(w)).count();
    let (fewer, more) = (own.len().min(title.words.len()), own.len().max(title.words.len()));
    let (shorter, longer) = (title.text.len().min(text.len()), title.text.len().max(text.len()));
    // Scripts without blanks have few words: there the whole has to be compared.
    let holds = common == fewer || (fewer < 4 && more < 12 && !text.is_ascii());
    if holds && fewer > 0 {
        let folded = fold(text);
        if !folded.is_empty() && (title.text.contains(&folded) || folded.contains(&title.text)) {
            return (100 * shorter / longer).clamp(if shorter >= 15 { 60 } else { 0 }, 100) as i32;
        }
    }
    if fewer < 3 {
        return 0;
    }
    let share = 100 * common / more;
    if share >= 50 { share as i32 } else { 0 }
}
