use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{Expressiveness, Trim};
use crate::{AvatarId, ElementId, Json, Url, avatars::AvatarEngineType, open_enum::open_enum};

/// Something on the screen. The set is open: of other kinds only the id and the type are sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SceneElement {
    /// An avatar.
    Avatar(AvatarElement),
    /// A picture.
    Image(ImageElement),
    /// A clip.
    Video(VideoElement),
    /// Elements that belong together.
    Group(ContainerElement),
    /// Elements that are seen through a shape.
    Mask(ContainerElement),
    /// A kind that this version does not know, kept as it came.
    #[serde(untagged)]
    Unknown(Json),
}

impl From<AvatarElement> for SceneElement {
    fn from(value: AvatarElement) -> Self {
        Self::Avatar(value)
    }
}

impl From<ImageElement> for SceneElement {
    fn from(value: ImageElement) -> Self {
        Self::Image(value)
    }
}

impl From<VideoElement> for SceneElement {
    fn from(value: VideoElement) -> Self {
        Self::Video(value)
    }
}

/// An avatar in a scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AvatarElement {
    /// The id.
    pub id: ElementId,
    /// The avatar look.
    pub avatar_id: AvatarId,
    /// The engine that animates the avatar.
    #[serde(default)]
    pub engine: Option<AvatarEngineType>,
    /// How lively the avatar is.
    #[serde(default)]
    pub expressiveness: Option<Expressiveness>,
    /// How the avatar is to move.
    #[serde(default)]
    pub motion_prompt: Option<String>,
}

impl AvatarElement {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: ElementId, avatar_id: AvatarId) -> Self {
        Self {
            id,
            avatar_id,
            engine: None,
            expressiveness: None,
            motion_prompt: None,
        }
    }
}

/// A picture in a scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ImageElement {
    /// The id.
    pub id: ElementId,
    /// Where it can be fetched.
    #[serde(default)]
    pub url: Option<Url>,
}

impl ImageElement {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: ElementId) -> Self {
        Self { id, url: None }
    }
}

/// A clip in a scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoElement {
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

impl VideoElement {
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

/// Elements that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ContainerElement {
    /// The id.
    pub id: ElementId,
    /// The elements inside it.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub children: Vec<SceneElement>,
}

impl ContainerElement {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: ElementId) -> Self {
        Self {
            id,
            children: Vec::new(),
        }
    }
}

open_enum! {
    /// How a video of another length than its scene is played.
    VideoPlayback {
        /// Its last frame stays.
        Freeze = "freeze",
        /// It begins again.
        Loop = "loop",
        /// Slower or faster, to fit.
        FitToScene = "fit_to_scene",
        /// The scene lasts as long as the video.
        FullVideo = "full_video",
    }
}
