//! The HeyGen client: a method per operation and uploads, over a transport of
//! your choice.
//!
//! Take this crate when you bring the HTTP stack: implement [`Transport`] and [`Runtime`], two
//! small traits. When you want it to just work, take `heygen-sdk`, which adds the transport over
//! hyper and tokio; to drive an upload without this client, `heygen-upload-core`; for the
//! vocabulary alone, `heygen-types`.
//!
//! ```
//! use std::{future::ready, time::Duration};
//! use heygen_client::{
//!     ApiKey, Body, Client, Runtime, Sleep, Source, Transport, TransportFuture,
//! };
//!
//! /// A transport answers requests. This one needs no network: it is told what to answer.
//! #[derive(Debug)]
//! struct Canned(&'static str);
//!
//! impl Transport for Canned {
//!     fn send(&self, _: http::Request<Body>) -> TransportFuture<'_> {
//!         let body = Body::from(self.0.as_bytes().to_vec());
//!         Box::pin(ready(Ok(http::Response::new(body))))
//!     }
//! }
//!
//! /// A runtime has a clock, and a thread for what blocks.
//! #[derive(Debug)]
//! struct Still;
//!
//! impl Runtime for Still {
//!     fn now(&self) -> Duration { Duration::ZERO }
//!     fn wall_clock(&self) -> Duration { Duration::from_secs(1_767_225_600) }
//!     fn sleep(&self, _: Duration) -> Sleep { Box::pin(std::future::pending()) }
//!     fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) { work() }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let answer = r#"{"data":{"asset_id":"asset_1","mime_type":"image/png","size_bytes":16,
//!                          "url":"https://files.example/1"}}"#;
//! let key: ApiKey = "key".parse()?;
//! let client = Client::builder(Canned(answer), Still).credential(key).build()?;
//! let image = Source::bytes("dot.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]);
//! let asset = client.assets().upload(image).await?;
//! assert_eq!(asset.asset_id.as_str(), "asset_1");
//! # Ok(())
//! # }
//! ```
//!
//! Every operation of the API has a method: see [`resources`]. [`Client::send`] takes any operation,
//! [`Client::submit`] one whose files are yet to be uploaded, [`Client::wait`] waits for a job, and
//! [`Client::items`] follows a list.
//!
//! # The contract of this crate
//!
//! - A request is what its operation says, plus the credential, and nothing decides about it but
//!   the machine in `heygen-upload-core`: it says what to send, when, and when to stop.
//! - A PUT to storage carries the presigned URL and its headers as they came, and never the
//!   credential. What the server asks for is checked before: an `upload_url` that is not `https`
//!   (unless the API itself is `http`), or a header that would break the framing, ends the upload.
//! - A source is opened again for every attempt, read and hashed away from the asynchronous code,
//!   in blocks of 64 KiB of which a few are in flight, and checked after its last byte.
//! - Answers are read up to a bound, whatever their length says. A stream is retried until it has
//!   begun and not after that, and one that breaks off does not look like one that is finished.
//! - An idempotency key goes with every operation that declares one, the same on every retry. What
//!   has none is repeated only when it was not carried out.
//! - The limits of a request are checked before anything is sent, and before its local files are
//!   uploaded. The host of a URL in a request is asked for the size of the file, without the
//!   credential, only when an observer would be told of it.
//! - A wait looks, and does nothing else: a job goes on when its wait ends, fails or is dropped.
//! - No tokio, no hyper, no TLS.
//!
//! The crate has no features. The minimum supported Rust version is 1.89.

mod base_url;
mod blocking;
mod body;
mod cancellation;
mod client;
mod credential;
mod download;
mod environment;
mod error;
mod events;
mod exchange;
mod generated;
mod journal;
pub mod media;
mod multipart;
mod observer;
mod paginate;
mod race;
mod raw;
pub mod resources;
mod runtime;
mod shortage;
mod source;
mod stream;
mod submit;
mod transport;
mod upload;
mod wait;
mod wav;

pub use base_url::BaseUrl;
pub use body::{Body, BodyError};
pub use cancellation::Cancellation;
pub use client::{Client, ClientBuilder};
pub use credential::{AccessToken, ApiKey, Credential, TokenFuture, TokenProvider};
pub use download::{Download, DownloadRequest, DownloadRetries};
pub use error::{Error, ErrorKind, UploadedFile};
pub use events::{Events, RawEvents};
pub use journal::{
    AccountId, Claim, Journal, JournalEntry, JournalError, JournalKey, JournalRecord, MemoryJournal,
};
pub use observer::{Observer, Progress, RequestRetry};
pub use paginate::{Cursors, Following, Items, Pages};
pub use raw::{RawRequest, RawResponse};
pub use runtime::{BlockingWork, Runtime, Sleep};
pub use shortage::is_local_shortage;
pub use source::{FileIdentity, Fingerprint, FingerprintMatch, OpenSource, Source};
pub use submit::{
    FileInput, FileLink, PartOf, StartsJob, StartsJobs, Submit, SubmitAndWait, SubmitAndWaitAll,
    SubmitObserver, SubmitProgress,
};
pub use transport::{Destination, Transport, TransportError, TransportErrorKind, TransportFuture};
pub use upload::{Asset, Upload};
pub use wait::{Outcome, PollPolicy, Turn, Wait};
pub use wav::SpeechWav;

// What the signatures above are made of, so that a program needs this crate alone.
pub use heygen_types as types;
pub use heygen_upload_core::{
    Checkpoint, Checksum, Failure, FailureKind, RetryPolicy, Route, Stored, UploadFailure,
    UploadId, WaitPolicy, code_hint,
};
