//! One module: everything that belongs to a resource, and what it imports.

use anyhow::Result;

use super::{
    super::{
        imports::{identifiers, use_tree, with_links},
        rust,
        table::Module,
    },
    catalog::Catalog,
    enumeration, object, operation, union,
};

/// The names at the root of the crate that generated code uses.
const ROOT: &[&str] = &[
    "AssetInput",
    "AssetLink",
    "Base64Data",
    "BodyEncoding",
    "ByteSize",
    "Envelope",
    "Invalid",
    "Job",
    "JobState",
    "Json",
    "MediaType",
    "Method",
    "NoBody",
    "Operation",
    "Page",
    "Paged",
    "PresignedUrl",
    "Sha256Digest",
    "Streamed",
    "UploadHeaders",
    "Url",
];

/// The names of private modules that generated code uses, with their modules.
const INNER: &[(&str, &str)] = &[
    ("check_above", "invalid"),
    ("check_any", "invalid"),
    ("check_changes", "invalid"),
    ("check_color", "invalid"),
    ("check_count", "invalid"),
    ("check_each", "invalid"),
    ("check_every", "invalid"),
    ("check_kind", "invalid"),
    ("check_length", "invalid"),
    ("check_no_space", "invalid"),
    ("check_not_empty", "invalid"),
    ("check_range", "invalid"),
    ("limits", ""),
    ("query_list", "operation"),
    ("query_value", "operation"),
];

/// What code that holds a name needs of `alloc`: the name, its module, and what to import.
const ALLOC: &[(&str, &str, &str)] = &[
    ("BTreeMap", "collections", "BTreeMap"),
    ("String", "string", "String"),
    ("to_string", "string", "ToString as _"),
    ("vec", "", "vec"),
    ("Vec", "vec", "Vec"),
];

pub(super) fn write(catalog: &Catalog<'_>, module: &Module) -> Result<String> {
    let name = module.name.as_str();
    let mut code = String::new();
    for operation in &catalog.table.operations {
        if operation.module() != name {
            continue;
        }
        code.push_str(&operation::write(catalog, operation)?);
    }
    for object in catalog.objects.iter().filter(|it| it.module == name) {
        code.push_str(&object::write(catalog, object)?);
    }
    let is_operation = |rust: &str| catalog.table.operations.iter().any(|it| it.rust == rust);
    for union in &catalog.table.unions {
        if union.module == name && !is_operation(&union.rust) {
            code.push_str(&union::write(catalog, union, &union.doc)?);
        }
    }
    let mut enums = catalog
        .table
        .enums
        .iter()
        .filter(|it| it.module == name)
        .peekable();
    let mut imports = imports(catalog, module, &code);
    if enums.peek().is_some() {
        // What follows names nothing but its own variants.
        imports.push_str("use crate::open_enum::open_enum;\n");
    }
    for listed in enums {
        code.push_str(&enumeration::write(listed));
    }
    if !module.types_by_hand.is_empty() {
        let names = module.types_by_hand.join(", ");
        imports.push_str(&format!("\npub use crate::by_hand::{name}::{{{names}}};\n"));
    }
    let code = with_links(&code, |named| match catalog.module(named) {
        Some(own) if own == name => None,
        _ if is_at_root(catalog, named) => Some(format!("crate::{named}")),
        Some(other) => Some(format!("crate::{other}::{named}")),
        None => None,
    });
    Ok(format!(
        "{}\n{imports}{code}",
        rust::module_doc(&module.doc)
    ))
}

/// Writes the imports of what the code names.
fn imports(catalog: &Catalog<'_>, module: &Module, code: &str) -> String {
    let used = identifiers(code);
    let mut alloc = Vec::new();
    let mut serde = Vec::new();
    let mut own = Vec::new();
    for &name in &used {
        let inner = INNER.iter().find(|(known, _)| *known == name);
        match catalog.module(name) {
            Some(other) if other == module.name => {}
            _ if is_at_root(catalog, name) => own.push(("", name)),
            Some(other) => own.push((other, name)),
            None => own.extend(inner.map(|(_, path)| (*path, name))),
        }
        alloc.extend(
            ALLOC
                .iter()
                .filter(|(known, ..)| *known == name)
                .map(|it| (it.1, it.2)),
        );
        serde.extend(
            ["Deserialize", "Serialize"]
                .contains(&name)
                .then_some(("", name)),
        );
    }
    [("alloc", alloc), ("serde", serde), ("crate", own)]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(root, names)| use_tree(root, &names))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns whether a type stands at the root of the crate.
pub(crate) fn is_at_root(catalog: &Catalog<'_>, name: &str) -> bool {
    match catalog.module(name) {
        Some(module) => is_root_module(catalog, module),
        None => ROOT.contains(&name) || is_id(name),
    }
}

fn is_root_module(catalog: &Catalog<'_>, module: &str) -> bool {
    let mut modules = catalog.table.modules.iter();
    modules.any(|known| known.name == module && known.at_root)
}

fn is_id(name: &str) -> bool {
    name.len() > 2 && name.ends_with("Id")
}
