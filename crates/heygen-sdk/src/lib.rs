#![doc = include_str!("../README.md")]

pub use heygen_client::{
    AccessToken, ApiKey, Asset, Assets, BaseUrl, Body, BodyError, Cancellation, Checkpoint,
    Checksum, Client, ClientBuilder, Credential, Destination, Error, ErrorKind, Fingerprint,
    Observer, OpenSource, Progress, RetryPolicy, Route, Runtime, Sleep, Source, Stored,
    TokenFuture, TokenProvider, Transport, TransportError, TransportErrorKind, TransportFuture,
    Upload, UploadFailure, VideoAgents, WaitPolicy, media,
};

/// The transport over hyper, tokio and rustls.
#[cfg(feature = "hyper")]
pub use heygen_hyper as hyper;
#[cfg(feature = "hyper")]
pub use heygen_hyper::{HyperTransport, TokioRuntime, client_builder};

/// Wire types: ids, enums, limits, and one type per operation.
pub use heygen_types as types;

/// The sans-IO upload machine, for those who drive it themselves.
pub use heygen_upload_core as upload_core;

/// Verification of webhook deliveries.
#[cfg(feature = "webhooks")]
pub use heygen_webhooks as webhooks;
