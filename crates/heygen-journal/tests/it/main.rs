//! The journal over real files.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod damage;
#[cfg(unix)]
mod links;
#[cfg(unix)]
mod modes;
mod processes;
mod remembering;
mod secrets;
mod support;
