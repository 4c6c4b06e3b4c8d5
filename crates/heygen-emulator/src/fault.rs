mod given;
mod kind;
mod pace;
mod queue;
mod read;
mod target;
mod text;
mod words;
mod write;

use std::{borrow::Cow, time::Duration};

use heygen_types::{ApiError, AssetId, OperationId};

use crate::{Cut, StorageCode};

pub(crate) use kind::FaultKind;
pub use kind::{SlotOverride, WebhookFault};
pub use pace::Pace;
pub(crate) use queue::Faults;
pub use target::FaultTarget;

/// Something that goes wrong on purpose, at one place, a number of times.
///
/// ```
/// use heygen_emulator::{Fault, OperationId};
///
/// let busy = Fault::status(OperationId::CreateDirectUpload, 503, "service_unavailable")
///     .with_retry_after(2)
///     .times(3);
/// let answer_lost = Fault::close(OperationId::UploadAsset).after_effect();
///
/// // The same in one line, as the command line takes it, and as JSON.
/// let text = "create_direct_upload:status=503,code=service_unavailable,retry-after=2,times=3";
/// assert_eq!(text.parse::<Fault>()?, busy);
/// let json = r#"{"at": "assets.upload", "close": true, "after_effect": true}"#;
/// assert_eq!(serde_json::from_str::<Fault>(json)?, answer_lost);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
#[doc = include_str!("fault/grammar.md")]
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub(crate) target: FaultTarget,
    pub(crate) asset: Option<AssetId>,
    pub(crate) kind: FaultKind,
    /// `None` has no end.
    pub(crate) uses_left: Option<u32>,
    pub(crate) times_met: u64,
    pub(crate) delay: Duration,
    pub(crate) slow_reading: Option<Pace>,
    pub(crate) slow_writing: Option<Pace>,
    pub(crate) is_early: bool,
    pub(crate) is_after_effect: bool,
    pub(crate) ends_with_reset: bool,
    pub(crate) retry_after_seconds: Option<u64>,
}

/// What goes wrong.
impl Fault {
    /// Answers with a status and an error: in the API's envelope, at storage in its XML.
    pub fn status(
        target: impl Into<FaultTarget>,
        status: u16,
        code: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(
            target,
            FaultKind::Status {
                status,
                code: Some(code.into()),
                message: MESSAGE.into(),
            },
        )
    }

    /// Answers with anything at all: the HTML of a gateway, nothing, half a JSON.
    pub fn raw(
        target: impl Into<FaultTarget>,
        status: u16,
        content_type: &str,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        Self::new(
            target,
            FaultKind::Raw {
                status,
                headers: vec![("content-type".to_owned(), content_type.to_owned())],
                body: body.into(),
            },
        )
    }

    /// Answers a PUT to storage with one of S3's errors.
    #[must_use]
    pub fn storage(code: StorageCode) -> Self {
        Self::new(crate::Endpoint::StoragePut, FaultKind::Storage(code))
    }

    /// Answers a GET from storage with one of S3's errors.
    #[must_use]
    pub fn storage_get(code: StorageCode) -> Self {
        Self::new(crate::Endpoint::StorageGet, FaultKind::Storage(code))
    }

    /// Closes the connection without an answer.
    #[must_use]
    pub fn close(target: impl Into<FaultTarget>) -> Self {
        Self::new(target, FaultKind::Close)
    }

    /// Resets the connection once so many bytes of the request's body have been read.
    #[must_use]
    pub fn reset(target: impl Into<FaultTarget>, after_bytes: u64) -> Self {
        Self::new(target, FaultKind::Cut(Cut::Reset { after_bytes }))
    }

    /// Stops reading, and never answers, once so many bytes of the request's body have been read.
    #[must_use]
    pub fn stall(target: impl Into<FaultTarget>, after_bytes: u64) -> Self {
        Self::new(target, FaultKind::Cut(Cut::Stall { after_bytes }))
    }

    /// Does everything right, and resets the connection once so many bytes of the answer's body
    /// have been sent.
    #[must_use]
    pub fn reset_answer(target: impl Into<FaultTarget>, after_bytes: u64) -> Self {
        Self::new(target, FaultKind::CutAnswer(Cut::Reset { after_bytes }))
    }

    /// Does everything right, and stops sending once so many bytes of the answer's body have been
    /// sent.
    #[must_use]
    pub fn stall_answer(target: impl Into<FaultTarget>, after_bytes: u64) -> Self {
        Self::new(target, FaultKind::CutAnswer(Cut::Stall { after_bytes }))
    }

    /// Does everything right, and answers with half of the JSON.
    #[must_use]
    pub fn truncated(target: impl Into<FaultTarget>) -> Self {
        Self::new(target, FaultKind::Truncated(None))
    }

    /// Does everything right, and answers with the first so many bytes of the JSON.
    #[must_use]
    pub fn truncated_to(target: impl Into<FaultTarget>, bytes: u64) -> Self {
        Self::new(target, FaultKind::Truncated(Some(bytes)))
    }

    /// Does everything right, and answers with the JSON twice, one after the other.
    #[must_use]
    pub fn duplicated(target: impl Into<FaultTarget>) -> Self {
        Self::new(target, FaultKind::Duplicated)
    }

    /// Does everything right, so much later.
    #[must_use]
    pub fn delay(target: impl Into<FaultTarget>, delay: Duration) -> Self {
        Self::new(target, FaultKind::Plain).with_delay(delay)
    }

    /// Does everything right, but reads the body of the request slowly.
    #[must_use]
    pub fn slow_reading(target: impl Into<FaultTarget>, pace: Pace) -> Self {
        Self::new(target, FaultKind::Plain).with_slow_reading(pace)
    }

    /// Does everything right, but writes the answer slowly.
    #[must_use]
    pub fn slow_writing(target: impl Into<FaultTarget>, pace: Pace) -> Self {
        Self::new(target, FaultKind::Plain).with_slow_writing(pace)
    }

    /// Accepts the request, and has the job that it starts end badly when its time has come.
    pub fn job_fails(
        target: impl Into<FaultTarget>,
        code: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let failure = ApiError::new(code, message);
        Self::new(target, FaultKind::JobFails(Box::new(failure)))
    }

    /// Has `complete` answer 409 as though the object had not arrived.
    #[must_use]
    pub fn object_not_visible() -> Self {
        Self::new(OperationId::CompleteAsset, FaultKind::NotVisible)
    }

    /// Changes what the creation of a direct upload answers, as a hostile or broken server might.
    #[must_use]
    pub fn slot(change: SlotOverride) -> Self {
        Self::new(OperationId::CreateDirectUpload, FaultKind::Slot(change))
    }

    /// Spoils a call that the emulator makes: a webhook event, or the end of a job for its
    /// `callback_url`.
    #[must_use]
    pub fn webhook(fault: WebhookFault) -> Self {
        Self::new(FaultTarget::Webhook, FaultKind::Webhook(fault))
    }

    pub(super) fn new(target: impl Into<FaultTarget>, kind: FaultKind) -> Self {
        Self {
            target: target.into(),
            asset: None,
            kind,
            uses_left: Some(1),
            times_met: 0,
            delay: Duration::ZERO,
            slow_reading: None,
            slow_writing: None,
            is_early: false,
            is_after_effect: false,
            ends_with_reset: false,
            retry_after_seconds: None,
        }
    }
}

/// When and how it goes wrong.
impl Fault {
    /// Sets how many requests meet the fault. Default 1.
    #[must_use]
    pub const fn times(mut self, times: u32) -> Self {
        self.uses_left = Some(times);
        self
    }

    /// Has every request meet the fault. Those behind it at the same place are never met.
    #[must_use]
    pub const fn always(mut self) -> Self {
        self.uses_left = None;
        self
    }

    /// Has only requests meet the fault that name one asset: in their path, in the query
    /// `asset_ids`, or by a presigned URL of its content.
    #[must_use]
    pub fn for_asset(mut self, asset: AssetId) -> Self {
        self.asset = Some(asset);
        self
    }

    /// Waits before whatever happens, in real time when there is a socket.
    #[must_use]
    pub const fn with_delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Reads the body of the request no faster than this. What came along with its head has been
    /// read by then.
    #[must_use]
    pub const fn with_slow_reading(mut self, pace: Pace) -> Self {
        self.slow_reading = Some(pace);
        self
    }

    /// Writes the answer, its head too, no faster than this.
    #[must_use]
    pub const fn with_slow_writing(mut self, pace: Pace) -> Self {
        self.slow_writing = Some(pace);
        self
    }

    /// Adds a `Retry-After` header in seconds to an answer.
    #[must_use]
    pub const fn with_retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// Replaces the message of an error, or nothing where there is none.
    #[must_use]
    pub fn with_message(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        if let FaultKind::Status { message, .. } = &mut self.kind {
            *message = text.into();
        }
        self
    }

    /// Adds a header to a raw answer, such as the `Location` of a redirect.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let FaultKind::Raw { headers, .. } = &mut self.kind {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Answers, or closes, as soon as the head has come, and leaves the body unread.
    #[must_use]
    pub const fn early(mut self) -> Self {
        self.is_early = true;
        self
    }

    /// Has the request carried out first, so that only its answer is lost or replaced.
    #[must_use]
    pub const fn after_effect(mut self) -> Self {
        self.is_after_effect = true;
        self
    }

    /// Resets the connection once the answer has been sent. A client that has not read it by then
    /// may lose some of it.
    #[must_use]
    pub const fn then_reset(mut self) -> Self {
        self.ends_with_reset = true;
        self
    }
}

/// What became of it.
impl Fault {
    /// Returns what it waits for.
    #[must_use]
    pub const fn target(&self) -> FaultTarget {
        self.target
    }

    /// Returns the asset that requests have to name to meet it, `None` when any will do.
    #[must_use]
    pub const fn asset(&self) -> Option<&AssetId> {
        self.asset.as_ref()
    }

    /// Returns how many more requests will meet the fault, `None` when there is no end of it.
    #[must_use]
    pub const fn uses_left(&self) -> Option<u32> {
        self.uses_left
    }

    /// Returns how many requests have met it.
    #[must_use]
    pub const fn times_met(&self) -> u64 {
        self.times_met
    }

    /// Tells whether it has still to happen, as often as it was asked for.
    pub(crate) const fn is_waiting(&self) -> bool {
        match self.uses_left {
            Some(left) => left > 0,
            None => self.times_met == 0,
        }
    }

    /// Returns what is done to the body of the request.
    pub(crate) const fn cut(&self) -> Option<Cut> {
        match &self.kind {
            FaultKind::Cut(cut) => Some(*cut),
            _ => None,
        }
    }

    /// Returns what is done to the body of the answer.
    pub(crate) const fn answer_cut(&self) -> Option<Cut> {
        match &self.kind {
            FaultKind::CutAnswer(cut) => Some(*cut),
            _ => None,
        }
    }

    /// Tells whether the request is carried out in spite of the fault.
    pub(crate) const fn is_carried_out(&self) -> bool {
        match self.kind.is_carried_out() {
            Some(is_carried_out) => is_carried_out,
            None => self.is_after_effect,
        }
    }
}

/// What errors say when nobody says anything else.
const MESSAGE: &str = "injected by a test";
