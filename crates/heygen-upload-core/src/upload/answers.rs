//! What a successful answer means.

use alloc::boxed::Box;

use heygen_types::{
    AssetId, ByteSize, MediaType, Sha256Digest,
    assets::{CompletedAsset, UploadSlot, UploadedAsset},
    batches::{ItemStatus, StatusEntry},
};

use super::Upload;
use crate::{
    Checksum, Event, Failure, Finished, Mismatch, Reason, Route, Rule, StateName, StepKind,
    UploadFailure, WaitPolicy,
    backoff::SHORTEST_PAUSE,
    checkpoint::Slot,
    memory::{Activity, Timer},
};

impl Upload {
    pub(super) fn on_digest(&mut self, digest: Sha256Digest) {
        match self.facts.digest {
            Some(known) if known != digest => {
                // The digest is told at the last byte: all of them may have arrived.
                self.memory.uncertain |= self.state != StateName::Hash;
                self.fail(Reason::SourceChanged, None);
            }
            _ => self.facts.digest = Some(digest),
        }
    }

    pub(super) fn on_hashed(&mut self, digest: Sha256Digest) {
        if self.facts.digest.is_some_and(|known| known != digest) {
            return self.fail(Reason::SourceChanged, None);
        }
        self.facts.digest = Some(digest);
        self.memory.verify_source = false;
        self.proceed();
    }

    pub(super) fn on_uploaded(&mut self, answer: UploadedAsset) {
        if let Some(mismatch) = self.mismatch(answer.size_bytes, &answer.mime_type) {
            return self.fail_mismatched(answer.asset_id, mismatch);
        }
        self.on_asset(Finished {
            asset_id: answer.asset_id,
            url: answer.url,
            media_type: answer.mime_type,
            size: answer.size_bytes,
            sha256: self.facts.digest,
            status: None,
            route: Route::Single,
            attempts: self.attempts(),
        });
    }

    pub(super) fn on_created(&mut self, slot: UploadSlot) {
        if slot.max_bytes < self.plan.size {
            let max = Some(slot.max_bytes);
            return self.fail(Reason::TooLarge { max }, None);
        }
        // An answer to a repeated request can be a replay, with a URL as old as the first time
        // that the key was sent.
        let made = self.facts.key_first_sent.unwrap_or(self.now);
        let life = u64::try_from(slot.expires_in_seconds).unwrap_or_default();
        self.facts.slot = Some(Slot {
            asset_id: slot.asset_id,
            url: slot.upload_url,
            headers: slot.upload_headers,
            expires_at: made.after(core::time::Duration::from_secs(life)),
        });
        self.emit(Event::Checkpoint);
        self.proceed();
    }

    pub(super) fn on_stored(&mut self) {
        self.facts.stored = true;
        self.memory.probe_due = false;
        self.emit(Event::Checkpoint);
        self.proceed();
    }

    pub(super) fn on_completed(&mut self, answer: CompletedAsset) {
        // The API has an object under this id, whatever is wrong with it.
        self.facts.stored = true;
        self.memory.probe_due = false;
        let failed = answer.status == ItemStatus::Failed;
        let mismatch = self.mismatch(answer.size_bytes, &answer.mime_type);
        if let Some(mismatch) = mismatch.filter(|_| !failed) {
            return self.fail_mismatched(answer.asset_id, mismatch);
        }
        let finished = Finished {
            asset_id: answer.asset_id,
            url: answer.url,
            media_type: match answer.mime_type.as_str() {
                "" => self.plan.media_type.clone(),
                _ => answer.mime_type,
            },
            size: answer.size_bytes,
            sha256: match self.plan.checksum {
                Checksum::Off => None,
                _ => self.facts.digest,
            },
            status: Some(answer.status),
            route: Route::Direct,
            attempts: self.attempts(),
        };
        if failed {
            // Without a checkpoint, which would be that of an asset to use again.
            self.facts.finished = Some(finished);
            return self.fail(Reason::Processing, None);
        }
        self.on_asset(finished);
    }

    /// Compares what was stored with the file, as far as an answer says it.
    fn mismatch(&self, size: ByteSize, media_type: &MediaType) -> Option<Mismatch> {
        if size != self.plan.size {
            return Some(Mismatch::Size);
        }
        (!is_same_type(&self.plan.media_type, media_type)).then_some(Mismatch::MediaType)
    }

    fn on_asset(&mut self, finished: Finished) {
        self.facts.finished = Some(finished);
        self.emit(Event::Checkpoint);
        self.proceed();
    }

    pub(super) fn on_status(&mut self, status: ItemStatus) {
        self.memory.status_unreadable = 0;
        let failed = status == ItemStatus::Failed;
        // A server that does not list this asset will not list it later either: it was stored, and
        // more cannot be learned.
        let settled = matches!(status, ItemStatus::Completed | ItemStatus::NotFound);
        if let (Some(finished), false) = (&mut self.facts.finished, status == ItemStatus::NotFound)
        {
            finished.status = Some(status);
        }
        if failed {
            self.fail(Reason::Processing, None);
        } else if settled {
            self.memory.status_settled = true;
            self.emit(Event::Checkpoint);
            self.proceed();
        } else {
            self.poll_status_later();
        }
    }

    pub(super) fn poll_status_later(&mut self) {
        let policy: WaitPolicy = self.config.wait.clone().unwrap_or_default();
        let since = *self.memory.status_since.get_or_insert(self.now);
        let doubled = 1_u32
            .checked_shl(self.memory.status_polls)
            .unwrap_or(u32::MAX);
        let wait = policy.first.saturating_mul(doubled).min(policy.cap);
        let wait = wait.max(SHORTEST_PAUSE);
        let left = policy.limit.saturating_sub(self.now.since(since));
        if left.is_zero() {
            return self.fail(Reason::Exhausted(Rule::WaitLimit(policy.limit)), None);
        }
        self.memory.status_polls += 1;
        self.activity = Activity::Waiting {
            until: self.now.after(wait.min(left)),
            timer: Timer::Status,
        };
    }

    fn fail_mismatched(&mut self, asset_id: AssetId, mismatch: Mismatch) {
        self.memory.mismatched = Some(asset_id);
        self.fail(Reason::Integrity(mismatch), None);
    }

    /// Ends badly.
    pub(super) fn fail(&mut self, reason: Reason, failure: Option<Failure>) {
        let step = self.state.step();
        let step = step.expect("an upload fails in a step or after one");
        self.fail_at(step, reason, failure);
    }

    /// Ends badly because of a step that is over.
    pub(super) fn fail_at(&mut self, step: StepKind, reason: Reason, failure: Option<Failure>) {
        let failed = UploadFailure {
            reason,
            step,
            failure,
            stored: self.stored(),
            attempts: self.attempts(),
        };
        self.end(StateName::Failed, Event::Failed(Box::new(failed)));
    }
}

/// Finds the status of one asset in the answer to a question about it alone. An error is the asset
/// that the answer is about instead.
pub(super) fn status_of(
    asset_id: &AssetId,
    entries: &[StatusEntry],
) -> Result<ItemStatus, Option<AssetId>> {
    let is_own = |entry: &&StatusEntry| entry.video_id.as_ref() == Some(asset_id);
    if let Some(own) = entries.iter().find(is_own) {
        return Ok(own.status.clone());
    }
    match entries {
        // An empty list says as much as an entry that says so.
        [] => Ok(ItemStatus::NotFound),
        // One id was asked about, so the one entry that names none is its.
        [only] if only.video_id.is_none() => Ok(only.status.clone()),
        _ => Err(entries.iter().find_map(|entry| entry.video_id.clone())),
    }
}

/// Tells whether two media types are the same, their parameters left aside. Subtitles have no
/// agreed name, so any text is good for them.
fn is_same_type(declared: &MediaType, stored: &MediaType) -> bool {
    let essence = |media_type: &MediaType| {
        let text = media_type.as_str();
        let essence = text.split(';').next().unwrap_or_default().trim();
        MediaType::from(essence.to_ascii_lowercase().as_str())
    };
    let stored = essence(stored);
    // An answer that does not say the type has nothing to compare.
    stored.as_str().is_empty()
        || essence(declared) == stored
        || *declared == MediaType::Srt && stored.as_str().starts_with("text/")
}
