use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{BackgroundRemovalId, Method, NoBody, Operation};

/// `DELETE /v3/background-removals/{job_id}` (preview): deletes a background removal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteBackgroundRemoval {
    /// The job.
    pub job_id: BackgroundRemovalId,
}

impl DeleteBackgroundRemoval {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(job_id: BackgroundRemovalId) -> Self {
        Self { job_id }
    }
}

impl Operation for DeleteBackgroundRemoval {
    const ID: &'static str = "background_removals.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/background-removals/{job_id}";

    type Body = NoBody;
    type Response = DeletedBackgroundRemoval;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.job_id.as_str()]
    }
}

/// The background removal that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedBackgroundRemoval {
    /// Whether it was deleted.
    pub deleted: bool,
    /// The id.
    pub id: BackgroundRemovalId,
}

impl DeletedBackgroundRemoval {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(deleted: bool, id: BackgroundRemovalId) -> Self {
        Self { deleted, id }
    }
}
