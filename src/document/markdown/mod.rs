//! Markdown with front matter.
//!
//! `front_matter` makes items of the statements at the top; `attributes` takes out the shortcodes of site generators; `body` walks the
//! Markdown; `weave` reads the raw HTML in it; `parts` and `pictures` give blocks their roles and pictures their words.

mod attributes;
mod body;
mod front_matter;
mod parts;
mod pictures;
mod weave;

use crate::document::Document;
use crate::source::Source;
use crate::text::Span;

/// Reads a Markdown file.
pub fn read(source: &Source) -> Document {
    let text = source.text.as_str();
    let mut document = Document { address: source.origin.url.clone(), ..Document::default() };
    let start = front_matter::read(text, &mut document);
    let (mut masked, mut shortcodes) = attributes::mask(text, start);
    if source.origin.path.ends_with(".mdx") {
        masked = attributes::blank_out(&masked, modules(&masked, start).into_iter()).into();
    }
    let mut body = body::read(&masked, start);
    shortcodes.retain(|s| !body.is_code(s.span.start as usize));
    weave::weave(&masked, start, &mut body, &mut document);
    pictures::read(text, &shortcodes, &mut body, &mut document);
    parts::assign(&mut body, &document);
    document.blocks = body.blocks.into_iter().map(|w| w.block).collect();
    document.images = body.pictures.into_iter().map(|p| p.image).collect();
    document.embeds = body.embeds;
    pictures::read_front_matter(&mut document);
    document
}

/// The lines of an MDX file that are program text: `import` and `export` at the margin, up to the next blank line.
fn modules(text: &str, start: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = start;
    let mut inside = false;
    for line in text[start..].split_inclusive('\n') {
        inside = !line.trim().is_empty() && (inside || line.starts_with("import ") || line.starts_with("export "));
        if inside {
            found.push(Span::new(at, at + line.len()));
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Image;
    use crate::document::Relation;
    use crate::source::Origin;

    fn read_text(text: &str) -> (Source, Document) {
        let source = Source::new(Origin::path("a.md"), text.as_bytes().to_vec());
        let document = read(&source);
        (source, document)
    }

    /// Blocks as `Role: text`.
    fn blocks(text: &str) -> Vec<String> {
        read_text(text).1.blocks.iter().map(|b| format!("{:?}: {}", b.role, b.text)).collect()
    }

    /// Pictures as `address [alt] attributes | words`, the words being those of the caption or the gallery.
    fn pictures(text: &str) -> Vec<String> {
        let (_, document) = read_text(text);
        let show = |image: &Image| {
            let words = image.nearby.iter().filter(|n| n.relation != Relation::After);
            let words: Vec<_> = words.map(|n| document.block(n.block).text.as_str()).collect();
            let alt = image.alt.as_ref().map_or("", |a| a.value.as_str());
            let attributes: Vec<_> = image.attributes.iter().map(|(n, p)| format!(" {n}={}", p.value)).collect();
            format!("{} [{alt}]{} | {}", image.address, attributes.concat(), words.join(" / "))
        };
        document.images.iter().map(show).collect()
    }

    #[test]
    fn blocks_hold_what_readers_see() {
        let text = "# The *old* pier\n\nBy **Ann Example**\n\nIt holds&nbsp;again, says [the council](https://example.org).\nTwo \
                    lines\nof it.\n\n- one\n- two\n\n> Quoted\n> words\n\n```\n© code\n```\n\n| a | b |\n|---|---|\n| c | d |\n\nNote[^1].\n\n[^1]: The foot.\n";
        assert_eq!(
            blocks(text),
            [
                "Headline: The old pier",
                "BylineArea: By Ann Example",
                "Body: It holds\u{a0}again, says the council. Two lines of it.",
                "Body: one",
                "Body: two",
                "Quote: Quoted words",
                "Body: a",
                "Body: b",
                "Body: c",
                "Body: d",
                "Body: Note.",
                "Aside: The foot.",
            ]
        );
        let (_, document) = read_text(text);
        let (range, href, _) = document.blocks[2].links().next().unwrap();
        assert_eq!((&document.blocks[2].text[range], href), ("the council", "https://example.org"));
    }

    #[test]
    fn the_caption_of_a_picture_follows_it() {
        for text in [
            "![The pier](pier.jpg)\nPhoto: Ann Example\n\nText.",
            "![The pier](pier.jpg)\n*Photo: Ann Example*\n\nText.",
            "![The pier](pier.jpg)  \n_Photo: Ann Example_",
            "![The pier](pier.jpg)\n\n*Photo: Ann Example*\n\nText.",
            "![The pier](pier.jpg)\n\nPhoto: Ann Example\n",
            "![The pier](pier.jpg) Photo: Ann Example",
            "![The pier][p]\n*Photo: Ann Example*\n\n[p]: pier.jpg",
            "[![The pier](pier.jpg)](large.jpg)\nPhoto: Ann Example",
            "<figure>\n\n![The pier](pier.jpg)\n\n<figcaption>Photo: Ann Example</figcaption>\n</figure>",
            "<figure><img src=\"pier.jpg\" alt=\"The pier\"><figcaption>Photo: Ann Example</figcaption></figure>",
        ] {
            assert_eq!(pictures(text), ["pier.jpg [The pier] | Photo: Ann Example"], "{text}");
        }
        let shortcode = "{{< figure src=\"pier.jpg\" alt=\"The pier\" caption=\"Photo: Ann Example\" >}}";
        assert_eq!(pictures(shortcode), ["pier.jpg [The pier] caption=Photo: Ann Example | Photo: Ann Example"]);
        assert_eq!(pictures(&format!("```\n{shortcode}\n```\n")), [""; 0]);
    }

    #[test]
    fn an_ordinary_paragraph_is_no_caption() {
        let text = "![The pier](pier.jpg)\n\nThe pier is open again, and two hundred people came to see it on the first day of the week.\n";
        assert_eq!(pictures(text), ["pier.jpg [The pier] | "]);
    }

    #[test]
    fn attributes_and_titles_carry_words() {
        let text = "![The pier](pier.jpg \"At dusk\"){credit=\"Ann Example\" .wide}\n\nText.";
        assert_eq!(pictures(text), ["pier.jpg [The pier] credit=Ann Example | "]);
        let (source, document) = read_text(text);
        let title = document.images[0].title.clone().unwrap();
        assert_eq!((title.value.as_str(), &source.text[title.span.range()]), ("At dusk", "At dusk"));
        assert_eq!(blocks(text), ["Body: Text."]);
        assert_eq!(pictures("![The pier](pier.jpg)\n{: .wide credit=\"Bo\"}\n"), ["pier.jpg [The pier] credit=Bo | "]);
        assert_eq!(blocks("Text.\n{: .note}\n\nMore {braces}."), ["Body: Text.", "Body: More {braces}."]);
    }

    #[test]
    fn pictures_in_a_row_share_their_caption() {
        let found = pictures("![a](a.jpg) ![b](b.jpg)\n*Photos: Ann Example*\n");
        assert_eq!(found, ["a.jpg [a] | Photos: Ann Example", "b.jpg [b] | Photos: Ann Example"]);
    }

    #[test]
    fn front_matter_shows_pictures_too() {
        let text = "---\ntitle: Pier\ncover:\n  image: cover.jpg\n  alt: The pier\n  caption: Photo by Ann\nimage: /img/pier.jpg\n\
                    image_credit: Bo\n---\n![x](img/pier.jpg)\n";
        assert_eq!(pictures(text), ["cover.jpg [The pier] caption=Photo by Ann | ", "img/pier.jpg [x] credit=Bo | "]);
    }

    #[test]
    fn embeds_of_notes_are_no_pictures() {
        assert_eq!(pictures("![[pier.png]]\n\n![[pier.jpg|300]]\n\n![[Other note]]\n"), ["pier.png [] | ", "pier.jpg [] | "]);
    }

    #[test]
    fn every_place_slices_to_its_text() {
        let text =
            "---\ntitle: Ü\n---\n# Über *den* Hafen\n\nEin \\*Stern\\* &copy; `code` und\n  mehr.\n\n<div>Roh &amp; <b>fett</b></div>\n";
        let (source, document) = read_text(text);
        for block in &document.blocks {
            for (n, piece) in block.pieces.iter().enumerate() {
                let end = block.pieces.get(n + 1).map_or(block.text.len(), |p| p.at as usize);
                let slice = &source.text[piece.span.range()];
                assert!(!piece.exact || slice == &block.text[piece.at as usize..end], "{slice:?} in {:?}", block.text);
            }
        }
        assert_eq!(document.blocks[1].text, "Ein *Stern* © code und mehr.");
        assert_eq!(document.blocks[2].text, "Roh & fett");
    }

    #[test]
    fn hostile_markdown_takes_linear_time() {
        for unit in [
            "*a ",
            "[a](",
            "![a](a.jpg)",
            "> ",
            "- ",
            "`",
            "<div>",
            "<!--",
            "{{< a src=b.jpg caption=c >}}",
            "{% ",
            "![a][",
            "[^1]",
            "|a",
            "# a\n",
            "{a=",
            "![[a.png]]\n",
            "a\n\n![b](c.png){d=\"e\"}\n",
            "![a](b.jpg)\n```\n{{< a src=b.jpg >}}\n```\n",
        ] {
            read_text(&unit.repeat((1 << 20) / unit.len()));
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics_and_every_exact_piece_is_exact(
            text in "([*_`\\[\\]()!{}<>/=\"'#|:~^+ a-cé©写-]|\\n|\\r\\n|---\\n|\\+\\+\\+\\n|<figure>|</figure>|!\\[a\\]\\(b.jpg\\)|\\{\\{< |>\\}\\}){0,60}"
        ) {
            let (source, document) = read_text(&text);
            for block in &document.blocks {
                for (n, piece) in block.pieces.iter().enumerate() {
                    let end = block.pieces.get(n + 1).map_or(block.text.len(), |p| p.at as usize);
                    let slice = source.text.get(piece.span.range());
                    proptest::prop_assert!(slice.is_some());
                    proptest::prop_assert!(!piece.exact || slice == block.text.get(piece.at as usize..end));
                }
                for inline in &block.inlines {
                    proptest::prop_assert!(block.text.get(inline.range.start as usize..inline.range.end as usize).is_some());
                }
            }
            for image in &document.images {
                proptest::prop_assert!(source.text.get(image.span.range()).is_some());
                for placed in image.alt.iter().chain(&image.title).chain(image.attributes.iter().map(|(_, p)| p)) {
                    proptest::prop_assert!(source.text.get(placed.span.range()).is_some());
                }
            }
        }
    }
}
