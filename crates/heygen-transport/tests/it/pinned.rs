//! A server's own certificate as a root.

use std::sync::Arc;

use heygen_transport::{Roots, Tls};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair, SanType, date_time_ymd};
use rustls::{
    ClientConnection, ServerConfig, ServerConnection,
    pki_types::{PrivateKeyDer, ServerName},
};

/// Makes a certificate that is its own authority, as `openssl req -x509` does.
fn certificate(change: impl FnOnce(&mut CertificateParams)) -> (rcgen::Certificate, KeyPair) {
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap(), key)
}

/// Shakes hands with a server of one certificate, trusting another one.
fn handshake(
    server: &(rcgen::Certificate, KeyPair),
    root: &rcgen::Certificate,
    name: &str,
) -> Result<(), rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![server.0.der().clone()],
            PrivateKeyDer::try_from(server.1.serialize_der()).unwrap(),
        )?;
    let tls = Tls::Own {
        extra_roots: Roots::Pem(root.pem().into_bytes()).read().unwrap(),
        bundled_roots: true,
    };
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let mut client = ClientConnection::new(Arc::new(tls.config().unwrap()), name)?;
    let mut server = ServerConnection::new(Arc::new(config))?;
    while client.is_handshaking() {
        let mut bytes = Vec::new();
        client.write_tls(&mut bytes).unwrap();
        server.read_tls(&mut bytes.as_slice()).unwrap();
        server.process_new_packets()?;
        bytes.clear();
        while server.wants_write() {
            server.write_tls(&mut bytes).unwrap();
        }
        let mut bytes = bytes.as_slice();
        while !bytes.is_empty() {
            client.read_tls(&mut bytes).unwrap();
        }
        client.process_new_packets()?;
    }
    Ok(())
}

#[test]
fn a_server_whose_own_certificate_is_named_is_trusted() {
    let its_own_authority = certificate(|_| {});
    let plain = certificate(|params| params.is_ca = IsCa::NoCa);
    let explicit = certificate(|params| params.is_ca = IsCa::ExplicitNoCa);
    for server in [its_own_authority, plain, explicit] {
        handshake(&server, &server.0, "localhost").unwrap();
    }
}

/// What `openssl req -x509 -subj /CN=localhost` makes has no other name.
#[test]
fn a_common_name_counts_where_there_is_no_other() {
    let named = |name: &str, others: Vec<SanType>| {
        certificate(|params| {
            params.distinguished_name.push(DnType::CommonName, name);
            params.subject_alt_names = others;
        })
    };
    for (common, name) in [("LocalHost", "localhost"), ("127.0.0.1", "127.0.0.1")] {
        let server = named(common, Vec::new());
        handshake(&server, &server.0, name).unwrap();
        handshake(&server, &server.0, "api.example.test").unwrap_err();
    }
    let other = SanType::DnsName("api.example.test".try_into().unwrap());
    let server = named("localhost", vec![other]);
    handshake(&server, &server.0, "localhost").unwrap_err();
}

#[test]
fn name_time_and_identity_are_checked_all_the_same() {
    let good = certificate(|_| {});
    let error = handshake(&good, &good.0, "api.example.test").unwrap_err();
    assert!(error.to_string().contains("not valid for name"), "{error}");
    let late = certificate(|params| params.not_after = date_time_ymd(2020, 1, 1));
    let early = certificate(|params| params.not_before = date_time_ymd(3000, 1, 1));
    let other = certificate(|_| {});
    for (server, root) in [(&late, &late.0), (&early, &early.0), (&good, &other.0)] {
        let error = handshake(server, root, "localhost").unwrap_err();
        let is_refused = matches!(error, rustls::Error::InvalidCertificate(_));
        assert!(is_refused, "{error:?}");
    }
}
