//! The types and operations of `heygen-types`: `src/generated`.

mod catalog;
mod constants;
mod enumeration;
mod field;
mod job;
mod limits;
mod module;
mod object;
mod operation;
mod operation_id;
mod union;
mod validate;

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

pub(crate) use self::{
    catalog::Catalog,
    field::{Field, Presence, Role},
    module::is_at_root,
};
use super::{
    rust,
    table::{ByHand, Table},
};
use crate::generated::Files;

/// The folder in which every file is generated.
pub(super) const FOLDER: &str = "crates/heygen-types/src/generated";

pub(super) fn generate(table: &Table) -> Result<Files> {
    let catalog = Catalog::new(table)?;
    let folder = Path::new(FOLDER);
    let mut files = Files::new();
    for module in &table.modules {
        let text = module::write(&catalog, module)?;
        files.insert(folder.join(format!("{}.rs", module.name)), text);
    }
    files.insert(folder.join("ids.rs"), ids(table));
    files.insert(folder.join("limits.rs"), limits::write(&catalog)?);
    files.insert(folder.join("operation_id.rs"), operation_id::write(table)?);
    files.insert(folder.join("table.rs"), constants::write(table)?);
    files.insert(folder.with_extension("rs"), root(table));
    files
        .into_iter()
        .map(|(file, text)| Ok((file, rust::format(&format!("{}{text}", rust::HEADER))?)))
        .collect()
}

/// Returns the parameters of the constructor of every type: names and types.
pub(crate) fn constructors(
    catalog: &Catalog<'_>,
) -> Result<BTreeMap<String, Vec<(String, String)>>> {
    let mut found = BTreeMap::new();
    for object in &catalog.objects {
        if !object.is_by_hand(ByHand::Type) && !object.is_by_hand(ByHand::New) {
            let constructor = object::constructor(catalog, object)?;
            found.insert(object.rust.to_owned(), constructor.parameters());
        }
    }
    for operation in &catalog.table.operations {
        if !operation.is_by_hand() && operation.body.union.is_empty() {
            let constructor = operation::constructor(catalog, operation)?;
            found.insert(operation.rust.clone(), constructor.parameters());
        }
    }
    Ok(found)
}

/// Writes the types of ids.
fn ids(table: &Table) -> String {
    let ids = table.ids.iter();
    let ids: String = ids
        .map(|id| format!("{}    {};\n", rust::doc(&id.doc, 4), id.rust))
        .collect();
    format!("crate::id::ids! {{\n{ids}}}\n")
}

/// Writes the module that holds the others.
fn root(table: &Table) -> String {
    let mut declared = Vec::new();
    for module in &table.modules {
        let name = &module.name;
        if module.at_root {
            declared.push(format!("mod {name};\npub use {name}::*;\n"));
        } else {
            declared.push(format!("pub mod {name};\n"));
        }
    }
    let (private, public): (Vec<_>, Vec<_>) = declared
        .into_iter()
        .partition(|text| text.starts_with("mod"));
    format!(
        "{}\nmod ids;\npub use ids::*;\npub(crate) mod limits;\nmod operation_id;\n\
        pub use operation_id::OperationId;\n\
        #[cfg(feature = \"json-schema\")]\npub(crate) mod json_schema;\n\
        #[cfg(feature = \"table\")]\npub(crate) mod table;\n\n{}",
        public.concat(),
        private.concat()
    )
}
