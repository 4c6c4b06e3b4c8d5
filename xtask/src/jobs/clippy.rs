use std::ffi::OsString;

use anyhow::Result;

use crate::{
    command::{cargo, run as run_command},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "clippy",
    about: "no lint warns, crate by crate, so that features do not unify",
    run,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    for package in &workspace.packages {
        run_command(&mut cargo([
            "clippy",
            "--quiet",
            "--all-targets",
            "--package",
            &package.name,
            "--",
            "-Dwarnings",
        ]))?;
    }
    Ok(Outcome::done())
}
