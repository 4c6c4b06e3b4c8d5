use std::{
    pin::Pin,
    task::{Context, Poll},
};

use heygen_client::TransportError;
use heygen_transport::{
    ProxyRefusal, ProxyScheme, ProxyServer, connecting, not_a_proxy, proxy_refused, read_head,
    refused_by_proxy,
};
use heygen_types::Origin;
use http::Uri;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::lookup_host,
};
use tokio_socks::{Error as SocksError, IntoTargetAddr as _, TargetAddr, tcp::Socks5Stream};
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

/// Connects through a SOCKS5 proxy.
///
/// The one of hyper-util does not let its caller see why a proxy refuses.
#[derive(Clone)]
pub(crate) struct Socks<C> {
    proxy: Uri,
    server: ProxyServer,
    host: String,
    port: u16,
    below: C,
}

impl<C> Socks<C> {
    /// Creates a connector to a server by way of `below`, which is asked for the URI `proxy`.
    pub(crate) fn new(server: &ProxyServer, proxy: Uri, origin: &Origin, below: C) -> Self {
        // The brackets of an IPv6 address belong to URLs.
        let host = origin.host().trim_matches(['[', ']']);
        Self {
            proxy,
            server: server.clone(),
            host: host.to_owned(),
            port: origin.port(),
            below,
        }
    }
}

impl<C> Service<Uri> for Socks<C>
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
        let (server, host, port) = (self.server.clone(), self.host.clone(), self.port);
        Box::pin(async move {
            let target = if server.scheme() == ProxyScheme::Socks5 {
                let found = lookup_host((host.as_str(), port)).await?.next();
                TargetAddr::Ip(found.ok_or("the name of the server has no address")?)
            } else {
                (host.as_str(), port).into_target_addr().map_err(of_socks)?
            };
            let io = TokioIo::new(connecting.await.map_err(Into::into)?);
            let connected = match server.credential() {
                Some((user, password)) => {
                    Socks5Stream::connect_with_password_and_socket(io, target, user, password).await
                }
                None => Socks5Stream::connect_with_socket(io, target).await,
            };
            let stream = connected.map_err(of_socks)?;
            Ok(stream.into_inner().into_inner())
        })
    }
}

/// Names what a SOCKS proxy did not do.
fn of_socks(error: SocksError) -> TransportError {
    let refusal = match error {
        // The library does not give the cause as a source.
        SocksError::Io(error) => return connecting(error),
        SocksError::NoAcceptableAuthMethods
        | SocksError::AuthorizationRequired
        | SocksError::InvalidAuthValues(_)
        | SocksError::PasswordAuthFailure(_) => ProxyRefusal::Credential,
        SocksError::ConnectionNotAllowedByRuleset => ProxyRefusal::Rules,
        SocksError::InvalidResponseVersion
        | SocksError::InvalidReservedByte
        | SocksError::InvalidTargetAddress(_)
        | SocksError::UnknownAuthMethod
        | SocksError::UnknownAddressType
        | SocksError::CommandNotSupported
        | SocksError::AddressTypeNotSupported => ProxyRefusal::Protocol,
        // The proxy could not reach the server.
        _ => return connecting(error),
    };
    proxy_refused(error, refusal)
}
