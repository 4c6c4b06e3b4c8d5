//! What the circumstances add to an error: which file, what else was done, what goes on.

use std::fmt;

use heygen_types::AssetId;

use super::{Error, ErrorKind};

/// What stands around the problem itself.
#[derive(Default)]
pub(super) struct Context {
    /// Which file it is about.
    file: Option<String>,
    /// Which of several things it is about.
    about: Option<String>,
    /// What goes on all the same.
    note: Option<String>,
    /// What to do next, when the circumstances know better than the problem.
    pub(super) hint: Option<String>,
    /// The operation that shows what a request has done.
    pub(super) shown_by: Option<&'static str>,
    /// Files that were uploaded before the error.
    uploaded: Vec<UploadedFile>,
}

/// A file that was uploaded before its request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadedFile {
    /// Its path, or its name where it has no path.
    pub file: String,
    /// The asset that it is now. It can be used in its place, or deleted.
    pub asset_id: AssetId,
}

impl Error {
    /// Returns the files that were uploaded before a request with local files failed. They stay in
    /// the account: the same call with these ids in the place of the files uploads nothing twice.
    #[must_use]
    pub fn uploaded(&self) -> &[UploadedFile] {
        &self.0.context.uploaded
    }

    pub(crate) fn with_uploaded(mut self, uploaded: Vec<UploadedFile>) -> Self {
        self.0.context.uploaded = uploaded;
        self
    }

    /// Returns the path of the file that it is about, or its name where it has no path. `Display`
    /// starts with it.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.0.context.file.as_deref()
    }

    pub(crate) fn of_file(mut self, file: impl Into<String>) -> Self {
        self.0.context.file = Some(file.into());
        self
    }

    /// Says what it is about, before whatever was said of that.
    pub(crate) fn about(mut self, what: impl Into<String>) -> Self {
        let what = what.into();
        self.0.context.about = Some(match self.0.context.about.take() {
            Some(before) => format!("{what}: {before}"),
            None => what,
        });
        self
    }

    /// Says that the job goes on although looking at it failed, and how to look again: with which
    /// operation, at which path.
    pub(crate) fn while_waiting(mut self, look: Option<(&str, String)>) -> Self {
        // What is refused may be refused because there is no such job; what was cancelled says so
        // itself.
        let goes_on = !matches!(
            self.0.kind,
            ErrorKind::Rejected | ErrorKind::InvalidInput | ErrorKind::Cancelled
        );
        if goes_on {
            self.0.context.note = Some(match &look {
                Some((id, path)) => {
                    format!(
                        "only looking at the job failed ({id} at {path}), the job itself goes on"
                    )
                }
                None => "only looking at the job failed, the job itself goes on".to_owned(),
            });
            // A refused credential is to be seen to first.
            if self.is_retryable() {
                self.0.context.hint = Some("wait for it again, or look at it later".to_owned());
            }
        }
        self
    }
}

impl Error {
    /// Adds another way out to what the error advises.
    pub(crate) fn with_way_out(mut self, way_out: &str) -> Self {
        self.0.context.hint = Some(format!("{}; {way_out}", self.hint()));
        self
    }
}

impl Context {
    pub(super) fn fmt_before(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for about in [&self.file, &self.about].into_iter().flatten() {
            write!(f, "{about}: ")?;
        }
        Ok(())
    }

    pub(super) fn fmt_after(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(note) = &self.note {
            write!(f, "; {note}")?;
        }
        for (position, uploaded) in self.uploaded.iter().enumerate() {
            let before = if position == 0 {
                "; already uploaded: "
            } else {
                ", "
            };
            write!(f, "{before}{} as {}", uploaded.file, uploaded.asset_id)?;
        }
        Ok(())
    }
}
