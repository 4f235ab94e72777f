//! Compares a notice with the text that counsel approved: how like, and where they part.

use crate::text::fold;

/// How a text compares with an approved one.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Share of words that stand in both, in order, 0 to 1.
    pub similarity: f64,
    /// The stretches in which they differ, in order.
    pub differences: Vec<Difference>,
}

/// A stretch in which the texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was approved; empty where words were added.
    pub approved: String,
    /// What was found; empty where words are missing.
    pub found: String,
}

/// The largest table of word pairs that is filled: two notices of a thousand words.
const MOST_PAIRS: usize = 1_000_000;

/// Compares by words, after folding case, white space, quotes and dashes.
pub fn compare(approved: &str, found: &str) -> Comparison {
    let (approved, found) = (fold(approved), fold(found));
    let (a, b): (Vec<&str>, Vec<&str>) = (approved.split(' ').collect(), found.split(' ').collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (middle_a, middle_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let pairs = common(middle_a, middle_b);
    let shared = head + tail + pairs.len();
    Comparison { similarity: 2.0 * shared as f64 / (a.len() + b.len()) as f64, differences: differences(middle_a, middle_b, &pairs) }
}

/// The longest list of equal words in order, as positions. Texts too long for the table have none: they are no copies of a notice.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    if a.is_empty() || b.is_empty() || a.len() * b.len() > MOST_PAIRS {
        return Vec::new();
    }
    let width = b.len() + 1;
    let mut longest = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn differences(a: &[&str], b: &[&str], pairs: &[(usize, usize)]) -> Vec<Difference> {
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    for &(next_i, next_j) in pairs.iter().chain([&(a.len(), b.len())]) {
        if next_i > i || next_j > j {
            found.push(Difference { approved: a[i..next_i].join(" "), found: b[j..next_j].join(" ") });
        }
        (i, j) = (next_i + 1, next_j + 1);
    }
    found
}

impl Difference {
    /// In a sentence: “machine learning” became “text mining”.
    pub fn in_words(&self) -> String {
        match (self.approved.is_empty(), self.found.is_empty()) {
            (true, _) => format!("“{}” was added", self.found),
            (_, true) => format!("“{}” is missing", self.approved),
            _ => format!("“{}” became “{}”", self.approved, self.found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_white_space_quotes_and_dashes_make_no_difference() {
        let same = compare("Any use of “our” texts – without consent", "any use  of \"our\" texts -\nwithout consent");
        assert_eq!(same, Comparison { similarity: 1.0, differences: vec![] });
    }

    #[test]
    fn the_differences_are_named_in_order() {
        let result = compare("storage and machine learning require our consent", "storage and text mining require prior consent now");
        assert!(result.similarity > 0.5 && result.similarity < 0.8, "{}", result.similarity);
        let words: Vec<_> = result.differences.iter().map(Difference::in_words).collect();
        assert_eq!(words, ["“machine learning” became “text mining”", "“our” became “prior”", "“now” was added"]);
        assert_eq!(compare("a b c", "a c").differences[0].in_words(), "“b” is missing");
    }

    #[test]
    fn a_long_text_is_no_copy_and_costs_nothing() {
        let (long, other) = ("word ".repeat(100_000), "other ".repeat(100_000));
        assert_eq!(compare(&long, &other).similarity, 0.0);
    }
}
