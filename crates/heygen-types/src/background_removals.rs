//! Videos taken apart into layers: the `background_removals.*` operations.

mod background_removal_job;
mod create;
mod delete;
mod get;
mod list;

pub use background_removal_job::{BackgroundRemovalJob, BackgroundRemovalStatus, VideoLayer};
pub use create::CreateBackgroundRemoval;
pub use delete::{DeleteBackgroundRemoval, DeletedBackgroundRemoval};
pub use get::GetBackgroundRemoval;
pub use list::ListBackgroundRemovals;
