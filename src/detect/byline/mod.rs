//! Who wrote the article.

mod east_asian;
pub mod line;

use crate::detect::reading::Reading;
use crate::evidence::Evidence;

/// States the bylines.
pub fn run(_reading: &Reading<'_>, _evidence: &mut Vec<Evidence>) {}
