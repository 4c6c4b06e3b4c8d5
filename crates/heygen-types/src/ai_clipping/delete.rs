use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{AiClippingId, Method, NoBody, Operation};

/// `DELETE /v3/ai-clipping/{job_id}`: deletes a clipping job with its clips.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteAiClipping {
    /// The job.
    pub job_id: AiClippingId,
}

impl DeleteAiClipping {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(job_id: AiClippingId) -> Self {
        Self { job_id }
    }
}

impl Operation for DeleteAiClipping {
    const ID: &'static str = "ai_clipping.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/ai-clipping/{job_id}";

    type Body = NoBody;
    type Response = DeletedAiClipping;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.job_id.as_str()]
    }
}

/// The clipping job that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedAiClipping {
    /// The id.
    pub id: AiClippingId,
}

impl DeletedAiClipping {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: AiClippingId) -> Self {
        Self { id }
    }
}
