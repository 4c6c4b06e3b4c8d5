//! What is said about a file, in the two forms of output.

pub(crate) mod human;
pub(crate) mod json;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use heygen_client::{
    Asset, Route,
    types::{ByteSize, MediaType},
};

use crate::{args::OutputFormat, console::Console, failure::Failure};

/// A file that was uploaded.
#[derive(Debug)]
pub(crate) struct Uploaded {
    pub(crate) asset: Asset,
    pub(crate) elapsed: Duration,
    /// What the journal did for it.
    pub(crate) memory: FromMemory,
    /// The path under which it was uploaded, when this is another path to it.
    pub(crate) same_as: Option<PathBuf>,
}

/// What the journal did for an upload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FromMemory {
    /// Nothing: all of it was done now.
    #[default]
    Nothing,
    /// It was begun before.
    Resumed,
    /// It was there already, and nothing was sent.
    Reused,
}

/// A file that would be uploaded.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) media_type: MediaType,
    pub(crate) size: ByteSize,
    pub(crate) route: Route,
}

impl Console {
    /// Reports how the upload of a file ended.
    pub(crate) fn uploaded(&self, file: &Path, end: &Result<Uploaded, Failure>) {
        match (end, self.format) {
            (Ok(uploaded), OutputFormat::Human) => {
                self.result(&human::uploaded(file, uploaded));
            }
            (Ok(uploaded), OutputFormat::Json) => {
                self.result(&json::uploaded(file, uploaded));
            }
            (Err(failure), _) => self.file_failed(file, failure),
        }
    }

    /// Reports what the upload of a file would be.
    pub(crate) fn planned(&self, file: &Path, end: &Result<Planned, Failure>) {
        match (end, self.format) {
            (Ok(planned), OutputFormat::Human) => {
                self.result(&human::planned(file, planned));
            }
            (Ok(planned), OutputFormat::Json) => {
                self.result(&json::planned(file, planned));
            }
            (Err(failure), _) => self.file_failed(file, failure),
        }
    }

    /// A program wants one object per file from one place; people want errors where errors go.
    fn file_failed(&self, file: &Path, failure: &Failure) {
        match self.format {
            OutputFormat::Human => self.message(&human::failure(Some(file), failure)),
            OutputFormat::Json => self.result(&json::failure(Some(file), failure)),
        }
    }

    /// Warns of something that does not end anything, and that may be about a file.
    pub(crate) fn warning(&self, file: Option<&Path>, code: &str, text: &str) {
        match self.format {
            OutputFormat::Human => self.message(&human::warning(file, text)),
            OutputFormat::Json => self.message(&json::warning(file, code, text)),
        }
    }

    /// Warns of a file that is sent as something that it is not, because the user said so.
    pub(crate) fn type_contradicts_content(&self, file: &Path, sent: &MediaType, contents: &str) {
        let text = format!("it is sent as {sent}, as --media-type says, but it is {contents}");
        self.warning(Some(file), "type_contradicts_content", &text);
    }

    /// Tells people something that programs know anyway.
    pub(crate) fn note(&self, text: &str) {
        if self.format == OutputFormat::Human {
            self.message(&human::note(text));
        }
    }
}
