use std::{num::NonZeroU16, path::PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use heygen_client::types::MediaType;

use super::values::{self, TimeLimit};

/// `heygen-rs upload`.
#[derive(Debug, Args)]
pub(crate) struct UploadArgs {
    /// Files, and with --recursive folders
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Upload the files in folders, and in folders below them
    #[arg(short, long)]
    pub(crate) recursive: bool,
    /// Show type, size and route of every file, and send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// One request (single), create-put-complete (direct), or what fits the file
    #[arg(long, value_name = "ROUTE", default_value = "auto")]
    pub(crate) route: RouteArg,
    /// When the digest is told in a direct upload: before, after, or never
    #[arg(long, value_name = "WHEN", default_value = "declared")]
    pub(crate) checksum: ChecksumArg,
    /// The media type, instead of finding it out from the bytes
    #[arg(long, value_name = "TYPE", value_parser = values::media_type)]
    pub(crate) media_type: Option<MediaType>,
    /// The name under which a single file is uploaded
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) journal: JournalFlags,
    #[command(flatten)]
    pub(crate) batch: BatchFlags,
}

/// What every command that uploads several files and nothing else takes.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct BatchFlags {
    /// Wait until HeyGen has processed the files
    #[arg(long)]
    pub(crate) wait: bool,
    /// How many files are uploaded at the same time
    #[arg(
        short = 'j',
        long,
        value_name = "N",
        default_value = "8",
        value_parser = values::number::<NonZeroU16>,
        allow_negative_numbers = true
    )]
    pub(crate) concurrency: NonZeroU16,
    /// How long the upload of one file may take in all [default: no limit]
    #[arg(long, value_name = "TIME")]
    pub(crate) deadline: Option<TimeLimit>,
    /// How progress is shown on standard error
    #[arg(long, value_name = "FORM", default_value = "auto")]
    pub(crate) progress: ProgressArg,
}

/// What every command that uploads files takes.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct JournalFlags {
    /// Send every file anew, whatever the journal knows of it
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Do without the journal: find nothing in it, and leave nothing behind
    #[arg(long)]
    pub(crate) no_journal: bool,
}

/// The way a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RouteArg {
    /// One request up to 32 MB, direct upload above
    Auto,
    /// One request
    Single,
    /// Create, put, complete
    Direct,
}

/// When the digest of a direct upload is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChecksumArg {
    /// Before the bytes are sent: storage refuses any others
    Declared,
    /// After they were sent: the file is read once
    Completion,
    /// Never: only size and type are compared
    Off,
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressArg {
    /// Bars on a terminal, else nothing but retries and other waits
    Auto,
    /// Bars
    Bar,
    /// Lines of text
    Plain,
    /// One JSON object per event
    Json,
    /// Nothing
    None,
}

pub(super) const EXAMPLES: &str = "\
Examples:
  heygen-rs upload clip.mp4
  heygen-rs upload --json *.png | jq -r .asset_id
  heygen-rs upload --recursive --dry-run media/
  heygen-rs upload --emulator --wait clip.mp4";

pub(super) const NOTES: &str = "\
Accepted are png, jpeg, mp4, webm, mp3, wav, pdf, srt and zip, by content, whatever the name says.
In folders every file counts but hidden ones; links are followed. A file that is met twice is
uploaded once. One file that fails does not keep the others from being uploaded.
The journal remembers uploads: after a crash the same command goes on where it stopped, and what
is stored already is not sent again.";
