//! Carrying out one step: from what the machine asks for to what came of it.

use std::{future::Future, pin::Pin, sync::Arc};

use bytes::Bytes;
use heygen_types::{
    ByteSize, Sha256Digest,
    assets::{CompletedAsset, ListAssetStatuses, UploadAsset, UploadSlot, UploadedAsset},
    batches::StatusEntry,
};
use heygen_upload_core::{FailureKind, PutStep, SingleStep, Step};
use serde_json::Value;

use super::prepare::Hands;
use crate::{
    Body, Progress,
    exchange::{Multipart, Refusal, storage_request},
    multipart::MultipartFrame,
    stream::{self, Reading, SourceFault, StreamPlan},
};

/// What came of a step.
pub(super) struct StepEnd {
    /// The digest of the source, when the step read and hashed all of it.
    pub(super) digest: Option<Sha256Digest>,
    pub(super) outcome: Result<Outcome, Refusal>,
}

/// How a step ended well.
pub(super) enum Outcome {
    Hashed(Sha256Digest),
    Refreshed,
    Uploaded(UploadedAsset),
    Created(UploadSlot),
    Stored,
    Completed(CompletedAsset),
    Status(Vec<StatusEntry>),
}

pub(super) fn perform(
    hands: Arc<Hands>,
    step: Step,
) -> Pin<Box<dyn Future<Output = StepEnd> + Send>> {
    Box::pin(async move {
        let shared = Arc::clone(&hands.shared);
        let outcome = match step {
            Step::UploadSingle(step) => return upload_single(&hands, step).await,
            Step::Put(step) => return put(&hands, step).await,
            Step::HashSource => hash(&hands)
                .await
                .map(Outcome::Hashed)
                .map_err(Refusal::from),
            Step::RefreshCredential => shared
                .credential
                .refresh()
                .await
                .map(|()| Outcome::Refreshed)
                .map_err(|error| Refusal::new(FailureKind::Credential, error)),
            Step::CreateUpload { request, key } => shared
                .call(&request, Some(&key), None)
                .await
                .map(Outcome::Created),
            Step::Complete { request } => shared
                .call_knowing(&request, None, None, &[known_size(&hands)])
                .await
                .map(Outcome::Completed),
            Step::QueryStatus { asset_id } => shared
                .call(&ListAssetStatuses::new(vec![asset_id]), None, None)
                .await
                .map(|page| Outcome::Status(page.data)),
        };
        StepEnd {
            digest: None,
            outcome,
        }
    })
}

async fn upload_single(hands: &Arc<Hands>, step: SingleStep) -> StepEnd {
    let unique = step.key.as_str();
    // The upload id in the key is random; the dots of the key may not stand in a boundary.
    let unique = unique.split('.').next().unwrap_or(unique);
    let frame = MultipartFrame::new(&step.file_name, &step.media_type, unique);
    let (body, reading) = open(hands, step.hash, step.digest, frame.head, frame.tail);
    let operation = UploadAsset::new(step.file_name, step.media_type);
    let multipart = Multipart {
        content_type: frame.content_type,
        body,
    };
    let known = [
        known_size(hands),
        ("mime_type", operation.content_type.as_str().into()),
    ];
    let answer = hands
        .shared
        .call_knowing(&operation, Some(&step.key), Some(multipart), &known)
        .await;
    end(&reading, answer.map(Outcome::Uploaded))
}

async fn put(hands: &Arc<Hands>, step: PutStep) -> StepEnd {
    let (body, reading) = open(hands, step.hash, None, Bytes::new(), Bytes::new());
    let answer = match storage_request(&hands.shared, &step, body) {
        Ok(request) => hands.shared.call_storage(request, &hands.secrets).await,
        Err(refusal) => Err(refusal),
    };
    end(&reading, answer.map(|()| Outcome::Stored))
}

/// Reads the source to its end and returns its digest.
pub(super) async fn hash(hands: &Arc<Hands>) -> Result<Sha256Digest, SourceFault> {
    let observer = Arc::clone(hands);
    let total = ByteSize::new(hands.fingerprint.size_bytes);
    let progress = move |done| {
        let done = ByteSize::new(done);
        observer.observe(&Progress::Hashing { done, total });
    };
    let content = hands.content.clone();
    stream::hash(
        &*hands.shared.runtime,
        content,
        hands.fingerprint,
        hands.is_exact(),
        progress,
    )
    .await
}

/// Returns the size that an answer without one is taken to have: there is nothing to compare.
fn known_size(hands: &Hands) -> (&'static str, Value) {
    ("size_bytes", hands.fingerprint.size_bytes.into())
}

/// Opens the source as the body of a request.
fn open(
    hands: &Arc<Hands>,
    hash: bool,
    digest: Option<Sha256Digest>,
    head: Bytes,
    tail: Bytes,
) -> (Body, Arc<Reading>) {
    let observer = Arc::clone(hands);
    let total = ByteSize::new(hands.fingerprint.size_bytes);
    let plan = StreamPlan {
        content: hands.content.clone(),
        fingerprint: hands.fingerprint,
        is_exact: digest.is_none() && hands.is_exact(),
        hash,
        digest,
        head,
        tail,
        progress: Box::new(move |done| {
            let done = ByteSize::new(done);
            observer.observe(&Progress::Sending { done, total });
        }),
    };
    stream::stream(Arc::clone(&hands.shared.runtime), plan)
}

/// Adds what the reading of the source has to say to the outcome of its request.
fn end(reading: &Reading, mut outcome: Result<Outcome, Refusal>) -> StepEnd {
    let body_handed_over = reading.is_handed_over();
    if let Err(refusal) = &mut outcome {
        // When the source failed, what the server or the connection says is only its consequence.
        if let Some(fault) = reading.take_fault() {
            *refusal = fault.into();
        }
        refusal.failure.body_handed_over = body_handed_over;
    }
    StepEnd {
        digest: reading.digest().filter(|_| body_handed_over),
        outcome,
    }
}
