use std::{
    error::Error as StdError,
    future::{Future, IntoFuture as _},
    sync::Arc,
    time::Duration,
};

use heygen_types::{ByteSize, Sha256Digest};
use heygen_upload_core::{Checkpoint, Checksum, UploadId};

use super::Entry;
use crate::{
    Cancellation, Client, Error, ErrorKind, Progress,
    cancellation::cancelled_by,
    journal::{AccountId, Claim, Journal, JournalEntry, JournalError, JournalKey},
    race::{First, first},
    shortage::is_local_shortage,
    upload::{
        Settings,
        prepare::{Hands, Look},
        steps::hash,
    },
};

/// An upload that nobody else is at.
pub(super) struct Claimed {
    pub(super) place: Arc<dyn JournalEntry>,
    /// Somebody else was at it before.
    pub(super) has_waited: bool,
}

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
    ) -> Result<Option<Claimed>, Error> {
        let key = JournalKey::new(self.account.clone(), source);
        let runtime = &self.hands.shared.runtime;
        let (mut pause, longest) = LOOK_AGAIN;
        let mut has_waited = false;
        loop {
            let (journal, key) = (Arc::clone(&self.journal), key.clone());
            match self.hands.ask(move || journal.claim(&key)).await? {
                None => return Ok(None),
                Some(Claim::Held(place)) => return Ok(Some(Claimed { place, has_waited })),
                Some(Claim::Elsewhere) => {}
            }
            if !std::mem::replace(&mut has_waited, true) {
                self.hands.observe(&Progress::Elsewhere);
            }
            let nap = within(look, settings, runtime.sleep(pause)).await;
            nap.map_err(|error| match error.kind() {
                ErrorKind::TimedOut => Error::upload_elsewhere(),
                _ => error,
            })?;
            pause = (pause * 2).min(longest);
        }
    }

    /// Looks for the same bytes among the assets of the account, and makes sure that the asset is
    /// still there.
    pub(super) async fn find_stored(
        &self,
        client: &Client,
        entry: &Entry,
        look: &mut Look,
        settings: &Settings,
    ) -> Result<Option<Checkpoint>, Error> {
        let mut found = match settings.checksum {
            // Without a digest nothing is known to be the same but what is the same version of the
            // same file.
            Checksum::Off => entry.finished(self).await?,
            _ => self.with_the_same_digest(look, settings).await?,
        };
        found.retain(|checkpoint| is_of_type(checkpoint, settings));
        for checkpoint in found {
            let Some(asset_id) = checkpoint.asset_id() else {
                continue;
            };
            let assets = client.assets();
            let check = assets.get(asset_id.clone()).into_future();
            match within(look, settings, check).await? {
                Ok(asset) if asset.id != *asset_id => {
                    return Err(Error::about_another_asset(asset_id, &asset.id));
                }
                // That of the journal may have been signed, and for another day.
                Ok(asset) => {
                    return Ok(Some(match asset.url {
                        Some(url) => checkpoint.with_asset_url(url),
                        None => checkpoint,
                    }));
                }
                Err(error) if error.says_gone() => {
                    self.forget(checkpoint.upload_id()).await;
                }
                Err(error) => {
                    let check = format!(
                        "the journal has these bytes as asset {asset_id}, and looking whether it is still there failed; nothing was sent"
                    );
                    return Err(error
                        .about(check)
                        .with_way_out("a fresh upload sends the file without this look"));
                }
            }
        }
        Ok(None)
    }

    async fn with_the_same_digest(
        &self,
        look: &mut Look,
        settings: &Settings,
    ) -> Result<Vec<Checkpoint>, Error> {
        let size = ByteSize::new(self.hands.fingerprint.size_bytes);
        let (journal, account) = (Arc::clone(&self.journal), self.account.clone());
        let known = self.hands.ask(move || journal.has_finished(&account, size));
        if known.await? != Some(true) {
            return Ok(Vec::new());
        }
        let digest = digest(look, settings).await?;
        let (journal, account) = (Arc::clone(&self.journal), self.account.clone());
        let found = self
            .hands
            .ask(move || journal.finished(&account, size, &digest));
        let found = found.await?.unwrap_or_default().into_iter();
        Ok(found.map(|record| record.checkpoint).collect())
    }

    /// Forgets a finished upload.
    pub(super) async fn forget(&self, upload_id: UploadId) {
        let (journal, account) = (Arc::clone(&self.journal), self.account.clone());
        self.hands
            .tell(move || journal.forget(&account, upload_id))
            .await;
    }
}

impl Hands {
    /// Asks the journal something before anything is sent. What it cannot do costs the memory of this
    /// upload and not the upload, unless the answer is there: for a newer version to read, or for this
    /// machine when it has file descriptors again.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl Fn() -> Result<T, JournalError> + Send + Sync + 'static,
    ) -> Result<Option<T>, Error> {
        match self.consult(work).await {
            Some(Ok(answer)) => Ok(Some(answer)),
            Some(Err(error)) if error.is_newer() => Err(Error::newer_journal(error)),
            // Without the journal the file would be sent, and the next run would send it once more.
            Some(Err(error)) if is_local_shortage(&error) => {
                if self
                    .cancellation
                    .as_ref()
                    .is_some_and(Cancellation::is_cancelled)
                {
                    return Err(Error::cancelled_early());
                }
                Err(Error::local_shortage(error))
            }
            Some(Err(error)) => {
                self.observe(&Progress::NotRemembered { error: &error });
                Ok(None)
            }
            None => Err(Error::cancelled_early()),
        }
    }

    /// Has the journal write something down.
    pub(in crate::upload) async fn tell(
        &self,
        work: impl Fn() -> Result<(), JournalError> + Send + Sync + 'static,
    ) {
        let is_busy = || {
            Err(JournalError::new(
                "it was busy when the upload was cancelled",
            ))
        };
        if let Err(error) = self.consult(work).await.unwrap_or_else(is_busy) {
            self.observe(&Progress::NotRemembered { error: &error });
        }
    }

    /// Waits for the journal, but not for long once the upload is cancelled: another process may have
    /// locked it and stopped. `None` means that it did not answer in time. What it cannot do for want
    /// of a file descriptor it is asked for again, or the next run would send the file once more.
    async fn consult<T: Send + 'static>(
        &self,
        work: impl Fn() -> Result<T, JournalError> + Send + Sync + 'static,
    ) -> Option<Result<T, JournalError>> {
        let runtime = &*self.shared.runtime;
        let cancelled = async {
            cancelled_by(self.cancellation.as_ref()).await;
            runtime.sleep(GRACE).await;
        };
        let work = Arc::new(work);
        let attempt = || async {
            let work = Arc::clone(&work);
            let answer = crate::blocking::run(runtime, move || work()).await;
            answer.unwrap_or_else(|| Err(JournalError::new("it stopped working")))
        };
        match first(self.patiently(attempt), cancelled).await {
            First::This(answer) => Some(answer),
            First::That(()) => None,
        }
    }

    /// Does work on this machine, and waits while there is no file descriptor left for it.
    async fn patiently<T, E, F>(&self, attempt: impl Fn() -> F) -> Result<T, E>
    where
        E: StdError + 'static,
        F: Future<Output = Result<T, E>>,
    {
        let waiting = |error: &E, wait| self.observe(&Progress::LocalResources { error, wait });
        let cancellation = self.cancellation.as_ref();
        self.shared.patiently(cancellation, waiting, attempt).await
    }
}

/// Returns the digest of the source, reading it where nobody has yet.
pub(super) async fn digest(look: &mut Look, settings: &Settings) -> Result<Sha256Digest, Error> {
    if let Some(digest) = look.plan().and_then(|plan| plan.digest) {
        return Ok(digest);
    }
    let digest = within(look, settings, look.hands.patiently(|| hash(&look.hands))).await?;
    let digest = digest.map_err(Error::source_fault)?;
    look.know(digest);
    Ok(digest)
}

/// Returns where the source is. `None` when it is nowhere, and when nothing would tell what is there
/// from what was there before: then its content alone says what it is.
pub(super) async fn place(look: &Look, settings: &Settings) -> Result<Option<String>, Error> {
    let hands = &look.hands;
    if hands.fingerprint.modified_ns.is_none() {
        return Ok(None);
    }
    let attempt = || async {
        let content = hands.content.clone();
        let place = crate::blocking::run(&*hands.shared.runtime, move || content.place());
        place.await.unwrap_or(Ok(None))
    };
    match within(look, settings, hands.patiently(attempt)).await? {
        Err(error) if is_local_shortage(&error) => Err(Error::local_shortage(error)),
        place => Ok(place.unwrap_or_default()),
    }
}

/// Does what comes before there is a machine, unless it is cancelled or the deadline passes.
async fn within<T>(
    look: &Look,
    settings: &Settings,
    work: impl Future<Output = T>,
) -> Result<T, Error> {
    let cancelled = cancelled_by(settings.cancellation.as_ref());
    let late = look.clock.sleep_until(look.deadline());
    match first(first(cancelled, work), late).await {
        First::This(First::That(done)) => Ok(done),
        First::This(First::This(())) => Err(Error::cancelled_early()),
        First::That(()) => Err(Error::late(settings.deadline.unwrap_or_default())),
    }
}

/// Tells whether the asset has the type that is asked for, where one is.
fn is_of_type(checkpoint: &Checkpoint, settings: &Settings) -> bool {
    let wanted = settings.media_type.as_ref();
    wanted.is_none_or(|wanted| checkpoint.plan().media_type == *wanted)
}

/// How long the journal is waited for after a cancellation: a disk that works needs less.
const GRACE: Duration = Duration::from_millis(500);

/// How long to wait before another look at an upload that somebody else is at: first, and at most.
const LOOK_AGAIN: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));
