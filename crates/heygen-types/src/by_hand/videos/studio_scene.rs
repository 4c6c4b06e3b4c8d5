use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    Invalid,
    invalid::check_color,
    videos::{ImageScene, StudioAvatar, VideoClipScene},
};

/// One scene of a [`StudioVideo`](crate::videos::StudioVideo).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum StudioScene {
    /// An avatar speaks.
    AvatarVideo {
        /// The avatar.
        input: StudioInput,
    },
    /// A picture is shown.
    Image(ImageScene),
    /// A clip is played.
    Video(VideoClipScene),
}

impl StudioScene {
    /// Creates a scene in which an avatar speaks.
    #[must_use]
    pub const fn avatar(avatar: StudioAvatar) -> Self {
        Self::AvatarVideo {
            input: StudioInput::Avatar(avatar),
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        match self {
            Self::AvatarVideo {
                input: StudioInput::Avatar(avatar),
            } => avatar.validate().map_err(|invalid| invalid.within("input")),
            Self::Image(scene) => scene.validate(),
            Self::Video(scene) => scene.validate(),
        }
    }
}

impl From<ImageScene> for StudioScene {
    fn from(scene: ImageScene) -> Self {
        Self::Image(scene)
    }
}

impl From<VideoClipScene> for StudioScene {
    fn from(scene: VideoClipScene) -> Self {
        Self::Video(scene)
    }
}

/// What speaks in a scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum StudioInput {
    /// An avatar.
    Avatar(StudioAvatar),
}

/// What is behind the avatar of a scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum StudioBackground {
    /// A colour.
    Color {
        /// The colour, such as `#1a2b3c`.
        color: String,
    },
}

impl StudioBackground {
    /// Creates a background of one color, such as `#1a2b3c`.
    pub fn color(color: impl Into<String>) -> Self {
        Self::Color {
            color: color.into(),
        }
    }

    /// Checks that the colour is written as the API takes it.
    ///
    /// # Errors
    ///
    /// Names the colour when it is not six hexadecimal digits after a `#`.
    pub fn validate(&self) -> Result<(), Invalid> {
        let Self::Color { color } = self;
        check_color("color", color)
    }
}
