//! Videos of avatars, pictures, prompts and scenes: the `videos.*` operations.

mod background;
mod caption;
mod create;
mod create_batch;
mod delete;
mod get;
mod get_batch;
mod get_scenes;
mod list;
mod list_statuses;
mod scene_background;
mod scene_element;
mod scene_script;
mod video_record;
mod video_scenes;
mod watermark;

pub use background::{BackgroundType, VideoBackground};
pub use caption::{CaptionFormat, CaptionPreset, VideoCaption};
pub use create::{
    AvatarEngine, AvatarVideo, CinematicAvatarVideo, CreateVideo, CreatedVideo, Expressiveness,
    ImageScene, ImageVideo, OutputFormat, ScenePlayback, ScenePlaybackMode, StudioAvatar,
    StudioBackground, StudioInput, StudioScene, StudioVideo, VideoClipScene, VideoFit,
    VideoResolution,
};
pub use create_batch::{CreateVideoBatch, CreatedVideoBatch};
pub use delete::{DeleteVideo, DeletedVideo};
pub use get::GetVideo;
pub use get_batch::GetVideoBatch;
pub use get_scenes::GetVideoScenes;
pub use list::ListVideos;
pub use list_statuses::ListVideoStatuses;
pub use scene_background::{
    ClipBackground, ColorBackground, ImageBackground, SceneBackground, Trim,
};
pub use scene_element::{
    AvatarElement, ContainerElement, ImageElement, SceneElement, VideoElement, VideoPlayback,
};
pub use scene_script::{AudioScript, SceneScript, SilenceScript, SpokenVoiceSettings, TextScript};
pub use video_record::{VideoRecord, VideoStatus};
pub use video_scenes::{SceneCaption, SceneVideo, VideoScene, VideoScenes};
pub use watermark::{Watermark, WatermarkPlacement, WatermarkPosition};
