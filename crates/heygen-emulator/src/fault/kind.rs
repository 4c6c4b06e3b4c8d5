use std::borrow::Cow;

use heygen_types::{ApiError, ByteSize, Envelope, OperationId, PresignedUrl, UploadHeaders};
use serde::{Deserialize, Serialize};

use super::FaultTarget;
use crate::{Cut, Endpoint, StorageCode};

/// What goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FaultKind {
    /// Nothing but what is said beside it: a delay, a pace, a reset at the end.
    Plain,
    JobFails(Box<ApiError>),
    Status {
        status: u16,
        /// `None` takes the usual code of the status.
        code: Option<Cow<'static, str>>,
        message: Cow<'static, str>,
    },
    Raw {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    Storage(StorageCode),
    Close,
    /// The body of the request is cut off.
    Cut(Cut),
    /// The body of the answer is cut off.
    CutAnswer(Cut),
    /// Of the body of the answer only so much is sent, half of it when no number is given.
    Truncated(Option<u64>),
    Duplicated,
    NotVisible,
    Slot(SlotOverride),
    Webhook(WebhookFault),
}

/// What can go wrong with a call that the emulator makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookFault {
    /// It is never made. The event is in the history all the same.
    Dropped,
    /// It is made twice.
    Doubled,
    /// It is made after the next one; when none comes, a minute late on the emulator's clock.
    Reordered,
    /// Its signature is one of another secret. Calls to a `callback_url` have no signature and do
    /// not meet the fault.
    BadSignature,
}

/// What [`Fault::slot`](super::Fault::slot) changes; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct SlotOverride {
    /// Where the bytes are to go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_url: Option<PresignedUrl>,
    /// The headers that the PUT is to carry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_headers: Option<UploadHeaders>,
    /// For how long the URL is said to live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<i64>,
    /// The largest file that the slot is said to take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<ByteSize>,
}

impl FaultKind {
    /// Tells whether requests to an endpoint can meet such a fault.
    pub(super) fn fits(&self, endpoint: Endpoint) -> bool {
        match self {
            Self::Storage(_) => endpoint.is_storage(),
            Self::Truncated(_) | Self::Duplicated => !endpoint.is_storage(),
            Self::JobFails(_) => endpoint.operation().is_some_and(|operation| {
                operation.starts.is_some() || operation.envelope == Envelope::Stream
            }),
            Self::NotVisible => endpoint == OperationId::CompleteAsset,
            Self::Slot(_) => endpoint == OperationId::CreateDirectUpload,
            Self::Webhook(_) => false,
            Self::Plain
            | Self::Status { .. }
            | Self::Raw { .. }
            | Self::Close
            | Self::Cut(_)
            | Self::CutAnswer(_) => true,
        }
    }

    /// Says where such a fault has to wait, unless it can wait there.
    pub(super) fn check(&self, target: FaultTarget) -> Result<(), &'static str> {
        let fits = match target {
            FaultTarget::Endpoint(endpoint) => self.fits(endpoint),
            // What only one endpoint can meet is to be said of that endpoint.
            FaultTarget::Any => !matches!(
                self,
                Self::JobFails(_) | Self::NotVisible | Self::Slot(_) | Self::Webhook(_)
            ),
            FaultTarget::Webhook => matches!(self, Self::Webhook(_)),
        };
        if fits {
            return Ok(());
        }
        Err(match self {
            Self::Storage(_) => "storage_put or storage_get",
            Self::JobFails(_) => "an operation that starts a job",
            Self::Truncated(_) | Self::Duplicated => "operations of the API, which answer JSON",
            Self::NotVisible => "complete_asset",
            Self::Slot(_) => "create_direct_upload",
            Self::Webhook(_) => "webhook",
            Self::Plain
            | Self::Status { .. }
            | Self::Raw { .. }
            | Self::Close
            | Self::Cut(_)
            | Self::CutAnswer(_) => "requests",
        })
    }

    /// Tells whether the request is carried out in spite of the fault; `None` when that is to be
    /// said of each fault.
    pub(super) const fn is_carried_out(&self) -> Option<bool> {
        match self {
            Self::Plain
            | Self::JobFails(_)
            | Self::CutAnswer(_)
            | Self::Truncated(_)
            | Self::Duplicated
            | Self::NotVisible
            | Self::Slot(_)
            | Self::Webhook(_) => Some(true),
            Self::Cut(_) => Some(false),
            Self::Status { .. } | Self::Raw { .. } | Self::Storage(_) | Self::Close => None,
        }
    }
}

impl WebhookFault {
    /// Returns the word for it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::Doubled => "doubled",
            Self::Reordered => "reordered",
            Self::BadSignature => "bad_signature",
        }
    }
}

pub(super) const WEBHOOK_FAULTS: [WebhookFault; 4] = [
    WebhookFault::Dropped,
    WebhookFault::Doubled,
    WebhookFault::Reordered,
    WebhookFault::BadSignature,
];
