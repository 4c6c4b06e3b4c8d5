//! The journal as the commands that upload files use it: what is wrong with it is said once, and
//! keeps nothing from being uploaded, unless files would be stored twice for it.

use std::{error::Error as _, path::Path};

use heygen_journal::{DamagedRecord, ErrorKind, SqliteJournal};

use crate::{
    config::{JournalFile, JournalUse},
    console::Console,
    escape,
    exit::Exit,
    failure::{Failure, steps},
};

/// A journal, and how much of what happened to it was told.
#[derive(Debug)]
pub(crate) struct Memory {
    journal: Option<SqliteJournal>,
    told_files: usize,
    told_records: usize,
}

impl Memory {
    /// Opens the journal, unless it is to be done without or cannot be used.
    ///
    /// One that a newer version wrote is an error: it may know the files.
    pub(crate) async fn open(wanted: &JournalUse, console: &Console) -> Result<Self, Failure> {
        let mut memory = Self::without();
        let Some(file) = wanted.file.clone() else {
            return Ok(memory);
        };
        // It may have to wait for other processes, and signals are to be heard meanwhile.
        let opened = tokio::task::spawn_blocking(move || open(&file)).await;
        match opened.expect("opening a journal does not panic") {
            Ok(journal) => memory.journal = Some(journal),
            Err(error) if error.kind() == ErrorKind::Newer => {
                let message = format!("{error}; nothing was sent");
                let failure = Failure::new(Exit::File, "journal_newer", message, NEWER);
                return Err(failure.at(steps::PREPARE));
            }
            Err(error) => {
                let cause = error.source().map(|cause| format!(": {cause}"));
                let text = format!(
                    "{error}{}; uploads are not remembered; {}",
                    cause.unwrap_or_default(),
                    error.hint()
                );
                console.warning(None, "journal_unusable", &text);
            }
        }
        memory.tell_damage(console);
        Ok(memory)
    }

    const fn without() -> Self {
        Self {
            journal: None,
            told_files: 0,
            told_records: 0,
        }
    }

    pub(crate) fn journal(&self) -> Option<SqliteJournal> {
        self.journal.clone()
    }

    /// Tells which damaged files were moved away, and which records removed, since it was last told.
    pub(crate) fn tell_damage(&mut self, console: &Console) {
        let Some(journal) = &self.journal else { return };
        let aside = journal.set_aside();
        for path in &aside[self.told_files..] {
            console.warning(None, DAMAGED, &damage(path));
        }
        self.told_files = aside.len();
        let records = journal.damaged_records();
        for record in &records[self.told_records..] {
            console.warning(Some(Path::new(&record.source)), DAMAGED, &removal(record));
        }
        self.told_records = records.len();
    }
}

/// Opens the journal for a command that is about it, and tells what happened to it.
pub(crate) fn open_for_itself(
    file: &JournalFile,
    console: &Console,
) -> Result<(SqliteJournal, Memory), Failure> {
    let journal = open(file).map_err(|error| failure(&error))?;
    let mut memory = Memory::without();
    memory.journal = Some(journal.clone());
    memory.tell_damage(console);
    Ok((journal, memory))
}

/// Reports a journal that cannot be used by a command that is about it.
pub(crate) fn failure(error: &heygen_journal::Error) -> Failure {
    let code = match error.kind() {
        ErrorKind::Newer => "journal_newer",
        _ => "journal_unusable",
    };
    Failure::new(Exit::File, code, error.to_string(), error.hint()).caused_by(error.source())
}

fn open(file: &JournalFile) -> Result<SqliteJournal, heygen_journal::Error> {
    match file {
        JournalFile::Default => SqliteJournal::open_default(),
        JournalFile::At(path) => SqliteJournal::open(path),
    }
}

fn removal(record: &DamagedRecord) -> String {
    let asset = record.asset_id.as_ref();
    let asset = asset.map(|id| format!("; it named the asset {}", escape::message(id.as_str())));
    format!(
        "the journal's record of this file was damaged and was removed{}; the file counts as new",
        asset.unwrap_or_default()
    )
}

fn damage(aside: &Path) -> String {
    let aside = escape::name(aside.as_os_str());
    format!("the journal was damaged and begun anew; what was left of it is in {aside}")
}

/// What to do about a journal that a newer version wrote.
pub(crate) const NEWER: &str =
    "use the newer version; --no-journal uploads without it, and what is stored already once more";

const DAMAGED: &str = "journal_damaged";
