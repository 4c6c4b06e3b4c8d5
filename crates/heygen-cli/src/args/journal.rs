use std::{str::FromStr, time::Duration};

use clap::{Args, Subcommand, ValueEnum};

use super::{BatchFlags, HELP_TEMPLATE, TimeLimit};

/// The commands about the journal.
#[derive(Debug, Subcommand)]
pub(crate) enum JournalCommand {
    /// List the uploads that are remembered, the newest last
    #[command(before_help = LIST_EXAMPLES, help_template = HELP_TEMPLATE)]
    List(ListArgs),
    /// Show all that is known of an upload
    #[command(before_help = SHOW_EXAMPLES, help_template = HELP_TEMPLATE)]
    Show(ShowArgs),
    /// Go on with uploads that were begun and not finished
    #[command(
        before_help = RESUME_EXAMPLES,
        after_help = RESUME_NOTES,
        help_template = HELP_TEMPLATE
    )]
    Resume(ResumeArgs),
    /// Forget uploads; nothing at HeyGen is deleted
    #[command(before_help = FORGET_EXAMPLES, help_template = HELP_TEMPLATE)]
    Forget(ForgetArgs),
    /// Forget what is not worth being remembered any longer
    #[command(
        before_help = PRUNE_EXAMPLES,
        after_help = PRUNE_NOTES,
        help_template = HELP_TEMPLATE
    )]
    Prune(PruneArgs),
}

/// What `journal list` takes.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Only uploads that have come this far
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<StateArg>,
}

/// What `journal show` takes.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The ids of uploads, or their first digits
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<IdPrefix>,
}

/// What `journal resume` takes.
#[derive(Debug, Args)]
pub(crate) struct ResumeArgs {
    /// The ids of uploads, or their first digits [default: all that were begun]
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<IdPrefix>,
    #[command(flatten)]
    pub(crate) batch: BatchFlags,
}

/// What `journal forget` takes.
#[derive(Debug, Args)]
pub(crate) struct ForgetArgs {
    /// The ids of uploads, or their first digits
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<IdPrefix>,
    /// Do not ask; required where nobody can be asked
    #[arg(short, long)]
    pub(crate) yes: bool,
}

/// What `journal prune` takes.
#[derive(Debug, Args)]
pub(crate) struct PruneArgs {
    /// Everything
    #[arg(
        long,
        required_unless_present_any = ["state", "missing", "older_than"],
        conflicts_with_all = ["state", "missing", "older_than"]
    )]
    pub(crate) all: bool,
    /// Only uploads that have come this far
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<StateArg>,
    /// Only uploads of files that are gone
    #[arg(long)]
    pub(crate) missing: bool,
    /// Only uploads that nothing has happened to for so long: 12h, 30d
    #[arg(long, value_name = "AGE")]
    pub(crate) older_than: Option<Age>,
    /// Do not ask; required where nobody can be asked
    #[arg(short, long)]
    pub(crate) yes: bool,
}

/// How far an upload has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StateArg {
    /// Whether storage has the bytes is not known
    Begun,
    /// Storage has the bytes, and the upload has to be completed
    Stored,
    /// The asset can be used
    Finished,
}

/// The first digits of the id of an upload, or all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IdPrefix(pub(crate) String);

impl FromStr for IdPrefix {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hexadecimal && (SHORTEST_PREFIX..=32).contains(&text.len()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err("an id is at least the first 4 of the 32 digits that `journal list` shows")
        }
    }
}

/// A time such as `30d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Age(pub(crate) Duration);

impl FromStr for Age {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let days = text.strip_suffix('d').map(str::parse::<u32>);
        match (days, text.parse::<TimeLimit>()) {
            (Some(Ok(days)), _) => Ok(Self(DAY * days)),
            (None, Ok(TimeLimit(age))) if age < Duration::MAX => Ok(Self(age)),
            _ => Err("write an age as 30d, 12h or 5m"),
        }
    }
}

const SHORTEST_PREFIX: usize = 4;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) const EXAMPLES: &str = "\
Examples:
  heygen-rs journal list                   what is remembered
  heygen-rs journal resume                 go on with everything that was begun
  heygen-rs journal prune --older-than 90d";

pub(super) const NOTES: &str = "\
The journal is 'heygen-rs/journal.db' in the state folder of the user (XDG_STATE_HOME, else
~/.local/state), unless HEYGEN_JOURNAL names another file. It holds no key.";

const LIST_EXAMPLES: &str = "\
Examples:
  heygen-rs journal list
  heygen-rs journal list --state begun --json | jq -r .file";

const SHOW_EXAMPLES: &str = "\
Examples:
  heygen-rs journal show 3f9a";

const RESUME_EXAMPLES: &str = "\
Examples:
  heygen-rs journal resume                 everything that was begun with this key
  heygen-rs journal resume 3f9a --wait";

const RESUME_NOTES: &str = "\
An upload goes on with the route, the checksum, the type and the name with which it was begun. A
file that is not the same any more is not sent.";

const FORGET_EXAMPLES: &str = "\
Examples:
  heygen-rs journal forget 3f9a
  heygen-rs journal forget 3f9a --yes      do not ask, as a script needs it";

const PRUNE_EXAMPLES: &str = "\
Examples:
  heygen-rs journal prune --older-than 90d
  heygen-rs journal prune --state begun --missing
  heygen-rs journal prune --all --yes";

const PRUNE_NOTES: &str = "\
Of several conditions all have to hold. An upload that is going on stays.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_days_or_times() {
        assert_eq!("30d".parse(), Ok(Age(DAY * 30)));
        assert_eq!("12h".parse(), Ok(Age(DAY / 2)));
        for text in ["", "d", "-1d", "1.5d", "none", "30"] {
            assert!(text.parse::<Age>().is_err(), "{text}");
        }
    }

    #[test]
    fn ids_are_four_digits_or_more() {
        assert_eq!("3F9A".parse(), Ok(IdPrefix("3f9a".to_owned())));
        assert!("3f9".parse::<IdPrefix>().is_err());
        assert!("3f9g".parse::<IdPrefix>().is_err());
        assert!("0".repeat(33).parse::<IdPrefix>().is_err());
    }
}
