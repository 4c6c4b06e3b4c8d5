//! The built binary, as a shell runs it.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod api;
mod auth;
mod canary;
mod emulator;
mod exits;
mod help;
mod journal;
mod keys;
mod kill;
#[cfg(unix)]
mod limits;
mod links;
mod man;
mod names;
mod network;
mod output;
#[cfg(unix)]
mod paths;
mod real_files;
mod recorder;
mod support;
mod terminal;
mod twins;
mod unread;
mod upload;
