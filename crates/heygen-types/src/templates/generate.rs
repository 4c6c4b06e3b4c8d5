use alloc::{collections::BTreeMap, format, string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::TemplateVariable;
use crate::{
    BodyEncoding, BrandGlossaryId, FolderId, Invalid, Method, Operation, SceneId, TemplateId, Url,
    invalid::{check_every, check_range},
    limits,
    videos::VideoRecord,
};

/// The size of a video in pixels; both are even.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Dimension {
    /// The height in pixels, 128 to 4 096.
    pub height: u32,
    /// The width in pixels, 128 to 4 096. With the height it has to give the aspect ratio of the
    /// template.
    pub width: u32,
}

impl Dimension {
    /// Makes a size of a width and a height, in this order.
    #[must_use]
    pub const fn new(width: u32, height: u32) -> Self {
        Self { height, width }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_range("height", &self.height, limits::TEMPLATE_HEIGHT)?;
        check_range("width", &self.width, limits::TEMPLATE_WIDTH)?;
        if !self.width.is_multiple_of(2) {
            return Err(Invalid::new(
                "width",
                format!("is {}, which is not even", self.width),
            ));
        }
        if !self.height.is_multiple_of(2) {
            return Err(Invalid::new(
                "height",
                format!("is {}, which is not even", self.height),
            ));
        }
        Ok(())
    }
}

/// How subtitles look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Subtitles {
    /// The name of the look.
    pub preset_name: String,
    /// How it is aligned; the API's default is `2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<i64>,
    /// Whether the spoken word is not highlighted; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_highlight: Option<bool>,
    /// The size of the letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font_size: Option<u32>,
    /// Where they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<SubtitlePosition>,
}

impl Subtitles {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(preset_name: impl Into<String>) -> Self {
        Self {
            preset_name: preset_name.into(),
            alignment: None,
            disable_highlight: None,
            font_size: None,
            position: None,
        }
    }
}

/// Where subtitles stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SubtitlePosition {
    /// How far to the right; the API's default is `0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<f64>,
    /// How far down; the API's default is `0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<f64>,
}

impl SubtitlePosition {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self { x: None, y: None }
    }
}

/// `POST /v3/templates/{template_id}`: makes a video from a template.
///
/// A replay under the same key gives the record as it was at the first call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GenerateFromTemplate {
    /// The template.
    pub template_id: TemplateId,
    /// What is sent.
    pub body: GenerateFromTemplateBody,
}

impl GenerateFromTemplate {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(
        template_id: TemplateId,
        variables: BTreeMap<String, TemplateVariable>,
    ) -> Self {
        Self {
            template_id,
            body: GenerateFromTemplateBody::new(variables),
        }
    }
}

impl Operation for GenerateFromTemplate {
    const ID: &'static str = "templates.generate";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/templates/{template_id}";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = GenerateFromTemplateBody;
    type Response = VideoRecord;

    fn body(&self) -> &GenerateFromTemplateBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.template_id.as_str()]
    }

    fn validate_body(body: &GenerateFromTemplateBody) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The body of [`GenerateFromTemplate`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GenerateFromTemplateBody {
    /// Values by the name of the variable. A text that is left out stays a placeholder, the other
    /// kinds keep what the template has.
    pub variables: BTreeMap<String, TemplateVariable>,
    /// The older name of `brand_glossary_id`. Deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_voice_id: Option<BrandGlossaryId>,
    /// A text of the caller's own that comes back with the callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
    /// Where to report the end. Calls to it are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
    /// Whether there are captions; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<bool>,
    /// The size of the video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<Dimension>,
    /// Whether the video can be shared; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_sharing: Option<bool>,
    /// The folder that the video goes into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
    /// Frames per second: 25, 30 or 60; the API's default is `25`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fps: Option<f64>,
    /// Whether to make an animated picture too; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_gif: Option<bool>,
    /// Whether text of another length stays in the middle; the API's default is `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_text_vertically_centered: Option<bool>,
    /// Whether music follows its scene; the API's default is `true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reorder_music: Option<bool>,
    /// The scenes to use, in this order, repeats allowed; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scene_ids: Option<Vec<SceneId>>,
    /// How subtitles look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitles: Option<Subtitles>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The glossary to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_glossary_id: Option<BrandGlossaryId>,
}

impl GenerateFromTemplateBody {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(variables: BTreeMap<String, TemplateVariable>) -> Self {
        Self {
            variables,
            brand_voice_id: None,
            callback_id: None,
            callback_url: None,
            caption: None,
            dimension: None,
            enable_sharing: None,
            folder_id: None,
            fps: None,
            include_gif: None,
            keep_text_vertically_centered: None,
            reorder_music: None,
            scene_ids: None,
            subtitles: None,
            title: None,
            brand_glossary_id: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        check_every("variables", &self.variables, TemplateVariable::validate)?;
        if let Some(value) = &self.dimension {
            value
                .validate()
                .map_err(|invalid| invalid.within("dimension"))?;
        }
        Ok(())
    }
}
