//! Cuts lines of menus and page feet into their items: "© 2026 Nova Media | Terms | Privacy" says three things.

use crate::document::Block;
use crate::document::Inline;
use crate::document::Piece;
use crate::document::Role;
use crate::document::html::layout::Layout;
use std::ops::Range;

/// Cuts the blocks where links stand in a row, and gives every list of block numbers the new ones.
pub(super) fn items(layout: &mut Layout) {
    let cuts: Vec<Vec<Range<usize>>> = layout.blocks.iter().map(parts).collect();
    if cuts.iter().all(Vec::is_empty) {
        return;
    }
    let mut starts = Vec::with_capacity(cuts.len() + 1);
    let (mut blocks, mut container_of) = (Vec::with_capacity(cuts.len()), Vec::with_capacity(cuts.len()));
    for (n, block) in std::mem::take(&mut layout.blocks).into_iter().enumerate() {
        starts.push(blocks.len() as u32);
        if cuts[n].is_empty() {
            blocks.push(block);
        } else {
            blocks.extend(slices(&block, &cuts[n]));
        }
        container_of.resize(blocks.len(), layout.container_of[n]);
    }
    starts.push(blocks.len() as u32);
    let renumber = |n: u32| starts[(n as usize).min(starts.len() - 1)];
    for container in &mut layout.containers {
        (container.first, container.end) = (renumber(container.first), renumber(container.end));
    }
    for spot in &mut layout.pictures {
        spot.block = renumber(spot.block);
    }
    (layout.blocks, layout.container_of) = (blocks, container_of);
}

/// The items of a block; none where it is to stay whole.
fn parts(block: &Block) -> Vec<Range<usize>> {
    let loose = matches!(block.role, Role::Footer | Role::Navigation | Role::Header | Role::Interface | Role::Teaser);
    let whole = |(r, ..): (Range<usize>, &str, &[String])| r.len() == block.text.len();
    if !loose || block.inlines.is_empty() || block.links().next().is_none_or(whole) {
        return Vec::new();
    }
    let mut cuts = vec![0];
    let mut end = 0;
    for (range, ..) in block.links().filter(|(r, ..)| !r.is_empty()) {
        if range.start < end {
            continue;
        }
        let gap = &block.text[end..range.start];
        if !gap.contains(char::is_alphanumeric) {
            let stuck = gap.trim().len() == gap.len() && !gap.is_empty() && !gap.contains(is_bar);
            cuts.extend((!stuck).then_some(range.start));
        } else {
            cuts.extend(edge(gap).map(|at| end + at));
            let lead = gap.trim_end();
            if lead.ends_with(is_bar) || (lead.ends_with(is_separator) && lead.len() < gap.len()) {
                cuts.push(range.start);
            }
        }
        end = range.end;
    }
    cuts.extend(edge(&block.text[end..]).map(|at| end + at));
    cuts.push(block.text.len());
    cuts.dedup();
    let trimmed = cuts.windows(2).filter_map(|pair| trim(&block.text, pair[0]..pair[1]));
    let parts: Vec<_> = trimmed.collect();
    if parts.len() < 2 { Vec::new() } else { parts }
}

/// Where the text after a link starts anew, if a separator says so.
fn edge(gap: &str) -> Option<usize> {
    let rest = gap.trim_start();
    let spaced = rest.len() < gap.len() && rest.chars().nth(1) == Some(' ');
    let starts = rest.starts_with(is_bar) || (spaced && rest.starts_with(is_separator));
    starts.then_some(gap.len() - rest.len())
}

/// Signs that stand between items and nowhere else.
fn is_bar(c: char) -> bool {
    matches!(c, '|' | '·' | '•' | '∙' | '‧' | '●' | '¦' | '│')
}

/// Signs that stand between items, the others with blanks around them.
fn is_separator(c: char) -> bool {
    is_bar(c) || matches!(c, '►' | '»' | '›' | '>' | '/')
}

/// A range without white space and separators at its ends; nothing where no letter or digit is left.
fn trim(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let edge = |c: char| c.is_whitespace() || is_separator(c);
    let start = range.start + part.len() - part.trim_start_matches(edge).len();
    let end = range.start + part.trim_end_matches(edge).len();
    (start < end && text[start..end].contains(char::is_alphanumeric)).then_some(start..end)
}

/// Blocks of their own for the `parts` of a block, which ascend. Looks at every inline and piece once, so that a line of a hundred
/// thousand links costs its length.
fn slices(block: &Block, parts: &[Range<usize>]) -> Vec<Block> {
    let mut inlines: Vec<Vec<Inline>> = vec![Vec::new(); parts.len()];
    for inline in &block.inlines {
        let first = parts.partition_point(|p| p.end as u32 <= inline.range.start);
        for (part, own) in parts.iter().zip(&mut inlines).skip(first).take_while(|(p, _)| (p.start as u32) < inline.range.end) {
            let within = |at: u32| at.clamp(part.start as u32, part.end as u32) - part.start as u32;
            own.push(Inline { range: within(inline.range.start)..within(inline.range.end), ..inline.clone() });
        }
    }
    let slice = |(part, inlines): (&Range<usize>, Vec<Inline>)| {
        let pieces = pieces(block, part.start as u32, part.end as u32);
        Block { text: block.text[part.clone()].to_owned(), pieces, inlines, ..*block }
    };
    parts.iter().zip(inlines).map(slice).collect()
}

/// The pieces of bytes `start..end`, counted from `start`.
fn pieces(block: &Block, start: u32, end: u32) -> Vec<Piece> {
    let first = block.pieces.partition_point(|p| p.at <= start).saturating_sub(1);
    let inside = block.pieces[first..].iter().take_while(|p| p.at < end);
    let clip = |piece: &Piece| {
        let from = piece.at.max(start);
        let mut span = piece.span;
        if piece.exact {
            span.end = span.end.min(span.start + (end - piece.at));
            span.start += from - piece.at;
        }
        Piece { at: from - start, span, exact: piece.exact }
    };
    inside.map(clip).collect()
}
