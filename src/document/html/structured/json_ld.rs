//! JSON-LD scripts as items (schema.org and others), by the shape pages give it rather than by contexts, which would have to be
//! fetched.

use crate::document::Item;
use crate::document::ItemId;
use crate::document::Problem;
use crate::document::Property;
use crate::document::Value;
use crate::document::Vocabulary;
use crate::document::html::structured::Collector;
use crate::document::html::structured::local_name;
use crate::document::html::structured::reader_value;
use crate::document::json;
use crate::document::json::Flaw;
use crate::document::json::Json;
use crate::document::json::Node;
use crate::text::Span;
use std::borrow::Cow;

/// Members of an object, in order.
type Members<'t> = [(Cow<'t, str>, Node<'t>)];

/// Reads the script whose content is bytes `script` of `text`.
pub(super) fn read(text: &str, script: Span, collector: &mut Collector) {
    let parsed = json::parse(text, script);
    collector.problems.extend(problem(&parsed.flaws, script, text));
    for value in &parsed.values {
        top_level(value, collector);
    }
}

/// One problem for a script, at its first flaw that matters most.
fn problem(flaws: &[Flaw], script: Span, text: &str) -> Option<Problem> {
    let worst = flaws.iter().find(|f| f.loses).or(flaws.first())?;
    let others = flaws.len() - 1;
    let more = if others > 0 { format!(" (and {others} more)") } else { String::new() };
    let (code, end) =
        if worst.loses { ("broken-json-ld", "the rest of it was read") } else { ("mended-json-ld", "it was read all the same") };
    let at = worst.at.min(script.end) as usize;
    let len = text[at..script.end as usize].chars().next().map_or(0, char::len_utf8);
    Some(Problem {
        code,
        message: format!("JSON-LD has {}{more}; {end}", worst.what),
        span: Some(Span::new(at, at + len)),
        loses_content: worst.loses,
    })
}

/// Items that stand for themselves: the value, the values of an array, those of `@graph`.
fn top_level(node: &Node<'_>, collector: &mut Collector) {
    match &node.value {
        Json::Array(values) => values.iter().for_each(|v| top_level(v, collector)),
        Json::Object(members) => {
            let graph = get(members, "@graph");
            if graph.is_none() || members.iter().any(|(name, _)| !name.starts_with('@')) {
                item(members, node.span, false, collector);
            }
            if let Some(graph) = graph {
                top_level(graph, collector);
            }
        }
        _ => {}
    }
}

/// Makes an item of an object; those inside follow it.
fn item(members: &Members<'_>, span: Span, nested: bool, collector: &mut Collector) -> ItemId {
    let id = ItemId(collector.items.len() as u32);
    collector.items.push(Item {
        vocabulary: Vocabulary::JsonLd,
        types: get(members, "@type").map(types).unwrap_or_default(),
        id: get(members, "@id").and_then(text),
        properties: Vec::new(),
        nested,
        span,
    });
    for (name, value) in members.iter().filter(|(name, _)| !name.starts_with('@')) {
        property(id, local_name(name), value, collector);
    }
    id
}

fn get<'n, 't>(members: &'n Members<'t>, name: &str) -> Option<&'n Node<'t>> {
    members.iter().find(|(n, _)| n == name).map(|(_, value)| value)
}

fn types(node: &Node<'_>) -> Vec<String> {
    match &node.value {
        Json::String(name) => vec![local_name(name.trim()).to_owned()],
        Json::Array(names) => names.iter().flat_map(types).collect(),
        _ => Vec::new(),
    }
}

/// A plain value as text, as a reader would see it: publishing systems escape for HTML where they needn't.
fn text(node: &Node<'_>) -> Option<String> {
    match &node.value {
        Json::String(text) => Some(reader_value(text)),
        Json::Number(number) => Some((*number).to_owned()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

fn property(of: ItemId, name: &str, node: &Node<'_>, collector: &mut Collector) {
    match &node.value {
        Json::Array(values) => values.iter().for_each(|v| property(of, name, v, collector)),
        Json::Object(members) => object_property(of, name, node.span, members, collector),
        _ => {
            if let Some(text) = text(node) {
                collector.push(of, Property { name: name.to_owned(), value: Value::Text(text), span: node.span });
            }
        }
    }
}

/// A value object (`@value`), a list, a reference (`@id` alone) or an item.
fn object_property(of: ItemId, name: &str, span: Span, members: &Members<'_>, collector: &mut Collector) {
    if let Some(inner) = get(members, "@value").or(get(members, "@list")).or(get(members, "@set")) {
        return property(of, name, inner, collector);
    }
    let id = get(members, "@id").and_then(|node| Some((text(node)?, node.span)));
    if let Some((id, id_span)) = id.filter(|_| members.iter().all(|(name, _)| name.starts_with('@'))) {
        // A reference that carries a type of its own is an item where nothing else has that id.
        if get(members, "@type").is_none() {
            let property = Property { name: name.to_owned(), value: Value::Text(id.clone()), span: id_span };
            return collector.refer(of, property, id);
        }
        let inner = item(members, span, true, collector);
        return collector.refer(of, Property { name: name.to_owned(), value: Value::Item(inner), span }, id);
    }
    let inner = item(members, span, true, collector);
    collector.push(of, Property { name: name.to_owned(), value: Value::Item(inner), span });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn read_all(scripts: &[&str]) -> Document {
        let text = scripts.join("\n");
        let (mut collector, mut at) = (Collector::default(), 0);
        for script in scripts {
            read(&text, Span::new(at, at + script.len()), &mut collector);
            at += script.len() + 1;
        }
        let mut document = Document::default();
        collector.finish(&mut document);
        document
    }

    fn name_of<'d>(document: &'d Document, item: &Item, property: &str) -> Option<&'d str> {
        item.properties.iter().filter(|p| p.name == property).find_map(|p| match p.value {
            Value::Item(id) => document.item(id).text("name"),
            Value::Text(_) => None,
        })
    }

    #[test]
    fn an_article_becomes_an_item_with_its_persons() {
        let script = r#"{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Harbour &amp; dusk",
            "author": [{"@type": "Person", "name": "Ann Example"}, "Bo Sample"], "isAccessibleForFree": true,
            "license": {"@id": "https://example.org/licence?a=1&amp;copy=2"}, "name": {"@value": "Hafen", "@language": "de"}}"#;
        let document = read_all(&[script]);
        let article = &document.items[0];
        assert!(article.is(&["NewsArticle"]) && !article.nested);
        assert_eq!(article.text("headline"), Some("Harbour & dusk"));
        assert_eq!(name_of(&document, article, "author"), Some("Ann Example"));
        assert_eq!(article.text("author"), Some("Bo Sample"));
        assert_eq!(article.text("isAccessibleForFree"), Some("true"));
        assert_eq!(article.text("license"), Some("https://example.org/licence?a=1&copy=2"));
        assert_eq!(article.text("name"), Some("Hafen"));
        let headline = article.get("headline").next().unwrap();
        assert_eq!(&script[headline.span.range()], "Harbour &amp; dusk");
        assert!(document.items[1].nested);
    }

    #[test]
    fn references_find_their_item_in_any_script() {
        let document = read_all(&[
            r##"{"@graph": [{"@type": "Article", "@id": "#a", "author": {"@id": "#p"}, "publisher": {"@type": "Organization", "@id": "#o"},
                "isPartOf": {"@id": "#nowhere"}}]}"##,
            r##"[{"@type": "http://schema.org/Person", "@id": "#p", "name": "Ann Example"}, {"@type": "Organization", "@id": "#o", "name": "Nova Media"}]"##,
        ]);
        let article = &document.items[0];
        assert!(article.is(&["Article"]) && !article.nested);
        assert_eq!(name_of(&document, article, "author"), Some("Ann Example"));
        assert_eq!(name_of(&document, article, "publisher"), Some("Nova Media"));
        assert_eq!(article.text("isPartOf"), Some("#nowhere"));
        assert!(document.items.iter().any(|i| i.is(&["Person"])));
    }

    #[test]
    fn a_flaw_is_said_at_its_place() {
        let script = r#"{"@type": "Article", "name": "Harbour",}"#;
        let document = read_all(&[script]);
        let problem = &document.problems[0];
        assert_eq!((problem.code, problem.loses_content), ("mended-json-ld", false));
        assert_eq!(&script[problem.span.unwrap().range()], "}");
        assert_eq!(document.items[0].text("name"), Some("Harbour"));
        let broken = read_all(&[r#"{"@type": "Article", "name": "Harb"#]);
        assert_eq!((broken.problems[0].code, broken.problems[0].loses_content), ("broken-json-ld", true));
        assert_eq!(broken.items[0].text("name"), Some("Harb"));
    }
}
