//! `cargo xtask spec-diff FILE`: compares the table of operations with an OpenAPI document.
//!
//! Both sides are read as OpenAPI, the table through the document that is generated from it, so
//! that one reader decides what is the same.

mod compare;
mod read;

use std::{ffi::OsString, fs};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{
    codegen::{openapi, table::Table},
    job::{Job, Outcome},
    workspace::Workspace,
};

pub(crate) const JOB: Job = Job {
    name: "spec-diff",
    about: "how an OpenAPI document FILE differs from the table of operations",
    run,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let mut file = None;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Value(value) if file.is_none() => file = Some(value),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.context("name an OpenAPI document in JSON")?;
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let theirs: Value =
        serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))?;
    let ours = openapi::document(&Table::read(workspace)?)?;
    let differences = differences(&ours, &theirs)?;
    for difference in &differences {
        println!("{difference}");
    }
    if !differences.is_empty() {
        bail!("{} differences, listed above", differences.len());
    }
    println!("no difference");
    Ok(Outcome::done())
}

/// Returns a line for every difference between two documents.
fn differences(ours: &Value, theirs: &Value) -> Result<Vec<String>> {
    Ok(compare::compare(&read::read(ours)?, &read::read(theirs)?))
}

#[cfg(test)]
mod tests;
