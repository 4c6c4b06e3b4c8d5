#![doc = include_str!("../README.md")]

pub use heygen_client::{
    AccessToken, AccountId, ApiKey, Asset, BaseUrl, Body, BodyError, Cancellation, Checkpoint,
    Checksum, Claim, Client, ClientBuilder, Credential, Destination, Download, DownloadRequest,
    Error, ErrorKind, Events, FileIdentity, FileInput, FileLink, Fingerprint, FingerprintMatch,
    Items, Journal, JournalEntry, JournalError, JournalKey, JournalRecord, Observer, OpenSource,
    Outcome, Pages, PartOf, PollPolicy, Progress, RawEvents, RawRequest, RawResponse, RequestRetry,
    RetryPolicy, Route, Runtime, Sleep, Source, SpeechWav, StartsJob, StartsJobs, Stored, Submit,
    SubmitAndWait, SubmitAndWaitAll, SubmitObserver, SubmitProgress, TokenFuture, TokenProvider,
    Transport, TransportError, TransportErrorKind, TransportFuture, Turn, Upload, UploadFailure,
    UploadedFile, Wait, WaitPolicy, code_hint, media, resources,
};

/// The transport over hyper, tokio and rustls.
#[cfg(feature = "hyper")]
pub use heygen_hyper as hyper;
#[cfg(feature = "hyper")]
pub use heygen_hyper::{HyperTransport, TokioRuntime, client_builder};

/// The blocking transport, and `run()` for everything that can be awaited.
#[cfg(feature = "ureq")]
pub use heygen_ureq as ureq;

/// Wire types: ids, enums, limits, and one type per operation.
pub use heygen_types as types;

/// The sans-IO upload machine, for those who drive it themselves.
pub use heygen_upload_core as upload_core;

/// Uploads that survive their process, in SQLite.
#[cfg(feature = "journal")]
pub use heygen_journal as journal;
#[cfg(feature = "journal")]
pub use heygen_journal::SqliteJournal;

/// Verification of webhook deliveries.
#[cfg(feature = "webhooks")]
pub use heygen_webhooks as webhooks;
