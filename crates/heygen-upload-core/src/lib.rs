//! The upload of one file to HeyGen as a sans-IO state machine: it decides, and never does.
//!
//! Take this crate when you have an HTTP stack, a runtime or a language of your own. When you want
//! the HTTP too, take `heygen-client`; when you want it to just work, `heygen-sdk`; for the
//! vocabulary alone, `heygen-types`.
//!
//! # Run loop
//!
//! The machine asks for typed steps and is told their outcomes. A driver needs three things: a
//! way to carry out a step, a clock, and this loop:
//!
//! 1. Drain [`Upload::poll_output`]. Carry out each output before polling the next one; start what
//!    it says to start, make the checkpoint durable when it says so, stop after a terminal event.
//! 2. Read [`Upload::poll_timeout`].
//! 3. Wait for the outcome of the running step, or for that time, whichever is first.
//! 4. Hand it in with the `handle_…` method that fits, and go to 1.
//!
//! ```
//! use std::time::Duration;
//! use heygen_types::{ByteSize, MediaType, assets::UploadedAsset};
//! use heygen_upload_core::{Config, Event, Output, Plan, Step, Timestamp, Upload, UploadId};
//!
//! let plan = Plan::new("clip.mp4", MediaType::Mp4, ByteSize::new(1_000))?;
//! let mut now = Timestamp::from_unix(Duration::from_secs(1_767_225_600));
//! let mut upload = Upload::new(plan, Config::default(), UploadId::from_random([7; 16]), now);
//!
//! let finished = 'upload: loop {
//!     let mut running = None;
//!     while let Some(output) = upload.poll_output() {                             // 1
//!         match output {
//!             Output::Start { id, step } => running = Some((id, step)),
//!             Output::Abort { .. } => running = None,
//!             Output::Event(Event::Completed(finished)) => break 'upload finished,
//!             Output::Event(Event::Failed(failure)) => return Err(failure.into()),
//!             Output::Event(_) => {}
//!         }
//!     }
//!     match (running, upload.poll_timeout()) {                                    // 2, 3
//!         (Some((id, step)), _) => match *step {                                  // 4
//!             Step::UploadSingle(single) => {
//!                 // A real driver sends the request here, with this key.
//!                 assert_eq!(single.key.as_str(), "07070707070707070707070707070707.single.1");
//!                 let answer = UploadedAsset::new(
//!                     "asset_1".parse()?, single.media_type, single.size,
//!                     "https://files.example/asset_1".parse()?,
//!                 );
//!                 upload.handle_uploaded(now, id, answer);
//!             }
//!             other => unreachable!("one small file is one request: {other:?}"),
//!         },
//!         (None, Some(until)) => {
//!             now = until; // A real driver sleeps.
//!             upload.handle_timeout(now);
//!         }
//!         (None, None) => unreachable!("an upload always runs a step or a timer, or has ended"),
//!     }
//! };
//! assert_eq!(finished.asset_id.as_str(), "asset_1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Contract
//!
//! - After any input: drain the outputs, then read the deadline. A debug assertion holds you to it.
//! - Early timeouts and late, duplicate or foreign outcomes change nothing.
//! - Time does not run backwards; where it does, the latest time seen counts.
//! - At most one step runs. There is exactly one terminal event, and nothing after it.
//! - Nothing that a server sends can cause a panic.
//! - Equal inputs and an equal seed give equal outputs.
//! - Bodies are described, never held: the memory of a machine does not grow with the file.
//! - A checkpoint can be taken at any time. [`Event::Checkpoint`] says when losing it would cost
//!   something: an accepted PUT is reported by it before the step that completes it is started.
//!
//! # The decision table
//!
//! A *generation* is one presigned URL: a new generation means a new `create` under a new
//! idempotency key. A key is `<upload id>.<step>.<generation>`.
//!
//! | step | what came back | what happens |
//! | --- | --- | --- |
//! | single, create | 408, 425, 429, another 5xx than 501 and 505, connection lost, no answer in time | again with the same key after the longer of `Retry-After` and backoff |
//! | single, create | 409 `request_in_progress` | again with the same key |
//! | single | 400 or 413 that means "too large" | direct instead, if the route was automatic; else fail: too large. Of an intermediary 413 counts too, unless an earlier attempt may have been carried out: then again |
//! | create | 2xx, but the URL is already past its life (a replay) | new generation, from the second one on after a wait |
//! | create | `max_bytes` below the size | fail: too large, with the number |
//! | single, create, complete | 2xx with a body that cannot be read or that says an error in another form than the API's envelope, or what is not HTTP | again once (the replay gives the same answer), for it may have been carried out; then fail: protocol, with what was said |
//! | any API step | another 4xx than 408, 425 and 429 that is not in the API's envelope | an intermediary answered: again, at most 4 attempts, a 401 with a fresh credential once; then fail, naming the rule |
//! | any API step | 401 | refresh the credential once if that is possible; else fail: authentication |
//! | any API step | 403 | fail: permission |
//! | any API step | other 4xx, 2xx with an error in the API's envelope | fail, with what the API said |
//! | any API step | 3xx, 501, 505 | fail: protocol; a credential is never redirected |
//! | put | 2xx | durable checkpoint, then complete |
//! | put | 403 and expired (by the answer or by our clock); `ExpiredToken` | new generation, after a wait unless our clock says so too |
//! | put | 403 `SignatureDoesNotMatch` or unexplained 403 | one new generation after a wait, then fail |
//! | put | another 4xx than 408, 413, 425 and 429 that is not in storage's document | an intermediary answered: as if the connection was lost, at most 4 attempts |
//! | put | `BadDigest`, `XAmzContentSHA256Mismatch`, `XAmzContentChecksumMismatch` | read the source again: changed → fail: source changed; same → once more, then fail: integrity |
//! | put | `IncompleteBody`, `RequestTimeout`, `SlowDown`, `InternalError`, `OperationAborted`, `ServiceUnavailable`, 408, 425, 429, another 5xx than 501 and 505, connection lost, no answer in time, stall | every byte had been handed over → complete on trial; else put again while the URL lives, else new generation |
//! | put | 307 to the same scheme | follow once, without credential; other redirects fail |
//! | put | other 4xx | fail |
//! | put | 501, 505, what is not HTTP | fail: protocol |
//! | complete on trial | 409 of any code | the bytes may still show up: wait and repeat for as long as the PUT took, up to 30 s, after a resume once; then put again |
//! | complete | 409 of any code | wait and repeat for up to 60 s; then one more put; then fail |
//! | complete | 404 or 410 that means "no such asset" | one new generation, then fail |
//! | complete | 408, 425, 429, another 5xx than 501 and 505, connection lost, no answer in time | again: it is idempotent by itself |
//! | complete | 400 that names `checksum_sha256` or `content_type` | fail: integrity |
//! | complete, status | 2xx about another asset | again once; then fail: integrity. Nothing of it is kept |
//! | complete | size or type in the answer differ from the source | fail: integrity |
//! | single | size or type in the answer differ from the source | fail: integrity |
//! | status | `completed`, or the list is empty | end |
//! | status | 2xx with a body that cannot be read | the asset is stored: ask again later, as if it was still processing; at the fifth one in a row fail: protocol |
//! | status | `failed` | fail: processing |
//! | status | anything else | ask again later, up to a limit |
//! | credential | 408, 425, 429, another 5xx than 501 and 505, connection lost, no answer in time | again; any other failure → fail: authentication |
//! | any | two reads of the source give two digests | fail: source changed |
//! | any | a resume whose driver is not sure of the source | read it first: the same digest → go on; another → fail: source changed; no digest to compare with → no resume |
//! | any | the server's certificate is refused, the settings of client and server do not fit, the source cannot be read | fail |
//! | any | this machine has no file descriptor, thread or memory left | the same step again after backoff, not counted as an attempt; 8 times in a row, then fail: local resources |
//! | any | `cancel` | abort what is in flight, one terminal event, checkpoint kept |
//! | any | attempts, generations, wait budget, `Retry-After` limit or deadline used up | fail, naming the rule |
//!
//! The API says everything in its envelope, and storage in its document. Any other refusal is that of
//! an *intermediary*, a gateway, proxy or firewall on the way, and its status decides nothing about
//! the credential, the asset or the URL. Its 408, 425, 429 and 5xx are those of the rows above, and so
//! are 501, 505 and redirects.
//!
//! The waits are at random between the half and the whole of base × 2ⁿ, up to a cap. The states
//! and the ways between them are listed in [`TRANSITIONS`].
//!
//! The crate is `no_std` with `alloc`, has no features, and depends on `heygen-types` and `serde`.
//! The minimum supported Rust version is 1.89.
#![no_std]
#![warn(clippy::std_instead_of_core, clippy::alloc_instead_of_core)]

extern crate alloc;

mod backoff;
mod call;
mod checkpoint;
mod code_hint;
mod config;
mod decide;
mod failure;
mod memory;
mod outcome;
mod output;
mod plan;
mod redirect;
mod state;
mod step;
mod storage_error;
mod time;
mod upload;
mod upload_id;

pub use call::{Call, CallDecision, Repeat};
pub use checkpoint::{Checkpoint, ResumeError};
pub use code_hint::code_hint;
pub use config::{Config, RetryPolicy, WaitPolicy};
pub use failure::{Failure, FailureKind};
pub use memory::Timer;
pub use outcome::{Finished, Mismatch, Reason, Rule, Stored, UploadFailure};
pub use output::{Event, Output};
pub use plan::{Checksum, Plan, Route};
pub use redirect::Redirect;
pub use state::{StateName, TRANSITIONS, Transition};
pub use step::{PutStep, SingleStep, Step, StepId, StepKind};
pub use storage_error::StorageError;
pub use time::Timestamp;
pub use upload::Upload;
pub use upload_id::UploadId;
