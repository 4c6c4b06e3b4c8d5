use alloc::{string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::AvatarLook;
use crate::{AvatarId, BodyEncoding, Invalid, Method, Operation, invalid::check_length, limits};

/// `PATCH /v3/avatars/looks/{look_id}`: renames a look of a photo avatar or digital twin.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpdateAvatarLook {
    /// The look.
    pub look_id: AvatarId,
    /// What is sent.
    pub body: UpdateAvatarLookBody,
}

impl UpdateAvatarLook {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(look_id: AvatarId) -> Self {
        Self {
            look_id,
            body: UpdateAvatarLookBody::new(),
        }
    }
}

impl Operation for UpdateAvatarLook {
    const ID: &'static str = "avatars.looks.update";
    const METHOD: Method = Method::Patch;
    const PATH: &'static str = "/v3/avatars/looks/{look_id}";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = UpdateAvatarLookBody;
    type Response = AvatarLook;

    fn body(&self) -> &UpdateAvatarLookBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.look_id.as_str()]
    }

    fn validate_body(body: &UpdateAvatarLookBody) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The body of [`UpdateAvatarLook`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UpdateAvatarLookBody {
    /// The new name, at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl UpdateAvatarLookBody {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self { name: None }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.name {
            check_length("name", value, limits::LOOK_NAME_LENGTH)?;
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
