//! The JSON Schema of the table itself, for editors.

use std::path::PathBuf;

use anyhow::Result;

use super::table::Document;
use crate::generated::Files;

const FILE: &str = "crates/heygen-types/api/operations.schema.json";

pub(super) fn generate() -> Result<Files> {
    let schema = schemars::schema_for!(Document);
    let text = serde_json::to_string_pretty(&schema)?;
    Ok(Files::from([(PathBuf::from(FILE), format!("{text}\n"))]))
}
