//! What a request is about, and what its client heard of it.

use std::time::Duration;

use bytes::Bytes;
use heygen_emulator::{Endpoint, OperationId};
use heygen_types::{Data, ErrorBody, assets::UploadedAsset};
use heygen_upload_core::{Failure, FailureKind};
use http::{Method, Response, header::RETRY_AFTER, request::Parts};

/// An endpoint, and the idempotency key or the asset that it is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Subject {
    pub(super) endpoint: Endpoint,
    pub(super) id: String,
}

impl Subject {
    pub(super) fn new(endpoint: impl Into<Endpoint>, id: impl Into<String>) -> Self {
        let (endpoint, id) = (endpoint.into(), id.into());
        Self { endpoint, id }
    }

    /// Reads the head of a request, in which everything stands. `None` is a request that no upload
    /// makes.
    pub(super) fn of(head: &Parts) -> Option<Self> {
        let path = head.uri.path();
        if let Some(object) = path.strip_prefix("/storage/") {
            let asset = object.rsplit('/').next()?.split('.').next()?;
            return (head.method == Method::PUT).then(|| Self::new(Endpoint::StoragePut, asset));
        }
        let key = || {
            let key = head.headers.get("idempotency-key")?;
            Some(key.to_str().ok()?.to_owned())
        };
        let rest = path.strip_prefix("/v3/assets")?;
        let rest: Vec<&str> = rest.split('/').skip(1).collect();
        Some(match (&head.method, &rest[..]) {
            (&Method::POST, []) => Self::new(OperationId::UploadAsset, key()?),
            (&Method::POST, ["direct-uploads"]) => {
                Self::new(OperationId::CreateDirectUpload, key()?)
            }
            (&Method::POST, [asset, "complete"]) => Self::new(OperationId::CompleteAsset, *asset),
            (&Method::GET, ["statuses"]) => {
                let query = head.uri.query().unwrap_or_default();
                Self::new(OperationId::ListAssetStatuses, query)
            }
            (&Method::GET, [asset]) => Self::new(OperationId::GetAsset, *asset),
            _ => return None,
        })
    }

    /// Returns the asset that a good answer is about, unless it lies.
    pub(super) fn asset_of(&self, response: &Response<Bytes>) -> Option<String> {
        match self.endpoint {
            Endpoint::Api(OperationId::CompleteAsset) | Endpoint::Api(OperationId::GetAsset) => {
                Some(self.id.clone())
            }
            Endpoint::Api(OperationId::UploadAsset) => {
                let answer: Data<UploadedAsset> = serde_json::from_slice(response.body()).ok()?;
                Some(answer.data.asset_id.to_string())
            }
            _ => None,
        }
    }

    /// Returns the id of the upload in the key: a key is `<upload id>.<step>.<generation>`.
    pub(super) fn upload(&self) -> &str {
        self.id.split('.').next().unwrap_or_default()
    }
}

/// What a client heard of a request, as far as it has to act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// No answer, or one that ended too early.
    Nothing,
    Success,
    Refusal {
        status: u16,
        retry_after: Option<Duration>,
        /// Whether the same request may well succeed later.
        is_transient: bool,
        /// Whether it was said in the API's envelope or in storage's document, and not by something
        /// in between.
        is_own: bool,
        /// Whether an earlier request with the key still runs.
        is_in_progress: bool,
    },
}

impl Heard {
    /// Reads an answer of which so much has come.
    pub(super) fn of(subject: &Subject, response: &Response<Bytes>, is_cut: bool) -> Self {
        let status = response.status();
        if status.is_success() {
            // Of the answer to a PUT only the status matters.
            return match is_cut && subject.endpoint != Endpoint::StoragePut {
                true => Self::Nothing,
                false => Self::Success,
            };
        }
        // Of an error whose body is lost nobody knows who said it.
        let body = if is_cut { &[] } else { &response.body()[..] };
        let failure = if subject.endpoint == Endpoint::StoragePut {
            Failure::from_storage(status.as_u16(), body)
        } else {
            let error = serde_json::from_slice::<ErrorBody>(body).ok();
            Failure::from_api(status.as_u16(), error.map(|body| body.error))
        };
        let after = response.headers().get(RETRY_AFTER);
        let seconds = after.and_then(|after| after.to_str().ok()?.parse().ok());
        Self::Refusal {
            status: status.as_u16(),
            retry_after: seconds.map(Duration::from_secs),
            is_transient: failure.is_transient(),
            is_own: failure.kind == FailureKind::Answer,
            is_in_progress: failure.api_code_is("request_in_progress"),
        }
    }

    pub(super) const fn status(self) -> Option<u16> {
        match self {
            Self::Refusal { status, .. } => Some(status),
            _ => None,
        }
    }

    /// Returns `true` if the API says that there is a conflict: an object is not there yet.
    pub(super) fn is_conflict(self) -> bool {
        self.status() == Some(409) && self.is_own()
    }

    /// Returns `true` if something between client and server refused.
    pub(super) fn is_page(self) -> bool {
        matches!(self.status(), Some(400..=499)) && !self.is_own()
    }

    const fn is_own(self) -> bool {
        matches!(self, Self::Refusal { is_own: true, .. })
    }

    /// Tells whether the server says that what was asked for is not there, or will never be: the
    /// client may give it up. A credential that is refused says nothing of it, nor does a gateway.
    pub(super) const fn is_denial(self) -> bool {
        match self {
            Self::Refusal {
                status,
                is_transient,
                is_own,
                is_in_progress,
                ..
            } => {
                is_own
                    && matches!(status, 400..=499)
                    && !matches!(status, 401 | 403)
                    && !is_transient
                    && !is_in_progress
            }
            _ => false,
        }
    }
}
