//! Voices and speech: the `voices.*` operations.

mod clone;
mod delete;
mod design;
mod get;
mod list;
mod speech;
mod voice_detail;
mod voice_engine;
mod voice_settings;
mod voice_summary;

pub use clone::{CloneVoice, ClonedVoice};
pub use delete::{DeleteVoice, DeletedVoice};
pub use design::{DesignVoice, DesignedVoices};
pub use get::GetVoice;
pub use list::ListVoices;
pub use speech::{CreateSpeech, Speech, SpeechInput, WordTimestamp};
pub use voice_detail::{VoiceDetail, VoiceStatus};
pub use voice_engine::{
    ElevenLabsModel, ElevenLabsSettings, FishModel, FishSettings, StarfishSettings, VoiceEngine,
};
pub use voice_settings::VoiceSettings;
pub use voice_summary::{VoiceSummary, VoiceType};
