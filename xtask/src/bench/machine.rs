use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::budget::{Budget, Limit};
use crate::{
    command::{cargo, run as run_command},
    workspace::Workspace,
};

const PACKAGE: &str = "heygen-upload-core";

/// The decisions of the upload machine, measured by criterion.
pub(super) fn run(workspace: &Workspace) -> Result<Vec<Budget>> {
    println!("\nThe upload machine\n");
    let start = SystemTime::now();
    run_command(&mut cargo(["bench", "--package", PACKAGE]))?;
    let mut estimates = Vec::new();
    find_estimates(&workspace.target.join("criterion"), start, &mut estimates)?;
    estimates.sort();
    estimates
        .iter()
        .map(|file| {
            Ok(Budget::new(
                format!("upload machine: {}", name(file)),
                Some(median_nanoseconds(file)?),
                Limit::AtMost(1000.0),
                "ns",
            ))
        })
        .collect()
}

/// Finds the files in which criterion leaves its results, those of earlier runs left out.
fn find_estimates(folder: &Path, since: SystemTime, found: &mut Vec<PathBuf>) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            find_estimates(&path, since, found)?;
        } else if path.ends_with("new/estimates.json") && fs::metadata(&path)?.modified()? >= since
        {
            found.push(path);
        }
    }
    Ok(())
}

/// Returns the name of a benchmark: the folders between `criterion` and `new`.
fn name(file: &Path) -> String {
    let folders: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
    let start = folders.iter().rposition(|part| part == "criterion");
    let start = start.map_or(0, |at| at + 1);
    folders[start..folders.len() - 2].join("/")
}

fn median_nanoseconds(file: &Path) -> Result<f64> {
    let text = fs::read_to_string(file)?;
    let estimates: Value = serde_json::from_str(&text)?;
    estimates["median"]["point_estimate"]
        .as_f64()
        .with_context(|| format!("{} has no median", file.display()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::name;

    #[test]
    fn a_benchmark_is_named_by_its_folders() {
        let file = Path::new("/target/criterion/machine/direct/new/estimates.json");
        assert_eq!(name(file), "machine/direct");
    }
}
