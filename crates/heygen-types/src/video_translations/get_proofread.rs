use alloc::{vec, vec::Vec};

use super::Proofread;
use crate::{Method, NoBody, Operation, ProofreadId};

/// `GET /v3/video-translations/proofreads/{proofread_id}`: one proofread.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetProofread {
    /// The proofread.
    pub proofread_id: ProofreadId,
}

impl GetProofread {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(proofread_id: ProofreadId) -> Self {
        Self { proofread_id }
    }
}

impl Operation for GetProofread {
    const ID: &'static str = "video_translations.proofreads.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-translations/proofreads/{proofread_id}";

    type Body = NoBody;
    type Response = Proofread;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.proofread_id.as_str()]
    }
}
