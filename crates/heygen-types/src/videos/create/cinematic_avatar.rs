use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    AspectRatio, AssetInput, AvatarId, FolderId, Invalid,
    invalid::{check_count, check_length, check_range},
    limits,
    videos::VideoResolution,
};

/// A scene with avatars, made from a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CinematicAvatarVideo {
    /// The looks that take part, 1 to 3.
    pub avatar_id: Vec<AvatarId>,
    /// What happens in the scene, 1 to 10 000 characters.
    pub prompt: String,
    /// The shape of the video; the API's default is `16:9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
    /// Whether the API chooses the length; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_duration: Option<bool>,
    /// How long the video is to be, in whole seconds, 4 to 15; 10 when absent. Leave it out beside
    /// `auto_duration`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<u32>,
    /// Whether the API writes the prompt out in more detail first; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enhance_prompt: Option<bool>,
    /// Pictures and clips to go by. Counted together with `avatar_id`, there are at most 3 clips
    /// and 9 pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<Vec<AssetInput>>,
    /// The resolution; the API's default is `720p`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<VideoResolution>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The folder that the video goes into; the root when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
}

impl CinematicAvatarVideo {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(avatar_id: Vec<AvatarId>, prompt: impl Into<String>) -> Self {
        Self {
            avatar_id,
            prompt: prompt.into(),
            aspect_ratio: None,
            auto_duration: None,
            duration: None,
            enhance_prompt: None,
            references: None,
            resolution: None,
            title: None,
            folder_id: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_count(
            "avatar_id",
            self.avatar_id.len(),
            limits::CINEMATIC_AVATAR_ID_COUNT,
        )?;
        check_length("prompt", &self.prompt, limits::CINEMATIC_PROMPT_LENGTH)?;
        if let Some(value) = &self.duration {
            check_range("duration", value, limits::CINEMATIC_DURATION)?;
        }
        if self.auto_duration == Some(true) && self.duration.is_some() {
            return Err(Invalid::new(
                "duration",
                "is given beside auto_duration, which chooses it",
            ));
        }
        Ok(())
    }
}
