use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{SceneBackground, SceneElement, SceneScript, VideoResolution};
use crate::{AspectRatio, BrandGlossaryId, SceneId, VideoId};

/// A video with its scenes as they are now, later edits included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoScenes {
    /// The video.
    pub video_id: VideoId,
    /// What holds for all scenes.
    pub video: SceneVideo,
    /// All the scenes; they are never paged.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub scenes: Vec<VideoScene>,
}

impl VideoScenes {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(video_id: VideoId, video: SceneVideo) -> Self {
        Self {
            video_id,
            video,
            scenes: Vec::new(),
        }
    }
}

/// What holds for all scenes of a video.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SceneVideo {
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// The shape of the picture.
    #[serde(default)]
    pub aspect_ratio: Option<AspectRatio>,
    /// The resolution.
    #[serde(default)]
    pub resolution: Option<VideoResolution>,
    /// Whether there are captions.
    #[serde(default)]
    pub caption: Option<SceneCaption>,
    /// The glossary.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub brand_glossary_id: Option<BrandGlossaryId>,
}

impl SceneVideo {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            title: None,
            aspect_ratio: None,
            resolution: None,
            caption: None,
            brand_glossary_id: None,
        }
    }
}

/// Whether there are captions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SceneCaption {
    /// Whether captions are switched on.
    pub enabled: bool,
}

impl SceneCaption {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(enabled: bool) -> Self {
        Self { enabled }
    }
}

/// One scene of a video.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoScene {
    /// The id.
    pub id: SceneId,
    /// What is behind.
    #[serde(default)]
    pub background: Option<SceneBackground>,
    /// What is on the screen.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub elements: Vec<SceneElement>,
    /// What is said, in order.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub script: Vec<SceneScript>,
}

impl VideoScene {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: SceneId) -> Self {
        Self {
            id,
            background: None,
            elements: Vec::new(),
            script: Vec::new(),
        }
    }
}
