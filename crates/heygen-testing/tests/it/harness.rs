//! The harness of the machine's own scenarios, driven by random faults here.
//!
//! The machine's crate cannot depend on this one, not even for its tests, so the files stay there
//! and are read from here.
#![expect(
    clippy::unwrap_used,
    dead_code,
    reason = "it is written for another suite too, which uses more of it"
)]

#[path = "../../../heygen-upload-core/tests/it/harness/check.rs"]
mod check;
#[path = "../../../heygen-upload-core/tests/it/harness/disturb.rs"]
mod disturb;
#[path = "../../../heygen-upload-core/tests/it/harness/fault.rs"]
mod fault;
#[path = "../../../heygen-upload-core/tests/it/harness/label.rs"]
mod label;
#[path = "../../../heygen-upload-core/tests/it/harness/scenario.rs"]
mod scenario;
#[path = "../../../heygen-upload-core/tests/it/harness/server.rs"]
mod server;
#[path = "../../../heygen-upload-core/tests/it/harness/world.rs"]
mod world;

pub(crate) use disturb::disturb;
pub(crate) use fault::{Answer, Fault, interrupted, kind, status, storage};
pub(crate) use scenario::{SOURCE, Scenario, single};
pub(crate) use server::{Server, entry};
pub(crate) use world::World;
