use std::error::Error as _;

use heygen_client::{Transport as _, TransportErrorKind};
use heygen_ureq::{Blocking as _, ErrorKind, UreqTransport, UreqTransportBuilder};
use http::HeaderValue;

use crate::backend::put;

#[test]
fn unusable_settings_are_named() {
    let kind = |builder: UreqTransportBuilder| builder.build().unwrap_err().kind();
    let new = UreqTransport::builder;
    assert_eq!(kind(new().user_agent("a\nb")), ErrorKind::UserAgent);
    for url in [
        "",
        "not a url",
        "ftp://proxy.test/",
        "socks5://proxy.test",
        "https://proxy.test",
    ] {
        let error = new().proxy(url).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Proxy, "{url}");
        assert_eq!(error.to_string(), "this transport cannot use the proxy");
        assert!(error.source().is_some());
    }
    let no_certificate = new().add_root_certificates_pem("no certificate");
    assert_eq!(kind(no_certificate), ErrorKind::RootCertificates);
    let missing = new().add_root_certificates_file("/no/such/file.pem");
    assert_eq!(kind(missing), ErrorKind::RootCertificates);
}

#[test]
fn credentials_of_the_proxy_are_not_shown() {
    let builder = UreqTransport::builder().proxy("http://user:hunter2@proxy.test:3128");
    assert!(!format!("{builder:?}").contains("hunter2"));
    let shown = format!("{:?}", builder.build().unwrap());
    assert!(shown.contains("proxy.test"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn requests_that_cannot_be_sent_are_refused() {
    let transport = UreqTransport::builder().no_proxy().build().unwrap();
    let mut chunked = put("http://localhost/", "1234");
    chunked
        .headers_mut()
        .insert("transfer-encoding", HeaderValue::from_static("chunked"));
    let mut mismeasured = put("http://localhost/", "1234");
    mismeasured
        .headers_mut()
        .insert("content-length", HeaderValue::from_static("5"));
    for unsendable in [
        put("ftp://localhost/", "1234"),
        put("/no/host", "1234"),
        put("http://user:hunter2@localhost/?secret", "1234"),
        chunked,
        mismeasured,
    ] {
        let error = transport.send(unsendable).run().unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Request);
        let shown = format!("{error} {error:?} {}", error.source().unwrap());
        assert!(
            !shown.contains("hunter2") && !shown.contains("secret"),
            "{shown}"
        );
    }
}
