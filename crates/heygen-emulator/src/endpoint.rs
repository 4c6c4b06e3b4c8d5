use http::Method;

/// An operation that the emulator answers, by the API's own names; storage has two of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// `POST /v3/assets`
    UploadAsset,
    /// `GET /v3/assets`
    ListAssets,
    /// `POST /v3/assets/direct-uploads`
    CreateDirectUpload,
    /// `POST /v3/assets/direct-uploads/batches`
    CreateUploadBatch,
    /// `POST /v3/assets/complete/batches`
    CompleteUploadBatch,
    /// `GET /v3/assets/search`
    SearchAssets,
    /// `GET /v3/assets/statuses`
    ListAssetStatuses,
    /// `GET /v3/assets/batches/{batch_id}`
    GetUploadBatch,
    /// `POST /v3/assets/{asset_id}/complete`
    CompleteAsset,
    /// `GET /v3/assets/{asset_id}`
    GetAsset,
    /// `DELETE /v3/assets/{asset_id}`
    DeleteAsset,
    /// `POST /v3/video-agents`
    CreateVideoAgent,
    /// `GET /v3/video-agents/{session_id}`
    GetVideoAgent,
    /// `GET /v3/users/me`
    GetUser,
    /// `PUT` of a presigned URL
    StoragePut,
    /// `GET` of the URL of an asset
    StorageGet,
}

impl Endpoint {
    /// Every endpoint.
    pub const ALL: &'static [Self] = &[
        Self::UploadAsset,
        Self::ListAssets,
        Self::CreateDirectUpload,
        Self::CreateUploadBatch,
        Self::CompleteUploadBatch,
        Self::SearchAssets,
        Self::ListAssetStatuses,
        Self::GetUploadBatch,
        Self::CompleteAsset,
        Self::GetAsset,
        Self::DeleteAsset,
        Self::CreateVideoAgent,
        Self::GetVideoAgent,
        Self::GetUser,
        Self::StoragePut,
        Self::StorageGet,
    ];

    /// Returns the id of the operation, such as `assets.direct_uploads.create`; for storage
    /// `storage.put` and `storage.get`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::UploadAsset => "assets.upload",
            Self::ListAssets => "assets.list",
            Self::CreateDirectUpload => "assets.direct_uploads.create",
            Self::CreateUploadBatch => "assets.direct_uploads.batches.create",
            Self::CompleteUploadBatch => "assets.batches.complete",
            Self::SearchAssets => "assets.search",
            Self::ListAssetStatuses => "assets.statuses.list",
            Self::GetUploadBatch => "assets.batches.get",
            Self::CompleteAsset => "assets.complete",
            Self::GetAsset => "assets.get",
            Self::DeleteAsset => "assets.delete",
            Self::CreateVideoAgent => "video_agents.create",
            Self::GetVideoAgent => "video_agents.get",
            Self::GetUser => "users.me.get",
            Self::StoragePut => "storage.put",
            Self::StorageGet => "storage.get",
        }
    }

    /// Finds an endpoint by its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.id() == id)
    }

    /// Tells whether the endpoint is part of storage, where errors are XML.
    #[must_use]
    pub const fn is_storage(self) -> bool {
        matches!(self, Self::StoragePut | Self::StorageGet)
    }

    /// Tells whether the operation declares `Idempotency-Key`; elsewhere the header is ignored.
    #[must_use]
    pub const fn declares_idempotency_key(self) -> bool {
        matches!(
            self,
            Self::UploadAsset
                | Self::CreateDirectUpload
                | Self::CreateUploadBatch
                | Self::CompleteUploadBatch
        )
    }

    /// Tells whether the request has a JSON body.
    pub(crate) const fn takes_json(self) -> bool {
        matches!(
            self,
            Self::CreateDirectUpload
                | Self::CreateUploadBatch
                | Self::CompleteUploadBatch
                | Self::CompleteAsset
                | Self::CreateVideoAgent
        )
    }
}

/// Where a request of the API goes.
pub(crate) enum Route {
    /// To an endpoint, with the parameter of its path, still percent-encoded.
    To(Endpoint, String),
    /// The path exists, for these methods only.
    OtherMethods(Vec<Method>),
    Nowhere,
}

/// Finds the endpoint of a request to the API.
pub(crate) fn route(method: &Method, path: &str) -> Route {
    let mut others = Vec::new();
    for (endpoint, allowed, template) in TABLE {
        let Some(parameter) = matched(template, path) else {
            continue;
        };
        if method == allowed {
            return Route::To(*endpoint, parameter.to_owned());
        }
        others.push(allowed.clone());
    }
    if others.is_empty() {
        Route::Nowhere
    } else {
        Route::OtherMethods(others)
    }
}

/// Returns the parameter of a path that fits the template, empty when it has none.
fn matched<'a>(template: &str, path: &'a str) -> Option<&'a str> {
    let mut parameter = "";
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = segments.next()?;
        if expected == "*" && !segment.is_empty() {
            parameter = segment;
        } else if expected != segment {
            return None;
        }
    }
    segments.next().is_none().then_some(parameter)
}

// Words stand before parameters, so that `search` is not taken for an asset id.
const TABLE: &[(Endpoint, Method, &str)] = &[
    (Endpoint::UploadAsset, Method::POST, "/v3/assets"),
    (Endpoint::ListAssets, Method::GET, "/v3/assets"),
    (
        Endpoint::CreateDirectUpload,
        Method::POST,
        "/v3/assets/direct-uploads",
    ),
    (
        Endpoint::CreateUploadBatch,
        Method::POST,
        "/v3/assets/direct-uploads/batches",
    ),
    (
        Endpoint::CompleteUploadBatch,
        Method::POST,
        "/v3/assets/complete/batches",
    ),
    (Endpoint::SearchAssets, Method::GET, "/v3/assets/search"),
    (
        Endpoint::ListAssetStatuses,
        Method::GET,
        "/v3/assets/statuses",
    ),
    (
        Endpoint::GetUploadBatch,
        Method::GET,
        "/v3/assets/batches/*",
    ),
    (
        Endpoint::CompleteAsset,
        Method::POST,
        "/v3/assets/*/complete",
    ),
    (Endpoint::GetAsset, Method::GET, "/v3/assets/*"),
    (Endpoint::DeleteAsset, Method::DELETE, "/v3/assets/*"),
    (Endpoint::CreateVideoAgent, Method::POST, "/v3/video-agents"),
    (Endpoint::GetVideoAgent, Method::GET, "/v3/video-agents/*"),
    (Endpoint::GetUser, Method::GET, "/v3/users/me"),
];
