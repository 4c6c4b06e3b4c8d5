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
        lint(&package.name, &[])?;
        // What stands behind a feature, tests above all, is not seen without it.
        if !package.features.is_empty() {
            lint(&package.name, &["--all-features"])?;
        }
    }
    Ok(Outcome::done())
}

fn lint(package: &str, features: &[&str]) -> Result<()> {
    let mut command = cargo(["clippy", "--quiet", "--all-targets", "--package", package]);
    run_command(command.args(features).args(["--", "-Dwarnings"]))
}
