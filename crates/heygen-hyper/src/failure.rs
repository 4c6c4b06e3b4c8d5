use std::error::Error;

use heygen_client::{TransportError, TransportErrorKind};

pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// Names the failure of an exchange that had begun.
pub(crate) fn exchanging(error: hyper::Error) -> TransportError {
    TransportError::with_source(TransportErrorKind::Interrupted, error)
}
