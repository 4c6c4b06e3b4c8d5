use std::path::PathBuf;

use heygen_journal::{Prune, State};

use super::{Batch, Connection};
use crate::{
    args::{GlobalArgs, IdPrefix, JournalCommand, JournalFlags, StateArg},
    environment::{Environment, JOURNAL},
    failure::Failure,
};

/// What a command that uploads files does with the journal.
#[derive(Clone, Debug)]
pub(crate) struct JournalUse {
    /// `None` does without.
    pub(crate) file: Option<JournalFile>,
    pub(crate) is_fresh: bool,
}

/// Where the journal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum JournalFile {
    /// Where all programs of this user look for it.
    Default,
    At(PathBuf),
}

impl JournalUse {
    pub(crate) fn new(flags: JournalFlags, global: &GlobalArgs, environment: &Environment) -> Self {
        // An emulator that ends with this command takes its assets along.
        let does_without = flags.no_journal || global.emulator;
        Self {
            file: JournalFile::new(environment).filter(|_| !does_without),
            is_fresh: flags.fresh,
        }
    }
}

impl JournalFile {
    /// Returns `None` when the journal is switched off.
    fn new(environment: &Environment) -> Option<Self> {
        match environment.raw(JOURNAL) {
            None => Some(Self::Default),
            Some(off) if off == OFF => None,
            Some(path) => Some(Self::At(path.into())),
        }
    }
}

/// What `heygen-rs journal` is to do.
#[derive(Debug)]
pub(crate) struct JournalConfig {
    pub(crate) file: JournalFile,
    pub(crate) task: JournalTask,
}

#[derive(Debug)]
pub(crate) enum JournalTask {
    List(Option<State>),
    Show(Vec<IdPrefix>),
    Resume(Box<ResumeConfig>),
    Forget { ids: Vec<IdPrefix>, asks: bool },
    Prune { what: Prune, asks: bool },
}

#[derive(Debug)]
pub(crate) struct ResumeConfig {
    pub(crate) ids: Vec<IdPrefix>,
    pub(crate) batch: Batch,
    pub(crate) connection: Connection,
}

impl JournalConfig {
    pub(crate) fn new(
        command: JournalCommand,
        global: &GlobalArgs,
        environment: &Environment,
    ) -> Result<Self, Failure> {
        let Some(file) = JournalFile::new(environment) else {
            return Err(Failure::usage(
                format!("the journal is switched off by the variable {JOURNAL}"),
                format!("unset {JOURNAL}, or set it to the file of the journal"),
            ));
        };
        let task = match command {
            JournalCommand::List(args) => JournalTask::List(args.state.map(State::from)),
            JournalCommand::Show(args) => JournalTask::Show(args.ids),
            JournalCommand::Resume(args) => {
                if global.emulator {
                    return Err(Failure::usage(
                        "the emulator inside this command knows nothing of earlier uploads",
                        "leave out --emulator",
                    ));
                }
                JournalTask::Resume(Box::new(ResumeConfig {
                    ids: args.ids,
                    batch: Batch::new(&args.batch, environment),
                    connection: Connection::new(global, environment)?,
                }))
            }
            JournalCommand::Forget(args) => JournalTask::Forget {
                ids: args.ids,
                asks: asks(args.yes, environment)?,
            },
            JournalCommand::Prune(args) => {
                let mut what = Prune::default();
                what.older_than = args.older_than.map(|age| age.0);
                what.state = args.state.map(State::from);
                what.is_missing = args.missing;
                JournalTask::Prune {
                    what,
                    asks: asks(args.yes, environment)?,
                }
            }
        };
        Ok(Self { file, task })
    }
}

fn asks(is_confirmed: bool, environment: &Environment) -> Result<bool, Failure> {
    if !is_confirmed && !environment.can_ask() {
        return Err(Failure::usage(
            "nobody can be asked whether to forget it; nothing was changed",
            "add --yes",
        ));
    }
    Ok(!is_confirmed)
}

impl From<StateArg> for State {
    fn from(state: StateArg) -> Self {
        match state {
            StateArg::Begun => Self::Begun,
            StateArg::Stored => Self::Stored,
            StateArg::Finished => Self::Finished,
        }
    }
}

/// What the variable says to do without a journal. A file of that name is `./off`.
const OFF: &str = "off";

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::args::{Cli, Command};

    fn file(words: &[&str], environment: &Environment) -> Option<JournalFile> {
        let words = [&["heygen-rs", "upload", "a"], words].concat();
        let cli = Cli::try_parse_from(words).unwrap();
        let Command::Upload(args) = cli.command else {
            panic!("these are the arguments of an upload")
        };
        JournalUse::new(args.journal, &cli.global, environment).file
    }

    #[test]
    fn the_journal_is_used_unless_somebody_does_not_want_it() {
        let plain = Environment::default;
        assert_eq!(file(&[], &plain()), Some(JournalFile::Default));
        assert_eq!(file(&["--fresh"], &plain()), Some(JournalFile::Default));
        assert_eq!(file(&["--no-journal"], &plain()), None);
        assert_eq!(file(&["--emulator"], &plain()), None);
        assert_eq!(file(&[], &plain().with(JOURNAL, "off")), None);
        let at = |path: &str| Some(JournalFile::At(path.into()));
        assert_eq!(file(&[], &plain().with(JOURNAL, "/j.db")), at("/j.db"));
        assert_eq!(file(&[], &plain().with(JOURNAL, "./off")), at("./off"));
    }
}
