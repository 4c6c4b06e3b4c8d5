use std::ffi::OsString;

use anyhow::Result;

use crate::{
    command::{cargo, run as run_command},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "test",
    about: "every test of the workspace passes",
    run,
};

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    run_command(&mut cargo(["test", "--workspace"]))?;
    Ok(Outcome::done())
}
