mod avatar;
mod cinematic_avatar;
mod engine;
mod image;
mod options;
mod sound;
mod studio;
mod studio_scene;

use serde::{Deserialize, Serialize};

use super::VideoStatus;
use crate::{BodyEncoding, Invalid, Method, Operation, VideoId};

pub use avatar::AvatarVideo;
pub use cinematic_avatar::CinematicAvatarVideo;
pub use engine::AvatarEngine;
pub use image::ImageVideo;
pub use options::{Expressiveness, OutputFormat, VideoFit, VideoResolution};
pub use studio::StudioVideo;
pub use studio_scene::{
    ImageScene, ScenePlayback, ScenePlaybackMode, StudioAvatar, StudioBackground, StudioInput,
    StudioScene, VideoClipScene,
};

/// `POST /v3/videos`: makes a video of an avatar, a picture, a prompt or several scenes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CreateVideo {
    /// An avatar speaks.
    Avatar(AvatarVideo),
    /// A picture speaks.
    Image(ImageVideo),
    /// Avatars act in a scene.
    CinematicAvatar(CinematicAvatarVideo),
    /// Several scenes.
    Studio(StudioVideo),
}

impl From<AvatarVideo> for CreateVideo {
    fn from(value: AvatarVideo) -> Self {
        Self::Avatar(value)
    }
}

impl From<ImageVideo> for CreateVideo {
    fn from(value: ImageVideo) -> Self {
        Self::Image(value)
    }
}

impl From<CinematicAvatarVideo> for CreateVideo {
    fn from(value: CinematicAvatarVideo) -> Self {
        Self::CinematicAvatar(value)
    }
}

impl From<StudioVideo> for CreateVideo {
    fn from(value: StudioVideo) -> Self {
        Self::Studio(value)
    }
}

impl CreateVideo {
    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        match self {
            Self::Avatar(video) => video.validate(),
            Self::Image(video) => video.validate(),
            Self::CinematicAvatar(video) => video.validate(),
            Self::Studio(video) => video.validate(),
        }
    }

    /// Checks a video that is one of a batch.
    pub(crate) fn check_in_batch(&self) -> Result<(), Invalid> {
        let folder = match self {
            Self::Avatar(video) => &video.folder_id,
            Self::Image(video) => &video.folder_id,
            Self::CinematicAvatar(video) => &video.folder_id,
            Self::Studio(video) => &video.folder_id,
        };
        if folder.is_some() {
            let problem = "is given, but only the batch as a whole can have a folder";
            return Err(Invalid::new("folder_id", problem));
        }
        self.validate()
    }
}

impl Operation for CreateVideo {
    const ID: &'static str = "videos.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/videos";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = Self;
    type Response = CreatedVideo;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The video that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedVideo {
    /// Where it stands: `waiting`, a value that is not in the documented list.
    pub status: VideoStatus,
    /// The video.
    pub video_id: VideoId,
    /// The container of the video.
    #[serde(default)]
    pub output_format: Option<OutputFormat>,
}

impl CreatedVideo {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(status: VideoStatus, video_id: VideoId) -> Self {
        Self {
            status,
            video_id,
            output_format: None,
        }
    }
}
