//! How values are passed to methods.

use anyhow::{Context as _, Result};

use super::{
    super::{
        rust,
        table::{ByHand, FILE, Schema},
    },
    Face,
};

/// A value that is passed to a method.
pub(super) struct Argument<'a> {
    pub(super) schema: &'a Schema,
    pub(super) kind: Kind,
}

/// How a value is passed, by its Rust type.
pub(super) enum Kind {
    /// A file, with the method of `Submit` that attaches it, and the type that it converts into.
    File {
        attach: &'static str,
        into: &'static str,
        is_list: bool,
    },
    Text,
    Texts,
    List(String),
    /// What several types convert into.
    Union(String),
    Other(String),
}

impl<'a> Argument<'a> {
    pub(super) fn new(face: &Face<'_>, schema: &'a Schema) -> Result<Self> {
        let rust_type = face.catalog.rust_type(schema)?;
        let item = rust_type.strip_prefix("Vec<");
        let item = item.and_then(|item| item.strip_suffix('>'));
        let kind = match (item.unwrap_or(&rust_type), item.is_some()) {
            ("AssetInput", is_list) => Kind::File {
                attach: "attach",
                into: "FileInput",
                is_list,
            },
            ("AssetLink", is_list) => Kind::File {
                attach: "attach_link",
                into: "FileLink",
                is_list,
            },
            ("String", true) => Kind::Texts,
            ("String", false) => Kind::Text,
            (item, true) => Kind::List(item.to_owned()),
            (name, false) if is_converted_into(face, name) => Kind::Union(rust_type),
            _ => Kind::Other(rust_type),
        };
        Ok(Self { schema, kind })
    }

    /// Returns the value that a constructor takes under this name.
    pub(super) fn find(
        face: &Face<'_>,
        schemas: &[&'a Schema],
        name: &str,
        owner: &str,
    ) -> Result<Self> {
        let found = schemas.iter().find(|schema| schema.name == name);
        let found = found
            .with_context(|| format!("{FILE}: {owner} has no field for the parameter {name}"))?;
        Self::new(face, found)
    }

    pub(super) fn ident(&self) -> String {
        rust::ident(&self.schema.name)
    }

    /// Returns whether the field is not set as a whole: an item at a time, or by hand.
    pub(super) fn is_filled_later(&self) -> bool {
        self.schema.singular.is_some() || self.schema.by_hand.contains(&ByHand::Setter)
    }

    /// Writes the parameter of a method.
    pub(super) fn declaration(&self) -> String {
        let rust_type = match &self.kind {
            Kind::File { into, .. } => format!("impl Into<{into}>"),
            Kind::Text => "impl Into<String>".to_owned(),
            Kind::Texts => "impl IntoIterator<Item = impl Into<String>>".to_owned(),
            Kind::List(item) => format!("impl IntoIterator<Item = {item}>"),
            Kind::Union(name) => format!("impl Into<{name}>"),
            Kind::Other(name) => name.clone(),
        };
        format!("{}: {rust_type}", self.ident())
    }

    /// Writes the value of the field out of the parameter.
    pub(super) fn value(&self) -> String {
        let ident = self.ident();
        match &self.kind {
            Kind::Texts => format!("{ident}.into_iter().map(Into::into).collect()"),
            Kind::List(_) => format!("{ident}.into_iter().collect()"),
            Kind::Text | Kind::Union(_) => format!("{ident}.into()"),
            Kind::File { .. } | Kind::Other(_) => ident,
        }
    }

    /// Writes what the constructor of a request takes.
    pub(super) fn initial(&self) -> String {
        match &self.kind {
            Kind::File { is_list: true, .. } | Kind::List(_) if self.is_filled_later() => {
                "Vec::new()".to_owned()
            }
            Kind::Other(_) if self.is_filled_later() => "BTreeMap::new()".to_owned(),
            Kind::File { .. } => "stand_in()".to_owned(),
            // Constructors convert texts themselves.
            Kind::Text => self.ident(),
            _ => self.value(),
        }
    }

    /// Writes the call that attaches the file of a required field.
    pub(super) fn attached(&self, request: &str) -> Option<String> {
        let Kind::File { attach, .. } = self.kind else {
            return None;
        };
        let ident = self.ident();
        Some(format!(
            ".{attach}({ident}, |request, {ident}| {request}.{ident} = {ident})"
        ))
    }
}

/// Returns whether a type is a union into which its variants convert.
fn is_converted_into(face: &Face<'_>, name: &str) -> bool {
    let union = face.catalog.union(name);
    union.is_some_and(|union| !union.by_hand.contains(&ByHand::Type))
}
