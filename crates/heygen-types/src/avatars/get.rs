use alloc::{vec, vec::Vec};

use super::AvatarGroup;
use crate::{AvatarGroupId, Method, NoBody, Operation};

/// `GET /v3/avatars/{group_id}`: one avatar group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetAvatar {
    /// The avatar group.
    pub group_id: AvatarGroupId,
}

impl GetAvatar {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(group_id: AvatarGroupId) -> Self {
        Self { group_id }
    }
}

impl Operation for GetAvatar {
    const ID: &'static str = "avatars.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/avatars/{group_id}";

    type Body = NoBody;
    type Response = AvatarGroup;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.group_id.as_str()]
    }
}
