use std::fs;

use anyhow::{Context as _, Result};

use crate::workspace::{Package, Workspace};

/// Checks that a manifest says what crates.io and a reader need.
pub(super) fn check(workspace: &Workspace, package: &Package) -> Result<Vec<String>> {
    let manifest = fs::read_to_string(&package.manifest)
        .with_context(|| format!("cannot read {}", package.manifest.display()))?;
    let name = &package.name;
    let mut problems = Vec::new();

    let mut required = vec!["description", "license", "rust_version", "edition"];
    if package.is_published {
        required.extend(["repository", "readme", "keywords", "categories"]);
    }
    for field in required {
        let value = &package.metadata[field];
        if value.is_null() || value.as_array().is_some_and(Vec::is_empty) {
            problems.push(format!("{name}: the manifest has no {field}"));
        }
    }
    if let Some(readme) = package.metadata["readme"].as_str()
        && let Some(folder) = package.manifest.parent()
        && !folder.join(readme).is_file()
    {
        problems.push(format!("{name}: {readme} is missing"));
    }
    problems.extend(check_member_lints(name, &manifest));
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        if !workspace.root.join(licence).is_file() {
            problems.push(format!("{licence} is missing"));
        }
    }
    if package.is_library && package.is_published {
        let default = &package.metadata["features"]["default"];
        let is_empty = default.as_array().is_none_or(Vec::is_empty);
        if !is_empty && name != "heygen-sdk" {
            problems.push(format!(
                "{name}: only the umbrella may have default features"
            ));
        }
    }
    Ok(problems)
}

/// Checks that the workspace forbids unsafe code, which no attribute in a crate can undo.
pub(super) fn check_workspace_lints(manifest: &str) -> Option<String> {
    let lints = manifest
        .split("[workspace.lints.rust]")
        .nth(1)
        .and_then(|after| after.split("\n[").next())
        .unwrap_or_default();
    let forbids = lints.lines().any(|line| line == "unsafe_code = \"forbid\"");
    (!forbids)
        .then(|| "Cargo.toml: the lints of the workspace do not forbid unsafe code".to_owned())
}

/// Checks that a crate takes the lints of the workspace: a crate that does not may use unsafe code.
fn check_member_lints(name: &str, manifest: &str) -> Option<String> {
    let takes = manifest.contains("\n[lints]\nworkspace = true\n");
    (!takes).then(|| format!("{name}: the manifest does not take the lints of the workspace"))
}

#[cfg(test)]
mod tests {
    use super::{check_member_lints, check_workspace_lints};

    #[test]
    fn crate_without_the_lints_of_the_workspace_is_found() {
        let takes = "[package]\nname = \"x\"\n\n[lints]\nworkspace = true\n";
        assert_eq!(check_member_lints("x", takes), None);
        for manifest in [
            "[package]\nname = \"x\"\n",
            "[package]\n\n[lints]\nworkspace = false\n",
            "[package]\n# [lints]\nworkspace = true\n",
        ] {
            assert!(check_member_lints("x", manifest).is_some(), "{manifest}");
        }
    }

    #[test]
    fn workspace_that_allows_unsafe_code_is_found() {
        let forbids = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n\n[profile.dev]\n";
        assert_eq!(check_workspace_lints(forbids), None);
        for manifest in [
            "[workspace.lints.rust]\nunsafe_code = \"deny\"\n",
            "[workspace.lints.rust]\nmissing_docs = \"warn\"\n[x]\nunsafe_code = \"forbid\"\n",
            "",
        ] {
            assert!(check_workspace_lints(manifest).is_some(), "{manifest}");
        }
    }
}
