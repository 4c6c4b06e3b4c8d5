use alloc::{string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::LipsyncJob;
use crate::{BodyEncoding, LipsyncId, Method, Operation};

/// `PATCH /v3/lipsyncs/{lipsync_id}`: renames a lipsync.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpdateLipsync {
    /// The lipsync.
    pub lipsync_id: LipsyncId,
    /// What is sent.
    pub body: UpdateLipsyncBody,
}

impl UpdateLipsync {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(lipsync_id: LipsyncId, title: impl Into<String>) -> Self {
        Self {
            lipsync_id,
            body: UpdateLipsyncBody::new(title),
        }
    }
}

impl Operation for UpdateLipsync {
    const ID: &'static str = "lipsyncs.update";
    const METHOD: Method = Method::Patch;
    const PATH: &'static str = "/v3/lipsyncs/{lipsync_id}";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = UpdateLipsyncBody;
    type Response = LipsyncJob;

    fn body(&self) -> &UpdateLipsyncBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.lipsync_id.as_str()]
    }
}

/// The body of [`UpdateLipsync`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateLipsyncBody {
    /// The new title.
    pub title: String,
}

impl UpdateLipsyncBody {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
        }
    }
}
