use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::command::{cargo, output, run};

/// What cargo knows of the workspace.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Where cargo builds; jobs keep their own files in it too.
    pub(crate) target: PathBuf,
    /// The members, by name.
    pub(crate) packages: Vec<Package>,
}

/// One member of the workspace.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest: PathBuf,
    pub(crate) rust_version: String,
    /// Whether the package is meant for crates.io.
    pub(crate) is_published: bool,
    pub(crate) is_library: bool,
    /// The features but `default`, with those of optional dependencies.
    pub(crate) features: Vec<String>,
    /// The fields of the manifest as `cargo metadata` gives them.
    pub(crate) metadata: Value,
}

impl Workspace {
    pub(crate) fn load() -> Result<Self> {
        let text = output(&mut cargo([
            "metadata",
            "--format-version=1",
            "--no-deps",
            "--all-features",
        ]))?;
        let metadata: Value = serde_json::from_str(&text).context("cargo metadata is not JSON")?;
        let path = |name: &str| {
            metadata[name]
                .as_str()
                .map(PathBuf::from)
                .with_context(|| format!("cargo metadata has no {name}"))
        };
        let mut packages = metadata["packages"]
            .as_array()
            .context("cargo metadata has no packages")?
            .iter()
            .map(Package::read)
            .collect::<Result<Vec<_>>>()?;
        packages.sort_by(|a, b| a.name.cmp(&b.name));
        let root = path("workspace_root")?;
        // Wherever the reader stands, the jobs mean the whole repository.
        std::env::set_current_dir(&root)
            .with_context(|| format!("cannot enter {}", root.display()))?;
        Ok(Self {
            root,
            target: path("target_directory")?,
            packages,
        })
    }

    /// Builds the command line and returns where it is.
    pub(crate) fn build_program(&self) -> Result<PathBuf> {
        run(&mut cargo(["build", "--quiet", "--package", "heygen-rs"]))?;
        let name = format!("heygen-rs{}", std::env::consts::EXE_SUFFIX);
        Ok(self.target.join("debug").join(name))
    }

    /// Returns the libraries that are published: what a user can depend on.
    pub(crate) fn libraries(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| package.is_library && package.is_published)
    }

    /// Returns the files of the repository, relative to its root: those that git knows and those
    /// that it would add.
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>> {
        let list = output(
            std::process::Command::new("git")
                .args([
                    "ls-files",
                    "-z",
                    "--cached",
                    "--others",
                    "--exclude-standard",
                ])
                .current_dir(&self.root),
        )?;
        let mut files: Vec<PathBuf> = list
            .split_terminator('\0')
            .map(PathBuf::from)
            .filter(|file| self.root.join(file).is_file())
            .collect();
        files.sort();
        Ok(files)
    }
}

impl Package {
    fn read(metadata: &Value) -> Result<Self> {
        let text = |name: &str| {
            metadata[name]
                .as_str()
                .map(str::to_owned)
                .with_context(|| format!("a package has no {name}"))
        };
        let is_library = metadata["targets"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|target| target["kind"] == serde_json::json!(["lib"]));
        let features = metadata["features"]
            .as_object()
            .into_iter()
            .flat_map(|features| features.keys())
            .filter(|feature| *feature != "default")
            .cloned()
            .collect();
        Ok(Self {
            name: text("name")?,
            manifest: PathBuf::from(text("manifest_path")?),
            rust_version: text("rust_version")?,
            is_published: metadata["publish"].is_null(),
            is_library,
            features,
            metadata: metadata.clone(),
        })
    }
}
