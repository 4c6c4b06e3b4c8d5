use std::{error::Error, io};

use heygen_client::{TransportError, TransportErrorKind};

pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// Names the failure of an attempt to connect.
pub(crate) fn connecting(error: BoxError) -> TransportError {
    let kind = if find::<rustls::Error>(&*error).is_some_and(is_untrusted) {
        TransportErrorKind::Untrusted
    } else {
        TransportErrorKind::Connect
    };
    TransportError::with_source(kind, error)
}

/// Names the failure of an exchange that had begun.
pub(crate) fn exchanging(error: hyper::Error) -> TransportError {
    TransportError::with_source(TransportErrorKind::Interrupted, error)
}

fn is_untrusted(error: &rustls::Error) -> bool {
    matches!(
        error,
        rustls::Error::InvalidCertificate(_)
            | rustls::Error::NoCertificatesPresented
            | rustls::Error::UnsupportedNameType
            | rustls::Error::InvalidCertRevocationList(_)
    )
}

/// Looks for an error of one type among the causes of another.
pub(crate) fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // An I/O error hides the error that it was made of: its source is the source of that one.
        next = match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}
