use alloc::{collections::BTreeMap, string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Json, Method, NoBody, Operation, ResourceId, SessionId, Url};

/// `GET /v3/video-agents/{session_id}/resources/{resource_id}`: something that a session made or
/// used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetVideoAgentResource {
    /// The session.
    pub session_id: SessionId,
    /// The resource.
    pub resource_id: ResourceId,
}

impl GetVideoAgentResource {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(session_id: SessionId, resource_id: ResourceId) -> Self {
        Self {
            session_id,
            resource_id,
        }
    }
}

impl Operation for GetVideoAgentResource {
    const ID: &'static str = "video_agents.resources.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-agents/{session_id}/resources/{resource_id}";

    type Body = NoBody;
    type Response = VideoAgentResource;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.session_id.as_str(), self.resource_id.as_str()]
    }
}

/// Something that a session made or used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoAgentResource {
    /// The resource.
    pub resource_id: ResourceId,
    /// What it is, in the server's words.
    pub resource_type: String,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// What else is known of it.
    #[serde(default)]
    pub metadata: Option<BTreeMap<String, Json>>,
    /// Where it can be looked at.
    #[serde(default)]
    pub preview_url: Option<Url>,
    /// Where it came from, in the server's words.
    #[serde(default)]
    pub source_type: Option<String>,
    /// Where a picture of it can be fetched.
    #[serde(default)]
    pub thumbnail_url: Option<Url>,
    /// Where it can be fetched.
    #[serde(default)]
    pub url: Option<Url>,
}

impl VideoAgentResource {
    /// Makes one of the fields that are always there.
    pub fn new(resource_id: ResourceId, resource_type: impl Into<String>) -> Self {
        Self {
            resource_id,
            resource_type: resource_type.into(),
            created_at: None,
            metadata: None,
            preview_url: None,
            source_type: None,
            thumbnail_url: None,
            url: None,
        }
    }
}
