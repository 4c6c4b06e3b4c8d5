//! The journal as the commands that upload files use it: what is wrong with it is said once, and
//! keeps nothing from being uploaded.

use std::error::Error as _;

use heygen_journal::SqliteJournal;

use crate::{
    config::{JournalFile, JournalUse},
    console::Console,
    escape,
    exit::Exit,
    failure::Failure,
};

/// A journal, and how much of what happened to it was told.
#[derive(Debug)]
pub(crate) struct Memory {
    journal: Option<SqliteJournal>,
    told: usize,
}

impl Memory {
    /// Opens the journal, unless it is to be done without or cannot be used.
    pub(crate) fn open(wanted: &JournalUse, console: &Console) -> Self {
        let opened = wanted.file.as_ref().map(open);
        let journal = opened.and_then(|opened| match opened {
            Ok(journal) => Some(journal),
            Err(error) => {
                let cause = error.source().map(|cause| format!(": {cause}"));
                let text = format!(
                    "{error}{}; uploads are not remembered; {}",
                    cause.unwrap_or_default(),
                    error.hint()
                );
                console.warning(None, "journal_unusable", &text);
                None
            }
        });
        let mut memory = Self { journal, told: 0 };
        memory.tell_damage(console);
        memory
    }

    pub(crate) fn journal(&self) -> Option<SqliteJournal> {
        self.journal.clone()
    }

    /// Tells which damaged files were moved away since it was last told.
    pub(crate) fn tell_damage(&mut self, console: &Console) {
        let Some(journal) = &self.journal else { return };
        let aside = journal.set_aside();
        for path in &aside[self.told..] {
            console.warning(None, "journal_damaged", &damage(path));
        }
        self.told = aside.len();
    }
}

/// Opens the journal for a command that is about it, and tells what happened to it.
pub(crate) fn open_for_itself(
    file: &JournalFile,
    console: &Console,
) -> Result<(SqliteJournal, Memory), Failure> {
    let journal = open(file).map_err(|error| failure(&error))?;
    let mut memory = Memory {
        journal: Some(journal.clone()),
        told: 0,
    };
    memory.tell_damage(console);
    Ok((journal, memory))
}

/// Reports a journal that cannot be used by a command that is about it.
pub(crate) fn failure(error: &heygen_journal::Error) -> Failure {
    Failure::new(
        Exit::File,
        "journal_unusable",
        error.to_string(),
        error.hint(),
    )
    .caused_by(error.source())
}

fn open(file: &JournalFile) -> Result<SqliteJournal, heygen_journal::Error> {
    match file {
        JournalFile::Default => SqliteJournal::open_default(),
        JournalFile::At(path) => SqliteJournal::open(path),
    }
}

fn damage(aside: &std::path::Path) -> String {
    let aside = escape::name(aside.as_os_str());
    format!("the journal was damaged and begun anew; what was left of it is in {aside}")
}
