//! What passes by itself, and what does not.

use std::{io, sync::Arc};

use heygen_client::{
    TransportError,
    TransportErrorKind::{self, Connect, Incompatible, Interrupted, Unreadable, Untrusted},
};
use heygen_transport::{
    connecting, exchanging, not_a_proxy, refused_by_proxy, unanswered, unreadable,
};
use http::StatusCode;
use rustls::{
    AlertDescription as Alert, CertificateError, Error as TlsError, InvalidMessage,
    PeerIncompatible,
};

#[track_caller]
fn assert_kind(error: &TransportError, kind: TransportErrorKind, hint: &str) {
    assert_eq!(error.kind(), kind, "{error:?}");
    let given = error.hint().unwrap_or_default();
    assert!(given.contains(hint), "{error:?}: {given}");
    assert_eq!(given.is_empty(), hint.is_empty(), "{error:?}: {given}");
}

#[test]
fn failures_of_tls_are_told_apart() {
    let alert = TlsError::AlertReceived;
    for (error, while_connecting, later, hint) in [
        (
            alert(Alert::ProtocolVersion),
            Incompatible,
            Incompatible,
            "TLS 1.2",
        ),
        (
            alert(Alert::InsufficientSecurity),
            Incompatible,
            Incompatible,
            "TLS 1.2",
        ),
        (
            TlsError::PeerIncompatible(PeerIncompatible::Tls12NotOffered),
            Incompatible,
            Incompatible,
            "TLS 1.2",
        ),
        (
            alert(Alert::CertificateRequired),
            Incompatible,
            Incompatible,
            "client certificate",
        ),
        (
            alert(Alert::BadCertificate),
            Incompatible,
            Incompatible,
            "client certificate",
        ),
        (
            alert(Alert::HandshakeFailure),
            Incompatible,
            Incompatible,
            "client certificate",
        ),
        (
            alert(Alert::UnrecognisedName),
            Incompatible,
            Incompatible,
            "host name",
        ),
        (alert(Alert::InternalError), Connect, Interrupted, ""),
        (alert(Alert::CloseNotify), Connect, Interrupted, ""),
        (TlsError::DecryptError, Connect, Interrupted, ""),
        (
            TlsError::InvalidCertificate(CertificateError::BadSignature),
            Untrusted,
            Interrupted,
            "",
        ),
    ] {
        // As tokio-rustls and hyper-rustls wrap it.
        let wrapped =
            || io::Error::other(io::Error::new(io::ErrorKind::InvalidData, error.clone()));
        let hint_of = |kind| if kind == Incompatible { hint } else { "" };
        assert_kind(
            &connecting(wrapped()),
            while_connecting,
            hint_of(while_connecting),
        );
        assert_kind(&exchanging(wrapped()), later, hint_of(later));
    }
    let no_tls = || TlsError::InvalidMessage(InvalidMessage::InvalidContentType);
    assert_kind(&connecting(no_tls()), Incompatible, "http://");
    assert_kind(&exchanging(no_tls()), Interrupted, "");
}

#[test]
fn what_is_wrong_with_a_certificate_decides_what_to_do() {
    let other = |error| CertificateError::Other(rustls::OtherError(Arc::new(error)));
    for (error, hint) in [
        (CertificateError::UnknownIssuer, "--root-certificate"),
        (
            other(webpki::Error::CaUsedAsEndEntity),
            "--root-certificate",
        ),
        (other(webpki::Error::UnsupportedCertVersion), "version 3"),
        (CertificateError::Expired, "clock"),
        (CertificateError::NotValidYet, "clock"),
        (CertificateError::NotValidForName, "another name"),
        (CertificateError::BadSignature, ""),
    ] {
        let error = io::Error::other(TlsError::InvalidCertificate(error));
        assert_kind(&connecting(error), Untrusted, hint);
    }
}

#[test]
fn a_server_without_a_word_may_speak_tls() {
    let lost = exchanging(io::Error::from(io::ErrorKind::UnexpectedEof));
    assert_kind(&unanswered(lost), Interrupted, "https://");
    assert_kind(&unanswered(unreadable(b"SSH", "no head")), Unreadable, "");
}

#[test]
fn what_is_named_already_keeps_its_name() {
    let named = unreadable(b"SSH", "no head");
    assert_kind(&connecting(named), Unreadable, "");
}

#[test]
fn failures_of_a_connection_may_pass() {
    for kind in [
        io::ErrorKind::ConnectionReset,
        io::ErrorKind::UnexpectedEof,
        io::ErrorKind::InvalidData,
    ] {
        assert_kind(&exchanging(io::Error::from(kind)), Interrupted, "");
        assert_kind(&connecting(io::Error::from(kind)), Connect, "");
    }
}

/// The HTTP/2 of hyper keeps of an I/O error only its text.
#[test]
fn an_alert_is_known_by_its_text() {
    for (text, kind, hint) in [
        (
            "received fatal alert: CertificateRequired",
            Incompatible,
            "client certificate",
        ),
        ("received fatal alert: InternalError", Interrupted, ""),
        ("CertificateRequired", Interrupted, ""),
    ] {
        let error = io::Error::new(io::ErrorKind::InvalidData, text);
        assert_kind(&exchanging(error), kind, hint);
    }
}

#[test]
fn refusals_of_a_proxy_name_its_status() {
    for (status, kind, hint) in [
        (407, Incompatible, "password"),
        (403, Incompatible, "rules of the proxy"),
        (451, Incompatible, "rules of the proxy"),
        (302, Incompatible, "URL of the proxy"),
        (400, Incompatible, "URL of the proxy"),
        (404, Incompatible, "URL of the proxy"),
        (405, Incompatible, "URL of the proxy"),
        (501, Incompatible, "URL of the proxy"),
        (429, Connect, ""),
        (502, Connect, ""),
        (504, Connect, ""),
    ] {
        let error = refused_by_proxy(StatusCode::from_u16(status).unwrap());
        assert_kind(&error, kind, hint);
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains(&status.to_string()), "{source}");
    }
    assert_kind(&not_a_proxy(), Incompatible, "URL of the proxy");
}
