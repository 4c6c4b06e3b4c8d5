//! What the circumstances add to an error: what goes on all the same.

use std::fmt;

use super::{Error, ErrorKind};

/// What stands around the problem itself.
#[derive(Default)]
pub(super) struct Context {
    /// What goes on all the same.
    note: Option<String>,
    /// What to do next, when the circumstances know better than the problem.
    pub(super) hint: Option<String>,
}

impl Error {
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

impl Context {
    pub(super) fn fmt_after(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(note) = &self.note {
            write!(f, "; {note}")?;
        }
        Ok(())
    }
}
