use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Stdio},
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::{command::clean, workspace::Workspace};

/// An emulator in a process of its own, stopped at the end.
pub(crate) struct Emulator {
    process: Child,
    pub(crate) url: String,
    pub(crate) api_key: String,
    /// Where its clients remember their uploads, instead of where those of the user are.
    state: PathBuf,
}

impl Emulator {
    /// Starts an emulator with these arguments. Its jobs end soon, so that nobody waits for them.
    pub(crate) fn start(workspace: &Workspace, program: &Path, arguments: &[&str]) -> Result<Self> {
        let mut process = clean(program)
            .arg("emulator")
            .args(QUICK)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let output = process.stdout.take().context("the output is a pipe")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let started: Value =
            serde_json::from_str(&line).context("the emulator printed no address")?;
        let text = |name: &str| started[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            url: text("url"),
            api_key: text("api_key"),
            state: workspace.target.join("tmp").join("state"),
            process,
        })
    }

    /// Returns the variables with which clients find the emulator.
    pub(crate) fn environment(&self) -> [(&'static str, &OsStr); 4] {
        [
            ("HEYGEN_API_BASE", self.url.as_ref()),
            ("HEYGEN_API_KEY", self.api_key.as_ref()),
            ("XDG_STATE_HOME", self.state.as_ref()),
            // An empty variable counts as unset: the setting of the user does not apply here.
            ("HEYGEN_JOURNAL", "".as_ref()),
        ]
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // It may have ended by itself, and nothing is left to report that to.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const QUICK: [&str; 6] = [
    "--agent-thinking-time",
    "100ms",
    "--agent-generating-time",
    "100ms",
    "--job-time",
    "100ms",
];
