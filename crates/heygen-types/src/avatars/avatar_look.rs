use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::AvatarStatus;
use crate::{
    AvatarGroupId, AvatarId, CodedError, Job, JobState, Url, VoiceId, open_enum::open_enum,
};

/// One look of an avatar. Its id is what videos take as `avatar_id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AvatarLook {
    /// What it was made of.
    pub avatar_type: AvatarType,
    /// The id.
    pub id: AvatarId,
    /// The name.
    pub name: String,
    /// The voice that is used when none is named.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub default_voice_id: Option<VoiceId>,
    /// What went wrong.
    #[serde(default)]
    pub error: Option<CodedError>,
    /// The gender, in the server's words.
    #[serde(default)]
    pub gender: Option<String>,
    /// The group that it belongs to.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub group_id: Option<AvatarGroupId>,
    /// The height of its picture in pixels.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub image_height: Option<u32>,
    /// The width of its picture in pixels.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub image_width: Option<u32>,
    /// The orientation that suits it.
    #[serde(default)]
    pub preferred_orientation: Option<AvatarOrientation>,
    /// Where a picture of it can be fetched.
    #[serde(default)]
    pub preview_image_url: Option<Url>,
    /// Where a short video of it can be fetched.
    #[serde(default)]
    pub preview_video_url: Option<Url>,
    /// Where it stands.
    #[serde(default)]
    pub status: Option<AvatarStatus>,
    /// The engines that can animate it.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub supported_api_engines: Vec<AvatarEngineType>,
    /// Its tags.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub tags: Vec<String>,
}

impl AvatarLook {
    /// Makes one of the fields that are always there.
    pub fn new(avatar_type: AvatarType, id: AvatarId, name: impl Into<String>) -> Self {
        Self {
            avatar_type,
            id,
            name: name.into(),
            default_voice_id: None,
            error: None,
            gender: None,
            group_id: None,
            image_height: None,
            image_width: None,
            preferred_orientation: None,
            preview_image_url: None,
            preview_video_url: None,
            status: None,
            supported_api_engines: Vec::new(),
            tags: Vec::new(),
        }
    }
}

impl Job for AvatarLook {
    /// Avatars of HeyGen's own have no status; they can be used.
    fn state(&self) -> JobState<'_> {
        match &self.status {
            None | Some(AvatarStatus::Completed) => JobState::Completed,
            Some(AvatarStatus::PendingConsent) => JobState::NeedsInput,
            Some(AvatarStatus::Failed) => JobState::Failed {
                code: self.error.as_ref().map(|error| error.code.as_str()),
                message: self.error.as_ref().map(|error| error.message.as_str()),
            },
            Some(_) => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_ref().map_or("", AvatarStatus::as_str)
    }
}

open_enum! {
    /// What a look was made of.
    AvatarType {
        /// A recording in a studio.
        StudioAvatar = "studio_avatar",
        /// Footage of a person.
        DigitalTwin = "digital_twin",
        /// A photo.
        PhotoAvatar = "photo_avatar",
    }
}

open_enum! {
    /// The orientation that suits a look.
    AvatarOrientation {
        /// Tall.
        Portrait = "portrait",
        /// Wide.
        Landscape = "landscape",
        /// As wide as tall.
        Square = "square",
    }
}

open_enum! {
    /// The engine that animates an avatar.
    AvatarEngineType {
        /// Avatar V.
        AvatarV = "avatar_v",
        /// Avatar IV.
        AvatarIv = "avatar_iv",
        /// Avatar III.
        AvatarIii = "avatar_iii",
    }
}
