mod describe;
mod resume;

use heygen_journal::{Prune, RememberedUpload, SqliteJournal, State};

use crate::{
    args::{IdPrefix, OutputFormat},
    config::{JournalConfig, JournalTask},
    console::Console,
    escape,
    exit::Exit,
    failure::Failure,
    journal::{failure, open_for_itself},
    terminal,
};

/// Carries out a command about the journal.
pub(super) fn run(config: JournalConfig, console: Console) -> Result<Exit, Failure> {
    let (journal, mut memory) = open_for_itself(&config.file, &console)?;
    let end = match config.task {
        JournalTask::List(state) => list(&journal, state, &console),
        JournalTask::Show(ids) => show(&journal, &ids, &console),
        JournalTask::Resume(config) => return resume::run(*config, journal, memory, console),
        JournalTask::Forget { ids, asks } => forget(&journal, &ids, asks, &console),
        JournalTask::Prune { what, asks } => prune(&journal, what, asks, &console),
    };
    // Some damage is met only where it is.
    memory.tell_damage(&console);
    end
}

fn list(journal: &SqliteJournal, state: Option<State>, console: &Console) -> Result<Exit, Failure> {
    let mut uploads = all(journal)?;
    uploads.retain(|upload| state.is_none_or(|state| state == upload.state));
    print(&uploads, console, describe::table);
    Ok(Exit::Success)
}

fn show(journal: &SqliteJournal, ids: &[IdPrefix], console: &Console) -> Result<Exit, Failure> {
    let uploads = find(all(journal)?, ids)?;
    print(&uploads, console, |uploads| {
        let pages = uploads.iter().map(describe::page);
        pages.collect::<Vec<String>>().join("\n")
    });
    Ok(Exit::Success)
}

fn forget(
    journal: &SqliteJournal,
    ids: &[IdPrefix],
    asks: bool,
    console: &Console,
) -> Result<Exit, Failure> {
    let uploads = find(all(journal)?, ids)?;
    if asks && !is_confirmed(&uploads)? {
        console.note("nothing was forgotten");
        return Ok(Exit::Success);
    }
    let mut forgotten = Vec::new();
    for upload in uploads {
        if !journal
            .forget_upload(&upload)
            .map_err(|error| failure(&error))?
        {
            report_forgotten(&forgotten, console);
            return Err(going_on(&upload));
        }
        forgotten.push(upload);
    }
    report_forgotten(&forgotten, console);
    Ok(Exit::Success)
}

fn prune(
    journal: &SqliteJournal,
    what: Prune,
    asks: bool,
    console: &Console,
) -> Result<Exit, Failure> {
    if asks {
        let now = std::time::SystemTime::now();
        let mut uploads = all(journal)?;
        uploads.retain(|upload| what.takes(upload, now));
        if !uploads.is_empty() && !is_confirmed(&uploads)? {
            console.note("nothing was forgotten");
            return Ok(Exit::Success);
        }
    }
    let pruned = journal.prune(&what).map_err(|error| failure(&error))?;
    report_forgotten(&pruned, console);
    Ok(Exit::Success)
}

fn all(journal: &SqliteJournal) -> Result<Vec<RememberedUpload>, Failure> {
    journal.uploads().map_err(|error| failure(&error))
}

/// Returns the uploads with these ids, each once and in the order of the ids.
fn find(
    uploads: Vec<RememberedUpload>,
    ids: &[IdPrefix],
) -> Result<Vec<RememberedUpload>, Failure> {
    let mut found: Vec<RememberedUpload> = Vec::new();
    for IdPrefix(prefix) in ids {
        let is_meant = |upload: &&RememberedUpload| upload.id.to_string().starts_with(prefix);
        let mut meant = uploads.iter().filter(is_meant);
        let hint = "`heygen-rs journal list --json` shows the ids";
        let upload = match (meant.next(), meant.count()) {
            (Some(upload), 0) => upload,
            (None, _) => {
                let message = format!("no upload with the id {prefix} is remembered");
                return Err(Failure::new(Exit::Usage, "unknown_upload", message, hint));
            }
            (Some(_), others) => {
                let message = format!("the ids of {} uploads begin with {prefix}", others + 1);
                return Err(Failure::usage(message, hint));
            }
        };
        if !found.iter().any(|other| other.id == upload.id) {
            found.push(upload.clone());
        }
    }
    Ok(found)
}

fn is_confirmed(uploads: &[RememberedUpload]) -> Result<bool, Failure> {
    let question = match uploads {
        [upload] => {
            let source = escape::message(&upload.source);
            format!("Forget the upload of {source}?")
        }
        uploads => format!("Forget {} uploads?", uploads.len()),
    };
    terminal::confirm(&question)
}

fn report_forgotten(uploads: &[RememberedUpload], console: &Console) {
    print(uploads, console, |uploads| match uploads {
        [] => "nothing was forgotten\n".to_owned(),
        [_] => "1 upload forgotten; nothing at HeyGen was deleted\n".to_owned(),
        uploads => {
            let count = uploads.len();
            format!("{count} uploads forgotten; nothing at HeyGen was deleted\n")
        }
    });
}

/// Writes uploads as one object each, or in words.
fn print(
    uploads: &[RememberedUpload],
    console: &Console,
    in_words: impl FnOnce(&[RememberedUpload]) -> String,
) {
    match console.format {
        OutputFormat::Human => console.result(&in_words(uploads)),
        OutputFormat::Json => {
            for upload in uploads {
                console.result(&describe::json(upload));
            }
        }
    }
}

fn going_on(upload: &RememberedUpload) -> Failure {
    let source = escape::message(&upload.source);
    Failure::new(
        Exit::File,
        "upload_in_progress",
        format!(
            "another process is uploading {source}, or has just ended; that upload was not forgotten"
        ),
        "wait until it has ended, or stop it, and look again with `heygen-rs journal list`",
    )
}
