use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{BrandGlossaryId, Method, NoBody, Operation};

/// `DELETE /v3/brand-glossaries/{brand_glossary_id}`: deletes a glossary for good.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteBrandGlossary {
    /// The glossary.
    pub brand_glossary_id: BrandGlossaryId,
}

impl DeleteBrandGlossary {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(brand_glossary_id: BrandGlossaryId) -> Self {
        Self { brand_glossary_id }
    }
}

impl Operation for DeleteBrandGlossary {
    const ID: &'static str = "brand_glossaries.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/brand-glossaries/{brand_glossary_id}";

    type Body = NoBody;
    type Response = DeletedBrandGlossary;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.brand_glossary_id.as_str()]
    }
}

/// The glossary that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedBrandGlossary {
    /// The glossary.
    pub brand_glossary_id: BrandGlossaryId,
}

impl DeletedBrandGlossary {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(brand_glossary_id: BrandGlossaryId) -> Self {
        Self { brand_glossary_id }
    }
}
