use alloc::{vec, vec::Vec};

use super::LipsyncJob;
use crate::{LipsyncId, Method, NoBody, Operation};

/// `GET /v3/lipsyncs/{lipsync_id}`: one lipsync.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetLipsync {
    /// The lipsync.
    pub lipsync_id: LipsyncId,
}

impl GetLipsync {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(lipsync_id: LipsyncId) -> Self {
        Self { lipsync_id }
    }
}

impl Operation for GetLipsync {
    const ID: &'static str = "lipsyncs.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/lipsyncs/{lipsync_id}";

    type Body = NoBody;
    type Response = LipsyncJob;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.lipsync_id.as_str()]
    }
}
