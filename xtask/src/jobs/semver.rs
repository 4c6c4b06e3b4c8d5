use std::{ffi::OsString, process::Command};

use anyhow::{Result, bail};

use crate::{
    command::{cargo, output, run as run_command, succeeds},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "semver",
    about: "the libraries break nothing since the last release",
    run,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    let tags = output(
        Command::new("git")
            .args(["tag", "--list", "v*", "--sort=-version:refname"])
            .current_dir(&workspace.root),
    )?;
    let Some(release) = tags.lines().next() else {
        return Ok(Outcome::skipped(
            "semver: nothing has been released yet (there is no tag v…), so nothing can break",
        ));
    };
    // Not installed on the fly: it is the slowest of all tools to build.
    if !succeeds(&mut cargo(["semver-checks", "--version"])) {
        bail!("cargo-semver-checks is missing: `cargo install --locked cargo-semver-checks`");
    }
    for package in workspace.libraries() {
        run_command(&mut cargo([
            "semver-checks",
            "--package",
            &package.name,
            "--baseline-rev",
            release,
        ]))?;
    }
    Ok(Outcome::done())
}
