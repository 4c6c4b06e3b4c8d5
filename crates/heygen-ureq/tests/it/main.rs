//! The transport over real sockets.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails as the test does"
)]

mod backend;
mod blocking;
mod builder;
mod conformance;
mod expect;
mod proxy;
mod runtime;
mod secure;
