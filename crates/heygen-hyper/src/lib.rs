//! The transport of the HeyGen client over hyper, tokio and rustls.
//!
//! Take this crate to give `heygen-client` a network. For both in one, with features chosen for
//! you, take `heygen-sdk`; for another HTTP stack, implement
//! [`Transport`](heygen_client::Transport) yourself.
//!
//! ```
//! use heygen_client::{Body, Transport};
//! use heygen_hyper::HyperTransport;
//!
//! # let server = heygen_testing::server::Server::start(|connection| {
//! #     connection.read_request()?;
//! #     connection.respond(403, b"expired")
//! # });
//! # let url = server.url("/clip.mp4?X-Amz-Signature=0f");
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! let transport = HyperTransport::builder().build()?;
//! let request = http::Request::put(url).body(Body::from(b"content".to_vec()))?;
//! let response = transport.send(request).await?;
//! assert_eq!(response.status(), 403); // A refusal is a response, not an error.
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What each part gives
//!
//! | here | is for | on top of |
//! | --- | --- | --- |
//! | [`HyperTransport`] | [`Transport`](heygen_client::Transport) | hyper's HTTP/1.1 and HTTP/2 connections, a pool of its own |
//! | [`HyperTransportBuilder`] | limits, proxies, roots, TLS | tokio-socks, rustls |
//! | [`client_builder`] | a client over both, with defaults | |
//! | [`TokioRuntime`] | [`Runtime`](heygen_client::Runtime) | tokio's clock, timers and blocking threads |
//!
//! # What goes out
//!
//! The request as it was given, and these headers: `Host`, `Content-Length` (with every body, and
//! as `0` with a `PUT`, `POST` or `PATCH` without one), `User-Agent` if there is none, `Expect` as
//! below, and `Proxy-Authorization` to a proxy that forwards. Nothing else, no
//! `Transfer-Encoding`, and no request whose body has no exact size.
//!
//! Requests for [`Destination::Api`](heygen_client::Destination::Api) use HTTP/2 where the server
//! offers it, all others HTTP/1.1. No redirect is followed. A request is repeated in three cases
//! only: a connection from the pool turned out to be closed before any of the request, or of a body
//! that was held back, went out; the server answered 417 to `Expect`, when the body was untouched as
//! well; or it reset HTTP/2 with `HTTP_1_1_REQUIRED` and the body is in memory. That server gets
//! HTTP/1.1 from then on.
//!
//! # Limits
//!
//! There are three, and none for a transfer as a whole: the network may be as slow as it likes
//! while it moves.
//!
//! - connecting: [`connect_timeout`](HyperTransportBuilder::connect_timeout), 10 seconds;
//! - the answer, counted from the last byte of the request at the socket, and to its own last byte
//!   unless it is a file (the answer to a `GET` from storage):
//!   [`answer_timeout`](HyperTransportBuilder::answer_timeout), 120 seconds;
//! - a transfer that stands still: [`stall_timeout`](HyperTransportBuilder::stall_timeout),
//!   30 seconds. Time that a request body takes to produce its next block does not count, and
//!   neither does time in which nobody reads the body of a response.
//!
//! Time in which the process was stopped counts for none of them.
//!
//! On HTTP/1.1 the head of an answer may have 64 KiB and 1024 headers, folded ones included, all
//! informational ones (1xx) before it 64 KiB together, and trailers 16 KiB; what is longer ends the
//! request.
//!
//! On HTTP/2 the progress of a request is seen by its frames of 16 KiB.
//!
//! # Large bodies
//!
//! From 1 MiB on a body waits for the server's `100 Continue`, so that an expired URL is refused
//! before anything was sent and the refusal cannot be lost. A server that says nothing gets the
//! body after a second. A response that comes early is returned at once; the rest of the body is
//! dropped, and so is the connection.
//!
//! # Proxies
//!
//! By default those of `HTTPS_PROXY` for `https` and `HTTP_PROXY` for `http`, else of `ALL_PROXY`,
//! with the exceptions of `NO_PROXY` (or their lower-case forms) and of loopback addresses; or the
//! one given to [`proxy`](HyperTransportBuilder::proxy): `http://`, `https://`, `socks5://` (names are resolved
//! here) or `socks5h://` (by the proxy), with a credential if there is one. `https` goes through a `CONNECT` tunnel, `http` in
//! absolute form; `socks5` and `socks5h` proxies work for both. A variable that cannot be read, or
//! names another kind of proxy, fails the requests that it is for: they never go directly instead.
//!
//! # Errors
//!
//! The kind of a [`TransportError`](heygen_client::TransportError) says what happened, and its text
//! names the server and the proxy; its sources are those of hyper, rustls and the sockets, without
//! the URL of the request. What only a change of settings helps against has a hint. When the body of
//! the request failed, its own [`BodyError`](heygen_client::BodyError) is the source.
//!
//! # Crate features
//!
//! `https` needs one of each kind, or a [`tls_config`](HyperTransportBuilder::tls_config); without,
//! the first `https` request says what is missing. TLS is set up at that moment, not before.
//!
//! - `ring`, `aws-lc-rs`: cryptography. With both, ring is used; with none, the default provider
//!   that the process installed.
//! - `platform-verifier`: trust as the operating system has it.
//! - `webpki-roots`: roots that are compiled in. With both, the platform is asked, unless
//!   `webpki_roots()` was called on the builder or the platform has no roots at all.
//!
//! The minimum supported Rust version is 1.89.

mod client;
mod connection;
mod connector;
mod download;
mod failure;
mod head;
mod interim;
mod lease;
mod pool;
mod progress;
mod proxy;
mod runtime;
mod socket;
mod timer;
mod tls;
mod transport;
mod upload;
mod watchdog;

pub use client::client_builder;
pub use heygen_transport::{Error, ErrorKind, TransportBuilder};
pub use runtime::TokioRuntime;
pub use transport::{HyperTransport, HyperTransportBuilder};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
