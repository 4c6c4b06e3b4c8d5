use alloc::{
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use super::AssetRecord;
use crate::{Invalid, Method, NoBody, Operation, Page, Paged, invalid::check_limit, limits};

/// `GET /v3/assets` (beta): the assets of a user, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListAssets {
    /// The value of `owner` on asset records; mandatory while the operation is in beta.
    pub username: String,
    /// How many items a page has, 1 to 100; the API's default is 20.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
    /// The folder; an empty text is the root level. Without it all folders are listed.
    pub folder_id: Option<String>,
}

impl ListAssets {
    /// Asks for the first page of a user's assets.
    pub fn new(username: impl Into<String>) -> Self {
        Self {
            username: username.into(),
            limit: None,
            token: None,
            folder_id: None,
        }
    }
}

impl Operation for ListAssets {
    const ID: &'static str = "assets.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/assets";
    const ENVELOPE: crate::Envelope = crate::Envelope::List;

    type Body = NoBody;
    type Response = Page<AssetRecord>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("username", self.username.clone())];
        query.extend(self.limit.map(|limit| ("limit", limit.to_string())));
        query.extend(self.token.clone().map(|token| ("token", token)));
        query.extend(self.folder_id.clone().map(|folder| ("folder_id", folder)));
        query
    }

    fn validate(&self) -> Result<(), Invalid> {
        if self.username.is_empty() {
            return Err(Invalid::new("username", "is empty"));
        }
        check_limit(self.limit, limits::LIST_LIMIT)
    }
}

impl Paged for ListAssets {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
