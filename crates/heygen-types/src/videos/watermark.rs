use serde::{Deserialize, Serialize};

use crate::{
    AssetInput, Invalid,
    invalid::{check_above, check_range},
    limits,
    open_enum::open_enum,
};

/// A watermark; PNG or JPEG, enterprise only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Watermark {
    /// The picture.
    pub image: AssetInput,
    /// How opaque it is, 0 to 1; the API's default is `1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opacity: Option<f64>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<WatermarkPlacement>,
    /// How large it is, above 0 and at most 2; the API's default is `1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<f64>,
}

impl Watermark {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(image: AssetInput) -> Self {
        Self {
            image,
            opacity: None,
            placement: None,
            scale: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.opacity {
            check_range("opacity", value, limits::WATERMARK_OPACITY)?;
        }
        if let Some(value) = &self.placement {
            value
                .validate()
                .map_err(|invalid| invalid.within("placement"))?;
        }
        if let Some(value) = &self.scale {
            check_above("scale", *value, 0.0, limits::WATERMARK_SCALE_MAX)?;
        }
        Ok(())
    }
}

/// Where a watermark stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WatermarkPlacement {
    /// How far to the right, as a fraction of the width, -1 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_x: Option<f64>,
    /// How far down, as a fraction of the height, -1 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_y: Option<f64>,
    /// The corner; the API's default is `bottom_right`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<WatermarkPosition>,
}

impl WatermarkPlacement {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            offset_x: None,
            offset_y: None,
            position: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.offset_x {
            check_range("offset_x", value, limits::WATERMARK_OFFSET_X)?;
        }
        if let Some(value) = &self.offset_y {
            check_range("offset_y", value, limits::WATERMARK_OFFSET_Y)?;
        }
        Ok(())
    }
}

open_enum! {
    /// The corner of a watermark.
    WatermarkPosition {
        /// Top left.
        TopLeft = "top_left",
        /// Top right.
        TopRight = "top_right",
        /// Bottom left.
        BottomLeft = "bottom_left",
        /// Bottom right.
        BottomRight = "bottom_right",
    }
}
