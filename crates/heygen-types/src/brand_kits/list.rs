use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    BrandKitId, Envelope, Invalid, Method, NoBody, Operation, Page, Paged, Url,
    invalid::check_limit, limits, paged::page_query,
};

/// `GET /v3/brand-kits`: the brand kits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListBrandKits {
    /// How many items a page has, 1 to 100; the API's default is `20`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListBrandKits {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListBrandKits {
    const ID: &'static str = "brand_kits.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/brand-kits";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<BrandKitSummary>;

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

impl Paged for ListBrandKits {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}

/// A brand kit in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BrandKitSummary {
    /// The brand kit.
    pub brand_kit_id: BrandKitId,
    /// The name.
    pub name: String,
    /// The colours, in hexadecimal.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub colors: Vec<String>,
    /// Where the logo can be fetched.
    #[serde(default)]
    pub logo_url: Option<Url>,
}

impl BrandKitSummary {
    /// Makes one of the fields that are always there.
    pub fn new(brand_kit_id: BrandKitId, name: impl Into<String>) -> Self {
        Self {
            brand_kit_id,
            name: name.into(),
            colors: Vec::new(),
            logo_url: None,
        }
    }
}
