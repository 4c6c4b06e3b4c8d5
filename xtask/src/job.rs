use std::ffi::OsString;

use anyhow::Result;

use crate::workspace::Workspace;

/// One job: `cargo xtask NAME`.
pub(crate) struct Job {
    pub(crate) name: &'static str,
    /// One line for the list of jobs.
    pub(crate) about: &'static str,
    pub(crate) run: fn(&Workspace, Vec<OsString>) -> Result<Outcome>,
}

/// A job that did not fail, with what its reader has to know beyond that: above all what it had
/// to leave out.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    notes: Vec<String>,
}

impl Outcome {
    /// Everything was done and nothing needs saying.
    pub(crate) fn done() -> Self {
        Self::default()
    }

    /// The job or a part of it was left out, for this reason.
    pub(crate) fn skipped(why: impl Into<String>) -> Self {
        Self::done().with_note(format!("SKIPPED {}", why.into()))
    }

    pub(crate) fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }
}

/// Refuses arguments, for jobs that take none.
pub(crate) fn no_arguments(arguments: Vec<OsString>) -> Result<()> {
    let mut parser = lexopt::Parser::from_args(arguments);
    match parser.next()? {
        Some(argument) => Err(argument.unexpected().into()),
        None => Ok(()),
    }
}
