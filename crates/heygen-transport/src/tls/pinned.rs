use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::WebPkiSupportedAlgorithms,
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

/// A verifier that also accepts a server whose own certificate was named as a root.
///
/// `openssl req -x509` makes a certificate that is its own authority, and the rules for chains refuse
/// an authority as a server. Whoever names exactly this certificate trusts this server, as with curl and
/// OpenSSL; its name and its time are checked all the same, and the handshake proves its key.
#[derive(Debug)]
pub(super) struct Pinned {
    pub(super) rest: Arc<dyn ServerCertVerifier>,
    pub(super) certificates: Vec<CertificateDer<'static>>,
    pub(super) algorithms: WebPkiSupportedAlgorithms,
}

impl Pinned {
    fn accepts(
        &self,
        certificate: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<bool, Error> {
        if !self.certificates.iter().any(|known| known == certificate) {
            return Ok(false);
        }
        let checked = verify_server_name(&ParsedCertificate::try_from(certificate)?, name);
        let (Ok(anchor), Ok(parsed)) = (
            webpki::anchor_from_trusted_cert(certificate),
            webpki::EndEntityCert::try_from(certificate),
        ) else {
            return Ok(false);
        };
        if let Err(error) = checked
            && !(is_without_names(&error) && is_common_name(parsed.subject(), name))
        {
            return Err(error);
        }
        let anchors = [anchor];
        let verified = parsed.verify_for_usage(
            self.algorithms.all,
            &anchors,
            &[],
            now,
            webpki::KeyUsage::server_auth(),
            None,
            None,
        );
        // The time is checked before the role is, which a test holds it to.
        Ok(matches!(
            verified,
            Ok(_) | Err(webpki::Error::CaUsedAsEndEntity)
        ))
    }
}

fn is_without_names(error: &Error) -> bool {
    matches!(
        error,
        Error::InvalidCertificate(CertificateError::NotValidForNameContext { presented, .. })
            if presented.is_empty()
    )
}

/// Compares a name with the common name in a subject, as OpenSSL does for a certificate without
/// others: `openssl req -x509 -subj /CN=…` makes them.
fn is_common_name(subject: &[u8], name: &ServerName<'_>) -> bool {
    let after = subject
        .windows(COMMON_NAME.len())
        .position(|bytes| bytes == COMMON_NAME)
        .and_then(|at| subject.get(at + COMMON_NAME.len()..));
    // The tag of a string, its length, and its bytes.
    let Some([_, len_bytes, rest @ ..]) = after else {
        return false;
    };
    let common_name = rest.get(..usize::from(*len_bytes));
    common_name.is_some_and(|bytes| bytes.eq_ignore_ascii_case(name.to_str().as_bytes()))
}

/// The object identifier 2.5.4.3 in DER.
const COMMON_NAME: &[u8] = &[6, 3, 0x55, 4, 3];

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.accepts(end_entity, server_name, now)? {
            return Ok(ServerCertVerified::assertion());
        }
        self.rest
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rest.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rest.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.rest.supported_verify_schemes()
    }
}
