//! Walking folders and reading files: the only part of the program that does.
//!
//! A path becomes files in a stable order ([`walk`]), a file becomes a document with the files that accompany it ([`bundle`]).
//! What can't be read is a value, never a stop: the rest is still processed.
#![expect(clippy::disallowed_methods, reason = "this is the layer that reads files")]

pub mod archive;
pub mod bundle;
pub mod changes;
pub mod folder;
pub mod policies;
pub mod project;
pub mod read;
pub mod select;
pub mod site;
pub mod walk;

use std::io;

/// Why something named or found could not be read. Paths are those of the report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// Opening or reading failed.
    #[error("cannot read {path}: {cause}")]
    Read {
        /// What.
        path: String,
        /// Why.
        cause: io::Error,
    },
    /// A path on the command line, or in a list, that isn't there.
    #[error("{path} does not exist")]
    Missing {
        /// What.
        path: String,
    },
    /// A pattern on the command line that no file fits.
    #[error("no file matches {pattern}")]
    Unmatched {
        /// The pattern.
        pattern: String,
    },
    /// More bytes than allowed, before or after unpacking.
    #[error("{path} is larger than {} bytes", limit)]
    TooLarge {
        /// What.
        path: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// A link to a folder that holds the link.
    #[error("{path} is a link back to {target}")]
    Loop {
        /// The link.
        path: String,
        /// The folder it leads to.
        target: String,
    },
    /// Neither text nor a picture.
    #[error("{path} is neither text nor a picture")]
    Binary {
        /// What.
        path: String,
    },
    /// Bytes that are no text, or not whole.
    #[error("{path} can't be decoded: {problem}")]
    Undecodable {
        /// What.
        path: String,
        /// What is wrong with the bytes.
        problem: String,
    },
    /// An archive, or a member of one, that can't be unpacked.
    #[error("{path} can't be unpacked: {problem}")]
    BadArchive {
        /// What.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// An ignore file with a line that is no pattern.
    #[error("{path}: {message}")]
    BadIgnore {
        /// The ignore file.
        path: String,
        /// What is wrong, and where.
        message: String,
    },
    /// The program failed on this document.
    #[error("rightscheck failed on {path}")]
    Internal {
        /// What.
        path: String,
    },
    /// No document was found at all.
    #[error("no document found in {path}")]
    Nothing {
        /// Where was looked.
        path: String,
    },
}

impl InputError {
    /// Stable name for machine formats and `rightscheck explain`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read { .. } => "unreadable",
            Self::Missing { .. } => "missing",
            Self::Unmatched { .. } => "unmatched",
            Self::TooLarge { .. } => "too-large",
            Self::Loop { .. } => "link-loop",
            Self::Binary { .. } => "binary",
            Self::Undecodable { .. } => "undecodable",
            Self::BadArchive { .. } => "bad-archive",
            Self::BadIgnore { .. } => "bad-ignore-file",
            Self::Internal { .. } => "internal-error",
            Self::Nothing { .. } => "no-documents",
        }
    }

    /// The path, pattern or place it is about.
    pub fn path(&self) -> &str {
        match self {
            Self::Read { path, .. }
            | Self::Missing { path }
            | Self::TooLarge { path, .. }
            | Self::Loop { path, .. }
            | Self::Binary { path }
            | Self::Undecodable { path, .. }
            | Self::BadArchive { path, .. }
            | Self::BadIgnore { path, .. }
            | Self::Internal { path }
            | Self::Nothing { path } => path,
            Self::Unmatched { pattern } => pattern,
        }
    }

    /// What would settle it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Read { .. } => "make it readable, or leave it out with --exclude",
            Self::Missing { .. } => "check the spelling; paths are looked up from the current folder",
            Self::Unmatched { .. } => "quote the pattern and check that it starts at the current folder",
            Self::TooLarge { .. } => "raise the limit with --max-size, or leave it out with --exclude",
            Self::Loop { .. } => "nothing is lost: the folder is read where it stands; remove the link to silence this",
            Self::Binary { .. } => "name pages, texts and Markdown files; leave others out with --exclude",
            Self::Undecodable { .. } => "save it again as UTF-8; what it says or lacks can't be told from damaged bytes",
            Self::BadArchive { .. } => "pack it again as .zip, .tar or .tar.gz, without a password; its other members are read",
            Self::BadIgnore { .. } => "correct the pattern; the other lines of the file are in force",
            Self::Internal { .. } => "the other documents are checked; please report this, with the document if you may share it",
            Self::Nothing { .. } => {
                "name files, or a folder with .html, .md or .txt files; --ext, --hidden and --no-ignore widen the choice"
            }
        }
    }

    /// Whether something that should have been checked was not, so that the run ends with exit code 3.
    pub fn is_incomplete(&self) -> bool {
        !matches!(self, Self::Loop { .. } | Self::BadIgnore { .. })
    }
}
