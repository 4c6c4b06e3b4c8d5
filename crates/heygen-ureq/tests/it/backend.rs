//! An `https` server on threads.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread,
};

use bytes::Bytes;
use heygen_client::{Body, BodyError, Destination};
use heygen_ureq::{Blocking as _, UreqTransport, UreqTransportBuilder};
use http::{Method, Request, Response};
use http_body::Body as _;
use rcgen::{CertifiedKey, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
};

/// The names in the certificate.
pub(crate) const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "api.example.test"];

pub(crate) type Tls = StreamOwned<ServerConnection, TcpStream>;

pub(crate) struct Backend {
    pub(crate) address: SocketAddr,
    /// The certificate, which is its own root.
    pub(crate) pem: String,
}

impl Backend {
    /// Starts a server that runs `script` for every connection.
    pub(crate) fn start(
        script: impl Fn(&mut Tls) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let (pem, (certificate, key)) = certificate();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![CertificateDer::from(certificate)],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        let (config, script) = (Arc::new(config), Arc::new(script));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for tcp in listener.incoming().map_while(Result::ok) {
                let (config, script) = (Arc::clone(&config), Arc::clone(&script));
                thread::spawn(move || {
                    let tls = ServerConnection::new(config).unwrap();
                    let mut tls = StreamOwned::new(tls, tcp);
                    // An error means that the client went away; what it saw is what matters.
                    if script(&mut tls).is_ok() {
                        tls.conn.send_close_notify();
                        let _ = tls.flush();
                    }
                });
            }
        });
        Self { address, pem }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.address.port())
    }

    /// Starts the settings of a transport that trusts this server.
    pub(crate) fn trusting(&self) -> UreqTransportBuilder {
        UreqTransport::builder()
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

/// Reads the head of a request.
pub(crate) fn read_head(stream: &mut impl Read) -> std::io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8(head).unwrap())
}

pub(crate) fn put(url: &str, body: impl Into<Bytes>) -> Request<Body> {
    Request::builder()
        .method(Method::PUT)
        .uri(url)
        .extension(Destination::Storage)
        .body(body.into().into())
        .unwrap()
}

/// Reads a response to its end.
pub(crate) fn text(response: Response<Body>) -> String {
    read(response).unwrap()
}

/// Reads a response to its end, or to where it breaks off.
pub(crate) fn read(response: Response<Body>) -> Result<String, BodyError> {
    let mut body = std::pin::pin!(response.into_body());
    let mut text = Vec::new();
    while let Some(frame) = std::future::poll_fn(|cx| body.as_mut().poll_frame(cx)).run() {
        text.extend_from_slice(&frame?.into_data().unwrap());
    }
    Ok(String::from_utf8(text).unwrap())
}
