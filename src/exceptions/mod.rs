//! Exceptions: findings that somebody answers for, with a reason and an end. They stay visible and are counted.

pub mod allowance;
pub mod baseline;
pub mod waiver;
