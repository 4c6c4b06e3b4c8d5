use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{ColorRoles, FontRoles, LogoRoles};
use crate::{BrandKitId, FontId, Job, JobState, LogoId, Url, open_enum::open_enum};

/// A brand kit: colours, logos and fonts. It is provisional while it loads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BrandKit {
    /// The brand kit.
    pub brand_kit_id: BrandKitId,
    /// The name of the kit.
    pub name: String,
    /// Where it stands.
    pub status: BrandKitStatus,
    /// The colours, in hexadecimal.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub colors: Vec<String>,
    /// Which colours are used for what.
    #[serde(default)]
    pub color_roles: Option<ColorRoles>,
    /// The logos.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub logos: Vec<Logo>,
    /// Which logo is used for what.
    #[serde(default)]
    pub logo_roles: Option<LogoRoles>,
    /// The fonts.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub fonts: Vec<Font>,
    /// Which fonts are used for what.
    #[serde(default)]
    pub font_roles: Option<FontRoles>,
}

impl BrandKit {
    /// Makes one of the fields that are always there.
    pub fn new(brand_kit_id: BrandKitId, name: impl Into<String>, status: BrandKitStatus) -> Self {
        Self {
            brand_kit_id,
            name: name.into(),
            status,
            colors: Vec::new(),
            color_roles: None,
            logos: Vec::new(),
            logo_roles: None,
            fonts: Vec::new(),
            font_roles: None,
        }
    }
}

impl Job for BrandKit {
    fn state(&self) -> JobState<'_> {
        match self.status {
            BrandKitStatus::Completed => JobState::Completed,
            BrandKitStatus::Error => JobState::Failed {
                code: None,
                message: None,
            },
            _ => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_str()
    }
}

/// A logo of a brand kit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Logo {
    /// The logo.
    pub logo_id: LogoId,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// Where it can be fetched.
    #[serde(default)]
    pub url: Option<Url>,
}

impl Logo {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(logo_id: LogoId) -> Self {
        Self {
            logo_id,
            name: None,
            url: None,
        }
    }
}

/// A font of a brand kit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Font {
    /// The font.
    pub font_id: FontId,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
}

impl Font {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(font_id: FontId) -> Self {
        Self {
            font_id,
            name: None,
        }
    }
}

open_enum! {
    /// Where the import of a brand kit stands.
    BrandKitStatus {
        /// The website is being read; what is there is provisional.
        Loading = "loading",
        /// The kit is complete.
        Completed = "completed",
        /// The website could not be read.
        Error = "error",
    }
}
