use alloc::{
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, Url,
    invalid::{check_length, check_limit},
    limits,
    open_enum::open_enum,
};

/// `GET /v3/assets/search` (preview): images and icons by description.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchAssets {
    /// What to look for, 1 to 1000 characters.
    pub query: String,
    /// The kind of asset.
    pub r#type: SearchType,
    /// How many hits a page has, 1 to 50; the API's default is 20.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
    /// Where to look; the API's default is the public library.
    pub scope: Option<SearchScope>,
}

impl SearchAssets {
    /// Asks for the first page of hits.
    pub fn new(query: impl Into<String>, r#type: SearchType) -> Self {
        Self {
            query: query.into(),
            r#type,
            limit: None,
            token: None,
            scope: None,
        }
    }
}

impl Operation for SearchAssets {
    const ID: &'static str = "assets.search";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/assets/search";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<SearchHit>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![
            ("query", self.query.clone()),
            ("type", self.r#type.to_string()),
        ];
        query.extend(self.limit.map(|limit| ("limit", limit.to_string())));
        query.extend(self.token.clone().map(|token| ("token", token)));
        query.extend(
            self.scope
                .as_ref()
                .map(|scope| ("scope", scope.to_string())),
        );
        query
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_length("query", &self.query, limits::SEARCH_QUERY_LENGTH)?;
        check_limit(self.limit, limits::SHORT_LIST_LIMIT)
    }
}

impl Paged for SearchAssets {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}

open_enum! {
    /// The kind of asset to search for.
    SearchType {
        /// Photographs and drawings.
        Image = "image",
        /// Icons.
        Icon = "icon",
    }
}

open_enum! {
    /// Where to search.
    SearchScope {
        /// The public library.
        Public = "public",
        /// The caller's own assets.
        Personal = "personal",
    }
}

/// An asset that was found. Images and icons have the same fields; `type` tells them apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SearchHit {
    /// The id of the hit, in its own library: it is not said to be an asset id.
    pub id: String,
    /// Where the file can be fetched.
    pub url: Url,
    /// Image or icon.
    #[serde(default = "image")]
    pub r#type: SearchType,
    /// The height in pixels.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub height: Option<u32>,
    /// The width in pixels.
    #[serde(default, deserialize_with = "crate::lenient::optional_whole")]
    pub width: Option<u32>,
    /// Whether the background is transparent.
    #[serde(default)]
    pub is_transparent: Option<bool>,
    /// The orientation, in the server's words.
    #[serde(default)]
    pub orientation: Option<String>,
}

impl SearchHit {
    /// Makes a hit of the fields that are always there.
    pub fn new(id: impl Into<String>, url: Url, r#type: SearchType) -> Self {
        Self {
            id: id.into(),
            url,
            r#type,
            height: None,
            width: None,
            is_transparent: None,
            orientation: None,
        }
    }
}

fn image() -> SearchType {
    SearchType::Image
}
