use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::BrandKitStatus;
use crate::{
    BodyEncoding, BrandKitId, Invalid, Method, Operation, Url, invalid::check_length, limits,
};

/// `POST /v3/brand-kits`: reads a brand kit off a website, in the background, usually within two
/// minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateBrandKit {
    /// The public website to read, at most 2 048 characters.
    pub url: Url,
    /// The name of the kit, at most 256 characters; that of the brand, or its domain, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl CreateBrandKit {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(url: Url) -> Self {
        Self { url, name: None }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_length("url", self.url.as_str(), limits::BRAND_KIT_URL_LENGTH)?;
        if let Some(value) = &self.name {
            check_length("name", value, limits::BRAND_KIT_NAME_LENGTH)?;
        }
        Ok(())
    }
}

impl Operation for CreateBrandKit {
    const ID: &'static str = "brand_kits.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/brand-kits";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;
    const STATUS: u16 = 201;

    type Body = Self;
    type Response = CreatedBrandKit;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The brand kit that is being loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedBrandKit {
    /// The brand kit.
    pub brand_kit_id: BrandKitId,
    /// Where it stands.
    pub status: BrandKitStatus,
}

impl CreatedBrandKit {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(brand_kit_id: BrandKitId, status: BrandKitStatus) -> Self {
        Self {
            brand_kit_id,
            status,
        }
    }
}
