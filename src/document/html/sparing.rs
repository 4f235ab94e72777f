//! What of a page nothing here reads, and which therefore need not enter the tree that is read: most attributes of elements that only hold
//! others, the insides of drawings, comments, white space between blocks. A third of a page's nodes and half of its attributes are such.
//!
//! Policies' selectors may ask for anything, so they get a tree that holds everything.

use crate::document::html::ahead;
use crate::document::html::ahead::Next;
use crate::document::html::ahead::Opening;
use html5ever::LocalName;

/// How much of a page its tree holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Everything, as the standard has it.
    Whole,
    /// What this tool reads.
    Read,
}

/// Which attributes of an element are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interest {
    /// Any.
    All,
    /// Those that are read on every element, and its class. The standard copies some elements, and copies are told by it.
    Named,
    /// Only those that are read on every element: its class is taken down while the tag is read.
    Little,
}

impl Interest {
    /// The interest in elements called `name`.
    pub(super) fn of(name: &LocalName) -> Self {
        match &**name {
            "a" => Self::Named,
            "div" | "span" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "p" | "section" | "article" | "header" | "footer" | "nav"
            | "aside" | "main" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "figure" | "figcaption" | "table" | "thead" | "tbody" | "tr"
            | "td" | "th" | "button" | "label" | "form" | "option" | "svg" => Self::Little,
            _ => Self::All,
        }
    }
}

/// Whether attributes called `name` are read on whatever element: statements for machines, links, and what makes an element hidden.
pub(super) fn is_read(name: &LocalName) -> bool {
    let name = &**name;
    matches!(
        name,
        "id" | "role"
            | "rel"
            | "rev"
            | "href"
            | "src"
            | "content"
            | "datetime"
            | "value"
            | "about"
            | "resource"
            | "property"
            | "typeof"
            | "vocab"
            | "prefix"
            | "lang"
            | "cite"
            | "hidden"
            | "style"
            | "aria-hidden"
            | "data-nosnippet"
    ) || name.starts_with("item")
}

/// Whether a comment is read.
pub(super) fn is_directive(comment: &str) -> bool {
    comment.trim_ascii_start().starts_with("rightscheck:")
}

/// Elements of drawings that hold nothing but drawing. What else there may be, a title or mark-up for readers, ends the passing over.
const SHAPES: &[&str] = &[
    "path",
    "g",
    "use",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polygon",
    "polyline",
    "defs",
    "symbol",
    "clippath",
    "mask",
    "lineargradient",
    "radialgradient",
    "stop",
    "filter",
];

/// Where the drawing ends whose content starts at byte `at`: at its `</svg>`, if only shapes come before.
pub(super) fn drawing_end(source: &str, at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        at += memchr::memchr(b'<', &source.as_bytes()[at..])?;
        let Opening { is_end, name } = ahead::opening(source, at)?;
        let name_text = &source[name.range()];
        if is_end && name_text.eq_ignore_ascii_case("svg") {
            return Some(at);
        }
        if !SHAPES.iter().any(|shape| shape.eq_ignore_ascii_case(name_text)) {
            return None;
        }
        at = name.end as usize;
        while let Next::Attribute { at: next, .. } = ahead::next(source, at)? {
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_of_shapes_alone_are_passed_over() {
        let passed = |inside: &str| drawing_end(inside, 0).map(|end| inside[..end].len());
        assert_eq!(passed("<g><path d='<1>'/> text </g></SVG >"), Some(28));
        assert_eq!(passed("</svg>"), Some(0));
        for read in
            ["<title>x</title></svg>", "<svg></svg></svg>", "<p></svg>", "<path", "<path>", "<!-- x --></svg>", "<a href=x></a></svg>"]
        {
            assert_eq!(passed(read), None, "{read}");
        }
    }
}
