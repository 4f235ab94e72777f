//! The part each line plays, from its look and its neighbours.

use crate::document::Block;
use crate::document::Document;
use crate::document::Role;
use crate::document::wording;
use std::collections::HashMap;

/// How many lines from the start the headline and what belongs to it are looked for.
const TOP: usize = 40;

/// How many lines after the lead may still belong to the head of the article.
const HEAD: usize = 14;

/// What a line looks like.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    prose: bool,
    credit: bool,
    /// The line is nothing but a credit: what it credits stands before it.
    only_credit: bool,
    date: bool,
    byline: bool,
    name: bool,
    words: usize,
    /// Has words, and more than a label.
    title: bool,
    /// The same words stand in a line shortly before or after.
    repeated: bool,
    /// The line before has the same words.
    repeats_last: bool,
    copyright: bool,
}

/// "Reading time: 6 min": a label and a number.
fn is_measure(text: &str) -> bool {
    let value = text.split_once(':').map(|(_, value)| value.trim_start());
    wording::words(text) <= 6 && value.is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit()))
}

/// "News / Country / Town": the way to the page.
fn is_path(text: &str) -> bool {
    [" / ", " > ", " » ", " › "].iter().any(|divider| {
        let steps: Vec<&str> = text.split(divider).collect();
        steps.len() >= 3 && steps.iter().all(|s| wording::words(s) <= 3)
    })
}

impl Look {
    fn of(text: &str) -> Self {
        let words = wording::words(text);
        let credit = wording::credit_start(text);
        let prose = wording::is_prose(text);
        let date = wording::is_date(text);
        let byline = wording::is_byline(text);
        let copyright = text.starts_with('©') || text.starts_with("(c) ") || text.starts_with("(C) ");
        Self {
            prose,
            credit: credit.is_some(),
            only_credit: credit == Some(0),
            date,
            byline,
            name: wording::is_name(text),
            words,
            title: words >= 3 && wording::weight(text) <= 240 && !date && !byline && !is_measure(text) && !is_path(text),
            repeated: false,
            repeats_last: false,
            copyright,
        }
    }

    fn is_head(self) -> bool {
        self.credit || self.date || self.byline
    }
}

/// Gives every block of a text its role.
pub(super) fn assign(document: &mut Document) {
    let mut looks: Vec<Look> = document.blocks.iter().map(|b| Look::of(&b.text)).collect();
    mark_repeated(&document.blocks, &mut looks);
    mark_bracketed(&document.blocks, &mut looks);
    let message = message_header(&mut document.blocks);
    let blocks = &mut document.blocks;
    let headline = headline(blocks, &looks, message);
    let body = head(blocks, &looks, headline.map_or(message, |h| h + 1));
    let tail = tail(blocks, &looks, body);
    middle(&mut blocks[..tail], &looks, body);
    mark_teasers(&mut blocks[body..], &looks[body..]);
}

/// How many lines a teaser of another article has at most.
const TEASER: usize = 12;

/// Longer paragraphs belong to the article itself.
const TEASER_TEXT: usize = 400;

/// Marks lists of other articles with their pictures: the same line of a word or two ends each ("more"), and pictures are credited between.
fn mark_teasers(blocks: &mut [Block], looks: &[Look]) {
    let mut ends: HashMap<&str, Vec<usize>> = HashMap::new();
    for (n, block) in blocks.iter().enumerate() {
        if (1..=2).contains(&looks[n].words) && !looks[n].is_head() && wording::weight(&block.text) <= 24 {
            ends.entry(&block.text).or_default().push(n);
        }
    }
    let near = |a: &usize, b: &usize| b - a <= TEASER && !blocks[*a..*b].iter().any(is_long);
    let lists = ends.values().flat_map(|ends| ends.chunk_by(near)).filter_map(|ends| teaser_list(blocks, looks, ends));
    let mut lists: Vec<_> = lists.collect();
    lists.sort_by_key(|list| list.start);
    for block in lists.into_iter().flatten() {
        blocks[block].role = Role::Teaser;
    }
}

/// The lines of the teasers that end at `ends`, if at least half of them credit a picture.
fn teaser_list(blocks: &[Block], looks: &[Look], ends: &[usize]) -> Option<std::ops::Range<usize>> {
    let (first, last) = (*ends.first()?, *ends.last()?);
    let credited = ends.windows(2).filter(|pair| looks[pair[0]..pair[1]].iter().any(|l| l.only_credit)).count();
    let longest = ends.windows(2).map(|pair| pair[1] - pair[0]).max()?;
    let reach = first.saturating_sub(longest);
    let start = blocks[reach..first].iter().rposition(is_long).map_or(reach, |n| reach + n + 1);
    (ends.len() >= 3 && credited * 2 >= ends.len()).then_some(start..last + 1)
}

fn is_long(block: &Block) -> bool {
    wording::weight(&block.text) > TEASER_TEXT
}

/// Marks lines whose words stand again within a few lines: titles and captions that a page shows twice.
fn mark_repeated(blocks: &[Block], looks: &mut [Look]) {
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (n, block) in blocks.iter().enumerate() {
        if let Some(before) = last.insert(&block.text, n)
            && n - before <= 10
        {
            looks[before].repeated = true;
            looks[n].repeated = true;
            looks[n].repeats_last = n - before == 1;
        }
    }
}

/// Marks names in brackets on a line of their own as the credit of the short line before; after the last paragraph they would say whose the text
/// is.
fn mark_bracketed(blocks: &[Block], looks: &mut [Look]) {
    let last = looks.iter().rposition(|l| l.prose).unwrap_or(0);
    for n in 1..last {
        let captioned = looks[n - 1].title && wording::weight(&blocks[n - 1].text) <= 200;
        if captioned && wording::is_bracketed_name(&blocks[n].text) {
            looks[n].credit = true;
            looks[n].only_credit = true;
        }
    }
}

/// The header of an e-mail (RFC 5322, section 3.6): gives its lines their roles and returns how many there are.
fn message_header(blocks: &mut [Block]) -> usize {
    const NAMES: &[&str] =
        &["from", "to", "cc", "bcc", "date", "subject", "reply-to", "sender", "sent", "message-id", "content-type", "mime-version"];
    let name = |b: &Block| b.text.split_once(": ").map(|(name, _)| name.to_ascii_lowercase()).filter(|n| NAMES.contains(&n.as_str()));
    let names: Vec<String> = blocks.iter().map_while(name).collect();
    if names.len() < 2 || blocks[..names.len()].iter().any(|b| b.group != blocks[0].group) {
        return 0;
    }
    for (block, name) in blocks.iter_mut().zip(&names) {
        block.role = match name.as_str() {
            "from" | "date" | "sender" | "sent" => Role::BylineArea,
            _ => Role::Header,
        };
    }
    names.len()
}

/// Finds and marks the headline among the lines from `first` on.
fn headline(blocks: &mut [Block], looks: &[Look], first: usize) -> Option<usize> {
    let top = first..blocks.len().min(first + TOP);
    let found = repeated_title(blocks, looks, top.clone()).or_else(|| first_title(blocks, looks, top))?;
    for block in &mut blocks[first..found] {
        block.role = Role::Header;
    }
    blocks[found].role = Role::Headline;
    Some(found)
}

/// A title that an earlier line ends with or equals: the browser's title, a section glued to it, then the headline itself.
fn repeated_title(blocks: &[Block], looks: &[Look], top: std::ops::Range<usize>) -> Option<usize> {
    let end = top.end.min(top.start + 25);
    let titles: Vec<usize> = (top.start..end).filter(|&n| looks[n].title && !looks[n].credit && !looks[n].prose).collect();
    let contains = |a: usize, b: usize| {
        let (a, b) = (blocks[a].text.as_str(), blocks[b].text.as_str());
        wording::weight(b) >= 15 && (a.ends_with(b) || a.starts_with(b))
    };
    let first = *titles.first()?;
    titles.iter().copied().skip(1).find(|&n| contains(first, n)).filter(|&n| (first + 1..n).all(|m| !looks[m].prose))
}

/// The first line of some words that more text follows. A line of one or two words before it names the section.
fn first_title(blocks: &[Block], looks: &[Look], top: std::ops::Range<usize>) -> Option<usize> {
    let followed = |n: usize| n + 1 < blocks.len();
    let fits = |n: &usize| {
        let look = looks[*n];
        let caption = look.repeated && look.prose;
        look.title && !look.credit && !look.copyright && !caption && followed(*n) && !is_item(&blocks[*n].text)
    };
    // A line of a word or two above the byline or the date is the headline, however short.
    let bare = |n: usize| looks[n].words > 0 && !looks[n].is_head() && !looks[n].copyright && wording::weight(&blocks[n].text) >= 5;
    if followed(top.start) && bare(top.start) && (looks[top.start + 1].byline || looks[top.start + 1].date) {
        return Some(top.start);
    }
    let found = top.clone().find(fits)?;
    // A first line that is already running text has no headline above it, unless a short one stands there.
    if looks[found].prose && wording::ends_sentence(&blocks[found].text) && wording::weight(&blocks[found].text) > 120 {
        let short = |n: &usize| !looks[*n].is_head() && wording::weight(&blocks[*n].text) >= 5;
        return (top.start..found).find(short);
    }
    Some(found)
}

/// Marks what stands between the headline and the article's text, and returns where the text starts.
fn head(blocks: &mut [Block], looks: &[Look], first: usize) -> usize {
    let end = head_end(blocks, looks, first);
    let mut lead = true;
    for n in first..end {
        let look = looks[n];
        let beside = |by: usize| (n.saturating_sub(by)..(n + by + 1).min(end)).any(|m| looks[m].date || looks[m].byline);
        let short = !look.prose && wording::weight(&blocks[n].text) <= 50;
        blocks[n].role = match () {
            () if look.credit || is_caption(looks, n, end) => Role::Caption,
            () if look.byline || look.date || (look.name && beside(2)) || (short && beside(1)) => Role::BylineArea,
            () if (look.prose || look.title) && std::mem::take(&mut lead) => Role::Lead,
            () => Role::Body,
        };
    }
    end
}

/// Where the article's text starts: after the last credit, date or byline that no second paragraph of prose stands before.
fn head_end(blocks: &[Block], looks: &[Look], first: usize) -> usize {
    let (mut end, mut prose) = (first, 0);
    for (n, look) in looks.iter().enumerate().take(blocks.len().min(first + HEAD)).skip(first) {
        if look.is_head() {
            end = n + 1;
        } else if look.prose && !is_caption(looks, n, blocks.len()) {
            prose += 1;
            if prose == 2 {
                break;
            }
        }
    }
    end
}

/// Whether line `n` is a caption: a credit and nothing else follows it, or a page shows it twice, as words for the picture and as words under
/// it.
fn is_caption(looks: &[Look], n: usize, end: usize) -> bool {
    let look = looks[n];
    if look.credit || look.date || look.byline {
        return look.credit;
    }
    let next = (n + 1..end.min(n + 3)).find(|&m| !(looks[m].repeated && look.repeated));
    let credited = next.is_some_and(|m| looks[m].only_credit);
    let twice = look.repeated && (looks.get(n + 1).is_some_and(|l| l.repeats_last) || look.repeats_last || look.prose);
    (twice && look.title) || (credited && (look.name || (look.title && look.words >= 4)) && next <= Some(n + 2))
}

/// Marks what follows the article: link lists and the site's own lines. Returns where they start.
fn tail(blocks: &mut [Block], looks: &[Look], body: usize) -> usize {
    let last_prose = (body..blocks.len()).rev().find(|&n| looks[n].prose && !looks[n].copyright);
    let footer = footer(blocks, looks, body);
    for block in &mut blocks[footer..] {
        block.role = Role::Footer;
    }
    let end = last_prose.map_or(footer, |p| if p < footer { p + 1 } else { last_prose_before(looks, body, footer) }).min(footer);
    let links = (end..footer).filter(|&n| !looks[n].is_head() && !looks[n].copyright).count();
    if links >= 2 {
        for n in end..footer {
            if !looks[n].is_head() && !looks[n].copyright {
                blocks[n].role = Role::Navigation;
            }
        }
    } else if links == 1 && footer < blocks.len() && end < footer && !looks[end].is_head() {
        blocks[end].role = Role::Navigation;
    }
    end
}

fn last_prose_before(looks: &[Look], body: usize, footer: usize) -> usize {
    (body..footer).rev().find(|&n| looks[n].prose).map_or(footer, |p| p + 1)
}

/// Where the site's own lines start: a copyright line after most of the text, with little prose behind it.
fn footer(blocks: &[Block], looks: &[Look], body: usize) -> usize {
    let all = looks[body..].iter().filter(|l| l.prose).count();
    let mut before = 0;
    for n in body..blocks.len() {
        let after = all - before - usize::from(looks[n].prose);
        if looks[n].copyright && after <= 2 && before > after && !is_agency_line(&blocks[n].text) {
            return n;
        }
        before += usize::from(looks[n].prose);
    }
    blocks.len()
}

/// "© Wire-A" under an article speaks of its text, not of the site.
fn is_agency_line(text: &str) -> bool {
    let named = text.trim_start_matches(['©', ' ', '\u{a0}']);
    crate::registry::agencies::Agencies::builtin().at_start(named).is_some()
}

/// Marks captions, headings, quotations and menus inside the article.
fn middle(blocks: &mut [Block], looks: &[Look], body: usize) {
    let unnamed = !(0..body).any(|n| blocks[n].role == Role::BylineArea && !looks[n].date);
    for n in body..blocks.len() {
        let text = blocks[n].text.as_str();
        let next_prose = looks.get(n + 1).is_some_and(|l| l.prose) && n + 1 < blocks.len();
        blocks[n].role = match () {
            () if text.starts_with("> ") => Role::Quote,
            () if n < body + HEAD && looks[n].byline => Role::BylineArea,
            () if unnamed && n < body + 2 && looks[n].name && next_prose => Role::BylineArea,
            () if looks[n].credit || (is_caption(looks, n, blocks.len()) && !looks[n].prose) => Role::Caption,
            () if is_heading(text, looks[n]) && next_prose => Role::Heading,
            () => Role::Body,
        };
    }
    mark_menus(blocks, looks, body);
}

fn is_heading(text: &str, look: Look) -> bool {
    !look.prose
        && !look.is_head()
        && !look.copyright
        && (2..=14).contains(&wording::words(text))
        && wording::weight(text) <= 100
        && !text.ends_with(['.', ',', ';'])
        && !is_item(text)
}

fn is_item(text: &str) -> bool {
    text.starts_with("- ") || text.starts_with("* ") || text.starts_with("• ")
}

/// Five or more lines of a word or two in a row are a menu.
fn mark_menus(blocks: &mut [Block], looks: &[Look], body: usize) {
    let short = |n: usize| !looks[n].prose && !looks[n].is_head() && wording::words(&blocks[n].text) <= 2;
    let mut start = body;
    let mut menus = Vec::new();
    for n in body..=blocks.len() {
        if n < blocks.len() && short(n) {
            continue;
        }
        if n - start >= 5 {
            menus.push(start..n);
        }
        start = n + 1;
    }
    for block in menus.into_iter().flatten() {
        blocks[block].role = Role::Navigation;
    }
}
