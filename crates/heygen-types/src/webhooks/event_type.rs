use crate::open_enum::open_enum;

open_enum! {
    /// What an event is about.
    EventType {
        /// A video is done.
        AvatarVideoSuccess = "avatar_video.success",
        /// A video could not be made.
        AvatarVideoFail = "avatar_video.fail",
        /// The preview image of a video is done.
        AvatarVideoGifSuccess = "avatar_video_gif.success",
        /// The preview image of a video could not be made.
        AvatarVideoGifFail = "avatar_video_gif.fail",
        /// A translation is done.
        VideoTranslateSuccess = "video_translate.success",
        /// A translation failed.
        VideoTranslateFail = "video_translate.fail",
        /// A translation was refused before it began: its input is not acceptable.
        VideoTranslatePreflightValidationFailed = "video_translate.preflight.validation_failed",
        /// A translation was refused before it began: its input could not be fetched.
        VideoTranslatePreflightDownloadFailed = "video_translate.preflight.download_failed",
        /// Something about a personalised video; the name does not say how it ended.
        PersonalizedVideo = "personalized_video",
        /// An avatar made from footage is done.
        InstantAvatarSuccess = "instant_avatar.success",
        /// An avatar made from footage failed.
        InstantAvatarFail = "instant_avatar.fail",
        /// The pictures of a photo avatar are done.
        PhotoAvatarGenerationSuccess = "photo_avatar_generation.success",
        /// The pictures of a photo avatar failed.
        PhotoAvatarGenerationFail = "photo_avatar_generation.fail",
        /// The training of a photo avatar is done.
        PhotoAvatarTrainSuccess = "photo_avatar_train.success",
        /// The training of a photo avatar failed.
        PhotoAvatarTrainFail = "photo_avatar_train.fail",
        /// A photo avatar has its motion.
        PhotoAvatarAddMotionSuccess = "photo_avatar_add_motion.success",
        /// A photo avatar got no motion.
        PhotoAvatarAddMotionFail = "photo_avatar_add_motion.fail",
        /// A proofread is ready.
        ProofreadCreationSuccess = "proofread_creation.success",
        /// A proofread could not be made.
        ProofreadCreationFail = "proofread_creation.fail",
        /// A live avatar is done.
        LiveAvatarSuccess = "live_avatar.success",
        /// A live avatar failed.
        LiveAvatarFail = "live_avatar.fail",
        /// The captions of a video are done.
        AvatarVideoCaptionSuccess = "avatar_video_caption.success",
        /// The captions of a video failed.
        AvatarVideoCaptionFail = "avatar_video_caption.fail",
        /// A video agent made its video.
        VideoAgentSuccess = "video_agent.success",
        /// A video agent failed.
        VideoAgentFail = "video_agent.fail",
        /// A render is done.
        HyperframesVideoSuccess = "hyperframes_video.success",
        /// A render failed.
        HyperframesVideoFail = "hyperframes_video.fail",
        /// The clips of a video are done.
        AiClippingSuccess = "ai_clipping.success",
        /// The clips of a video failed.
        AiClippingFail = "ai_clipping.fail",
        /// The filler words of a video are gone.
        FillerWordRemovalSuccess = "filler_word_removal.success",
        /// The filler words of a video could not be removed.
        FillerWordRemovalFail = "filler_word_removal.fail",
        /// A podcast is done.
        PodcastSuccess = "podcast.success",
        /// A podcast failed.
        PodcastFail = "podcast.fail",
        /// Every item of a batch has ended, well or not.
        BatchFinished = "batch.finished",
    }
}

impl EventType {
    /// Returns how the work ended, as far as the name says it. It is read from the ending of the
    /// name, so that it also holds for events of tomorrow.
    ///
    /// ```
    /// use heygen_types::webhooks::{EventOutcome, EventType};
    ///
    /// assert_eq!(EventType::VideoAgentSuccess.outcome(), Some(EventOutcome::Success));
    /// assert_eq!(EventType::from("hologram.fail").outcome(), Some(EventOutcome::Failure));
    /// assert_eq!(EventType::PersonalizedVideo.outcome(), None);
    /// ```
    #[must_use]
    pub fn outcome(&self) -> Option<EventOutcome> {
        let name = self.as_str();
        if name.ends_with(".success") {
            Some(EventOutcome::Success)
        } else if name.ends_with(".fail") || name.ends_with("_failed") {
            Some(EventOutcome::Failure)
        } else if name.ends_with(".finished") {
            Some(EventOutcome::Finished)
        } else {
            None
        }
    }
}

/// How the work behind an event ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventOutcome {
    /// It is done.
    Success,
    /// There is no result.
    Failure,
    /// It has ended, and the event does not say how.
    Finished,
}
