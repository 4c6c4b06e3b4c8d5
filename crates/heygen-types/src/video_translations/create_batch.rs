use alloc::{format, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::CreateVideoTranslation;
use crate::{
    BatchId, BodyEncoding, Invalid, Method, Operation, Url,
    invalid::{check_count, check_each},
    limits,
};

/// `POST /v3/video-translations/batches`: starts up to 100 translations at once, counted per
/// language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateVideoTranslationBatch {
    /// The translations, 1 to 100, where each counts once per language.
    pub video_translations: Vec<CreateVideoTranslation>,
    /// Where to report the end of the whole batch. The call is not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// The title of the batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl CreateVideoTranslationBatch {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(video_translations: Vec<CreateVideoTranslation>) -> Self {
        Self {
            video_translations,
            callback_url: None,
            title: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_count(
            "video_translations",
            self.video_translations.len(),
            limits::BATCH_ITEMS_COUNT,
        )?;
        check_each(
            "video_translations",
            &self.video_translations,
            CreateVideoTranslation::validate,
        )?;
        let languages = self
            .video_translations
            .iter()
            .map(|job| job.output_languages.len())
            .sum::<usize>();
        let max = *limits::BATCH_ITEMS_COUNT.end();
        if languages > max {
            let problem = format!("make {languages} jobs, one per language; the API takes {max}");
            return Err(Invalid::new("video_translations", problem));
        }
        Ok(())
    }
}

impl Operation for CreateVideoTranslationBatch {
    const ID: &'static str = "video_translations.batches.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/video-translations/batches";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;
    const STATUS: u16 = 202;

    type Body = Self;
    type Response = CreatedVideoTranslationBatch;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The batch that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedVideoTranslationBatch {
    /// The batch.
    pub batch_id: BatchId,
}

impl CreatedVideoTranslationBatch {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(batch_id: BatchId) -> Self {
        Self { batch_id }
    }
}
