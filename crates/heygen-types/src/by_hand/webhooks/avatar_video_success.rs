use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Url, VideoId};

/// The payload of [`avatar_video.success`](crate::webhooks::EventType::AvatarVideoSuccess): a video is
/// completed. The event of a GIF has the same fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AvatarVideoSuccess {
    /// The video.
    pub video_id: VideoId,
    /// Where the video can be fetched. Presigned, so it expires: read the record of the video
    /// again for a fresh one.
    pub url: Url,
    /// Where its preview image can be fetched.
    #[serde(default)]
    pub gif_download_url: Option<Url>,
    /// The page of the video in the web application. Older deliveries do not have it.
    #[serde(default)]
    pub video_page_url: Option<Url>,
    /// The page on which people can watch it.
    #[serde(default)]
    pub video_share_page_url: Option<Url>,
    /// The folder. An empty text has been seen for the root, so this is no
    /// [`FolderId`](crate::FolderId).
    #[serde(default)]
    pub folder_id: Option<String>,
    /// The text that the request for the video gave, unchanged.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// The callback URL that the request for the video gave.
    #[serde(default)]
    pub callback_url: Option<Url>,
}

impl AvatarVideoSuccess {
    /// Creates a payload with its required fields; all optional fields are empty.
    #[must_use]
    pub const fn new(video_id: VideoId, url: Url) -> Self {
        Self {
            video_id,
            url,
            gif_download_url: None,
            video_page_url: None,
            video_share_page_url: None,
            folder_id: None,
            callback_id: None,
            callback_url: None,
        }
    }
}
