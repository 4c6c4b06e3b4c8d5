use std::{error::Error, io};

use heygen_client::{TransportError, TransportErrorKind};

use crate::BoxError;

/// Makes the error for a request that a transport cannot send.
#[must_use]
pub fn refused(why: &'static str) -> TransportError {
    TransportError::with_source(TransportErrorKind::Request, why)
}

/// Names the failure of an attempt to connect: a certificate that was refused, or anything else.
pub fn connecting(error: impl Into<BoxError>) -> TransportError {
    let error = error.into();
    let kind = if find::<rustls::Error>(&*error).is_some_and(is_untrusted) {
        TransportErrorKind::Untrusted
    } else {
        TransportErrorKind::Connect
    };
    TransportError::with_source(kind, error)
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
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
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
