//! What a clause says.

use crate::document::BlockId;
use crate::evidence::Place;
use crate::evidence::UseMention;
use crate::terms::Condition;
use crate::terms::Confidence;
use crate::terms::Exception;
use std::ops::Range;

/// How a clause stands to the uses it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// Forbidden.
    Prohibited,
    /// Ask first.
    Consent,
    /// Kept back: "all rights reserved, including text and data mining".
    Reserved,
    /// Open for private use only.
    Limited,
    /// Open under a condition, worded as one: "only with a link to …".
    Conditional,
    /// Allowed, perhaps under conditions.
    Granted,
}

/// A rule in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The block it starts in.
    pub block: BlockId,
    /// Its bytes of the passage's text.
    pub range: Range<usize>,
    /// Its words.
    pub place: Place,
    /// What it says.
    pub stance: Stance,
    /// The uses it names, in order.
    pub uses: Vec<UseMention>,
    /// Under which conditions they are open.
    pub conditions: Vec<Condition>,
    /// What it leaves out.
    pub exceptions: Vec<(Exception, Place)>,
    /// Whom it names as the one to ask.
    pub rightsholder: Option<String>,
    /// Laws it names.
    pub legal_basis: Vec<String>,
    /// `text` or `images`, where it speaks of a part only.
    pub scope: Option<&'static str>,
    /// How sure the reading is.
    pub confidence: Confidence,
}
