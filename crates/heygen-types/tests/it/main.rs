//! The wire types on samples of every body and answer, and each small type on its own promises.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may stop the test where it stands"
)]

mod answers;
mod asset_inputs;
mod bodies;
mod digests;
mod envelopes;
mod events;
mod example;
mod ids;
mod jobs;
mod json;
mod keys;
mod limits;
mod media_types;
mod operations;
mod rules;
#[cfg(all(feature = "json-schema", feature = "table"))]
mod schemas;
mod sizes;
mod table;
mod tolerance;
mod upload_headers;
mod urls;
mod webhooks;
#[cfg(feature = "table")]
mod whole_table;
