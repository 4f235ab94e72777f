//! The closed list of concepts that wording expresses.

macro_rules! concepts {
    ($($variant:ident = $name:literal,)+) => {
        /// What a phrase means; the name is its table and key in a lexicon file.
        #[expect(missing_docs, reason = "each name is its own documentation, and `rightscheck explain` prints the phrases")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Concept { $($variant,)+ }

        impl Concept {
            /// Every concept.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Table and key in a lexicon file, e.g. `copyright.word`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The concept of that name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

concepts! {
    CopyrightAllRightsReserved = "copyright.all-rights-reserved",
    CopyrightProtected = "copyright.protected",
    CopyrightRightsHolder = "copyright.rights-holder",
    CopyrightSomeRightsReserved = "copyright.some-rights-reserved",
    CopyrightWord = "copyright.word",
    ReservationAiTerm = "reservation.ai-term",
    ReservationAiTrainingTerm = "reservation.ai-training-term",
    ReservationAutomatedOrManual = "reservation.automated-or-manual",
    ReservationCommercialProhibited = "reservation.commercial-prohibited",
    ReservationMlTerm = "reservation.ml-term",
    ReservationPriorConsent = "reservation.prior-consent",
    ReservationProhibited = "reservation.prohibited",
    ReservationRedistributeProhibited = "reservation.redistribute-prohibited",
    ReservationReproduceProhibited = "reservation.reproduce-prohibited",
    ReservationReserveVerb = "reservation.reserve-verb",
    ReservationScrapingTerm = "reservation.scraping-term",
    ReservationStorageTerm = "reservation.storage-term",
    ReservationTdmReserved = "reservation.tdm-reserved",
    ReservationTdmTerm = "reservation.tdm-term",
    ReservationWholeOrPart = "reservation.whole-or-part",
    ReservationWithoutConsent = "reservation.without-consent",
    ExceptionExcept = "exception.except",
    ExceptionLawPermitted = "exception.law-permitted",
    ExceptionPrivateUse = "exception.private-use",
    ExceptionQuotation = "exception.quotation",
    ExceptionSearchEngine = "exception.search-engine",
    PermissionAttributionRequired = "permission.attribution-required",
    PermissionLicensedUnder = "permission.licensed-under",
    PermissionLinkBack = "permission.link-back",
    PermissionMayRepublish = "permission.may-republish",
    PermissionNoncommercialOnly = "permission.noncommercial-only",
    PermissionPublicDomain = "permission.public-domain",
    PermissionUnmodified = "permission.unmodified",
    ContactLicenceContact = "contact.licence-contact",
    NegationNegation = "negation.negation",
    AttributionAccordingTo = "attribution.according-to",
    AttributionAgencyMaterial = "attribution.agency-material",
    AttributionArchive = "attribution.archive",
    AttributionAuthorLabel = "attribution.author-label",
    AttributionByline = "attribution.byline",
    AttributionCorrectionLabel = "attribution.correction-label",
    AttributionCourtesy = "attribution.courtesy",
    AttributionEditedBy = "attribution.edited-by",
    AttributionIllustrationLabel = "attribution.illustration-label",
    AttributionImageSourceLabel = "attribution.image-source-label",
    AttributionOriginallyPublished = "attribution.originally-published",
    AttributionPhotoBy = "attribution.photo-by",
    AttributionPhotoLabel = "attribution.photo-label",
    AttributionPreparedBy = "attribution.prepared-by",
    AttributionPublishedLabel = "attribution.published-label",
    AttributionReports = "attribution.reports",
    AttributionSourceLabel = "attribution.source-label",
    AttributionTranslatedBy = "attribution.translated-by",
    AttributionUpdatedLabel = "attribution.updated-label",
    DisclosureAiAssisted = "disclosure.ai-assisted",
    DisclosureAiGenerated = "disclosure.ai-generated",
    DisclosureAiImage = "disclosure.ai-image",
    DisclosureAiTranslated = "disclosure.ai-translated",
    DisclosureHumanReviewed = "disclosure.human-reviewed",
}

impl Concept {
    /// Whether its phrases are words too common for a pass over whole documents.
    pub fn is_short(self) -> bool {
        use Concept::*;
        matches!(
            self,
            NegationNegation
                | AttributionByline
                | AttributionAuthorLabel
                | AttributionSourceLabel
                | AttributionPhotoLabel
                | AttributionImageSourceLabel
                | AttributionPublishedLabel
                | AttributionUpdatedLabel
                | AttributionIllustrationLabel
        )
    }
}
