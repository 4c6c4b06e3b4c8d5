use alloc::{vec, vec::Vec};

use super::BackgroundRemovalJob;
use crate::{BackgroundRemovalId, Method, NoBody, Operation};

/// `GET /v3/background-removals/{job_id}` (preview): one background removal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetBackgroundRemoval {
    /// The job.
    pub job_id: BackgroundRemovalId,
}

impl GetBackgroundRemoval {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(job_id: BackgroundRemovalId) -> Self {
        Self { job_id }
    }
}

impl Operation for GetBackgroundRemoval {
    const ID: &'static str = "background_removals.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/background-removals/{job_id}";

    type Body = NoBody;
    type Response = BackgroundRemovalJob;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.job_id.as_str()]
    }
}
