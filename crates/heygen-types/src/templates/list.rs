use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, TemplateId, Url,
    invalid::check_limit, limits, paged::page_query,
};

/// `GET /v3/templates`: the templates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListTemplates {
    /// How many items a page has, 1 to 100; the API's default is `10`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListTemplates {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListTemplates {
    const ID: &'static str = "templates.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/templates";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<TemplateSummary>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        page_query(self.limit, self.token.as_deref())
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_limit(self.limit, limits::LIST_LIMIT)
    }
}

impl Paged for ListTemplates {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}

/// A template in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TemplateSummary {
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
    /// Where a picture of it can be fetched.
    #[serde(default)]
    pub thumbnail_url: Option<Url>,
    /// When it was changed last, in seconds since the Unix epoch.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub updated_at: Option<i64>,
}

impl TemplateSummary {
    /// Makes one of the fields that are always there.
    pub fn new(id: TemplateId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            aspect_ratio: None,
            created_at: None,
            thumbnail_url: None,
            updated_at: None,
        }
    }
}
