use std::{
    pin::Pin,
    task::{Context, Poll},
};

use heygen_transport::{ProxyScheme, ProxyServer, not_a_proxy, read_head, refused_by_proxy};
use heygen_types::Origin;
use http::Uri;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower_service::Service;

use crate::failure::BoxError;

/// The proxies that this transport speaks to.
pub(crate) const SUPPORTED: &[ProxyScheme] = &[
    ProxyScheme::Http,
    ProxyScheme::Https,
    ProxyScheme::Socks5,
    ProxyScheme::Socks5h,
];

/// Connects through a proxy that passes bytes on after `CONNECT`.
///
/// The one of hyper-util does not say with which status a proxy refuses.
#[derive(Clone)]
pub(crate) struct Tunnel<C> {
    proxy: Uri,
    request: Vec<u8>,
    below: C,
}

impl<C> Tunnel<C> {
    /// Creates a connector to a server by way of `below`, which is asked for the URI `proxy`.
    pub(crate) fn new(server: &ProxyServer, proxy: Uri, origin: &Origin, below: C) -> Self {
        Self {
            proxy,
            request: server.connect_request(origin),
            below,
        }
    }
}

impl<C> Service<Uri> for Tunnel<C>
where
    C: Service<Uri>,
    C::Response: Read + Write + Send + Unpin + 'static,
    C::Future: Send + 'static,
    C::Error: Into<BoxError>,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.below.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let connecting = self.below.call(self.proxy.clone());
        let request = self.request.clone();
        Box::pin(async move {
            let mut io = TokioIo::new(connecting.await.map_err(Into::into)?);
            io.write_all(&request).await?;
            io.flush().await?;
            let mut input = Vec::new();
            loop {
                if io.read_buf(&mut input).await? == 0 {
                    return Err("the proxy hung up".into());
                }
                let head = read_head(&input).map_err(|_| not_a_proxy())?;
                let Some((len_bytes, head)) = head else {
                    continue;
                };
                if !head.status().is_success() {
                    return Err(refused_by_proxy(head.status()).into());
                }
                if len_bytes < input.len() {
                    return Err(not_a_proxy().into());
                }
                return Ok(io.into_inner());
            }
        })
    }
}
