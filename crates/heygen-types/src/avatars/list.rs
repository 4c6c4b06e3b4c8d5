use alloc::{string::String, string::ToString as _, vec::Vec};

use super::AvatarGroup;
use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_limit, limits,
    open_enum::open_enum, paged::page_query,
};

/// `GET /v3/avatars`: the avatar groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListAvatars {
    /// Whose avatars to list.
    pub ownership: Option<Ownership>,
    /// How many items a page has, 1 to 50; the API's default is `20`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListAvatars {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            ownership: None,
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListAvatars {
    const ID: &'static str = "avatars.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/avatars";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<AvatarGroup>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
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

impl Paged for ListAvatars {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}

open_enum! {
    /// Whose avatars to list.
    Ownership {
        /// HeyGen's own, for everybody.
        Public = "public",
        /// Those of the workspace.
        Private = "private",
    }
}
