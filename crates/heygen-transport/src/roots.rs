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
    /// A PEM text.
    Pem(Vec<u8>),
    /// A PEM file.
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
        let unreadable = |source: BoxError| Error::with_source(ErrorKind::RootCertificates, source);
        let pem = match self {
            Self::Pem(pem) => pem,
            Self::File(path) => std::fs::read(path).map_err(|error| unreadable(error.into()))?,
        };
        let certificates = CertificateDer::pem_slice_iter(&pem)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| unreadable(error.into()))?;
        if certificates.is_empty() {
            return Err(unreadable("there is no certificate in it".into()));
        }
        let mut store = RootCertStore::empty();
        for certificate in &certificates {
            store
                .add(certificate.clone())
                .map_err(|error| unreadable(error.into()))?;
        }
        Ok(certificates)
    }
}
