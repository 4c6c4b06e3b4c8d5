use std::{error, fmt};

use crate::BoxError;

/// A transport that could not be built from its settings.
///
/// It names no credential, and no URL with its credential.
pub struct Error {
    kind: ErrorKind,
    source: Option<BoxError>,
}

/// Which setting was at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The proxy is not given by a URL that the transport understands. The cause says what it
    /// takes.
    Proxy,
    /// The extra root certificates could not be read.
    RootCertificates,
    /// The user agent is not a header value.
    UserAgent,
}

impl Error {
    /// Makes an error without a cause.
    #[must_use]
    pub const fn new(kind: ErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// Makes an error with its cause.
    pub fn with_source(
        kind: ErrorKind,
        source: impl Into<Box<dyn error::Error + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    /// Returns which setting was at fault.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            ErrorKind::Proxy => "this transport cannot use the proxy",
            ErrorKind::RootCertificates => "the extra root certificates could not be read",
            ErrorKind::UserAgent => "the user agent is not a header value",
        })
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish()
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn error::Error + 'static))
    }
}
