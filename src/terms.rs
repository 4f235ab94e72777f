//! The vocabulary: uses, states, conditions, exceptions, facts, channels. No behaviour beyond names.

/// Declares a closed set with its written names, so that the loader, the reports and the documentation share one list.
macro_rules! names {
    ($(#[$about:meta])* $kind:ident { $($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        pub enum $kind { $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+ }

        impl $kind {
            /// Every member, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name as policies and reports write it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it means, in a sentence.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii(),)+ }
            }

            /// The member of that name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}
pub(crate) use names;

names! {
    /// What somebody may want to do with a document.
    Use {
        /// Fetching with an automated client at all.
        AutomatedAccess = "automated-access",
        /// Building a search index whose results link to the source.
        Search = "search",
        /// Showing text or picture previews in results.
        Excerpt = "excerpt",
        /// Changing a model's learned parameters with the work.
        AiTrain = "ai-train",
        /// Giving the work to a trained model at run time.
        AiInput = "ai-input",
        /// Text and data mining, Directive (EU) 2019/790 Art. 2(2).
        Tdm = "tdm",
        /// Copying.
        Reproduce = "reproduce",
        /// Publishing, communicating, sharing, syndicating copies.
        Redistribute = "redistribute",
        /// Editing, translating, remixing, cropping.
        Adapt = "adapt",
        /// Keeping copies beyond the transient.
        Store = "store",
        /// Any of these for commercial purposes.
        Commercial = "commercial",
    }
}

names! {
    /// What the statements say about a use.
    State {
        /// Free.
        Allowed = "allowed",
        /// Free only under the listed conditions; `consent` reads "ask first".
        Conditional = "conditional",
        /// Kept back.
        Prohibited = "prohibited",
        /// Nothing is said.
        Unstated = "unstated",
        /// Two mechanisms contradict each other.
        Conflict = "conflict",
    }
}

names! {
    /// What a prose statement leaves out of its restriction.
    Exception {
        /// Indexing by search engines.
        Search = "search",
        /// What the law permits.
        ByLaw = "by-law",
        /// Private, personal use.
        Private = "private",
        /// Quoting, referring.
        Quotation = "quotation",
        /// Uses under a contract, a licence agreement, a subscription.
        Contract = "contract",
    }
}

names! {
    /// How sure a detector is.
    Confidence {
        /// A guess worth a look.
        Low = "low",
        /// The usual reading.
        Medium = "medium",
        /// The wording or mark-up can mean nothing else.
        High = "high",
    }
}

names! {
    /// Through which kind of statement a fact is made.
    Channel {
        /// Words for readers.
        Prose = "prose",
        /// JSON-LD, meta elements, microdata, front matter.
        Metadata = "metadata",
        /// Robots rules, headers, mining files: addressed to machines.
        Signal = "signal",
        /// Inside a media file.
        Embedded = "embedded",
        /// A file that accompanies another.
        Sidecar = "sidecar",
    }
}

names! {
    /// What can be stated in or about a document.
    Fact {
        /// The title of the article.
        Headline = "headline",
        /// Who wrote it.
        Byline = "byline",
        /// When it was published or modified.
        Date = "date",
        /// Another outlet that facts or quotations are attributed to.
        Source = "source",
        /// The text is an agency's or another outlet's, whole or in part.
        AgencyCredit = "agency-credit",
        /// A copyright line.
        Copyright = "copyright",
        /// Prose or metadata that grants use.
        Licence = "licence",
        /// Prose that restricts or conditions use.
        Reservation = "reservation",
        /// Whom to ask for permission.
        PermissionsContact = "permissions-contact",
        /// A link to terms of use.
        TermsLink = "terms-link",
        /// A machine-readable statement about uses.
        Signal = "signal",
        /// A signal that doesn't say what its author probably means.
        SignalFault = "signal-fault",
        /// Metadata says machine-made.
        AiMarker = "ai-marker",
        /// Readers are told that AI was used.
        AiDisclosure = "ai-disclosure",
        /// Words that describe a picture.
        Caption = "caption",
        /// Who made or supplied a picture.
        Credit = "credit",
    }
}

names! {
    /// How much a failure matters; set by the policy.
    Severity {
        /// Shown, never fails a run by itself.
        Note = "note",
        /// Should be mended.
        Warning = "warning",
        /// Must be mended.
        Error = "error",
    }
}

names! {
    /// What a rule says of a subject.
    Outcome {
        /// Fulfilled.
        Pass = "pass",
        /// Not fulfilled.
        Fail = "fail",
        /// A person must decide.
        Review = "review",
        /// The rule did not apply.
        Skip = "skip",
    }
}

/// A use that a statement names: one of the eleven, or every use at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UseName {
    /// "Any use": the matrix spreads it over all uses *by general words*.
    Any,
    /// This one by name.
    One(Use),
    /// This one, by general words that don't reach every use ("any copying, by whatever means", a notice whose meaning a policy states).
    General(Use),
}

impl UseName {
    /// `any`, or the name of the use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::One(one) | Self::General(one) => one.name(),
        }
    }

    /// The use; none where every use is meant.
    pub fn usage(self) -> Option<Use> {
        match self {
            Self::Any => None,
            Self::One(one) | Self::General(one) => Some(one),
        }
    }
}

/// Conditions under which a use is open: `consent`, `payment`, `attribution`, `link`, `share-alike`, `non-commercial`, `unmodified`,
/// `licence-token`, `see-licence`, `see-policy`, `licence-available`, `research-only`, `except-by-law`, `private`, `quotation`,
/// and forms with a value (`max-chars=160`, `until=2027-01-01`, `user=…`, `geo=…`, `scope=generative`).
/// Kept as text because mechanisms bring their own values; the plain names are the constants below.
pub type Condition = std::borrow::Cow<'static, str>;

/// The plain conditions, for near names and documentation.
pub const CONDITIONS: &[&str] = &[
    "attribution",
    "consent",
    "contract",
    "except-by-law",
    "fragment",
    "images",
    "licence-available",
    "licence-token",
    "link",
    "non-commercial",
    "payment",
    "private",
    "quotation",
    "research-only",
    "see-licence",
    "see-policy",
    "share-alike",
    "unmodified",
];

/// Everyday names of uses, so that a policy author who writes `mine` is told `tdm`.
pub const EVERYDAY_USES: &[(&str, &str)] = &[
    ("copy", "reproduce"),
    ("mine", "tdm"),
    ("mining", "tdm"),
    ("republish", "redistribute"),
    ("share", "redistribute"),
    ("publish", "redistribute"),
    ("translate", "adapt"),
    ("edit", "adapt"),
    ("search-index", "search"),
    ("index", "search"),
    ("snippet", "excerpt"),
    ("preview", "excerpt"),
    ("train", "ai-train"),
    ("ai-training", "ai-train"),
    ("training", "ai-train"),
    ("rag", "ai-input"),
    ("ai-use", "ai-input"),
    ("archive", "store"),
    ("crawl", "automated-access"),
    ("scrape", "automated-access"),
];
