use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{AssetId, Invalid, Url, open_enum::open_enum};

/// What is behind an avatar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoBackground {
    /// A colour or an image.
    pub r#type: BackgroundType,
    /// An image that was uploaded before, in place of a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset_id: Option<AssetId>,
    /// The URL of an image, in place of an asset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// The colour, such as `#1a2b3c`, when the type is `color`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl VideoBackground {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(r#type: BackgroundType) -> Self {
        Self {
            r#type,
            asset_id: None,
            url: None,
            value: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        match self.r#type {
            BackgroundType::Color if self.value.is_none() => {
                Err(Invalid::new("value", "is missing, the type is color"))
            }
            BackgroundType::Image if self.url.is_none() && self.asset_id.is_none() => Err(
                Invalid::new("url", "is missing, and asset_id too; the type is image"),
            ),
            _ if self.url.is_some() && self.asset_id.is_some() => Err(Invalid::new(
                "url",
                "is given beside asset_id; they exclude each other",
            )),
            _ => Ok(()),
        }?;
        Ok(())
    }
}

open_enum! {
    /// What a background is.
    BackgroundType {
        /// A colour.
        Color = "color",
        /// An image.
        Image = "image",
    }
}
