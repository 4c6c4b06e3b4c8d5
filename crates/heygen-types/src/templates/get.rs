use alloc::{collections::BTreeMap, string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::TemplateVariable;
use crate::{Method, NoBody, Operation, SceneId, TemplateId, Url};

/// One scene of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TemplateScene {
    /// The scene.
    pub scene_id: SceneId,
    /// What is said.
    #[serde(default)]
    pub script: Option<String>,
    /// The variables that it uses.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub variables: Vec<SceneVariable>,
}

impl TemplateScene {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(scene_id: SceneId) -> Self {
        Self {
            scene_id,
            script: None,
            variables: Vec::new(),
        }
    }
}

/// A variable that a scene uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SceneVariable {
    /// The name.
    pub name: String,
    /// The kind of the variable, in the server's words.
    pub variable_type: String,
}

impl SceneVariable {
    /// Makes one of the fields that are always there.
    pub fn new(name: impl Into<String>, variable_type: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            variable_type: variable_type.into(),
        }
    }
}

/// `GET /v3/templates/{template_id}`: one template.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetTemplate {
    /// The template.
    pub template_id: TemplateId,
}

impl GetTemplate {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(template_id: TemplateId) -> Self {
        Self { template_id }
    }
}

impl Operation for GetTemplate {
    const ID: &'static str = "templates.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/templates/{template_id}";

    type Body = NoBody;
    type Response = Template;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.template_id.as_str()]
    }
}

/// A template with its variables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Template {
    /// The id.
    pub id: TemplateId,
    /// The name.
    pub name: String,
    /// The shape of the picture.
    #[serde(default)]
    pub aspect_ratio: Option<String>,
    /// When it was created, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub created_at: Option<i64>,
    /// The ids of its scenes.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub scene_ids: Vec<SceneId>,
    /// Its scenes, each with its variables.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub scenes: Vec<TemplateScene>,
    /// Where a picture of it can be fetched.
    #[serde(default)]
    pub thumbnail_url: Option<Url>,
    /// When it was changed last, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub updated_at: Option<i64>,
    /// The variables by name, with what they are now.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub variables: BTreeMap<String, TemplateVariable>,
}

impl Template {
    /// Makes one of the fields that are always there.
    pub fn new(id: TemplateId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            aspect_ratio: None,
            created_at: None,
            scene_ids: Vec::new(),
            scenes: Vec::new(),
            thumbnail_url: None,
            updated_at: None,
            variables: BTreeMap::new(),
        }
    }
}
