//! Who is who: agencies, crawlers, licences, and what signals mean for uses. Data from `rules/registry/`.

pub mod agencies;
pub mod agents;
pub mod aipref;
pub mod embedded;
pub mod licences;
pub mod mapping;
