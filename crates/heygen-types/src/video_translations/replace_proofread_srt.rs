use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::Proofread;
use crate::{AssetLink, BodyEncoding, Method, Operation, ProofreadId};

/// `PUT /v3/video-translations/proofreads/{proofread_id}/srt`: replaces the subtitles of a
/// proofread.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplaceProofreadSrt {
    /// The proofread.
    pub proofread_id: ProofreadId,
    /// What is sent.
    pub body: ReplaceProofreadSrtBody,
}

impl ReplaceProofreadSrt {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(proofread_id: ProofreadId, srt: AssetLink) -> Self {
        Self {
            proofread_id,
            body: ReplaceProofreadSrtBody::new(srt),
        }
    }
}

impl Operation for ReplaceProofreadSrt {
    const ID: &'static str = "video_translations.proofreads.srt.replace";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/v3/video-translations/proofreads/{proofread_id}/srt";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = ReplaceProofreadSrtBody;
    type Response = Proofread;

    fn body(&self) -> &ReplaceProofreadSrtBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.proofread_id.as_str()]
    }
}

/// The body of [`ReplaceProofreadSrt`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReplaceProofreadSrtBody {
    /// The subtitles that replace the old ones.
    pub srt: AssetLink,
}

impl ReplaceProofreadSrtBody {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(srt: AssetLink) -> Self {
        Self { srt }
    }
}
