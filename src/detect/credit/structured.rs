//! What structured data says of pictures: schema.org `ImageObject` with `creditText`, `copyrightNotice`, `creator` and the like.

use crate::detect::article;
use crate::detect::credit::body::Known;
use crate::detect::credit::candidate::Candidate;
use crate::detect::credit::candidate::Source;
use crate::detect::credit::find;
use crate::detect::credit::find::Setting;
use crate::detect::credit::piece::Piece;
use crate::detect::reading::Reading;
use crate::document::Document;
use crate::document::Image;
use crate::document::Item;
use crate::document::ItemId;
use crate::document::address::file_key;
use crate::terms::Confidence;
use std::collections::HashMap;

/// Properties that credit a picture, the plainest first.
const PROPERTIES: &[&str] = &["creditText", "copyrightNotice", "copyrightHolder", "creator", "author", "credit"];

/// Picture items by the names of their files.
pub(super) struct Index {
    items: HashMap<String, Vec<ItemId>>,
}

impl Index {
    /// Collects the picture items of a document.
    pub(super) fn new(document: &Document) -> Self {
        let mut items: HashMap<String, Vec<ItemId>> = HashMap::new();
        for (n, item) in document.items.iter().enumerate().filter(|(_, i)| i.is(&["ImageObject", "Photograph"])) {
            for address in addresses(item) {
                let Some(key) = file_key(address) else { continue };
                let known = items.entry(key).or_default();
                if !known.contains(&ItemId(n as u32)) && known.len() < 8 {
                    known.push(ItemId(n as u32));
                }
            }
        }
        Self { items }
    }

    /// What the items of `image` credit it with.
    pub(super) fn credits(&self, reading: &Reading<'_>, known: Known<'_>, image: &Image) -> Vec<Candidate> {
        let addresses = std::iter::once(&image.address).chain(image.variants.iter().take(12));
        let keys: Vec<String> = addresses.filter_map(|a| file_key(a)).collect();
        let mut seen: Vec<ItemId> = Vec::new();
        for id in keys.iter().filter_map(|k| self.items.get(k)).flatten() {
            if !seen.contains(id) {
                seen.push(*id);
            }
        }
        seen.into_iter().find_map(|id| credit(reading, known, reading.document().item(id))).into_iter().collect()
    }
}

fn addresses(item: &Item) -> impl Iterator<Item = &str> {
    let values = ["contentUrl", "url", "thumbnailUrl", "embedUrl"].into_iter().flat_map(|name| item.get(name).filter_map(article::text_of));
    values.chain(item.id.as_deref())
}

/// The plainest property that reads as a credit.
fn credit(reading: &Reading<'_>, known: Known<'_>, item: &Item) -> Option<Candidate> {
    let document = reading.document();
    PROPERTIES.iter().flat_map(|name| item.get(name)).find_map(|property| {
        let named = article::named(document, property)?;
        let piece = Piece::new(&named.name, reading.lexicon);
        let found = find::find(&piece, Setting::Credit, known).into_iter().next()?;
        let confidence = if found.known || !found.doubtful { Confidence::Medium } else { Confidence::Low };
        Some(Candidate { found, source: Source::Value(named.span), visible: false, weight: 0.0, confidence })
    })
}
