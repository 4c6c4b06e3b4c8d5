use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result};

use super::rustdoc::Rustdoc;
use crate::workspace::Workspace;

/// Where the operations are.
const TYPES: &str = "crates/heygen-types/src";

/// An operation as the source of `heygen-types` describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceOperation {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) type_name: String,
}

/// What the documentation needs to know of the source of `heygen-types`.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// The operations by id, each with its public module.
    pub(super) operations: BTreeMap<String, (String, SourceOperation)>,
    /// The parameters of `new` of every type that has it.
    pub(super) constructors: BTreeMap<String, Vec<Parameter>>,
    /// The types that stand at the root of the crate.
    pub(super) root_types: BTreeSet<String>,
    /// What the comments say.
    pub(super) rustdoc: Rustdoc,
}

/// A parameter of a function: name and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) type_name: String,
}

impl Source {
    pub(super) fn read(workspace: &Workspace) -> Result<Self> {
        let mut source = Self::default();
        for file in workspace.files()? {
            let Ok(inside) = file.strip_prefix(TYPES) else {
                continue;
            };
            let text = fs::read_to_string(workspace.root.join(&file))
                .with_context(|| format!("cannot read {}", file.display()))?;
            source.constructors.extend(constructors(&text));
            source.rustdoc.add(&text);
            if inside == Path::new("lib.rs") {
                source.root_types.extend(exported(&text));
            }
            for operation in operations(&text) {
                let module = public_module(inside);
                source
                    .operations
                    .insert(operation.id.clone(), (module, operation));
            }
        }
        Ok(source)
    }
}

/// Finds the names that a file gives on with `pub use`.
fn exported(text: &str) -> Vec<String> {
    text.split("\npub use ")
        .skip(1)
        .filter_map(|rest| rest.split(';').next())
        .flat_map(|names| names.split(|c: char| !c.is_alphanumeric()))
        .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(str::to_owned)
        .collect()
}

/// Returns the public module of a file: its first folder, as deeper modules are private.
fn public_module(inside: &Path) -> String {
    let first = inside.iter().next().unwrap_or_default();
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Finds the operations that a file describes.
pub(crate) fn operations(text: &str) -> Vec<SourceOperation> {
    text.split("\nimpl Operation for ")
        .skip(1)
        .filter_map(|implementation| {
            let constant = |name: &str| {
                let (_, after) = implementation.split_once(name)?;
                let (value, _) = after.split_once(';')?;
                Some(value.trim().trim_matches('"').to_owned())
            };
            let method = constant("const METHOD: Method = Method::")?;
            Some(SourceOperation {
                id: constant("const ID: &'static str =")?,
                method: method.to_ascii_uppercase(),
                path: constant("const PATH: &'static str =")?,
                type_name: implementation.split_once(' ')?.0.to_owned(),
            })
        })
        .collect()
}

/// Finds the parameters of `new` of each type that a file implements.
fn constructors(text: &str) -> BTreeMap<String, Vec<Parameter>> {
    let mut found = BTreeMap::new();
    for implementation in text.split("\nimpl ").skip(1) {
        let Some((name, body)) = implementation.split_once(" {\n") else {
            continue;
        };
        let body = body.split("\n}\n").next().unwrap_or_default();
        let Some((_, after)) = body.split_once("fn new(") else {
            continue;
        };
        let Some((parameters, _)) = after.split_once(") -> Self") else {
            continue;
        };
        found.insert(name.to_owned(), split_parameters(parameters));
    }
    found
}

fn split_parameters(text: &str) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let mut depth = 0_i32;
    let mut start = 0;
    for (at, character) in text.char_indices().chain([(text.len(), ',')]) {
        match character {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                if let Some((name, type_name)) = text[start..at].trim().split_once(": ") {
                    parameters.push(Parameter {
                        name: name.trim_start_matches("r#").to_owned(),
                        type_name: type_name.to_owned(),
                    });
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    parameters
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{constructors, operations, public_module};

    const FILE: &str = r#"
impl SearchAssets {
    /// Asks for the first page of hits.
    pub fn new(query: impl Into<String>, r#type: Map<A, B>) -> Self {
        Self {}
    }
}

impl Operation for SearchAssets {
    const ID: &'static str = "assets.search";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/assets/search";
}
"#;

    #[test]
    fn an_operation_is_read_from_its_constants() {
        let found = operations(FILE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id, "assets.search");
        assert_eq!(found[0].method, "GET");
        assert_eq!(found[0].path, "/v3/assets/search");
        assert_eq!(found[0].type_name, "SearchAssets");
        assert_eq!(public_module(Path::new("assets/search.rs")), "assets");
    }

    #[test]
    fn a_constructor_is_read_with_its_parameters() {
        let found = constructors(FILE);
        let parameters: Vec<(&str, &str)> = found["SearchAssets"]
            .iter()
            .map(|parameter| (parameter.name.as_str(), parameter.type_name.as_str()))
            .collect();
        assert_eq!(
            parameters,
            [("query", "impl Into<String>"), ("type", "Map<A, B>")]
        );
    }
}
