//! What both transports rely on.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails as the test does"
)]

mod floor;
mod heads;
mod proxies;
mod unsent;
