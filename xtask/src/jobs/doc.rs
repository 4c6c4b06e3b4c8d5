use std::{
    ffi::OsString,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::{
    command::{cargo, clean, output, run as run_command},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "doc",
    about: "the API documentation has no broken link, the examples of the reference compile",
    run,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    build()?;
    check_reference(workspace)?;
    Ok(Outcome::done())
}

/// Builds the documentation of every library with warnings as errors. That of programs has no
/// readers, and the comments on their arguments are help texts rather than Markdown.
pub(crate) fn build() -> Result<()> {
    let mut command = cargo(["doc", "--quiet", "--workspace", "--no-deps", "--lib"]);
    run_command(command.env("RUSTDOCFLAGS", "-Dwarnings"))
}

/// Compiles the Rust examples of the reference against the umbrella crate.
fn check_reference(workspace: &Workspace) -> Result<()> {
    let library = build_library("heygen-sdk")?;
    let pages = all_pages(workspace)?;
    let folder = library.parent().context("a library has a folder")?;
    run_command(
        clean("rustdoc")
            .args(["--test", "--edition=2024"])
            .arg(format!("--extern=heygen_sdk={}", library.display()))
            .arg(format!("-Ldependency={}", folder.join("deps").display()))
            .arg(pages),
    )
}

/// Builds a library and returns where it is.
fn build_library(package: &str) -> Result<PathBuf> {
    let messages = output(&mut cargo([
        "build",
        "--quiet",
        "--package",
        package,
        "--message-format=json",
    ]))?;
    let target = package.replace('-', "_");
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == target.as_str())
        .filter_map(|message| Some(PathBuf::from(message["filenames"][0].as_str()?)))
        .next_back()
        .with_context(|| format!("cargo did not say where {package} is"))
}

/// Puts all pages into one file: one test program is built instead of one per page.
fn all_pages(workspace: &Workspace) -> Result<PathBuf> {
    let mut text = String::new();
    for file in workspace.files()? {
        if file.starts_with("docs/reference") {
            let page = read(&workspace.root.join(&file))?;
            writeln!(text, "{page}")?;
        }
    }
    let path = workspace.target.join("reference.md");
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
