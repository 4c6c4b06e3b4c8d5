use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Method, NoBody, Operation, VideoTranslationId};

/// `DELETE /v3/video-translations/{video_translation_id}`: deletes a translation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteVideoTranslation {
    /// The translation.
    pub video_translation_id: VideoTranslationId,
}

impl DeleteVideoTranslation {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video_translation_id: VideoTranslationId) -> Self {
        Self {
            video_translation_id,
        }
    }
}

impl Operation for DeleteVideoTranslation {
    const ID: &'static str = "video_translations.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/video-translations/{video_translation_id}";

    type Body = NoBody;
    type Response = DeletedVideoTranslation;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.video_translation_id.as_str()]
    }
}

/// The translation that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedVideoTranslation {
    /// The id.
    pub id: VideoTranslationId,
}

impl DeletedVideoTranslation {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(id: VideoTranslationId) -> Self {
        Self { id }
    }
}
