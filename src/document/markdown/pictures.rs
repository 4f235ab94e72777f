//! Pictures of a Markdown file and the words that caption or credit them.

use crate::document::Block;
use crate::document::BlockId;
use crate::document::Document;
use crate::document::Image;
use crate::document::ImageRole;
use crate::document::Item;
use crate::document::Marks;
use crate::document::Nearby;
use crate::document::Piece;
use crate::document::Placed;
use crate::document::Relation;
use crate::document::Role;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::document::markdown::attributes::Shortcode;
use crate::document::markdown::body::Body;
use crate::document::markdown::body::Picture;
use crate::document::markdown::body::Written;
use crate::document::markdown::body::is_picture;
use crate::document::wording;
use crate::text::Span;

/// A caption is no longer than this; what is longer is the article.
const LONGEST_CAPTION: usize = 500;

/// Names under which shortcodes give the address.
const ADDRESS: &[&str] = &["src", "image", "img", "file", "path", "url", "href", "name"];

/// Front matter that shows a picture above the article.
const HERO: &[&str] = &[
    "image",
    "images",
    "cover",
    "coverimage",
    "featuredimage",
    "featured",
    "hero",
    "heroimage",
    "banner",
    "bannerimage",
    "headerimage",
    "leadimage",
    "photo",
    "picture",
    "feature",
    "header",
];

/// A front matter that names more pictures than these lists a gallery for some other page.
const MOST_HEROES: usize = 20;

/// Adds the pictures of shortcodes, finds the words of every picture and what it is for.
pub(super) fn read(text: &str, shortcodes: &[Shortcode], body: &mut Body, document: &mut Document) {
    shortcodes.iter().for_each(|s| add_shortcode(s, body));
    if !shortcodes.is_empty() {
        body.sort();
    }
    let mut galleries = document.images.len() as u32;
    let mut n = 0;
    while n < body.pictures.len() {
        let end = run_end(text, body, n);
        find_words(body, n, end, &mut galleries);
        n = end;
    }
    for picture in &mut body.pictures {
        if is_badge(&picture.image.address) {
            picture.image.role = ImageRole::Icon;
        }
    }
}

/// Shields that projects pin to their front page.
fn is_badge(address: &str) -> bool {
    address.contains("badge") && address.contains("://")
}

/// Makes a picture, and blocks of the words it shows, of a shortcode that names a picture file.
fn add_shortcode(shortcode: &Shortcode, body: &mut Body) {
    let get = |wanted: &[&str]| shortcode.attributes.iter().find(|(name, _)| wanted.contains(&name.as_str())).map(|(_, placed)| placed);
    let bare = shortcode.attributes.iter().find(|(name, placed)| name.is_empty() && is_picture(&placed.value)).map(|(_, p)| p);
    let Some(address) = get(ADDRESS).filter(|p| is_picture(&p.value)).or(bare) else { return };
    let mut image = Image { address: address.value.clone(), span: shortcode.span, ..Image::default() };
    image.alt = get(&["alt"]).cloned();
    image.title = get(&["title"]).cloned();
    image.attributes =
        shortcode.attributes.iter().filter(|(name, _)| !name.is_empty() && !ADDRESS.contains(&name.as_str())).cloned().collect();
    image.attributes.retain(|(name, _)| name != "alt" && name != "title");
    for shown in ["caption", "attr", "credit"] {
        if let Some(words) = get(&[shown]).filter(|p| !p.value.is_empty()) {
            add_words(words, &mut image, body);
        }
    }
    body.pictures.push(Picture { image, paragraph: 0 });
}

/// Adds a caption block for words that the shortcode shows under its picture.
fn add_words(words: &Placed, image: &mut Image, body: &mut Body) {
    let text = words.value.clone();
    let piece = Piece { at: 0, span: words.span, exact: text.len() == words.span.len() };
    let block = Block { role: Role::Caption, text, pieces: vec![piece], ..Block::default() };
    attach(image, &block, body.blocks.len(), Relation::Caption);
    body.blocks.push(Written { block, paragraph: 0, level: 0 });
}

fn attach(image: &mut Image, block: &Block, at: usize, relation: Relation) {
    let id = BlockId(at as u32);
    if relation == Relation::Caption && image.caption.is_none() {
        image.caption = Some(id);
    }
    image.nearby.push(Nearby { block: id, range: 0..block.text.len() as u32, relation, marks: block.marks });
}

/// Where the run of pictures from `n` on ends that only white space and link mark-up divide.
fn run_end(text: &str, body: &Body, n: usize) -> usize {
    let together = |a: &Picture, b: &Picture| {
        let between = text.get(a.image.span.end as usize..b.image.span.start as usize).unwrap_or("x");
        between.len() < 200 && a.paragraph == b.paragraph && a.paragraph > 0 && body_between(body, a, b) == 0
    };
    let mut end = n + 1;
    while end < body.pictures.len() && together(&body.pictures[end - 1], &body.pictures[end]) {
        end += 1;
    }
    end
}

/// How many blocks stand between two pictures.
fn body_between(body: &Body, a: &Picture, b: &Picture) -> usize {
    first_block(body, b.image.span.start) - first_block(body, a.image.span.end)
}

/// The first block that starts at or after byte `at`.
fn first_block(body: &Body, at: u32) -> usize {
    body.blocks.partition_point(|w| w.block.whole().start < at)
}

/// Finds the words of pictures `first..end`, which stand together.
fn find_words(body: &mut Body, first: usize, end: usize, galleries: &mut u32) {
    if end - first > 1 {
        *galleries += 1;
        body.pictures[first..end].iter_mut().for_each(|p| p.image.gallery = *galleries);
    }
    let last = &body.pictures[end - 1];
    if last.image.caption.is_some() {
        return;
    }
    let at = first_block(body, last.image.span.end);
    let limit = body.pictures.get(end).map_or(u32::MAX, |p| p.image.span.start);
    let Some(relation) = body.blocks.get(at).and_then(|w| relation(last, w, limit)) else { return };
    if relation == Relation::Caption && body.blocks[at].block.role != Role::Quote {
        body.blocks[at].block.role = Role::Caption;
    }
    for n in first..end {
        let relation = if end - first > 1 && relation == Relation::Caption { Relation::Gallery } else { relation };
        let block = &body.blocks[at].block;
        attach(&mut body.pictures[n].image, block, at, relation);
    }
    if end - first > 1 && relation == Relation::Caption {
        body.pictures[end - 1].image.caption = Some(BlockId(at as u32));
    }
}

/// How the block after a picture stands to it: its caption if it goes on in the picture's paragraph, or is set in italics or credits somebody
/// in the next one.
fn relation(picture: &Picture, next: &Written, limit: u32) -> Option<Relation> {
    let block = &next.block;
    let weight = wording::weight(&block.text);
    if block.whole().start >= limit || next.level > 0 || weight > LONGEST_CAPTION {
        return None;
    }
    let same_paragraph = next.paragraph == picture.paragraph && picture.paragraph > 0;
    let adjoining = next.paragraph == 0 || next.paragraph <= picture.paragraph + 1;
    let says_so = block.role == Role::Caption || block.marks.has(Marks::SMALL.and(Marks::CAPTION).and(Marks::CREDIT));
    match () {
        () if same_paragraph && (weight <= LONGEST_CAPTION / 2 || says_so) => Some(Relation::Caption),
        () if adjoining && (says_so || (wording::credit_start(&block.text).is_some() && weight <= LONGEST_CAPTION / 2)) => {
            Some(Relation::Caption)
        }
        () if adjoining && !wording::is_prose(&block.text) => Some(Relation::After),
        () => None,
    }
}

/// Adds the picture that the front matter shows above the article, or its words to the picture of that address in the text.
pub(super) fn read_front_matter(document: &mut Document) {
    let Some(root) = document.items.iter().find(|i| i.vocabulary == Vocabulary::FrontMatter && !i.nested) else { return };
    let mut heroes = Vec::new();
    let shown = root.properties.iter().filter(|p| HERO.contains(&plain_key(&p.name).as_str()));
    for property in shown.take(MOST_HEROES) {
        heroes.extend(match &property.value {
            Value::Text(address) if is_picture(address) => Some(hero(address, property.span, flat_words(root, &property.name))),
            Value::Item(id) => nested_hero(document, document.item(*id), 0),
            Value::Text(_) => None,
        });
    }
    for hero in heroes.into_iter().rev() {
        merge(hero, document);
    }
}

/// `Cover-Image` and `coverImage` are one key.
fn plain_key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn hero(address: &str, span: Span, words: Vec<(String, Placed)>) -> Image {
    let mut image = Image { address: address.to_owned(), span, ..Image::default() };
    for (name, placed) in words {
        match name.as_str() {
            "alt" => image.alt = Some(placed),
            "title" => image.title = Some(placed),
            _ => image.attributes.push((name, placed)),
        }
    }
    image
}

/// Words that stand beside a flat address: `image: a.jpg`, `image_credit: Ann`.
fn flat_words(root: &Item, name: &str) -> Vec<(String, Placed)> {
    let key = plain_key(name);
    let beside = root.properties.iter().filter_map(|p| {
        let word = plain_key(&p.name).strip_prefix(&key).filter(|w| !w.is_empty())?.to_owned();
        Some((word, Placed { value: text_of(&p.value)?, span: p.span }))
    });
    beside.collect()
}

/// A map with an address and its words: `cover: {image: a.jpg, caption: …}`, or one that holds such a map.
fn nested_hero(document: &Document, item: &Item, depth: u32) -> Option<Image> {
    let address = item.properties.iter().find(|p| text_of(&p.value).is_some_and(|t| is_picture(&t)));
    if let Some(address) = address {
        let words = item.properties.iter().filter(|p| !std::ptr::eq(*p, address));
        let words = words.filter_map(|p| Some((plain_key(&p.name), Placed { value: text_of(&p.value)?, span: p.span })));
        return Some(hero(&text_of(&address.value)?, address.span, words.collect()));
    }
    let inside = item.properties.iter().filter(|p| HERO.contains(&plain_key(&p.name).as_str())).find_map(|p| match p.value {
        Value::Item(id) => Some(id),
        Value::Text(_) => None,
    });
    inside.filter(|_| depth < 3).and_then(|id| nested_hero(document, document.item(id), depth + 1))
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Item(_) => None,
    }
}

fn merge(hero: Image, document: &mut Document) {
    let end = |address: &str| address.trim_start_matches(['.', '/']).to_owned();
    let same = document.images.iter_mut().find(|i| !i.address.is_empty() && end(&i.address) == end(&hero.address));
    match same {
        Some(image) => {
            image.attributes.extend(hero.attributes);
            image.alt = image.alt.take().or(hero.alt);
            image.title = image.title.take().or(hero.title);
        }
        None => document.images.insert(0, hero),
    }
}
