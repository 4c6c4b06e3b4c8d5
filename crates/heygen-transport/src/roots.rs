use std::path::PathBuf;

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

use crate::{BoxError, Error, ErrorKind};

/// Root certificates that a user brings along.
#[derive(Debug)]
#[non_exhaustive]
pub enum Roots {
    /// A PEM text, or one certificate as DER.
    Pem(Vec<u8>),
    /// A file with either.
    File(PathBuf),
}

impl Roots {
    /// Reads the certificates, each of which must be one that can be trusted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::RootCertificates`] when the file cannot be read, when there is no certificate
    /// in it, or one that is broken.
    pub fn read(self) -> Result<Vec<CertificateDer<'static>>, Error> {
        let (read, place) = match self {
            Self::Pem(bytes) => (parse(&bytes), None),
            Self::File(path) => {
                let bytes = std::fs::read(&path).map_err(BoxError::from);
                (bytes.and_then(|bytes| parse(&bytes)), Some(path))
            }
        };
        read.map_err(|problem| {
            let source: BoxError = match place {
                Some(path) => format!("{}: {problem}", path.display()).into(),
                None => problem,
            };
            Error::with_source(ErrorKind::RootCertificates, source)
        })
    }
}

fn parse(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, BoxError> {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let is_der = bytes.first() == Some(&SEQUENCE);
    let certificates = match is_der {
        true => vec![CertificateDer::from(bytes.to_vec())],
        // What the parser says quotes the file byte by byte.
        false => CertificateDer::pem_slice_iter(bytes)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| "the PEM text in it is damaged or cut off")?,
    };
    if certificates.is_empty() {
        return Err("there is no certificate in it, neither as PEM nor as DER".into());
    }
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        store.add(certificate.clone())?;
    }
    Ok(certificates)
}

/// The byte-order mark of UTF-8, which some editors put before a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// How a certificate begins in DER, and no PEM file does.
const SEQUENCE: u8 = 0x30;
