use std::{borrow::Cow, time::Duration};

use heygen_types::{ApiError, ByteSize, PresignedUrl, UploadHeaders};

use crate::{Cut, Endpoint, StorageCode};

/// Something that goes wrong on purpose, at one endpoint, a number of times.
///
/// ```
/// use heygen_emulator::{Endpoint, Fault};
///
/// let busy = Fault::status(Endpoint::CreateDirectUpload, 503, "service_unavailable")
///     .with_retry_after(2)
///     .times(3);
/// let answer_lost = Fault::close(Endpoint::UploadAsset).after_effect();
/// # let _ = (busy, answer_lost);
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) endpoint: Endpoint,
    pub(crate) kind: FaultKind,
    pub(crate) uses_left: u32,
    pub(crate) delay: Duration,
    pub(crate) is_early: bool,
    pub(crate) is_after_effect: bool,
    pub(crate) retry_after_seconds: Option<u64>,
}

#[derive(Clone, Debug)]
pub(crate) enum FaultKind {
    Delay,
    JobFails(Box<ApiError>),
    Status {
        status: u16,
        code: Cow<'static, str>,
        message: Cow<'static, str>,
    },
    Raw {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    Storage(StorageCode),
    Close,
    Cut(Cut),
    NotVisible,
    Slot(SlotOverride),
}

impl Fault {
    /// Answers with a status and an error in the API's envelope.
    pub fn status(endpoint: Endpoint, status: u16, code: impl Into<Cow<'static, str>>) -> Self {
        Self::new(
            endpoint,
            FaultKind::Status {
                status,
                code: code.into(),
                message: "injected by a test".into(),
            },
        )
    }

    /// Answers with anything at all: the HTML of a gateway, nothing, half a JSON.
    pub fn raw(
        endpoint: Endpoint,
        status: u16,
        content_type: &str,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        Self::new(
            endpoint,
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
        Self::new(Endpoint::StoragePut, FaultKind::Storage(code))
    }

    /// Closes the connection without an answer.
    #[must_use]
    pub fn close(endpoint: Endpoint) -> Self {
        Self::new(endpoint, FaultKind::Close)
    }

    /// Resets the connection once so many bytes of the body have been read.
    #[must_use]
    pub fn reset(endpoint: Endpoint, after_bytes: u64) -> Self {
        Self::new(endpoint, FaultKind::Cut(Cut::Reset { after_bytes }))
    }

    /// Stops reading, and never answers, once so many bytes of the body have been read.
    #[must_use]
    pub fn stall(endpoint: Endpoint, after_bytes: u64) -> Self {
        Self::new(endpoint, FaultKind::Cut(Cut::Stall { after_bytes }))
    }

    /// Does everything right, so much later.
    #[must_use]
    pub fn delay(endpoint: Endpoint, delay: Duration) -> Self {
        Self::new(endpoint, FaultKind::Delay).with_delay(delay)
    }

    /// Accepts the request, and has the job that it starts end badly when its time has come.
    pub fn job_fails(
        endpoint: Endpoint,
        code: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self::new(
            endpoint,
            FaultKind::JobFails(Box::new(ApiError::new(code, message))),
        )
    }

    /// Has `complete` answer 409 as though the object had not arrived.
    #[must_use]
    pub fn object_not_visible() -> Self {
        Self::new(Endpoint::CompleteAsset, FaultKind::NotVisible)
    }

    /// Changes what the creation of a direct upload answers, as a hostile or broken server might.
    #[must_use]
    pub fn slot(change: SlotOverride) -> Self {
        Self::new(Endpoint::CreateDirectUpload, FaultKind::Slot(change))
    }

    /// Sets how many requests meet the fault. Default 1.
    #[must_use]
    pub const fn times(mut self, times: u32) -> Self {
        self.uses_left = times;
        self
    }

    /// Waits before whatever happens, in real time when there is a socket.
    #[must_use]
    pub const fn with_delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
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

    /// Returns the endpoint.
    #[must_use]
    pub const fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    /// Returns how many more requests will meet the fault.
    #[must_use]
    pub const fn uses_left(&self) -> u32 {
        self.uses_left
    }

    const fn new(endpoint: Endpoint, kind: FaultKind) -> Self {
        Self {
            endpoint,
            kind,
            uses_left: 1,
            delay: Duration::ZERO,
            is_early: false,
            is_after_effect: false,
            retry_after_seconds: None,
        }
    }

    pub(crate) const fn cut(&self) -> Option<Cut> {
        match &self.kind {
            FaultKind::Cut(cut) => Some(*cut),
            _ => None,
        }
    }

    /// Tells whether the request is carried out in spite of the fault.
    pub(crate) const fn is_carried_out(&self) -> bool {
        match self.kind {
            FaultKind::Delay
            | FaultKind::JobFails(_)
            | FaultKind::NotVisible
            | FaultKind::Slot(_) => true,
            FaultKind::Cut(_) => false,
            FaultKind::Status { .. }
            | FaultKind::Raw { .. }
            | FaultKind::Storage(_)
            | FaultKind::Close => self.is_after_effect,
        }
    }
}

/// What [`Fault::slot`] changes; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SlotOverride {
    /// Where the bytes are to go.
    pub upload_url: Option<PresignedUrl>,
    /// The headers that the PUT is to carry.
    pub upload_headers: Option<UploadHeaders>,
    /// For how long the URL is said to live.
    pub expires_in_seconds: Option<i64>,
    /// The largest file that the slot is said to take.
    pub max_bytes: Option<ByteSize>,
}

/// The faults to come, in order.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        if fault.uses_left > 0 {
            self.0.push(fault);
        }
    }

    /// Takes one use of the first fault of an endpoint.
    pub(crate) fn take(&mut self, endpoint: Endpoint) -> Option<Fault> {
        let index = self.0.iter().position(|fault| fault.endpoint == endpoint)?;
        self.0[index].uses_left -= 1;
        if self.0[index].uses_left == 0 {
            return Some(self.0.remove(index));
        }
        Some(self.0[index].clone())
    }

    pub(crate) fn unused(&self) -> &[Fault] {
        &self.0
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
