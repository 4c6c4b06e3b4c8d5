use std::{
    error::Error as StdError,
    ops::{Deref, DerefMut},
};

use heygen_client::{Error, ErrorKind};

use crate::exit::Exit;

/// Why a file, or the whole command, failed.
#[derive(Clone, Debug)]
pub(crate) struct Failure(Box<Details>);

/// All that is ever said about a failure.
#[derive(Clone, Debug)]
pub(crate) struct Details {
    pub(crate) exit: Exit,
    pub(crate) code: String,
    /// What happened: one sentence, without its causes.
    pub(crate) message: String,
    /// What led to it, outermost first.
    pub(crate) causes: Vec<String>,
    /// Where it happened.
    pub(crate) step: &'static str,
    /// What to do next.
    pub(crate) hint: String,
    pub(crate) param: Option<String>,
    pub(crate) doc_url: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) retryable: bool,
}

impl Failure {
    pub(crate) fn new(
        exit: Exit,
        code: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self(Box::new(Details {
            exit,
            code: code.to_owned(),
            message: message.into(),
            causes: Vec::new(),
            step: steps::SETUP,
            hint: hint.into(),
            param: None,
            doc_url: None,
            request_id: None,
            retryable: false,
        }))
    }

    /// Reports an option or a variable that cannot be used.
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message, hint)
    }

    /// Reports an error of the client that met no file.
    pub(crate) fn of_client(error: &Error) -> Self {
        let api = error.api_error();
        let mut failure = Self::new(
            Exit::of(error.kind()),
            error.code(),
            error.to_string(),
            error.hint(),
        );
        if error.kind() == ErrorKind::NewerJournal {
            crate::journal::NEWER.clone_into(&mut failure.hint);
        }
        failure.param = api.and_then(|api| api.param.clone());
        failure.doc_url = api.and_then(|api| api.doc_url.clone());
        failure.request_id = error.request_id().map(str::to_owned);
        failure.retryable = error.is_retryable();
        if error.kind() == ErrorKind::LocalResources {
            LOCAL_RESOURCES.clone_into(&mut failure.hint);
        }
        failure.caused_by(error.source())
    }

    /// Reports a request that failed, which is not part of an upload.
    pub(crate) fn of_request(error: &Error) -> Self {
        let step = match error.kind() {
            // Nothing was sent.
            ErrorKind::InvalidInput | ErrorKind::Configuration => steps::SETUP,
            ErrorKind::Source => steps::PREPARE,
            _ => steps::REQUEST,
        };
        Self::of_client(error).at(step)
    }

    /// Reports an upload that failed, in the step that was running when the error names none.
    pub(crate) fn of_upload(error: &Error, running: &'static str) -> Self {
        let mut failure = Self::of_client(error);
        // The file is a field of its own here, and shown in a way that leads back to it.
        if let Some(message) = error
            .file()
            .and_then(|file| failure.message.strip_prefix(file)?.strip_prefix(": "))
        {
            failure.message = message.to_owned();
        }
        failure.step = match error.step() {
            Some(step) => step.as_str(),
            None => running,
        };
        // What the client finds invalid about an upload is its file, such as an empty one.
        if error.kind() == ErrorKind::InvalidInput {
            failure.exit = Exit::File;
        }
        failure
    }

    pub(crate) fn at(mut self, step: &'static str) -> Self {
        self.step = step;
        self
    }

    /// Adds an error and those below it as causes, leaving out what was said already.
    pub(crate) fn caused_by(mut self, error: Option<&(dyn StdError + 'static)>) -> Self {
        let mut next = error;
        while let Some(error) = next {
            let text = error.to_string();
            let is_said = |said: &String| said.contains(&text);
            if !is_said(&self.message) && !self.causes.iter().any(is_said) {
                self.causes.push(text);
            }
            next = error.source();
        }
        self
    }
}

impl Deref for Failure {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl DerefMut for Failure {
    fn deref_mut(&mut self) -> &mut Details {
        &mut self.0
    }
}

pub(crate) const LOCAL_RESOURCES: &str =
    "raise the limit of open files (ulimit -n) or of threads (ulimit -u)";

/// The steps that are not the API's.
pub(crate) mod steps {
    /// The command was set up; no file was touched.
    pub(crate) const SETUP: &str = "setup";
    /// A file was looked at; nothing was sent.
    pub(crate) const PREPARE: &str = "prepare";
    /// A request that is not part of an upload.
    pub(crate) const REQUEST: &str = "request";
    /// A job was waited for.
    pub(crate) const WAIT: &str = "wait";
}
