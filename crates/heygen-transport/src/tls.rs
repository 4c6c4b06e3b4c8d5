//! TLS, set up when the first `https` connection is made and not before: loading the roots of the
//! platform takes longer than the whole start of a command line.

use std::sync::Arc;

use rustls::{
    ClientConfig, RootCertStore,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::CertificateDer,
};

use crate::BoxError;

mod pinned;
mod provider;
mod roots;

use pinned::Pinned;

/// Where the configuration of TLS comes from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Tls {
    /// The caller made it.
    Given(Box<ClientConfig>),
    /// It is made here, with these roots beside the usual ones.
    Own {
        /// Trusted beside the usual roots.
        extra_roots: Vec<CertificateDer<'static>>,
        /// Whether the roots that were compiled in are used even where the platform could be asked.
        bundled_roots: bool,
    },
}

impl Tls {
    /// Makes the configuration. Roots are files on most platforms, so this may block.
    ///
    /// # Errors
    ///
    /// When there is no cryptography or nobody to trust, with what to do about it.
    pub fn config(&self) -> Result<ClientConfig, Box<dyn std::error::Error + Send + Sync>> {
        match self {
            Self::Given(config) => Ok(ClientConfig::clone(config)),
            Self::Own {
                extra_roots,
                bundled_roots,
            } => own(extra_roots, *bundled_roots),
        }
    }
}

fn own(
    extra_roots: &[CertificateDer<'static>],
    bundled_roots: bool,
) -> Result<ClientConfig, BoxError> {
    let provider = provider::compiled_in()
        .or_else(|| CryptoProvider::get_default().cloned())
        .ok_or(NO_PROVIDER)?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(VERSIONS)?;
    let verifier = Pinned {
        algorithms: provider.signature_verification_algorithms,
        rest: verifier(extra_roots, bundled_roots, provider)?,
        certificates: extra_roots.to_vec(),
    };
    Ok(builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// Makes the verifier of chains.
fn verifier(
    extra_roots: &[CertificateDer<'static>],
    bundled_roots: bool,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, BoxError> {
    let mut roots = RootCertStore::empty();
    roots.extend(roots::bundled());
    if !bundled_roots && let Some(verifier) = roots::platform(extra_roots, Arc::clone(&provider)) {
        match verifier {
            Ok(verifier) => return Ok(verifier),
            Err(error) if roots.is_empty() => return Err(error.into()),
            // A bare container has no roots of its own; the ones of this build serve as well.
            Err(_) => {}
        }
    }
    for root in extra_roots {
        roots.add(root.clone())?;
    }
    if roots.is_empty() {
        return Err(NO_ROOTS.into());
    }
    Ok(WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build()?)
}

/// Named here, so that the floor does not move with a default of rustls.
const VERSIONS: &[&rustls::SupportedProtocolVersion] =
    &[&rustls::version::TLS13, &rustls::version::TLS12];

const NO_PROVIDER: &str = "https needs a crypto provider: enable the feature `ring` or \
                           `aws-lc-rs`, or pass a TLS configuration";
const NO_ROOTS: &str = "https needs root certificates: enable the feature `platform-verifier` or \
                        `webpki-roots`, add roots, or pass a TLS configuration";
