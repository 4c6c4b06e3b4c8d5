//! The groups of the API's operations, each with one method per operation.
//!
//! The names are the API's own: `video_translations.proofreads.srt.replace` is
//! `client.video_translations().proofreads().srt().replace(…)`. A group of a single operation
//! without a body is a method: `client.videos().scenes(id)`. Beside the operations there are
//!
//! - `items` and `pages` wherever a list goes on over several pages;
//! - `wait` wherever something is worked on in the background;
//! - `…_from` wherever an operation takes files: local ones are uploaded first.

mod ai_clipping;
mod api_keys;
mod assets;
mod audio;
mod avatars;
mod background_removals;
mod brand_glossaries;
mod brand_kits;
mod filler_word_removals;
mod folders;
mod hyperframes;
mod lipsyncs;
mod models;
mod templates;
mod users;
mod video_agents;
mod video_translations;
mod videos;
mod voices;
mod webhooks;

pub use ai_clipping::AiClipping;
pub use api_keys::ApiKeys;
pub use assets::{AssetBatches, Assets};
pub use audio::{Audio, AudioSounds};
pub use avatars::{AvatarLooks, Avatars};
pub use background_removals::BackgroundRemovals;
pub use brand_glossaries::BrandGlossaries;
pub use brand_kits::BrandKits;
pub use filler_word_removals::FillerWordRemovals;
pub use folders::Folders;
pub use hyperframes::{Hyperframes, HyperframesRenders};
pub use lipsyncs::{LipsyncBatches, Lipsyncs};
pub use models::{Models, ModelsAudio, ModelsAudioVoices, ModelsImages, ModelsVideos};
pub use templates::Templates;
pub use users::Users;
pub use video_agents::{VideoAgentStyles, VideoAgents};
pub use video_translations::{
    ProofreadSubtitles, Proofreads, VideoTranslationBatches, VideoTranslations,
};
pub use videos::{VideoBatches, Videos};
pub use voices::Voices;
pub use webhooks::{WebhookEndpoints, WebhookEvents, Webhooks};

use crate::Client;

/// Defines a view of a client.
macro_rules! group {
    ($(#[doc = $doc:literal])+ $name:ident) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a> {
            client: &'a $crate::Client,
        }

        impl<'a> $name<'a> {
            pub(crate) const fn new(client: &'a $crate::Client) -> Self {
                Self { client }
            }
        }
    };
}

use group;

/// Gives every group a method of the client.
macro_rules! groups {
    ($($(#[doc = $doc:literal])+ $method:ident: $name:ident,)+) => {
        impl Client {
            $(
                $(#[doc = $doc])+
                #[must_use]
                pub const fn $method(&self) -> $name<'_> {
                    $name::new(self)
                }
            )+
        }
    };
}

groups! {
    /// Short clips out of a long video.
    ai_clipping: AiClipping,
    /// The API key of the client.
    api_keys: ApiKeys,
    /// Uploading files, and what is known of them.
    assets: Assets,
    /// Music and sound effects.
    audio: Audio,
    /// Avatars and their looks.
    avatars: Avatars,
    /// Videos without their background.
    background_removals: BackgroundRemovals,
    /// How words are pronounced and translated.
    brand_glossaries: BrandGlossaries,
    /// The colours, fonts and logos of a brand.
    brand_kits: BrandKits,
    /// Videos without "um" and "you know".
    filler_word_removals: FillerWordRemovals,
    /// Folders for videos and translations.
    folders: Folders,
    /// Videos rendered from projects.
    hyperframes: Hyperframes,
    /// The mouth of a video moved to other words.
    lipsyncs: Lipsyncs,
    /// Videos, images and speech from HeyGen's own generation models.
    models: Models,
    /// Videos with places to fill in.
    templates: Templates,
    /// The account behind the credential.
    users: Users,
    /// Videos made from a prompt and files.
    video_agents: VideoAgents,
    /// Videos in other languages.
    video_translations: VideoTranslations,
    /// Videos of avatars, pictures and scenes.
    videos: Videos,
    /// Voices: to find, to design, to clone, to speak with.
    voices: Voices,
    /// Where events are delivered, and what was.
    webhooks: Webhooks,
}
