use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    AspectRatio, BrandGlossaryId, FolderId, Invalid, Url,
    invalid::{check_count, check_each},
    limits,
    videos::{StudioScene, VideoCaption, VideoResolution, Watermark},
};

/// A video of several scenes, always MP4. One bad scene fails the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StudioVideo {
    /// The scenes, 1 to 50.
    pub scenes: Vec<StudioScene>,
    /// The shape of the video; the API's default is `16:9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
    /// Where to report the end. Calls to it are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// The captions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<VideoCaption>,
    /// The resolution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<VideoResolution>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A watermark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watermark: Option<Watermark>,
    /// The folder that the video goes into; the root when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
    /// The glossary that says how the names in the scripts are spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_glossary_id: Option<BrandGlossaryId>,
}

impl StudioVideo {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(scenes: Vec<StudioScene>) -> Self {
        Self {
            scenes,
            aspect_ratio: None,
            callback_id: None,
            callback_url: None,
            caption: None,
            resolution: None,
            title: None,
            watermark: None,
            folder_id: None,
            brand_glossary_id: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_count("scenes", self.scenes.len(), limits::STUDIO_SCENES_COUNT)?;
        check_each("scenes", &self.scenes, StudioScene::validate)?;
        if let Some(value) = &self.watermark {
            value
                .validate()
                .map_err(|invalid| invalid.within("watermark"))?;
        }
        Ok(())
    }
}
