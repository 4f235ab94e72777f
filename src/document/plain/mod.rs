//! Plain text: lines become blocks, and what they look like tells their part.

mod lines;
mod parts;
mod pictures;

use crate::document::Block;
use crate::document::Document;
use crate::document::line::Line;
use crate::document::plain::lines::Paragraph;
use crate::source::Source;
use crate::text::Span;

/// Reads a text.
pub fn read(source: &Source) -> Document {
    let mut document = Document { address: source.origin.url.clone(), ..Document::default() };
    let paragraphs = lines::paragraphs(&source.text);
    document.blocks = paragraphs.iter().filter_map(|p| block(&source.text, p)).collect();
    parts::assign(&mut document);
    pictures::read(&mut document);
    document
}

/// The block of a paragraph: its lines, joined by blanks.
fn block(text: &str, paragraph: &Paragraph) -> Option<Block> {
    let mut line = Line::default();
    for &span in &paragraph.lines {
        line.push(&text[span.range()], span, true);
        line.push_space(Span { start: span.end, end: span.end }, false);
    }
    if line.is_empty() {
        return None;
    }
    let (text, pieces) = line.take();
    Some(Block { text, pieces, group: paragraph.group, ..Block::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Role;
    use crate::source::Origin;
    use crate::text::squeeze;

    const STORY: &str = "SportPier reopens after three years\n\nPier reopens after three years\n\n\
        The old pier is open again. Two hundred people came to see it, reports \"The Coastal Gazette\".\n\n\
        The pier on Tuesday / file photo\nThe pier on Tuesday / file photo\n\
        Images source: © Port Authority | Lena Maris\nTom Harrow\n\n4:05 PM EST, November 17, 2026\n\n\
        \"We are glad that it holds,\" an engineer who asked not to be named told the newspaper on the day before.\n\n\
        Three years of work\n\n\
        The work began in 2023 and was to take one year. Then the piles turned out to be hollow, and the money ran out twice.\n\n\
        The council calls the delay a nuisance and the result a success, and plans a second opening in the spring of the year.\n\n\
        See also\n© harbourpost.example\n·\n\n\
        Copying, storing or any other use of the content of this website requires the prior consent of Harbour Post Media Ltd, its owner.";

    fn read_text(text: &str) -> (Source, Document) {
        let source = Source::new(Origin::path("a.txt"), text.as_bytes().to_vec());
        let document = read(&source);
        (source, document)
    }

    fn with_role(document: &Document, role: Role) -> Vec<&str> {
        document.blocks.iter().filter(|b| b.role == role).map(|b| b.text.as_str()).collect()
    }

    #[test]
    fn an_article_pasted_from_a_page_gets_its_parts() {
        let (source, document) = read_text(STORY);
        assert_eq!(with_role(&document, Role::Headline), ["Pier reopens after three years"]);
        assert_eq!(with_role(&document, Role::BylineArea), ["Tom Harrow", "4:05 PM EST, November 17, 2026"]);
        assert_eq!(with_role(&document, Role::Lead).len(), 1);
        assert_eq!(with_role(&document, Role::Caption).len(), 3);
        assert_eq!(with_role(&document, Role::Heading), ["Three years of work"]);
        assert_eq!(with_role(&document, Role::Navigation), ["See also"]);
        assert!(with_role(&document, Role::Footer).last().is_some_and(|t| t.starts_with("Copying")));
        let image = &document.images[0];
        assert_eq!(&source.text[image.span.range()], "Images source: © Port Authority | Lena Maris");
        assert_eq!(document.block(image.caption.unwrap()).text, "The pier on Tuesday / file photo");
        assert_eq!(document.images.len(), 1);
    }

    #[test]
    fn a_message_has_a_header_and_a_subject_is_no_headline() {
        let (_, document) = read_text(
            "From: Ann Example <ann@example.org>\nSubject: Pier\nDate: Tue, 17 Nov 2026\n\nPier reopens after three years\n\nThe old pier is open again, and two hundred people came to see it on the first day of the week.\n",
        );
        assert_eq!(with_role(&document, Role::Headline), ["Pier reopens after three years"]);
        assert_eq!(with_role(&document, Role::BylineArea).len(), 2);
    }

    #[test]
    fn two_words_above_a_byline_are_a_headline() {
        let (_, document) = read_text("Pier closed\n\nBy Ann Example\n20 November 2026\n\nThe pier was closed by the storm.\n");
        assert_eq!(with_role(&document, Role::Headline), ["Pier closed"]);
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        for unit in [
            "a\n",
            "\r",
            "By\n",
            "Photo: x\n",
            "© a\n",
            "(\n",
            "\"",
            "a ",
            "x/y\n",
            "1.1.2024\n",
            "写真\n",
            "The pier is open again, and people came to see it.\n",
        ] {
            read_text(&unit.repeat((1 << 20) / unit.len()));
        }
    }

    proptest::proptest! {
        #[test]
        fn every_span_slices_to_its_text(text in "([a-zA-Zé©写 :/()\u{a0}\\.-]{0,30}(\r\n|\n|\r|\n\n)){0,12}") {
            let (source, document) = read_text(&text);
            for block in &document.blocks {
                proptest::prop_assert_eq!(squeeze(&source.text[block.whole().range()]), squeeze(&block.text));
            }
            for image in &document.images {
                proptest::prop_assert!(source.text.get(image.span.range()).is_some());
            }
        }
    }
}
