//! The command line as people type it.

use crate::input::select;
use crate::input::select::Selection;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use std::path::PathBuf;

/// Checks published articles for the rights notices they carry, and reads what those notices allow
#[derive(Debug, Parser)]
#[command(name = "rightscheck", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what documents say about their rights, without judging
    Inspect(InspectArgs),
}

/// Which documents are read.
#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    /// Files, folders and patterns
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Leave out what this pattern of an ignore file fits
    #[arg(long, value_name = "GLOB", help_heading = "Documents")]
    pub(crate) exclude: Vec<String>,
    /// Take files with these extensions only, in folders
    #[arg(long, value_name = "LIST", value_delimiter = ',', help_heading = "Documents")]
    pub(crate) ext: Vec<String>,
    /// Pay no regard to .gitignore, .ignore and .rightscheckignore
    #[arg(long, help_heading = "Documents")]
    pub(crate) no_ignore: bool,
    /// Take files and folders whose name starts with a dot
    #[arg(long, help_heading = "Documents")]
    pub(crate) hidden: bool,
    /// Hold ignore files and --exclude against paths named here too
    #[arg(long, help_heading = "Documents")]
    pub(crate) force_exclude: bool,
    /// Read no file larger than this: a number of bytes, or with k, M, G
    #[arg(long, value_name = "SIZE", default_value = "50M", value_parser = size, help_heading = "Documents")]
    pub(crate) max_size: u64,
    /// Work on this many documents at a time (default: one for each processor)
    #[arg(short = 'j', long = "threads", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

impl ScanArgs {
    pub(crate) fn selection(&self, companions: bool) -> Selection {
        Selection {
            extensions: self.ext.iter().map(|e| e.trim_start_matches('.').to_ascii_lowercase()).collect(),
            exclude: self.exclude.clone(),
            ignore_files: !self.no_ignore,
            hidden: self.hidden,
            force_exclude: self.force_exclude,
            max_size: self.max_size,
            companions,
        }
    }

    pub(crate) fn threads(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.threads.map_or_else(all, usize::from)
    }
}

/// `50M` is 50 × 1024 × 1024 bytes.
fn size(text: &str) -> Result<u64, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let shift = match unit.to_ascii_lowercase().trim_end_matches("ib").trim_end_matches('b') {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        _ => return Err("write a number of bytes, or one with k, M or G".to_owned()),
    };
    let bytes = number.parse::<u64>().ok().and_then(|n| n.checked_mul(1 << shift)).ok_or("not a number of bytes")?;
    if bytes > select::LARGEST_MAX_SIZE {
        return Err("no file of 4G or more can be read".to_owned());
    }
    Ok(bytes)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// For people
    Human,
    /// One object, or a list of them
    Json,
    /// One object a line
    Jsonl,
}

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    #[command(flatten)]
    pub(crate) scan: ScanArgs,
    /// How to write it
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: InspectFormat,
}
