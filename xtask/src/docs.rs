mod api;
mod descriptions;
mod diagram;
mod example;
mod fields;
mod index;
mod page;
mod rustdoc;
mod shell;
pub(crate) mod source;

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use self::{api::Api, source::Source};
use crate::{
    job::{Job, Outcome},
    jobs::build_documentation,
    workspace::Workspace,
};

pub(crate) const JOB: Job = Job {
    name: "docs",
    about: "API documentation, docs/reference, texts of the command line, diagram [--check: compare]",
    run,
};

const REFERENCE: &str = "docs/reference";
const DIAGRAM: &str = "docs/upload-machine.svg";
const DESCRIPTIONS: &str = "crates/heygen-cli/src/api/descriptions.txt";

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
    let stale = stale(workspace, &files)?;
    if check {
        return compare(workspace, &files, &stale);
    }
    for (file, text) in &files {
        write(&workspace.root.join(file), text)?;
    }
    for file in &stale {
        fs::remove_file(workspace.root.join(file))
            .with_context(|| format!("cannot remove {}", file.display()))?;
    }
    println!("{} files written", files.len());
    build_documentation()?;
    Ok(Outcome::done())
}

/// Makes the text of every generated file.
fn generate(workspace: &Workspace) -> Result<BTreeMap<PathBuf, String>> {
    let api = Api::read(workspace)?;
    let source = Source::read(workspace)?;
    let folder = Path::new(REFERENCE);
    let mut files = BTreeMap::from([
        (PathBuf::from(DIAGRAM), diagram::upload_machine()),
        (folder.join("README.md"), index::index(&api, &source)?),
        (
            PathBuf::from(DESCRIPTIONS),
            descriptions::descriptions(&api, &source)?,
        ),
    ]);
    for id in source.operations.keys() {
        let page = page::page(&api, &source, id)?;
        files.insert(folder.join(format!("{id}.md")), page);
    }
    Ok(files)
}

/// Returns the files in the folder of the reference that nothing generates.
fn stale(workspace: &Workspace, files: &BTreeMap<PathBuf, String>) -> Result<Vec<PathBuf>> {
    let there = workspace.files()?.into_iter();
    Ok(there
        .filter(|file| file.starts_with(REFERENCE) && !files.contains_key(file))
        .collect())
}

/// Fails when what stands in the repository is not what would be generated.
fn compare(
    workspace: &Workspace,
    files: &BTreeMap<PathBuf, String>,
    stale: &[PathBuf],
) -> Result<Outcome> {
    let differ = files.iter().filter(|(file, text)| {
        fs::read_to_string(workspace.root.join(file)).ok().as_ref() != Some(*text)
    });
    let wrong: Vec<String> = differ
        .map(|(file, _)| file)
        .chain(stale)
        .map(|file| file.display().to_string())
        .collect();
    if wrong.is_empty() {
        println!("{} files are current", files.len());
        return Ok(Outcome::done());
    }
    bail!(
        "run `cargo xtask docs` and commit the result; out of date: {}",
        wrong.join(", ")
    )
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
