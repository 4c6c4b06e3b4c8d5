use std::ffi::OsString;

use anyhow::Result;

use crate::{
    command::{cargo, run as run_command},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "doc",
    about: "the API documentation builds, without one broken link",
    run,
};

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    build()?;
    Ok(Outcome::done())
}

/// Builds the documentation of every member with warnings as errors.
pub(crate) fn build() -> Result<()> {
    run_command(
        cargo(["doc", "--quiet", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-Dwarnings"),
    )
}
