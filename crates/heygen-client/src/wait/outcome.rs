use heygen_types::Job;

use crate::{Error, ErrorKind};

/// How waiting for a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome<T> {
    /// The job is done.
    Completed(T),
    /// The job has ended without a result.
    Failed {
        /// The job.
        job: T,
        /// Why, as a code, where the API gives one.
        code: Option<String>,
        /// Why, in words, where the API gives them.
        message: Option<String>,
    },
    /// The job goes on when somebody answers: a video agent with a question, an avatar that needs
    /// consent.
    NeedsInput(T),
    /// The time was up before the job was done. The job itself goes on.
    TimedOut {
        /// The job as it was seen last, `None` when no look got an answer.
        last: Option<T>,
    },
}

impl<T> Outcome<T> {
    /// Returns the job as it was seen last.
    #[must_use]
    pub const fn job(&self) -> Option<&T> {
        match self {
            Self::Completed(job) | Self::Failed { job, .. } | Self::NeedsInput(job) => Some(job),
            Self::TimedOut { last } => last.as_ref(),
        }
    }

    /// Tells whether the job is done.
    #[must_use]
    pub const fn is_completed(&self) -> bool {
        matches!(self, Self::Completed(_))
    }
}

impl<T: Job> Outcome<T> {
    /// Returns the job when it is done, for those to whom every other end is an error.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Processing`] when it failed, with the code and the words that the API has for
    /// it; [`ErrorKind::NeedsInput`]; [`ErrorKind::TimedOut`].
    pub fn into_result(self) -> Result<T, Error> {
        let (kind, message, hint) = match self {
            Self::Completed(job) => return Ok(job),
            Self::Failed { job, code, message } => {
                let mut text = format!("the job ended as {:?}", job.status_word());
                if let Some(code) = code {
                    text = format!("{text}, {code}");
                }
                if let Some(message) = message {
                    text = format!("{text}: {message}");
                }
                let hint = "change what it names, then start the job again";
                (ErrorKind::Processing, text, hint)
            }
            Self::NeedsInput(job) => (
                ErrorKind::NeedsInput,
                format!(
                    "the job stands at {:?}: it goes on when somebody answers",
                    job.status_word()
                ),
                "answer it, then wait again",
            ),
            Self::TimedOut { last } => {
                let seen = last.as_ref().map_or("", Job::status_word);
                (
                    ErrorKind::TimedOut,
                    format!(
                        "the job did not end in the time given, last seen as {seen:?}; it goes on"
                    ),
                    "wait for it again, or give it more time",
                )
            }
        };
        Err(Error::local(kind, message, hint))
    }
}
