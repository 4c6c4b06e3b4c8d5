//! The emulator, driven as clients would: the core in virtual time, the server over sockets.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod agents;
mod assets;
mod authentication;
mod batches;
mod bench;
mod complete;
mod contract;
mod create;
mod faults;
mod idempotency;
mod requests;
mod restart;
mod single;
mod storage;

#[cfg(feature = "server")]
mod sockets;
