use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use super::Bench;
use crate::command::{clean, succeeds};

/// A program that does a piece of work, among others that do the same.
pub(super) struct Contender<'a> {
    pub(super) name: &'static str,
    pub(super) command: Box<dyn Fn() -> Result<Command> + 'a>,
    /// How many files and bytes the server must have taken afterwards: whoever sends less is
    /// not faster but wrong.
    pub(super) sends: (u64, u64),
}

/// The key that everyone sends. The server does not look at it.
const KEY: &str = "bench";

/// The recipes of other clients, made from the steps that the API's documentation gives.
const SCRIPTS: &[(&str, &str)] = &[
    ("direct.sh", include_str!("../../peers/direct.sh")),
    ("direct.py", include_str!("../../peers/direct.py")),
    ("direct.mjs", include_str!("../../peers/direct.mjs")),
    ("many.py", include_str!("../../peers/many.py")),
];

/// The other clients that are installed.
pub(super) struct Peers {
    folder: PathBuf,
    pub(super) curl: bool,
    pub(super) openssl: bool,
    pub(super) requests: bool,
    pub(super) aiohttp: bool,
    pub(super) node: bool,
}

impl Peers {
    /// Looks for them, and writes their scripts into a folder.
    pub(super) fn find(folder: &Path) -> Result<Self> {
        for (name, script) in SCRIPTS {
            let path = folder.join(name);
            fs::write(&path, script).with_context(|| format!("cannot write {}", path.display()))?;
        }
        let has = |program: &str, arguments: &[&str]| succeeds(clean(program).args(arguments));
        Ok(Self {
            folder: folder.to_owned(),
            curl: has("curl", &["--version"]),
            openssl: has("openssl", &["version"]),
            requests: has("python3", &["-c", "import requests"]),
            aiohttp: has("python3", &["-c", "import aiohttp"]),
            node: has("node", &["--version"]),
        })
    }

    pub(super) fn missing(&self) -> impl Iterator<Item = &'static str> {
        [
            (self.curl, "curl"),
            (self.openssl, "openssl"),
            (self.requests, "Python with requests"),
            (self.aiohttp, "Python with aiohttp"),
            (self.node, "Node.js"),
        ]
        .into_iter()
        .filter(|(is_there, _)| !is_there)
        .map(|(_, name)| name)
    }

    /// Returns a command that runs a script with an interpreter.
    pub(super) fn script(&self, interpreter: &str, name: &str) -> Command {
        let mut command = clean(interpreter);
        command.arg(self.folder.join(name));
        command
    }
}

impl Bench {
    /// Returns a command of ours that remembers nothing of earlier runs.
    pub(super) fn ours(&self) -> Result<Command> {
        let state = self.folder.join("state");
        if state.exists() {
            fs::remove_dir_all(&state)
                .with_context(|| format!("cannot clear {}", state.display()))?;
        }
        let mut command = clean(&self.binary);
        command
            .env("XDG_STATE_HOME", &state)
            .env("HEYGEN_CONFIG_DIR", &state)
            .env_remove("HEYGEN_JOURNAL");
        self.surround(&mut command);
        Ok(command)
    }

    /// Gives a command what every client needs: where the server is and a key; and takes away
    /// what could lead it elsewhere.
    pub(super) fn surround(&self, command: &mut Command) {
        command
            .env("HEYGEN_API_BASE", self.server.url())
            .env("HEYGEN_API_KEY", KEY);
        for proxy in [
            "http_proxy",
            "HTTP_PROXY",
            "https_proxy",
            "HTTPS_PROXY",
            "all_proxy",
            "ALL_PROXY",
        ] {
            command.env_remove(proxy);
        }
    }
}
