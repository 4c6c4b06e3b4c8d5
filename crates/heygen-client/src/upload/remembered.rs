//! An upload that is remembered: what is stored already is not sent again, and what was begun is
//! gone on with.

mod memory;

use std::sync::Arc;

use heygen_upload_core::{Checkpoint, Checksum, Finished, Plan};

use super::{
    Settings,
    driver::drive,
    prepare::{Job, Look},
};
use crate::{
    Client, Error, ErrorKind, Fingerprint, Progress,
    journal::{Journal, JournalEntry, JournalRecord},
};

use memory::{Memory, digest, place};

/// The place of an upload in a journal.
pub(super) struct Entry {
    place: Arc<dyn JournalEntry>,
    fingerprint: Fingerprint,
}

pub(super) async fn upload(
    client: &Client,
    mut look: Look,
    settings: &Settings,
    journal: &Arc<dyn Journal>,
) -> Result<Finished, Error> {
    // 1. One process at a time.
    let began = look.clock.now();
    let source = match place(&look.hands).await? {
        Some(place) => place,
        // What has no place on the disk is known by its content, or not at all.
        None if settings.checksum == Checksum::Off => {
            return drive(&mut look.begin()?, settings).await;
        }
        None => format!("sha256:{}", digest(&mut look, settings).await?),
    };
    let memory = Memory {
        journal: Arc::clone(journal),
        account: client.account().await?,
        hands: Arc::clone(&look.hands),
    };
    let Some(place) = memory.claim(source, &look, settings).await? else {
        return drive(&mut look.begin()?, settings).await;
    };
    let entry = Entry {
        place,
        fingerprint: look.hands.fingerprint,
    };

    // 2. What is stored already.
    if !settings.is_fresh
        && let Some(stored) = memory.find_stored(client, &mut look, settings).await?
    {
        entry.discard(&memory).await;
        look.spend_since(began);
        return drive(&mut look.resume(stored)?, settings).await;
    }

    // 3. What was begun, else a new upload.
    let begun = match settings.is_fresh {
        false => entry.begun(&memory, &look).await,
        true => None,
    };
    look.spend_since(began);
    let mut job = match begun {
        Some(checkpoint) => {
            let stored = checkpoint.is_stored();
            look.hands.observe(&Progress::Resumed { stored });
            look.resume(checkpoint)?
        }
        None => look.begin()?,
    };
    job.entry = Some(entry);
    let end = drive(&mut job, settings).await;
    match &end {
        Err(error) if !is_worth_resuming(error) => job.forget(&memory).await,
        // A failure may have come after the last checkpoint, and an end always does.
        _ => job.save(settings).await,
    }
    end
}

/// Tells whether the same upload can still end well. Going on with any other would only fail in
/// the same way again.
fn is_worth_resuming(error: &Error) -> bool {
    !matches!(
        error.kind(),
        ErrorKind::InvalidInput
            | ErrorKind::Rejected
            | ErrorKind::TooLarge
            | ErrorKind::UnsupportedType
            | ErrorKind::SourceChanged
            | ErrorKind::Integrity
            | ErrorKind::Processing
    )
}

impl Entry {
    /// Returns the checkpoint of what was begun, when it is the same upload of the same version of
    /// the file.
    async fn begun(&self, memory: &Memory, look: &Look) -> Option<Checkpoint> {
        let place = Arc::clone(&self.place);
        let record = memory.hands.ask(move || place.begun()).await??;
        let is_same = record.fingerprint == self.fingerprint
            && record.checkpoint.version() == Checkpoint::VERSION
            && is_same_upload(record.checkpoint.plan(), look.plan()?);
        is_same.then_some(record.checkpoint)
    }

    async fn discard(&self, memory: &Memory) {
        let place = Arc::clone(&self.place);
        memory.hands.ask(move || place.discard()).await;
    }
}

/// Tells whether two plans ask for the same, whatever is known of the digest by now.
fn is_same_upload(begun: &Plan, wanted: &Plan) -> bool {
    let mut begun = begun.clone();
    if begun.digest.is_none() || wanted.digest.is_none() {
        begun.digest = wanted.digest;
    }
    begun == *wanted
}

impl Job {
    /// Makes the checkpoint durable, wherever it is wanted.
    pub(super) async fn save(&self, settings: &Settings) {
        let checkpoint = self.machine.checkpoint();
        if let Some(save) = &settings.on_checkpoint {
            save(&checkpoint);
        }
        if let Some(entry) = &self.entry {
            let place = Arc::clone(&entry.place);
            let record = JournalRecord::new(entry.fingerprint, checkpoint);
            self.hands.ask(move || place.save(&record)).await;
        }
    }

    async fn forget(&self, memory: &Memory) {
        if let Some(entry) = &self.entry {
            entry.discard(memory).await;
        }
    }
}
