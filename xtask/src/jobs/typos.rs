use std::ffi::OsString;

use anyhow::Result;

use crate::{
    command::run as run_command,
    job::{Job, Outcome, no_arguments},
    tool::Tool,
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "typos",
    about: "no known misspelling (settings: typos.toml)",
    run,
};

const TYPOS: Tool = Tool {
    program: "typos",
    version: "1.52.0",
    package: "typos-cli",
    wheel: Some("typos"),
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    run_command(TYPOS.command(workspace)?.current_dir(&workspace.root))?;
    Ok(Outcome::done())
}
