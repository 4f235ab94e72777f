//! The words a clause is made of, by what they do in it.

use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::terms::Use;
use crate::terms::UseName;
use std::ops::Range;

/// What a phrase does in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// Names a use.
    Use(UseName),
    /// "Train": with an AI word, AI training.
    Train,
    /// Names artificial intelligence.
    Ai,
    /// Forbids.
    Ban,
    /// Asks for something first.
    Need,
    /// Leaves open only a part.
    Limit,
    /// Allows.
    Grant,
    /// Keeps back.
    Reserve,
    /// Permission, consent, approval.
    Consent,
    /// "Without", "unless".
    Without,
    /// "Unauthorised": without permission, in one word.
    Unauthorised,
    /// An agreement under which use is open.
    Contract,
    /// Money.
    Payment,
    /// Naming the source.
    Attribution,
    /// Linking to the source.
    Link,
    /// Not for profit.
    NonCommercial,
    /// Without changes.
    Unmodified,
    /// A word for content.
    Content,
    /// "This page", "our texts".
    Here,
    /// Opens an exception.
    Except,
    /// What the law permits.
    ByLaw,
    /// Personal use.
    Private,
    /// Quoting.
    Quotation,
    /// Search engines.
    Search,
    /// A section of a law.
    Provision,
    /// A law.
    Act,
    /// Trademarks.
    Trademark,
    /// Readers' own data.
    Personal,
    /// News about something.
    Report,
    /// What readers send in.
    Upload,
    /// "No", "not".
    Negation,
    /// "This includes", "the same applies to".
    Continues,
    /// A rights phrase that keeps back nothing by itself.
    AllRights,
}

/// A cue and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// What it does.
    pub cue: Cue,
    /// Marked weak in the lexicon: counts less.
    pub weak: bool,
    /// Bytes of the text.
    pub range: Range<usize>,
}

impl Cue {
    /// What phrases of `concept` do; most concepts do nothing in a clause.
    pub(super) fn of(concept: Concept) -> Option<Self> {
        use Concept::*;
        let named = |one| Some(Self::Use(UseName::One(one)));
        match concept {
            UseAny => Some(Self::Use(UseName::Any)),
            UseReproduce => named(Use::Reproduce),
            UseRedistribute => named(Use::Redistribute),
            UseAdapt => named(Use::Adapt),
            UseCommercial => named(Use::Commercial),
            UseAiInput => named(Use::AiInput),
            ReservationStorageTerm => named(Use::Store),
            ReservationScrapingTerm | ReservationAutomatedOrManual => named(Use::AutomatedAccess),
            ReservationTdmTerm => named(Use::Tdm),
            ReservationAiTrainingTerm | ReservationMlTerm => named(Use::AiTrain),
            _ => Self::of_mode(concept),
        }
    }

    fn of_mode(concept: Concept) -> Option<Self> {
        use Concept::*;
        Some(match concept {
            UseTrain => Self::Train,
            ReservationAiTerm => Self::Ai,
            ReservationProhibited
            | ReservationReproduceProhibited
            | ReservationRedistributeProhibited
            | ReservationCommercialProhibited => Self::Ban,
            ReservationRequires => Self::Need,
            ReservationLimits => Self::Limit,
            PermissionGranted | PermissionMayRepublish => Self::Grant,
            ReservationReserveVerb | ReservationTdmReserved => Self::Reserve,
            ConditionConsent => Self::Consent,
            ConditionWithout => Self::Without,
            ReservationWithoutConsent => Self::Unauthorised,
            ConditionContract | ExceptionContract => Self::Contract,
            ConditionPayment => Self::Payment,
            PermissionAttributionRequired => Self::Attribution,
            PermissionLinkBack => Self::Link,
            PermissionNoncommercialOnly => Self::NonCommercial,
            PermissionUnmodified => Self::Unmodified,
            NegationNegation => Self::Negation,
            ReservationContinues => Self::Continues,
            CopyrightAllRightsReserved => Self::AllRights,
            _ => return Self::of_setting(concept),
        })
    }

    fn of_setting(concept: Concept) -> Option<Self> {
        use Concept::*;
        Some(match concept {
            ObjectContent => Self::Content,
            ObjectHere | ReservationWholeOrPart => Self::Here,
            ExceptionExcept => Self::Except,
            ExceptionLawPermitted => Self::ByLaw,
            ExceptionPrivateUse => Self::Private,
            ExceptionQuotation => Self::Quotation,
            ExceptionSearchEngine => Self::Search,
            LawProvision => Self::Provision,
            LawAct => Self::Act,
            TopicTrademark => Self::Trademark,
            TopicPersonalData => Self::Personal,
            TopicReport => Self::Report,
            TopicUpload => Self::Upload,
            _ => return None,
        })
    }

    /// Whether it names what a rule may leave out.
    pub(super) fn is_exception(self) -> bool {
        matches!(self, Self::Search | Self::ByLaw | Self::Private | Self::Quotation | Self::Contract)
    }

    /// Terms that are the same in every language: they count whatever language the clause is in.
    fn is_international(self) -> bool {
        matches!(
            self,
            Self::Use(UseName::One(Use::Tdm | Use::AiTrain | Use::AutomatedAccess | Use::AiInput)) | Self::Ai | Self::Act | Self::Provision
        )
    }

    /// Whether a phrase of this kind swallows the words inside it: "fair use" is no use, "licence agreement" no consent.
    fn swallows(self, other: Self) -> bool {
        match self {
            Self::ByLaw
            | Self::Private
            | Self::Quotation
            | Self::Search
            | Self::Contract
            | Self::NonCommercial
            | Self::Personal
            | Self::Upload
            | Self::Continues
            | Self::Unmodified
            | Self::AllRights => {
                matches!(other, Self::Use(_) | Self::Consent | Self::Content | Self::Grant | Self::Reserve | Self::Negation | Self::Act)
            }
            Self::Attribution | Self::Link => matches!(other, Self::Use(_) | Self::Need | Self::Quotation | Self::Content | Self::Grant),
            Self::Ban => matches!(other, Self::Grant | Self::Limit | Self::Need | Self::Negation | Self::Without | Self::Reserve),
            Self::Grant => matches!(other, Self::Consent | Self::Negation | Self::Need | Self::Without | Self::Limit | Self::Ban),
            Self::Unauthorised => matches!(other, Self::Consent | Self::Without | Self::Negation),
            Self::Need => matches!(other, Self::Grant),
            Self::Limit => matches!(other, Self::Grant | Self::Use(_) | Self::Private),
            Self::Use(UseName::One(Use::AiTrain)) => matches!(other, Self::Ai | Self::Train | Self::Use(_)),
            Self::Use(UseName::One(Use::AiInput | Use::Tdm | Use::AutomatedAccess)) => {
                matches!(other, Self::Ai | Self::Use(_) | Self::Content)
            }
            Self::Use(_) => matches!(other, Self::Use(_) | Self::Content),
            Self::Here => matches!(other, Self::Use(_) | Self::Here),
            Self::Except => matches!(other, Self::Without | Self::Negation | Self::Ban | Self::Limit),
            _ => false,
        }
    }
}

/// The cues among `hits` for a clause in `language`, in order and without those that longer ones swallow. `map` turns bytes of
/// the folded text into bytes of the text.
pub(super) fn find(hits: &[Hit], language: &str, map: impl Fn(Range<usize>) -> Range<usize>) -> Vec<Found> {
    let all = hits.iter().filter_map(|h| {
        let cue = Cue::of(h.concept)?;
        let ours = h.language == language || cue.is_international() || h.language == "user";
        ours.then(|| Found { cue, weak: h.weak && !matches!(cue, Cue::Ban | Cue::Consent), range: map(h.range.clone()) })
    });
    let mut all: Vec<Found> = all.collect();
    all.sort_by_key(|f| (f.range.start, std::cmp::Reverse(f.range.end), f.cue, f.weak));
    all.dedup_by(|b, a| a.cue == b.cue && a.range == b.range);
    let kept: Vec<bool> = all.iter().map(|f| !all.iter().any(|g| swallowed(f, g))).collect();
    let mut kept = kept.into_iter();
    all.retain(|_| kept.next().expect("one for each"));
    all
}

fn swallowed(inner: &Found, outer: &Found) -> bool {
    let holds = outer.range.start <= inner.range.start && inner.range.end <= outer.range.end;
    let longer = outer.range.len() > inner.range.len();
    holds && ((longer && (outer.cue == inner.cue || outer.cue.swallows(inner.cue))) || (!longer && outer.cue.wins_over(inner.cue)))
}

impl Cue {
    /// Which of two meanings of the same words counts.
    fn wins_over(self, other: Self) -> bool {
        matches!((self, other), (Self::Contract, Self::Consent) | (Self::Attribution, Self::Use(_)) | (Self::Use(_), Self::Content))
    }
}
