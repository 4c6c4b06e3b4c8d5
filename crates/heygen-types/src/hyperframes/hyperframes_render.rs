use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{AspectRatio, Job, JobState, RenderId, Url, open_enum::open_enum};

/// A render of a HyperFrames project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HyperframesRender {
    /// The render.
    pub render_id: RenderId,
    /// Where it stands.
    pub status: RenderStatus,
    /// The container.
    pub format: RenderFormat,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// Where the video can be fetched, once there is one. Presigned, so it expires.
    #[serde(default)]
    pub video_url: Option<Url>,
    /// Where a picture of it can be fetched.
    #[serde(default)]
    pub thumbnail_url: Option<Url>,
    /// How long it is, in seconds.
    #[serde(default)]
    pub duration: Option<f64>,
    /// Frames per second.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub fps: Option<u32>,
    /// How carefully it is rendered.
    #[serde(default)]
    pub quality: Option<RenderQuality>,
    /// The resolution.
    #[serde(default)]
    pub resolution: Option<RenderResolution>,
    /// The shape of the picture.
    #[serde(default)]
    pub aspect_ratio: Option<AspectRatio>,
    /// The page of the project that is rendered.
    #[serde(default)]
    pub composition: Option<String>,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// When it was done, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub completed_at: Option<i64>,
    /// Why it failed, in words.
    #[serde(default)]
    pub failure_message: Option<String>,
}

impl HyperframesRender {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(render_id: RenderId, status: RenderStatus, format: RenderFormat) -> Self {
        Self {
            render_id,
            status,
            format,
            title: None,
            callback_id: None,
            video_url: None,
            thumbnail_url: None,
            duration: None,
            fps: None,
            quality: None,
            resolution: None,
            aspect_ratio: None,
            composition: None,
            created_at: None,
            completed_at: None,
            failure_message: None,
        }
    }
}

impl Job for HyperframesRender {
    fn state(&self) -> JobState<'_> {
        match self.status {
            RenderStatus::Completed => JobState::Completed,
            RenderStatus::Failed => JobState::Failed {
                code: None,
                message: self.failure_message.as_deref(),
            },
            _ => JobState::Running,
        }
    }

    fn status_word(&self) -> &str {
        self.status.as_str()
    }
}

open_enum! {
    /// Where a render stands.
    RenderStatus {
        /// It waits for its turn.
        Queued = "queued",
        /// It is being rendered.
        Rendering = "rendering",
        /// The video is done.
        Completed = "completed",
        /// There will be no video.
        Failed = "failed",
    }
}

open_enum! {
    /// The container of a rendered video.
    RenderFormat {
        /// MP4.
        Mp4 = "mp4",
        /// WebM.
        Webm = "webm",
        /// QuickTime.
        Mov = "mov",
    }
}

open_enum! {
    /// How carefully to render.
    RenderQuality {
        /// Fast.
        Draft = "draft",
        /// As usual.
        Standard = "standard",
        /// Best.
        High = "high",
    }
}

open_enum! {
    /// The resolution of a render.
    RenderResolution {
        /// 1080 lines.
        FullHd = "1080p",
        /// 2160 lines.
        FourK = "4k",
    }
}
