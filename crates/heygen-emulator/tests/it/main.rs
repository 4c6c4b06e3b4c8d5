//! The emulator, driven as clients would: the core in virtual time, the server over sockets.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod agents;
mod api_words;
mod assets;
mod authentication;
mod avatars;
mod batches;
mod bench;
mod brands;
mod chats;
mod complete;
mod contract;
mod create;
mod events;
mod faults;
mod idempotency;
mod job_batches;
mod jobs;
mod lists;
mod models;
mod pieces;
mod rates;
mod requests;
mod restart;
mod schemas;
mod single;
mod snapshots;
mod storage;
mod surface;
mod templates;
mod videos;
mod voices;

#[cfg(feature = "server")]
mod sockets;
