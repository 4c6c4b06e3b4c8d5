//! An emulator of the HeyGen v3 API, with its storage, that enforces the documented contract.
//!
//! Software that talks to HeyGen can be tested against it without an account and without a
//! network: it checks keys, bodies, limits, types, digests and signatures, replays idempotency
//! keys, lets URLs expire on a clock that tests move, and fails on purpose where it is told to. To
//! have it as a command take `heygen-rs emulator`; for a client take `heygen-sdk`.
//!
//! With the feature `server` it listens on a port of the loopback interface, in the process of the
//! test:
//!
#![cfg_attr(feature = "server", doc = "```")]
#![cfg_attr(not(feature = "server"), doc = "```text")]
//! use heygen_emulator::Emulator;
//! use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let emulator = Emulator::start().await?;
//!
//! // What is under test would get `emulator.url()` and `emulator.api_key()`.
//! let mut socket = tokio::net::TcpStream::connect(emulator.address()).await?;
//! let request = "GET /v3/users/me HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
//! socket.write_all(request.as_bytes()).await?;
//! let mut answer = String::new();
//! socket.read_to_string(&mut answer).await?;
//!
//! assert!(answer.starts_with("HTTP/1.1 401"), "no key was sent");
//! assert_eq!(emulator.requests()[0].path, "/v3/users/me");
//! emulator.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! Without it there is [`Core`]: all state in one value, no sockets, no clock, no threads. Equal
//! requests at equal times get equal answers, so whole uploads can be simulated in virtual time:
//!
//! ```
//! use std::time::Duration;
//!
//! use heygen_emulator::{Core, Settings};
//!
//! let mut core = Core::new(Settings::default())?;
//! let (head, ()) = http::Request::get("/v3/users/me")
//!     .header("x-api-key", core.api_key())
//!     .body(())?
//!     .into_parts();
//! let reply = core.handle(Duration::from_secs(1_800_000_000), &head, "");
//! assert_eq!(reply.into_response().map(|response| response.status().as_u16()), Some(200));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it answers
//!
//! Every operation of the table of the API, and, under `/storage/`, the PUT and GET of presigned
//! URLs as S3 would, pieces included. Any other path is 404.
//!
//! What a request may look like comes from the table: the query, the fields of the body, their
//! limits, and whether others are refused. What only the prose of the API says is checked too where
//! clients trip over it. So is everything that refers to a file: an unknown asset, one whose upload
//! is not complete, a URL without TLS, base64 where none is taken.
//!
//! An operation without behavior of its own is answered with a sample: the required fields of its
//! answer, an empty page for a list.
//!
//! Jobs move with the clock. How long they take is a setting, and [`Fault::job_fails`] has one end
//! badly. The URLs of results serve small real media. As jobs end, webhook events and calls to
//! `callback_url` become due in the order of these ends: [`Core::take_deliveries`] gives them, and
//! the server makes those that stay on this machine.
//!
//! A call that its receiver does not take within 10 seconds is repeated as [`Delivery`] says; whoever
//! drives the core reports it to [`Core::delivery_failed`].
//!
//! Keys have scopes: [`Settings::key_scopes`], and [`Core::create_api_key`] for further keys. An
//! operation that needs another scope is refused with 403 `insufficient_api_key_scope`.
//!
//! # What it does wrong on purpose
//!
//! A [`Fault`] waits for requests to one operation or to storage, for any request or for a webhook
//! call, if wanted for one asset only. The core says what is to happen, in [`Exchange::cut`],
//! [`Exchange::slow_reading`] and [`Reply`]; the server does it to the socket.
//!
#![cfg_attr(feature = "server", doc = "```")]
#![cfg_attr(not(feature = "server"), doc = "```text")]
//! use std::time::Duration;
//!
//! use heygen_emulator::{Emulator, Endpoint, Fault};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let emulator = Emulator::start().await?;
//! emulator.fault(Fault::reset(Endpoint::StoragePut, 1 << 20).times(2));
//! emulator.fault("complete_asset:not-visible,times=3".parse()?);
//!
//! let before = emulator.snapshot();
//! emulator.freeze();
//! emulator.advance(Duration::from_secs(3600));
//! // What is under test would run here; then:
//! let unused: Vec<String> = emulator.unused_faults().iter().map(Fault::to_string).collect();
//! assert_eq!(unused[0], "storage.put:reset-after=1048576,times=2");
//! emulator.restore(&before)?;
//! assert!(!emulator.is_frozen());
//! # Ok(())
//! # }
//! ```
//!
//! # The control endpoint
//!
//! Programs in other languages have no handle, so the server does the same over HTTP, under
//! `/_emulator`, which no operation begins with. Bodies are JSON; refusals say what is right.
//!
//! | request | what it does |
//! | --- | --- |
//! | `GET /_emulator` | lists all of these |
//! | `GET`, `POST`, `DELETE /_emulator/faults` | lists, adds and forgets faults; `all_fired`, and `unused` by name |
//! | `GET`, `POST /_emulator/clock` | shows the clock; takes `set`, `advance` and `frozen` |
//! | `GET /_emulator/assets`, `…/requests`, `…/deliveries` | what became of things |
//! | `GET /_emulator/snapshots` | lists the names of snapshots |
//! | `PUT`, `DELETE /_emulator/snapshots/{name}` | takes and forgets a snapshot |
//! | `POST /_emulator/snapshots/{name}/restore` | goes back to it |
//! | `POST /_emulator/reset` | begins anew |
//!
//! It takes the key of the settings, whatever its scopes: whoever tests has that, while a page in a browser or another machine
//! that can reach the port has not. What it shows has no secrets: no keys and cookies, no signatures,
//! no queries of URLs. Its requests are in no log, count for no rate and meet no fault.
//!
//! # Whom it answers
//!
//! The server answers requests whose `Host` is `localhost`, a name below that, a loopback address,
//! the address that it listens on (any address when it listens on all of them) or the host of
//! [`Settings::public_url`]. Any other is refused with 403, whatever the path, and is in no log:
//! a page in a browser can have a name of its own lead to this machine, and such requests carry
//! that name. A [`Core`] without the server does not look at the host but where it is signed.
//!
//! # Where the documents are silent
//!
//! Each of these is a decision, most of them a field of [`Settings`]:
//!
//! - Only successes are kept under an idempotency key; a refused request may be corrected and sent
//!   again under the same one. A replay has status 200, whatever the first had.
//! - A file in one request is refused above 33 554 432 bytes, with 400. Empty files are refused.
//! - `upload_headers` has `content-type`, and `x-amz-checksum-sha256` when a digest was declared.
//!   Signed are these, `host` and `content-length`. `Content-MD5` is answered 501: the `ETag` is not
//!   an MD5 either.
//! - A second PUT replaces the object while the URL lives, but not the asset that was made of the
//!   first.
//! - An asset can be used from `complete` on, while it is still `processing`. In statuses and
//!   batches an unfinished upload is `queued`.
//! - An unknown asset is `invalid_parameter`, one whose upload is not complete is 400
//!   `asset_not_available`; `param` names the place. Ids of avatars, voices, glossaries and kits may
//!   be unknown unless that is set otherwise; what is still in the making is 409
//!   `resource_not_ready`.
//! - Query parameters that the table does not name are ignored.
//! - A chat asks one question. Any message has it make a video; a message while it does so has it
//!   begin again. Stopping a chat has it wait, stopping any other session has it fail.
//! - A digital twin needs consent only where that is set or somebody asked for it. Who gets the URL
//!   of a consent gives it after as long as a job takes.
//! - Lipsyncs have no type of event; their `callback_url` is called with `lipsync.success` or
//!   `lipsync.fail`. Where no source shows the data of an event it is the record of the job.
//! - Endpoints and `callback_url` may be plain http on a loopback address. Only these are called,
//!   as often as [`Delivery`] says; calls to other machines are listed and not made.
//! - Rates are counted from the first request of a window. Replays count too, refused keys do not.
//! - The search has four pictures and six sounds.
//! - A body that is refused by its head is read and thrown away first, up to 64 MiB, unless the
//!   client waits for `100 Continue`. Storage answers at once, as S3 does.
//!
//! # Crate features
//!
//! - `server`: `Emulator`, the HTTP/1.1 server on tokio and hyper. Off by default.
//!
//! The minimum supported Rust version is 1.89.

mod api;
mod api_key;
mod asset_entry;
mod blob;
mod core;
mod delivery;
mod duration;
mod endpoint;
mod events;
mod exchange;
mod fault;
mod form;
mod ids;
mod keys;
mod library;
mod log;
mod media;
mod problem;
mod rate;
mod replays;
mod routes;
#[cfg(feature = "server")]
mod server;
mod settings;
mod state;
mod storage;

pub use self::core::{Core, Snapshot};
pub use api_key::ApiKey;
pub use asset_entry::AssetEntry;
pub use blob::Blob;
pub use delivery::Delivery;
pub use endpoint::Endpoint;
pub use exchange::{
    Action, Begin, Body, BodyPlan, Cut, Exchange, Payload, Reply, RequestId, Unkept,
};
pub use fault::{Fault, FaultTarget, Pace, SlotOverride, WebhookFault};
pub use form::{Form, FormError, FormFile};
pub use heygen_types::OperationId;
pub use keys::KeyScopes;
pub use log::RequestRecord;
#[cfg(feature = "server")]
pub use server::{Emulator, EmulatorBuilder, StartError, StartErrorKind};
pub use settings::{MaxBytes, RateLimit, Settings, SignedHeaders, TooLarge};
pub use storage::StorageCode;

/// Has the example of the README run.
#[cfg(all(doctest, feature = "server"))]
#[doc = include_str!("../README.md")]
struct Readme;
