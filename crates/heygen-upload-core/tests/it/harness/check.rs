use std::collections::{BTreeMap, BTreeSet};

use heygen_types::AssetId;
use heygen_upload_core::{Checkpoint, Output, StateName, Step, StepKind, Timestamp, Upload};

use super::{Answer, Server};

/// What a driver may rely on, checked at every output of every scenario.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    /// The request that each idempotency key was sent with.
    keys: BTreeMap<String, String>,
    /// Assets whose bytes were accepted, or handed over to the last.
    offered: BTreeSet<AssetId>,
    /// The asset of the last PUT.
    putting: Option<AssetId>,
    is_resumed: bool,
}

impl Checks {
    pub(super) fn resumed(&mut self) {
        self.is_resumed = true;
    }

    pub(super) fn output(&self, upload: &Upload, output: &Output) {
        let shown = format!("{output:?} {upload:?} {:?}", upload.checkpoint());
        assert!(!shown.contains("SECRET"), "{shown}");
        assert!(!matches!(output, Output::Start { .. }) || !upload.state().is_terminal());
    }

    pub(super) fn drained(&self, upload: &Upload, is_running: bool) {
        if upload.state().is_terminal() {
            assert!(!is_running, "nothing runs after the end");
            assert_eq!(upload.poll_timeout(), None, "no timer runs after the end");
        } else {
            assert!(is_running || upload.poll_timeout().is_some());
        }
        assert_eq!(
            upload.poll_timeout().is_some(),
            upload.poll_timer().is_some()
        );
        let checkpoint = upload.checkpoint();
        if checkpoint.is_stored() {
            let json = serde_json::to_string(&checkpoint).unwrap();
            assert!(!json.contains("SECRET-PUT"), "{json}");
        }
    }

    pub(super) fn start(
        &mut self,
        upload: &Upload,
        step: &Step,
        now: Timestamp,
        server: &Server,
        durable: Option<&str>,
    ) {
        assert_eq!(upload.state().step(), Some(step.kind()));
        let durable: Option<Checkpoint> = durable.map(|text| serde_json::from_str(text).unwrap());
        match step {
            Step::UploadSingle(single) => {
                assert!(durable.is_some(), "a key is durable before it is sent");
                // What is known of the digest is no part of the request.
                let mut request = single.clone();
                request.digest = None;
                self.key(
                    upload,
                    StepKind::Single,
                    single.key.as_str(),
                    format!("{request:?}"),
                );
            }
            Step::CreateUpload { request, key } => {
                assert!(durable.is_some(), "a key is durable before it is sent");
                self.key(
                    upload,
                    StepKind::Create,
                    key.as_str(),
                    format!("{request:?}"),
                );
            }
            Step::Put(put) => {
                assert!(put.url.expose().contains("SECRET-PUT"), "the URL is whole");
                let durable = durable.unwrap();
                let asset_id = durable.asset_id();
                let asset_id = asset_id.expect("a URL is durable before it is used");
                assert!(
                    server.expiry_of(asset_id) > now,
                    "a PUT begins before its URL ends"
                );
                self.putting = Some(asset_id.clone());
            }
            Step::Complete { request } => {
                let is_offered = self.offered.contains(&request.asset_id);
                assert!(
                    is_offered || self.is_resumed,
                    "only what was sent is completed"
                );
                if upload.state() == StateName::Complete {
                    assert!(
                        durable.unwrap().is_stored(),
                        "a PUT that was accepted is durable"
                    );
                }
            }
            Step::HashSource | Step::RefreshCredential | Step::QueryStatus { .. } => {}
        }
    }

    pub(super) fn answered(&mut self, step: &Step, answer: &Answer) {
        let is_offered = match answer {
            Answer::Stored => true,
            Answer::Failed(failure) => failure.body_handed_over,
            _ => false,
        };
        if let (Step::Put(_), true) = (step, is_offered) {
            self.offered.extend(self.putting.take());
        }
    }

    /// One key stands for one request.
    fn key(&mut self, upload: &Upload, kind: StepKind, key: &str, request: String) {
        let start = format!("{}.{kind}.", upload.upload_id());
        let generation = key.strip_prefix(&start).unwrap();
        assert!(generation.parse::<u32>().unwrap() >= 1);
        let first = self
            .keys
            .entry(key.to_owned())
            .or_insert_with(|| request.clone());
        assert_eq!(*first, request, "{key} stands for two requests");
    }
}
