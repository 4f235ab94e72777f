use crate::document::Document;
pub(super) fn read(_t: &str, _s: usize, _d: &mut Document) {}
