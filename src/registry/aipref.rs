//! The labels of `Content-Usage`, of the current draft and of earlier ones.

use crate::builtin;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The labels of the AI preferences vocabulary.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Those of the current draft.
    current: Vec<String>,
    /// Those of earlier drafts, with what says the same today.
    obsolete: BTreeMap<String, String>,
}

/// The labels in `rules/registry/aipref.toml`.
pub fn labels() -> &'static Labels {
    static LABELS: LazyLock<Labels> = LazyLock::new(|| {
        let text = builtin::file("registry/aipref.toml").expect("compiled in");
        toml::from_str(text).expect("tests read the registry")
    });
    &LABELS
}

impl Labels {
    /// Whether the current draft has `label`. Labels are compared letter by letter (RFC 9651).
    pub fn is_current(&self, label: &str) -> bool {
        self.current.iter().any(|known| known == label)
    }

    /// What says today what `label` of an earlier draft said, empty if nothing does; `None` if no draft had it.
    pub fn today(&self, label: &str) -> Option<&str> {
        self.obsolete.get(label).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_current_or_obsolete_and_successors_are_current() {
        let labels = labels();
        assert!(labels.is_current("train-ai") && !labels.is_current("Train-AI"));
        assert!(labels.obsolete.keys().all(|old| !labels.is_current(old)));
        assert!(labels.obsolete.values().all(|today| today.is_empty() || labels.is_current(today)));
        assert_eq!((labels.today("genai"), labels.today("bots"), labels.today("harbour")), (Some("train-ai"), Some(""), None));
    }
}
