use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::AvatarGroup;
use crate::{
    AvatarGroupId, BodyEncoding, Invalid, Method, Operation, VoiceId, invalid::check_length, limits,
};

/// `PATCH /v3/avatars/{group_id}`: sets the default voice of an avatar group of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpdateAvatar {
    /// The avatar group.
    pub group_id: AvatarGroupId,
    /// What is sent.
    pub body: UpdateAvatarBody,
}

impl UpdateAvatar {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(group_id: AvatarGroupId) -> Self {
        Self {
            group_id,
            body: UpdateAvatarBody::new(),
        }
    }
}

impl Operation for UpdateAvatar {
    const ID: &'static str = "avatars.update";
    const METHOD: Method = Method::Patch;
    const PATH: &'static str = "/v3/avatars/{group_id}";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = UpdateAvatarBody;
    type Response = AvatarGroup;

    fn body(&self) -> &UpdateAvatarBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.group_id.as_str()]
    }

    fn validate_body(body: &UpdateAvatarBody) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The body of [`UpdateAvatar`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateAvatarBody {
    /// The voice to use when none is named: any voice of the workspace, whose id has at most 255
    /// characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_voice_id: Option<VoiceId>,
}

impl UpdateAvatarBody {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            default_voice_id: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.default_voice_id {
            check_length(
                "default_voice_id",
                value.as_str(),
                limits::AVATAR_DEFAULT_VOICE_ID_LENGTH,
            )?;
        }
        if *self == Self::new() {
            return Err(Invalid::new(
                "body",
                "changes nothing; at least one field is needed",
            ));
        }
        Ok(())
    }
}
