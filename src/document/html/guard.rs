//! Keeps hostile pages from costing more than their length.

use crate::document::Problem;
use crate::document::html::ahead::holds_text;
use crate::document::html::tree::RecordingSink;
use crate::text::Span;
use ego_tree::NodeId;
use html5ever::interface::Tracer;
use html5ever::tree_builder::TreeBuilder;
use std::cell::Cell;

/// Start tags nested deeper are dropped: the tree builder's work grows with the square of the depth. Browsers have the same limit.
const DEEPEST: usize = 512;

/// Attributes of one tag beyond this number are dropped: each has to be compared with those before it.
pub(super) const MOST_ATTRIBUTES: usize = 1_000;

/// The standard copies formatting that is still open into each new paragraph. More copies than this beyond the page's own tags, and
/// further start tags are dropped: 500 open `<b>` and 100,000 paragraphs would make 50 million elements.
const MOST_COPIES: usize = 50_000;

/// Keeps hostile pages from costing more than their length.
#[derive(Default)]
pub(super) struct Guard {
    /// No more elements are open than this.
    open_at_most: usize,
    /// Whether `open_at_most` was counted after the last tag that was let through.
    pub(super) counted: bool,
    start_tags: usize,
    too_deep: Option<Span>,
    pub(super) too_many_attributes: Option<Span>,
    too_many_copies: Option<Span>,
}

/// Counts the elements a tree builder holds open.
struct Counter(Cell<usize>);

impl Tracer for Counter {
    type Handle = NodeId;

    fn trace_handle(&self, _node: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

impl Guard {
    /// What was dropped.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let problem =
            |code, message: String, span: Option<Span>| span.map(|span| Problem { code, message, span: Some(span), loses_content: true });
        [
            problem(
                "nested-too-deep",
                format!("elements nested deeper than {DEEPEST}: their tags are ignored, their text is read"),
                self.too_deep,
            ),
            problem(
                "too-many-attributes",
                format!("a tag with more than {MOST_ATTRIBUTES} attributes: the rest is ignored"),
                self.too_many_attributes,
            ),
            problem(
                "unclosed-formatting",
                format!("formatting that is never closed makes more than {MOST_COPIES} elements: further tags are ignored"),
                self.too_many_copies,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether the start tag `name` at `span` must not reach the tree builder.
    pub(super) fn refuses(&mut self, name: &[u8], span: Span, builder: &TreeBuilder<NodeId, RecordingSink>) -> bool {
        // They can't nest; without the tag their text would turn into mark-up.
        if holds_text(name) {
            return false;
        }
        self.start_tags += 1;
        if builder.sink.elements_made() > 2 * self.start_tags + MOST_COPIES {
            self.too_many_copies.get_or_insert(span);
            return true;
        }
        if self.open_at_most >= DEEPEST && !self.counted {
            let counter = Counter(Cell::new(0));
            builder.trace_handles(&counter);
            (self.open_at_most, self.counted) = (counter.0.get(), true);
        }
        if self.open_at_most >= DEEPEST {
            self.too_deep.get_or_insert(span);
            return true;
        }
        self.open_at_most += 1;
        self.counted = false;
        false
    }
}
