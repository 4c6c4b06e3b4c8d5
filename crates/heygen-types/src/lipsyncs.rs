//! Lips that fit another audio: the `lipsyncs.*` operations.

mod create;
mod create_batch;
mod delete;
mod get;
mod get_batch;
mod lipsync_job;
mod list;
mod list_statuses;
mod update;

pub use create::{CreateLipsync, CreatedLipsync};
pub use create_batch::{CreateLipsyncBatch, CreatedLipsyncBatch};
pub use delete::{DeleteLipsync, DeletedLipsync};
pub use get::GetLipsync;
pub use get_batch::GetLipsyncBatch;
pub use lipsync_job::{LipsyncJob, LipsyncStatus};
pub use list::ListLipsyncs;
pub use list_statuses::ListLipsyncStatuses;
pub use update::{UpdateLipsync, UpdateLipsyncBody};
