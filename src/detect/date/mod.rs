//! When the article was published and last changed.

pub mod machine;
pub mod moment;
pub mod visible;
mod zone;
