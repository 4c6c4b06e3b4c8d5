use alloc::{
    borrow::ToOwned as _,
    collections::BTreeMap,
    format,
    string::{String, ToString as _},
    vec::Vec,
};
use core::{error::Error, fmt};

use super::{Schema, SchemaType};
use crate::Json;

/// How closely a value is compared with its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Strictness {
    /// Whether unknown fields are refused in the objects that forbid them. Default true.
    pub unknown_fields: bool,
    /// Whether a text has to be one of the listed values. Default true; a client that must work
    /// with a newer server lets it decide.
    pub unknown_values: bool,
}

impl Default for Strictness {
    fn default() -> Self {
        Self {
            unknown_fields: true,
            unknown_values: true,
        }
    }
}

impl Strictness {
    /// Leaves values that are not listed to the server.
    #[must_use]
    pub const fn allow_unknown_values(mut self) -> Self {
        self.unknown_values = false;
        self
    }

    /// Leaves fields that are not known to the server.
    #[must_use]
    pub const fn allow_unknown_fields(mut self) -> Self {
        self.unknown_fields = false;
        self
    }
}

/// The first thing about a value that its schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    path: String,
    problem: String,
    kind: ViolationKind,
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// A required field is missing, or null where null is not taken.
    Missing,
    /// There is no such field.
    UnknownField,
    /// The value is of another type.
    Type,
    /// The value is none of those listed.
    Value,
    /// The value is of the right type, but outside a limit.
    Limit,
}

impl Violation {
    /// Returns the place of the value, such as `files[3].asset_id`; empty for the whole body.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong with it, without its place.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// Returns what sort of problem it is.
    #[must_use]
    pub const fn kind(&self) -> ViolationKind {
        self.kind
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() {
            "the body"
        } else {
            &self.path
        };
        write!(f, "{place} {}", self.problem)
    }
}

impl Error for Violation {}

impl Schema {
    /// Compares a value with this schema: types, required fields, listed values, lengths and
    /// ranges, and unknown fields in the objects that forbid them.
    ///
    /// What only prose says, such as that two fields exclude each other, is not part of it.
    ///
    /// # Errors
    ///
    /// Names the first value that does not fit, by its place.
    pub fn check(&self, value: &Json, strictness: Strictness) -> Result<(), Violation> {
        Checker { strictness }.value("", self, value)
    }
}

struct Checker {
    strictness: Strictness,
}

impl Checker {
    fn value(&self, path: &str, schema: &Schema, value: &Json) -> Result<(), Violation> {
        if let Some(constant) = schema.constant
            && value.as_str() != Some(constant)
        {
            return Err(violation(
                path,
                ViolationKind::Value,
                format!("has to be {constant}, the only value that is accepted"),
            ));
        }
        match schema.r#type {
            Some(SchemaType::String) => self.text(path, schema, value),
            Some(SchemaType::Integer) => match value {
                Json::Integer(number) => range(path, schema, *number as f64),
                Json::Unsigned(number) => range(path, schema, *number as f64),
                _ => Err(wrong_type(path, "an integer")),
            },
            Some(SchemaType::Number) => match value {
                Json::Integer(number) => range(path, schema, *number as f64),
                Json::Unsigned(number) => range(path, schema, *number as f64),
                Json::Float(number) => range(path, schema, *number),
                _ => Err(wrong_type(path, "a number")),
            },
            Some(SchemaType::Boolean) => match value {
                Json::Bool(_) => Ok(()),
                _ => Err(wrong_type(path, "a boolean")),
            },
            Some(SchemaType::Array) => self.list(path, schema, value),
            Some(SchemaType::Map) => {
                let Json::Object(members) = value else {
                    return Err(wrong_type(path, "an object"));
                };
                let Some(values) = schema.map_values else {
                    return Ok(());
                };
                members
                    .iter()
                    .try_for_each(|(name, value)| self.value(&join(path, name), values, value))
            }
            Some(SchemaType::Object) | None => self.object(path, schema, value),
        }
    }

    fn text(&self, path: &str, schema: &Schema, value: &Json) -> Result<(), Violation> {
        let Json::String(text) = value else {
            return Err(wrong_type(path, "a string"));
        };
        if self.strictness.unknown_values
            && !schema.values.is_empty()
            && !schema.values.contains(&text.as_str())
        {
            let known = schema.values.join(", ");
            let problem = format!("is none of {known}");
            return Err(violation(path, ViolationKind::Value, problem));
        }
        let length = text.chars().count();
        let min = schema.min_length.unwrap_or(0);
        if length < min || schema.max_length.is_some_and(|max| length > max) {
            let problem = match schema.max_length {
                _ if text.is_empty() => "is empty".to_owned(),
                Some(max) => format!("has {length} characters; it takes {min} to {max}"),
                None => format!("has {length} characters; it takes at least {min}"),
            };
            return Err(violation(path, ViolationKind::Limit, problem));
        }
        if schema.pattern == Some(HEX_COLOR) && !is_hex_color(text) {
            let problem = "is not a colour such as #1a2b3c";
            return Err(violation(path, ViolationKind::Limit, problem));
        }
        if schema.pattern == Some(NO_SPACE) && text.contains(char::is_whitespace) {
            return Err(violation(
                path,
                ViolationKind::Limit,
                "contains white space",
            ));
        }
        Ok(())
    }

    fn list(&self, path: &str, schema: &Schema, value: &Json) -> Result<(), Violation> {
        let Json::Array(items) = value else {
            return Err(wrong_type(path, "a list"));
        };
        let count = items.len();
        let min = schema.min_items.unwrap_or(0);
        if count < min || schema.max_items.is_some_and(|max| count > max) {
            let problem = match schema.max_items {
                Some(max) => format!("has {count} items; it takes {min} to {max}"),
                None => format!("has {count} items; it takes at least {min}"),
            };
            return Err(violation(path, ViolationKind::Limit, problem));
        }
        let Some(described) = schema.items else {
            return Ok(());
        };
        items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| self.value(&format!("{path}[{index}]"), described, item))
    }

    fn object(&self, path: &str, schema: &Schema, value: &Json) -> Result<(), Violation> {
        let Json::Object(members) = value else {
            return Err(wrong_type(path, "an object"));
        };
        let object = self.choose(path, schema, value)?;
        let is_missing = |field: &Schema| field.required && !members.contains_key(field.name);
        if object.fields.iter().any(is_missing) {
            // A mistyped name may be the reason, and says more.
            self.no_strangers(path, schema, object, members)?;
        }
        for field in object.fields {
            let place = join(path, field.name);
            match members.get(field.name) {
                None if field.required => {
                    return Err(violation(&place, ViolationKind::Missing, "is missing"));
                }
                Some(Json::Null) if !field.nullable => {
                    let problem = "is null, which is not taken here";
                    return Err(violation(&place, ViolationKind::Missing, problem));
                }
                None | Some(Json::Null) => {}
                Some(value) => self.value(&place, field, value)?,
            }
        }
        self.no_strangers(path, schema, object, members)
    }

    /// Refuses the fields that an object does not know, if it forbids them.
    fn no_strangers(
        &self,
        path: &str,
        schema: &Schema,
        object: &Schema,
        members: &BTreeMap<String, Json>,
    ) -> Result<(), Violation> {
        if !(self.strictness.unknown_fields && (object.strict || schema.strict)) {
            return Ok(());
        }
        let Some(stranger) = members.keys().find(|name| object.field(name).is_none()) else {
            return Ok(());
        };
        let known: Vec<&str> = object.fields.iter().map(|field| field.name).collect();
        let problem = match nearest(stranger, &known) {
            Some(near) => format!("is not a known field; did you mean {near}?"),
            None => format!("is not a known field; known are {}", known.join(", ")),
        };
        let place = join(path, stranger);
        Err(violation(&place, ViolationKind::UnknownField, problem))
    }

    /// Picks the object of a union by its tag.
    fn choose<'a>(
        &self,
        path: &str,
        schema: &'a Schema,
        value: &Json,
    ) -> Result<&'a Schema, Violation> {
        let objects = schema.objects();
        let Some(tag) = schema.tag else {
            return Ok(objects.first().expect("an object is described"));
        };
        let place = join(path, tag);
        let told = match value.member(tag) {
            Some(Json::String(told)) => told.as_str(),
            None | Some(Json::Null) => {
                // Answers may leave the tag out where the objects agree but for a default.
                return match objects.iter().find(|object| !is_tag_required(object, tag)) {
                    Some(object) => Ok(object),
                    None => Err(violation(&place, ViolationKind::Missing, "is missing")),
                };
            }
            Some(_) => return Err(wrong_type(&place, "a string")),
        };
        objects
            .iter()
            .find(|object| object.has_tag(told))
            .copied()
            .ok_or_else(|| {
                let known: Vec<&str> = objects
                    .iter()
                    .filter_map(|object| object.tag_value)
                    .collect();
                let problem = format!("is none of {}", known.join(", "));
                violation(&place, ViolationKind::Value, problem)
            })
    }
}

fn is_tag_required(object: &Schema, tag: &str) -> bool {
    object.field(tag).is_none_or(|field| field.required)
}

fn range(path: &str, schema: &Schema, number: f64) -> Result<(), Violation> {
    let is_above = schema.min.is_none_or(|min| number >= min)
        && schema.exclusive_min.is_none_or(|min| number > min);
    if is_above && schema.max.is_none_or(|max| number <= max) {
        return Ok(());
    }
    let low = match (schema.min, schema.exclusive_min) {
        (Some(min), _) => min.to_string(),
        (None, Some(min)) => format!("above {min}"),
        (None, None) => String::new(),
    };
    let problem = match (low.is_empty(), schema.max) {
        (true, Some(max)) => format!("is {number}; it takes at most {max}"),
        (false, Some(max)) => format!("is {number}; it takes {low} to {max}"),
        (_, None) => format!("is {number}; it takes at least {low}"),
    };
    Err(violation(path, ViolationKind::Limit, problem))
}

fn wrong_type(path: &str, expected: &str) -> Violation {
    violation(path, ViolationKind::Type, format!("is not {expected}"))
}

fn violation(path: &str, kind: ViolationKind, problem: impl Into<String>) -> Violation {
    Violation {
        path: path.to_owned(),
        problem: problem.into(),
        kind,
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// Returns the known name that is most like a mistaken one, if one is like it at all.
#[must_use]
pub(crate) fn nearest<'a>(mistaken: &str, known: &[&'a str]) -> Option<&'a str> {
    let closest = known
        .iter()
        .map(|name| (distance(mistaken, name), *name))
        .min()?;
    (closest.0 <= mistaken.chars().count().max(3) / 3).then_some(closest.1)
}

/// Counts the letters to insert, remove or replace to turn one name into the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut diagonal = line;
        row[0] = line + 1;
        for (column, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

fn is_hex_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The patterns of the table.
const HEX_COLOR: &str = "^#[0-9a-fA-F]{6}$";
const NO_SPACE: &str = r"^\S+$";
