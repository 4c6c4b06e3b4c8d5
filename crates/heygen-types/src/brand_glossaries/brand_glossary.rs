use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{ForcedTranslation, KeptTerm, Pronunciation};
use crate::BrandGlossaryId;

/// A glossary: how names are said, kept and translated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BrandGlossary {
    /// The glossary.
    pub brand_glossary_id: BrandGlossaryId,
    /// The name.
    pub name: String,
    /// When it was created, as ISO 8601 in UTC.
    pub created_at: String,
    /// When it was changed last, as ISO 8601 in UTC.
    pub updated_at: String,
    /// How terms are said.
    pub terms: Vec<Pronunciation>,
    /// Terms that stay as they are.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub do_not_translate_terms: Vec<KeptTerm>,
    /// Terms that are always translated in one way.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub forced_translations: Vec<ForcedTranslation>,
}

impl BrandGlossary {
    /// Makes one of the fields that are always there.
    pub fn new(
        brand_glossary_id: BrandGlossaryId,
        name: impl Into<String>,
        created_at: impl Into<String>,
        updated_at: impl Into<String>,
        terms: Vec<Pronunciation>,
    ) -> Self {
        Self {
            brand_glossary_id,
            name: name.into(),
            created_at: created_at.into(),
            updated_at: updated_at.into(),
            terms,
            do_not_translate_terms: Vec::new(),
            forced_translations: Vec::new(),
        }
    }
}
