use alloc::{boxed::Box, string::String, vec::Vec};

use serde::{Deserialize, Deserializer};

use crate::Json;

/// What a field, an item, a parameter, a body or an answer looks like.
///
/// One type stands for all of them, as in the table itself; what does not apply is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Schema {
    /// The name of a field or parameter; empty for anything else.
    pub name: String,
    /// The type, unless [`reference`](Self::reference), [`union`](Self::union) or
    /// [`fields`](Self::fields) say it.
    pub r#type: Option<SchemaType>,
    /// Whether a field has to be there.
    pub required: bool,
    /// Whether `null` is taken in place of a value.
    pub nullable: bool,
    /// Whether the field is still accepted, but has lost its use.
    pub deprecated: bool,
    /// What it is for, in words.
    pub doc: Option<String>,
    /// What else is known.
    pub note: Option<String>,
    /// What an absent field stands for.
    #[serde(deserialize_with = "present")]
    pub default: Option<Json>,
    /// What a command line should send in place of an absent field; the API's own default differs.
    pub cli_default: Option<Json>,

    /// The values that a text may have; empty when it is free.
    #[serde(rename = "enum")]
    pub values: Vec<String>,
    /// The only value that the field may have.
    #[serde(rename = "const")]
    pub constant: Option<Json>,
    /// The fewest characters of a text.
    pub min_length: Option<usize>,
    /// The most characters of a text.
    pub max_length: Option<usize>,
    /// The regular expression that a text has to match.
    pub pattern: Option<String>,
    /// The smallest number.
    pub min: Option<f64>,
    /// The number that all numbers are above.
    pub exclusive_min: Option<f64>,
    /// The largest number.
    pub max: Option<f64>,
    /// The fewest items of a list.
    pub min_items: Option<usize>,
    /// The most items of a list.
    pub max_items: Option<usize>,
    /// One item of a list.
    pub items: Option<Box<Self>>,
    /// The values of a map, where they are known.
    #[serde(rename = "values")]
    pub map_values: Option<Box<Self>>,

    /// The fields of an object.
    pub fields: Vec<Self>,
    /// Whether the object may have no other fields.
    pub strict: bool,
    /// The name of the object in [`Table::types`](super::Table::types) that this is.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// The names of the objects that this may be.
    pub union: Vec<String>,
    /// The field that tells the objects of a union apart.
    pub tag: Option<String>,
    /// What the tag of this object is.
    pub tag_value: Option<String>,
    /// What the tag of this object may be, when there are several.
    pub tag_values: Option<Vec<String>>,

    /// `none`, `json` or `multipart`: how a body is encoded.
    pub encoding: Option<String>,
    /// `data`, `list` or `stream`: what an answer is wrapped in.
    pub envelope: Option<String>,
    /// The status of a successful answer.
    pub status: Option<u16>,
}

impl Schema {
    /// Tells whether this is one object whose fields are listed here.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.r#type == Some(SchemaType::Object)
            || (self.r#type.is_none() && self.reference.is_none() && self.union.is_empty())
    }

    /// Finds a field of this object.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Tells whether this object stands for a value of a tag. An object without one stands for
    /// all values.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        match (&self.tag_value, &self.tag_values) {
            (Some(own), _) => own == tag,
            (None, Some(own)) => own.is_empty() || own.iter().any(|own| own == tag),
            (None, None) => true,
        }
    }
}

/// Keeps a default of `null` apart from no default.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    Json::deserialize(deserializer).map(Some)
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SchemaType {
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object with known fields.
    Object,
    /// An object with free keys.
    Map,
}
