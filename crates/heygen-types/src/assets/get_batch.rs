use alloc::{
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use crate::{
    AssetId, BatchId, Invalid, Method, NoBody, Operation, Paged, batches::BatchDetail,
    invalid::check_limit, limits,
};

/// `GET /v3/assets/batches/{batch_id}`: a batch of assets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetUploadBatch {
    /// The batch.
    pub batch_id: BatchId,
    /// How many items a page has, 1 to 100; the API's default is 100.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl GetUploadBatch {
    /// Asks for the first page of a batch.
    #[must_use]
    pub const fn new(batch_id: BatchId) -> Self {
        Self {
            batch_id,
            limit: None,
            token: None,
        }
    }
}

impl Operation for GetUploadBatch {
    const ID: &'static str = "assets.batches.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/assets/batches/{batch_id}";

    type Body = NoBody;
    type Response = BatchDetail<AssetId>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.batch_id.as_str()]
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let limit = self.limit.map(|limit| ("limit", limit.to_string()));
        let token = self.token.clone().map(|token| ("token", token));
        limit.into_iter().chain(token).collect()
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::LIST_LIMIT)
    }
}

impl Paged for GetUploadBatch {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}
