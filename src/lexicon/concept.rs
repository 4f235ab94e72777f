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
    CopyrightBy = "copyright.by",
    CopyrightLegalForm = "copyright.legal-form",
    CopyrightNeighbour = "copyright.neighbour",
    CopyrightProperty = "copyright.property",
    CopyrightProtected = "copyright.protected",
    CopyrightRightsHolder = "copyright.rights-holder",
    CopyrightSomeRightsReserved = "copyright.some-rights-reserved",
    CopyrightWord = "copyright.word",
    ReservationContinues = "reservation.continues",
    ReservationAiTerm = "reservation.ai-term",
    ReservationAiTrainingTerm = "reservation.ai-training-term",
    ReservationAutomatedOrManual = "reservation.automated-or-manual",
    ReservationLimits = "reservation.limits",
    ReservationRequires = "reservation.requires",
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
    UseAdapt = "use.adapt",
    UseAiInput = "use.ai-input",
    UseAny = "use.any",
    UseCommercial = "use.commercial",
    UseRedistribute = "use.redistribute",
    UseReproduce = "use.reproduce",
    UseTrain = "use.train",
    ConditionConsent = "condition.consent",
    ConditionContract = "condition.contract",
    ConditionPayment = "condition.payment",
    ConditionWithout = "condition.without",
    ConsentExplicit = "consent.explicit",
    ConsentPrior = "consent.prior",
    ConsentWritten = "consent.written",
    ObjectContent = "object.content",
    ObjectHere = "object.here",
    LawAct = "law.act",
    LawProvision = "law.provision",
    TopicPersonalData = "topic.personal-data",
    TopicReport = "topic.report",
    TopicTrademark = "topic.trademark",
    TopicUpload = "topic.upload",
    ExceptionContract = "exception.contract",
    ExceptionExcept = "exception.except",
    ExceptionLawPermitted = "exception.law-permitted",
    ExceptionPrivateUse = "exception.private-use",
    ExceptionQuotation = "exception.quotation",
    ExceptionSearchEngine = "exception.search-engine",
    LicenceAttribution = "licence.attribution",
    LicenceCreativeCommons = "licence.creative-commons",
    LicenceNoDerivatives = "licence.no-derivatives",
    LicenceNonCommercial = "licence.non-commercial",
    LicenceDlDe = "licence.dl-de",
    LicenceEtalab = "licence.etalab",
    LicenceGfdl = "licence.gfdl",
    LicenceOgl = "licence.ogl",
    LicenceShareAlike = "licence.share-alike",
    PermissionGranted = "permission.granted",
    PermissionAttributionRequired = "permission.attribution-required",
    PermissionLicensedUnder = "permission.licensed-under",
    PermissionLinkBack = "permission.link-back",
    PermissionMayRepublish = "permission.may-republish",
    PermissionNoncommercialOnly = "permission.noncommercial-only",
    PermissionPublicDomain = "permission.public-domain",
    PermissionUnmodified = "permission.unmodified",
    ContactAsk = "contact.ask",
    ContactLabel = "contact.label",
    TermsLink = "terms.link",
    ContactLicenceContact = "contact.licence-contact",
    NegationNegation = "negation.negation",
    AttributionAccordingTo = "attribution.according-to",
    AttributionAgencyMaterial = "attribution.agency-material",
    AttributionAnd = "attribution.and",
    AttributionArchive = "attribution.archive",
    AttributionAuthorLabel = "attribution.author-label",
    AttributionBeat = "attribution.beat",
    AttributionButton = "attribution.button",
    AttributionByline = "attribution.byline",
    AttributionCollective = "attribution.collective",
    AttributionCorrectionLabel = "attribution.correction-label",
    AttributionCourtesy = "attribution.courtesy",
    AttributionEditedBy = "attribution.edited-by",
    AttributionIllustrationLabel = "attribution.illustration-label",
    AttributionImageSourceLabel = "attribution.image-source-label",
    AttributionOrganisationWord = "attribution.organisation-word",
    AttributionOriginallyPublished = "attribution.originally-published",
    AttributionOutletWord = "attribution.outlet-word",
    AttributionPhotoBy = "attribution.photo-by",
    AttributionPhotoLabel = "attribution.photo-label",
    AttributionPreparedBy = "attribution.prepared-by",
    AttributionPublishedLabel = "attribution.published-label",
    AttributionReports = "attribution.reports",
    AttributionRole = "attribution.role",
    AttributionSourceLabel = "attribution.source-label",
    AttributionTitle = "attribution.title",
    AttributionTranslatedBy = "attribution.translated-by",
    AttributionUpdatedLabel = "attribution.updated-label",
    DisclosureMade = "disclosure.made",
    DisclosureTool = "disclosure.tool",
    DisclosureAudio = "disclosure.audio",
    DisclosureImage = "disclosure.image",
    DisclosureSummary = "disclosure.summary",
    DisclosureText = "disclosure.text",
    DisclosureTranslation = "disclosure.translation",
    CreditCaptionLabel = "credit.caption-label",
    CreditControl = "credit.control",
    CreditNobody = "credit.nobody",
    CreditOrganisation = "credit.organisation",
    CreditPosition = "credit.position",
    CreditProfession = "credit.profession",
    DisclosureAiAssisted = "disclosure.ai-assisted",
    DisclosureAiGenerated = "disclosure.ai-generated",
    DisclosureAiImage = "disclosure.ai-image",
    DisclosureAiTranslated = "disclosure.ai-translated",
    DisclosureHumanReviewed = "disclosure.human-reviewed",
}

/// In which pass a phrase is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Over whole documents: rare enough to choose candidates by.
    Whole,
    /// In short pieces of text: labels and function words.
    Short,
    /// In what may be a name: titles, roles, words of which desks and outlets make their names.
    Name,
    /// In captions and credit lines: what pictures are credited with beside names.
    Credit,
    /// Inside the candidates, and only in the languages whose phrases made them candidates: the words a rule is made of.
    Clause,
}

impl Concept {
    /// The pass its phrases belong to.
    pub fn tier(self) -> Tier {
        use Concept::*;
        match self {
            AttributionByline
            | AttributionAuthorLabel
            | AttributionSourceLabel
            | AttributionPhotoLabel
            | AttributionImageSourceLabel
            | AttributionPublishedLabel
            | AttributionUpdatedLabel
            | AttributionIllustrationLabel
            | AttributionPhotoBy => Tier::Short,
            AttributionCourtesy | AttributionArchive | CreditCaptionLabel | CreditControl | CreditNobody | CreditOrganisation
            | CreditPosition | CreditProfession => Tier::Credit,
            AttributionAnd
            | AttributionBeat
            | AttributionButton
            | AttributionCollective
            | AttributionOrganisationWord
            | AttributionOutletWord
            | AttributionRole
            | AttributionTitle => Tier::Name,
            NegationNegation
            | CopyrightBy
            | CopyrightLegalForm
            | CopyrightNeighbour
            | ReservationContinues
            | ReservationLimits
            | ReservationRequires
            | PermissionGranted
            | PermissionUnmodified
            | UseAdapt
            | UseAiInput
            | UseAny
            | UseCommercial
            | UseRedistribute
            | UseReproduce
            | UseTrain
            | ConditionContract
            | ConditionPayment
            | ConditionWithout
            | ConsentExplicit
            | ConsentPrior
            | ConsentWritten
            | ObjectContent
            | ObjectHere
            | LawAct
            | LawProvision
            | TopicPersonalData
            | TopicReport
            | TopicTrademark
            | TopicUpload
            | ExceptionContract
            | ExceptionExcept
            | ExceptionLawPermitted
            | ExceptionQuotation
            | ExceptionSearchEngine
            | LicenceAttribution
            | PermissionLicensedUnder
            | LicenceNoDerivatives
            | LicenceNonCommercial
            | LicenceShareAlike
            | DisclosureMade
            | DisclosureAudio
            | DisclosureImage
            | DisclosureSummary
            | DisclosureText
            | DisclosureTranslation => Tier::Clause,
            _ => Tier::Whole,
        }
    }

    /// Whether its phrases are words too common for a pass over whole documents.
    pub fn is_short(self) -> bool {
        self.tier() == Tier::Short
    }
}
