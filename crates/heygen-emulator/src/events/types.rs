/// Every type of event with what it says.
pub(crate) const EVENT_TYPES: [(&str, &str); 34] = [
    ("avatar_video.success", "A video is completed"),
    ("avatar_video.fail", "A video has failed"),
    (
        "avatar_video_gif.success",
        "The GIF of a video is completed",
    ),
    ("avatar_video_gif.fail", "The GIF of a video has failed"),
    (
        "video_translate.success",
        "A video translation is completed",
    ),
    ("video_translate.fail", "A video translation has failed"),
    (
        "video_translate.preflight.validation_failed",
        "The source of a video translation was refused",
    ),
    (
        "video_translate.preflight.download_failed",
        "The source of a video translation could not be fetched",
    ),
    ("personalized_video", "A personalized video was made"),
    ("instant_avatar.success", "A digital twin is completed"),
    ("instant_avatar.fail", "A digital twin has failed"),
    (
        "photo_avatar_generation.success",
        "A photo avatar is completed",
    ),
    ("photo_avatar_generation.fail", "A photo avatar has failed"),
    (
        "photo_avatar_train.success",
        "The training of a photo avatar is completed",
    ),
    (
        "photo_avatar_train.fail",
        "The training of a photo avatar has failed",
    ),
    (
        "photo_avatar_add_motion.success",
        "The motion of a photo avatar is completed",
    ),
    (
        "photo_avatar_add_motion.fail",
        "The motion of a photo avatar has failed",
    ),
    ("proofread_creation.success", "A proofread is completed"),
    ("proofread_creation.fail", "A proofread has failed"),
    ("live_avatar.success", "A live avatar is completed"),
    ("live_avatar.fail", "A live avatar has failed"),
    (
        "avatar_video_caption.success",
        "The captioned form of a video is completed",
    ),
    (
        "avatar_video_caption.fail",
        "The captioned form of a video has failed",
    ),
    ("video_agent.success", "A video agent session is completed"),
    ("video_agent.fail", "A video agent session has failed"),
    (
        "hyperframes_video.success",
        "A HyperFrames render is completed",
    ),
    ("hyperframes_video.fail", "A HyperFrames render has failed"),
    ("ai_clipping.success", "A clipping job is completed"),
    ("ai_clipping.fail", "A clipping job has failed"),
    (
        "filler_word_removal.success",
        "A filler word removal is completed",
    ),
    (
        "filler_word_removal.fail",
        "A filler word removal has failed",
    ),
    ("podcast.success", "A podcast is completed"),
    ("podcast.fail", "A podcast has failed"),
    (
        "batch.finished",
        "Every item of a batch has come to its end",
    ),
];
