//! A driver that keeps to the contract, and a server and a clock that keep to nothing.

use core::time::Duration;

use heygen_testing::strategies::{any_failures, configs, digests, media_types, plans};
use heygen_types::{
    AssetId, ByteSize, MediaType, PresignedUrl, Url,
    assets::{CompletedAsset, UploadSlot, UploadedAsset},
    batches::ItemStatus,
};
use heygen_upload_core::{
    Checkpoint, Config, Failure, Output, Step, StepId, Timestamp, Upload, UploadId,
};
use proptest::{
    collection,
    prelude::{Just, Strategy, any, prop_oneof},
    prop_assert, prop_assert_eq, proptest, sample,
};

use super::config;

/// One thing that reaches the machine.
#[derive(Clone, Debug)]
enum Input {
    /// The answer that fits the running step, with these values in it.
    Success(Values),
    Digest(heygen_types::Sha256Digest),
    Failure(Failure),
    Timeout,
    Cancel,
    Resume,
}

/// Values for every answer.
#[derive(Clone, Debug)]
struct Values {
    id: AssetId,
    size: u64,
    life: i64,
    media_type: MediaType,
    url: String,
    status: ItemStatus,
    digest: heygen_types::Sha256Digest,
}

fn values() -> impl Strategy<Value = Values> {
    let id = "[a-z_0-9]{1,8}".prop_map(|text| text.parse().expect("letters make an id"));
    let size = prop_oneof![Just(1_000), Just(u64::MAX), any::<u64>()];
    let life = prop_oneof![1..5_000_i64, Just(i64::MIN), Just(i64::MAX), any::<i64>()];
    let url = prop_oneof![Just("https://s.example/o?SECRET".to_owned()), "\\PC{0,30}"];
    let status = prop_oneof![
        sample::select(ItemStatus::KNOWN).prop_map(ItemStatus::from),
        "\\PC{0,9}".prop_map(|text| ItemStatus::from(text.as_str())),
    ];
    (id, size, life, media_types(), url, status, digests()).prop_map(
        |(id, size, life, media_type, url, status, digest)| Values {
            id,
            size,
            life,
            media_type,
            url,
            status,
            digest,
        },
    )
}

fn inputs() -> impl Strategy<Value = Vec<(Input, Timestamp)>> {
    let input = prop_oneof![
        8 => values().prop_map(Input::Success),
        8 => any_failures().prop_map(Input::Failure),
        1 => digests().prop_map(Input::Digest),
        8 => Just(Input::Timeout),
        1 => Just(Input::Cancel),
        2 => Just(Input::Resume),
    ];
    let moment = prop_oneof![
        6 => (0..100_000_u64).prop_map(Duration::from_millis),
        1 => any::<u64>().prop_map(Duration::from_secs),
        1 => Just(Duration::MAX),
    ];
    collection::vec((input, moment.prop_map(Timestamp::from_unix)), 0..60)
}

/// The machine, and what its driver knows.
struct Driver {
    upload: Upload,
    config: Config,
    running: Option<(StepId, Step)>,
    ends: u32,
}

impl Driver {
    fn drain(&mut self) {
        while let Some(output) = self.upload.poll_output() {
            assert_eq!(self.ends, 0, "nothing follows the end");
            let shown = format!("{output:?} {:?}", self.upload);
            assert!(!shown.contains("SECRET"), "{shown}");
            match output {
                Output::Start { id, step } => {
                    assert!(self.running.replace((id, *step)).is_none());
                }
                Output::Abort { id } => {
                    assert_eq!(self.running.take().map(|(id, _)| id), Some(id));
                }
                Output::Event(event) => self.ends += u32::from(event.is_terminal()),
            }
        }
        let is_alive = self.running.is_some() || self.upload.poll_timeout().is_some();
        assert_eq!(is_alive, self.ends == 0);
    }

    fn hand_in(&mut self, input: Input, now: Timestamp) {
        match (input, self.running.clone()) {
            (Input::Success(values), Some((id, step))) => {
                self.running = None;
                succeed(&mut self.upload, now, id, &step, values);
            }
            (Input::Failure(failure), Some((id, _))) => {
                self.running = None;
                self.upload.handle_failure(now, id, failure);
            }
            (Input::Digest(digest), Some((id, _))) => self.upload.handle_digest(now, id, digest),
            (Input::Cancel, _) => self.upload.cancel(now),
            (Input::Resume, _) => {
                let text = serde_json::to_string(&self.upload.checkpoint());
                let text = text.expect("a checkpoint is plain data");
                let checkpoint: Checkpoint =
                    serde_json::from_str(&text).expect("what was written is read");
                self.upload = Upload::resume(checkpoint, self.config.clone(), now)
                    .expect("the version is that of this crate");
                self.running = None;
                self.ends = 0;
            }
            _ => self.upload.handle_timeout(now),
        }
        self.drain();
    }
}

fn succeed(upload: &mut Upload, now: Timestamp, id: StepId, step: &Step, values: Values) {
    let size = ByteSize::new(values.size);
    let url: Url = "https://f.example/o?SECRET".parse().expect("a URL");
    match step {
        Step::HashSource => upload.handle_hashed(now, id, values.digest),
        Step::RefreshCredential => upload.handle_refreshed(now, id),
        Step::UploadSingle(_) => {
            let asset = UploadedAsset::new(values.id, values.media_type, size, url);
            upload.handle_uploaded(now, id, asset);
        }
        Step::CreateUpload { .. } => {
            let url = PresignedUrl::new(values.url);
            let slot = UploadSlot::new(values.id, url, values.life, size);
            upload.handle_created(now, id, slot);
        }
        Step::Put(_) => upload.handle_stored(now, id),
        Step::Complete { .. } => {
            let asset = CompletedAsset::new(values.id, values.media_type, size, url);
            upload.handle_completed(now, id, asset);
        }
        Step::QueryStatus { .. } => upload.handle_status(now, id, values.status),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_that_a_server_or_a_clock_does_breaks_the_contract(
        plan in plans(),
        settings in configs(),
        inputs in inputs(),
    ) {
        let id = UploadId::from_random([3; 16]);
        let now = Timestamp::from_unix(Duration::from_secs(1));
        let mut driver = Driver {
            upload: Upload::new(plan, settings.clone(), id, now),
            config: settings,
            running: None,
            ends: 0,
        };
        driver.drain();
        for (input, now) in inputs {
            driver.hand_in(input, now);
        }
        prop_assert!(driver.ends <= 1);
        prop_assert_eq!(driver.upload.state().is_terminal(), driver.ends == 1);
    }
}
