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
    if !manifest.contains("[lints]\nworkspace = true") {
        problems.push(format!(
            "{name}: the manifest does not take the lints of the workspace"
        ));
    }
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
