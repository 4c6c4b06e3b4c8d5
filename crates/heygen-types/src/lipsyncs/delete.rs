use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{LipsyncId, Method, NoBody, Operation};

/// `DELETE /v3/lipsyncs/{lipsync_id}`: deletes a lipsync.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteLipsync {
    /// The lipsync.
    pub lipsync_id: LipsyncId,
}

impl DeleteLipsync {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(lipsync_id: LipsyncId) -> Self {
        Self { lipsync_id }
    }
}

impl Operation for DeleteLipsync {
    const ID: &'static str = "lipsyncs.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/lipsyncs/{lipsync_id}";

    type Body = NoBody;
    type Response = DeletedLipsync;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.lipsync_id.as_str()]
    }
}

/// The lipsync that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedLipsync {
    /// The id.
    pub id: LipsyncId,
}

impl DeletedLipsync {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: LipsyncId) -> Self {
        Self { id }
    }
}
