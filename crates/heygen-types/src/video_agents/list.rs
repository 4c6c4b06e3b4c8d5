use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, SessionId, invalid::check_limit,
    limits, paged::page_query,
};

/// `GET /v3/video-agents`: the sessions, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListVideoAgents {
    /// How many items a page has, 1 to 100; the API's default is `20`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListVideoAgents {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListVideoAgents {
    const ID: &'static str = "video_agents.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-agents";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<VideoAgentSummary>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        page_query(self.limit, self.token.as_deref())
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::LIST_LIMIT)
    }
}

impl Paged for ListVideoAgents {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}

/// A session in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoAgentSummary {
    /// When it was created, in seconds since the Unix epoch.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub created_at: i64,
    /// The session.
    pub session_id: SessionId,
    /// The title, once there is one.
    #[serde(default)]
    pub title: Option<String>,
}

impl VideoAgentSummary {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(created_at: i64, session_id: SessionId) -> Self {
        Self {
            created_at,
            session_id,
            title: None,
        }
    }
}
