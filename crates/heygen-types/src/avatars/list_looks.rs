use alloc::{string::String, string::ToString as _, vec::Vec};

use super::{AvatarLook, AvatarType, Ownership};
use crate::{
    AvatarGroupId, Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_limit,
    limits, paged::page_query,
};

/// `GET /v3/avatars/looks`: the looks of avatars.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListAvatarLooks {
    /// The avatar group whose looks to list; those of all when absent.
    pub group_id: Option<AvatarGroupId>,
    /// What the looks were made of; anything when absent.
    pub avatar_type: Option<AvatarType>,
    /// Whose looks to list.
    pub ownership: Option<Ownership>,
    /// How many items a page has, 1 to 50; the API's default is `20`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListAvatarLooks {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            group_id: None,
            avatar_type: None,
            ownership: None,
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListAvatarLooks {
    const ID: &'static str = "avatars.looks.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/avatars/looks";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<AvatarLook>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        query.extend(
            self.group_id
                .as_ref()
                .map(|value| ("group_id", value.to_string())),
        );
        query.extend(
            self.avatar_type
                .as_ref()
                .map(|value| ("avatar_type", value.to_string())),
        );
        query.extend(
            self.ownership
                .as_ref()
                .map(|value| ("ownership", value.to_string())),
        );
        query.extend(page_query(self.limit, self.token.as_deref()));
        query
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::SHORT_LIST_LIMIT)
    }
}

impl Paged for ListAvatarLooks {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
