use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use heygen_client::{JournalEntry, JournalError, JournalKey, JournalRecord};

use crate::{claims::ClaimFile, database::Durability, journal::Shared, rows};

/// One claimed upload.
pub(crate) struct Entry {
    shared: Arc<Shared>,
    key: JournalKey,
    /// What was written last, and to which file of those that were here. The end of an upload is
    /// saved by all who can see it.
    saved: Mutex<Option<(usize, JournalRecord)>>,
    _claim: ClaimFile,
}

impl Entry {
    pub(crate) const fn new(shared: Arc<Shared>, key: JournalKey, claim: ClaimFile) -> Self {
        Self {
            shared,
            key,
            saved: Mutex::new(None),
            _claim: claim,
        }
    }
}

impl JournalEntry for Entry {
    fn begun(&self) -> Result<Option<JournalRecord>, JournalError> {
        let begun = self
            .shared
            .read(|connection| rows::begun(connection, &self.key));
        Ok(begun?.pop())
    }

    fn finished(&self) -> Result<Vec<JournalRecord>, JournalError> {
        let finished = self
            .shared
            .read(|connection| rows::finished_of(connection, &self.key));
        Ok(finished?)
    }

    fn save(&self, record: &JournalRecord) -> Result<(), JournalError> {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let file = self.shared.files_set_aside();
        if saved
            .as_ref()
            .is_some_and(|(to, last)| *to == file && last == record)
        {
            return Ok(());
        }
        let written = self.shared.write(durability(record), |transaction| {
            rows::save(transaction, &self.key, record)
        });
        written?;
        *saved = Some((self.shared.files_set_aside(), record.clone()));
        Ok(())
    }

    fn discard(&self) -> Result<(), JournalError> {
        *self.saved.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let discarded = self.shared.write(Durability::Process, |transaction| {
            rows::discard(transaction, &self.key)
        });
        Ok(discarded?)
    }
}

/// Bytes that storage has accepted must never be sent again; everything else can be asked again
/// under the same key, and waiting for the disk would cost more than the upload of a small file.
const fn durability(record: &JournalRecord) -> Durability {
    let checkpoint = &record.checkpoint;
    if checkpoint.is_stored() && checkpoint.finished().is_none() {
        Durability::Power
    } else {
        Durability::Process
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&self.key).finish()
    }
}

#[cfg(test)]
mod tests {
    use heygen_client::{Fingerprint, Route};
    use heygen_types::{
        ByteSize, MediaType, PresignedUrl, Url,
        assets::{CompletedAsset, UploadSlot},
    };
    use heygen_upload_core::{Config, Output, Plan, StepId, Timestamp, Upload, UploadId};

    use super::*;

    fn running(upload: &mut Upload) -> StepId {
        let outputs = std::iter::from_fn(|| upload.poll_output());
        let steps = outputs.filter_map(|output| match output {
            Output::Start { id, .. } => Some(id),
            _ => None,
        });
        steps.last().unwrap()
    }

    #[test]
    fn the_disk_is_waited_for_when_the_bytes_are_accepted_and_only_then() {
        let (now, size) = (Timestamp::default(), ByteSize::new(1));
        let mut plan = Plan::new("a.mp4", MediaType::Mp4, size).unwrap();
        plan.route = Route::Direct;
        plan.checksum = heygen_client::Checksum::Off;
        let id = UploadId::from_random([0; 16]);
        let mut upload = Upload::new(plan, Config::default(), id, now);
        let is_waited_for = |upload: &Upload| {
            let record = JournalRecord::new(Fingerprint::new(1), upload.checkpoint());
            durability(&record) == Durability::Power
        };
        assert!(!is_waited_for(&upload));

        let asset = "asset_1".parse::<heygen_types::AssetId>().unwrap();
        let url = PresignedUrl::new("https://storage.example/1");
        let slot = UploadSlot::new(asset.clone(), url, 3600, size);
        let step = running(&mut upload);
        upload.handle_created(now, step, slot);
        assert!(!is_waited_for(&upload));

        let step = running(&mut upload);
        upload.handle_stored(now, step);
        assert!(is_waited_for(&upload));

        let step = running(&mut upload);
        let url: Url = "https://files.example/1".parse().unwrap();
        let answer = CompletedAsset::new(asset, MediaType::Mp4, size, url);
        upload.handle_completed(now, step, answer);
        assert!(upload.checkpoint().finished().is_some());
        assert!(!is_waited_for(&upload));
    }
}
