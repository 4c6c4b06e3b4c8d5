use std::sync::Arc;

use heygen_client::{TransportError, TransportErrorKind};
use heygen_transport::Tls as Settings;
use rustls::ClientConfig;
use tokio::sync::OnceCell;

use crate::failure::BoxError;

/// The configurations with and without HTTP/2, made on demand.
pub(crate) struct Tls {
    settings: Settings,
    configs: OnceCell<Configs>,
}

#[derive(Clone)]
struct Configs {
    with_http2: Arc<ClientConfig>,
    without: Arc<ClientConfig>,
}

impl Tls {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            configs: OnceCell::new(),
        }
    }

    /// Returns the configuration that offers HTTP/2, or the one that does not.
    pub(crate) async fn config(
        &self,
        offers_http2: bool,
    ) -> Result<Arc<ClientConfig>, TransportError> {
        let configs = self
            .configs
            .get_or_try_init(|| async {
                let settings = self.settings.clone();
                // Roots are files on most platforms.
                tokio::task::spawn_blocking(move || settings.config().map(|c| Configs::new(&c)))
                    .await
                    .unwrap_or_else(|error| Err(error.into()))
            })
            .await
            .map_err(|error: BoxError| {
                TransportError::with_source(TransportErrorKind::Request, error)
            })?;
        Ok(Arc::clone(if offers_http2 {
            &configs.with_http2
        } else {
            &configs.without
        }))
    }
}

impl Configs {
    fn new(config: &ClientConfig) -> Self {
        let with_protocols = |protocols: &[&str]| {
            let mut config = config.clone();
            config.alpn_protocols = protocols.iter().map(|p| p.as_bytes().to_vec()).collect();
            Arc::new(config)
        };
        Self {
            with_http2: with_protocols(&["h2", "http/1.1"]),
            without: with_protocols(&["http/1.1"]),
        }
    }
}
