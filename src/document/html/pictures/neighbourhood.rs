//! Which words stand near which picture.
//!
//! Per picture the cost is bounded: at most [`CLIMB`] containers are looked at, at most [`MOST_BLOCKS`] blocks kept.

use crate::document::Block;
use crate::document::BlockId;
use crate::document::Image;
use crate::document::InlineKind;
use crate::document::Marks;
use crate::document::Nearby;
use crate::document::Relation;
use crate::document::Role;
use crate::document::html::layout::Layout;
use crate::document::html::layout::PictureSpot;
use crate::document::html::names::Kind;
use std::ops::Range;

/// How many containers around a picture are looked at.
const CLIMB: usize = 10;

/// How many blocks near a picture are kept.
const MOST_BLOCKS: usize = 24;

/// A container around a picture holds at most so much text, in bytes, to be about the picture.
const MOST_TEXT: usize = 1500;

/// A block that follows a picture and may be about it is at most so long, in bytes, unless mark-up calls it a caption.
const SHORT: usize = 400;

/// Finds the words near pictures.
pub(super) struct Neighbourhood<'a> {
    layout: &'a Layout,
    blocks: &'a [Block],
    spots: &'a [PictureSpot],
    /// How many pictures stand in each container, as far as [`CLIMB`] reaches.
    pictures_in: Vec<u32>,
}

impl<'a> Neighbourhood<'a> {
    /// Counts the pictures of each container.
    pub(super) fn new(layout: &'a Layout, blocks: &'a [Block], spots: &'a [PictureSpot]) -> Self {
        let mut pictures_in = vec![0; layout.containers.len()];
        for spot in spots {
            for (c, _) in layout.around(spot.container).take(CLIMB) {
                pictures_in[c as usize] += 1;
            }
        }
        Self { layout, blocks, spots, pictures_in }
    }

    /// Gives picture `n` its words, its caption and its gallery.
    pub(super) fn describe(&self, n: usize, image: &mut Image) {
        let figure = self.figure(n);
        match figure {
            Some(figure) => self.in_figure(n, figure, image),
            None => self.around(n, image),
        }
        self.after(n, figure, image);
        image.nearby.sort_by_key(|near| (near.relation, near.block, near.range.start, std::cmp::Reverse(near.range.end)));
        let captions = image.nearby.iter().filter(|near| matches!(near.relation, Relation::Caption));
        image.caption = captions.map(|near| near.block).next();
    }

    /// The figure around a picture that has words in it.
    fn figure(&self, n: usize) -> Option<u32> {
        let mut figures = self.layout.around(self.spots[n].container).take(CLIMB).filter(|(_, c)| c.kind == Kind::Figure);
        figures.find(|&(c, _)| self.layout.blocks_of(c).any(|b| self.speaks(b))).map(|(c, _)| c)
    }

    /// Whether a block is more than a button.
    fn speaks(&self, block: usize) -> bool {
        self.blocks[block].role != Role::Interface || self.blocks[block].marks.has(NAMED)
    }

    /// The block count at which the next picture stands.
    fn next_picture(&self, n: usize) -> usize {
        self.spots.get(n + 1).map_or(usize::MAX, |next| next.block as usize)
    }

    fn in_figure(&self, n: usize, figure: u32, image: &mut Image) {
        let all = self.layout.blocks_of(figure);
        if self.pictures_in[figure as usize] <= 1 {
            return self.add(all, Relation::Figure, image);
        }
        image.gallery = figure;
        let start = (self.spots[n].block as usize).clamp(all.start, all.end);
        let next = self.next_picture(n).clamp(start, all.end);
        self.add(start..next, Relation::Figure, image);
        if start == next {
            self.add(next..all.end, Relation::Gallery, image);
        }
    }

    /// The smallest container that holds the picture and words, and no other picture's words.
    fn around(&self, n: usize, image: &mut Image) {
        let spot = &self.spots[n];
        for (c, container) in self.layout.around(spot.container).take(CLIMB) {
            if matches!(container.kind, Kind::Article | Kind::Main | Kind::Body | Kind::Html) {
                return;
            }
            let all = self.layout.blocks_of(c);
            if !all.clone().take(MOST_BLOCKS).any(|b| self.speaks(b)) {
                continue;
            }
            let own = if self.pictures_in[c as usize] <= 1 {
                all
            } else {
                let start = (spot.block as usize).clamp(all.start, all.end);
                start..self.next_picture(n).clamp(start, all.end)
            };
            let length: usize = self.blocks[own.clone()].iter().take(MOST_BLOCKS).map(|b| b.text.len()).sum();
            if own.len() <= MOST_BLOCKS && length <= MOST_TEXT {
                self.add(own, Relation::Around, image);
            }
            return;
        }
    }

    /// What follows the picture or its figure: up to three blocks that look like words about it.
    fn after(&self, n: usize, figure: Option<u32>, image: &mut Image) {
        let start = figure.map_or(self.spots[n].block as usize, |f| self.layout.blocks_of(f).end);
        let end = self.next_picture(n).min(start + 3).min(self.blocks.len());
        for at in (start..end.max(start)).filter(|&at| self.speaks(at)) {
            let block = &self.blocks[at];
            let called = block.role == Role::Caption || block.marks.has(NAMED);
            let fits = called || (block.text.len() <= SHORT && matches!(block.role, Role::Body | Role::Aside | Role::Lead));
            if !fits || image.nearby.iter().any(|near| near.block.0 as usize == at) {
                return;
            }
            self.add(at..at + 1, Relation::After, image);
            // Behind a sentence of the article nothing speaks of the picture any more.
            if !called && block.text.ends_with(['.', '!', '?']) {
                return;
            }
        }
    }

    fn add(&self, blocks: Range<usize>, relation: Relation, image: &mut Image) {
        for at in blocks.take(MOST_BLOCKS).filter(|&at| self.speaks(at)) {
            let block = &self.blocks[at];
            let caption = block.role == Role::Caption || block.marks.has(Marks::CAPTION);
            let relation = match relation {
                Relation::Figure | Relation::Around if caption => Relation::Caption,
                other => other,
            };
            let near = |range, marks| Nearby { block: BlockId(at as u32), range, relation, marks };
            let whole = 0..block.text.len() as u32;
            image.nearby.push(near(whole.clone(), block.marks));
            let own = block.inlines.iter().filter(|i| i.range != whole && matches!(i.kind, InlineKind::Named)).take(8);
            image.nearby.extend(own.map(|i| near(i.range.clone(), i.marks)));
        }
    }
}

/// Marks that tell words about a picture.
const NAMED: Marks = Marks(Marks::CREDIT.0 | Marks::CAPTION.0 | Marks::COPYRIGHT.0);
