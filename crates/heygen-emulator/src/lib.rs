//! An emulator of the HeyGen v3 asset API, with its storage, that enforces the documented contract.
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
//! let request = "GET /v3/users/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
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
//! The eleven `assets.*` operations, `video_agents.create` and `video_agents.get`, `GET
//! /v3/users/me`, and, under `/storage/`, the PUT and GET of presigned URLs as S3 would. Any other
//! path is 404.
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
//! - A video agent is refused an unknown asset as `invalid_parameter`, and one whose upload is not
//!   complete as 400 `asset_not_available`; `param` names the file. In mode `chat` a session stays
//!   in `waiting_for_input`.
//! - The search knows no public library: it finds the caller's own images by name.
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
mod endpoint;
mod events;
mod exchange;
mod fault;
mod fields;
mod form;
mod ids;
mod library;
mod log;
mod media;
mod problem;
mod rate;
mod replays;
#[cfg(feature = "server")]
mod server;
mod settings;
mod state;
mod storage;
mod surface;

pub use self::core::Core;
pub use api_key::ApiKey;
pub use asset_entry::AssetEntry;
pub use blob::Blob;
pub use delivery::Delivery;
pub use endpoint::Endpoint;
pub use exchange::{Action, Begin, Body, BodyPlan, Cut, Exchange, Payload, Reply, RequestId};
pub use fault::{Fault, SlotOverride};
pub use form::{Form, FormError, FormFile};
pub use log::RequestRecord;
#[cfg(feature = "server")]
pub use server::{Emulator, EmulatorBuilder};
pub use settings::{MaxBytes, RateLimit, Settings, SignedHeaders, TooLarge};
pub use storage::StorageCode;

/// Has the example of the README run.
#[cfg(all(doctest, feature = "server"))]
#[doc = include_str!("../README.md")]
struct Readme;
