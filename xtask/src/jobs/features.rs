use std::ffi::OsString;

use anyhow::{Context as _, Result, bail};

use crate::{
    command::{cargo, output, run as run_command},
    job::{Job, Outcome, no_arguments},
    workspace::{Package, Workspace},
};

pub(super) const JOB: Job = Job {
    name: "features",
    about: "each library lints clean with each feature and each pair of them",
    run,
};

/// The crate with tests behind a feature that no other member turns on, so that
/// `cargo test --workspace` leaves them out.
const TESTED_WITH_ALL: &str = "heygen-types";

/// The crate through which people take the others.
const UMBRELLA: &str = "heygen-sdk";

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    check_reach(workspace)?;
    for package in workspace.libraries() {
        for features in combinations(&package.features) {
            run_command(&mut cargo([
                "clippy",
                "--quiet",
                "--lib",
                "--package",
                &package.name,
                "--no-default-features",
                "--features",
                &features.join(","),
                "--",
                "-Dwarnings",
            ]))?;
        }
    }
    run_command(&mut cargo([
        "test",
        "--quiet",
        "--package",
        TESTED_WITH_ALL,
        "--all-features",
    ]))?;
    Ok(Outcome::done())
}

/// Returns no feature, each alone, and each pair. All of them together are for `clippy`.
///
/// Written here because it is this short: `cargo-hack` does it too, after a minute of building.
fn combinations(features: &[String]) -> Vec<Vec<&str>> {
    let mut sets = vec![Vec::new()];
    for (index, first) in features.iter().enumerate() {
        sets.push(vec![first.as_str()]);
        for second in &features[index + 1..] {
            sets.push(vec![first.as_str(), second.as_str()]);
        }
    }
    sets
}

/// Checks that whoever takes the umbrella can turn on every feature of the crates below it.
fn check_reach(workspace: &Workspace) -> Result<()> {
    let tree = output(&mut cargo([
        "tree",
        "--package",
        UMBRELLA,
        "--all-features",
        "--edges=normal",
        "--prefix=none",
        "--format={p}|{f}",
    ]))?;
    for package in workspace.libraries() {
        let Some(enabled) = tree.lines().find_map(|line| enabled(line, package)) else {
            continue;
        };
        for feature in &package.features {
            let is_public = !feature.starts_with("__") && !feature.starts_with("unstable-");
            if is_public && !enabled.contains(&feature.as_str()) {
                bail!(
                    "{UMBRELLA} has no feature that turns on {} of {}",
                    feature,
                    package.name
                );
            }
        }
    }
    tree.contains(UMBRELLA)
        .then_some(())
        .with_context(|| format!("cargo tree does not name {UMBRELLA}"))
}

/// Returns the features of a package as a line of `cargo tree` shows them.
fn enabled<'a>(line: &'a str, package: &Package) -> Option<Vec<&'a str>> {
    let (name, features) = line.split_once('|')?;
    let is_it = name.split(' ').next() == Some(package.name.as_str());
    is_it.then(|| {
        features
            .split(" (*)")
            .next()
            .unwrap_or_default()
            .split(',')
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::combinations;

    #[test]
    fn combinations_are_none_each_and_each_pair() {
        let features = ["a", "b", "c"].map(str::to_owned);
        let sets: Vec<String> = combinations(&features)
            .iter()
            .map(|set| set.concat())
            .collect();
        assert_eq!(sets, ["", "a", "ab", "ac", "b", "bc", "c"]);
    }
}
