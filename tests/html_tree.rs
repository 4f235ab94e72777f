//! The tree behind a page is the standard's, and every text and attribute value in it knows its bytes.

use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use rightscheck::document::html::tree;
use scraper::Html;
use scraper::HtmlTreeSink;
use scraper::Node;

/// The tree that html5ever's own tokenizer leads to, with scripts off like ours.
fn expected(page: &str) -> String {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    html5ever::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(page).html()
}

#[track_caller]
fn check(page: &str) {
    let parsed = tree::parse(page);
    assert_eq!(parsed.html.html(), expected(page), "the tree of {page:?}");
    for node in parsed.html.tree.nodes() {
        match node.value() {
            Node::Text(text) => check_text(page, &parsed, node.id(), text),
            Node::Element(element) => check_element(page, &parsed, node.id(), element),
            _ => {}
        }
    }
}

/// The runs of a text follow each other without gaps, ascend in the page, and are its bytes or a reference, a line end, a NUL.
fn check_text(page: &str, parsed: &tree::Parsed<'_>, id: ego_tree::NodeId, text: &str) {
    let mut at = 0;
    for run in parsed.runs(id) {
        assert_eq!(run.at, at, "a gap in {text:?} of {page:?}");
        at += run.len;
        let (source, own) = (&page[run.span.range()], &text[run.at as usize..at as usize]);
        if run.exact {
            assert_eq!(source, own, "in {page:?}");
        } else {
            assert!(source.contains(['&', '\r', '\0', ']']), "{own:?} from {source:?} in {page:?}");
        }
    }
    assert_eq!(at as usize, text.len(), "all of {text:?} in {page:?} has a place");
}

fn check_element(page: &str, parsed: &tree::Parsed<'_>, id: ego_tree::NodeId, element: &scraper::node::Element) {
    let Some(tag) = parsed.start_tag(id) else { return };
    let tag = &page[tag.range()];
    assert!(tag.starts_with('<') && tag.ends_with('>'), "{tag:?} in {page:?}");
    for (name, value) in element.attrs() {
        let Some(span) = parsed.attribute_span(id, name) else { continue };
        let source = &page[span.range()];
        assert!(source == value || source.contains(['&', '\r', '\0']), "{name}: {value:?} from {source:?} in {page:?}");
    }
}

/// Pieces that pages break at.
const HOSTILE: &[&str] = &[
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "<b>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<p class='a&amp;b'>",
    "</p>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<textarea>\n",
    "</textarea>",
    "<title>",
    "</title>",
    "<select>",
    "<option>",
    "<template>",
    "</template>",
    "&",
    "&amp",
    "&copy;",
    "&copy 2024",
    "&#0;",
    "&#x80;",
    "&#99999999;",
    "&notit;",
    "&NotEqualTilde;",
    "\0",
    "\r\n",
    "\r",
    "\u{c}",
    "'",
    "\"",
    "=",
    "/",
    "<plaintext>",
    "<![CDATA[",
    "]]>",
    "<?xml ?>",
    "<noscript>",
    "</noscript>",
    "<frameset>",
    "<frame>",
    "<form>",
    "</form>",
    "<li>",
    "<h1>",
    "<h2 id=&lt;>",
    "<a b=1 b=2>",
    "<x/y=z>",
    "<!DOCTYPE html>",
    "<pre>\n",
    "<br/>",
    "</br>",
    "<caption>",
    "<col>",
    "<colgroup>",
    "<iframe>",
    "<xmp>",
    "<noembed>",
    "<body x=1>",
    "<html y=2 lang=de>",
    "<image src=a>",
    "<!-->",
    "<!>",
    "</>",
    "</ x>",
    "<i><b></i>",
    "<nobr>",
    "<button>",
    "<ruby><rt>",
    "<head>",
    "</head>",
    "</body>",
    "</html>",
    "Wörter über Bilder",
    " und ",
    "Ann Example",
    "© Nova Media",
    "日本語",
    "\n  ",
    "<img alt='&eacute;t&eacute;'>",
    "<!---",
    "--!>",
    "<!-- <!-- -->",
    "&#39;",
    "&nbsp;",
    "<SCRIPT src=x>",
    "<select><title>",
    "<frameset><script>",
    "</frameset>",
    "</select>",
];

/// Pieces that tags are made of.
const IN_TAGS: &[&str] = &[
    "<p",
    "<A",
    "<br",
    "</p",
    "</A",
    "<script",
    "</SCRIPT",
    "</scriptx",
    "<title",
    "</title",
    "<frameset",
    "<!---",
    "<!-->",
    "--!>",
    "&#39;",
    "&nbsp;",
    "<style",
    "</style",
    "<svg",
    "<!--",
    "-->",
    ">",
    ">",
    ">",
    "/>",
    "/",
    " ",
    " ",
    "\t",
    "\r\n",
    "\r",
    "\u{c}",
    " href",
    " ID",
    " a",
    " @b",
    " :c",
    " é",
    "=",
    "=",
    "='",
    "=\"",
    "'",
    "\"",
    "\"x\"",
    "'y'",
    "z",
    "&amp;",
    "&",
    "&copy=",
    " c=\"x&amp;y\"",
    " d='x\r\ny'",
    " e=&copy;",
    " f=\"&copy=1\"",
    " g=x/",
    "`",
    "<",
    "text",
    "\n",
    "?",
    "!",
];

/// xorshift64: the same splices on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

/// Checks `pages` pages of up to `longest` of the `pieces`.
fn check_splices(pieces: &[&str], seed: u64, pages: usize, longest: usize) {
    let mut chance = Chance(seed);
    for _ in 0..pages {
        let length = 1 + chance.below(longest);
        let page: String = (0..length).map(|_| pieces[chance.below(pieces.len())]).collect();
        check(&page);
    }
}

#[test]
fn trees_of_spliced_pieces_are_the_standards() {
    check_splices(HOSTILE, 0x1234_5678_9abc_def1, 20_000, 24);
}

#[test]
fn trees_of_spliced_tags_are_the_standards() {
    check_splices(IN_TAGS, 0x0fed_cba9_8765_4321, 40_000, 16);
}

#[test]
fn misnested_copied_and_renamed_elements_keep_the_right_tags() {
    let page = "<p><b class=x>one<p>two</b><image alt=three>";
    check(page);
    let parsed = tree::parse(page);
    let tags: Vec<_> = parsed
        .html
        .tree
        .root()
        .descendants()
        .filter_map(|n| Some((n.value().as_element()?.name(), parsed.start_tag(n.id()).map(|s| &page[s.range()]))))
        .filter(|(name, _)| !["html", "head", "body"].contains(name))
        .collect();
    let expected = [("p", Some("<p>")), ("b", Some("<b class=x>")), ("p", Some("<p>")), ("b", None), ("img", Some("<image alt=three>"))];
    assert_eq!(tags, expected);
}

#[test]
fn an_element_ends_with_its_end_tag() {
    let page = "<div><figure><img src=a><figcaption>Harbour &amp; pier</figcaption></figure> <p>Text<p>More</div>";
    let parsed = tree::parse(page);
    let span = |name: &str| {
        let nodes = parsed.html.tree.nodes();
        let node = nodes.into_iter().find(|n| n.value().as_element().is_some_and(|e| e.name() == name)).unwrap();
        &page[parsed.element_span(node).range()]
    };
    assert_eq!(span("figcaption"), "<figcaption>Harbour &amp; pier</figcaption>");
    assert_eq!(span("figure"), "<figure><img src=a><figcaption>Harbour &amp; pier</figcaption></figure>");
    assert_eq!(span("p"), "<p>Text");
    assert_eq!(span("div"), page);
}

#[test]
fn hostile_pages_are_cut_and_said_so() {
    let codes = |page: &str| tree::parse(page).problems.iter().map(|p| p.code).collect::<Vec<_>>();
    assert_eq!(codes(&"<div>".repeat(100_000)), ["nested-too-deep"]);
    assert_eq!(codes(&format!("<p {}>", (0..100_000).map(|n| format!("a{n} ")).collect::<String>())), ["too-many-attributes"]);
    let formatting: String = (0..200).map(|n| format!("<b a{n}>")).collect();
    assert_eq!(codes(&format!("<p>{formatting}{}", "<p>x".repeat(20_000))), ["unclosed-formatting"]);
    assert_eq!(codes(&"<p><div></div>".repeat(1_000)), [""; 0]);
}

#[test]
fn the_text_of_an_element_is_what_a_reader_sees() {
    let page = "<div>x</div><div itemprop=text> Harbour <b>&amp;</b><br>\n pier<script>no()</script> </div>after";
    let parsed = tree::parse(page);
    let node = parsed.html.tree.root().descendants().filter(|n| n.value().as_element().is_some_and(|e| e.name() == "div")).nth(1);
    let (text, span) = parsed.visible_text(node.expect("the second div"));
    assert_eq!((text.as_str(), &page[span.range()]), ("Harbour & pier", "Harbour <b>&amp;</b><br>\n pier"));
}
