//! The limits that the API documents, each with its source.

use crate::ByteSize;

/// The largest file that the client sends in one request to `POST /v3/assets`.
///
/// The documentation says "32 MB" and never says it in bytes. This is the strict reading, so that
/// no server can refuse what we send; larger files go by direct upload.
pub const SINGLE_REQUEST_CLIENT_MAX: ByteSize = ByteSize::new(32_000_000);

/// The largest file that a server might take in one request: "32 MB" read as 32 × 1024 × 1024.
/// The emulator refuses above this.
pub const SINGLE_REQUEST_SERVER_MAX: ByteSize = ByteSize::new(33_554_432);

/// The largest object that one presigned PUT can store (Amazon S3: 5 GiB).
pub const PUT_MAX: ByteSize = ByteSize::new(5 * 1024 * 1024 * 1024);

/// The most files in one upload batch (API specification, `assets.direct_uploads.batches.create`).
pub const UPLOAD_BATCH_FILES_MAX: usize = 100;

/// The most ids in one statuses request (API specification, `assets.statuses.list`).
pub const STATUS_IDS_MAX: usize = 100;

/// The range of `limit` in most lists (API specification).
pub const LIST_LIMIT: core::ops::RangeInclusive<u32> = 1..=100;

/// The range of `limit` in the lists with shorter pages: avatars, looks, sounds and the asset search
/// (API specification, `avatars.list` and its like).
pub const SHORT_LIST_LIMIT: core::ops::RangeInclusive<u32> = 1..=50;

/// The range of the length of a search query, in characters (API specification, `assets.search`).
pub const SEARCH_QUERY_LENGTH: core::ops::RangeInclusive<usize> = 1..=1000;

/// The range of the length of a prompt or message to a video agent, in characters (API
/// specification, `video_agents.create`).
pub const AGENT_PROMPT_LENGTH: core::ops::RangeInclusive<usize> = 1..=10_000;

/// The most files in one request to a video agent (API specification, `video_agents.create`).
pub const AGENT_FILES_MAX: usize = 20;

/// The longest idempotency key, in characters (idempotency page).
pub const IDEMPOTENCY_KEY_LENGTH_MAX: usize = 255;

/// The range of the length of `consent_text`, in characters (API specification, `avatars.consent`).
pub const AVATAR_CONSENT_TEXT_LENGTH: core::ops::RangeInclusive<usize> = 0..=1000;

/// The range of the length of `default_voice_id`, in characters (API specification,
/// `avatars.update`).
pub const AVATAR_DEFAULT_VOICE_ID_LENGTH: core::ops::RangeInclusive<usize> = 0..=255;

/// The range of the length of `prompt`, in characters (API specification,
/// `avatar_create.prompt.prompt`).
pub const AVATAR_PROMPT_LENGTH: core::ops::RangeInclusive<usize> = 0..=1000;

/// The range of the number of `reference_images` (API specification,
/// `avatar_create.prompt.reference_images`).
pub const AVATAR_REFERENCE_IMAGES_COUNT: core::ops::RangeInclusive<usize> = 0..=3;

/// The range of the number of jobs in a batch (API specification, `videos.batches.create` and its
/// like).
pub const BATCH_ITEMS_COUNT: core::ops::RangeInclusive<usize> = 1..=100;

/// The range of the length of `name`, in characters (API specification, `brand_kits.create`).
pub const BRAND_KIT_NAME_LENGTH: core::ops::RangeInclusive<usize> = 0..=256;

/// The range of the length of a new `name`, in characters (API specification, `brand_kits.update`).
pub const BRAND_KIT_NEW_NAME_LENGTH: core::ops::RangeInclusive<usize> = 1..=256;

/// The range of the length of `url`, in characters (API specification, `brand_kits.create`).
pub const BRAND_KIT_URL_LENGTH: core::ops::RangeInclusive<usize> = 0..=2048;

/// The range of the number of `avatar_id` (API specification,
/// `video_create.cinematic_avatar.avatar_id`).
pub const CINEMATIC_AVATAR_ID_COUNT: core::ops::RangeInclusive<usize> = 1..=3;

/// The range of `duration` (API specification, `video_create.cinematic_avatar.duration`).
pub const CINEMATIC_DURATION: core::ops::RangeInclusive<u32> = 4..=15;

/// The range of the length of `prompt`, in characters (API specification,
/// `video_create.cinematic_avatar.prompt`).
pub const CINEMATIC_PROMPT_LENGTH: core::ops::RangeInclusive<usize> = 1..=10000;

/// The range of the length of `callback_id`, in characters (API specification,
/// `ai_clipping.create`).
pub const CLIPPING_CALLBACK_ID_LENGTH: core::ops::RangeInclusive<usize> = 0..=128;

/// The range of the length of `title`, in characters (API specification, `ai_clipping.create`).
pub const CLIPPING_TITLE_LENGTH: core::ops::RangeInclusive<usize> = 0..=255;

/// The range of the number of `duration_types` (API specification, `clip_settings.duration_types`).
pub const CLIP_DURATION_TYPES_COUNT: core::ops::RangeInclusive<usize> = 1..=4;

/// The range of the length of `prompt`, in characters (API specification, `clip_settings.prompt`).
pub const CLIP_PROMPT_LENGTH: core::ops::RangeInclusive<usize> = 0..=500;

/// The range of the length of `callback_id`, in characters (API specification,
/// `filler_word_removals.create`).
pub const FILLER_WORD_REMOVAL_CALLBACK_ID_LENGTH: core::ops::RangeInclusive<usize> = 0..=128;

/// The range of the length of `title`, in characters (API specification,
/// `filler_word_removals.create`).
pub const FILLER_WORD_REMOVAL_TITLE_LENGTH: core::ops::RangeInclusive<usize> = 0..=255;

/// The range of the length of `name`, in characters (API specification, `brand_glossaries.create`).
pub const GLOSSARY_NAME_LENGTH: core::ops::RangeInclusive<usize> = 1..=64;

/// The range of the length of `name`, in characters (API specification, `avatars.looks.update`).
pub const LOOK_NAME_LENGTH: core::ops::RangeInclusive<usize> = 0..=255;

/// The range of the length of `callback_id`, in characters (API specification,
/// `hyperframes.renders.create`).
pub const RENDER_CALLBACK_ID_LENGTH: core::ops::RangeInclusive<usize> = 0..=256;

/// The range of the length of `composition`, in characters (API specification,
/// `hyperframes.renders.create`).
pub const RENDER_COMPOSITION_LENGTH: core::ops::RangeInclusive<usize> = 0..=512;

/// The range of `fps` (API specification, `hyperframes.renders.create`).
pub const RENDER_FPS: core::ops::RangeInclusive<u32> = 1..=240;

/// The range of the length of `title`, in characters (API specification,
/// `hyperframes.renders.create`).
pub const RENDER_TITLE_LENGTH: core::ops::RangeInclusive<usize> = 0..=500;

/// The range of `volume` (API specification, `studio_scene_playback.volume`).
pub const SCENE_VOLUME: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The range of `min_score` (API specification, `audio.sounds.search`).
pub const SOUND_SEARCH_MIN_SCORE: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The range of the length of `query`, in characters (API specification, `audio.sounds.search`).
pub const SOUND_SEARCH_QUERY_LENGTH: core::ops::RangeInclusive<usize> = 1..=5000;

/// The range of `speed` (API specification, `voices.speech`).
pub const SPEECH_SPEED: core::ops::RangeInclusive<f64> = 0.5..=2.0;

/// The range of the length of `text`, in characters (API specification, `voices.speech`).
pub const SPEECH_TEXT_LENGTH: core::ops::RangeInclusive<usize> = 1..=5000;

/// The range of the number of `scenes` (API specification, `video_create.studio.scenes`).
pub const STUDIO_SCENES_COUNT: core::ops::RangeInclusive<usize> = 1..=50;

/// The range of `height` (API specification, `templates.generate`).
pub const TEMPLATE_HEIGHT: core::ops::RangeInclusive<u32> = 128..=4096;

/// The range of the length of `content`, in characters (API specification,
/// `template_variable.text.content`). A template that is read may have an empty one.
pub const TEMPLATE_TEXT_CONTENT_LENGTH: core::ops::RangeInclusive<usize> = 1..=10000;

/// The range of `volume` (API specification, `template_variable.video.volume`).
pub const TEMPLATE_VOLUME: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The range of `width` (API specification, `templates.generate`).
pub const TEMPLATE_WIDTH: core::ops::RangeInclusive<u32> = 128..=4096;

/// The most that `duration` can be; it has to be above 0 (API specification,
/// `studio_scene.image.duration`).
pub const VIDEO_DURATION_MAX: f64 = 300.0;

/// The range of the length of `voice_name`, in characters (API specification, `voices.clone`).
pub const VOICE_CLONE_VOICE_NAME_LENGTH: core::ops::RangeInclusive<usize> = 1..=100;

/// The range of the length of `prompt`, in characters (API specification, `voices.design`).
pub const VOICE_DESIGN_PROMPT_LENGTH: core::ops::RangeInclusive<usize> = 1..=1000;

/// The range of `pitch` (API specification, `voice_settings.pitch`).
pub const VOICE_PITCH: core::ops::RangeInclusive<f64> = -50.0..=50.0;

/// The range of `similarity` (API specification, `voice_engine.fish.similarity`).
pub const VOICE_SIMILARITY: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The range of `similarity_boost` (API specification, `voice_engine.elevenlabs.similarity_boost`).
pub const VOICE_SIMILARITY_BOOST: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The range of `speed` (API specification, `voice_settings.speed`).
pub const VOICE_SPEED: core::ops::RangeInclusive<f64> = 0.5..=1.5;

/// The range of `stability` (API specification, `voice_engine.elevenlabs.stability`).
pub const VOICE_STABILITY: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The range of `style` (API specification, `voice_engine.elevenlabs.style`).
pub const VOICE_STYLE: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The range of `volume` (API specification, `voice_settings.volume`).
pub const VOICE_VOLUME: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The range of `offset_x` (API specification, `watermark.placement.offset_x`).
pub const WATERMARK_OFFSET_X: core::ops::RangeInclusive<f64> = -1.0..=1.0;

/// The range of `offset_y` (API specification, `watermark.placement.offset_y`).
pub const WATERMARK_OFFSET_Y: core::ops::RangeInclusive<f64> = -1.0..=1.0;

/// The range of `opacity` (API specification, `watermark.opacity`).
pub const WATERMARK_OPACITY: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// The most that `scale` can be; it has to be above 0 (API specification, `watermark.scale`).
pub const WATERMARK_SCALE_MAX: f64 = 2.0;

/// The range of `weight` (API specification, `brand_kit.font_roles.title_text.weight`).
pub const BRAND_KIT_WEIGHT: core::ops::RangeInclusive<u32> = 1..=1000;
