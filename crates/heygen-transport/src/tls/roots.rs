use std::sync::Arc;

use rustls::{
    client::danger::ServerCertVerifier,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, TrustAnchor},
};

/// Returns a verifier that asks the platform, if this build has it.
#[cfg(feature = "platform-verifier")]
pub(super) fn platform(
    extra_roots: &[CertificateDer<'static>],
    provider: Arc<CryptoProvider>,
) -> Option<Result<Arc<dyn ServerCertVerifier>, rustls::Error>> {
    use rustls_platform_verifier::Verifier;

    let verifier = Verifier::new_with_extra_roots(extra_roots.iter().cloned(), provider);
    Some(verifier.map(|verifier| Arc::new(verifier) as Arc<dyn ServerCertVerifier>))
}

/// Returns a verifier that asks the platform: this build has none.
#[cfg(not(feature = "platform-verifier"))]
pub(super) fn platform(
    _extra_roots: &[CertificateDer<'static>],
    _provider: Arc<CryptoProvider>,
) -> Option<Result<Arc<dyn ServerCertVerifier>, rustls::Error>> {
    None
}

/// Returns the roots that were compiled in.
#[cfg(feature = "webpki-roots")]
pub(super) fn bundled() -> impl Iterator<Item = TrustAnchor<'static>> {
    webpki_roots::TLS_SERVER_ROOTS.iter().cloned()
}

/// Returns the roots that were compiled in: none.
#[cfg(not(feature = "webpki-roots"))]
pub(super) fn bundled() -> impl Iterator<Item = TrustAnchor<'static>> {
    std::iter::empty()
}
