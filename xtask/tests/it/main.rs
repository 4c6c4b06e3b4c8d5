//! The jobs as commands.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may stop the test where it stands"
)]

mod spec_diff;
