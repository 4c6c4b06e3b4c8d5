use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{AvatarGroupId, Method, NoBody, Operation};

/// `DELETE /v3/avatars/{group_id}`: deletes an avatar group with its looks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteAvatar {
    /// The avatar group.
    pub group_id: AvatarGroupId,
}

impl DeleteAvatar {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(group_id: AvatarGroupId) -> Self {
        Self { group_id }
    }
}

impl Operation for DeleteAvatar {
    const ID: &'static str = "avatars.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/avatars/{group_id}";

    type Body = NoBody;
    type Response = DeletedAvatar;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.group_id.as_str()]
    }
}

/// The group that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedAvatar {
    /// The id.
    pub id: AvatarGroupId,
}

impl DeletedAvatar {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: AvatarGroupId) -> Self {
        Self { id }
    }
}
