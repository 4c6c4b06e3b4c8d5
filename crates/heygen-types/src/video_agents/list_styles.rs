use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, StyleId, Url, invalid::check_limit,
    limits, paged::page_query,
};

/// `GET /v3/video-agents/styles`: the styles to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListVideoAgentStyles {
    /// A tag that the styles are to have.
    pub tag: Option<String>,
    /// How many items a page has, 1 to 100; the API's default is `20`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListVideoAgentStyles {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            tag: None,
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListVideoAgentStyles {
    const ID: &'static str = "video_agents.styles.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-agents/styles";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<VideoAgentStyle>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        query.extend(self.tag.clone().map(|value| ("tag", value)));
        query.extend(page_query(self.limit, self.token.as_deref()));
        query
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::LIST_LIMIT)
    }
}

impl Paged for ListVideoAgentStyles {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}

/// A style for videos of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoAgentStyle {
    /// The name.
    pub name: String,
    /// The style.
    pub style_id: StyleId,
    /// The shape of the picture.
    #[serde(default)]
    pub aspect_ratio: Option<String>,
    /// Where a short video of it can be fetched.
    #[serde(default)]
    pub preview_video_url: Option<Url>,
    /// Its tags.
    #[serde(default)]
    pub tags: Option<Vec<String>>,
    /// Where a picture of it can be fetched.
    #[serde(default)]
    pub thumbnail_url: Option<Url>,
}

impl VideoAgentStyle {
    /// Makes one of the fields that are always there.
    pub fn new(name: impl Into<String>, style_id: StyleId) -> Self {
        Self {
            name: name.into(),
            style_id,
            aspect_ratio: None,
            preview_video_url: None,
            tags: None,
            thumbnail_url: None,
        }
    }
}
