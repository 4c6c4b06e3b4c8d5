use heygen_types::{
    avatars::{CreateAvatar, DigitalTwinAvatar, PhotoAvatar, PromptAvatar},
    models::{
        CreateModelVideo, CreateModelVoice, ImageToVideo, InstantVoice, ProfessionalVoice,
        ReferenceToVideo,
    },
    videos::{AvatarVideo, CinematicAvatarVideo, CreateVideo, ImageVideo, StudioVideo},
};

/// What a [`Submit`](super::Submit) was started with: a request, or the one variant of a request
/// that has several, so that its own fields and files are at hand.
pub trait PartOf<O> {
    /// Returns the part of a request that was started with it.
    fn part_of(whole: &mut O) -> &mut Self;
}

impl<O> PartOf<O> for O {
    fn part_of(whole: &mut O) -> &mut Self {
        whole
    }
}

macro_rules! variants {
    ($($whole:ident :: $variant:ident ($part:ty);)+) => {$(
        impl PartOf<$whole> for $part {
            fn part_of(whole: &mut $whole) -> &mut Self {
                match whole {
                    $whole::$variant(part) => part,
                    other => unreachable!("{other:?} was started as another variant"),
                }
            }
        }
    )+};
}

variants! {
    CreateAvatar::Prompt(PromptAvatar);
    CreateAvatar::DigitalTwin(DigitalTwinAvatar);
    CreateAvatar::Photo(PhotoAvatar);
    CreateModelVideo::ImageToVideo(ImageToVideo);
    CreateModelVideo::ReferenceToVideo(ReferenceToVideo);
    CreateModelVoice::Instant(InstantVoice);
    CreateModelVoice::Professional(ProfessionalVoice);
    CreateVideo::Avatar(AvatarVideo);
    CreateVideo::Image(ImageVideo);
    CreateVideo::CinematicAvatar(CinematicAvatarVideo);
    CreateVideo::Studio(StudioVideo);
}
