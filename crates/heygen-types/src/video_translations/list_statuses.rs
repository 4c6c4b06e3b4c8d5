use alloc::{string::String, vec::Vec};

use crate::{
    BatchId, Envelope, Invalid, Method, NoBody, Operation, Page, VideoTranslationId,
    batches::{StatusEntry, join_ids},
    invalid::check_count,
    limits,
};

/// `GET /v3/video-translations/statuses`: where up to 100 translations or batches stand.
///
/// An unknown id comes back with the status `not_found`; there is no 404.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListVideoTranslationStatuses {
    /// Translations to look up.
    pub video_translation_ids: Vec<VideoTranslationId>,
    /// Batches to look up, each expanded to its members.
    pub batch_ids: Vec<BatchId>,
}

impl ListVideoTranslationStatuses {
    /// Asks for the status of translations.
    #[must_use]
    pub const fn new(video_translation_ids: Vec<VideoTranslationId>) -> Self {
        Self {
            video_translation_ids,
            batch_ids: Vec::new(),
        }
    }
}

impl Operation for ListVideoTranslationStatuses {
    const ID: &'static str = "video_translations.statuses.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/video-translations/statuses";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<StatusEntry<VideoTranslationId>>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let ids = join_ids(&self.video_translation_ids).map(|ids| ("video_translation_ids", ids));
        let batches = join_ids(&self.batch_ids).map(|ids| ("batch_ids", ids));
        ids.into_iter().chain(batches).collect()
    }

    fn validate(&self) -> Result<(), Invalid> {
        let ids = self.video_translation_ids.len() + self.batch_ids.len();
        check_count("video_translation_ids", ids, 1..=limits::STATUS_IDS_MAX)
    }
}
