//! An `https` server that speaks HTTP/2 or HTTP/1.1, as the client chooses.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use bytes::Bytes;
use heygen_client::{Body, Destination};
use heygen_hyper::{HyperTransport, HyperTransportBuilder};
use http::{Method, Request, Response, StatusCode, Version};
use http_body_util::{BodyExt, Full};
use hyper::{
    body::Incoming,
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rcgen::{CertificateParams, CertifiedKey, KeyPair};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer, server::WebPkiClientVerifier};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// The names in the certificate.
pub(crate) const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "api.example.test"];

pub(crate) struct Backend {
    pub(crate) address: SocketAddr,
    /// The certificate, which is its own root.
    pub(crate) pem: String,
    connections: Arc<AtomicUsize>,
}

impl Backend {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}, false).await
    }

    /// Starts a server that wants a client certificate.
    pub(crate) async fn wanting_certificates() -> Self {
        Self::start_with(|_| {}, true).await
    }

    pub(crate) async fn start_with(
        change: impl FnOnce(&mut CertificateParams),
        wants_certificates: bool,
    ) -> Self {
        let mut params = CertificateParams::new(NAMES.map(str::to_owned)).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let pem = certificate.pem();
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap();
        let config = if wants_certificates {
            let mut roots = rustls::RootCertStore::empty();
            roots.add(certificate.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            config.with_client_cert_verifier(verifier.build().unwrap())
        } else {
            config.with_no_client_auth()
        };
        let mut config = config
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    let Ok(tls) = acceptor.accept(tcp).await else {
                        return;
                    };
                    count.fetch_add(1, Ordering::SeqCst);
                    let is_http2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
                    let (io, service) = (TokioIo::new(tls), service_fn(answer));
                    if is_http2 {
                        let server = http2::Builder::new(TokioExecutor::new());
                        drop(server.serve_connection(io, service).await);
                    } else {
                        let mut server = http1::Builder::new();
                        server.timer(TokioTimer::new());
                        drop(server.serve_connection(io, service).await);
                    }
                });
            }
        });
        Self {
            address,
            pem,
            connections,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.address.port())
    }

    /// Returns how many connections got as far as HTTP.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Starts the settings of a transport that trusts this server.
    pub(crate) fn trusting(&self) -> HyperTransportBuilder {
        HyperTransport::builder()
            .no_proxy()
            .add_root_certificates_pem(self.pem.clone())
    }
}

/// Makes a certificate and its key.
pub(crate) fn certificate() -> (String, (Vec<u8>, KeyPair)) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(NAMES.map(str::to_owned)).unwrap();
    (cert.pem(), (cert.der().to_vec(), signing_key))
}

pub(crate) fn request(destination: Destination, url: &str, body: Bytes) -> Request<Body> {
    Request::builder()
        .method(Method::PUT)
        .uri(url)
        .extension(destination)
        .body(body.into())
        .unwrap()
}

/// Reads a response to its end.
pub(crate) async fn text(response: Response<Body>) -> String {
    let body = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, h2::Error> {
    let version = request.version();
    match request.uri().path() {
        "/refuse" => {
            let mut response = Response::new(Full::from("refused"));
            *response.status_mut() = StatusCode::FORBIDDEN;
            return Ok(response);
        }
        "/http1" if version == Version::HTTP_2 => {
            // As a server does that looks at the whole request first.
            drop(request.into_body().collect().await);
            return Err(h2::Reason::HTTP_1_1_REQUIRED.into());
        }
        "/never" => return std::future::pending().await,
        "/hold" => {
            // The request stays here, unread, and so does the window that it was given.
            let _unread = request;
            return std::future::pending().await;
        }
        _ => {}
    }
    let host = match request.headers().get(http::header::HOST) {
        Some(host) => host.to_str().unwrap().to_owned(),
        None => request.uri().authority().unwrap().to_string(),
    };
    let target = request.uri().path_and_query().unwrap().to_string();
    let Ok(body) = request.into_body().collect().await else {
        return Ok(Response::new(Full::from("broken")));
    };
    let sum: u64 = body.to_bytes().iter().map(|byte| u64::from(*byte)).sum();
    Ok(Response::new(Full::from(format!(
        "{version:?} {host} {target} {sum}"
    ))))
}
