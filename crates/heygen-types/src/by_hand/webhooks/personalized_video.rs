use alloc::{collections::BTreeMap, string::String};

use serde::{Deserialize, Serialize};

use crate::{Json, Url, VideoId};

/// The payload of [`personalized_video`](crate::webhooks::EventType::PersonalizedVideo): a personalized
/// video was made.
///
/// Only older documentation describes it, so every field may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PersonalizedVideo {
    /// The id of the project that the video belongs to.
    #[serde(default)]
    pub project_id: Option<String>,
    /// The video.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub video_id: Option<VideoId>,
    /// Where the video can be fetched.
    #[serde(default)]
    pub video_url: Option<Url>,
    /// The page that shows the video to its recipient.
    #[serde(default)]
    pub landing_page_url: Option<Url>,
    /// Where its preview image can be fetched.
    #[serde(default)]
    pub gif_url: Option<Url>,
    /// HTML that shows the preview image, for an e-mail.
    #[serde(default)]
    pub gif_html: Option<String>,
    /// The recipient, in the form in which the project has it.
    #[serde(default)]
    pub contact_info: Option<Json>,
    /// Every other field, as it came.
    #[serde(flatten)]
    pub more: BTreeMap<String, Json>,
}
