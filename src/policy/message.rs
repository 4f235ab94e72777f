//! Messages with slots from a closed list: `picture {image.name} {problem}`.

/// A message, taken apart once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// As written.
    pub text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slot(String),
}

/// A slot of a message: its name and its bytes in the message, braces included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlotUse {
    pub(crate) name: String,
    pub(crate) range: std::ops::Range<usize>,
}

impl Message {
    /// Takes `text` apart. A brace without its partner stands for itself.
    pub fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut at = 0;
        for slot in slots(text) {
            if slot.range.start > at {
                pieces.push(Piece::Text(text[at..slot.range.start].to_owned()));
            }
            at = slot.range.end;
            pieces.push(Piece::Slot(slot.name));
        }
        if at < text.len() {
            pieces.push(Piece::Text(text[at..].to_owned()));
        }
        Self { text: text.to_owned(), pieces }
    }

    /// The slots, in order.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Slot(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Fills the slots with what `value` knows of them.
    pub fn fill(&self, value: &dyn Fn(&str) -> String) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Slot(name) => value(name),
            })
            .collect()
    }
}

/// The slots of `text` in order.
pub(crate) fn slots(text: &str) -> Vec<SlotUse> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|o| at + o) {
        let Some(close) = text[open + 1..].find(['}', '{', '\n']).map(|c| open + 1 + c).filter(|&c| text[c..].starts_with('}')) else {
            at = open + 1;
            continue;
        };
        found.push(SlotUse { name: text[open + 1..close].trim().to_owned(), range: open..close + 1 });
        at = close + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_and_lone_braces_stand() {
        let message = Message::new("picture {image.name} { problem } } and {");
        assert_eq!(message.fill(&|slot| format!("<{slot}>")), "picture <image.name> <problem> } and {");
        assert_eq!(Message::new("a { b").fill(&|_| String::new()), "a { b");
    }
}
