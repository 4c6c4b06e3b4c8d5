use std::{path::PathBuf, process::Command};

use anyhow::Result;

use crate::{
    command::{clean, run, succeeds},
    workspace::Workspace,
};

/// A program that a job needs and that does not come with Rust.
///
/// One on the `PATH` is taken as it is. Otherwise the version named here is installed under the
/// target folder, so that nothing outside the repository changes.
pub(crate) struct Tool {
    pub(crate) program: &'static str,
    pub(crate) version: &'static str,
    /// The crate that holds it.
    pub(crate) package: &'static str,
    /// The Python package that ships it ready built, if there is one: seconds instead of minutes.
    pub(crate) wheel: Option<&'static str>,
}

impl Tool {
    /// Returns a command that runs the tool, after installing it if need be.
    pub(crate) fn command(&self, workspace: &Workspace) -> Result<Command> {
        if succeeds(clean(self.program).arg("--version")) {
            return Ok(clean(self.program));
        }
        let root = workspace.target.join("tools");
        let places = [root.join("bin"), root.join("python/bin")];
        if let Some(program) = self.installed(&places) {
            return Ok(clean(program));
        }
        println!(
            "{} is not installed; installing it in {}",
            self.program,
            root.display()
        );
        if let Some(wheel) = self.wheel {
            let pip = clean("python3")
                .args(["-m", "pip", "install", "--quiet", "--target"])
                .arg(root.join("python"))
                .arg(format!("{wheel}=={}", self.version))
                .status();
            if pip.is_ok_and(|status| status.success())
                && let Some(program) = self.installed(&places)
            {
                return Ok(clean(program));
            }
        }
        // An unoptimised build is ready in half the time and fast enough for one run.
        run(clean("cargo")
            .args(["install", "--debug", "--locked", "--root"])
            .arg(&root)
            .arg(format!("{}@{}", self.package, self.version))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TARGET_DIR", root.join("build")))?;
        Ok(clean(root.join("bin").join(self.program)))
    }

    fn installed(&self, places: &[PathBuf]) -> Option<PathBuf> {
        places
            .iter()
            .map(|place| place.join(self.program))
            .find(|program| succeeds(clean(program).arg("--version")))
    }
}
