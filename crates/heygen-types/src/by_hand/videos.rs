mod engine;
mod rules;
mod sound;
mod studio_scene;

use crate::{VideoId, videos::DeletedVideo};

pub use engine::AvatarEngine;
pub use studio_scene::{StudioBackground, StudioInput, StudioScene};

impl DeletedVideo {
    /// Creates the answer to a deletion that was carried out.
    #[must_use]
    pub const fn new(id: VideoId) -> Self {
        Self { id, deleted: true }
    }
}
