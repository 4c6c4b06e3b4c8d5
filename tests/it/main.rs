//! The end-to-end suites: everything real but the account.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod canary;
mod crash;
mod hostile;
mod recipes;
mod sources;
mod storage;
mod submits;
mod table;
