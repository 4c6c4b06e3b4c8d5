use heygen_types::{
    AssetId, AssetInput, Url,
    videos::{
        AvatarVideo, BackgroundType, CreateVideo, ImageScene, ImageVideo, StudioAvatar,
        StudioScene, StudioVideo, VideoBackground, VideoClipScene, Watermark,
    },
};

use crate::{
    FileInput, FileLink, Submit,
    submit::{FileRef, stand_in},
};

/// The files of avatar and image videos.
macro_rules! spoken {
    ($($video:ty),+) => {$(
        impl Submit<CreateVideo, $video> {
            /// Sets the audio to speak, which replaces a script: `audio_asset_id` or `audio_url`.
            pub fn audio(self, audio: impl Into<FileLink>) -> Self {
                self.attach_ref(audio.into(), |video: &mut $video, audio| {
                    put(audio, &mut video.audio_asset_id, &mut video.audio_url);
                })
            }

            /// Sets an image as `background`, which replaces a color.
            pub fn background_image(self, image: impl Into<FileLink>) -> Self {
                self.attach_ref(image.into(), |video: &mut $video, image| {
                    let background = video
                        .background
                        .get_or_insert_with(|| VideoBackground::new(BackgroundType::Image));
                    background.r#type = BackgroundType::Image;
                    background.value = None;
                    put(image, &mut background.asset_id, &mut background.url);
                })
            }
        }
    )+};
}

spoken!(AvatarVideo, ImageVideo);

/// The watermark of a video.
macro_rules! marked {
    ($($video:ty),+) => {$(
        impl Submit<CreateVideo, $video> {
            /// Sets the image of `watermark`. Its options that are already set are kept.
            pub fn watermark_image(self, image: impl Into<FileInput>) -> Self {
                self.attach(image, |video: &mut $video, image| {
                    mark(&mut video.watermark, image);
                })
            }
        }
    )+};
}

marked!(AvatarVideo, ImageVideo, StudioVideo);

impl Submit<CreateVideo, StudioVideo> {
    /// Adds a scene without local files.
    pub fn scene(self, scene: impl Into<StudioScene>) -> Self {
        let scene = scene.into();
        self.then(move |video: &mut StudioVideo| video.scenes.push(scene.clone()))
    }

    /// Adds a scene in which an avatar speaks a sound.
    pub fn avatar_scene(self, avatar: StudioAvatar, audio: impl Into<FileLink>) -> Self {
        self.attach_ref(audio.into(), move |video: &mut StudioVideo, audio| {
            let mut avatar = avatar.clone();
            put(audio, &mut avatar.audio_asset_id, &mut avatar.audio_url);
            video.scenes.push(StudioScene::avatar(avatar));
        })
    }

    /// Adds a scene that shows a picture. `change` sets the other fields of the scene.
    pub fn image_scene(
        self,
        image: impl Into<FileInput>,
        change: impl Fn(&mut ImageScene) + Send + 'static,
    ) -> Self {
        self.attach(image, move |video: &mut StudioVideo, image| {
            let mut scene = ImageScene::new(image);
            change(&mut scene);
            video.scenes.push(scene.into());
        })
    }

    /// Adds a scene that shows a picture to a sound.
    pub fn image_scene_with_audio(
        self,
        image: impl Into<FileInput>,
        audio: impl Into<FileLink>,
        change: impl Fn(&mut ImageScene) + Send + 'static,
    ) -> Self {
        self.image_scene(image, change).last_scene_audio(audio)
    }

    /// Adds a scene that plays a video. `change` sets the other fields of the scene.
    pub fn video_scene(
        self,
        clip: impl Into<FileInput>,
        change: impl Fn(&mut VideoClipScene) + Send + 'static,
    ) -> Self {
        self.attach(clip, move |video: &mut StudioVideo, clip| {
            let mut scene = VideoClipScene::new(clip);
            change(&mut scene);
            video.scenes.push(scene.into());
        })
    }

    /// Adds a scene that plays a video to a sound.
    pub fn video_scene_with_audio(
        self,
        clip: impl Into<FileInput>,
        audio: impl Into<FileLink>,
        change: impl Fn(&mut VideoClipScene) + Send + 'static,
    ) -> Self {
        self.video_scene(clip, change).last_scene_audio(audio)
    }

    fn last_scene_audio(self, audio: impl Into<FileLink>) -> Self {
        self.attach_ref(audio.into(), |video: &mut StudioVideo, audio| {
            match video.scenes.last_mut() {
                Some(StudioScene::Image(scene)) => {
                    put(audio, &mut scene.audio_asset_id, &mut scene.audio_url);
                }
                Some(StudioScene::Video(scene)) => {
                    put(audio, &mut scene.audio_asset_id, &mut scene.audio_url);
                }
                // Files find their places in their order, and the one before made the scene.
                _ => unreachable!("the last scene is the one that was just added"),
            }
        })
    }
}

/// Puts a file where ids and URLs have fields of their own.
fn put(file: FileRef, asset_id: &mut Option<AssetId>, url: &mut Option<Url>) {
    (*asset_id, *url) = match file {
        FileRef::Asset(id) => (Some(id), None),
        FileRef::Url(link) => (None, Some(link)),
    };
}

/// Puts a picture into a watermark.
fn mark(watermark: &mut Option<Watermark>, image: AssetInput) {
    watermark
        .get_or_insert_with(|| Watermark::new(stand_in()))
        .image = image;
}
