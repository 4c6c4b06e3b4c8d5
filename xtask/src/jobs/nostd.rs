use std::ffi::OsString;

use anyhow::Result;

use crate::{
    command::{cargo, clean, run as run_command},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "nostd",
    about: "types, core and webhooks build for a machine without an operating system",
    run,
};

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    build_small_crates("thumbv7em-none-eabihf")?;
    Ok(Outcome::done())
}

/// Builds the crates that need neither std nor a system for a target, one by one.
pub(super) fn build_small_crates(target: &str) -> Result<()> {
    run_command(clean("rustup").args(["target", "add", target]))?;
    for package in ["heygen-types", "heygen-upload-core", "heygen-webhooks"] {
        run_command(&mut cargo([
            "build",
            "--quiet",
            "--package",
            package,
            "--target",
            target,
        ]))?;
    }
    Ok(())
}
