//! What signals inside media files mean: PLUS data mining values, C2PA and CAWG entries.

use crate::registry::mapping;
use crate::registry::mapping::Row;

/// The row of a PLUS data mining value: a bare key, or an address of the vocabulary with `http` or `https`. The whole last segment
/// counts: `DMI-PROHIBITED-GENAIMLTRAINING` holds the letters of another key.
pub fn plus_data_mining(value: &str) -> Option<&'static Row> {
    mapping::find("plus-dmi", &key(value))
}

/// The PLUS data mining value that `value` is a misspelling of.
pub fn nearest_data_mining(value: &str) -> Option<&'static str> {
    let key = key(value);
    let keys = mapping::rows().filter(|(mechanism, ..)| *mechanism == "plus-dmi").map(|(_, key, _)| key);
    let near = keys.min_by_key(|known| strsim::damerau_levenshtein(known, &key))?;
    (strsim::damerau_levenshtein(near, &key) <= 3).then_some(near)
}

/// The key of a vocabulary's value in capitals: the last segment of its address.
pub fn key(value: &str) -> String {
    value.trim().trim_end_matches('/').rsplit(['/', '#', ':']).next().unwrap_or_default().to_ascii_uppercase()
}

/// The row of an entry of a training and data mining assertion: `c2pa.data_mining` or `cawg.ai_training` with its `use`.
/// `constrained` without information is the same as `notAllowed`.
pub fn training_assertion(entry: &str, usage: &str, has_information: bool) -> Option<&'static Row> {
    let name = entry.split_once('.').filter(|(prefix, _)| ["c2pa", "cawg"].contains(prefix)).map(|(_, name)| name)?;
    let usage = if usage == "constrained" && !has_information { "notAllowed" } else { usage };
    mapping::find("c2pa", &format!("{name}={usage}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_segment_decides() {
        let generative = plus_data_mining("https://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-GENAIMLTRAINING").expect("a key");
        assert_eq!(generative.conditions, ["scope=generative"]);
        assert!(plus_data_mining("DMI-PROHIBITED-AIMLTRAINING").expect("a key").conditions.is_empty());
        assert_eq!(plus_data_mining("DMI-PROHIBITED-AI"), None);
    }

    #[test]
    fn constraints_that_nobody_tells_are_prohibitions() {
        assert_eq!(training_assertion("cawg.data_mining", "constrained", false), mapping::find("c2pa", "data_mining=notAllowed"));
        assert_eq!(training_assertion("c2pa.ai_inference", "constrained", true), mapping::find("c2pa", "ai_inference=constrained"));
        assert_eq!(training_assertion("other.ai_inference", "allowed", true), None);
    }
}
