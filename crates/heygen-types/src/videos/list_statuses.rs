use alloc::{string::String, vec::Vec};

use crate::{
    BatchId, Envelope, Invalid, Method, NoBody, Operation, Page, VideoId,
    batches::{StatusEntry, join_ids},
    invalid::check_count,
    limits,
};

/// `GET /v3/videos/statuses`: where up to 100 videos or batches stand.
///
/// An unknown id comes back with the status `not_found`; there is no 404.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListVideoStatuses {
    /// Videos to look up.
    pub video_ids: Vec<VideoId>,
    /// Batches to look up, each expanded to its members.
    pub batch_ids: Vec<BatchId>,
}

impl ListVideoStatuses {
    /// Asks for the status of videos.
    #[must_use]
    pub const fn new(video_ids: Vec<VideoId>) -> Self {
        Self {
            video_ids,
            batch_ids: Vec::new(),
        }
    }
}

impl Operation for ListVideoStatuses {
    const ID: &'static str = "videos.statuses.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/videos/statuses";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<StatusEntry<VideoId>>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let ids = join_ids(&self.video_ids).map(|ids| ("video_ids", ids));
        let batches = join_ids(&self.batch_ids).map(|ids| ("batch_ids", ids));
        ids.into_iter().chain(batches).collect()
    }

    fn validate(&self) -> Result<(), Invalid> {
        let ids = self.video_ids.len() + self.batch_ids.len();
        check_count("video_ids", ids, 1..=limits::STATUS_IDS_MAX)
    }
}
