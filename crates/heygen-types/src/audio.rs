//! Music and sound effects: the `audio.*` operations.

mod search_sounds;

pub use search_sounds::{SearchSounds, Sound, SoundType};
