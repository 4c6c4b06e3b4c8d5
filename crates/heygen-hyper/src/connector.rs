use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use heygen_client::{TransportError, TransportErrorKind};
use heygen_transport::{Limits, Proxies, ProxyScheme, connecting, refused};
use heygen_types::Origin;
use http::Uri;
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::legacy::connect::{Connection as _, HttpConnector},
    rt::TokioIo,
};
use tower_service::Service;

use crate::{
    connection::{Io, Opened},
    failure::BoxError,
    head::Form,
    progress::Progress,
    proxy::{Socks, Tunnel},
    socket::Socket,
    timer::within,
    tls::Tls,
};

/// Opens connections: names, sockets, proxies, TLS.
pub(crate) struct Connector {
    pub(crate) tcp: HttpConnector,
    pub(crate) proxies: Proxies,
    pub(crate) tls: Tls,
    pub(crate) limits: Limits,
}

impl Connector {
    /// Opens a connection to a server, all within the limit for connecting.
    pub(crate) async fn open(
        &self,
        origin: &Origin,
        offers_http2: bool,
    ) -> Result<Opened, TransportError> {
        let limit = self.limits.connect;
        let opening = self.open_unlimited(origin, offers_http2);
        within(limit, opening).await.unwrap_or_else(|| {
            Err(TransportError::with_source(
                TransportErrorKind::Connect,
                format!("no connection within {limit:?}"),
            ))
        })
    }

    async fn open_unlimited(
        &self,
        origin: &Origin,
        offers_http2: bool,
    ) -> Result<Opened, TransportError> {
        let scheme = if origin.is_https() { "https" } else { "http" };
        let uri = &uri(scheme, origin.host(), origin.port())?;
        let progress = Arc::new(Progress::default());
        let tcp = Tcp {
            connector: self.tcp.clone(),
            progress: Arc::clone(&progress),
        };
        let mut form = Form::Origin;
        let (io, http2) = match self.proxies.proxy_for(origin)? {
            None if origin.is_https() => self.secure(tcp, uri, offers_http2).await?,
            None => open(tcp, uri).await?,
            Some(proxy) => match proxy.scheme() {
                ProxyScheme::Http | ProxyScheme::Https => {
                    let is_http = proxy.scheme() == ProxyScheme::Http;
                    let scheme = if is_http { "http" } else { "https" };
                    let to_proxy = self::uri(scheme, proxy.host(), proxy.port())?;
                    if origin.is_https() {
                        // This connector leaves a proxy that is spoken to in plain http as it is.
                        let config = self.tls.config(false).await?;
                        let below = HttpsConnector::from((tcp, config));
                        let tunnel = Tunnel::new(proxy, to_proxy, origin, below);
                        self.secure(tunnel, uri, offers_http2).await?
                    } else {
                        // The proxy is sent the request itself.
                        form = Form::Absolute {
                            authorization: proxy.authorization(),
                        };
                        if is_http {
                            open(tcp, &to_proxy).await?
                        } else {
                            self.secure(tcp, &to_proxy, false).await?
                        }
                    }
                }
                ProxyScheme::Socks5 | ProxyScheme::Socks5h => {
                    let to_proxy = self::uri("http", proxy.host(), proxy.port())?;
                    let socks = Socks::new(proxy, to_proxy, origin, tcp);
                    if origin.is_https() {
                        self.secure(socks, uri, offers_http2).await?
                    } else {
                        open(socks, uri).await?
                    }
                }
            },
        };
        Ok(Opened {
            io,
            http2,
            form,
            progress,
        })
    }

    async fn secure<C>(
        &self,
        below: C,
        uri: &Uri,
        offers_http2: bool,
    ) -> Result<(Box<dyn Io>, bool), TransportError>
    where
        C: Service<Uri> + Send,
        C::Response: hyper_util::client::legacy::connect::Connection
            + hyper::rt::Read
            + hyper::rt::Write
            + Send
            + Unpin
            + 'static,
        C::Future: Send + 'static,
        C::Error: Into<BoxError>,
    {
        let config = self.tls.config(offers_http2).await?;
        open(HttpsConnector::from((below, config)), uri).await
    }
}

/// Writes a URI for the connectors. No part of a presigned URL can get into an error on this way.
fn uri(scheme: &str, host: &str, port: u16) -> Result<Uri, TransportError> {
    let uri = format!("{scheme}://{host}:{port}/");
    uri.parse().map_err(|_| refused("the host cannot be used"))
}

/// Opens one connection and tells whether the server chose HTTP/2 for it.
async fn open<C>(mut connector: C, uri: &Uri) -> Result<(Box<dyn Io>, bool), TransportError>
where
    C: Service<Uri> + Send,
    C::Response: hyper_util::client::legacy::connect::Connection + Io + 'static,
    C::Future: Send,
    C::Error: Into<BoxError>,
{
    std::future::poll_fn(|cx| connector.poll_ready(cx))
        .await
        .map_err(connecting)?;
    let io = connector.call(uri.clone()).await.map_err(connecting)?;
    let http2 = io.connected().is_negotiated_h2();
    Ok((Box::new(io), http2))
}

/// Connects sockets that report to one [`Progress`].
#[derive(Clone)]
struct Tcp {
    connector: HttpConnector,
    progress: Arc<Progress>,
}

impl Service<Uri> for Tcp {
    type Response = TokioIo<Socket>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.connector.call(uri);
        let progress = Arc::clone(&self.progress);
        Box::pin(async move {
            let tcp = connecting.await?.into_inner();
            Ok(TokioIo::new(Socket::new(tcp, progress)))
        })
    }
}
