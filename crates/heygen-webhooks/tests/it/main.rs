//! Deliveries that are to be trusted, and all the ways not to be.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod example;
mod facts;
mod secrets;
mod seen;
mod signatures;
mod support;
mod times;
mod verification;
