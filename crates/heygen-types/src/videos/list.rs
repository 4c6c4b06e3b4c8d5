use alloc::{string::String, string::ToString as _, vec::Vec};

use super::VideoRecord;
use crate::{
    Envelope, FolderId, Invalid, Method, NoBody, Operation, Page, Paged,
    invalid::{check_limit, check_not_empty},
    limits,
    paged::page_query,
};

/// `GET /v3/videos`: the videos, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListVideos {
    /// How many items a page has, 1 to 100; the API's default is `10`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
    /// The folder to list.
    pub folder_id: Option<FolderId>,
    /// The title to look for, at least one character.
    pub title: Option<String>,
}

impl ListVideos {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
            folder_id: None,
            title: None,
        }
    }
}

impl Operation for ListVideos {
    const ID: &'static str = "videos.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/videos";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<VideoRecord>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        query.extend(page_query(self.limit, self.token.as_deref()));
        query.extend(
            self.folder_id
                .as_ref()
                .map(|value| ("folder_id", value.to_string())),
        );
        query.extend(self.title.clone().map(|value| ("title", value)));
        query
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::LIST_LIMIT)?;
        if let Some(value) = &self.title {
            check_not_empty("title", value)?;
        }
        Ok(())
    }
}

impl Paged for ListVideos {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
