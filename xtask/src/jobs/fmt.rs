use std::ffi::OsString;

use anyhow::Result;

use crate::{
    command::{cargo, run as run_command},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "fmt",
    about: "the formatting is rustfmt's",
    run,
};

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    run_command(&mut cargo(["fmt", "--all", "--check"]))?;
    Ok(Outcome::done())
}
