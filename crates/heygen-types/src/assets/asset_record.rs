use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{AssetId, FolderId, SpaceId, Url};

/// What is stored about an asset. It has neither status nor size; ask
/// [`ListAssetStatuses`](super::ListAssetStatuses) for the status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AssetRecord {
    /// The asset id. Upload answers call the same thing `asset_id`.
    pub id: AssetId,
    /// The name of the file.
    #[serde(deserialize_with = "crate::lenient::null_as_default")]
    pub name: String,
    /// The username of the owner.
    #[serde(deserialize_with = "crate::lenient::null_as_default")]
    pub owner: String,
    /// The workspace, `None` where an answer leaves it out.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    #[cfg_attr(feature = "schemars", schemars(!default, required))]
    pub space_id: Option<SpaceId>,
    /// The kind of media: `image`, `video`, `audio` and `font` have been seen.
    pub r#type: String,
    /// When it was uploaded, in seconds since the Unix epoch.
    #[serde(deserialize_with = "crate::lenient::whole")]
    pub uploaded_at: i64,
    /// The folder, `None` at the root.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub folder_id: Option<FolderId>,
    /// Where the file can be fetched, `None` when no URL can be made. Presigned, so it expires.
    #[serde(default)]
    pub url: Option<Url>,
}

impl AssetRecord {
    /// Makes a record of the fields that are always there.
    pub fn new(
        id: AssetId,
        name: impl Into<String>,
        owner: impl Into<String>,
        space_id: SpaceId,
        r#type: impl Into<String>,
        uploaded_at: i64,
    ) -> Self {
        Self {
            id,
            name: name.into(),
            owner: owner.into(),
            space_id: Some(space_id),
            r#type: r#type.into(),
            uploaded_at,
            folder_id: None,
            url: None,
        }
    }
}
