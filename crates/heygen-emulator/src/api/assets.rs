mod batches;
mod complete;
mod create_direct_upload;
mod records;
mod search;
mod upload;

pub(super) use batches::{complete as complete_batch, create as create_batch, get as get_batch};
pub(super) use complete::answer as complete;
pub(super) use create_direct_upload::answer as create_direct_upload;
pub(super) use records::{delete, get, list, statuses};
pub(super) use search::answer as search;
pub(super) use upload::answer as upload;
pub(crate) use upload::too_large;
