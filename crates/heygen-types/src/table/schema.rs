use alloc::vec::Vec;
use core::fmt;

use crate::Json;

/// What a field, an item, a parameter, a body or an answer looks like.
///
/// One type stands for all of them, as in the table itself; what does not apply is empty.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Schema {
    /// The name of a field or parameter, or of an object that several operations share; empty for
    /// anything else.
    pub name: &'static str,
    /// The type, unless [`reference`](Self::reference), [`union`](Self::union) or
    /// [`fields`](Self::fields) say it.
    pub r#type: Option<SchemaType>,
    /// Whether a field has to be there.
    pub required: bool,
    /// Whether `null` is taken in place of a value.
    pub nullable: bool,
    /// What it is for, in words.
    pub doc: Option<&'static str>,
    /// What else is known.
    pub note: Option<&'static str>,
    /// What an absent field stands for, where that is a single value.
    pub default: Option<Literal>,
    /// What a command line should send in place of an absent field; the API's own default differs.
    pub cli_default: Option<&'static str>,

    /// The values that a text may have; empty when it is free.
    pub values: &'static [&'static str],
    /// The only text that the field may have.
    pub constant: Option<&'static str>,
    /// The fewest characters of a text.
    pub min_length: Option<usize>,
    /// The most characters of a text.
    pub max_length: Option<usize>,
    /// The regular expression that a text has to match.
    pub pattern: Option<&'static str>,
    /// The smallest number.
    pub min: Option<f64>,
    /// The number that all numbers are above.
    pub exclusive_min: Option<f64>,
    /// The largest number.
    pub max: Option<f64>,
    /// The kinds of files that the field takes.
    pub takes: &'static [FileKind],
    /// The fewest items of a list.
    pub min_items: Option<usize>,
    /// The most items of a list.
    pub max_items: Option<usize>,
    /// One item of a list.
    pub items: Option<&'static Self>,
    /// The values of a map, where they are known.
    pub map_values: Option<&'static Self>,

    /// The fields of an object.
    pub fields: &'static [Self],
    /// Whether the object may have no other fields.
    pub strict: bool,
    /// The shared object that this is.
    pub reference: Option<&'static Self>,
    /// The objects that this may be.
    pub union: &'static [&'static Self],
    /// The field that tells the objects of a union apart.
    pub tag: Option<&'static str>,
    /// What the tag of this object is.
    pub tag_value: Option<&'static str>,
    /// What the tag of this object may be, when there are several.
    pub tag_values: &'static [&'static str],
}

impl Schema {
    /// A schema that says nothing.
    pub(crate) const EMPTY: Self = Self {
        name: "",
        r#type: None,
        required: false,
        nullable: false,
        doc: None,
        note: None,
        default: None,
        cli_default: None,
        values: &[],
        constant: None,
        min_length: None,
        max_length: None,
        pattern: None,
        min: None,
        exclusive_min: None,
        max: None,
        takes: &[],
        min_items: None,
        max_items: None,
        items: None,
        map_values: None,
        fields: &[],
        strict: false,
        reference: None,
        union: &[],
        tag: None,
        tag_value: None,
        tag_values: &[],
    };

    /// Creates the schema of an object with these fields, such as the parameters of a query.
    #[must_use]
    pub const fn object(fields: &'static [Self]) -> Self {
        Self {
            r#type: Some(SchemaType::Object),
            fields,
            ..Self::EMPTY
        }
    }

    /// Returns the objects that this can stand for: none for a plain value, several for a union.
    #[must_use]
    pub fn objects(&self) -> Vec<&Self> {
        if let Some(object) = self.reference {
            object.objects()
        } else if !self.union.is_empty() {
            self.union.to_vec()
        } else if self.is_object() {
            alloc::vec![self]
        } else {
            Vec::new()
        }
    }

    /// Returns `true` if this is one object whose fields are listed here.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.r#type == Some(SchemaType::Object)
            || (self.r#type.is_none() && self.reference.is_none() && self.union.is_empty())
    }

    /// Returns `true` if this is a reference to a file: its asset id, its URL or its content.
    #[must_use]
    pub fn is_file(&self) -> bool {
        let mut objects = self.union.iter();
        !self.union.is_empty() && objects.all(|object| object.name.starts_with("asset_ref."))
    }

    /// Returns a field of this object.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Self> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Returns `true` if this object stands for a value of a tag. An object without one stands for
    /// all values.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        match self.tag_value {
            Some(own) => own == tag,
            None => self.tag_values.is_empty() || self.tag_values.contains(&tag),
        }
    }
}

/// Shows the name and the type: an object may hold itself.
impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema")
            .field("name", &self.name)
            .field("type", &self.r#type)
            .finish_non_exhaustive()
    }
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A kind of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// A picture.
    Image,
    /// A video.
    Video,
    /// A sound.
    Audio,
    /// Subtitles.
    Subtitles,
    /// A ZIP file.
    Archive,
    /// Every accepted type.
    Any,
}

/// A single value: the default of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Literal {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(u64),
    /// Any other number.
    Number(f64),
    /// A text.
    String(&'static str),
}

impl From<Literal> for Json {
    fn from(literal: Literal) -> Self {
        match literal {
            Literal::Bool(flag) => Self::Bool(flag),
            Literal::Integer(number) => Self::Unsigned(number),
            Literal::Number(number) => Self::Float(number),
            Literal::String(text) => Self::String(text.into()),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(flag) => flag.fmt(f),
            Self::Integer(number) => number.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::String(text) => f.write_str(text),
        }
    }
}
