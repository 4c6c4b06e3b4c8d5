//! Uploading files, and what is known of them afterwards: the `assets.*` operations.

mod asset_record;
mod complete;
mod complete_batch;
mod create_direct_upload;
mod create_upload_batch;
mod delete;
mod get;
mod get_batch;
mod list;
mod list_statuses;
mod search;
mod upload;

pub use asset_record::AssetRecord;
pub use complete::{CompleteAsset, CompleteAssetBody, CompletedAsset};
pub use complete_batch::{CompleteUploadBatch, CompletedUploadBatch};
pub use create_direct_upload::{CreateDirectUpload, UploadSlot};
pub use create_upload_batch::{CreateUploadBatch, UploadBatch, UploadBatchFile};
pub use delete::{DeleteAsset, DeletedAsset};
pub use get::GetAsset;
pub use get_batch::GetUploadBatch;
pub use list::ListAssets;
pub use list_statuses::ListAssetStatuses;
pub use search::{SearchAssets, SearchHit, SearchScope, SearchType};
pub use upload::{UploadAsset, UploadedAsset};
