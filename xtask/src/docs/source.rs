use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::{
    codegen::{
        table::{Schema, Table},
        types::{Catalog, constructors, is_at_root},
    },
    workspace::Workspace,
};

/// An operation as the documentation names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourceOperation {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) type_name: String,
    /// The HTTP line.
    pub(super) line: String,
    /// What it does: the first paragraph of its text.
    pub(super) summary: String,
    /// The type of its body.
    pub(super) body: String,
    /// The type of what it answers: one item, where it is a list.
    pub(super) response: String,
}

/// The names in Rust and the texts of the table.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// The operations by id, each with its public module.
    pub(super) operations: BTreeMap<String, (String, SourceOperation)>,
    /// The parameters of `new` of every type that has it.
    pub(super) constructors: BTreeMap<String, Vec<Parameter>>,
    /// The types that stand at the root of the crate.
    pub(super) root_types: BTreeSet<String>,
    /// The first word of every open enum.
    pub(super) words: BTreeMap<String, String>,
    /// The type of the first variant of every union.
    pub(super) variants: BTreeMap<String, String>,
    /// What is said of fields and variants.
    pub(super) texts: Texts,
}

/// A parameter of a function: name and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) type_name: String,
}

/// The texts of the fields and variants of all types, by the name of the type.
#[derive(Debug, Default)]
pub(super) struct Texts(BTreeMap<String, BTreeMap<String, Member>>);

/// A field of a struct, or a variant of an enum by its tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// What is said of it, in one line.
    pub(super) doc: String,
    /// The type without `Vec` and the like around it.
    pub(super) type_name: String,
}

impl Source {
    pub(super) fn read(workspace: &Workspace) -> Result<Self> {
        let table = Table::read(workspace)?;
        let catalog = Catalog::new(&table)?;
        let mut source = Self::default();
        for (name, parameters) in constructors(&catalog)? {
            for (_, type_name) in &parameters {
                let inner = innermost(type_name);
                if is_at_root(&catalog, inner) {
                    source.root_types.insert(inner.to_owned());
                }
            }
            let parameters = parameters.into_iter();
            let parameters = parameters.map(|(name, type_name)| Parameter { name, type_name });
            source.constructors.insert(name, parameters.collect());
        }
        for operation in &table.operations {
            let body = catalog.body(operation);
            source
                .texts
                .add(&catalog, &operation.rust, &operation.query)?;
            source.texts.add_all(&catalog, &operation.rust, body)?;
            let body = operation.body.rust.as_ref().unwrap_or(&operation.rust);
            let described = SourceOperation {
                method: operation.method.clone(),
                path: operation.path.clone(),
                type_name: operation.rust.clone(),
                line: operation.line(),
                summary: operation.summary().to_owned(),
                body: body.clone(),
                response: innermost(&catalog.response_type(operation)?).to_owned(),
            };
            let module = operation.module().to_owned();
            source
                .operations
                .insert(operation.id.clone(), (module, described));
        }
        for object in &catalog.objects {
            source.texts.add_all(&catalog, object.rust, object.schema)?;
        }
        for listed in &table.enums {
            if let Some(first) = listed.values.first() {
                let (rust, word) = (listed.rust.clone(), first.value.clone());
                source.words.insert(rust, word);
            }
        }
        for union in &table.unions {
            let first = union.variants.first().map(|variant| &variant.r#type);
            let first = first.map(|name| table.object(name)).transpose()?;
            if let Some(rust) = first.and_then(|object| object.rust.clone()) {
                source.variants.insert(union.rust.clone(), rust);
            }
            for variant in &union.variants {
                let object = table.object(&variant.r#type)?;
                // An object without a type of its own goes by its name in the table.
                let inner = object.rust.as_ref().unwrap_or(&variant.r#type);
                source.texts.add_all(&catalog, inner, object)?;
                let (value, doc) = (&variant.value, &variant.doc);
                source.texts.insert(&union.rust, value, doc, inner.clone());
            }
        }
        Ok(source)
    }
}

impl Texts {
    fn add_all(&mut self, catalog: &Catalog<'_>, rust: &str, object: &Schema) -> Result<()> {
        self.add(catalog, rust, object.fields.as_deref().unwrap_or_default())
    }

    fn add(&mut self, catalog: &Catalog<'_>, rust: &str, fields: &[Schema]) -> Result<()> {
        for field in fields {
            let Some(doc) = &field.doc else { continue };
            let type_name = catalog.rust_type(field)?;
            let named = field.reference.as_ref();
            let named = named.and_then(|name| catalog.table.object(name).ok()?.rust.clone());
            let type_name = named.unwrap_or_else(|| innermost(&type_name).to_owned());
            self.insert(rust, &field.name, doc, type_name);
        }
        Ok(())
    }

    fn insert(&mut self, rust: &str, name: &str, doc: &str, type_name: String) {
        let doc = doc.replace("\n\n", " ");
        let members = self.0.entry(rust.to_owned()).or_default();
        members.insert(name.to_owned(), Member { doc, type_name });
    }

    /// Returns a field of a struct, or a variant of an enum by its tag.
    pub(super) fn member(&self, type_name: &str, name: &str) -> Option<&Member> {
        self.0.get(type_name)?.get(name)
    }

    pub(super) fn has_type(&self, type_name: &str) -> bool {
        self.0.contains_key(type_name)
    }
}

/// Strips what only holds values: `Vec<Clip>` is about `Clip`.
fn innermost(type_name: &str) -> &str {
    let mut inner = type_name.trim();
    for holder in ["Vec<", "Page<", "BTreeMap<String, "] {
        if let Some(rest) = inner.strip_prefix(holder) {
            return innermost(rest.strip_suffix('>').unwrap_or(rest));
        }
    }
    if let Some((name, _)) = inner.split_once('<') {
        inner = name;
    }
    inner
}

#[cfg(test)]
mod tests {
    use super::innermost;

    #[test]
    fn holders_are_stripped() {
        assert_eq!(innermost("Vec<Clip>"), "Clip");
        assert_eq!(
            innermost("BTreeMap<String, TemplateVariable>"),
            "TemplateVariable"
        );
        assert_eq!(innermost("Page<StatusEntry<AssetId>>"), "StatusEntry");
    }
}
