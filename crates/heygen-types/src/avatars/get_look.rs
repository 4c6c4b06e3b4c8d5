use alloc::{vec, vec::Vec};

use super::AvatarLook;
use crate::{AvatarId, Method, NoBody, Operation};

/// `GET /v3/avatars/looks/{look_id}`: one look.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetAvatarLook {
    /// The look.
    pub look_id: AvatarId,
}

impl GetAvatarLook {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(look_id: AvatarId) -> Self {
        Self { look_id }
    }
}

impl Operation for GetAvatarLook {
    const ID: &'static str = "avatars.looks.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/avatars/looks/{look_id}";

    type Body = NoBody;
    type Response = AvatarLook;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.look_id.as_str()]
    }
}
