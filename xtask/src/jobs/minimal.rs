use std::{ffi::OsString, fs};

use anyhow::{Context as _, Result};

use crate::{
    command::{cargo, cargo_of, run as run_command, succeeds},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "minimal",
    about: "the oldest dependency versions that the manifests allow suffice (needs nightly)",
    run,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    if !succeeds(&mut cargo_of("nightly", ["--version"])) {
        return Ok(Outcome::skipped(
            "minimal versions: there is no nightly toolchain (`rustup toolchain install nightly`)",
        ));
    }
    // In a copy, because the lock file of the workspace stays as it is.
    let place = workspace.target.join("minimal");
    let copy = place.join("workspace");
    if copy.exists() {
        fs::remove_dir_all(&copy).with_context(|| format!("cannot clear {}", copy.display()))?;
    }
    for file in workspace.files()? {
        let to = copy.join(&file);
        let folder = to.parent().context("a file has a folder")?;
        fs::create_dir_all(folder)
            .and_then(|()| fs::copy(workspace.root.join(&file), &to))
            .with_context(|| format!("cannot copy {}", file.display()))?;
    }
    run_command(
        cargo_of(
            "nightly",
            ["update", "--quiet", "-Zdirect-minimal-versions"],
        )
        .current_dir(&copy),
    )?;
    // Only the lock file needs nightly; the code is for stable.
    run_command(
        cargo(["check", "--quiet", "--locked", "--workspace"])
            .current_dir(&copy)
            .env("CARGO_TARGET_DIR", place.join("build")),
    )?;
    Ok(Outcome::done())
}
