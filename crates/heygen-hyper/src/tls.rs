//! TLS, set up when the first `https` connection is made and not before: loading the roots of the
//! platform takes longer than the whole start of a command line.

use std::sync::Arc;

use heygen_client::{Destination, TransportError, TransportErrorKind};
use rustls::{ClientConfig, RootCertStore, crypto::CryptoProvider, pki_types::CertificateDer};
use tokio::sync::OnceCell;

use crate::failure::BoxError;

mod provider;
mod roots;

/// Where the configuration comes from.
#[derive(Clone)]
pub(crate) enum Settings {
    /// The caller made it.
    Given(Box<ClientConfig>),
    /// It is made here, with these roots beside the usual ones.
    Own {
        extra_roots: Vec<CertificateDer<'static>>,
        bundled_roots: bool,
    },
}

/// The configurations for the two kinds of destination, made on demand.
pub(crate) struct Tls {
    settings: Settings,
    configs: OnceCell<Configs>,
}

#[derive(Clone)]
struct Configs {
    api: Arc<ClientConfig>,
    storage: Arc<ClientConfig>,
}

impl Tls {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            configs: OnceCell::new(),
        }
    }

    /// Returns the configuration for a destination.
    pub(crate) async fn config(
        &self,
        destination: Destination,
    ) -> Result<Arc<ClientConfig>, TransportError> {
        let configs = self
            .configs
            .get_or_try_init(|| async {
                let settings = self.settings.clone();
                // Roots are files on most platforms.
                tokio::task::spawn_blocking(|| Configs::new(settings))
                    .await
                    .unwrap_or_else(|error| Err(error.into()))
            })
            .await
            .map_err(|error: BoxError| {
                TransportError::with_source(TransportErrorKind::Request, error)
            })?;
        Ok(Arc::clone(match destination {
            Destination::Api => &configs.api,
            _ => &configs.storage,
        }))
    }
}

impl Configs {
    fn new(settings: Settings) -> Result<Self, BoxError> {
        let config = match settings {
            Settings::Given(config) => *config,
            Settings::Own {
                extra_roots,
                bundled_roots,
            } => own(extra_roots, bundled_roots)?,
        };
        let with_protocols = |protocols: &[&str]| {
            let mut config = config.clone();
            config.alpn_protocols = protocols.iter().map(|p| p.as_bytes().to_vec()).collect();
            Arc::new(config)
        };
        Ok(Self {
            api: with_protocols(&["h2", "http/1.1"]),
            storage: with_protocols(&["http/1.1"]),
        })
    }
}

fn own(
    extra_roots: Vec<CertificateDer<'static>>,
    bundled_roots: bool,
) -> Result<ClientConfig, BoxError> {
    let provider = provider::compiled_in()
        .or_else(|| CryptoProvider::get_default().cloned())
        .ok_or(NO_PROVIDER)?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?;
    let mut roots = RootCertStore::empty();
    roots.extend(roots::bundled());
    if !bundled_roots && let Some(verifier) = roots::platform(&extra_roots, provider) {
        match verifier {
            Ok(verifier) => {
                return Ok(builder
                    .dangerous()
                    .with_custom_certificate_verifier(verifier)
                    .with_no_client_auth());
            }
            Err(error) if roots.is_empty() => return Err(error.into()),
            // A bare container has no roots of its own; the ones of this build serve as well.
            Err(_) => {}
        }
    }
    for root in extra_roots {
        roots.add(root)?;
    }
    if roots.is_empty() {
        return Err(NO_ROOTS.into());
    }
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

const NO_PROVIDER: &str = "https needs a crypto provider: enable the feature `ring` or \
                           `aws-lc-rs` of heygen-hyper, or pass a TLS configuration";
const NO_ROOTS: &str = "https needs root certificates: enable the feature `platform-verifier` or \
                        `webpki-roots` of heygen-hyper, add roots, or pass a TLS configuration";
