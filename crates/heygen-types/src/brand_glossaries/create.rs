use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{BrandGlossary, ForcedTranslation, KeptTerm, Pronunciation};
use crate::{
    BodyEncoding, Invalid, Method, Operation,
    invalid::{check_each, check_length},
    limits,
};

/// `POST /v3/brand-glossaries`: makes a glossary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateBrandGlossary {
    /// The name, 1 to 64 characters, not that of another glossary of the workspace in any letter
    /// case.
    pub name: String,
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

impl CreateBrandGlossary {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
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
        check_length("name", &self.name, limits::GLOSSARY_NAME_LENGTH)?;
        if let Some(value) = &self.terms {
            check_each("terms", value, Pronunciation::validate)?;
        }
        if let Some(value) = &self.do_not_translate_terms {
            check_each("do_not_translate_terms", value, KeptTerm::validate)?;
        }
        if let Some(value) = &self.forced_translations {
            check_each("forced_translations", value, ForcedTranslation::validate)?;
        }
        Ok(())
    }
}

impl Operation for CreateBrandGlossary {
    const ID: &'static str = "brand_glossaries.create";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/brand-glossaries";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;
    const STATUS: u16 = 201;

    type Body = Self;
    type Response = BrandGlossary;

    fn body(&self) -> &Self {
        self
    }

    fn validate_body(body: &Self) -> Result<(), Invalid> {
        body.validate()
    }
}
