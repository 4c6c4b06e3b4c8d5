use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{AssetId, Invalid, MediaType, Url};

/// A file for an operation that takes all three kinds: an uploaded asset, a URL, or the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum AssetInput {
    /// A file that was uploaded before.
    AssetId {
        /// The id that the upload gave.
        asset_id: AssetId,
    },
    /// A file that HeyGen fetches itself, at most "32 MB".
    Url {
        /// A public HTTPS URL.
        url: Url,
    },
    /// The file itself, about a third larger on the wire.
    Base64 {
        /// The type of the bytes.
        media_type: MediaType,
        /// The bytes.
        data: Base64Data,
    },
}

impl AssetInput {
    /// Refers to an uploaded asset.
    #[must_use]
    pub const fn asset(asset_id: AssetId) -> Self {
        Self::AssetId { asset_id }
    }

    /// Refers to a public URL.
    #[must_use]
    pub const fn url(url: Url) -> Self {
        Self::Url { url }
    }

    /// Carries the bytes, already encoded as base64.
    #[must_use]
    pub const fn base64(media_type: MediaType, data: Base64Data) -> Self {
        Self::Base64 { media_type, data }
    }
}

impl From<AssetId> for AssetInput {
    fn from(asset_id: AssetId) -> Self {
        Self::asset(asset_id)
    }
}

impl From<Url> for AssetInput {
    fn from(url: Url) -> Self {
        Self::url(url)
    }
}

impl From<AssetLink> for AssetInput {
    fn from(link: AssetLink) -> Self {
        match link {
            AssetLink::AssetId { asset_id } => Self::AssetId { asset_id },
            AssetLink::Url { url } => Self::Url { url },
        }
    }
}

/// A file for an operation that refuses base64: an uploaded asset or a URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum AssetLink {
    /// A file that was uploaded before.
    AssetId {
        /// The id that the upload gave.
        asset_id: AssetId,
    },
    /// A file that HeyGen fetches itself, at most "32 MB".
    Url {
        /// A public HTTPS URL.
        url: Url,
    },
}

impl AssetLink {
    /// Makes something of the asset or of the URL, whichever it is.
    pub fn either<T>(self, asset: impl FnOnce(AssetId) -> T, url: impl FnOnce(Url) -> T) -> T {
        match self {
            Self::AssetId { asset_id } => asset(asset_id),
            Self::Url { url: link } => url(link),
        }
    }

    /// Refers to an uploaded asset.
    #[must_use]
    pub const fn asset(asset_id: AssetId) -> Self {
        Self::AssetId { asset_id }
    }

    /// Refers to a public URL.
    #[must_use]
    pub const fn url(url: Url) -> Self {
        Self::Url { url }
    }
}

impl From<AssetId> for AssetLink {
    fn from(asset_id: AssetId) -> Self {
        Self::asset(asset_id)
    }
}

impl From<Url> for AssetLink {
    fn from(url: Url) -> Self {
        Self::url(url)
    }
}

impl TryFrom<AssetInput> for AssetLink {
    type Error = Invalid;

    /// Takes an uploaded asset or a URL; bytes inside a request have no link.
    fn try_from(input: AssetInput) -> Result<Self, Invalid> {
        match input {
            AssetInput::AssetId { asset_id } => Ok(Self::AssetId { asset_id }),
            AssetInput::Url { url } => Ok(Self::Url { url }),
            AssetInput::Base64 { .. } => Err(Invalid::new(
                "type",
                "is base64, which is not taken here: upload the file and pass its asset_id",
            )),
        }
    }
}

/// The content of a file as base64 text. `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Base64Data(String);

impl Base64Data {
    /// Wraps text that is base64 already.
    pub fn new(encoded: impl Into<String>) -> Self {
        Self(encoded.into())
    }

    /// Returns the encoded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Base64Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64Data({} characters)", self.0.len())
    }
}
