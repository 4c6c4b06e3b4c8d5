mod manifest;
mod source;

use std::{ffi::OsString, fs, path::Path};

use anyhow::{Context as _, Result, bail};

use crate::{
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "tidy",
    about: "what clippy cannot see: manifests, file names and sizes, words left behind",
    run,
};

/// Past this many lines a file is worth a look for a seam; past the second there nearly always
/// is one.
const LONG_LINES: [usize; 2] = [400, 600];

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    let mut problems = Vec::new();
    let manifest =
        fs::read_to_string(workspace.root.join("Cargo.toml")).context("cannot read Cargo.toml")?;
    problems.extend(manifest::check_workspace_lints(&manifest));
    for package in &workspace.packages {
        problems.extend(manifest::check(workspace, package)?);
    }
    for file in workspace.files()? {
        let bytes = fs::read(workspace.root.join(&file))
            .with_context(|| format!("cannot read {}", file.display()))?;
        problems.extend(source::check_name(&file));
        // What is not text, such as the media of the tests, has no words to check.
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        problems.extend(source::check_text(&file, &text));
        notice_length(&file, &text);
    }
    for problem in &problems {
        println!("{problem}");
    }
    if !problems.is_empty() {
        bail!("{} things to tidy up, listed above", problems.len());
    }
    Ok(Outcome::done())
}

fn notice_length(file: &Path, text: &str) {
    let is_generated = text.starts_with("// @generated");
    if is_generated || file.extension().is_none_or(|extension| extension != "rs") {
        return;
    }
    let lines = text.lines().count();
    let [look, seam] = LONG_LINES;
    if lines > seam {
        println!(
            "notice: {} has {lines} lines; there is a seam in it",
            file.display()
        );
    } else if lines > look {
        println!(
            "notice: {} has {lines} lines; look for a seam",
            file.display()
        );
    }
}
