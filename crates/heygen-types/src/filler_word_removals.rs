//! Videos without filler words: the `filler_word_removals.*` operations.

mod create;
mod filler_word_removal_job;
mod get;

pub use create::{CreateFillerWordRemoval, CreatedFillerWordRemoval};
pub use filler_word_removal_job::{FillerWordRemovalJob, FillerWordRemovalStatus};
pub use get::GetFillerWordRemoval;
