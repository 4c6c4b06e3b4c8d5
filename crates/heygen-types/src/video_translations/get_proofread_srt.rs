use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Method, NoBody, Operation, ProofreadId, Url};

/// `GET /v3/video-translations/proofreads/{proofread_id}/srt`: the subtitles of a proofread.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetProofreadSrt {
    /// The proofread.
    pub proofread_id: ProofreadId,
}

impl GetProofreadSrt {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(proofread_id: ProofreadId) -> Self {
        Self { proofread_id }
    }
}

impl Operation for GetProofreadSrt {
    const ID: &'static str = "video_translations.proofreads.srt.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-translations/proofreads/{proofread_id}/srt";

    type Body = NoBody;
    type Response = ProofreadSrt;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.proofread_id.as_str()]
    }
}

/// Where the subtitles of a proofread are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ProofreadSrt {
    /// Where the subtitles can be fetched.
    #[serde(deserialize_with = "crate::lenient::given")]
    pub srt_url: Url,
    /// Where the subtitles of the source can be fetched.
    #[serde(default)]
    pub original_srt_url: Option<Url>,
}

impl ProofreadSrt {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(srt_url: Url) -> Self {
        Self {
            srt_url,
            original_srt_url: None,
        }
    }
}
