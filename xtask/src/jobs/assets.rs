use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    command::{clean, output, run as run_command},
    job::{Job, Outcome},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "assets",
    about: "completions and manual pages of heygen-rs for packagers; --out FOLDER",
    run,
};

/// The shells, and the names under which each looks for completions.
const COMPLETIONS: &[(&str, &str)] = &[
    ("bash", "heygen-rs.bash"),
    ("elvish", "heygen-rs.elv"),
    ("fish", "heygen-rs.fish"),
    ("powershell", "_heygen-rs.ps1"),
    ("zsh", "_heygen-rs"),
];

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let out = out(arguments)?.unwrap_or_else(|| workspace.target.join("assets"));
    // The program itself knows its commands, some of which are made of the table of the API.
    let program = workspace.build_program()?;
    write_completions(&program, &out.join("completions"))?;
    let pages = out.join("man/man1");
    run_command(
        clean(&program)
            .args(["man", "--output", "human", "--out"])
            .arg(&pages),
    )?;
    Ok(Outcome::done().with_note(format!("written to {}", out.display())))
}

fn write_completions(program: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (shell, name) in COMPLETIONS {
        let script = output(clean(program).args(["completions", shell]))?;
        let path = folder.join(name);
        fs::write(&path, script).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Reads `--out FOLDER`.
fn out(arguments: Vec<OsString>) -> Result<Option<PathBuf>> {
    let mut out = None;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("out") => out = Some(parser.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::{ffi::OsString, path::PathBuf};

    use super::out;

    #[test]
    fn the_folder_can_be_named_and_nothing_else() {
        let words = |words: &[&str]| words.iter().map(OsString::from).collect();
        assert_eq!(out(words(&[])).unwrap(), None);
        let named = out(words(&["--out", "dist"])).unwrap();
        assert_eq!(named, Some(PathBuf::from("dist")));
        assert!(out(words(&["--out"])).is_err());
        assert!(out(words(&["dist"])).is_err());
    }
}
