//! Front matter: the statements at the top of a Markdown file, in YAML (`---`), TOML (`+++`) or JSON (`{`, `;;;`).

mod toml;
mod yaml;

use crate::document::Document;
use crate::document::Item;
use crate::document::ItemId;
use crate::document::Problem;
use crate::document::Property;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::document::json;
use crate::document::json::Json;
use crate::text::Span;
use crate::text::squeeze;

/// Front matter is written by hand or by a form; what is longer or nested deeper is none, and could make the YAML scanner slow.
const LONGEST: usize = 256 << 10;
const DEEPEST: usize = 60;

/// A value with its bytes.
#[derive(Debug, Clone, PartialEq)]
struct Node {
    tree: Tree,
    span: Span,
}

/// What the three formats have in common. Numbers, dates and truth values stay as written.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Null,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// The format of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Yaml,
    Toml,
    Json,
}

/// Front matter found at the top of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    format: Format,
    /// Its content, between the fences.
    content: Span,
    /// Where the Markdown starts.
    end: usize,
}

/// Reads the front matter of `text` into an item of `document`, and returns where the Markdown starts.
pub(super) fn read(text: &str, document: &mut Document) -> usize {
    let Some(found) = find(text, document) else { return 0 };
    let content = &text[found.content.range()];
    if content.len() > LONGEST || depth(content) > DEEPEST {
        document.problems.push(problem("is too long or nested too deeply; it was skipped", found.content, true));
        return found.end;
    }
    let root = match found.format {
        Format::Yaml => yaml::parse(text, found.content, &mut document.problems),
        Format::Toml => toml::parse(text, found.content, &mut document.problems),
        Format::Json => from_json(text, found.content, &mut document.problems),
    };
    if let Tree::Map(members) = root.tree
        && !members.is_empty()
    {
        item(&members, found.content, false, document);
    }
    found.end
}

fn find(text: &str, document: &mut Document) -> Option<Found> {
    let start = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
    let rest = &text[start..];
    let (first, _) = line(rest);
    match first.trim_end() {
        "---" => fenced(text, start, Format::Yaml, &["---", "..."], document),
        "+++" => fenced(text, start, Format::Toml, &["+++"], document),
        ";;;" => fenced(text, start, Format::Json, &[";;;"], document),
        _ if rest.starts_with('{') && is_json_object(rest) => {
            let end = start + json::end_of_value(rest)?;
            Some(Found { format: Format::Json, content: Span::new(start, end), end })
        }
        _ => None,
    }
}

/// Front matter between two fences. A `---` that no field follows is a line across the page.
fn fenced(text: &str, start: usize, format: Format, closers: &[&str], document: &mut Document) -> Option<Found> {
    let content = start + line(&text[start..]).1;
    let mut at = content;
    while at < text.len() {
        let (this, len) = line(&text[at..]);
        if closers.contains(&this.trim_end()) {
            let found = Found { format, content: Span::new(content, at), end: at + len };
            return (format != Format::Yaml || is_yaml(&text[content..at])).then_some(found);
        }
        at += len;
    }
    if is_field(line(&text[content..]).0) {
        let message = "has no closing line; the file was read as Markdown";
        document.problems.push(problem(message, Span::new(start, content), true));
    }
    None
}

/// The first line of `text` without its end, and its length with it.
fn line(text: &str) -> (&str, usize) {
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()) {
        None => (text, text.len()),
        Some(end) if text.as_bytes()[end..].starts_with(b"\r\n") => (&text[..end], end + 2),
        Some(end) => (&text[..end], end + 1),
    }
}

/// Whether a passage between two `---` is YAML: some line at the margin is a field, or nothing stands there.
fn is_yaml(content: &str) -> bool {
    content.trim().is_empty() || content.lines().any(is_field)
}

/// Whether a line is `name: value`.
fn is_field(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    let name = name.trim_matches(['"', '\'']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@');
    !name.is_empty() && name.len() <= 60 && name.chars().all(plain) && (value.is_empty() || value.starts_with([' ', '\t', '\r']))
}

fn is_json_object(text: &str) -> bool {
    text[1..].trim_start().starts_with(['"', '}'])
}

/// How deep brackets are nested.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    // Indentation and dashes nest too: "- - - -".
    let dashes = text.lines().map(|l| l.matches("- ").count() + l.len() / 2 - l.trim_start().len() / 2).max().unwrap_or(0);
    deepest.max(dashes / 4)
}

fn problem(what: &str, span: Span, loses_content: bool) -> Problem {
    Problem { code: "broken-front-matter", message: format!("the front matter {what}"), span: Some(span), loses_content }
}

fn from_json(text: &str, content: Span, problems: &mut Vec<Problem>) -> Node {
    let mut parsed = json::parse(text, content);
    if let Some(flaw) = parsed.flaws.iter().find(|f| f.loses).or(parsed.flaws.first()) {
        let at = Span { start: flaw.at, end: flaw.at };
        problems.push(problem(&format!("has {}; the rest of it was read", flaw.what), at, flaw.loses));
    }
    match parsed.values.is_empty() {
        true => Node { tree: Tree::Null, span: content },
        false => json_node(parsed.values.swap_remove(0)),
    }
}

fn json_node(node: json::Node<'_>) -> Node {
    let tree = match node.value {
        Json::Null => Tree::Null,
        Json::Bool(value) => Tree::Text(value.to_string()),
        Json::Number(number) => Tree::Text(number.to_owned()),
        Json::String(text) => Tree::Text(text.into_owned()),
        Json::Array(values) => Tree::List(values.into_iter().map(json_node).collect()),
        Json::Object(members) => Tree::Map(members.into_iter().map(|(name, value)| (name.into_owned(), json_node(value))).collect()),
    };
    Node { tree, span: node.span }
}

/// Makes an item of a map; maps inside become items of their own, lists repeat the property.
fn item(members: &[(String, Node)], span: Span, nested: bool, document: &mut Document) -> ItemId {
    let id = ItemId(document.items.len() as u32);
    document.items.push(Item { vocabulary: Vocabulary::FrontMatter, types: Vec::new(), id: None, properties: Vec::new(), nested, span });
    for (name, value) in members {
        property(id, name, value, document);
    }
    id
}

fn property(of: ItemId, name: &str, node: &Node, document: &mut Document) {
    let value = match &node.tree {
        Tree::Null => return,
        Tree::List(values) => return values.iter().for_each(|v| property(of, name, v, document)),
        Tree::Text(text) => Value::Text(squeeze(text)),
        Tree::Map(members) => Value::Item(item(members, node.span, true, document)),
    };
    document.items[of.0 as usize].properties.push(Property { name: name.to_owned(), value, span: node.span });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Properties as `name=value@source`, items inside in braces.
    fn show(text: &str, document: &Document, item: &Item) -> String {
        let property = |p: &Property| match &p.value {
            Value::Text(value) => format!("{}={value}@{}", p.name, &text[p.span.range()]),
            Value::Item(id) => format!("{}={{{}}}", p.name, show(text, document, document.item(*id))),
        };
        item.properties.iter().map(property).collect::<Vec<_>>().join(" ")
    }

    fn read_all(text: &str) -> (Document, String, usize) {
        let mut document = Document::default();
        let end = read(text, &mut document);
        let shown = document.items.first().map(|i| show(text, &document, i)).unwrap_or_default();
        (document, shown, end)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (document, shown, end) = read_all(text);
        assert_eq!(shown, expected, "{text}");
        assert_eq!(document.problems, [], "{text}");
        assert_eq!(text[end..].trim(), "Text", "{text}");
    }

    #[test]
    fn the_three_formats_give_the_same_statements() {
        check(
            "---\ntitle: \"Hafen\"\nauthor: Ann Example # editor\ndate: 2026-11-15\ntags: [a, 'b']\nimage:\n  src: x.jpg\n  credit: Bo\n---\nText",
            "title=Hafen@Hafen author=Ann Example@Ann Example date=2026-11-15@2026-11-15 tags=a@a tags=b@b image={src=x.jpg@x.jpg credit=Bo@Bo}",
        );
        check(
            "+++\ntitle = \"Hafen\"\ndate = 2026-11-15T10:00:00+01:00\ndraft = false\nauthors = ['Ann', \"Bo\"]\n[extra]\ncredit = '''Lea'''\n+++\nText",
            "title=Hafen@Hafen date=2026-11-15T10:00:00+01:00@2026-11-15T10:00:00+01:00 draft=false@false authors=Ann@Ann authors=Bo@Bo extra={credit=Lea@Lea}",
        );
        let json = "title=Hafen@Hafen weight=1.50@1.50 cover={credit=Bo@Bo}";
        check("{\n\"title\": \"Hafen\", \"weight\": 1.50, \"cover\": {\"credit\": \"Bo\"}\n}\n\nText", json);
        check(";;;\n{\"title\": \"Hafen\", \"weight\": 1.50, \"cover\": {\"credit\": \"Bo\"}}\n;;;\nText", json);
    }

    #[test]
    fn yaml_keeps_what_people_write() {
        check("---\r\ntitle: Überfahrt – é\r\nauthor: Ann\r\n---\r\nText", "title=Überfahrt – é@Überfahrt – é author=Ann@Ann");
        check(
            "---\nversion: 1.10\nempty:\nlist:\n- name: Ann\n- name: Bo\n...\nText",
            "version=1.10@1.10 list={name=Ann@Ann} list={name=Bo@Bo}",
        );
        check("---\nnote: >\n  two\n  lines\nend: x\n---\nText", "note=two lines@two\n  lines end=x@x");
        check("---\na: &who Ann\nb: *who\n---\nText", "a=Ann@Ann b=Ann@*who");
    }

    #[test]
    fn what_is_no_front_matter_is_left_alone() {
        for text in [
            "Text",
            "---\nText\n---\nmore",
            "# Heading",
            "{% raw %}",
            "{ not json }",
            "",
            "---",
            "--- \n\nText: more",
            "---\n\nText after a line: yes.\n\n---\nmore",
        ] {
            let (document, shown, end) = read_all(text);
            assert_eq!((shown.as_str(), end, document.problems.len()), ("", 0, 0), "{text}");
        }
    }

    #[test]
    fn broken_front_matter_is_said_and_the_rest_is_read() {
        let (document, shown, end) = read_all("---\nauthor: Ann\ntitle: Harbour: at dusk\ndate: 2026-11-15\n---\nText");
        assert_eq!(document.problems[0].code, "broken-front-matter");
        assert!(document.problems[0].loses_content && document.problems[0].span.is_some());
        assert_eq!(shown, "author=Ann@Ann title=Harbour: at dusk@Harbour: at dusk date=2026-11-15@2026-11-15");
        assert_eq!(end, "---\nauthor: Ann\ntitle: Harbour: at dusk\ndate: 2026-11-15\n---\n".len());
        let (document, shown, _) = read_all("---\ntitle: \"Pier\nauthor: Ann\nimage:\n  credit: Bo\n---\nText");
        assert_eq!((document.problems.len(), shown.contains("title=Pier@Pier") && shown.contains("author=Ann@Ann")), (1, true), "{shown}");
        let (document, shown, _) = read_all("---\ntitle: Pier: open\nimage:\n  credit: Bo\n---\nText");
        assert_eq!((document.problems.len(), shown.as_str()), (1, "title=Pier: open@Pier: open image={credit=Bo@Bo}"));
        let (document, shown, _) = read_all("+++\ntitle = \"Harbour\"\nauthor = Ann\ndate = 2026-11-15\n+++\nText");
        assert_eq!(document.problems[0].code, "broken-front-matter");
        assert!(shown.contains("title=Harbour") && shown.contains("date=2026-11-15"), "{shown}");
        let (document, _, end) = read_all("---\ntitle: Harbour\n\nText");
        assert_eq!((document.problems[0].code, end), ("broken-front-matter", 0));
    }

    #[test]
    fn hostile_front_matter_is_quick() {
        for unit in
            ["[", "{a: ", "- ", "a: &a [*a]\n", "? ", "a: b\n", "\"", "'", "|\n", "!t ", "a:\n ", "*a ", "x = [\n", "[a]\n", "a.b.c = 1\n"]
        {
            for (open, close) in [("---\nk: v\n", "\n---\n"), ("+++\n", "\n+++\n")] {
                read_all(&format!("{open}{}{close}", unit.repeat((250 << 10) / unit.len())));
            }
        }
    }
}
