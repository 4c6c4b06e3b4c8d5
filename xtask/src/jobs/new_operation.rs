//! That a new operation takes its entry in the table and generated files, and nothing else.
//!
//! A copy of the workspace gets the entries of invented operations. What is generated from them has
//! to compile, and the library and the command have to call the operations on the emulator of the
//! copy, which has no code for them.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::{
    codegen,
    command::{cargo, clean, output, run as run_command},
    docs,
    emulator::Emulator,
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "new-operation",
    about: "invented operations in a copy of the table: generated, built, and called",
    run,
};

const FOLDER: &str = "tests/new_operation";

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    let copy = WorkspaceCopy::new(workspace)?;
    let entries = fs::read_to_string(workspace.root.join(FOLDER).join("entries.json"))?;
    let entries: Value = serde_json::from_str(&entries).context("the entries are not JSON")?;
    copy.add(&entries)?;
    let this = std::env::current_exe().context("the path of xtask is not known")?;
    run_command(copy.command(&this).arg("codegen"))?;
    copy.describe(&entries)?;

    let caller = Path::new("crates/heygen-sdk/examples/new_operation.rs");
    fs::copy(
        workspace.root.join(FOLDER).join("call.rs"),
        copy.root.join(caller),
    )?;
    let result = call(workspace, &copy);
    // The copy and the workspace share the target folder: what is built there bears the same name.
    workspace.build_program()?;
    result?;
    let count = entries["operations"].as_array().map_or(0, Vec::len);
    Ok(Outcome::done().with_note(format!("{count} invented operations")))
}

/// Builds the copy, and calls the new operations from Rust and from the command line.
fn call(workspace: &Workspace, copy: &WorkspaceCopy) -> Result<()> {
    let mut build = cargo(["build", "--quiet", "--package", "heygen-rs"]);
    build.args(["--package", "heygen-sdk", "--bin", "heygen-rs"]);
    build.args(["--example", "new_operation"]);
    run_command(copy.within(&mut build))?;
    let built = |name: &str| {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        workspace.target.join("debug").join(name)
    };
    let program = built("heygen-rs");
    let emulator = Emulator::start(workspace, &program, &[])?;
    run_command(clean(built("examples/new_operation")).envs(emulator.environment()))
        .context("the library does not call the new operations")?;

    let command = |words: &[&str]| -> Result<Value> {
        let mut command = clean(&program);
        command.args(words).args(["--output", "json"]);
        let text = output(command.envs(emulator.environment()))?;
        serde_json::from_str(&text).with_context(|| format!("{words:?} printed {text}"))
    };
    let thumbnail = command(&["videos", "thumbnails", "get", "video_1"])?;
    ensure!(
        thumbnail["data"]["video_id"] == "video_1",
        "the command printed {thumbnail}"
    );
    let voice = r#"{"type": "stock", "voice_id": "voice_1"}"#;
    let podcast = command(&[
        "podcasts",
        "create",
        "--title",
        "One",
        "--tone",
        "casual",
        "--minutes",
        "5",
        "--voice",
        voice,
    ])?;
    ensure!(
        podcast["data"]["podcast_id"].is_string(),
        "the command printed {podcast}"
    );
    let page = command(&["podcasts", "list"])?;
    ensure!(page["data"] == json!([]), "the command printed {page}");
    Ok(())
}

/// A copy of the files of the workspace, in the target folder.
struct WorkspaceCopy {
    root: PathBuf,
    target: PathBuf,
}

impl WorkspaceCopy {
    /// Copies the files that differ from those of the last time, so that cargo builds nothing twice.
    fn new(workspace: &Workspace) -> Result<Self> {
        let root = workspace.target.join("tmp").join("new-operation");
        let files = workspace.files()?;
        let old = root.join("files.txt");
        let list: Vec<String> = files.iter().map(|it| it.display().to_string()).collect();
        for file in fs::read_to_string(&old).unwrap_or_default().lines() {
            if !list.iter().any(|known| known == file) {
                // It may be gone already.
                let _ = fs::remove_file(root.join(file));
            }
        }
        for file in &files {
            let (from, to) = (workspace.root.join(file), root.join(file));
            let mut bytes = fs::read(&from).with_context(|| format!("cannot read {file:?}"))?;
            if file == Path::new("Cargo.toml") {
                bytes = with_own_version(&String::from_utf8(bytes)?)?.into_bytes();
            }
            if fs::read(&to).ok().as_ref() != Some(&bytes) {
                fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
                fs::write(&to, bytes).with_context(|| format!("cannot write {to:?}"))?;
            }
        }
        fs::write(old, list.join("\n"))?;
        Ok(Self {
            root,
            target: workspace.target.clone(),
        })
    }

    /// Adds entries to the sections of the table.
    fn add(&self, entries: &Value) -> Result<()> {
        let file = self.root.join(codegen::table::FILE);
        let mut table: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
        for (section, more) in entries.as_object().into_iter().flatten() {
            match (&mut table[section], more) {
                (Value::Array(there), Value::Array(more)) => there.extend(more.iter().cloned()),
                (Value::Object(there), Value::Object(more)) => there.extend(more.clone()),
                _ => anyhow::bail!("the table has no section {section}"),
            }
        }
        fs::write(&file, serde_json::to_string_pretty(&table)?)
            .with_context(|| format!("cannot write {}", file.display()))
    }

    /// Checks that every operation gets its page of the reference.
    fn describe(&self, entries: &Value) -> Result<()> {
        let pages = docs::generate(&Workspace {
            root: self.root.clone(),
            target: self.target.clone(),
            packages: Vec::new(),
        })?;
        for operation in entries["operations"].as_array().into_iter().flatten() {
            let id = operation["id"].as_str().unwrap_or_default();
            let page = Path::new("docs/reference").join(format!("{id}.md"));
            ensure!(pages.contains_key(&page), "{id} has no page");
        }
        Ok(())
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = clean(program);
        self.within(&mut command);
        command
    }

    /// Has a command run in the copy. The dependencies that are built already serve it as well.
    fn within<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
    }
}

/// Gives the packages of the workspace another version. Without it cargo would take what is built of
/// one workspace for a build of the other: their packages have the same names, and only the times of
/// the files tell them apart.
fn with_own_version(manifest: &str) -> Result<String> {
    let (head, tail) = manifest
        .split_once("[workspace.package]\nversion = \"")
        .context("the workspace has no version")?;
    let (version, tail) = tail.split_once('"').context("the version has no end")?;
    let (series, _) = version.rsplit_once('.').context("the version has no dot")?;
    Ok(format!(
        "{head}[workspace.package]\nversion = \"{series}.65535\"{tail}"
    ))
}

#[cfg(test)]
mod tests {
    use super::with_own_version;

    #[test]
    fn packages_of_the_copy_are_others() {
        let manifest = "[workspace.package]\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        let changed = with_own_version(manifest).unwrap();
        assert_eq!(
            changed,
            "[workspace.package]\nversion = \"0.1.65535\"\nedition = \"2024\"\n"
        );
        assert!(with_own_version("[workspace]\n").is_err());
    }
}
