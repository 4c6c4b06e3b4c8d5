use std::error::Error as _;

use bytes::Bytes;
use heygen_client::{Destination, Transport, TransportErrorKind};
use heygen_hyper::{ErrorKind, HyperTransport};
use http::HeaderValue;

use crate::backend::{certificate, request};

#[test]
fn unusable_settings_are_named() {
    let kind = |builder: heygen_hyper::HyperTransportBuilder| builder.build().unwrap_err().kind();
    let new = HyperTransport::builder;
    assert_eq!(kind(new().user_agent("a\nb")), ErrorKind::UserAgent);
    for url in [
        "",
        "not a url",
        "ftp://proxy.test/",
        "socks4://proxy.test:1080",
        "http://proxy.test:99999",
    ] {
        let error = new().proxy(url).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Proxy, "{url}");
        assert_eq!(error.to_string(), "this transport cannot use the proxy");
        assert!(error.source().is_some());
    }
    for pem in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ] {
        let error = new().add_root_certificates_pem(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RootCertificates, "{pem}");
        assert!(error.source().is_some());
    }
    let missing = new().add_root_certificates_file("/no/such/file.pem");
    assert_eq!(kind(missing), ErrorKind::RootCertificates);
}

#[test]
fn roots_come_from_a_file_too() {
    let path = std::env::temp_dir().join(format!("heygen-hyper-{}.pem", std::process::id()));
    let build = |content: &[u8]| {
        std::fs::write(&path, content).unwrap();
        let built = HyperTransport::builder()
            .add_root_certificates_file(&path)
            .build();
        std::fs::remove_file(&path).unwrap();
        built
    };
    let (pem, (der, _)) = certificate();
    let pem = pem.as_bytes();
    for content in [pem, &[b"\xef\xbb\xbf", pem].concat(), &der] {
        assert!(build(content).is_ok());
    }
    for (content, says) in [
        (&pem[..100], "cut off"),
        (b"hello", "no certificate"),
        (&der[..100], "certificate"),
    ] {
        let error = build(content).unwrap_err();
        let cause = error.source().unwrap().to_string();
        assert!(cause.contains(path.to_str().unwrap()), "{cause}");
        assert!(cause.contains(says) && !cause.contains('['), "{cause}");
    }
}

#[test]
fn credentials_of_the_proxy_are_not_shown() {
    let builder = HyperTransport::builder().proxy("http://user:hunter2@proxy.test:3128");
    assert!(!format!("{builder:?}").contains("hunter2"));
    let transport = builder.build().unwrap();
    let shown = format!("{transport:?}");
    assert!(shown.contains("proxy.test"), "{shown}");
    assert!(
        !shown.contains("hunter2") && !shown.contains("aHVudGVyMg"),
        "{shown}"
    );
    let error = HyperTransport::builder()
        .proxy("ftp://user:hunter2@proxy.test")
        .build()
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[tokio::test]
async fn requests_that_cannot_be_sent_are_refused() {
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    let to = |url: &str| request(Destination::Storage, url, Bytes::from_static(b"1234"));
    let mut chunked = to("http://localhost/");
    chunked
        .headers_mut()
        .insert("transfer-encoding", HeaderValue::from_static("chunked"));
    let mut mismeasured = to("http://localhost/");
    mismeasured
        .headers_mut()
        .insert("content-length", HeaderValue::from_static("5"));
    for unsendable in [
        to("ftp://localhost/"),
        to("/no/host"),
        to("http://user:hunter2@localhost/?secret"),
        chunked,
        mismeasured,
    ] {
        let error = transport.send(unsendable).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Request);
        let shown = format!("{error} {error:?} {}", error.source().unwrap());
        assert!(
            !shown.contains("hunter2") && !shown.contains("secret"),
            "{shown}"
        );
    }
}
