//! HeyGen's own generation models: videos, images, cloned voices and speech.

mod images;
mod speech;
mod videos;
mod voices;

pub(super) use images::{create as create_images, view as view_images};
pub(super) use speech::{create as create_speech, event, stream as stream_speech, stream_of};
pub(crate) use videos::is_generated;
pub(super) use videos::{create as create_video, get as get_video};
pub(super) use voices::{
    create as create_voice, delete as delete_voice, get as get_voice, list as list_voices,
    view as view_voice,
};
