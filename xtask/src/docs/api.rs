use std::fs;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::workspace::Workspace;

/// What is known of the API: the files in `crates/heygen-types/api`.
#[derive(Debug)]
pub(super) struct Api {
    endpoints: Value,
    errors: Value,
}

impl Api {
    pub(super) fn read(workspace: &Workspace) -> Result<Self> {
        let read = |name: &str| -> Result<Value> {
            let path = workspace.root.join("crates/heygen-types/api").join(name);
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
        };
        Ok(Self {
            endpoints: read("operations.json")?,
            errors: read("errors.json")?,
        })
    }

    /// Returns how many operations the API has.
    pub(super) fn len(&self) -> usize {
        items(&self.endpoints["operations"]).count()
    }

    /// Returns the description of an operation.
    pub(super) fn operation(&self, id: &str) -> Result<&Value> {
        items(&self.endpoints["operations"])
            .find(|operation| operation["id"] == id)
            .with_context(|| {
                format!("crates/heygen-types/api/operations.json has no operation {id}")
            })
    }

    /// Returns an object that several operations share.
    pub(super) fn object(&self, name: &str) -> Result<&Value> {
        let object = &self.endpoints["types"][name];
        object
            .is_object()
            .then_some(object)
            .with_context(|| format!("crates/heygen-types/api/operations.json has no type {name}"))
    }

    /// Returns the errors that every operation declares.
    pub(super) fn common_errors(&self) -> impl Iterator<Item = &Value> {
        items(&self.endpoints["about"]["common_errors"])
    }

    /// Returns the error of a key without the scope of an operation.
    pub(super) fn scope_error(&self) -> &Value {
        &self.endpoints["about"]["scope_error"]
    }

    /// Returns what is known of an error code of the API.
    pub(super) fn error(&self, code: &str) -> Option<&Value> {
        items(&self.errors).find(|error| error["code"] == code && error["origin"] == "api")
    }
}

/// Returns the elements of an array, none for anything else.
pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
