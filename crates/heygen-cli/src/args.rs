//! What can be written on the command line. Nothing is read, looked up or decided here.

mod auth;
mod emulator;
mod journal;
mod raw;
mod upload;
mod values;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

pub(crate) use auth::AuthCommand;
pub(crate) use emulator::{EmulatorArgs, TooLargeStatus};
pub(crate) use journal::{IdPrefix, JournalCommand, StateArg};
pub(crate) use raw::RawArgs;
pub(crate) use upload::{BatchFlags, ChecksumArg, JournalFlags, ProgressArg, RouteArg, UploadArgs};
pub(crate) use values::{TimeLimit, idempotency_key, media_type};

use crate::api::ApiCommand;

/// Get media into HeyGen from a shell: any accepted file, any size, one command
#[derive(Debug, Parser)]
#[command(
    name = "heygen-rs",
    version,
    before_help = EXAMPLES,
    after_help = ENVIRONMENT,
    help_template = HELP_TEMPLATE,
    disable_help_flag = true,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Upload files and print their asset ids
    #[command(
        before_help = upload::EXAMPLES,
        after_help = upload::NOTES,
        help_template = HELP_TEMPLATE
    )]
    Upload(UploadArgs),
    #[command(flatten)]
    Resource(ApiCommand),
    /// Send any request to the API, also one that has no command yet
    #[command(before_help = raw::EXAMPLES, after_help = raw::NOTES, help_template = HELP_TEMPLATE)]
    Api(RawArgs),
    /// Serve an emulator of the API, to try things without an account
    #[command(
        before_help = emulator::EXAMPLES,
        after_help = emulator::NOTES,
        help_template = HELP_TEMPLATE
    )]
    Emulator(Box<EmulatorArgs>),
    /// Look after the journal, in which uploads are remembered
    #[command(
        before_help = journal::EXAMPLES,
        after_help = journal::NOTES,
        help_template = HELP_TEMPLATE,
        subcommand_required = true,
        arg_required_else_help = true
    )]
    Journal {
        #[command(subcommand)]
        command: JournalCommand,
    },
    /// Check, store or remove the API key
    #[command(
        before_help = auth::EXAMPLES,
        help_template = HELP_TEMPLATE,
        subcommand_required = true,
        arg_required_else_help = true
    )]
    Auth {
        #[command(subcommand)]
        command: AuthCommand,
    },
    /// Print the completions of a shell
    #[command(before_help = COMPLETION_EXAMPLES, help_template = HELP_TEMPLATE)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page of every command into a folder
    // For whoever packages the program; others read --help.
    #[command(hide = true)]
    Man {
        /// The folder
        #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        out: PathBuf,
    },
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct GlobalArgs {
    /// Print help
    // One help, in its compact form, for both flags.
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// Call an emulator inside this process: no key, no network, nothing is kept
    #[arg(long, global = true, help_heading = OUTPUT_AND_SERVER)]
    pub(crate) emulator: bool,
    /// Print one JSON object per result; short for --output json
    #[arg(long, global = true, help_heading = OUTPUT_AND_SERVER)]
    pub(crate) json: bool,
    /// The form of results and errors [default: human on a terminal, else json]
    #[arg(long, global = true, value_name = "FORMAT", help_heading = OUTPUT_AND_SERVER)]
    pub(crate) output: Option<OutputFormat>,
    /// Read the API key from a file, or from standard input with '-'
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = OUTPUT_AND_SERVER)]
    pub(crate) api_key_file: Option<PathBuf>,
    /// Call another server [default: https://api.heygen.com]
    #[arg(long, global = true, value_name = "URL", value_hint = ValueHint::Url, help_heading = OUTPUT_AND_SERVER)]
    pub(crate) api_base: Option<String>,
    /// Accept plain http to other machines; key and files then travel in the clear
    #[arg(long, global = true, help_heading = OUTPUT_AND_SERVER)]
    pub(crate) allow_http: bool,
    /// Trust the certificates in a PEM file too; can be repeated
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = OUTPUT_AND_SERVER)]
    pub(crate) root_certificate: Vec<PathBuf>,

    /// How long connecting may take [default: 10s]
    #[arg(long, global = true, value_name = "TIME", help_heading = LIMITS)]
    pub(crate) connect_timeout: Option<TimeLimit>,
    /// How long the server may think after the last byte was sent [default: 2m]
    #[arg(long, global = true, value_name = "TIME", help_heading = LIMITS)]
    pub(crate) answer_timeout: Option<TimeLimit>,
    /// How long a transfer may stand still [default: 30s]
    #[arg(long, global = true, value_name = "TIME", help_heading = LIMITS)]
    pub(crate) stall_timeout: Option<TimeLimit>,
    /// How often a failed request is repeated [default: 7]
    #[arg(
        long,
        global = true,
        value_name = "N",
        value_parser = values::number::<u32>,
        allow_negative_numbers = true,
        help_heading = LIMITS
    )]
    pub(crate) max_retries: Option<u32>,
}

/// The form of results and errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// Text for people
    Human,
    /// One JSON object per line
    Json,
}

/// Examples come first: most readers need nothing else.
pub(crate) const HELP_TEMPLATE: &str = "\
{about-with-newline}
{before-help}{usage-heading} {usage}

{all-args}{after-help}";

const OUTPUT_AND_SERVER: &str = "Output and server";
const LIMITS: &str = "Limits (a TIME is 500ms, 30s, 5m, 1h or none)";

const EXAMPLES: &str = "\
Examples:
  heygen-rs upload clip.mp4                         upload a file, print its asset id
  heygen-rs upload --emulator --json a.png b.mp4    try it without an account
  heygen-rs upload --recursive --dry-run media/     see what would be sent
  heygen-rs video-agents create --prompt 'Present this in a minute' --file report.pdf --wait
  heygen-rs videos list --all                       every operation of the API is a command
  heygen-rs emulator                                serve the emulator to other programs";

const COMPLETION_EXAMPLES: &str = "\
Examples:
  heygen-rs completions bash > ~/.local/share/bash-completion/completions/heygen-rs
  heygen-rs completions zsh > ~/.zfunc/_heygen-rs
  heygen-rs completions fish > ~/.config/fish/completions/heygen-rs.fish";

const ENVIRONMENT: &str = "\
Environment:
  HEYGEN_API_KEY      the API key; --api-key-file goes first
  HEYGEN_CONFIG_DIR   where the file 'credentials' has it otherwise [default: ~/.heygen]
  HEYGEN_API_BASE     as --api-base
  HEYGEN_ALLOW_HTTP   1 is --allow-http
  HEYGEN_JOURNAL      the file of the journal; off is --no-journal
  HEYGEN_OUTPUT       as --output
  HEYGEN_MAX_RETRIES  as --max-retries
  HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY, NO_COLOR   as everywhere

Exit codes:
  0 ok · 1 API or network · 2 usage · 3 key missing or refused, or not permitted · 4 timed out
  5 some of several files failed · 6 problem with the local file · 7 integrity · 130 interrupted";
