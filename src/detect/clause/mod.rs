//! What notices in words are made of: sentences, cues, and what a clause says about the uses it names.

pub mod sentence;
