//! Every exit code, and what leads to it.

use std::process::ExitCode;

use heygen_client::ErrorKind;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything went well.
    Success = 0,
    /// The API or the network failed.
    Api = 1,
    /// The command line or the environment cannot be used.
    Usage = 2,
    /// The key is missing, malformed, refused or not allowed to do this.
    Authentication = 3,
    /// A time limit ended it.
    TimedOut = 4,
    /// Some of several files failed.
    SomeFailed = 5,
    /// A local file cannot be uploaded, or changed meanwhile, or this machine has no file
    /// descriptor, thread or memory left.
    File = 6,
    /// What was stored is not what was on the disk.
    Integrity = 7,
    /// The user interrupted it.
    Interrupted = 130,
}

impl Exit {
    /// Returns the exit code of an error of the client.
    pub(crate) const fn of(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Authentication | ErrorKind::Permission | ErrorKind::InsufficientScope => {
                Self::Authentication
            }
            ErrorKind::InvalidInput | ErrorKind::Configuration => Self::Usage,
            ErrorKind::TooLarge
            | ErrorKind::UnsupportedType
            | ErrorKind::Source
            | ErrorKind::SourceChanged
            | ErrorKind::NewerJournal
            | ErrorKind::LocalResources => Self::File,
            ErrorKind::Integrity => Self::Integrity,
            ErrorKind::TimedOut => Self::TimedOut,
            ErrorKind::Cancelled => Self::Interrupted,
            // Rejected, Network, Untrusted, Incompatible, Protocol, Processing, and kinds yet to
            // come.
            _ => Self::Api,
        }
    }

    /// Returns the exit code of a command over files from those of its files.
    pub(crate) fn of_files(ends: &[Self]) -> Self {
        let mut failed = ends.iter().filter(|end| **end != Self::Success);
        match (failed.next(), ends) {
            (None, _) => Self::Success,
            (Some(only), [_]) => *only,
            (Some(_), _) if ends.contains(&Self::Interrupted) => Self::Interrupted,
            (Some(_), _) if ends.iter().all(|end| *end == Self::Authentication) => {
                Self::Authentication
            }
            (Some(_), _) => Self::SomeFailed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Returns the exit code of arguments that were not accepted, or that ask for help.
pub(crate) fn of_arguments(error: &clap::Error) -> Exit {
    if error.use_stderr() {
        Exit::Usage
    } else {
        Exit::Success
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_decide_together() {
        use Exit::{Api, Authentication, File, Interrupted, SomeFailed, Success};
        for (ends, expected) in [
            (&[][..], Success),
            (&[Success, Success], Success),
            (&[File], File),
            (&[Success, File], SomeFailed),
            (&[Api, File], SomeFailed),
            (&[File, File], SomeFailed),
            (&[Authentication, Authentication], Authentication),
            (&[Authentication, File], SomeFailed),
            (&[Success, Interrupted, File], Interrupted),
        ] {
            assert_eq!(Exit::of_files(ends), expected, "{ends:?}");
        }
    }
}
