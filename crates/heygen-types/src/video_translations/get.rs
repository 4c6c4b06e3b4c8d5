use alloc::{vec, vec::Vec};

use super::TranslationJob;
use crate::{Method, NoBody, Operation, VideoTranslationId};

/// `GET /v3/video-translations/{video_translation_id}`: one translation. Result URLs are presigned
/// and expire; read it again for fresh ones.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetVideoTranslation {
    /// The translation.
    pub video_translation_id: VideoTranslationId,
}

impl GetVideoTranslation {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video_translation_id: VideoTranslationId) -> Self {
        Self {
            video_translation_id,
        }
    }
}

impl Operation for GetVideoTranslation {
    const ID: &'static str = "video_translations.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-translations/{video_translation_id}";

    type Body = NoBody;
    type Response = TranslationJob;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.video_translation_id.as_str()]
    }
}
