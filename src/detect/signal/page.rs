//! The page that signals are read for: its address, the header fields sent with it, the site files that are for it.

use crate::detect::reading::ReadSource;
use crate::detect::reading::Reading;
use crate::document::Field;
use crate::document::site::SiteFile;
use crate::document::site::headers::HeaderBlock;
use crate::document::site::headers::Pages;
use crate::document::site::pattern;
use crate::evidence::Place;
use crate::source::Location;
use crate::source::SourceId;
use crate::terms::Confidence;
use crate::text::Span;
use regex::RegexBuilder;

/// A page with what surrounds it.
pub(in crate::detect) struct Page<'r> {
    pub(in crate::detect) reading: &'r Reading<'r>,
    /// Where it was fetched, else the address it calls its own.
    address: Option<String>,
}

/// A site file that is for the page.
pub(in crate::detect) struct Companion<'r> {
    /// Its number as a source.
    pub(in crate::detect) source: SourceId,
    pub(in crate::detect) read: &'r ReadSource,
    /// The path of the page, as the site file's rules see it.
    pub(in crate::detect) path: String,
    /// Medium where the path is told from folders, because the page doesn't know its address.
    pub(in crate::detect) confidence: Confidence,
}

/// A header field sent with the page.
pub(in crate::detect) struct Header<'r> {
    pub(in crate::detect) value: &'r str,
    pub(in crate::detect) place: Place,
    pub(in crate::detect) confidence: Confidence,
}

impl<'r> Page<'r> {
    pub(in crate::detect) fn new(reading: &'r Reading<'r>) -> Self {
        let source = &reading.main.source;
        let address = source.origin.url.as_ref().or(reading.main.document.address.as_ref()).filter(|a| pattern::path_of(a).is_some());
        Self { reading, address: address.cloned() }
    }

    /// The address, or the path below the site file's folder.
    pub(in crate::detect) fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// Site files that are for the page, in the order given.
    pub(in crate::detect) fn companions(&self) -> impl Iterator<Item = Companion<'r>> {
        let all = self.reading.companions.iter().enumerate();
        all.filter_map(|(n, read)| {
            read.document.site.as_ref()?;
            let (path, confidence) = self.path_seen_from(read)?;
            Some(Companion { source: SourceId(n as u32 + 1), read, path, confidence })
        })
    }

    /// The site files with what they say.
    pub(in crate::detect) fn site(&self) -> impl Iterator<Item = (Companion<'r>, &'r SiteFile)> {
        self.companions().filter_map(|c| c.read.document.site.as_ref().map(|site| (c, site)))
    }

    /// The page's path in the rules of `file`; none if the file is another site's.
    fn path_seen_from(&self, file: &ReadSource) -> Option<(String, Confidence)> {
        let Some(address) = &self.address else { return self.path_in_folder(file).map(|path| (path, Confidence::Medium)) };
        let own = pattern::host_of(address);
        let theirs = file.source.origin.url.as_deref().and_then(pattern::host_of);
        if own.is_some() && theirs.is_some() && own != theirs {
            return None;
        }
        pattern::path_of(address).map(|path| (path, Confidence::High))
    }

    /// The page's path below the folder of `file`: `/news/` for `site/news/index.html` and `site/robots.txt`.
    fn path_in_folder(&self, file: &ReadSource) -> Option<String> {
        let folder = file.source.origin.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = folder.strip_suffix(".well-known").map_or(folder, |f| f.trim_end_matches('/'));
        let page = self.reading.main.source.origin.path.as_str();
        let below = if folder.is_empty() { page } else { page.strip_prefix(folder).unwrap_or(page) };
        let below = below.trim_start_matches('/');
        let below = below.strip_suffix(".gz").unwrap_or(below);
        pattern::path_of(&format!("/{}", below.strip_suffix("index.html").filter(|b| b.is_empty() || b.ends_with('/')).unwrap_or(below)))
    }

    /// The place of bytes `span` of the page itself.
    pub(in crate::detect) fn place(&self, span: Span) -> Place {
        self.reading.value_place(span)
    }

    /// Flat fields of the page of that name.
    pub(in crate::detect) fn fields<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> {
        self.reading.document().fields(name)
    }

    /// Header fields called `name`, those given with the page first.
    pub(in crate::detect) fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Header<'a>> {
        let told = self.reading.main.source.headers.iter().filter(move |(n, _)| n.trim().eq_ignore_ascii_case(name));
        let told = told.map(|(_, value)| Header { value: value.trim(), place: nowhere(), confidence: Confidence::High });
        let blocks = self.site().filter_map(|(companion, site)| match site {
            SiteFile::Headers(blocks) => Some((companion, blocks)),
            _ => None,
        });
        let in_files = blocks.flat_map(move |(companion, blocks)| {
            let fields = blocks.iter().filter(|b| self.is_sent_with(b, &companion)).flat_map(|b| &b.fields);
            let named: Vec<_> = fields.filter(|f| f.name == name).map(|f| header(f, &companion)).collect();
            named
        });
        told.chain(in_files)
    }

    fn is_sent_with(&self, block: &HeaderBlock, companion: &Companion<'_>) -> bool {
        let file = || self.reading.main.source.origin.path.rsplit('/').next().unwrap_or_default();
        match &block.pages {
            Pages::All => true,
            Pages::Path(pattern) => pattern.matches(&companion.path),
            Pages::Address(address) => self.is_at(address),
            Pages::File(name) => globset::Glob::new(name).is_ok_and(|g| g.compile_matcher().is_match(file())),
            Pages::FileMatch(regex) => RegexBuilder::new(regex).size_limit(1 << 20).build().is_ok_and(|r| r.is_match(file())),
        }
    }

    fn is_at(&self, address: &str) -> bool {
        let normal = |a: &str| (pattern::host_of(a), pattern::path_of(a));
        self.address.as_deref().is_some_and(|own| normal(own) == normal(address))
    }
}

impl Companion<'_> {
    /// The place of bytes `span` of the file.
    pub(in crate::detect) fn place(&self, span: Span) -> Place {
        self.read.place(self.source, span)
    }
}

fn header<'f>(field: &'f Field, companion: &Companion<'_>) -> Header<'f> {
    Header { value: &field.value, place: companion.place(field.span), confidence: companion.confidence }
}

/// Header fields given on the command line stand in no source.
fn nowhere() -> Place {
    Place { location: Location { source: SourceId(0), span: Span::default() }, quote: String::new() }
}
