use alloc::{vec, vec::Vec};

use super::BrandGlossary;
use crate::{BrandGlossaryId, Method, NoBody, Operation};

/// `GET /v3/brand-glossaries/{brand_glossary_id}`: one glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetBrandGlossary {
    /// The glossary.
    pub brand_glossary_id: BrandGlossaryId,
}

impl GetBrandGlossary {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(brand_glossary_id: BrandGlossaryId) -> Self {
        Self { brand_glossary_id }
    }
}

impl Operation for GetBrandGlossary {
    const ID: &'static str = "brand_glossaries.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/brand-glossaries/{brand_glossary_id}";

    type Body = NoBody;
    type Response = BrandGlossary;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.brand_glossary_id.as_str()]
    }
}
