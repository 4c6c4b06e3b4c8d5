use alloc::{string::String, vec::Vec};

use crate::{
    BatchId, Envelope, Invalid, LipsyncId, Method, NoBody, Operation, Page,
    batches::{StatusEntry, join_ids},
    invalid::check_count,
    limits,
};

/// `GET /v3/lipsyncs/statuses`: where up to 100 lipsyncs or batches stand.
///
/// An unknown id comes back with the status `not_found`; there is no 404.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListLipsyncStatuses {
    /// Lipsyncs to look up.
    pub lipsync_ids: Vec<LipsyncId>,
    /// Batches to look up, each expanded to its members.
    pub batch_ids: Vec<BatchId>,
}

impl ListLipsyncStatuses {
    /// Asks for the status of lipsyncs.
    #[must_use]
    pub const fn new(lipsync_ids: Vec<LipsyncId>) -> Self {
        Self {
            lipsync_ids,
            batch_ids: Vec::new(),
        }
    }
}

impl Operation for ListLipsyncStatuses {
    const ID: &'static str = "lipsyncs.statuses.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/lipsyncs/statuses";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<StatusEntry<LipsyncId>>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let ids = join_ids(&self.lipsync_ids).map(|ids| ("lipsync_ids", ids));
        let batches = join_ids(&self.batch_ids).map(|ids| ("batch_ids", ids));
        ids.into_iter().chain(batches).collect()
    }

    fn validate(&self) -> Result<(), Invalid> {
        let ids = self.lipsync_ids.len() + self.batch_ids.len();
        check_count("lipsync_ids", ids, 1..=limits::STATUS_IDS_MAX)
    }
}
