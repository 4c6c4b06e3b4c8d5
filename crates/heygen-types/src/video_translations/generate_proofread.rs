use alloc::{string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::ProofreadStatus;
use crate::{BodyEncoding, Method, Operation, ProofreadId, Url, VideoTranslationId};

/// `POST /v3/video-translations/proofreads/{proofread_id}/generate`: makes the translation of a
/// proofread.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GenerateProofread {
    /// The proofread.
    pub proofread_id: ProofreadId,
    /// What is sent.
    pub body: GenerateProofreadBody,
}

impl GenerateProofread {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(proofread_id: ProofreadId) -> Self {
        Self {
            proofread_id,
            body: GenerateProofreadBody::new(),
        }
    }
}

impl Operation for GenerateProofread {
    const ID: &'static str = "video_translations.proofreads.generate";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/video-translations/proofreads/{proofread_id}/generate";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = GenerateProofreadBody;
    type Response = GeneratedProofread;

    fn body(&self) -> &GenerateProofreadBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.proofread_id.as_str()]
    }
}

/// The body of [`GenerateProofread`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GenerateProofreadBody {
    /// A text of the caller's own that comes back with the callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
    /// Where to report the end. Calls to it are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// Ignored: captions are always made. Deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captions: Option<bool>,
    /// Whether the picture stays as it is; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translate_audio_only: Option<bool>,
}

impl GenerateProofreadBody {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            callback_id: None,
            callback_url: None,
            captions: None,
            translate_audio_only: None,
        }
    }
}
/// The translation that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GeneratedProofread {
    /// Where the work on the video stands.
    pub status: ProofreadStatus,
    /// The translation.
    pub video_translation_id: VideoTranslationId,
}

impl GeneratedProofread {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(status: ProofreadStatus, video_translation_id: VideoTranslationId) -> Self {
        Self {
            status,
            video_translation_id,
        }
    }
}
