use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{AvatarGroup, AvatarLook};
use crate::{
    AspectRatio, AssetInput, AvatarGroupId, AvatarId, BodyEncoding, Invalid, Method, Operation,
    invalid::{check_count, check_length},
    limits,
};

/// `POST /v3/avatars`: makes an avatar from a photo, from footage or from a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CreateAvatar {
    /// From a description.
    Prompt(PromptAvatar),
    /// From footage of a person.
    DigitalTwin(DigitalTwinAvatar),
    /// From a photo.
    Photo(PhotoAvatar),
}

impl From<PromptAvatar> for CreateAvatar {
    fn from(value: PromptAvatar) -> Self {
        Self::Prompt(value)
    }
}

impl From<DigitalTwinAvatar> for CreateAvatar {
    fn from(value: DigitalTwinAvatar) -> Self {
        Self::DigitalTwin(value)
    }
}

impl From<PhotoAvatar> for CreateAvatar {
    fn from(value: PhotoAvatar) -> Self {
        Self::Photo(value)
    }
}

impl CreateAvatar {
    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        match self {
            Self::Prompt(avatar) => avatar.validate(),
            _ => Ok(()),
        }
    }
}

/// An avatar that is made from a description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PromptAvatar {
    /// The name.
    pub name: String,
    /// What the avatar is to look like, at most 1 000 characters.
    pub prompt: String,
    /// The group that the result is saved in; it changes nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_group_id: Option<AvatarGroupId>,
    /// A look with a picture to go by. Without `avatar_group_id` the result goes to its group;
    /// with it, the look has to belong to that group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_id: Option<AvatarId>,
    /// Pictures to go by, at most 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_images: Option<Vec<AssetInput>>,
    /// The shape of the picture; when absent the model chooses, by a reference image if there is
    /// one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
}

impl PromptAvatar {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(name: impl Into<String>, prompt: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            prompt: prompt.into(),
            avatar_group_id: None,
            avatar_id: None,
            reference_images: None,
            aspect_ratio: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_length("prompt", &self.prompt, limits::AVATAR_PROMPT_LENGTH)?;
        if let Some(value) = &self.reference_images {
            check_count(
                "reference_images",
                value.len(),
                limits::AVATAR_REFERENCE_IMAGES_COUNT,
            )?;
        }
        Ok(())
    }
}

/// An avatar that is made from footage of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DigitalTwinAvatar {
    /// The footage.
    pub file: AssetInput,
    /// The name.
    pub name: String,
    /// The group that the avatar is added to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_group_id: Option<AvatarGroupId>,
}

impl DigitalTwinAvatar {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(file: AssetInput, name: impl Into<String>) -> Self {
        Self {
            file,
            name: name.into(),
            avatar_group_id: None,
        }
    }
}

/// An avatar that is made from a photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PhotoAvatar {
    /// The photo.
    pub file: AssetInput,
    /// The name.
    pub name: String,
    /// The group that the avatar is added to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_group_id: Option<AvatarGroupId>,
}

impl PhotoAvatar {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(file: AssetInput, name: impl Into<String>) -> Self {
        Self {
            file,
            name: name.into(),
            avatar_group_id: None,
        }
    }
}

impl Operation for CreateAvatar {
    const ID: &'static str = "avatars.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/avatars";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = Self;
    type Response = CreatedAvatar;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The group and the look that were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedAvatar {
    /// The avatar group.
    #[serde(default)]
    pub avatar_group: Option<AvatarGroup>,
    /// The look.
    #[serde(default)]
    pub avatar_item: Option<AvatarLook>,
}

impl CreatedAvatar {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            avatar_group: None,
            avatar_item: None,
        }
    }
}
