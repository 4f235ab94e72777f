//! What an element's attributes tell of it, taken down while the tag is read: later they are far from the nearest cache.

use crate::document::html::names::Hints;
use crate::document::html::names::Kind;
use crate::document::html::names::Sense;
use crate::document::html::names::ShortHasher;
use html5ever::LocalName;
use html5ever::local_name;
use scraper::node::Element;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::hash::Hasher;

/// So many class attributes of a page are remembered with what they say; more than a page has that isn't out to slow the table down.
const MOST_REMEMBERED: usize = 2_000;

/// What an element's own name and attributes tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    /// What kind of element it is.
    pub(super) kind: Kind,
    /// What class, id, `itemprop`, `rel` and `role` call it.
    pub(super) sense: Sense,
    /// Stands for the class names: elements of the same have the same number.
    pub(super) classes: u32,
    /// Whether it is hidden by itself.
    pub(super) hidden: bool,
    /// Whether it carries microdata or RDFa.
    pub(super) speaks: bool,
    /// Whether it carries `data-nosnippet`.
    pub(super) nosnippet: bool,
}

impl Default for Told {
    fn default() -> Self {
        Self { kind: Kind::Inline, sense: Sense::default(), classes: 0, hidden: false, speaks: false, nosnippet: false }
    }
}

impl Told {
    /// Whether readers of structured data want the element.
    pub(super) fn is_structured(&self) -> bool {
        self.speaks || self.sense.hints.has(Hints::FORMAT)
    }
}

/// What an attribute of some name can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Nothing,
    Classes,
    /// Names by which the element is called.
    Names,
    Rel,
    /// `itemprop`: a name, and microdata.
    Property,
    Hidden,
    Style,
    AriaHidden,
    NoSnippet,
    /// Microdata or RDFa, whatever the value.
    Structure,
}

impl Topic {
    /// What attributes called `name` tell.
    pub(super) fn of(name: &LocalName) -> Self {
        match *name {
            local_name!("class") => Self::Classes,
            local_name!("id") | local_name!("role") => Self::Names,
            local_name!("rel") => Self::Rel,
            local_name!("itemprop") => Self::Property,
            local_name!("itemscope") | local_name!("property") => Self::Structure,
            local_name!("hidden") => Self::Hidden,
            local_name!("style") => Self::Style,
            _ => match &**name {
                "aria-hidden" => Self::AriaHidden,
                "data-nosnippet" => Self::NoSnippet,
                "typeof" => Self::Structure,
                _ => Self::Nothing,
            },
        }
    }
}

/// Takes attributes in, one by one.
#[derive(Debug, Default)]
pub(super) struct Listener<'s> {
    senses: HashMap<&'s str, Sense, BuildHasherDefault<ShortHasher>>,
}

impl<'s> Listener<'s> {
    /// Adds what an attribute with `value` tells on `topic` to `told`; `own` is the value if it stands so in the source.
    pub(super) fn hear(&mut self, told: &mut Told, topic: Topic, value: &str, own: Option<&'s str>) {
        match topic {
            Topic::Nothing => return,
            Topic::Structure => told.speaks = true,
            Topic::Hidden => told.hidden |= !value.eq_ignore_ascii_case("until-found"),
            Topic::Style => told.hidden |= hides(value),
            Topic::AriaHidden => told.hidden |= value.eq_ignore_ascii_case("true"),
            Topic::NoSnippet => told.nosnippet = true,
            Topic::Classes => told.classes = short_hash(value),
            Topic::Names => {}
            Topic::Property => told.speaks = true,
            Topic::Rel => told.speaks |= value.contains("icen") || value.contains(':'),
        }
        match topic {
            // An id is there once: remembering it would be in vain.
            Topic::Names => told.sense = told.sense.and(Sense::of(value)),
            Topic::Classes | Topic::Rel | Topic::Property => told.sense = told.sense.and(self.sense(value, own)),
            _ => {}
        }
    }

    /// What an element that has no tag of its own tells.
    pub(super) fn hear_all(&mut self, element: &'s Element) -> Told {
        let mut told = Told { kind: Kind::of(element.name()), ..Told::default() };
        for (name, value) in &element.attrs {
            self.hear(&mut told, Topic::of(&name.local), value, Some(value));
        }
        told
    }

    fn sense(&mut self, value: &str, own: Option<&'s str>) -> Sense {
        match own.filter(|_| self.senses.len() < MOST_REMEMBERED) {
            Some(own) => *self.senses.entry(own).or_insert_with(|| Sense::of(own)),
            None => Sense::of(value),
        }
    }
}

/// A number for `names`.
pub(super) fn short_hash(names: &str) -> u32 {
    let mut hasher = ShortHasher::default();
    hasher.write(names.as_bytes());
    (hasher.finish() >> 16) as u32
}

/// Whether a style hides.
fn hides(style: &str) -> bool {
    style.split(';').filter_map(|d| d.split_once(':')).any(|(property, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        match property.trim() {
            p if p.eq_ignore_ascii_case("display") => value.eq_ignore_ascii_case("none"),
            p if p.eq_ignore_ascii_case("visibility") => value.eq_ignore_ascii_case("hidden"),
            _ => false,
        }
    })
}
