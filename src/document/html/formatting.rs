//! Whether formatting may be open: as long as none is, the tree builder does nothing for white space but keep it.
//!
//! The standard keeps a list of formatting elements whose end tags it has not seen, and copies those that other end tags closed as soon
//! as there is text again, be it a blank. The list is html5ever's own affair; here its emptiness is concluded from the tags, and where
//! they are tangled, formatting counts as open to the end of the page.

use html5ever::LocalName;

/// Elements that the standard calls formatting.
const FORMATTING: [&str; 14] = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements past which an end tag does not reach, and those inside which it counts for nothing.
const BOUNDARIES: &[&str] = &["table", "td", "th", "caption", "object", "applet", "marquee", "template", "select", "svg", "math"];

/// What an element does to formatting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Part {
    /// Nothing.
    #[default]
    None,
    /// It is formatting: its number.
    Formatting(u8),
    /// End tags inside don't close formatting around it.
    Boundary,
}

impl Part {
    /// What elements called `name` do.
    pub(super) fn of(name: &LocalName) -> Self {
        match FORMATTING.iter().position(|formatting| **name == **formatting) {
            Some(number) => Self::Formatting(number as u8),
            None if BOUNDARIES.contains(&&**name) => Self::Boundary,
            None => Self::None,
        }
    }
}

/// The formatting that may be open.
#[derive(Debug, Default)]
pub(super) struct OpenFormatting {
    /// How many elements of each name may be in the list.
    counts: [u32; FORMATTING.len()],
    /// Their sum.
    sum: u32,
    /// Whether tags are tangled, so that the counts tell nothing.
    tangled: bool,
}

impl OpenFormatting {
    /// Whether formatting may be open.
    pub(super) fn may_be(&self) -> bool {
        self.tangled || self.sum > 0
    }

    /// A start tag was processed, for which `made` elements were made.
    pub(super) fn start(&mut self, part: Part, made: usize) {
        match part {
            Part::None => {}
            Part::Boundary => self.tangled |= self.sum > 0,
            Part::Formatting(number) => {
                // More than its own element are copies, as are others than its own.
                self.tangled |= made > 1;
                let count = &mut self.counts[usize::from(number)];
                // An `a` closes the one before.
                if number > 0 || *count == 0 {
                    *count += 1;
                    self.sum += 1;
                }
            }
        }
    }

    /// An end tag was processed, for which `made` elements were made.
    pub(super) fn end(&mut self, part: Part, made: usize) {
        if let Part::Formatting(number) = part {
            self.tangled |= made > 0;
            let count = &mut self.counts[usize::from(number)];
            if *count > 0 {
                *count -= 1;
                self.sum -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tags as `b`, `/b`, and whether formatting may be open after them.
    #[track_caller]
    fn check(tags: &str, expected: bool) {
        let mut open = OpenFormatting::default();
        for tag in tags.split(' ') {
            match tag.strip_prefix('/') {
                Some(name) => open.end(Part::of(&LocalName::from(name)), 0),
                None => open.start(Part::of(&LocalName::from(tag)), 1),
            }
        }
        assert_eq!(open.may_be(), expected, "{tags}");
    }

    #[test]
    fn formatting_is_closed_by_its_end_tag_alone() {
        check("div b /b /div", false);
        check("div b /div", true);
        check("b b /b", true);
        check("b i /b /i", false);
        check("a a /a", false);
        check("/b b /b", false);
        check("b table /b /table", true);
        check("table td b /b", false);
    }

    #[test]
    fn copies_tell_that_tags_are_tangled() {
        let mut open = OpenFormatting::default();
        open.start(Part::Formatting(1), 1);
        open.end(Part::Formatting(1), 1);
        assert!(open.may_be());
    }
}
