use alloc::{string::String, vec, vec::Vec};

use crate::{
    BatchId, Invalid, Method, NoBody, Operation, Paged, VideoId, batches::BatchDetail,
    invalid::check_limit, limits, paged::page_query,
};

/// `GET /v3/videos/batches/{batch_id}`: a batch of videos.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetVideoBatch {
    /// The batch.
    pub batch_id: BatchId,
    /// How many items a page has, 1 to 100; the API's default is `100`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl GetVideoBatch {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(batch_id: BatchId) -> Self {
        Self {
            batch_id,
            limit: None,
            token: None,
        }
    }
}

impl Operation for GetVideoBatch {
    const ID: &'static str = "videos.batches.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/videos/batches/{batch_id}";

    type Body = NoBody;
    type Response = BatchDetail<VideoId>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.batch_id.as_str()]
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        page_query(self.limit, self.token.as_deref())
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::LIST_LIMIT)
    }
}

impl Paged for GetVideoBatch {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
