use clap::{Args, Subcommand};

use super::HELP_TEMPLATE;

/// The commands about the credential.
#[derive(Debug, Subcommand)]
pub(crate) enum AuthCommand {
    /// Say which key is used, whether it works, and whose it is
    #[command(before_help = STATUS_EXAMPLES, help_template = HELP_TEMPLATE)]
    Status(StatusArgs),
    /// Check a key and store it where the official tool keeps it
    #[command(before_help = LOGIN_EXAMPLES, after_help = LOGIN_NOTES, help_template = HELP_TEMPLATE)]
    Login,
    /// Remove the stored key
    #[command(before_help = LOGOUT_EXAMPLES, help_template = HELP_TEMPLATE)]
    Logout(LogoutArgs),
}

/// What `auth status` takes.
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    /// Only say where the key comes from; ask no server
    #[arg(long)]
    pub(crate) offline: bool,
}

/// What `auth logout` takes.
#[derive(Debug, Args)]
pub(crate) struct LogoutArgs {
    /// Do not ask first
    #[arg(short, long)]
    pub(crate) yes: bool,
}

pub(super) const EXAMPLES: &str = "\
Examples:
  heygen-rs auth login                     ask for a key, check it, store it
  heygen-rs auth status                    say whose key is used, and its balance
  heygen-rs auth logout                    remove the stored key";

const STATUS_EXAMPLES: &str = "\
Examples:
  heygen-rs auth status
  heygen-rs auth status --json | jq .credential.source
  heygen-rs auth status --offline          only say where the key comes from";

const LOGIN_EXAMPLES: &str = "\
Examples:
  heygen-rs auth login                     type or paste the key; it is not shown
  pass show heygen | heygen-rs auth login
  heygen-rs auth login --api-key-file key.txt";

const LOGIN_NOTES: &str = "\
The key is stored when the API accepts it, whatever its scopes, in 'credentials' in the folder of
HEYGEN_CONFIG_DIR [default: ~/.heygen], readable by its owner alone. A session of the official tool
in the same file is removed: the file holds a key or a session, not both.";

const LOGOUT_EXAMPLES: &str = "\
Examples:
  heygen-rs auth logout
  heygen-rs auth logout --yes              do not ask, as a script needs it";
