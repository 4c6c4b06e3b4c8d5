use alloc::{collections::BTreeMap, string::String};

use serde::{Deserialize, Serialize};

use super::{RenderFormat, RenderQuality, RenderResolution};
use crate::{
    AspectRatio, AssetInput, BodyEncoding, Invalid, Json, Method, Operation, RenderId, Url,
    invalid::{check_length, check_range},
    limits,
};

/// `POST /v3/hyperframes/renders`: renders a project, a ZIP with `index.html` at its root.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateRender {
    /// The project, a ZIP file, at most "200 MB" as an asset.
    pub project: AssetInput,
    /// Frames per second, 1 to 240; the API's default is `30`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fps: Option<u32>,
    /// How carefully to render; the API's default is `standard`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<RenderQuality>,
    /// The container; the API's default is `mp4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<RenderFormat>,
    /// The resolution; the API's default is `1080p`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<RenderResolution>,
    /// The shape of the picture; the API's default is `16:9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
    /// The page of the project to render, at most 512 characters; `index.html` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composition: Option<String>,
    /// Values for the variables of the page, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variables: Option<BTreeMap<String, Json>>,
    /// The title, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A text of the caller's own that comes back with the callback, at most 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<String>,
    /// Where to report the end. Calls to it are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Url>,
}

impl CreateRender {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(project: AssetInput) -> Self {
        Self {
            project,
            fps: None,
            quality: None,
            format: None,
            resolution: None,
            aspect_ratio: None,
            composition: None,
            variables: None,
            title: None,
            callback_id: None,
            callback_url: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.fps {
            check_range("fps", value, limits::RENDER_FPS)?;
        }
        if let Some(value) = &self.composition {
            check_length("composition", value, limits::RENDER_COMPOSITION_LENGTH)?;
        }
        if let Some(value) = &self.title {
            check_length("title", value, limits::RENDER_TITLE_LENGTH)?;
        }
        if let Some(value) = &self.callback_id {
            check_length("callback_id", value, limits::RENDER_CALLBACK_ID_LENGTH)?;
        }
        Ok(())
    }
}

impl Operation for CreateRender {
    const ID: &'static str = "hyperframes.renders.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/hyperframes/renders";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;
    const STATUS: u16 = 202;

    type Body = Self;
    type Response = CreatedRender;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The render that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreatedRender {
    /// The render.
    pub render_id: RenderId,
}

impl CreatedRender {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(render_id: RenderId) -> Self {
        Self { render_id }
    }
}
