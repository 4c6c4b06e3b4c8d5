use alloc::{string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{BrandKit, ColorRoles, FontRoles, LogoRoles};
use crate::{BodyEncoding, BrandKitId, Invalid, Method, Operation, invalid::check_length, limits};

/// `PATCH /v3/brand-kits/{brand_kit_id}`: changes a brand kit. A role object that is sent replaces
/// the old one, an empty one clears it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpdateBrandKit {
    /// The brand kit.
    pub brand_kit_id: BrandKitId,
    /// What is sent.
    pub body: UpdateBrandKitBody,
}

impl UpdateBrandKit {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(brand_kit_id: BrandKitId) -> Self {
        Self {
            brand_kit_id,
            body: UpdateBrandKitBody::new(),
        }
    }
}

impl Operation for UpdateBrandKit {
    const ID: &'static str = "brand_kits.update";
    const METHOD: Method = Method::Patch;
    const PATH: &'static str = "/v3/brand-kits/{brand_kit_id}";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = UpdateBrandKitBody;
    type Response = BrandKit;

    fn body(&self) -> &UpdateBrandKitBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.brand_kit_id.as_str()]
    }

    fn validate_body(body: &UpdateBrandKitBody) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The body of [`UpdateBrandKit`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateBrandKitBody {
    /// The new name, 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Which colours are used for what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color_roles: Option<ColorRoles>,
    /// Which logo is used for what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_roles: Option<LogoRoles>,
    /// Which fonts are used for what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font_roles: Option<FontRoles>,
}

impl UpdateBrandKitBody {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            name: None,
            color_roles: None,
            logo_roles: None,
            font_roles: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.name {
            check_length("name", value, limits::BRAND_KIT_NEW_NAME_LENGTH)?;
        }
        if let Some(value) = &self.font_roles {
            value
                .validate()
                .map_err(|invalid| invalid.within("font_roles"))?;
        }
        if *self == Self::new() {
            return Err(Invalid::new(
                "body",
                "changes nothing; at least one field is needed",
            ));
        }
        Ok(())
    }
}
