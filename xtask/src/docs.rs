mod api;
mod diagram;
mod example;
mod fields;
mod index;
mod page;
mod shell;
mod source;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use anyhow::Result;

use self::{api::Api, source::Source};
use crate::{
    generated::{self, Files},
    job::{Job, Outcome},
    jobs::build_documentation,
    workspace::Workspace,
};

pub(crate) const JOB: Job = Job {
    name: "docs",
    about: "API documentation, docs/reference, diagram [--check: compare]",
    run,
};

const REFERENCE: &str = "docs/reference";
const DIAGRAM: &str = "docs/upload-machine.svg";

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let mut check = false;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("check") => check = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let files = generate(workspace)?;
    generated::finish(workspace, JOB.name, &files, &[REFERENCE], check)?;
    if !check {
        build_documentation()?;
    }
    Ok(Outcome::done())
}

/// Returns the text of every generated file.
pub(crate) fn generate(workspace: &Workspace) -> Result<Files> {
    let api = Api::read(workspace)?;
    let source = Source::read(workspace)?;
    let folder = Path::new(REFERENCE);
    let mut files = Files::from([
        (PathBuf::from(DIAGRAM), diagram::upload_machine()?),
        (folder.join("README.md"), index::index(&api, &source)?),
    ]);
    for id in source.operations.keys() {
        let page = page::page(&api, &source, id)?;
        files.insert(folder.join(format!("{id}.md")), page);
    }
    Ok(files)
}
