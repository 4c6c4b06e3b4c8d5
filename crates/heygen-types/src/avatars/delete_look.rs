use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{AvatarId, Method, NoBody, Operation};

/// `DELETE /v3/avatars/looks/{look_id}`: deletes a look. With the last look goes the group;
/// `studio_avatar` looks cannot be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteAvatarLook {
    /// The look.
    pub look_id: AvatarId,
}

impl DeleteAvatarLook {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(look_id: AvatarId) -> Self {
        Self { look_id }
    }
}

impl Operation for DeleteAvatarLook {
    const ID: &'static str = "avatars.looks.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/avatars/looks/{look_id}";

    type Body = NoBody;
    type Response = DeletedAvatarLook;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.look_id.as_str()]
    }
}

/// The look that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedAvatarLook {
    /// The id.
    pub id: AvatarId,
}

impl DeletedAvatarLook {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: AvatarId) -> Self {
        Self { id }
    }
}
