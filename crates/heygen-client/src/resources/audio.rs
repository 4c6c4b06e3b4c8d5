use heygen_types::{
    Page,
    audio::{SearchSounds, Sound},
};

use super::group;
use crate::{Error, Items, Pages};

group! {
    /// The `audio.*` operations.
    Audio
}

impl<'a> Audio<'a> {
    /// Music and sound effects.
    #[must_use]
    pub const fn sounds(&self) -> AudioSounds<'a> {
        AudioSounds::new(self.client)
    }
}

group! {
    /// The `audio.sounds.*` operations: music and sound effects by description.
    AudioSounds
}

impl AudioSounds<'_> {
    /// Returns one page of sounds that fit a description.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn search(&self, request: &SearchSounds) -> Result<Page<Sound>, Error> {
        self.client.send(request).await
    }

    /// Returns all sounds that fit a description, one by one, page after page as they are asked for.
    pub fn items(&self, request: SearchSounds) -> Items<SearchSounds> {
        self.client.items(request)
    }

    /// Returns the pages of sounds that fit a description as they are asked for.
    pub fn pages(&self, request: SearchSounds) -> Pages<SearchSounds> {
        self.client.pages(request)
    }
}
