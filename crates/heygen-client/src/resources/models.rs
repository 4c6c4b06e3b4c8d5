mod audio;
mod images;
mod videos;

pub use audio::{ModelsAudio, ModelsAudioVoices};
pub use images::ModelsImages;
pub use videos::ModelsVideos;

use super::group;

group! {
    /// The `models.*` operations: HeyGen's own generation models.
    Models
}

impl<'a> Models<'a> {
    /// Speech, and the voices for it.
    #[must_use]
    pub const fn audio(&self) -> ModelsAudio<'a> {
        ModelsAudio::new(self.client)
    }

    /// Images of a person.
    #[must_use]
    pub const fn images(&self) -> ModelsImages<'a> {
        ModelsImages::new(self.client)
    }

    /// Short videos.
    #[must_use]
    pub const fn videos(&self) -> ModelsVideos<'a> {
        ModelsVideos::new(self.client)
    }
}
