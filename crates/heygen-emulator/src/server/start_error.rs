use std::{error::Error, fmt, io};

/// Why an [`Emulator`](crate::Emulator) could not be started.
#[derive(Debug)]
pub struct StartError {
    kind: StartErrorKind,
    source: io::Error,
}

/// What an emulator could not be started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StartErrorKind {
    /// The address to listen on cannot be had.
    Address,
    /// The folder for objects and state cannot be used: it cannot be written to, another emulator
    /// uses it, or the state in it is damaged.
    Folder,
    /// A setting makes no sense.
    Settings,
}

impl StartError {
    pub(super) const fn new(kind: StartErrorKind, source: io::Error) -> Self {
        Self { kind, source }
    }

    pub(super) fn folder(source: io::Error) -> Self {
        Self::new(StartErrorKind::Folder, source)
    }

    /// Returns what the emulator could not be started for.
    #[must_use]
    pub const fn kind(&self) -> StartErrorKind {
        self.kind
    }

    /// Returns what the system said.
    #[must_use]
    pub const fn io_error(&self) -> &io::Error {
        &self.source
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            StartErrorKind::Address => "the emulator cannot listen on its address",
            StartErrorKind::Folder => "the emulator cannot use its folder",
            StartErrorKind::Settings => "a setting of the emulator makes no sense",
        })
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

/// For callers that return I/O errors. The kind stays.
impl From<StartError> for io::Error {
    fn from(error: StartError) -> Self {
        Self::new(error.source.kind(), error)
    }
}
