use std::sync::Arc;

use heygen_client::{Destination, TransportError, TransportErrorKind};
use heygen_transport::Tls as Settings;
use rustls::ClientConfig;
use tokio::sync::OnceCell;

use crate::failure::BoxError;

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
                tokio::task::spawn_blocking(move || settings.config().map(|c| Configs::new(&c)))
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
    fn new(config: &ClientConfig) -> Self {
        let with_protocols = |protocols: &[&str]| {
            let mut config = config.clone();
            config.alpn_protocols = protocols.iter().map(|p| p.as_bytes().to_vec()).collect();
            Arc::new(config)
        };
        Self {
            api: with_protocols(&["h2", "http/1.1"]),
            storage: with_protocols(&["http/1.1"]),
        }
    }
}
