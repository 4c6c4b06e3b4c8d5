use std::ffi::OsString;

use anyhow::Result;

use super::nostd::build_small_crates;
use crate::{
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "wasm",
    about: "types, core and webhooks build for the browser",
    run,
};

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    build_small_crates("wasm32-unknown-unknown")?;
    Ok(Outcome::done())
}
