use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use heygen_client::{Destination, Transport, TransportErrorKind};
use heygen_hyper::HyperTransport;
use rcgen::{BasicConstraints, IsCa};
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer};
use tokio::task::JoinSet;

use crate::backend::{Backend, certificate, request, text};

#[tokio::test]
async fn api_gets_http2_and_storage_does_not() {
    let server = Backend::start().await;
    let transport = server.trusting().build().unwrap();
    let body = Bytes::from(vec![1; 5_000_000]);
    let port = server.address.port();
    for (destination, version) in [
        (Destination::Api, "HTTP/2.0"),
        (Destination::Storage, "HTTP/1.1"),
        (Destination::Api, "HTTP/2.0"),
        (Destination::Storage, "HTTP/1.1"),
    ] {
        let put = request(destination, &server.url("/a//b?x=%2f~"), body.clone());
        let response = transport.send(put).await.unwrap();
        assert_eq!(
            text(response).await,
            format!("{version} localhost:{port} /a//b?x=%2f~ 5000000")
        );
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn first_requests_of_all_share_one_http2_connection() {
    let server = Backend::start().await;
    let transport = server.trusting().build().unwrap();
    let mut requests = JoinSet::new();
    for number in 0..16_u8 {
        let put = request(
            Destination::Api,
            &server.url("/"),
            Bytes::from(vec![number]),
        );
        let transport = transport.clone();
        requests.spawn(async move {
            let answer = text(transport.send(put).await.unwrap()).await;
            assert!(answer.ends_with(&format!(" {number}")), "{answer}");
        });
    }
    requests.join_all().await;
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn unknown_certificate_is_refused() {
    let server = Backend::start().await;
    let (somebody_else, _) = certificate();
    let transport = HyperTransport::builder()
        .no_proxy()
        .add_root_certificates_pem(somebody_else)
        .build()
        .unwrap();
    for destination in [Destination::Api, Destination::Storage] {
        let put = request(destination, &server.url("/"), Bytes::new());
        let error = transport.send(put).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Untrusted, "{error:?}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn certificate_for_another_name_is_refused() {
    let server = Backend::start().await;
    let transport = server.trusting().build().unwrap();
    let url = format!("https://[::ffff:127.0.0.1]:{}/", server.address.port());
    let put = request(Destination::Storage, &url, Bytes::new());
    let error = transport.send(put).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Untrusted, "{error:?}");
}

#[tokio::test]
async fn callers_own_configuration_is_used() {
    let server = Backend::start().await;
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(server.pem.as_bytes()).unwrap())
        .unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS12])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"nonsense".to_vec()];
    let transport = HyperTransport::builder()
        .no_proxy()
        .tls_config(config)
        .build()
        .unwrap();
    let put = request(Destination::Api, &server.url("/"), Bytes::new());
    let answer = text(transport.send(put).await.unwrap()).await;
    assert!(answer.starts_with("HTTP/2.0"), "{answer}");
}

/// Without a root there is nobody to trust, and that is for the one who builds the program to mend.
#[cfg(not(any(feature = "platform-verifier", feature = "webpki-roots")))]
#[tokio::test]
async fn missing_roots_are_named() {
    let server = Backend::start().await;
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    let put = request(Destination::Api, &server.url("/"), Bytes::new());
    let error = transport.send(put).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Request);
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("platform-verifier"), "{source}");
}

#[tokio::test]
async fn plain_http_on_the_tls_port_and_the_other_way_round() {
    let server = Backend::start().await;
    let transport = server.trusting().build().unwrap();
    let plain = format!("http://127.0.0.1:{}/", server.address.port());
    let put = request(Destination::Storage, &plain, Bytes::new());
    let error = transport.send(put).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Incompatible, "{error:?}");
    assert!(error.hint().unwrap().contains("https://"), "{error:?}");

    // What a server without TLS says, and one that wants another version of it.
    for (answer, hint) in [
        (b"HTTP/1.1 400 Plain\r\n\r\n".as_slice(), "http://"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "TLS 1.2"),
    ] {
        let server = heygen_testing::server::Server::start(move |connection| {
            connection.send(answer)?;
            connection.read_to_close();
            Ok(())
        });
        let secure = format!("https://localhost:{}/", server.address().port());
        let put = request(Destination::Storage, &secure, Bytes::new());
        let error = transport.send(put).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Incompatible, "{error:?}");
        assert!(error.hint().unwrap().contains(hint), "{error:?}");
    }
}

/// With TLS 1.3 the server says so only after the handshake, with TLS 1.2 within it.
#[tokio::test]
async fn client_certificate_that_is_wanted_is_named() {
    let server = Backend::wanting_certificates().await;
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let mut roots = RootCertStore::empty();
        let root = CertificateDer::from_pem_slice(server.pem.as_bytes());
        roots.add(root.unwrap()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[version])
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let transport = HyperTransport::builder().no_proxy().tls_config(config);
        let transport = transport.build().unwrap();
        for destination in [Destination::Api, Destination::Storage] {
            let put = request(destination, &server.url("/"), Bytes::from_static(b"x"));
            let error = transport.send(put).await.unwrap_err();
            assert_eq!(error.kind(), TransportErrorKind::Incompatible, "{error:?}");
            assert!(error.hint().unwrap().contains("certificate"), "{error:?}");
        }
    }
}

/// RFC 9113, section 7: the same request again over HTTP/1.1, and all later ones as well.
#[tokio::test]
async fn server_that_wants_http1_gets_it() {
    let server = Backend::start().await;
    let transport = server.trusting().build().unwrap();
    // Only content that is in memory can go out again without being asked for.
    let streamed = heygen_client::Body::stream(http_body_util::BodyExt::map_err(
        http_body_util::Full::new(Bytes::from_static(b"\x05")),
        |never| match never {},
    ));
    let mut put = request(Destination::Api, &server.url("/http1"), Bytes::new());
    *put.body_mut() = streamed;
    let error = transport.send(put).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Interrupted, "{error:?}");

    for transport in [transport, server.trusting().build().unwrap()] {
        for body in [Bytes::from_static(b"\x05\x06"), Bytes::new()] {
            let sum: u8 = body.iter().sum();
            let put = request(Destination::Api, &server.url("/http1"), body);
            let answer = text(transport.send(put).await.unwrap()).await;
            assert!(answer.starts_with("HTTP/1.1"), "{answer}");
            assert!(answer.ends_with(&format!(" {sum}")), "{answer}");
        }
    }
}

#[tokio::test]
async fn server_that_is_its_own_authority_is_trusted_when_it_is_named() {
    let server = Backend::start_with(
        |config| config.is_ca = IsCa::Ca(BasicConstraints::Unconstrained),
        false,
    )
    .await;
    let transport = server.trusting().build().unwrap();
    for destination in [Destination::Api, Destination::Storage] {
        let put = request(destination, &server.url("/"), Bytes::new());
        assert_eq!(transport.send(put).await.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn silent_server_fails_the_handshake_in_time() {
    let server = heygen_testing::server::Server::start(|connection| {
        connection.read_to_close();
        Ok(())
    });
    let (pem, _) = certificate();
    let transport = HyperTransport::builder()
        .no_proxy()
        .add_root_certificates_pem(pem)
        .connect_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let url = format!("https://localhost:{}/", server.address().port());
    let put = request(Destination::Api, &url, Bytes::new());
    let error = transport.send(put).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
}

#[tokio::test]
async fn http2_keeps_the_limits_and_recovers() {
    let server = Backend::start().await;
    let transport = server
        .trusting()
        .stall_timeout(Duration::from_secs(1))
        .answer_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    let large = Bytes::from(vec![1; 5_000_000]);
    let small = Bytes::from_static(b"x");
    for (path, body, kind) in [
        ("/hold", large, TransportErrorKind::Stall),
        ("/never", Bytes::new(), TransportErrorKind::AnswerTimeout),
        ("/never", small.clone(), TransportErrorKind::AnswerTimeout),
    ] {
        let before = server.connections();
        let put = request(Destination::Api, &server.url(path), body);
        let error = transport.send(put).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{path}: {error:?}");
        assert_eq!(
            server.connections(),
            before + 1,
            "a silent connection was used again"
        );
    }
    let put = request(Destination::Api, &server.url("/"), small);
    assert_eq!(transport.send(put).await.unwrap().status(), 200);
}

#[tokio::test]
async fn early_answer_arrives_over_http2() {
    let server = Backend::start().await;
    let transport = server.trusting().build().unwrap();
    for _ in 0..3 {
        let large = Bytes::from(vec![1; 5_000_000]);
        let put = request(Destination::Api, &server.url("/refuse"), large);
        let response = transport.send(put).await.unwrap();
        assert_eq!(response.status(), 403);
        assert_eq!(text(response).await, "refused");
    }
    assert_eq!(server.connections(), 1);
}
