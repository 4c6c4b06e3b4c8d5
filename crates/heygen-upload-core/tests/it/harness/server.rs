use core::time::Duration;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use heygen_types::{
    ApiError, AssetId, ByteSize, PresignedUrl, Sha256Digest, Url,
    assets::{CompleteAsset, CompletedAsset, CreateDirectUpload, UploadSlot, UploadedAsset},
    batches::{ItemStatus, StatusEntry},
};
use heygen_upload_core::{Failure, PutStep, SingleStep, Step, Timestamp};

use super::{Answer, storage};

/// A server that keeps to the contract of the API and of the storage behind it.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// How long a URL lives, in seconds.
    pub(crate) life: i64,
    pub(crate) max_bytes: ByteSize,
    /// What the next questions for the status are answered with; then `completed`.
    pub(crate) statuses: VecDeque<ItemStatus>,
    /// What single requests made, by key.
    uploaded: BTreeMap<String, UploadedAsset>,
    /// What creates made, by key.
    created: BTreeMap<String, Place>,
    /// What storage holds.
    objects: BTreeMap<AssetId, Sha256Digest>,
    completed: BTreeSet<AssetId>,
    assets: u32,
}

#[derive(Clone, Debug)]
struct Place {
    slot: UploadSlot,
    request: CreateDirectUpload,
    expires_at: Timestamp,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            life: 3600,
            max_bytes: ByteSize::new(1_000_000),
            statuses: VecDeque::new(),
            uploaded: BTreeMap::new(),
            created: BTreeMap::new(),
            objects: BTreeMap::new(),
            completed: BTreeSet::new(),
            assets: 0,
        }
    }
}

impl Server {
    pub(super) fn serve(&mut self, now: Timestamp, step: &Step, source: Sha256Digest) -> Answer {
        match step {
            Step::HashSource => Answer::Hashed(source),
            Step::RefreshCredential => Answer::Refreshed,
            Step::UploadSingle(single) => Answer::Uploaded(self.upload(single)),
            Step::CreateUpload { request, key } => self.create(now, request, key.as_str()),
            Step::Put(put) => self.put(now, put, source),
            Step::Complete { request } => self.complete(request),
            Step::QueryStatus { asset_id } => {
                let status = self.statuses.pop_front();
                Answer::Status(vec![entry(
                    asset_id.clone(),
                    status.unwrap_or(ItemStatus::Completed),
                )])
            }
        }
    }

    fn upload(&mut self, single: &SingleStep) -> UploadedAsset {
        if let Some(replay) = self.uploaded.get(single.key.as_str()) {
            return replay.clone();
        }
        let id = self.next_asset();
        let asset = UploadedAsset::new(
            id.clone(),
            single.media_type.clone(),
            single.size,
            url_of(&id),
        );
        self.uploaded.insert(single.key.to_string(), asset.clone());
        asset
    }

    fn create(&mut self, now: Timestamp, request: &CreateDirectUpload, key: &str) -> Answer {
        if let Some(replay) = self.created.get(key) {
            return Answer::Created(replay.slot.clone());
        }
        let id = self.next_asset();
        let url = format!("https://storage.example/{id}?X-Amz-Signature=SECRET-PUT");
        let mut slot = UploadSlot::new(id, PresignedUrl::new(url), self.life, self.max_bytes);
        slot.upload_headers = slot.upload_headers.with("x-amz-token", "SECRET-PUT");
        let life = Duration::from_secs(self.life.max(0).unsigned_abs());
        let place = Place {
            slot: slot.clone(),
            request: request.clone(),
            expires_at: now.after(life),
        };
        self.created.insert(key.to_owned(), place);
        Answer::Created(slot)
    }

    fn put(&mut self, now: Timestamp, put: &PutStep, source: Sha256Digest) -> Answer {
        let id = put.url.without_query().rsplit('/').next().unwrap();
        let place = self.place(id);
        if place.expires_at <= now {
            return Answer::Failed(expired());
        }
        assert_eq!(put.headers, place.slot.upload_headers);
        assert_eq!(put.size, place.request.size_bytes);
        if place
            .request
            .checksum_sha256
            .is_some_and(|declared| declared != source)
        {
            return Answer::Failed(storage(400, "BadDigest"));
        }
        self.objects.insert(place.slot.asset_id.clone(), source);
        Answer::Stored
    }

    fn complete(&mut self, request: &CompleteAsset) -> Answer {
        let id = &request.asset_id;
        let mut places = self.created.values();
        let Some(place) = places.find(|place| place.slot.asset_id == *id) else {
            return Answer::Failed(error(
                404,
                ApiError::new("asset_not_found", "no such asset"),
            ));
        };
        let Some(object) = self.objects.get(id) else {
            return Answer::Failed(error(409, ApiError::new("conflict", "no such object yet")));
        };
        if request
            .body
            .checksum_sha256
            .is_some_and(|claimed| claimed != *object)
        {
            let wrong = ApiError::new("invalid_parameter", "another digest");
            return Answer::Failed(error(400, wrong.with_param("checksum_sha256")));
        }
        self.completed.insert(id.clone());
        let declared = &place.request;
        Answer::Completed(CompletedAsset::new(
            id.clone(),
            declared.content_type.clone(),
            declared.size_bytes,
            url_of(id),
        ))
    }

    /// Returns when the URL of an asset stops accepting a PUT.
    pub(super) fn expiry_of(&self, asset_id: &AssetId) -> Timestamp {
        self.place(asset_id.as_str()).expires_at
    }

    fn place(&self, asset_id: &str) -> &Place {
        let mut places = self.created.values();
        places
            .find(|place| place.slot.asset_id.as_str() == asset_id)
            .expect("a PUT goes to a URL that the server gave")
    }

    fn next_asset(&mut self) -> AssetId {
        self.assets += 1;
        format!("asset_{}", self.assets).parse().unwrap()
    }

    /// Returns how many assets can be used.
    pub(crate) fn usable(&self) -> usize {
        self.uploaded.len() + self.completed.len()
    }
}

/// An entry of a list of statuses.
pub(crate) fn entry(id: AssetId, status: ItemStatus) -> StatusEntry {
    let mut entry = StatusEntry::new(status);
    entry.video_id = Some(id);
    entry
}

fn url_of(id: &AssetId) -> Url {
    format!("https://files.example/{id}?Signature=SECRET-GET")
        .parse()
        .unwrap()
}

fn error(status: u16, error: ApiError) -> Failure {
    Failure::from_api(status, Some(error))
}

/// What S3 says of a URL that is past its life.
fn expired() -> Failure {
    Failure::from_storage(
        403,
        b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message>\
          <Expires>2026-01-01T00:00:00Z</Expires></Error>",
    )
}
