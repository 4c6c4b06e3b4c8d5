use std::{ops::Range, time::Duration};

use bytes::Bytes;
use heygen_types::IdempotencyKey;
use http::{HeaderValue, Response};

use crate::{
    Blob, Endpoint, Form, FormError, Pace,
    fault::Fault,
    storage::{PutGrant, Wanted},
};

pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What the emulator wants after it has seen the head of a request.
#[derive(Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever drives the core has to handle both"
)]
pub enum Begin {
    /// The body may come; give it to [`Core::finish`](crate::Core::finish).
    Proceed(Exchange),
    /// The head was enough to answer.
    Reply(Reply),
}

/// A request whose head was accepted and whose body is awaited.
///
/// It ends by [`Core::finish`](crate::Core::finish) or [`Core::abandon`](crate::Core::abandon).
/// One that is merely dropped keeps its idempotency key in progress, as a crashed server would.
#[derive(Debug)]
pub struct Exchange {
    pub(crate) id: RequestId,
    pub(crate) endpoint: Endpoint,
    pub(crate) parameters: Vec<String>,
    /// What a GET from storage wants. Boxed, since most requests have none.
    pub(crate) wanted: Option<Box<Wanted>>,
    pub(crate) query: String,
    pub(crate) content_type: String,
    pub(crate) key: Option<(String, IdempotencyKey)>,
    /// The index of the API key that the request carries.
    pub(crate) api_key: usize,
    // Boxed, since most requests meet none.
    pub(crate) fault: Option<Box<Fault>>,
    pub(crate) grant: Option<PutGrant>,
    pub(crate) plan: BodyPlan,
}

impl Exchange {
    /// Returns the number of the request in the log.
    #[must_use]
    pub const fn id(&self) -> RequestId {
        self.id
    }

    /// Returns where the request goes.
    #[must_use]
    pub const fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    /// Returns what body is awaited.
    #[must_use]
    pub const fn plan(&self) -> &BodyPlan {
        &self.plan
    }

    /// Returns what an injected fault does to the connection while the body is read. When the body
    /// is no longer than that, it happens after the body.
    #[must_use]
    pub fn cut(&self) -> Option<Cut> {
        self.fault.as_ref().and_then(|fault| fault.cut())
    }

    /// Returns how long is waited before the body is cut off. Before an answer the reply says it.
    #[must_use]
    pub fn delay(&self) -> Duration {
        let fault = self.fault.as_ref();
        fault.map_or(Duration::ZERO, |fault| fault.delay)
    }

    /// Returns how slowly an injected fault has the body read.
    #[must_use]
    pub fn slow_reading(&self) -> Option<Pace> {
        self.fault.as_ref().and_then(|fault| fault.slow_reading)
    }

    /// Returns the value of the `Content-Type` header, empty when there is none.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }
}

/// The number of a request, from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId {
    /// How often the core had been reset or gone back to a snapshot by then. Numbers begin again
    /// with each.
    pub(crate) epoch: u64,
    pub(crate) number: u64,
}

impl RequestId {
    /// Returns the number.
    #[must_use]
    pub const fn as_u64(self) -> u64 {
        self.number
    }
}

/// The body that a request is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyPlan {
    /// None; whatever comes is not looked at.
    None,
    /// JSON of at most so many bytes.
    Json {
        /// The most bytes; one more is refused.
        max_bytes: u64,
    },
    /// `multipart/form-data` with a file of at most so many bytes.
    Form {
        /// The most bytes of the file; one more is refused.
        max_file_bytes: u64,
    },
    /// An object of exactly so many bytes.
    Object {
        /// The value of `Content-Length`.
        size_bytes: u64,
    },
}

/// A body as it was received, in the shape of its [`BodyPlan`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Body {
    /// Nothing, for `BodyPlan::None`.
    None,
    /// The bytes, for `BodyPlan::Json`.
    Json(Bytes),
    /// The body had more bytes than the plan allows; reading stopped.
    TooLarge,
    /// The parts, for `BodyPlan::Form`.
    Form(Result<Form, FormError>),
    /// The content, for `BodyPlan::Object`. With fewer bytes than planned the answer is
    /// `IncompleteBody`.
    Object(Blob),
    /// The content came, for `BodyPlan::Object`, and could not be kept. That is the server's fault.
    Unkept(Unkept),
}

/// Content that came and could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unkept {
    /// Whether there is no space left for it.
    pub is_full: bool,
    /// What went wrong, in a sentence.
    pub problem: String,
}

impl Unkept {
    /// Describes content that could not be kept.
    pub fn new(is_full: bool, problem: impl Into<String>) -> Self {
        let problem = problem.into();
        Self { is_full, problem }
    }
}

/// What an injected fault does to a connection once so many bytes of a body have been read, or, of
/// an answer, sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cut {
    /// The connection is reset.
    Reset {
        /// After how many bytes of the body.
        after_bytes: u64,
    },
    /// Nothing more is read or sent; the connection stays open.
    Stall {
        /// After how many bytes of the body.
        after_bytes: u64,
    },
}

impl Cut {
    /// Returns after how many bytes of the body it happens.
    #[must_use]
    pub const fn after_bytes(self) -> u64 {
        match self {
            Self::Reset { after_bytes } | Self::Stall { after_bytes } => after_bytes,
        }
    }
}

/// What to do with the connection to end a request.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reply {
    /// The number of the request in the log.
    pub id: RequestId,
    /// How long to wait first; zero unless a fault says otherwise.
    pub delay: Duration,
    /// Whether an unread body is read and thrown away first, as most servers do. Storage and
    /// faults that answer early do not.
    pub drains_body: bool,
    /// What happens then.
    pub action: Action,
    /// How slowly an answer is written, `None` for as fast as it goes.
    pub slow_writing: Option<Pace>,
    /// What happens to the connection after a part of the body of an answer. When the body is no
    /// longer than that, it happens after the body.
    pub cut: Option<Cut>,
    /// Whether the connection is reset once the answer was sent.
    pub ends_with_reset: bool,
}

impl Reply {
    pub(crate) const fn new(id: RequestId, action: Action) -> Self {
        Self {
            id,
            delay: Duration::ZERO,
            drains_body: false,
            action,
            slow_writing: None,
            cut: None,
            ends_with_reset: false,
        }
    }

    /// Returns the response, `None` when the connection ends without one. Whether it would reach
    /// its client whole, the other fields tell.
    #[must_use]
    pub fn into_response(self) -> Option<Response<Payload>> {
        match self.action {
            Action::Answer(response) => Some(response),
            Action::Close | Action::Reset | Action::Stall => None,
        }
    }
}

/// How a request ends.
#[derive(Debug)]
#[non_exhaustive]
pub enum Action {
    /// A response is sent.
    Answer(Response<Payload>),
    /// The connection is closed without a response.
    Close,
    /// The connection is reset without a response.
    Reset,
    /// The connection stays open and nothing is sent.
    Stall,
}

impl From<Cut> for Action {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::Reset { .. } => Self::Reset,
            Cut::Stall { .. } => Self::Stall,
        }
    }
}

/// The body of a response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Payload {
    /// Bytes in memory.
    Bytes(Bytes),
    /// Pieces that are sent one by one, as a stream whose length nobody says in advance.
    Stream(Vec<Bytes>),
    /// Stored content, perhaps in a file.
    Blob(Blob),
    /// A piece of stored content, from the first number to before the second.
    Part {
        /// The whole content.
        content: Blob,
        /// The piece.
        range: Range<u64>,
    },
}

impl Payload {
    /// Returns the number of bytes.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Stream(pieces) => pieces.iter().map(|piece| piece.len() as u64).sum(),
            Self::Blob(blob) => blob.size_bytes(),
            Self::Part { range, .. } => range.end - range.start,
        }
    }

    /// Reads the whole body, from memory or from its file.
    ///
    /// # Errors
    ///
    /// Whatever the file system says when a file cannot be read.
    pub fn read(&self) -> std::io::Result<Bytes> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone()),
            Self::Stream(pieces) => Ok(pieces.concat().into()),
            Self::Blob(blob) => blob.read(),
            Self::Part { content, range } => {
                let position = |at| usize::try_from(at).map_err(std::io::Error::other);
                let range = position(range.start)?..position(range.end)?;
                Ok(content.read()?.slice(range))
            }
        }
    }
}
