use serde::{Deserialize, Serialize};

use crate::open_enum::open_enum;

/// The captions of a video.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VideoCaption {
    /// The format of the caption file; the API's default is `srt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_format: Option<CaptionFormat>,
    /// How captions look in the picture; without it there is only a caption file beside the video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<CaptionPreset>,
}

impl VideoCaption {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            file_format: None,
            style: None,
        }
    }
}

open_enum! {
    /// The format of a caption file.
    CaptionFormat {
        /// SubRip.
        Srt = "srt",
    }
}

open_enum! {
    /// How burnt-in captions look.
    CaptionPreset {
        /// The usual look.
        Default = "default",
    }
}
