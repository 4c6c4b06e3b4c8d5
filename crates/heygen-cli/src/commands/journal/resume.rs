use std::rc::Rc;

use heygen_client::{AccountId, FingerprintMatch, Source};
use heygen_journal::{RememberedUpload, SqliteJournal, State};

use super::{all, find};
use crate::{
    commands::upload::{Job, carry_out},
    config::{FileSettings, ResumeConfig},
    console::Console,
    exit::Exit,
    failure::{Failure, steps},
    files::Item,
    journal::Memory,
    progress::Display,
    resources::block_on,
    session::Session,
};

/// Goes on with what was begun, as the upload of the same file would.
pub(super) fn run(
    config: ResumeConfig,
    journal: SqliteJournal,
    memory: Memory,
    console: Console,
) -> Result<Exit, Failure> {
    block_on(resume(config, journal, memory, console))
}

async fn resume(
    mut config: ResumeConfig,
    journal: SqliteJournal,
    mut memory: Memory,
    console: Console,
) -> Result<Exit, Failure> {
    let ids = std::mem::take(&mut config.ids);
    let uploads = all(&journal);
    memory.tell_damage(&console);
    let uploads = match &ids[..] {
        [] => uploads?,
        ids => find(uploads?, ids)?,
    };
    let mut begun = uploads;
    let is_chosen = !ids.is_empty();
    begun.retain(|upload| is_chosen || upload.state != State::Finished);
    if begun.is_empty() {
        console.note("nothing was begun that has not finished");
        return Ok(Exit::Success);
    }
    let session = Session::open(config.connection).await?;
    let account = session.client.account().await;
    let account = account.map_err(|error| Failure::of_client(&error))?;
    if !is_chosen {
        leave_to_others(&mut begun, &account, &console);
    }
    let jobs = begun.into_iter().map(|upload| {
        let settings = FileSettings {
            route: upload.plan.route,
            checksum: upload.plan.checksum,
            media_type: Some(upload.plan.media_type.clone()),
            name: Some(upload.plan.file_name.clone()),
            deadline: config.batch.deadline,
            waits: config.batch.waits,
            journal: Some(journal.clone()),
            is_fresh: false,
        };
        Job {
            item: item(upload, &account),
            settings: Rc::new(settings),
        }
    });
    let display = Display::new(config.batch.progress, console, jobs.len());
    let jobs = jobs.collect();
    let ends = carry_out(jobs, &config.batch, &session.client, &display, memory).await?;
    session.close().await;
    Ok(Exit::of_files(&ends))
}

/// Keeps what was begun with this key at this server.
fn leave_to_others(uploads: &mut Vec<RememberedUpload>, account: &AccountId, console: &Console) {
    let before = uploads.len();
    uploads.retain(|upload| upload.account == *account);
    let others = before - uploads.len();
    if others > 0 {
        let text = format!("{others} more were begun with other keys or at other servers");
        console.note(&text);
    }
}

/// Makes sure that it is the same upload of the same file: any other would be a new one.
fn item(upload: RememberedUpload, account: &AccountId) -> Item {
    let path = upload.path().map(std::path::Path::to_owned);
    let shown = upload.source.clone().into();
    let refuse = |exit, code, message: &str, hint: &str| {
        let failure = Failure::new(exit, code, message, hint);
        Item::refused(shown, failure.at(steps::PREPARE))
    };
    if upload.account != *account {
        let message = "this was begun with another key or at another server; nothing was sent";
        return refuse(
            Exit::Usage,
            "other_account",
            message,
            "use the key and --api-base with which it was begun",
        );
    }
    if upload.state == State::Finished {
        let message = "this upload has finished; nothing was sent";
        return refuse(
            Exit::Usage,
            "finished",
            message,
            "`heygen-rs journal show` has its asset id",
        );
    }
    let Some(path) = path else {
        let message = "this was not uploaded from a file that can be found again; nothing was sent";
        return refuse(
            Exit::File,
            "no_file",
            message,
            "run the program again that began it, or forget it with `heygen-rs journal forget`",
        );
    };
    let now = Source::path(&path).fingerprint();
    match now.map(|now| now.compare(&upload.fingerprint)) {
        Ok(FingerprintMatch::Same) => Item::file(path),
        // The upload reads the file and compares it.
        Ok(FingerprintMatch::Unsure) if upload.digest.is_some() => Item::file(path),
        Ok(_) => refuse(
            Exit::File,
            "source_changed",
            "the file is not the one whose upload was begun; nothing was sent",
            "upload it anew with `heygen-rs upload`, which forgets the old upload",
        ),
        Err(error) => {
            let failure = Failure::new(
                Exit::File,
                "source_unreadable",
                "the file whose upload was begun could not be looked at; nothing was sent",
                "put it back, or forget the upload with `heygen-rs journal forget`",
            );
            Item::refused(path, failure.at(steps::PREPARE).caused_by(Some(&error)))
        }
    }
}
