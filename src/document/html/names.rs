//! What element names and class names say: kinds of elements, marks and hints.

use crate::document::Marks;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::hash::Hasher;
use std::ops::BitOr;
use std::ops::BitOrAssign;
use std::sync::LazyLock;

/// A quick hash for short names. The tables are small, so hostile names can't make them slow.
#[derive(Default)]
pub(super) struct ShortHasher(u64);

impl ShortHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for ShortHasher {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            self.mix(rest.iter().fold(rest.len() as u64, |word, &byte| word << 8 | u64::from(byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }
}

/// A table of names.
pub(super) type Table<V> = HashMap<&'static str, V, BuildHasherDefault<ShortHasher>>;

/// Kinds of elements, as far as reading a page needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a line.
    Inline,
    /// Stands apart, says nothing else.
    Block,
    Paragraph,
    Heading,
    Break,
    Link,
    Time,
    Quotation,
    /// `small`, `cite`, `i`, `em`.
    Small,
    Image,
    Picture,
    Source,
    Video,
    /// A frame that shows a page or a medium of somebody else.
    Embed,
    Figure,
    Caption,
    Header,
    Footer,
    Navigation,
    Aside,
    Article,
    Main,
    List,
    Item,
    Table,
    Cell,
    BlockQuote,
    Preformatted,
    Address,
    Form,
    /// Buttons, selection lists, text fields.
    Control,
    Dialog,
    Script,
    /// No text for readers inside.
    Silent,
    Noscript,
    Head,
    Meta,
    LinkElement,
    Title,
    Html,
    Body,
}

impl Kind {
    /// The kind of an element by its name.
    pub(super) fn of(name: &str) -> Self {
        KINDS.get(name).copied().unwrap_or(Self::Inline)
    }

    /// Whether it ends the line before and after it.
    pub(super) fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Break
                | Self::Link
                | Self::Time
                | Self::Quotation
                | Self::Small
                | Self::Image
                | Self::Picture
                | Self::Source
                | Self::Video
                | Self::Embed
                | Self::Script
                | Self::Silent
                | Self::Noscript
                | Self::Meta
                | Self::LinkElement
                | Self::Title
        )
    }
}

static KINDS: LazyLock<Table<Kind>> = LazyLock::new(|| {
    let of = |kind: Kind, names: &'static str| names.split_ascii_whitespace().map(move |name| (name, kind));
    [
        of(Kind::Block, "div section ul ol dl menu tbody thead tfoot tr fieldset details summary hgroup center search hr legend frameset"),
        of(Kind::Paragraph, "p"),
        of(Kind::Heading, "h1 h2 h3 h4 h5 h6"),
        of(Kind::Break, "br"),
        of(Kind::Link, "a"),
        of(Kind::Time, "time"),
        of(Kind::Quotation, "q"),
        of(Kind::Small, "small cite i em"),
        of(Kind::Image, "img amp-img image"),
        of(Kind::Picture, "picture"),
        of(Kind::Source, "source"),
        of(Kind::Video, "video audio amp-video"),
        of(Kind::Figure, "figure"),
        of(Kind::Caption, "figcaption caption"),
        of(Kind::Header, "header"),
        of(Kind::Footer, "footer"),
        of(Kind::Navigation, "nav"),
        of(Kind::Aside, "aside"),
        of(Kind::Article, "article"),
        of(Kind::Main, "main"),
        of(Kind::List, "ul ol dl menu"),
        of(Kind::Item, "li dt dd"),
        of(Kind::Table, "table"),
        of(Kind::Cell, "td th"),
        of(Kind::BlockQuote, "blockquote"),
        of(Kind::Preformatted, "pre listing xmp plaintext"),
        of(Kind::Address, "address"),
        of(Kind::Form, "form"),
        of(Kind::Control, "button select textarea optgroup option"),
        of(Kind::Dialog, "dialog"),
        of(Kind::Script, "script"),
        of(
            Kind::Embed,
            "iframe object embed amp-iframe amp-youtube amp-vimeo amp-dailymotion amp-brightcove amp-jwplayer amp-soundcloud amp-facebook amp-instagram amp-twitter amp-tiktok",
        ),
        of(Kind::Silent, "style template svg canvas noembed noframes datalist map"),
        of(Kind::Noscript, "noscript"),
        of(Kind::Head, "head"),
        of(Kind::Meta, "meta"),
        of(Kind::LinkElement, "link"),
        of(Kind::Title, "title"),
        of(Kind::Html, "html"),
        of(Kind::Body, "body"),
    ]
    .into_iter()
    .flatten()
    .collect()
});

/// What class names say about the part a container plays; a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(super) struct Hints(pub(super) u32);

impl Hints {
    pub(super) const ARTICLE: Self = Self(1);
    pub(super) const HEADLINE: Self = Self(1 << 1);
    pub(super) const LEAD: Self = Self(1 << 2);
    pub(super) const BODY: Self = Self(1 << 3);
    pub(super) const HEADER: Self = Self(1 << 4);
    pub(super) const FOOTER: Self = Self(1 << 5);
    pub(super) const NAVIGATION: Self = Self(1 << 6);
    pub(super) const ASIDE: Self = Self(1 << 7);
    pub(super) const TEASER: Self = Self(1 << 8);
    pub(super) const COMMENT: Self = Self(1 << 9);
    pub(super) const INTERFACE: Self = Self(1 << 10);
    pub(super) const SHARE: Self = Self(1 << 11);
    pub(super) const ADVERT: Self = Self(1 << 12);
    pub(super) const QUOTE: Self = Self(1 << 13);
    pub(super) const LOGO: Self = Self(1 << 14);
    pub(super) const ICON: Self = Self(1 << 15);
    pub(super) const PORTRAIT: Self = Self(1 << 16);
    pub(super) const GALLERY: Self = Self(1 << 17);
    pub(super) const META: Self = Self(1 << 18);
    pub(super) const LIST: Self = Self(1 << 19);
    pub(super) const IMAGE: Self = Self(1 << 20);
    pub(super) const PAGE: Self = Self(1 << 21);
    pub(super) const SUB: Self = Self(1 << 22);
    pub(super) const COUNT: Self = Self(1 << 23);
    pub(super) const RELATED: Self = Self(1 << 24);
    /// The root of a microformat. Says nothing about roles.
    pub(super) const FORMAT: Self = Self(1 << 25);

    /// Whether any of `other`'s is set.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether none is set.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Hints {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Hints {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What names say of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sense {
    /// For detectors.
    pub(super) marks: Marks,
    /// For the roles of blocks.
    pub(super) hints: Hints,
}

impl Sense {
    /// Both.
    pub(super) fn and(self, other: Self) -> Self {
        Self { marks: self.marks.and(other.marks), hints: self.hints | other.hints }
    }

    /// What a class attribute, an id or the like says: each whole token, and its parts between hyphens, underscores and humps.
    pub(super) fn of(names: &str) -> Self {
        let tokens = names.as_bytes().split(u8::is_ascii_whitespace).filter(|t| !t.is_empty());
        tokens.take(40).fold(Self::default(), |sense, token| sense.and(Self::of_token(token)))
    }

    fn of_token(token: &[u8]) -> Self {
        let mut sense = if token.starts_with(b"h-") { Self { hints: Hints::FORMAT, ..Self::default() } } else { Self::default() };
        let (mut start, mut before) = (0, Letter::No);
        for (at, &byte) in token.iter().enumerate() {
            let letter = LETTERS[usize::from(byte)];
            if letter == Letter::No || (letter == Letter::Capital && before == Letter::Small) {
                sense = sense.and(VOCABULARY.sense(&token[start..at]));
                start = at + usize::from(letter == Letter::No);
            }
            before = letter;
        }
        if start > 0 {
            sense = sense.and(VOCABULARY.sense(&token[start..]));
        }
        sense.and(VOCABULARY.sense(token))
    }
}

/// What a byte of a name is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    /// Hyphens, digits and the like, which part names.
    No,
    Small,
    Capital,
    /// Beyond ASCII.
    Other,
}

/// What each byte is.
static LETTERS: [Letter; 256] = {
    let (mut letters, mut byte) = ([Letter::Other; 256], 0_u8);
    while byte < 0x80 {
        letters[byte as usize] = match byte {
            b'a'..=b'z' => Letter::Small,
            b'A'..=b'Z' => Letter::Capital,
            _ => Letter::No,
        };
        byte += 1;
    }
    letters
};

/// A hash of a name whatever the case of its letters. Names are told apart by it alone: among a few hundred words of 64 bits a false
/// match won't happen by accident, and one on purpose gains nothing that writing the word itself would not.
fn hash(name: &[u8]) -> u64 {
    const SMALL: u64 = 0x2020_2020_2020_2020;
    let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = name.as_chunks();
    let hash = words.iter().fold(name.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word) | SMALL));
    let last = rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
    let hash = mix(hash, last | SMALL);
    hash ^ hash >> 29
}

/// Passes on a number that is a hash already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// What names mean.
struct Vocabulary {
    /// A bit for each name: most names say nothing, and a look at 8 KiB tells.
    gate: Box<[u64; 1024]>,
    table: HashMap<u64, Sense, BuildHasherDefault<Hashed>>,
}

impl Vocabulary {
    fn new(table: HashMap<u64, Sense, BuildHasherDefault<Hashed>>) -> Self {
        let mut gate = Box::new([0; 1024]);
        table.keys().map(|&hash| Self::bit(hash)).for_each(|bit| gate[bit / 64] |= 1 << (bit % 64));
        Self { gate, table }
    }

    /// What a name says. The shortest that says anything has two letters.
    fn sense(&self, name: &[u8]) -> Sense {
        if name.len() < 2 {
            return Sense::default();
        }
        let hash = hash(name);
        let bit = Self::bit(hash);
        let known = self.gate[bit / 64] >> (bit % 64) & 1 == 1;
        known.then(|| self.table.get(&hash).copied()).flatten().unwrap_or_default()
    }

    fn bit(hash: u64) -> usize {
        (hash >> 40) as usize % (64 * 1024)
    }
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut table = HashMap::<u64, Sense, BuildHasherDefault<Hashed>>::default();
    let mut add = |sense: Sense, names: &'static str| {
        for name in names.split_ascii_whitespace() {
            let known = table.entry(hash(name.as_bytes())).or_default();
            *known = known.and(sense);
        }
    };
    let mark = |marks| Sense { marks, hints: Hints::default() };
    let hint = |hints| Sense { marks: Marks::default(), hints };
    add(
        mark(Marks::AUTHOR),
        "author authors byline bylines autor autoren autorin auteur auteurs autore autori autores writer writers verfasser redakteur reporter reporters journalist contributor contributors creator creators signature firma skribent forfatter kirjoittaja author-name p-author",
    );
    add(
        mark(Marks::DATE),
        "date dates datetime dateline datestamp datum data fecha time times timestamp published publish pubdate publication posted post-date datepublished dateposted updated dt-published issued created",
    );
    add(mark(Marks::UPDATED), "updated update modified lastmodified datemodified aktualisiert actualizado aggiornato");
    add(
        mark(Marks::CREDIT),
        "credit credits photocredit imagecredit photo-credit image-credit photographer photographers photog fotograf fotografin fotografo fotografer photographe photoby copyrightholder creditline bildrechte bildnachweis bildquelle kuvaaja foto-credit",
    );
    add(
        mark(Marks::CAPTION),
        "caption captions figcaption wp-caption-text bildunterschrift bildtext bildunter legend legende legenda didascalia leyenda bijschrift pie kuvateksti bildetekst photo-caption image-caption imagecaption photocaption subcaption",
    );
    add(
        mark(Marks::COPYRIGHT),
        "copyright copyrights copyrightnotice copyright-notice rights legal legalnotice imprint impressum disclaimer colophon rechte derechos droits diritti",
    );
    add(
        mark(Marks::SOURCE),
        "source sources quelle quellen fuente fonte agency agencies agentur agence agencia agenzia provider bron kilde",
    );
    add(
        mark(Marks::LICENCE),
        "license licence licensing lizenz licenza licencia licentie creativecommons creative-commons cc-license cclicense",
    );
    add(
        mark(Marks::BIOGRAPHY),
        "bio biography authorbox author-box author-bio authorbio vita aboutauthor about-author about-the-author autorenbox",
    );
    add(mark(Marks::SMALL), "small footnote fineprint smallprint");
    add(
        mark(Marks::HIDDEN),
        "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader screenreader visuallyhidden offscreen sronly element-invisible assistive-text a11y-hidden",
    );
    add(
        hint(Hints::ARTICLE),
        "article artikel articulo articolo story stories hentry h-entry newsarticle blogposting entry post posting beitrag nota noticia newsstory",
    );
    add(
        hint(Hints::HEADLINE),
        "headline title heading titel titulo titre titolo überschrift h1 hed hdl entry-title p-name posttitle post-title",
    );
    add(
        hint(Hints::LEAD),
        "lead lede leadtext standfirst subtitle subheadline subhead subheading deck dek intro introtext vorspann teaser-intro chapo chapeau sommario occhiello bajada entradilla sapo ingress preamble kicker-text summary abstract excerpt sottotitolo untertitel",
    );
    add(
        hint(Hints::BODY),
        "body content text articlebody article-body articletext storybody story-body storytext maintext richtext prose paragraph paragraphs bodytext entry-content e-content post-content cuerpo corpo corps inhalt article-content articlecontent brodtext",
    );
    add(hint(Hints::HEADER), "header masthead topbar sitehead siteheader banner page-header kopf pagehead topper");
    add(
        hint(Hints::FOOTER),
        "footer foot bottom fuss pagefooter sitefooter site-footer subfooter colophon footnav footbar pie-pagina contentinfo",
    );
    add(
        hint(Hints::NAVIGATION),
        "nav navi navigation navbar menu menus submenu breadcrumb breadcrumbs crumbs crumb pagination pager pagenav tabs tabbar sitemap toc topnav mainnav dropdown hamburger offcanvas skip skiplink skip-link toolbar prevnext subnav metanav rubrik ressort",
    );
    add(
        hint(Hints::ASIDE),
        "aside sidebar side-bar rail widget widgets infobox factbox fact-box box tags taglist keywords keyword topics topic sidecolumn marginal rightcol right-col rightcolumn complementary supplement about notes footnotes correction corrections",
    );
    add(
        hint(Hints::TEASER),
        "teaser teasers card cards promo promos tile tiles recommendation recommendations recommended recirc outbrain taboola trending popular mostread most-read mostpopular most-popular latest headlines feed newsfeed ticker more-news morenews river moreon more-on readmore read-more readnext read-next upnext up-next suggested suggestions weitere weiterlesen mehr-zum-thema alsoread also-read youmaylike carousel slider swiper snippet preview",
    );
    add(hint(Hints::RELATED), "related relateds similar verwandt relacionadas relacionados correlati recent ");
    add(
        hint(Hints::COMMENT),
        "comment comments commentlist comment-list comment-body comment-content disqus discussion replies reply respond kommentar kommentare comentario comentarios commentaire commentaires commenti commento reader-comments readercomments forum livefyre coral hyvor",
    );
    add(
        hint(Hints::INTERFACE),
        "cookie cookies consent gdpr cmp onetrust privacy-banner popup modal overlay dialog lightbox-nav newsletter subscribe subscription signup sign-up login signin sign-in register paywall form search searchbox searchform button buttons btn control controls player toast alert notification notifications tooltip cta donate donation abo piano regwall metered survey poll quiz app-banner install settings feedback captcha",
    );
    add(
        hint(Hints::SHARE),
        "share sharing sharer social socials sharebar share-bar share-buttons addthis addtoany sharethis facebook twitter whatsapp pinterest linkedin follow print bookmark social-links sharelinks",
    );
    add(
        hint(Hints::ADVERT),
        "ad ads adv advert adverts advertisement advertising adslot ad-slot adunit adbox ad-container dfp gpt adsense sponsor sponsored sponsors anzeige werbung publicidad publicite pubblicita reklam reklame banner-ad native-ad promoted",
    );
    add(hint(Hints::QUOTE), "quote pullquote pull-quote blockquote quotation zitat citation cita");
    add(hint(Hints::LOGO), "logo logos brand branding wordmark sitelogo site-logo logotype");
    add(hint(Hints::ICON), "icon icons ico svg emoji sprite glyph flag badge spinner loader avatar-icon arrow pixel tracking");
    add(
        hint(Hints::PORTRAIT),
        "avatar avatars headshot portrait profile gravatar author-image authorimage author-photo userpic mugshot author-avatar",
    );
    add(hint(Hints::GALLERY), "gallery galleries slideshow slides galerie galeria photogallery bildergalerie fotostrecke lightbox");
    add(
        hint(Hints::META),
        "meta metadata info infos entry-meta post-meta article-meta byline dateline articlemeta article-info postinfo details attribution",
    );
    add(hint(Hints::LIST), "list lists listing grid items archive collection");
    add(
        hint(Hints::IMAGE),
        "image images img photo photos picture pictures media figure bild bilder foto fotos thumbnail thumb visual hero featured illustration",
    );
    add(hint(Hints::PAGE), "page site global main wrapper container layout app root");
    add(hint(Hints::SUB), "sub");
    add(hint(Hints::FORMAT), "hentry vcard hcard");
    add(hint(Hints::COUNT), "count counter number num toggle link trigger icon");
    Vocabulary::new(table)
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_at_hyphens_underscores_and_humps() {
        assert!(Sense::of("x articleBody__caption-2").hints.has(Hints::ARTICLE));
        assert!(Sense::of("x articleBody__caption-2").hints.has(Hints::BODY));
        assert!(Sense::of("x articleBody__caption-2").marks.has(Marks::CAPTION));
        assert!(Sense::of("storyByline").marks.has(Marks::AUTHOR));
        assert!(Sense::of("x photo-credit").marks.has(Marks::CREDIT));
        assert_eq!(Sense::of("authority datatable"), Sense::default());
    }
}
