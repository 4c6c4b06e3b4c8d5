use heygen_client::{TransportError, TransportErrorKind};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Makes the error for a connection that ended in the middle.
pub(crate) fn interrupted(source: impl Into<BoxError>) -> TransportError {
    heygen_transport::exchanging(source)
}

/// Makes the error for an answer that is no HTTP.
pub(crate) fn unreadable(source: impl Into<BoxError>) -> TransportError {
    heygen_transport::unreadable(&[], source)
}

/// Makes the error for a request for which the system had no thread or no event queue: nothing was
/// sent.
pub(crate) fn unstarted(source: std::io::Error) -> TransportError {
    TransportError::with_source(TransportErrorKind::LocalResources, source)
}
