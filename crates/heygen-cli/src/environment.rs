use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    io::{IsTerminal as _, stderr, stdin, stdout},
    path::PathBuf,
};

use crate::failure::Failure;

/// What the surroundings say: variables and terminals. A variable that is empty counts as unset.
#[derive(Debug, Default)]
pub(crate) struct Environment {
    variables: BTreeMap<&'static str, OsString>,
    pub(crate) home: Option<PathBuf>,
    pub(crate) stdin_is_terminal: bool,
    pub(crate) stdout_is_terminal: bool,
    pub(crate) stderr_is_terminal: bool,
}

impl Environment {
    pub(crate) fn of_process() -> Self {
        let variables = [
            API_KEY,
            API_BASE,
            ALLOW_HTTP,
            CONFIG_DIR,
            JOURNAL,
            OUTPUT,
            MAX_RETRIES,
            EMULATOR_API_KEY,
            TERM,
        ];
        Self {
            variables: variables
                .into_iter()
                .filter_map(|name| Some((name, std::env::var_os(name)?)))
                .filter(|(_, value)| !value.is_empty())
                .collect(),
            home: std::env::home_dir(),
            stdin_is_terminal: stdin().is_terminal(),
            stdout_is_terminal: stdout().is_terminal(),
            stderr_is_terminal: stderr().is_terminal(),
        }
    }

    /// Tells whether somebody sits in front of it, who sees a question and can answer it.
    pub(crate) const fn can_ask(&self) -> bool {
        self.stdin_is_terminal && self.stderr_is_terminal
    }

    pub(crate) fn raw(&self, name: &'static str) -> Option<&OsStr> {
        self.variables.get(name).map(OsString::as_os_str)
    }

    /// Returns a variable that has to be text.
    pub(crate) fn text(&self, name: &'static str) -> Result<Option<&str>, Failure> {
        let Some(value) = self.raw(name) else {
            return Ok(None);
        };
        value.to_str().map(Some).ok_or_else(|| {
            Failure::usage(
                format!("the variable {name} is not UTF-8"),
                format!("set {name} anew, or unset it"),
            )
        })
    }

    #[cfg(test)]
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.insert(name, value.into());
        self
    }
}

pub(crate) const API_KEY: &str = "HEYGEN_API_KEY";
pub(crate) const API_BASE: &str = "HEYGEN_API_BASE";
pub(crate) const ALLOW_HTTP: &str = "HEYGEN_ALLOW_HTTP";
pub(crate) const CONFIG_DIR: &str = "HEYGEN_CONFIG_DIR";
pub(crate) const JOURNAL: &str = "HEYGEN_JOURNAL";
pub(crate) const OUTPUT: &str = "HEYGEN_OUTPUT";
pub(crate) const MAX_RETRIES: &str = "HEYGEN_MAX_RETRIES";
pub(crate) const EMULATOR_API_KEY: &str = "HEYGEN_EMULATOR_API_KEY";
pub(crate) const TERM: &str = "TERM";
