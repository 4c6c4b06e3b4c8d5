use alloc::{vec, vec::Vec};

use super::ClippingJob;
use crate::{AiClippingId, Method, NoBody, Operation};

/// `GET /v3/ai-clipping/{job_id}`: one clipping job.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetAiClipping {
    /// The job.
    pub job_id: AiClippingId,
}

impl GetAiClipping {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(job_id: AiClippingId) -> Self {
        Self { job_id }
    }
}

impl Operation for GetAiClipping {
    const ID: &'static str = "ai_clipping.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/ai-clipping/{job_id}";

    type Body = NoBody;
    type Response = ClippingJob;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.job_id.as_str()]
    }
}
