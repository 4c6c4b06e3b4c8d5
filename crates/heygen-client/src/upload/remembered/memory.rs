use std::{io, sync::Arc, time::Duration};

use heygen_types::{ByteSize, Sha256Digest};
use heygen_upload_core::{Checkpoint, Checksum, Stored, UploadId};

use crate::{
    Client, Error, Progress,
    cancellation::cancelled_by,
    journal::{AccountId, Claim, Journal, JournalEntry, JournalError, JournalKey, JournalRecord},
    race::{First, first},
    upload::{
        Settings,
        prepare::{Hands, Look},
        steps::hash,
    },
};

/// What an upload has of its journal.
pub(super) struct Memory {
    pub(super) journal: Arc<dyn Journal>,
    pub(super) account: AccountId,
    pub(super) hands: Arc<Hands>,
}

impl Memory {
    /// Claims the upload, and waits while somebody else is at it. `None` means that the journal
    /// cannot be used.
    pub(super) async fn claim(
        &self,
        source: String,
        look: &Look,
        settings: &Settings,
    ) -> Result<Option<Arc<dyn JournalEntry>>, Error> {
        let key = JournalKey::new(self.account.clone(), source);
        let runtime = &self.hands.shared.runtime;
        let began = look.clock.now();
        let (mut pause, longest) = LOOK_AGAIN;
        let mut was_told = false;
        loop {
            let (journal, key) = (Arc::clone(&self.journal), key.clone());
            match self.hands.ask(move || journal.claim(&key)).await {
                None => return Ok(None),
                Some(Claim::Held(place)) => return Ok(Some(place)),
                Some(Claim::Elsewhere) => {}
            }
            if !std::mem::replace(&mut was_told, true) {
                self.hands.observe(&Progress::Elsewhere);
            }
            let left = settings
                .deadline
                .map(|limit| limit.saturating_sub(look.clock.now().since(began)));
            if left.is_some_and(|left| left.is_zero()) {
                return Err(Error::upload_elsewhere());
            }
            let nap = runtime.sleep(left.map_or(pause, |left| left.min(pause)));
            if let First::This(()) = first(cancelled_by(settings.cancellation.as_ref()), nap).await
            {
                return Err(Error::cancelled(Stored::Nothing));
            }
            pause = (pause * 2).min(longest);
        }
    }

    /// Looks for the same bytes among the assets of the account, and makes sure that the asset is
    /// still there.
    pub(super) async fn find_stored(
        &self,
        client: &Client,
        look: &mut Look,
        settings: &Settings,
    ) -> Result<Option<Checkpoint>, Error> {
        // Without a digest nothing is known to be the same.
        if settings.checksum == Checksum::Off {
            return Ok(None);
        }
        let (journal, account) = (Arc::clone(&self.journal), self.account.clone());
        let size = ByteSize::new(self.hands.fingerprint.size_bytes);
        let found = self.hands.ask(move || journal.finished(&account, size));
        let mut found = found.await.unwrap_or_default();
        found.retain(|record| is_of_type(record, settings));
        if found.is_empty() {
            return Ok(None);
        }
        let digest = digest(look, settings).await?;
        found.retain(|record| record.checkpoint.digest() == Some(digest));
        for record in found {
            let Some(asset_id) = record.checkpoint.asset_id() else {
                continue;
            };
            let assets = client.assets();
            let check = assets.get(asset_id.clone());
            let check = match first(cancelled_by(settings.cancellation.as_ref()), check).await {
                First::This(()) => {
                    return Err(Error::cancelled(Stored::Nothing));
                }
                First::That(check) => check,
            };
            match check {
                Ok(asset) => {
                    self.hands.observe(&Progress::AlreadyStored { asset_id });
                    let checkpoint = record.checkpoint;
                    // That of the journal may have been signed, and for another day.
                    return Ok(Some(match asset.url {
                        Some(url) => checkpoint.with_asset_url(url),
                        None => checkpoint,
                    }));
                }
                Err(error) if error.status() == Some(404) => {
                    self.forget(record.checkpoint.upload_id()).await;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Forgets a finished upload.
    pub(super) async fn forget(&self, upload_id: UploadId) {
        let (journal, account) = (Arc::clone(&self.journal), self.account.clone());
        self.hands
            .ask(move || journal.forget(&account, upload_id))
            .await;
    }
}

impl Hands {
    /// Asks the journal. What it cannot do costs the memory of this upload and not the upload.
    pub(in crate::upload) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, JournalError> + Send + 'static,
    ) -> Option<T> {
        let answer = crate::blocking::run(&*self.shared.runtime, work).await;
        match answer.unwrap_or_else(|| Err(JournalError::new("it stopped working"))) {
            Ok(answer) => Some(answer),
            Err(error) => {
                self.observe(&Progress::NotRemembered { error: &error });
                None
            }
        }
    }
}

/// Returns the digest of the source, reading it where nobody has yet.
pub(super) async fn digest(look: &mut Look, settings: &Settings) -> Result<Sha256Digest, Error> {
    if let Some(digest) = look.plan().and_then(|plan| plan.digest) {
        return Ok(digest);
    }
    let hashing = hash(&look.hands);
    let digest = match first(cancelled_by(settings.cancellation.as_ref()), hashing).await {
        First::This(()) => return Err(Error::cancelled(Stored::Nothing)),
        First::That(digest) => digest.map_err(Error::source_fault)?,
    };
    look.know(digest);
    Ok(digest)
}

/// Returns where the source is, `None` when it is nowhere.
pub(super) async fn place(hands: &Hands) -> Result<Option<String>, Error> {
    let content = hands.content.clone();
    crate::blocking::run(&*hands.shared.runtime, move || content.place())
        .await
        .unwrap_or_else(|| Err(io::Error::other("its reader stopped")))
        .map_err(Error::source_unreadable)
}

/// Tells whether the asset has the type that is asked for, where one is.
fn is_of_type(record: &JournalRecord, settings: &Settings) -> bool {
    let Some(wanted) = &settings.media_type else {
        return true;
    };
    record.checkpoint.plan().media_type == *wanted
}

/// How long to wait before another look at an upload that somebody else is at: first, and at most.
const LOOK_AGAIN: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));
