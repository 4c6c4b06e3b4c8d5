use std::{
    error::Error,
    io::{self, ErrorKind},
};

use h2::Reason;
use heygen_client::TransportError;
use heygen_transport::unreadable;

pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// Names the failure of an exchange that had begun. `first` are the first bytes that the server sent
/// where they were to be HTTP.
pub(crate) fn exchanging(error: hyper::Error, first: &[u8]) -> TransportError {
    // Of a server that speaks before it was asked, hyper reads nothing if it is quick.
    let speaks_first = error.is_canceled() && !first.is_empty() && !b"HTTP/".starts_with(first);
    if error.is_parse() || speaks_first {
        unreadable(first, error)
    } else {
        heygen_transport::exchanging(error)
    }
}

/// Names the failure of the body of a response.
pub(crate) fn receiving(error: hyper::Error) -> TransportError {
    let io: Option<&io::Error> = error.source().and_then(|source| source.downcast_ref());
    let is_nonsense = io.is_some_and(|io| {
        let is_of_tls = io
            .get_ref()
            .is_some_and(|inner| inner.is::<rustls::Error>());
        // So hyper names chunks that are none.
        let is_invalid = matches!(io.kind(), ErrorKind::InvalidData | ErrorKind::InvalidInput);
        is_invalid && !is_of_tls
    });
    if is_nonsense {
        unreadable(&[], error)
    } else {
        exchanging(error, &[])
    }
}

/// Returns `true` if a server wants HTTP/1.1 for this request (RFC 9113, section 7).
pub(crate) fn wants_http1(error: &hyper::Error) -> bool {
    let http2 = error.source().and_then(|source| source.downcast_ref());
    http2.and_then(h2::Error::reason) == Some(Reason::HTTP_1_1_REQUIRED)
}
