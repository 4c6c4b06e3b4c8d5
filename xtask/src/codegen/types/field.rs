use std::fmt::Write as _;

use anyhow::Result;

use super::{
    super::{
        rust,
        table::{Kind, Schema},
    },
    catalog::Catalog,
};

/// Where a field stands, which decides what is written and what is tolerated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The path of a request.
    Path,
    /// The query of a request.
    Query,
    /// The body of a request, or an object in it. What is not set is left out.
    Request,
    /// An answer. One odd field must not make it unreadable.
    Response,
}

/// Whether a field is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    /// An `Option`.
    Optional,
    /// Empty, zero or false where it is absent.
    Defaulted,
}

/// A field of a struct.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    pub(crate) schema: &'a Schema,
    pub(super) role: Role,
    pub(crate) presence: Presence,
    /// The type without `Option` around it.
    pub(super) rust_type: String,
}

impl<'a> Field<'a> {
    pub(crate) fn new(catalog: &Catalog<'_>, schema: &'a Schema, role: Role) -> Result<Self> {
        let rust_type = catalog.rust_type(schema)?;
        Ok(Self {
            schema,
            role,
            presence: presence(schema, role, &rust_type),
            rust_type,
        })
    }

    pub(super) fn name(&self) -> &'a str {
        &self.schema.name
    }

    pub(super) fn ident(&self) -> String {
        rust::ident(&self.schema.name)
    }

    pub(super) fn is_id(&self) -> bool {
        self.rust_type.ends_with("Id")
    }

    fn is_whole(&self) -> bool {
        matches!(self.rust_type.as_str(), "u32" | "u64" | "i64")
    }

    /// Returns the type of the field.
    pub(super) fn full_type(&self) -> String {
        match self.presence {
            Presence::Optional => format!("Option<{}>", self.rust_type),
            Presence::Required | Presence::Defaulted => self.rust_type.clone(),
        }
    }

    /// Returns what the field is when nothing sets it.
    pub(super) fn empty(&self) -> &'static str {
        match self.rust_type.as_str() {
            _ if self.presence == Presence::Optional => "None",
            "bool" => "false",
            "u32" | "u64" | "i64" => "0",
            map if map.starts_with("BTreeMap") => "BTreeMap::new()",
            _ => "Vec::new()",
        }
    }

    /// Writes the field with its comment and attributes.
    pub(super) fn declaration(&self, owner: &str) -> String {
        let mut out = rust::doc(self.schema.doc.as_deref().unwrap_or_default(), 4);
        out.push_str(&self.serde(owner));
        writeln!(out, "    pub {}: {},", self.ident(), self.full_type())
            .expect("a string takes any text");
        out
    }

    fn serde(&self, owner: &str) -> String {
        let lenient = |function: &str| format!("deserialize_with = \"crate::lenient::{function}\"");
        let mut parts = Vec::new();
        match (self.role, self.presence) {
            (Role::Path | Role::Query, _) | (Role::Request, Presence::Required) => {}
            (Role::Request, _) => {
                parts.push("default".to_owned());
                if self.schema.null_is_a_value {
                    parts.push(lenient("present"));
                }
                parts.push("skip_serializing_if = \"Option::is_none\"".to_owned());
            }
            (Role::Response, Presence::Required) => {
                if self.schema.when_absent.is_some() {
                    parts.push(format!("default = {:?}", self.substitute(owner)));
                }
                if self.is_whole() {
                    parts.push(lenient("whole"));
                } else if let Some(read) = self.schema.read {
                    parts.push(lenient(read.function()));
                }
            }
            (Role::Response, Presence::Optional) => {
                parts.push("default".to_owned());
                if self.is_whole() {
                    parts.push(lenient("optional_whole"));
                } else if self.is_id() {
                    parts.push(lenient("optional_id"));
                }
            }
            (Role::Response, Presence::Defaulted) => {
                parts.push("default".to_owned());
                parts.push(lenient(if self.is_whole() {
                    "whole_or_default"
                } else {
                    "null_as_default"
                }));
            }
        }
        if parts.is_empty() {
            return String::new();
        }
        format!("    #[serde({})]\n", parts.join(", "))
    }

    /// Returns the name of the function that makes the substitute of an absent field.
    fn substitute(&self, owner: &str) -> String {
        format!("{}_{}", snake_case(owner), self.name())
    }

    /// Writes that function.
    pub(super) fn substitute_function(&self, owner: &str) -> Option<String> {
        let number = self.schema.when_absent?;
        let name = self.substitute(owner);
        let value = match self.rust_type.as_str() {
            "ByteSize" => format!("ByteSize::new({number})"),
            _ => number.to_string(),
        };
        Some(format!(
            "\nconst fn {name}() -> {} {{\n    {value}\n}}\n",
            self.rust_type
        ))
    }
}

fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

fn presence(schema: &Schema, role: Role, rust_type: &str) -> Presence {
    match role {
        Role::Path => Presence::Required,
        Role::Query if !schema.required && rust_type.starts_with("Vec<") => Presence::Defaulted,
        Role::Query | Role::Request if schema.required => Presence::Required,
        Role::Query | Role::Request => Presence::Optional,
        Role::Response if schema.nullable || schema.may_be_absent => Presence::Optional,
        Role::Response if schema.required => Presence::Required,
        Role::Response => match schema.r#type {
            Some(Kind::Array | Kind::Map | Kind::Integer | Kind::Boolean) => Presence::Defaulted,
            _ => Presence::Optional,
        },
    }
}
