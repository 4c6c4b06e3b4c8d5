//! What a failure below HTTP means: decided here, once for every transport.

use std::{error::Error, io, iter};

use heygen_client::{TransportError, TransportErrorKind};
use http::StatusCode;
use rustls::{AlertDescription as Alert, CertificateError, Error as TlsError};

use crate::BoxError;

/// Makes the error for a request that a transport cannot send.
#[must_use]
pub fn refused(why: impl Into<BoxError>) -> TransportError {
    TransportError::with_source(TransportErrorKind::Request, why)
}

/// Names the failure of an attempt to connect: a certificate that was refused, settings that do not
/// fit, or anything else, which may pass. A [`TransportError`] is returned as it is.
pub fn connecting(error: impl Into<BoxError>) -> TransportError {
    let error = match error.into().downcast() {
        Ok(named) => return *named,
        Err(error) => error,
    };
    match find(&*error) {
        Some(tls) if is_untrusted(tls) => {
            let hint = distrust(tls);
            let untrusted = TransportError::with_source(TransportErrorKind::Untrusted, error);
            match hint {
                Some(hint) => untrusted.with_hint(hint),
                None => untrusted,
            }
        }
        // The first bytes of the server were not TLS. Later that would be damage on the way.
        Some(TlsError::InvalidMessage(_)) => incompatible(error, NO_TLS),
        Some(tls) => match lasting(tls) {
            Some(hint) => incompatible(error, hint),
            None => TransportError::with_source(TransportErrorKind::Connect, error),
        },
        None => TransportError::with_source(TransportErrorKind::Connect, error),
    }
}

/// Names the failure of a connection on which a request was under way.
///
/// A server that wants a client certificate says so here with TLS 1.3, whose handshake is over
/// before that is known.
pub fn exchanging(error: impl Into<BoxError>) -> TransportError {
    let error = error.into();
    let hint = match find::<TlsError>(&*error) {
        Some(tls) => lasting(tls),
        // The HTTP/2 of hyper keeps of an I/O error only its text.
        None => find(&*error)
            .and_then(alert_in_text)
            .as_ref()
            .and_then(lasting),
    };
    match hint {
        Some(hint) => incompatible(error, hint),
        None => TransportError::with_source(TransportErrorKind::Interrupted, error),
    }
}

fn alert_in_text(error: &io::Error) -> Option<TlsError> {
    let text = error.to_string();
    let mut alerts = (0..=u8::MAX).map(|code| TlsError::AlertReceived(Alert::from(code)));
    alerts.find(|alert| alert.to_string() == text)
}

/// Adds to a lost connection without TLS on which the server sent nothing what that may mean: many
/// servers hang up on a client that does not speak TLS. It cannot be told from one that fails.
#[must_use]
pub fn unanswered(error: TransportError) -> TransportError {
    match error.kind() {
        TransportErrorKind::Interrupted => error.with_hint(MAYBE_TLS),
        _ => error,
    }
}

/// Names an answer that is not HTTP. `input` is what the server sent on a connection without TLS,
/// as far as it is known; a server that speaks TLS there shows by its first two bytes.
pub fn unreadable(input: &[u8], error: impl Into<BoxError>) -> TransportError {
    match input {
        // An alert or a handshake message, of any version that starts with 3.
        [0x15 | 0x16, 3, ..] => incompatible(error, ONLY_TLS),
        _ => TransportError::with_source(TransportErrorKind::Unreadable, error),
    }
}

/// Names the refusal of a proxy to pass a request on, by its status.
#[must_use]
pub fn refused_by_proxy(status: StatusCode) -> TransportError {
    let why = format!("the proxy answered {status}");
    match status.as_u16() {
        // The proxy is busy, or could not reach the server.
        408 | 425 | 429 | 500 | 502..=504 => connecting(why),
        407 => proxy_refused(why, ProxyRefusal::Credential),
        403 | 451 => proxy_refused(why, ProxyRefusal::Rules),
        // Web servers answer `CONNECT` with 400, 404, 405, 501 or a redirect.
        _ => proxy_refused(why, ProxyRefusal::Protocol),
    }
}

/// Names what a proxy said to `CONNECT` that is no answer.
#[must_use]
pub fn not_a_proxy() -> TransportError {
    let why = "what was to be a proxy does not speak HTTP";
    proxy_refused(why, ProxyRefusal::Protocol)
}

/// Why a proxy passes nothing on until a setting changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProxyRefusal {
    /// It wants a credential, or another one.
    Credential,
    /// Its rules forbid this server.
    Rules,
    /// It does not understand what it is asked, and is perhaps no proxy.
    Protocol,
}

/// Names the refusal of a proxy that does not pass by itself.
pub fn proxy_refused(why: impl Into<BoxError>, refusal: ProxyRefusal) -> TransportError {
    let hint = match refusal {
        ProxyRefusal::Credential => PROXY_CREDENTIAL,
        ProxyRefusal::Rules => PROXY_RULES,
        ProxyRefusal::Protocol => NO_PROXY,
    };
    incompatible(why, hint)
}

fn incompatible(error: impl Into<BoxError>, hint: &'static str) -> TransportError {
    TransportError::with_source(TransportErrorKind::Incompatible, error).with_hint(hint)
}

fn is_untrusted(error: &TlsError) -> bool {
    matches!(
        error,
        TlsError::InvalidCertificate(_)
            | TlsError::NoCertificatesPresented
            | TlsError::UnsupportedNameType
            | TlsError::InvalidCertRevocationList(_)
    )
}

/// Returns what to do about a certificate, where that depends on what is wrong with it.
fn distrust(error: &TlsError) -> Option<&'static str> {
    let TlsError::InvalidCertificate(error) = error else {
        return None;
    };
    match error {
        CertificateError::UnknownIssuer => Some(UNKNOWN),
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => Some(TIME),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Some(OTHER_NAME)
        }
        CertificateError::Other(other) => match other.0.downcast_ref::<webpki::Error>()? {
            webpki::Error::CaUsedAsEndEntity => Some(UNKNOWN),
            webpki::Error::UnsupportedCertVersion => Some(OLD_FORM),
            _ => None,
        },
        _ => None,
    }
}

/// Returns what to do about a failure of TLS that does not pass by itself.
fn lasting(error: &TlsError) -> Option<&'static str> {
    match error {
        TlsError::PeerIncompatible(_)
        | TlsError::PeerMisbehaved(_)
        | TlsError::NoApplicationProtocol
        | TlsError::AlertReceived(
            Alert::ProtocolVersion
            | Alert::InsufficientSecurity
            | Alert::InappropriateFallback
            | Alert::NoApplicationProtocol
            | Alert::MissingExtension
            | Alert::UnsupportedExtension
            | Alert::ExportRestriction,
        ) => Some(VERSIONS),
        TlsError::AlertReceived(
            Alert::CertificateRequired
            | Alert::NoCertificate
            | Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied,
        ) => Some(CLIENT_CERTIFICATE),
        // With TLS 1.2 it stands for both.
        TlsError::AlertReceived(Alert::HandshakeFailure) => Some(HANDSHAKE),
        TlsError::AlertReceived(Alert::UnrecognisedName) => Some(NAME),
        _ => None,
    }
}

/// Looks for an error of one type among the causes of another.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// Returns an error and its causes, those that an I/O error was made of included: its source is the
/// source of that one.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| {
        let error: &'a (dyn Error + 'static) = *error;
        let io = error.downcast_ref::<io::Error>();
        match io.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    })
}

const UNKNOWN: &str = "the certificate is self-signed, or from an authority that this machine does not \
                       know: check the base URL; behind a company proxy, or for a server that you \
                       trust, name the root certificate (--root-certificate FILE, in Rust \
                       add_root_certificates_file)";
const TIME: &str =
    "check the clock of this machine; if it is right, the certificate has to be renewed";
const OTHER_NAME: &str = "the certificate is for another name: check the host in the base URL";
const OLD_FORM: &str = "the certificate is of X.509 version 1, which is not supported: make one of \
                        version 3, as openssl req -x509 does";
const MAYBE_TLS: &str = "the server closed the connection without a word: if it speaks TLS on this \
                         port, write https:// in the URL; else try again later";
const VERSIONS: &str = "the server has to speak TLS 1.2 or 1.3 with a current cipher suite; check \
                        the base URL and what stands in front of the server";
const CLIENT_CERTIFICATE: &str = "the server wants a client certificate that it accepts; in Rust pass \
                                  a TLS configuration with one, or use a server that takes the key \
                                  alone";
const HANDSHAKE: &str = "the server shares no TLS version or cipher suite, or it wants a client \
                         certificate; check the base URL and what stands in front of the server";
const NAME: &str = "the server does not know this host name; check the base URL";
const NO_TLS: &str = "the server does not speak TLS on this port; check the port, or write http:// if \
                      that is meant";
const ONLY_TLS: &str = "the server speaks TLS on this port; write https:// in the URL";
const PROXY_CREDENTIAL: &str = "the proxy wants a user name and a password that it accepts: write \
                                them before the host in its URL, as in http://USER:PASSWORD@HOST:PORT, \
                                in HTTPS_PROXY";
const PROXY_RULES: &str = "the rules of the proxy forbid this server; ask for it to be allowed, or \
                           name it in NO_PROXY if it can be reached directly";
const NO_PROXY: &str = "check the URL of the proxy, such as http://HOST:PORT in HTTPS_PROXY: its \
                        scheme, host and port";
