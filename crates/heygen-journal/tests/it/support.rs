use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use heygen_client::{
    AccountId, Checkpoint, Claim, Fingerprint, Journal as _, JournalEntry, JournalKey,
    JournalRecord, Route,
};
use heygen_journal::SqliteJournal;
use heygen_types::{
    AssetId, ByteSize, MediaType, PresignedUrl, Url,
    assets::{CompletedAsset, UploadSlot},
};
use heygen_upload_core::{Config, Output, Plan, Step, StepId, Timestamp, Upload, UploadId};
use tempfile::TempDir;

/// A journal in a folder of its own, gone at the end of the test.
pub(crate) struct Bench {
    pub(crate) folder: TempDir,
    pub(crate) journal: SqliteJournal,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = SqliteJournal::open(path_in(folder.path())).unwrap();
        Self { folder, journal }
    }

    pub(crate) fn path(&self) -> PathBuf {
        path_in(self.folder.path())
    }

    /// Opens the same file once more, as another process would.
    pub(crate) fn again(&self) -> SqliteJournal {
        SqliteJournal::open(self.path()).unwrap()
    }
}

pub(crate) fn path_in(folder: &Path) -> PathBuf {
    folder.join("state").join("journal.db")
}

pub(crate) fn account() -> AccountId {
    AccountId::from_text("a".repeat(64))
}

pub(crate) fn key(source: &str) -> JournalKey {
    JournalKey::new(account(), source)
}

/// Claims an upload that nobody else is at.
#[track_caller]
pub(crate) fn claim(journal: &SqliteJournal, source: &str) -> Arc<dyn JournalEntry> {
    match journal.claim(&key(source)).unwrap() {
        Claim::Held(entry) => entry,
        Claim::Elsewhere => panic!("somebody is at {source}"),
    }
}

pub(crate) fn is_elsewhere(journal: &SqliteJournal, source: &str) -> bool {
    matches!(journal.claim(&key(source)).unwrap(), Claim::Elsewhere)
}

/// The stages of a direct upload, each as it would be saved.
pub(crate) struct Stages {
    upload: Upload,
    now: Timestamp,
    fingerprint: Fingerprint,
    asset_id: AssetId,
}

impl Stages {
    /// Begins an upload; `number` tells it from all others.
    pub(crate) fn new(number: u8) -> Self {
        // The same upload is equal however often it is made.
        static START: LazyLock<SystemTime> = LazyLock::new(SystemTime::now);
        Self::begun_at(number, *START)
    }

    pub(crate) fn begun_at(number: u8, time: SystemTime) -> Self {
        Self::of(number, number, time)
    }

    fn of(number: u8, content: u8, time: SystemTime) -> Self {
        let since_epoch = time.duration_since(UNIX_EPOCH).unwrap();
        let now = Timestamp::from_unix(since_epoch);
        let mut plan = Plan::new("clip.mp4", MediaType::Mp4, SIZE).unwrap();
        plan.route = Route::Direct;
        plan.digest = Some(heygen_types::Sha256Digest::from_bytes([content; 32]));
        let id = UploadId::from_random([number; 16]);
        let mut fingerprint = Fingerprint::new(SIZE.bytes());
        fingerprint.modified_ns = Some(-1_234_567_890_123_456_789 - i128::from(number));
        fingerprint.file_id = Some((u64::MAX, u64::from(number)));
        Self {
            upload: Upload::new(plan, Config::default(), id, now),
            now,
            fingerprint,
            asset_id: format!("asset_{number}").parse().unwrap(),
        }
    }

    /// Before anything is known of a URL.
    pub(crate) fn begun(&mut self) -> JournalRecord {
        self.record()
    }

    /// With a URL whose signature is the canary.
    pub(crate) fn with_url(&mut self) -> JournalRecord {
        let (id, step) = self.step();
        assert!(matches!(step, Step::CreateUpload { .. }), "{step:?}");
        let url = format!("https://storage.example/{}?sig={CANARY}", self.asset_id);
        let mut slot = UploadSlot::new(
            self.asset_id.clone(),
            PresignedUrl::new(url),
            3600,
            ByteSize::new(u64::from(u32::MAX)),
        );
        slot.upload_headers = slot.upload_headers.with("x-amz-canary", CANARY);
        self.upload.handle_created(self.now, id, slot);
        self.record()
    }

    pub(crate) fn stored(&mut self) -> JournalRecord {
        let (id, step) = self.step();
        assert!(matches!(step, Step::Put(_)), "{step:?}");
        self.upload.handle_stored(self.now, id);
        self.record()
    }

    pub(crate) fn finished(&mut self) -> JournalRecord {
        let (id, step) = self.step();
        assert!(matches!(step, Step::Complete { .. }), "{step:?}");
        let url = format!("https://files.example/{}?sig={CANARY}", self.asset_id);
        let url: Url = url.parse().unwrap();
        let asset = CompletedAsset::new(self.asset_id.clone(), MediaType::Mp4, SIZE, url);
        self.upload.handle_completed(self.now, id, asset);
        self.record()
    }

    /// All of them, up to the end.
    pub(crate) fn all(mut self) -> [JournalRecord; 4] {
        [
            self.begun(),
            self.with_url(),
            self.stored(),
            self.finished(),
        ]
    }

    fn step(&mut self) -> (StepId, Step) {
        let mut last = None;
        while let Some(output) = self.upload.poll_output() {
            if let Output::Start { id, step } = output {
                last = Some((id, *step));
            }
        }
        last.unwrap()
    }

    fn record(&self) -> JournalRecord {
        JournalRecord::new(self.fingerprint, self.upload.checkpoint())
    }
}

/// Returns an upload that has come to its end, as it is found again.
pub(crate) fn finished(number: u8) -> JournalRecord {
    let [.., finished] = Stages::new(number).all();
    found_again(finished)
}

/// Returns one whose bytes are those of `content`.
pub(crate) fn finished_as(number: u8, content: u8) -> JournalRecord {
    let [.., finished] = Stages::of(number, content, SystemTime::now()).all();
    found_again(finished)
}

/// Returns a finished upload as it is found again: without the signature of its URL.
pub(crate) fn found_again(mut finished: JournalRecord) -> JournalRecord {
    finished.checkpoint = finished.checkpoint.without_signatures();
    finished
}

pub(crate) fn id(record: &JournalRecord) -> UploadId {
    Checkpoint::upload_id(&record.checkpoint)
}

/// Tells in which files below a folder a text stands.
pub(crate) fn files_with(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else {
            let bytes = fs::read(&path).unwrap();
            let mut windows = bytes.windows(text.len());
            if windows.any(|window| window == text.as_bytes()) {
                found.push(path);
            }
        }
    }
    found
}

pub(crate) const SIZE: ByteSize = ByteSize::new(40_000_000);
pub(crate) const DAY: Duration = Duration::from_secs(86_400);
pub(crate) const CANARY: &str = "c4n4ry51gn4tur3";
