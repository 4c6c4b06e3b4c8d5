use alloc::string::String;
use core::fmt;

use heygen_types::{ByteSize, Invalid, MediaType, Sha256Digest};
use serde::{Deserialize, Serialize};

/// What is to be uploaded: everything the machine has to know of a file. The bytes stay with the
/// driver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// The name of the file, as the API shall know it.
    pub file_name: String,
    /// The type of the file.
    pub media_type: MediaType,
    /// The exact size of the file.
    pub size: ByteSize,
    /// The digest, when it is known already.
    pub digest: Option<Sha256Digest>,
    /// What is done to make sure that the right bytes were stored.
    pub checksum: Checksum,
    /// Which way the file goes.
    pub route: Route,
}

impl Plan {
    /// Plans an upload by the automatic route, with the digest declared before the bytes are sent.
    ///
    /// # Errors
    ///
    /// A file without bytes cannot be uploaded: the API takes positive sizes only.
    pub fn new(
        file_name: impl Into<String>,
        media_type: MediaType,
        size: ByteSize,
    ) -> Result<Self, Invalid> {
        if size.bytes() == 0 {
            return Err(Invalid::new(
                "size_bytes",
                "the file is empty, the API takes at least one byte",
            ));
        }
        Ok(Self {
            file_name: file_name.into(),
            media_type,
            size,
            digest: None,
            checksum: Checksum::Declared,
            route: Route::Auto,
        })
    }
}

/// Which way a file goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Route {
    /// One request for what fits into one, a direct upload for the rest.
    #[default]
    Auto,
    /// One multipart request.
    Single,
    /// Create, put, complete.
    Direct,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Single => "single",
            Self::Direct => "direct",
        })
    }
}

/// What is done to make sure that the right bytes were stored by a direct upload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Checksum {
    /// The file is hashed first; storage refuses any other bytes, and the API checks again.
    #[default]
    Declared,
    /// The file is hashed while it is sent; the API checks when the upload is completed.
    Completion,
    /// Nothing is hashed. Size and type are still compared.
    Off,
}
