use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::VideoPlayback;
use crate::{ElementId, Json, Url};

/// What is behind a scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SceneBackground {
    /// A colour.
    Color(ColorBackground),
    /// A picture.
    Image(ImageBackground),
    /// A clip.
    Video(ClipBackground),
    /// A kind that this version does not know, kept as it came.
    #[serde(untagged)]
    Unknown(Json),
}

impl From<ColorBackground> for SceneBackground {
    fn from(value: ColorBackground) -> Self {
        Self::Color(value)
    }
}

impl From<ImageBackground> for SceneBackground {
    fn from(value: ImageBackground) -> Self {
        Self::Image(value)
    }
}

impl From<ClipBackground> for SceneBackground {
    fn from(value: ClipBackground) -> Self {
        Self::Video(value)
    }
}

/// A colour as background.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ColorBackground {
    /// The colour, such as `#1a2b3c`.
    pub color: String,
}

impl ColorBackground {
    /// Makes one of the fields that are always there.
    pub fn new(color: impl Into<String>) -> Self {
        Self {
            color: color.into(),
        }
    }
}

/// A picture as background.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ImageBackground {
    /// The id.
    pub id: ElementId,
    /// Where it can be fetched.
    #[serde(default)]
    pub url: Option<Url>,
}

impl ImageBackground {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: ElementId) -> Self {
        Self { id, url: None }
    }
}

/// A clip as background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClipBackground {
    /// The id.
    pub id: ElementId,
    /// Where it can be fetched; it may be absent and expires.
    #[serde(default)]
    pub url: Option<Url>,
    /// How the clip is played.
    #[serde(default)]
    pub playback: Option<VideoPlayback>,
    /// The part that is used.
    #[serde(default)]
    pub trim: Option<Trim>,
    /// How loud it is.
    #[serde(default)]
    pub volume: Option<f64>,
    /// How fast it is played.
    #[serde(default)]
    pub speed_multiplier: Option<f64>,
}

impl ClipBackground {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: ElementId) -> Self {
        Self {
            id,
            url: None,
            playback: None,
            trim: None,
            volume: None,
            speed_multiplier: None,
        }
    }
}

/// The part of a clip that is used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Trim {
    /// Where it begins, in seconds.
    pub start_offset: f64,
    /// Where it ends, in seconds.
    pub end_offset: f64,
}

impl Trim {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(start_offset: f64, end_offset: f64) -> Self {
        Self {
            start_offset,
            end_offset,
        }
    }
}
