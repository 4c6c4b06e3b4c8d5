use alloc::{collections::BTreeMap, string::String};

use serde::{Deserialize, Serialize};

use crate::{Json, Url, VideoTranslationId};

/// The payload of [`video_translate.success`](crate::webhooks::EventType::VideoTranslateSuccess): a
/// translation is completed.
///
/// Only older documentation describes it, so every field may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTranslateSuccess {
    /// The translation.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub video_translate_id: Option<VideoTranslationId>,
    /// Where the translated video can be fetched. Presigned, so it expires: read the record of the
    /// translation again for a fresh one.
    #[serde(default)]
    pub url: Option<Url>,
    /// The language of the translation.
    #[serde(default)]
    pub output_language: Option<String>,
    /// The text that the request for the translation gave, unchanged.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// Every other field, as it came.
    #[serde(flatten)]
    pub more: BTreeMap<String, Json>,
}

/// The payload of [`video_translate.fail`](crate::webhooks::EventType::VideoTranslateFail): a
/// translation has failed.
///
/// Only older documentation describes it, so every field may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTranslateFail {
    /// The translation.
    #[serde(default, deserialize_with = "crate::lenient::optional_id")]
    pub video_translate_id: Option<VideoTranslationId>,
    /// The reason in words.
    #[serde(default)]
    pub message: Option<String>,
    /// The language of the translation.
    #[serde(default)]
    pub output_language: Option<String>,
    /// The text that the request for the translation gave, unchanged.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// Every other field, as it came.
    #[serde(flatten)]
    pub more: BTreeMap<String, Json>,
}
