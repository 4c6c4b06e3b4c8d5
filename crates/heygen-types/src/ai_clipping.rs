//! Short clips out of a long video: the `ai_clipping.*` operations.

mod clip_settings;
mod clipping_job;
mod create;
mod delete;
mod get;
mod list;

pub use clip_settings::{CaptionStyle, ClipAspectRatio, ClipDuration, ClipSettings};
pub use clipping_job::{Clip, ClipStatus, ClippingJob, ClippingStatus};
pub use create::{CreateAiClipping, CreatedAiClipping};
pub use delete::{DeleteAiClipping, DeletedAiClipping};
pub use get::GetAiClipping;
pub use list::ListAiClippings;
