//! One problem or finding with the lines it is about, marked from below.

use crate::report::human::Look;
use crate::report::human::excerpt::Cut;
use crate::report::human::excerpt::Excerpt;
use crate::report::human::excerpt::Mark;
use crate::report::human::excerpt::Text;
use crate::report::human::excerpt::excerpts;
use crate::report::human::visible;
use annotate_snippets::AnnotationKind;
use annotate_snippets::Element;
use annotate_snippets::Group;
use annotate_snippets::Level;
use annotate_snippets::Origin;
use annotate_snippets::Padding;
use annotate_snippets::Renderer;
use annotate_snippets::Snippet;
use std::ops::Range;

/// A finding takes no more lines than this.
const MOST_LINES: usize = 40;
/// Nor more columns than this, whatever the terminal's width.
const MOST_COLUMNS: usize = 160;
/// A label is cut here.
const LABEL: usize = 110;
/// What stands in for names until the text is rendered: no characters, and so never part of a text that is shown.
const STAND_INS: Range<u32> = 0xfdd0..0xfdf0;

/// What kind of statement stands at the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `error`
    Error,
    /// `warning`
    Warning,
    /// `note`
    Note,
    /// `review`: a person must decide.
    Review,
    /// `pass`
    Pass,
    /// `skip`: a rule that did not apply.
    Skip,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Review => "review",
            Self::Pass => "pass",
            Self::Skip => "skip",
        }
    }

    fn level(self) -> Level<'static> {
        match self {
            Self::Error => Level::ERROR,
            Self::Warning => Level::WARNING,
            Self::Note => Level::NOTE,
            Self::Review => Level::INFO.with_name(self.name()),
            Self::Pass => Level::NOTE.with_name(self.name()),
            Self::Skip => Level::HELP.with_name(self.name()),
        }
    }
}

/// A statement about places in texts.
#[derive(Debug)]
pub struct Statement<'a> {
    /// What kind.
    pub kind: Kind,
    /// The rule or the code, in brackets behind the kind.
    pub code: &'a str,
    /// One line.
    pub message: &'a str,
    /// What to look at; the first is what it is about.
    pub spots: Vec<Spot<'a>>,
    /// The text as a whole, where there is no spot in it.
    pub name: &'a str,
    /// Further remarks.
    pub notes: Vec<String>,
    /// What would settle it.
    pub help: Option<&'a str>,
}

/// A place in a text.
#[derive(Debug, Clone)]
pub struct Spot<'a> {
    /// The text.
    pub text: Text<'a>,
    /// Bytes of it.
    pub span: Range<usize>,
    /// What to see there; may be empty.
    pub label: &'a str,
}

/// The statement for people, without a line end at its end.
pub fn render(statement: &Statement<'_>, look: Look) -> String {
    let mut most = statement.spots.len().min(12);
    loop {
        let shown = render_spots(statement, most, look);
        let lines = shown.lines().count();
        if lines <= MOST_LINES {
            return shown;
        }
        if most <= 1 {
            return cut_lines(&shown, lines);
        }
        most /= 2;
    }
}

fn cut_lines(shown: &str, lines: usize) -> String {
    let mut kept: String = shown.lines().take(MOST_LINES - 1).flat_map(|l| [l, "\n"]).collect();
    kept.push_str(&format!("… {} more lines", lines - MOST_LINES + 1));
    kept
}

fn render_spots(statement: &Statement<'_>, most: usize, look: Look) -> String {
    let width = look.width.clamp(40, MOST_COLUMNS);
    let mut places = Vec::new();
    let mut elements: Vec<Element<'_>> = Vec::new();
    let spots = &statement.spots[..most];
    for text in texts(spots) {
        let here: Vec<&Spot<'_>> = spots.iter().filter(|s| same(s.text, text)).collect();
        let label = |s: &&Spot<'_>| visible::width(s.label).min(LABEL);
        let marks: Vec<_> = here.iter().map(|s| Mark { span: s.span.clone(), label: label(s) }).collect();
        let gutter = digits(text.lines.line(marks.iter().map(|m| m.span.end).max().unwrap_or(0) as u32)) + 3;
        let cut = Cut { width: width - gutter, context: look.context };
        for excerpt in excerpts(text, &marks, cut) {
            elements.push(snippet(&excerpt, &here, spots, places.len(), cut.width).into());
            places.push(place(&excerpt, &here));
        }
    }
    if elements.is_empty() && !statement.name.is_empty() {
        elements.push(Origin::path(visible::visible(statement.name)).into());
        elements.push(Padding.into());
    }
    let width = width - 14;
    let left_out = statement.spots.len() - most;
    let more = (left_out > 0).then(|| format!("{left_out} more {} not shown", if left_out == 1 { "place is" } else { "places are" }));
    elements.extend(statement.notes.iter().chain(&more).map(|n| Level::NOTE.message(visible::wrap(n, width).join("\n")).into()));
    elements.extend(statement.help.map(|h| Level::HELP.message(visible::wrap(h, width).join("\n")).into()));
    let head = statement.kind.name().len() + statement.code.len().min(100) + 4;
    let room = (look.width.clamp(60, MOST_COLUMNS) - 2).saturating_sub(head).max(30);
    let message = visible::wrap(&visible::line(statement.message, 400), room);
    let title = statement.kind.level().primary_title(message.join("\n")).id(visible::visible(statement.code));
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    // Lines are cut before: the renderer's own cutting looks at whole texts.
    let shown = renderer.term_width(usize::MAX / 2).render(&[Group::with_title(title).elements(elements)]);
    name_places(&shown, &places)
}

/// The texts that spots stand in, each once, in order.
fn texts<'a>(spots: &[Spot<'a>]) -> Vec<Text<'a>> {
    let mut all: Vec<Text<'a>> = Vec::new();
    for spot in spots {
        if !all.iter().any(|t| same(*t, spot.text)) {
            all.push(spot.text);
        }
    }
    all
}

fn same(one: Text<'_>, other: Text<'_>) -> bool {
    std::ptr::eq(one.text, other.text)
}

fn digits(number: u32) -> usize {
    number.checked_ilog10().unwrap_or(0) as usize + 1
}

fn snippet<'a>(
    excerpt: &Excerpt,
    here: &[&Spot<'a>],
    all: &[Spot<'a>],
    number: usize,
    width: usize,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let marks = excerpt.marks.iter().map(|(mark, range)| {
        let spot = here[*mark];
        let first = std::ptr::eq(spot, &raw const all[0]);
        let kind = if first { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = Some(visible::line(spot.label, room(excerpt, range, width))).filter(|l| !l.is_empty());
        kind.span(range.clone()).label(label)
    });
    let around = excerpt.around.iter().map(|r| AnnotationKind::Visible.span(r.clone()));
    let name = char::from_u32(STAND_INS.start + (number as u32) % STAND_INS.len() as u32).unwrap_or(' ');
    Snippet::source(excerpt.text.clone())
        .path(name.to_string())
        .line_start(excerpt.first_line as usize)
        .annotations(around)
        .annotations(marks)
}

/// Columns for the label behind a mark; a few even where the line is full.
fn room(excerpt: &Excerpt, mark: &Range<usize>, width: usize) -> usize {
    let line = excerpt.text[..mark.end].rfind('\n').map_or(0, |at| at + 1);
    width.saturating_sub(visible::width(&excerpt.text[line..mark.end]) + 1).clamp(24, LABEL)
}

/// Name, line and column of what an excerpt shows first.
fn place(excerpt: &Excerpt, here: &[&Spot<'_>]) -> String {
    let first = excerpt.marks.iter().map(|(m, _)| *m).min().unwrap_or(0);
    let spot = here[first];
    let position = spot.text.lines.position(spot.text.text, spot.span.start as u32);
    format!("{}:{}:{}", visible::visible(spot.text.name), position.line, position.column)
}

/// Puts the true places where the renderer wrote stand-ins with the places in the excerpts.
fn name_places(shown: &str, places: &[String]) -> String {
    let mut named = String::with_capacity(shown.len());
    let mut rest = shown;
    while let Some(at) = rest.find(|c| STAND_INS.contains(&(c as u32))) {
        let c = rest[at..].chars().next().expect("found just now");
        named.push_str(&rest[..at]);
        named.push_str(places.get((c as u32 - STAND_INS.start) as usize).map_or("", String::as_str));
        rest = rest[at + c.len_utf8()..].trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    }
    named + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LineIndex;

    const PLAIN: Look = Look { color: false, width: 80, context: 0 };

    fn show(text: &str, marked: &[(&str, &str)], look: Look) -> String {
        let lines = LineIndex::new(text);
        let whole = Text { name: "content/harbour.html", text, lines: &lines };
        let spot = |&(words, label): &(&str, &'static str)| {
            let at = text.find(words).expect("the words are there");
            Spot { text: whole, span: at..at + words.len(), label }
        };
        let marked: Vec<(&str, &'static str)> =
            marked.iter().map(|&(w, l)| (w, Box::leak(l.to_owned().into_boxed_str()) as &str)).collect();
        let statement = Statement {
            kind: Kind::Error,
            code: "image-credit",
            message: "picture harbour-2.jpg names an agency but no photographer",
            spots: marked.iter().map(spot).collect(),
            name: "content/harbour.html",
            notes: vec!["looked in: figcaption (partial) · next line (none) · alt, title (no credit words) · metadata (none)".to_owned()],
            help: Some("put the photographer after the agency"),
        };
        render(&statement, look)
    }

    #[test]
    fn places_are_marked_in_their_lines() {
        let page = "<figure>\n  <img src=\"/img/harbour-2.jpg\">\n  <figcaption>Cranes. Photo: © WAA</figcaption>\n</figure>\n";
        let marked = [("Photo: © WAA", "agency: Wire Agency A; person: not found"), ("<img src=\"/img/harbour-2.jpg\">", "this picture")];
        insta::assert_snapshot!(show(page, &marked, PLAIN), @r#"
        error[image-credit]: picture harbour-2.jpg names an agency but no photographer
         --> content/harbour.html:3:23
          |
        2 |   <img src="/img/harbour-2.jpg">
          |   ------------------------------ this picture
        3 |   <figcaption>Cranes. Photo: © WAA</figcaption>
          |                       ^^^^^^^^^^^^ agency: Wire Agency A; person: not found
          |
          = note: looked in: figcaption (partial) · next line (none) · alt, title
                  (no credit words) · metadata (none)
          = help: put the photographer after the agency
        "#);
    }

    #[test]
    fn places_in_a_one_line_page_are_named_by_their_true_column() {
        let page = format!("{}<img>{}Photo: 港 ACME{}", "<i></i>".repeat(1000), "<b></b>".repeat(1000), "<u></u>".repeat(100_000));
        let shown = show(&page, &[("港 ACME", "agency"), ("<img>", "this picture")], PLAIN);
        assert!(shown.lines().all(|l| l.chars().count() <= 80), "{shown}");
        insta::assert_snapshot!(shown, @"
        error[image-credit]: picture harbour-2.jpg names an agency but no photographer
         --> content/harbour.html:1:14013
          |
        1 | …<b></b><b></b><b></b><b></b><b></b>Photo: 港 ACME<u></u><u></u><u></u><u><…
          |                                            ^^^^^^^ agency
          |
         ::: content/harbour.html:1:7001
          |
        1 | …i><i></i><i></i><i></i><i></i><i></i><i></i><img><b></b><b></b><b></b><b><…
          |                                              ----- this picture
          |
          = note: looked in: figcaption (partial) · next line (none) · alt, title
                  (no credit words) · metadata (none)
          = help: put the photographer after the agency
        ");
    }

    #[test]
    fn a_statement_about_a_whole_text_names_it() {
        insta::assert_snapshot!(show("", &[], PLAIN), @"
        error[image-credit]: picture harbour-2.jpg names an agency but no photographer
        --> content/harbour.html
         |
         = note: looked in: figcaption (partial) · next line (none) · alt, title
                 (no credit words) · metadata (none)
         = help: put the photographer after the agency
        ");
    }

    #[test]
    fn no_statement_is_longer_than_forty_lines() {
        let page: String = (0..3000).map(|n| format!("line {n} of the page\n")).collect();
        let words: Vec<String> = (0..30).map(|n| format!("line {} of", n * 90 + 7)).collect();
        let marked: Vec<(&str, &str)> = words.iter().map(|w| (w.as_str(), "here")).collect();
        let shown = show(&page, &marked, Look { context: 3, ..PLAIN });
        assert!(shown.lines().count() <= MOST_LINES, "{shown}");
        assert!(shown.contains("more places are not shown"), "{shown}");
        assert!(shown.contains("help: put the photographer"), "{shown}");
    }
}
