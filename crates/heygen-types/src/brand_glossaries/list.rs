use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    BrandGlossaryId, Envelope, Invalid, Method, NoBody, Operation, Page, Paged,
    invalid::check_limit, limits, paged::page_query,
};

/// `GET /v3/brand-glossaries`: the glossaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListBrandGlossaries {
    /// How many items a page has, 1 to 100; the API's default is `10`.
    pub limit: Option<u32>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl ListBrandGlossaries {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            token: None,
        }
    }
}

impl Operation for ListBrandGlossaries {
    const ID: &'static str = "brand_glossaries.list";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/brand-glossaries";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<BrandGlossarySummary>;

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

impl Paged for ListBrandGlossaries {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}

/// A glossary in a list, without its terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BrandGlossarySummary {
    /// The glossary.
    pub brand_glossary_id: BrandGlossaryId,
    /// When it was created, as ISO 8601 in UTC.
    pub created_at: String,
    /// The name.
    pub name: String,
    /// When it was changed last, as ISO 8601 in UTC.
    pub updated_at: String,
}

impl BrandGlossarySummary {
    /// Makes one of the fields that are always there.
    pub fn new(
        brand_glossary_id: BrandGlossaryId,
        name: impl Into<String>,
        created_at: impl Into<String>,
        updated_at: impl Into<String>,
    ) -> Self {
        Self {
            brand_glossary_id,
            created_at: created_at.into(),
            name: name.into(),
            updated_at: updated_at.into(),
        }
    }
}
