use std::{path::PathBuf, time::Duration};

use heygen_client::{Checksum, Route, types::MediaType};
use heygen_journal::SqliteJournal;

use super::{Connection, JournalUse};
use crate::{
    args::{BatchFlags, ChecksumArg, GlobalArgs, ProgressArg, RouteArg, UploadArgs},
    environment::{Environment, TERM},
    failure::Failure,
};

/// What `heygen-rs upload` is to do.
#[derive(Debug)]
pub(crate) struct UploadConfig {
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) is_recursive: bool,
    pub(crate) is_dry_run: bool,
    pub(crate) batch: Batch,
    pub(crate) settings: FileSettings,
    pub(crate) connection: Connection,
    pub(crate) journal: JournalUse,
}

/// How several files are uploaded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Batch {
    pub(crate) waits: bool,
    pub(crate) deadline: Option<Duration>,
    pub(crate) concurrency: usize,
    pub(crate) progress: ProgressForm,
}

impl Batch {
    pub(super) fn new(flags: &BatchFlags, environment: &Environment) -> Self {
        let limit = flags.deadline.map(|limit| limit.0);
        Self {
            waits: flags.wait,
            deadline: limit.filter(|limit| *limit < Duration::MAX),
            concurrency: usize::from(flags.concurrency.get()),
            progress: progress(flags.progress, environment),
        }
    }
}

/// How each file is uploaded.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileSettings {
    pub(crate) route: Route,
    pub(crate) checksum: Checksum,
    pub(crate) media_type: Option<MediaType>,
    pub(crate) name: Option<String>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) waits: bool,
    /// `None` does without.
    pub(crate) journal: Option<SqliteJournal>,
    pub(crate) is_fresh: bool,
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProgressForm {
    Bars,
    Plain,
    Json,
    /// Only what explains a wait: for a log that is read when something is slow.
    Waits,
    None,
}

impl UploadConfig {
    pub(crate) fn new(
        args: UploadArgs,
        global: &GlobalArgs,
        environment: &Environment,
    ) -> Result<Self, Failure> {
        if args.name.is_some() && (args.paths.len() > 1 || args.recursive) {
            return Err(Failure::usage(
                "--name is for a single file",
                "leave out --name, or upload the files one by one",
            ));
        }
        if args.name.as_deref() == Some("") {
            return Err(Failure::usage(
                "--name is empty",
                "give a file name such as clip.mp4",
            ));
        }
        let journal = JournalUse::new(args.journal, global, environment);
        let batch = Batch::new(&args.batch, environment);
        let mut connection = Connection::new(global, environment)?;
        if batch.progress == ProgressForm::None {
            connection.tells_retries = None;
        }
        Ok(Self {
            connection,
            paths: args.paths,
            is_recursive: args.recursive,
            is_dry_run: args.dry_run,
            batch,
            settings: FileSettings {
                route: match args.route {
                    RouteArg::Auto => Route::Auto,
                    RouteArg::Single => Route::Single,
                    RouteArg::Direct => Route::Direct,
                },
                checksum: match args.checksum {
                    ChecksumArg::Declared => Checksum::Declared,
                    ChecksumArg::Completion => Checksum::Completion,
                    ChecksumArg::Off => Checksum::Off,
                },
                media_type: args.media_type,
                name: args.name,
                deadline: batch.deadline,
                waits: batch.waits,
                journal: None,
                is_fresh: journal.is_fresh,
            },
            journal,
        })
    }
}

/// Returns how progress is shown.
pub(crate) fn progress(form: ProgressArg, environment: &Environment) -> ProgressForm {
    let is_dumb = environment.raw(TERM).is_some_and(|term| term == "dumb");
    match form {
        ProgressArg::Auto if environment.stderr_is_terminal && !is_dumb => ProgressForm::Bars,
        ProgressArg::Bar => ProgressForm::Bars,
        ProgressArg::Plain => ProgressForm::Plain,
        ProgressArg::Json => ProgressForm::Json,
        ProgressArg::Auto => ProgressForm::Waits,
        ProgressArg::None => ProgressForm::None,
    }
}
