//! The machine in virtual time: one scenario for each row of the decision table, and promises that
//! hold in every one of them.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may stop the test where it stands"
)]

mod calls;
mod cancellation;
mod checkpoints;
mod classification;
mod contract;
mod details;
mod footprint;
mod harness;
mod keys;
mod messages;
mod scenarios;
mod secrets;
mod spurious;
mod transitions;
mod waits;
