//! The methods of `heygen-client`: `src/generated`, a group of operations per type.

mod argument;
mod builder;
mod group;
mod job;
mod method;
mod text;

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

use super::{
    imports::{identifiers, use_tree, with_links},
    rust,
    table::{Group, Operation, Table},
    types::{self, Catalog, is_at_root},
};
use crate::generated::Files;

/// The folder in which every file is generated.
pub(super) const FOLDER: &str = "crates/heygen-client/src/generated";

/// The names of `heygen-client` that generated code uses, with their modules.
const OWN: &[(&str, &str)] = &[
    ("Client", ""),
    ("Error", ""),
    ("Events", ""),
    ("FileInput", ""),
    ("FileLink", ""),
    ("Items", ""),
    ("Pages", ""),
    ("PartOf", ""),
    ("StartsJob", ""),
    ("StartsJobs", ""),
    ("Submit", ""),
    ("Wait", ""),
    ("stand_in", "submit"),
];

/// What every module of this face works with.
struct Face<'a> {
    catalog: Catalog<'a>,
    /// The parameters of the constructors of types: names and types.
    constructors: BTreeMap<String, Vec<(String, String)>>,
}

impl<'a> Face<'a> {
    fn table(&self) -> &'a Table {
        self.catalog.table
    }

    /// Returns the operations of a group, each with its method.
    fn calls(&self, group: &'a Group) -> impl Iterator<Item = (&'a Operation, &'a str)> {
        let operations = self.table().operations.iter();
        operations.filter_map(|operation| {
            let (place, method) = operation.call();
            (place == group.name).then_some((operation, method))
        })
    }

    /// Returns the groups that a group contains, each with the method that returns it.
    fn groups(&self, parent: &'a Group) -> impl Iterator<Item = (&'a Group, &'a str)> {
        let groups = self.table().groups.iter();
        groups.filter_map(|group| {
            let (place, method) = group.parent()?;
            (place == parent.name).then_some((group, method))
        })
    }
}

pub(super) fn generate(table: &Table) -> Result<Files> {
    let catalog = Catalog::new(table)?;
    let face = Face {
        constructors: types::constructors(&catalog)?,
        catalog,
    };
    let folder = Path::new(FOLDER);
    let mut files = Files::new();
    let outer = table.groups.iter().filter(|group| group.parent().is_none());
    for group in outer.clone() {
        let text = module(&face, group)?;
        files.insert(folder.join(format!("{}.rs", group.name)), text);
    }
    files.insert(folder.with_extension("rs"), root(&face, outer));
    files
        .into_iter()
        .map(|(file, text)| Ok((file, rust::format(&format!("{}{text}", rust::HEADER))?)))
        .collect()
}

/// Writes a group of the client with all that it contains.
fn module<'a>(face: &Face<'a>, group: &'a Group) -> Result<String> {
    let mut code = String::new();
    let mut waiting = vec![group];
    while let Some(group) = waiting.pop() {
        code.push_str(&group::write(face, group)?);
        waiting.extend(face.groups(group).map(|(inner, _)| inner));
    }
    let code = with_links(&code, |name| {
        path(face, name).map(|path| format!("heygen_types::{path}"))
    });
    Ok(format!("{}\n{code}", imports(face, &code)))
}

/// Returns the path of a type of `heygen-types` in that crate.
fn path(face: &Face<'_>, name: &str) -> Option<String> {
    let module = face.catalog.module(name);
    if is_at_root(&face.catalog, name) {
        return Some(name.to_owned());
    }
    module.map(|module| format!("{module}::{name}"))
}

/// Writes the imports of what the code names.
fn imports(face: &Face<'_>, code: &str) -> String {
    let used = identifiers(code);
    let std = used
        .contains("BTreeMap")
        .then_some(("collections", "BTreeMap"));
    let types: Vec<(&str, &str)> = used
        .iter()
        .filter_map(|name| match face.catalog.module(name) {
            _ if is_at_root(&face.catalog, name) => Some(("", *name)),
            module => module.map(|module| (module, *name)),
        })
        .collect();
    let own = OWN.iter().filter(|(name, _)| used.contains(name));
    let own: Vec<(&str, &str)> = own.map(|(name, module)| (*module, *name)).collect();
    [
        ("std", std.into_iter().collect()),
        ("heygen_types", types),
        ("crate", own),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(root, names)| use_tree(root, &names))
    .collect::<Vec<_>>()
    .join("\n")
}

/// Writes the module that holds the others, and the methods of the client that return groups.
fn root<'a>(face: &Face<'a>, outer: impl Iterator<Item = &'a Group>) -> String {
    let (mut modules, mut exports, mut methods) = (String::new(), String::new(), String::new());
    for group in outer {
        let name = &group.name;
        let prefix = format!("{name}.");
        let inner = face.table().groups.iter();
        let inner = inner.filter(|it| it.name == *name || it.name.starts_with(&prefix));
        let types: Vec<&str> = inner.map(|group| group.rust.as_str()).collect();
        modules.push_str(&format!("mod {name};\n"));
        exports.push_str(&format!("pub use {name}::{{{}}};\n", types.join(", ")));
        methods.push_str(&group::accessor(group, name, "self"));
    }
    format!("{modules}\n{exports}\nuse crate::Client;\n\nimpl Client {{\n{methods}}}\n")
}
