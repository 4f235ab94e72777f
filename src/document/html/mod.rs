//! Web pages: html5gum's tokens make the standard's tree, and every element, attribute value and text knows its bytes.
//!
//! `tokens` (with `ahead` for what is simple) and `tree` parse; `layout` walks the tree once and yields blocks, containers and the elements that others read;
//! `roles`, `fields`, `pictures` and `structured` make the document of it.

mod ahead;
mod fields;
mod formatting;
mod gathered;
mod guard;
mod layout;
mod names;
mod pictures;
mod reference;
mod roles;
mod sparing;
pub(in crate::document) mod structured;
mod tokens;
mod told;
pub mod tree;

use crate::document::Document;
use crate::document::html::layout::Layout;
use crate::document::html::layout::attribute;
use crate::document::html::structured::Collector;
use crate::document::html::tree::Parsed;
use crate::source::Source;
use crate::text::Span;
use html5ever::local_name;

/// Reads a page.
pub fn read(source: &Source) -> Document {
    let mut document = read_text(&source.text);
    document.address = document.address.or_else(|| source.origin.url.clone());
    document
}

/// Reads mark-up, be it a page or pieces of one.
pub(in crate::document) fn read_text(text: &str) -> Document {
    document_of(tree::parse_sparingly(text))
}

fn document_of(mut parsed: Parsed<'_>) -> Document {
    let problems = std::mem::take(&mut parsed.problems);
    let mut layout = layout::lay_out(&parsed);
    let mut document = Document { problems, ..Document::default() };
    fields::read(&parsed, &layout, &mut document);
    document.language = fields::language(&parsed, &document);
    document.address = fields::address(&document);
    structured(&parsed, &layout, &mut document);
    roles::assign(&mut layout, &document);
    document.blocks = std::mem::take(&mut layout.blocks);
    document.directives = std::mem::take(&mut layout.directives);
    pictures::read(&parsed, &layout, &mut document);
    document
}

/// The visible text of every element of the page `source` that `selector` matches, with its bytes, in document order. Parses the page:
/// only for selectors that a policy brings.
pub fn select(source: &str, selector: &scraper::Selector) -> Vec<(String, Span)> {
    let parsed = tree::parse(source);
    let hits = parsed.html.select(selector).map(|element| parsed.visible_text(*element));
    hits.filter(|(text, _)| !text.is_empty()).collect()
}

/// Adds the items of a page: JSON-LD, microdata, RDFa, microformats.
fn structured(parsed: &Parsed<'_>, layout: &Layout, document: &mut Document) {
    let mut collector = Collector::default();
    for &script in &layout.data_scripts {
        let media_type = parsed.element_of(script).and_then(|e| attribute(e, &local_name!("type"))).unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/ld+json")
            && let Some(span) = parsed.content_span(script)
        {
            collector.json_ld(parsed.source, span);
        }
    }
    collector.mark_up(parsed, &layout.structured);
    collector.finish(document);
}

#[cfg(test)]
mod tests {
    use super::document_of;
    use super::tree;

    /// What may stand in a page, as far as it bears on what may be left out of its tree.
    const PIECES: &[&str] = &[
        " ",
        "\n",
        "\t",
        "word",
        "Word ",
        " .",
        "é",
        "&nbsp;",
        "&amp;",
        "<br>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<section>",
        "</section>",
        "<ul>",
        "<li>",
        "</li>",
        "</ul>",
        "<span>",
        "</span>",
        "<b>",
        "</b>",
        "<i class=author>",
        "</i>",
        "<a href=/a title=b class=byline>",
        "</a>",
        "<a data-x=y>",
        "<pre>",
        "</pre>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "</table>",
        "<tbody>",
        "<caption>",
        "<select>",
        "<option>",
        "</select>",
        "<button>",
        "</button>",
        "<form>",
        "</form>",
        "<h1 class=headline>",
        "</h1>",
        "<h2>",
        "</h2>",
        "<header>",
        "</header>",
        "<template>",
        "</template>",
        "<noscript>",
        "</noscript>",
        "<textarea>",
        "</textarea>",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<!-- x -->",
        "<!--x",
        "<!-- rightscheck: ignore -->",
        "<svg>",
        "<svg class=logo/>",
        "</svg>",
        "<svg><path d='M0 0'/><g> x </g></svg>",
        "<path>",
        "<svg><title>t</title></svg>",
        "<foreignObject>",
        "<math>",
        "<mi>",
        "</math>",
        "<img src=/a.jpg alt='Boats' class=photo>",
        "<figure class=x>",
        "<figcaption>",
        "</figcaption>",
        "</figure>",
        "<div class='article-body x' style='color:red' data-y=z>",
        "<div class=credit>",
        "<span class='credit' id=c>",
        "<p hidden>",
        "<div class=a class=byline>",
        "<div class=a class='byline&amp;x'>",
        "<span data-x='&copy='>",
        "<amp-iframe>",
        "</amp-iframe>",
        "<div style=display:none>",
        "<div aria-hidden=true>",
        "<p data-nosnippet>",
        "<div class='h-card' title=t>",
        "<span class=p-name title=u>",
        "<div itemscope itemtype=https://schema.org/Article>",
        "<span itemprop=author>",
        "<span itemprop=name content=n>",
        "<div typeof=Article>",
        "<span property=creator>",
        "<blockquote class=twitter-tweet>",
        "</blockquote>",
        "<time datetime=2026-01-02 title=t>",
        "</time>",
        "<body>",
        "<html lang=en>",
        "<head>",
        "</head>",
        "</body>",
        "</html>",
        "<iframe src=/b></iframe>",
        "<small>",
        "</small>",
        "\0",
        "\r\n",
    ];

    #[track_caller]
    fn check(page: &str) {
        let [whole, sparing] = [tree::parse(page), tree::parse_sparingly(page)].map(|parsed| format!("{:#?}", document_of(parsed)));
        let differing = whole.lines().zip(sparing.lines()).enumerate().find(|(_, (whole, sparing))| whole != sparing);
        assert_eq!((differing, whole.len()), (None, sparing.len()), "{page:?}");
    }

    /// What bears on white space, few enough that every way to mix some of them comes up.
    const SPACED: &[&str] = &[
        " ",
        "\n",
        " ",
        "word",
        "Word",
        "<a href=/a>",
        "</a>",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<p>",
        "<br>",
        "<span class=author>",
        "</span>",
        "<img src=/a.jpg>",
        "<svg></svg>",
        "<table><tr><td>",
        "</table>",
        "<select>",
        "<pre>",
        "<!-- x -->",
        "<amp-iframe>",
        "</amp-iframe>",
        "<div class=a class='byline&amp;x'>",
    ];

    /// Checks `pages` pages spliced of up to `longest` of the `pieces`, the same on every machine.
    fn check_splices(pieces: &[&str], pages: usize, longest: usize) {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut below = |most: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % most as u64) as usize
        };
        for _ in 0..pages {
            let length = 1 + below(longest);
            let start = ["", "", "", "<body class=hentry>"][below(4)];
            check(&(0..length).map(|_| pieces[below(pieces.len())]).fold(start.to_owned(), |page, piece| page + piece));
        }
    }

    #[test]
    fn what_stays_out_of_the_tree_is_read_by_nothing() {
        check_splices(PIECES, 20_000, 28);
        check_splices(SPACED, 30_000, 14);
    }

    #[cfg(feature = "cli")]
    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test reads the samples")]
    fn samples_are_read_alike_from_the_whole_tree() {
        let samples = walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")).into_iter().filter_map(Result::ok);
        let pages: Vec<_> = samples.filter(|f| f.path().extension().is_some_and(|e| e == "html")).collect();
        assert!(!pages.is_empty());
        for page in pages {
            check(&String::from_utf8_lossy(&std::fs::read(page.path()).expect("a sample can be read")));
        }
    }
}
