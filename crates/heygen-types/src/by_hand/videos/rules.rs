use super::sound::{
    check_scene_sound, check_script_voice, check_sound, check_transparency, check_voiceover,
};
use crate::{
    Invalid,
    videos::{
        AvatarVideo, BackgroundType, CinematicAvatarVideo, CreateVideo, CreateVideoBatch,
        ImageScene, ImageVideo, StudioAvatar, VideoBackground, VideoClipScene,
    },
};

impl AvatarVideo {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_sound(
            self.script.is_some(),
            self.audio_url.is_some(),
            self.audio_asset_id.is_some(),
        )?;
        check_transparency(self.output_format.as_ref(), self.background.is_some())
    }
}

impl ImageVideo {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_sound(
            self.script.is_some(),
            self.audio_url.is_some(),
            self.audio_asset_id.is_some(),
        )?;
        check_script_voice(self.script.is_some(), self.voice_id.is_some())?;
        check_transparency(self.output_format.as_ref(), self.background.is_some())
    }
}

impl CinematicAvatarVideo {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        if self.auto_duration == Some(true) && self.duration.is_some() {
            return Err(Invalid::new(
                "duration",
                "is given beside auto_duration, which chooses it",
            ));
        }
        Ok(())
    }
}

impl StudioAvatar {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_sound(
            self.script.is_some(),
            self.audio_url.is_some(),
            self.audio_asset_id.is_some(),
        )
    }
}

impl ImageScene {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_scene_sound(
            self.script.is_some(),
            self.audio_url.is_some(),
            self.audio_asset_id.is_some(),
            self.duration.is_some(),
        )?;
        check_script_voice(self.script.is_some(), self.voice_id.is_some())
    }
}

impl VideoClipScene {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_voiceover(
            self.script.is_some(),
            self.audio_url.is_some(),
            self.audio_asset_id.is_some(),
        )?;
        check_script_voice(self.script.is_some(), self.voice_id.is_some())
    }
}

impl VideoBackground {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        match self.r#type {
            BackgroundType::Color if self.value.is_none() => {
                Err(Invalid::new("value", "is missing, the type is color"))
            }
            BackgroundType::Image if self.url.is_none() && self.asset_id.is_none() => Err(
                Invalid::new("url", "is missing, and asset_id too; the type is image"),
            ),
            _ if self.url.is_some() && self.asset_id.is_some() => Err(Invalid::new(
                "url",
                "is given beside asset_id; they exclude each other",
            )),
            _ => Ok(()),
        }
    }
}

impl CreateVideoBatch {
    /// Checks that only the batch as a whole names a folder.
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        let has_folder = self.videos.iter().position(|video| match video {
            CreateVideo::Avatar(video) => video.folder_id.is_some(),
            CreateVideo::Image(video) => video.folder_id.is_some(),
            CreateVideo::CinematicAvatar(video) => video.folder_id.is_some(),
            CreateVideo::Studio(video) => video.folder_id.is_some(),
        });
        has_folder.map_or(Ok(()), |index| {
            let problem = "is given, but only the batch as a whole can have a folder";
            let invalid = Invalid::new("folder_id", problem);
            Err(invalid.within(&alloc::format!("videos[{index}]")))
        })
    }
}
