//! `cargo xtask codegen`: writes from the table of operations what follows from it.
//!
//! `docs/TABLE.md` describes the table. One module here makes one face of it.

mod check;
mod client;
mod imports;
mod json_schema;
pub(crate) mod openapi;
mod rust;
mod schema;
pub(crate) mod table;
pub(crate) mod types;

use std::ffi::OsString;

use anyhow::Result;

use self::table::Table;
use crate::{
    generated,
    job::{Job, Outcome},
    workspace::Workspace,
};

pub(crate) const JOB: Job = Job {
    name: "codegen",
    about: "types, client methods and docs/openapi.json out of the table of operations [--check: compare]",
    run,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let mut check = false;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("check") => check = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let table = Table::read(workspace)?;
    check::check(&table)?;
    let mut files = types::generate(&table)?;
    files.extend(client::generate(&table)?);
    files.extend(schema::generate()?);
    files.extend(openapi::generate(&table)?);
    files.extend(json_schema::generate(&table)?);
    generated::finish(
        workspace,
        JOB.name,
        &files,
        &[types::FOLDER, client::FOLDER],
        check,
    )?;
    Ok(Outcome::done())
}
