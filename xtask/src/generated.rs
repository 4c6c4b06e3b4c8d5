//! Files that are written by a job and checked in.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use crate::workspace::Workspace;

/// The texts of generated files, by their paths in the repository.
pub(crate) type Files = BTreeMap<PathBuf, String>;

/// Writes the files and removes what nothing generates any more from the folders; with `check`
/// only compares, and fails when anything differs.
pub(crate) fn finish(
    workspace: &Workspace,
    job: &str,
    files: &Files,
    folders: &[&str],
    check: bool,
) -> Result<()> {
    let differ = files.iter().filter(|(file, text)| {
        fs::read_to_string(workspace.root.join(file)).ok().as_ref() != Some(*text)
    });
    let differ: Vec<(&PathBuf, &String)> = differ.collect();
    let stale: Vec<PathBuf> = workspace
        .files()?
        .into_iter()
        .filter(|file| folders.iter().any(|folder| file.starts_with(folder)))
        .filter(|file| !files.contains_key(file))
        .collect();
    if check {
        return compare(
            job,
            files,
            differ.iter().map(|(file, _)| *file).chain(&stale),
        );
    }
    for (file, text) in &differ {
        write(&workspace.root.join(file), text)?;
    }
    for file in &stale {
        fs::remove_file(workspace.root.join(file))
            .with_context(|| format!("cannot remove {}", file.display()))?;
    }
    println!(
        "{} files: {} written, {} removed",
        files.len(),
        differ.len(),
        stale.len()
    );
    Ok(())
}

fn compare<'a>(job: &str, files: &Files, wrong: impl Iterator<Item = &'a PathBuf>) -> Result<()> {
    let wrong: Vec<String> = wrong.map(|file| file.display().to_string()).collect();
    if wrong.is_empty() {
        println!("{} files are current", files.len());
        return Ok(());
    }
    bail!(
        "run `cargo xtask {job}` and commit the result; out of date: {}",
        wrong.join(", ")
    )
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
