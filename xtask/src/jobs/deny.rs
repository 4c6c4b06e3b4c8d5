use std::ffi::OsString;

use anyhow::Result;

use crate::{
    command::{run as run_command, succeeds},
    job::{Job, Outcome, no_arguments},
    tool::Tool,
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "deny",
    about: "dependencies: licences, bans, sources, advisories (settings: deny.toml)",
    run,
};

const DENY: Tool = Tool {
    program: "cargo-deny",
    version: "0.20.2",
    package: "cargo-deny",
    wheel: None,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    let deny = |arguments: &[&str]| {
        let mut command = DENY.command(workspace)?;
        command.args(arguments).current_dir(&workspace.root);
        Ok::<_, anyhow::Error>(command)
    };
    run_command(&mut deny(&["check", "licenses", "bans", "sources"])?)?;
    // The advisories live in a git repository that a machine without access to it cannot fetch.
    // That is no reason to fail, and no reason to be silent.
    if succeeds(&mut deny(&["fetch", "db"])?) {
        run_command(&mut deny(&["check", "--disable-fetch", "advisories"])?)?;
        return Ok(Outcome::done());
    }
    Ok(Outcome::skipped(
        "advisories: their database cannot be fetched from here",
    ))
}
