use alloc::{vec, vec::Vec};

use super::FillerWordRemovalJob;
use crate::{FillerWordRemovalId, Method, NoBody, Operation};

/// `GET /v3/filler-word-removals/{filler_word_removal_id}`: one filler word removal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetFillerWordRemoval {
    /// The filler word removal.
    pub filler_word_removal_id: FillerWordRemovalId,
}

impl GetFillerWordRemoval {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(filler_word_removal_id: FillerWordRemovalId) -> Self {
        Self {
            filler_word_removal_id,
        }
    }
}

impl Operation for GetFillerWordRemoval {
    const ID: &'static str = "filler_word_removals.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/filler-word-removals/{filler_word_removal_id}";

    type Body = NoBody;
    type Response = FillerWordRemovalJob;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.filler_word_removal_id.as_str()]
    }
}
