use std::sync::Arc;

use rustls::crypto::CryptoProvider;

/// Returns the cryptography that this build brings along.
#[cfg(feature = "ring")]
pub(super) fn compiled_in() -> Option<Arc<CryptoProvider>> {
    Some(Arc::new(rustls::crypto::ring::default_provider()))
}

/// Returns the cryptography that this build brings along.
#[cfg(all(feature = "aws-lc-rs", not(feature = "ring")))]
pub(super) fn compiled_in() -> Option<Arc<CryptoProvider>> {
    Some(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
}

/// Returns the cryptography that this build brings along: none.
#[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
pub(super) fn compiled_in() -> Option<Arc<CryptoProvider>> {
    None
}
