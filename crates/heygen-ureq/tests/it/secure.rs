use std::{
    io::{Read as _, Write as _},
    sync::Arc,
    time::Duration,
};

use heygen_client::{Transport as _, TransportErrorKind};
use heygen_testing::server::Server;
use heygen_ureq::{Blocking as _, UreqTransport};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use crate::backend::{Backend, Tls, certificate, put, read, read_head, text};

/// Answers every request with its target and the sum of its bytes.
fn echo(tls: &mut Tls) -> std::io::Result<()> {
    loop {
        let head = read_head(tls)?;
        if head.contains("expect: 100-continue") {
            tls.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let (_, length) = head.split_once("content-length: ").unwrap();
        let length: usize = length.lines().next().unwrap().parse().unwrap();
        let mut body = vec![0; length];
        tls.read_exact(&mut body)?;
        let sum: u64 = body.iter().map(|byte| u64::from(*byte)).sum();
        let target = head.split(' ').nth(1).unwrap();
        let answer = format!("{target} {sum}");
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        tls.write_all(format!("{head}{answer}").as_bytes())?;
    }
}

#[test]
fn large_and_small_bodies_arrive_on_one_connection() {
    let server = Backend::start(echo);
    let transport = server.trusting().build().unwrap();
    for length in [5_000_000, 0, 10, 100_000] {
        let request = put(&server.url("/a//b?x=%2f~"), vec![3; length]);
        let answer = text(transport.send(request).run().unwrap());
        assert_eq!(answer, format!("/a//b?x=%2f~ {}", 3 * length));
    }
}

#[test]
fn early_answer_is_seen_through_tls() {
    let server = Backend::start(|tls| {
        read_head(tls)?;
        tls.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        tls.read_exact(&mut [0; 64 << 10])?;
        tls.write_all(b"HTTP/1.1 403 No\r\ncontent-length: 7\r\n\r\nexpired")?;
        // The rest is not read, so what the client writes piles up.
        std::thread::sleep(Duration::from_secs(5));
        Ok(())
    });
    let transport = server.trusting().build().unwrap();
    let response = transport
        .send(put(&server.url("/"), vec![1; 64 << 20]))
        .run();
    let response = response.unwrap();
    assert_eq!(response.status(), 403);
    assert_eq!(text(response), "expired");
}

/// Without the goodbye of TLS an end may be the work of somebody in between.
#[test]
fn cut_is_no_end() {
    let server = Backend::start(|tls| {
        read_head(tls)?;
        tls.write_all(b"HTTP/1.1 200 OK\r\n\r\nhalf")?;
        Err(std::io::ErrorKind::Other.into())
    });
    let transport = server.trusting().build().unwrap();
    let response = transport.send(put(&server.url("/"), "")).run().unwrap();
    assert!(read(response).is_err(), "a cut passed for the end");
}

#[test]
fn unknown_certificate_and_wrong_name_are_refused() {
    let server = Backend::start(echo);
    let stranger = UreqTransport::builder()
        .no_proxy()
        .add_root_certificates_pem(certificate().0)
        .build()
        .unwrap();
    let friend = server.trusting().build().unwrap();
    let elsewhere = format!("https://[::ffff:127.0.0.1]:{}/", server.address.port());
    for (transport, url) in [(&stranger, server.url("/")), (&friend, elsewhere)] {
        let error = transport.send(put(&url, "")).run().unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Untrusted, "{error:?}");
    }
}

#[test]
fn callers_own_configuration_is_used() {
    let server = Backend::start(echo);
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(server.pem.as_bytes()).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS12])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let transport = UreqTransport::builder()
        .no_proxy()
        .tls_config(config)
        .build()
        .unwrap();
    let response = transport.send(put(&server.url("/"), "")).run().unwrap();
    assert_eq!(text(response), "/ 0");
}

#[test]
fn silent_server_fails_the_handshake_in_time() {
    let server = Server::start(|connection| {
        connection.read_to_close();
        Ok(())
    });
    let transport = UreqTransport::builder()
        .no_proxy()
        .add_root_certificates_pem(certificate().0)
        .connect_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let url = format!("https://localhost:{}/", server.address().port());
    let error = transport.send(put(&url, "")).run().unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
}

/// What a server without TLS says, and one that wants another version of it.
#[test]
fn tls_that_does_not_fit_is_named() {
    for (answer, hint) in [
        (b"HTTP/1.1 400 Plain\r\n\r\n".as_slice(), "http://"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "TLS 1.2"),
    ] {
        let server = Server::start(move |connection| {
            connection.send(answer)?;
            connection.read_to_close();
            Ok(())
        });
        let transport = UreqTransport::builder()
            .no_proxy()
            .add_root_certificates_pem(certificate().0)
            .build()
            .unwrap();
        let url = format!("https://localhost:{}/", server.address().port());
        let error = transport.send(put(&url, "")).run().unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Incompatible, "{error:?}");
        assert!(error.hint().unwrap().contains(hint), "{error:?}");
    }
}
