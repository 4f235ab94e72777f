//! Everything that is printed: formats know no rule and no file.

pub mod inspection;
pub mod place;
