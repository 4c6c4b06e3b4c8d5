use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{FontId, Invalid, LogoId, invalid::check_range, limits};

/// Which colours are used for what. A role may name a colour outside the kit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ColorRoles {
    /// The first choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary: Option<String>,
    /// The second choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secondary: Option<String>,
    /// The third choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tertiary: Option<String>,
    /// The colour for what is to stand out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
}

impl ColorRoles {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            primary: None,
            secondary: None,
            tertiary: None,
            accent: None,
        }
    }
}

/// Which logo is used for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LogoRoles {
    /// The first choice: in a request a logo of this kit that is fully imported; in an answer it may
    /// have been deleted since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary: Option<LogoId>,
}

impl LogoRoles {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self { primary: None }
    }
}

/// Which fonts are used for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FontRoles {
    /// The font of titles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_text: Option<FontRole>,
    /// The font of other text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_text: Option<FontRole>,
}

impl FontRoles {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            title_text: None,
            body_text: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.title_text {
            value
                .validate()
                .map_err(|invalid| invalid.within("title_text"))?;
        }
        if let Some(value) = &self.body_text {
            value
                .validate()
                .map_err(|invalid| invalid.within("body_text"))?;
        }
        Ok(())
    }
}

/// A font in a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FontRole {
    /// The font.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font_id: Option<FontId>,
    /// How bold it is, 1 to 1 000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
}

impl FontRole {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            font_id: None,
            weight: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.weight {
            check_range("weight", value, limits::BRAND_KIT_WEIGHT)?;
        }
        Ok(())
    }
}
