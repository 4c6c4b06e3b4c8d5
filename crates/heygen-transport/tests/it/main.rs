//! What both transports rely on.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails as the test does"
)]

mod answers;
mod failures;
mod floor;
mod heads;
mod pinned;
mod proxies;
mod stalls;
mod unsent;
