use alloc::{string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{BrandGlossary, ForcedTranslation, KeptTerm, Pronunciation};
use crate::{
    BodyEncoding, BrandGlossaryId, Invalid, Method, Operation,
    invalid::{check_each, check_length},
    limits,
};

/// `PATCH /v3/brand-glossaries/{brand_glossary_id}`: changes a glossary. A list that is sent
/// replaces the old one, an empty list clears it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpdateBrandGlossary {
    /// The glossary.
    pub brand_glossary_id: BrandGlossaryId,
    /// What is sent.
    pub body: UpdateBrandGlossaryBody,
}

impl UpdateBrandGlossary {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(brand_glossary_id: BrandGlossaryId) -> Self {
        Self {
            brand_glossary_id,
            body: UpdateBrandGlossaryBody::new(),
        }
    }
}

impl Operation for UpdateBrandGlossary {
    const ID: &'static str = "brand_glossaries.update";
    const METHOD: Method = Method::Patch;
    const PATH: &'static str = "/v3/brand-glossaries/{brand_glossary_id}";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = UpdateBrandGlossaryBody;
    type Response = BrandGlossary;

    fn body(&self) -> &UpdateBrandGlossaryBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.brand_glossary_id.as_str()]
    }

    fn validate_body(body: &UpdateBrandGlossaryBody) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The body of [`UpdateBrandGlossary`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateBrandGlossaryBody {
    /// The new name, 1 to 64 characters, not that of another glossary of the workspace in any
    /// letter case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How terms are said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Vec<Pronunciation>>,
    /// Terms that stay as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub do_not_translate_terms: Option<Vec<KeptTerm>>,
    /// Terms that are always translated in one way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forced_translations: Option<Vec<ForcedTranslation>>,
}

impl UpdateBrandGlossaryBody {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            name: None,
            terms: None,
            do_not_translate_terms: None,
            forced_translations: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.name {
            check_length("name", value, limits::GLOSSARY_NAME_LENGTH)?;
        }
        if let Some(value) = &self.terms {
            check_each("terms", value, Pronunciation::validate)?;
        }
        if let Some(value) = &self.do_not_translate_terms {
            check_each("do_not_translate_terms", value, KeptTerm::validate)?;
        }
        if let Some(value) = &self.forced_translations {
            check_each("forced_translations", value, ForcedTranslation::validate)?;
        }
        if *self == Self::new() {
            return Err(Invalid::new(
                "body",
                "changes nothing; at least one field is needed",
            ));
        }
        Ok(())
    }
}
