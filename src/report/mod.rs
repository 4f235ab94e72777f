//! Everything that is printed: formats know no rule and no file.

#[cfg(feature = "cli")]
pub mod human;
pub mod inspection;
pub mod place;
