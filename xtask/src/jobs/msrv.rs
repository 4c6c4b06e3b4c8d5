use std::ffi::OsString;

use anyhow::{Context as _, Result};

use crate::{
    command::{cargo_of, clean, run as run_command, succeeds},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "msrv",
    about: "the oldest supported Rust compiles the workspace",
    run,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    let oldest = &workspace
        .packages
        .first()
        .context("the workspace has no members")?
        .rust_version;
    if !succeeds(&mut cargo_of(oldest, ["--version"])) {
        run_command(clean("rustup").args([
            "toolchain",
            "install",
            oldest,
            "--profile",
            "minimal",
        ]))?;
    }
    run_command(&mut cargo_of(
        oldest,
        ["check", "--quiet", "--locked", "--workspace"],
    ))?;
    Ok(Outcome::done())
}
