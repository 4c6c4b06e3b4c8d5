use alloc::{string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::TranslationJob;
use crate::{BodyEncoding, Method, Operation, VideoTranslationId};

/// `PATCH /v3/video-translations/{video_translation_id}`: renames a translation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpdateVideoTranslation {
    /// The translation.
    pub video_translation_id: VideoTranslationId,
    /// What is sent.
    pub body: UpdateVideoTranslationBody,
}

impl UpdateVideoTranslation {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(video_translation_id: VideoTranslationId, title: impl Into<String>) -> Self {
        Self {
            video_translation_id,
            body: UpdateVideoTranslationBody::new(title),
        }
    }
}

impl Operation for UpdateVideoTranslation {
    const ID: &'static str = "video_translations.update";
    const METHOD: Method = Method::Patch;
    const PATH: &'static str = "/v3/video-translations/{video_translation_id}";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = UpdateVideoTranslationBody;
    type Response = TranslationJob;

    fn body(&self) -> &UpdateVideoTranslationBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.video_translation_id.as_str()]
    }
}

/// The body of [`UpdateVideoTranslation`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateVideoTranslationBody {
    /// The new title.
    pub title: String,
}

impl UpdateVideoTranslationBody {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
        }
    }
}
