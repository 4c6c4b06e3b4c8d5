//! The examples, run to their end against the emulator.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod examples;
