mod listing;
pub(crate) mod rustdoc;

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use crate::{
    job::{Job, Outcome},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "api",
    about: "the public items of every library are those of docs/api [--bless: write them]",
    run,
};

const FOLDER: &str = "docs/api";

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let mut bless = false;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("bless") => bless = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let folder = workspace.root.join(FOLDER);
    let mut wrong = stale(workspace)?;
    for file in wrong.iter().filter(|_| bless) {
        fs::remove_file(file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    for package in workspace.libraries() {
        let listing = listing::of(&rustdoc::public_api(workspace, package)?);
        let file = folder.join(format!("{}.txt", package.name));
        if bless {
            write(&file, &listing)?;
        } else if let Some(change) = change(&file, &listing) {
            println!("{}:\n{change}", file.display());
            wrong.push(file);
        }
    }
    if bless || wrong.is_empty() {
        return Ok(Outcome::done());
    }
    bail!(
        "the public items changed, as listed above; if that is meant, run `cargo xtask api --bless`, \
         commit the result and say it in CHANGELOG.md"
    )
}

/// Returns the listings of libraries that are no more.
fn stale(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let is_listing = |file: &PathBuf| {
        let names = |name: &str| workspace.libraries().any(|package| package.name == name);
        file.starts_with(FOLDER)
            && file.extension().is_some_and(|extension| extension == "txt")
            && !file
                .file_stem()
                .and_then(|stem| stem.to_str())
                .is_some_and(names)
    };
    Ok(workspace.files()?.into_iter().filter(is_listing).collect())
}

/// Returns what differs from the listing in a file, as lines to take out and to put in.
fn change(file: &Path, listing: &str) -> Option<String> {
    let there = fs::read_to_string(file).unwrap_or_default();
    if there == listing {
        return None;
    }
    let mut lines = Vec::new();
    let only_in = |text: &str, other: &str| -> Vec<String> {
        let other: std::collections::BTreeSet<&str> = other.lines().collect();
        let lines = text.lines().filter(|line| !other.contains(line));
        lines.map(str::to_owned).collect()
    };
    lines.extend(
        only_in(&there, listing)
            .into_iter()
            .map(|line| format!("- {line}")),
    );
    lines.extend(
        only_in(listing, &there)
            .into_iter()
            .map(|line| format!("+ {line}")),
    );
    if lines.is_empty() {
        lines.push("the order of the lines, or how often one stands there".to_owned());
    }
    Some(lines.join("\n"))
}

fn write(file: &Path, listing: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(file, listing).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::change;

    #[test]
    fn a_change_is_shown_line_by_line() {
        let file = std::env::temp_dir().join(format!("xtask-api-{}.txt", std::process::id()));
        std::fs::write(&file, "pub fn a::b()\npub fn a::c()\n").unwrap();
        let shown = change(&file, "pub fn a::c()\npub fn a::d()\n");
        assert_eq!(shown.as_deref(), Some("- pub fn a::b()\n+ pub fn a::d()"));
        assert_eq!(change(&file, "pub fn a::b()\npub fn a::c()\n"), None);
        assert!(change(&file, "pub fn a::c()\npub fn a::b()\n").is_some());
        std::fs::remove_file(&file).unwrap();
        assert_eq!(change(Path::new("none"), "x\n").as_deref(), Some("+ x"));
    }
}
