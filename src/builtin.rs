//! The files of `rules/`, compiled in: packs, profiles, lexicons, registries.

/// `(path under rules/, content)`, sorted by path.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The content of the file at `path` under `rules/`, e.g. `registry/agencies.toml`.
pub fn file(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(p, _)| *p == path).map(|&(_, text)| text)
}

/// The files of one folder, e.g. `lexicon/`.
pub fn folder(prefix: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied().filter(move |(p, _)| p.starts_with(prefix))
}
