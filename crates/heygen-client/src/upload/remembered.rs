//! An upload that is remembered: what is stored already is not sent again, and what was begun is
//! gone on with.

mod memory;

use std::sync::Arc;

use heygen_upload_core::{
    Checkpoint, Checksum, Finished, Mismatch, Plan, Reason, Route, StepKind, Stored,
};

use super::{
    Settings,
    driver::drive,
    prepare::{Job, Look},
};
use crate::{
    Client, Error, ErrorKind, Fingerprint, FingerprintMatch, JournalError, Progress, Source,
    journal::{Journal, JournalEntry, JournalRecord},
};

use memory::{Memory, digest, place};

/// The place of an upload in a journal.
#[derive(Clone)]
pub(super) struct Entry {
    place: Arc<dyn JournalEntry>,
    fingerprint: Fingerprint,
}

pub(super) async fn upload(
    client: &Client,
    source: &Source,
    mut look: Look,
    settings: &Settings,
    journal: &Arc<dyn Journal>,
) -> Result<Finished, Error> {
    // 1. One process at a time.
    let place = place(&look, settings).await?;
    let has_place = place.is_some();
    let name = match place {
        Some(place) => place,
        // What has no place on the disk is known by its content, or not at all.
        None if settings.checksum == Checksum::Off => {
            return drive(&mut look.begin()?, settings).await;
        }
        None => format!("sha256:{}", digest(&mut look, settings).await?),
    };
    let mut memory = Memory {
        journal: Arc::clone(journal),
        account: client.account().await?,
        hands: Arc::clone(&look.hands),
    };
    let Some(claimed) = memory.claim(name, &look, settings).await? else {
        return drive(&mut look.begin()?, settings).await;
    };
    if claimed.has_waited && has_place {
        // The other one may have taken its time: what is at the place by now is what is meant.
        look = look.again(client, source, settings).await?;
        memory.hands = Arc::clone(&look.hands);
    }
    let entry = Entry {
        place: claimed.place,
        fingerprint: look.hands.fingerprint,
    };

    // 2. What is stored already.
    if !settings.is_fresh
        && let Some(stored) = memory
            .find_stored(client, &entry, &mut look, settings)
            .await?
    {
        let upload_id = stored.upload_id();
        let asset_id = stored.asset_id().cloned();
        if let Some(mut job) = look.clone().resume_remembered(stored, true)?
            && let Some(asset_id) = &asset_id
        {
            look.hands.observe(&Progress::AlreadyStored { asset_id });
            entry.discard(&memory).await;
            let end = drive(&mut job, settings).await;
            if end.as_ref().is_err_and(is_hopeless) {
                memory.forget(upload_id).await;
            }
            return end;
        }
    }

    // 3. What was begun, else a new upload.
    let begun = match settings.is_fresh {
        false => entry.begun(&memory, &look).await?,
        true => None,
    };
    if let Some((checkpoint, is_certain)) = begun {
        let stored = checkpoint.is_stored();
        if let Some(job) = look.clone().resume_remembered(checkpoint, is_certain)? {
            look.hands.observe(&Progress::Resumed { stored });
            match entry.drive(job, settings, &memory).await {
                // What was begun is of another version of the file, as it turned out.
                Err(error) if !is_certain && is_other_version(&error) => {}
                // What was begun turned out to be hopeless, which a new upload need not be.
                Err(error) if is_hopeless(&error) && error.kind() != ErrorKind::SourceChanged => {}
                end => return end,
            }
        }
    }
    entry.drive(look.begin()?, settings, &memory).await
}

/// Returns `true` if the source was read before anything was sent and has another digest.
fn is_other_version(error: &Error) -> bool {
    error.kind() == ErrorKind::SourceChanged && error.step() == Some(StepKind::Hash)
}

/// Tells whether going on with the same upload would only fail in the same way again.
fn is_hopeless(error: &Error) -> bool {
    let failed = error.upload_failure();
    // What a gateway says, or an answer about something else, says nothing of this upload.
    let is_about_it = failed.is_none_or(|failed| {
        let is_foreign = failed.reason == Reason::Integrity(Mismatch::Asset);
        !is_foreign && !failed.is_from_intermediary()
    });
    match error.kind() {
        _ if !is_about_it => false,
        // Its key leads to the same asset again, and a new one to a second asset.
        ErrorKind::Integrity if error.step() == Some(StepKind::Single) => false,
        // An asset that can be used is not uploaded again because nobody knows how it does.
        kind if matches!(error.stored(), Some(Stored::Finished(_))) => {
            kind == ErrorKind::Processing
        }
        // Storage has the bytes. What is refused now may be allowed later: credit, a limit. Only an
        // asset that is gone stays gone.
        ErrorKind::Rejected if matches!(error.stored(), Some(Stored::Unfinished(_))) => {
            error.says_gone()
        }
        ErrorKind::InvalidInput
        | ErrorKind::Rejected
        | ErrorKind::TooLarge
        | ErrorKind::UnsupportedType
        | ErrorKind::SourceChanged
        | ErrorKind::Integrity
        | ErrorKind::Processing => true,
        // The presigned URL itself cannot be used.
        ErrorKind::Protocol => error.step() == Some(StepKind::Put),
        _ => false,
    }
}

impl Entry {
    /// Carries an upload out, and remembers how it stands or that it is over.
    async fn drive(
        &self,
        mut job: Job,
        settings: &Settings,
        memory: &Memory,
    ) -> Result<Finished, Error> {
        job.entry = Some(self.clone());
        let end = drive(&mut job, settings).await;
        match &end {
            Err(error) if is_hopeless(error) => {
                self.discard(memory).await;
                if let Some(Stored::Finished(_)) = error.stored() {
                    memory.forget(job.machine.upload_id()).await;
                }
            }
            // A failure may have come after the last checkpoint, and an end always does.
            _ => job.save(settings).await,
        }
        end.map_err(|error| match error.stored() {
            Some(Stored::Unfinished(_)) if !is_hopeless(&error) => error.with_way_out(
                "the same upload again only completes what is stored, a fresh one sends it anew",
            ),
            // The same upload again is answered with the same asset.
            _ if error.kind() == ErrorKind::Integrity && error.step() == Some(StepKind::Single) => {
                error.with_way_out("a fresh upload makes another asset of the file")
            }
            _ => error,
        })
    }

    /// Returns the checkpoints of what this version of the file became, the newest first. Nothing but
    /// the fingerprint tells that here.
    async fn finished(&self, memory: &Memory) -> Result<Vec<Checkpoint>, Error> {
        let place = Arc::clone(&self.place);
        let records = memory.hands.ask(move || place.finished()).await?;
        let mut records = records.unwrap_or_default();
        records.retain(|record| self.compare(record) == FingerprintMatch::Same);
        Ok(records.into_iter().map(|it| it.checkpoint).collect())
    }

    /// Returns the checkpoint of what was begun, when it is the same upload of the same version of
    /// the file, and whether that is certain.
    async fn begun(
        &self,
        memory: &Memory,
        look: &Look,
    ) -> Result<Option<(Checkpoint, bool)>, Error> {
        let place = Arc::clone(&self.place);
        let record = memory.hands.ask(move || place.begun()).await?;
        let (Some(record), Some(plan)) = (record.flatten(), look.plan()) else {
            return Ok(None);
        };
        let is_certain = match self.compare(&record) {
            FingerprintMatch::Different => return Ok(None),
            FingerprintMatch::Same => true,
            // Two digests are compared below.
            FingerprintMatch::Unsure => look.is_hashed() && record.checkpoint.digest().is_some(),
        };
        let checkpoint = record.checkpoint;
        Ok(is_same_upload(&checkpoint, plan).then_some((checkpoint, is_certain)))
    }

    fn compare(&self, earlier: &JournalRecord) -> FingerprintMatch {
        self.fingerprint.compare(&earlier.fingerprint)
    }

    async fn discard(&self, memory: &Memory) {
        let place = Arc::clone(&self.place);
        memory.hands.tell(move || place.discard()).await;
    }
}

/// Tells whether what was begun is what is wanted, down to the digest where both are known.
fn is_same_upload(checkpoint: &Checkpoint, wanted: &Plan) -> bool {
    let mut begun = checkpoint.plan().clone();
    begun.digest = checkpoint.digest().or(begun.digest);
    if begun.digest.is_none() || wanted.digest.is_none() {
        begun.digest = wanted.digest;
    }
    // Whoever leaves the route open takes the one that an upload is on already.
    if wanted.route == Route::Auto {
        begun.route = Route::Auto;
    }
    begun == *wanted
}

impl Look {
    /// Resumes what a journal knows. `None` means that nothing can be made of it.
    fn resume_remembered(
        self,
        checkpoint: Checkpoint,
        is_certain: bool,
    ) -> Result<Option<Job>, Error> {
        let hands = Arc::clone(&self.hands);
        match self.resume(checkpoint, is_certain) {
            Ok(job) => Ok(Some(job)),
            Err(error) if error.is_newer() => Err(Error::newer_journal(JournalError::newer(error))),
            Err(error) => {
                // A version of the file that cannot be compared is another one, and no damage.
                if !error.is_unverifiable() {
                    let error = &JournalError::new(error);
                    hands.observe(&Progress::NotRemembered { error });
                }
                Ok(None)
            }
        }
    }
}

impl Job {
    /// Makes the checkpoint durable, wherever it is wanted.
    pub(super) async fn save(&self, settings: &Settings) {
        let checkpoint = self.machine.checkpoint();
        if let Some(save) = &settings.on_checkpoint {
            save(&checkpoint);
        }
        // Until then the record of the earlier version is right, and that of this one would hide that
        // it is another.
        let entry = self.entry.as_ref().filter(|_| !self.is_unverified);
        if let Some(entry) = entry {
            let place = Arc::clone(&entry.place);
            let record = JournalRecord::new(entry.fingerprint, checkpoint);
            self.hands.tell(move || place.save(&record)).await;
        }
    }
}
