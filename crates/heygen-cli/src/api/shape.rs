//! What a schema of the table is on a command line.

use heygen_types::table::{Schema, SchemaType};

/// What can be written for one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    /// A text out of a list.
    Choice,
    /// An object, or anything else that has no simpler form.
    Json,
    /// A path, a URL or an asset id.
    File,
}

/// A value, or a list of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) is_list: bool,
}

impl Shape {
    pub(super) fn of(schema: &Schema) -> Self {
        match (&schema.r#type, &schema.items) {
            (Some(SchemaType::Array), Some(items)) => Self {
                kind: Kind::of(items),
                is_list: true,
            },
            _ => Self {
                kind: Kind::of(schema),
                is_list: false,
            },
        }
    }
}

impl Kind {
    fn of(schema: &Schema) -> Self {
        if schema.is_file() {
            return Self::File;
        }
        match schema.r#type {
            Some(SchemaType::String) if schema.constant.is_some() => Self::Choice,
            Some(SchemaType::String) if !schema.values.is_empty() => Self::Choice,
            Some(SchemaType::String) => Self::Text,
            Some(SchemaType::Integer) => Self::Integer,
            Some(SchemaType::Number) => Self::Number,
            Some(SchemaType::Boolean) => Self::Boolean,
            _ => Self::Json,
        }
    }
}

/// Tells whether the bytes of a file may stand in place of a reference to it.
pub(super) fn takes_base64(schema: &Schema) -> bool {
    schema
        .union
        .iter()
        .any(|object| object.name == "asset_ref.base64")
}

/// Writes a name of the API as a flag is written.
pub(super) fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

/// Returns the word for one of several things, as the API's plurals go; `None` for what is no
/// plural.
pub(super) fn singular(name: &str) -> Option<String> {
    let stem = name.strip_suffix('s')?;
    if let Some(stem) = stem.strip_suffix("ie") {
        return Some(format!("{stem}y"));
    }
    let sibilant = stem
        .strip_suffix('e')
        .filter(|stem| stem.ends_with("ch") || stem.ends_with("us"));
    Some(sibilant.unwrap_or(stem).to_owned())
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn plurals_of_the_api_have_their_singulars() {
        for (plural, one) in [
            ("files", "file"),
            ("output_languages", "output_language"),
            ("brand_glossaries", "brand_glossary"),
            ("batches", "batch"),
            ("statuses", "status"),
            ("references", "reference"),
        ] {
            assert_eq!(singular(plural).as_deref(), Some(one));
        }
        assert_eq!(singular("avatar_id"), None);
    }
}
