//! The HeyGen client: requests from operations, endpoint facades and uploads, over a swappable
//! transport.

mod assets;
mod base_url;
mod blocking;
mod body;
mod cancellation;
mod client;
mod credential;
mod error;
mod exchange;
pub mod media;
mod multipart;
mod observer;
mod runtime;
mod source;
mod stream;
mod transport;
mod upload;
mod video_agents;

pub use assets::Assets;
pub use base_url::BaseUrl;
pub use body::{Body, BodyError};
pub use cancellation::Cancellation;
pub use client::{Client, ClientBuilder};
pub use credential::{AccessToken, ApiKey, Credential, TokenFuture, TokenProvider};
pub use error::{Error, ErrorKind};
pub use observer::{Observer, Progress};
pub use runtime::{Runtime, Sleep};
pub use source::{Fingerprint, OpenSource, Source};
pub use transport::{Destination, Transport, TransportError, TransportErrorKind, TransportFuture};
pub use upload::{Asset, Upload};
pub use video_agents::VideoAgents;

// What the signatures above are made of, so that a program needs this crate alone.
pub use heygen_types as types;
pub use heygen_upload_core::{
    Checkpoint, Checksum, RetryPolicy, Route, Stored, UploadFailure, WaitPolicy,
};
