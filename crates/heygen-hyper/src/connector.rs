use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use heygen_client::{Destination, TransportError, TransportErrorKind};
use heygen_transport::{Limits, Proxies, connecting, refused};
use http::{HeaderValue, Uri, uri::Scheme};
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::{
        legacy::connect::{
            Connection as _, HttpConnector,
            proxy::{SocksV5, Tunnel},
        },
        proxy::matcher::Intercept,
    },
    rt::TokioIo,
};
use tower_service::Service;

use crate::{
    connection::{Io, Opened},
    failure::BoxError,
    head::Form,
    progress::Progress,
    proxy::Route,
    socket::Socket,
    tls::Tls,
};

/// Opens connections: names, sockets, proxies, TLS.
pub(crate) struct Connector {
    pub(crate) tcp: HttpConnector,
    pub(crate) proxies: Proxies<Intercept>,
    pub(crate) tls: Tls,
    pub(crate) limits: Limits,
}

impl Connector {
    /// Opens a connection to the server of a URI, all within the limit for connecting.
    pub(crate) async fn open(
        &self,
        uri: &Uri,
        destination: Destination,
    ) -> Result<Opened, TransportError> {
        let limit = self.limits.connect;
        match tokio::time::timeout(limit, self.open_unlimited(uri, destination)).await {
            Ok(opened) => opened,
            Err(_) => Err(TransportError::with_source(
                TransportErrorKind::Connect,
                format!("no connection within {limit:?}"),
            )),
        }
    }

    async fn open_unlimited(
        &self,
        uri: &Uri,
        destination: Destination,
    ) -> Result<Opened, TransportError> {
        let uri = &server(uri)?;
        let progress = Arc::new(Progress::default());
        let tcp = Tcp {
            connector: self.tcp.clone(),
            progress: Arc::clone(&progress),
        };
        let is_https = uri.scheme() == Some(&Scheme::HTTPS);
        let mut form = Form::Origin;
        let (io, http2) = match Route::new(&self.proxies, uri) {
            Route::Direct if is_https => self.secure(tcp, uri, destination).await?,
            Route::Direct => open(tcp, uri).await?,
            Route::Forward {
                proxy,
                authorization,
            } => {
                form = Form::Absolute { authorization };
                if proxy.scheme() == Some(&Scheme::HTTPS) {
                    self.secure(tcp, &proxy, Destination::Storage).await?
                } else {
                    open(tcp, &proxy).await?
                }
            }
            Route::Tunnel {
                proxy,
                authorization,
            } => {
                // This connector leaves a proxy that is spoken to in plain http as it is.
                let config = self.tls.config(Destination::Storage).await?;
                let tunnel = tunnel(proxy, authorization, HttpsConnector::from((tcp, config)));
                self.secure(tunnel, uri, destination).await?
            }
            Route::Socks {
                proxy,
                credentials,
                resolves_here,
            } => {
                let mut socks = SocksV5::new(proxy, tcp).local_dns(resolves_here);
                if let Some((user, password)) = credentials {
                    socks = socks.with_auth(user, password);
                }
                if is_https {
                    self.secure(socks, uri, destination).await?
                } else {
                    open(socks, uri).await?
                }
            }
            Route::Unsupported => {
                return Err(refused("the proxy is neither http, https nor socks5"));
            }
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
        destination: Destination,
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
        let config = self.tls.config(destination).await?;
        open(HttpsConnector::from((below, config)), uri).await
    }
}

/// Reduces a URI to the server in it. The port is spelled out, because a SOCKS proxy is told one
/// whatever the scheme, and no part of a presigned URL can get into an error on this way.
fn server(uri: &Uri) -> Result<Uri, TransportError> {
    let scheme = uri.scheme_str().unwrap_or("http");
    let default_port = if scheme == "https" { 443 } else { 80 };
    let host = uri.host().unwrap_or_default();
    format!(
        "{scheme}://{host}:{}/",
        uri.port_u16().unwrap_or(default_port)
    )
    .parse()
    .map_err(|_| refused("the URL has no usable host"))
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

fn tunnel<C>(proxy: Uri, authorization: Option<HeaderValue>, connector: C) -> Tunnel<C> {
    let tunnel = Tunnel::new(proxy, connector);
    match authorization {
        Some(authorization) => tunnel.with_auth(authorization),
        None => tunnel,
    }
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
