//! The operations of the API, one file each.

mod batches;
mod call;
mod complete;
mod create_direct_upload;
mod create_video_agent;
mod delete_asset;
mod get_asset;
mod get_user;
mod get_video_agent;
mod list_assets;
mod list_statuses;
mod page;
mod search_assets;
mod upload;

use bytes::Bytes;
use http::Response;

use crate::{Endpoint, Form, FormError, exchange::Payload, problem::Problem};

pub(crate) use call::Call;
pub(crate) use upload::too_large;

type Answer = Result<Response<Payload>, Problem>;

/// Carries out a request that was admitted.
pub(crate) fn answer(
    endpoint: Endpoint,
    mut call: Call<'_>,
    json: &Bytes,
    form: Option<Result<Form, FormError>>,
) -> Answer {
    let call = &mut call;
    match endpoint {
        Endpoint::UploadAsset => upload::answer(call, form),
        Endpoint::ListAssets => list_assets::answer(call),
        Endpoint::CreateDirectUpload => create_direct_upload::answer(call, json),
        Endpoint::CreateUploadBatch => batches::create(call, json),
        Endpoint::CompleteUploadBatch => batches::complete(call, json),
        Endpoint::SearchAssets => search_assets::answer(call),
        Endpoint::ListAssetStatuses => list_statuses::answer(call),
        Endpoint::GetUploadBatch => batches::get(call),
        Endpoint::CompleteAsset => complete::answer(call, json),
        Endpoint::GetAsset => get_asset::answer(call),
        Endpoint::DeleteAsset => delete_asset::answer(call),
        Endpoint::CreateVideoAgent => create_video_agent::answer(call, json),
        Endpoint::GetVideoAgent => get_video_agent::answer(call),
        Endpoint::GetUser => get_user::answer(call),
        Endpoint::StoragePut | Endpoint::StorageGet => {
            unreachable!("requests to storage are answered by the core itself")
        }
    }
}
