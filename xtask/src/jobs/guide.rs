//! The code of the guide is run as its reader would run it: against an emulator, with the key and
//! the server in the environment, in a folder with the files that the pages name.

use std::{
    env,
    ffi::OsString,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    command::{cargo, clean, run as run_command, succeeds},
    emulator::Emulator,
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "guide",
    about: "the Rust and shell code of docs/guide runs against the emulator",
    run,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    let program = workspace.build_program()?;
    let emulator = Emulator::start(workspace, &program, &[])?;
    run_command(
        cargo([
            "test",
            "--quiet",
            "--package",
            "heygen-e2e",
            "--doc",
            "--features",
            "guide",
        ])
        .envs(emulator.environment()),
    )?;
    run_shell(workspace, &program, &emulator)
}

/// Runs the shell code of each page, in the same folder as the Rust code.
fn run_shell(workspace: &Workspace, program: &Path, emulator: &Emulator) -> Result<Outcome> {
    if !succeeds(clean("bash").arg("--version")) {
        ensure!(
            env::var_os("CI").is_none(),
            "there is no bash to run the shell code with"
        );
        return Ok(Outcome::skipped("the shell code: there is no bash"));
    }
    let programs = program.parent().context("a program is in a folder")?;
    let path = env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(programs.to_owned()).chain(env::split_paths(&path));
    let path = env::join_paths(paths).context("PATH cannot be extended")?;
    let mut pages = 0;
    for page in pages_of(workspace)? {
        let script = shell_code(&fs::read_to_string(workspace.root.join(&page))?);
        if script.is_empty() {
            continue;
        }
        println!("---- {}", page.display());
        run_command(
            clean("bash")
                .args(["-euo", "pipefail", "-c"])
                .arg(&script)
                .current_dir(workspace.root.join("tests"))
                .envs(emulator.environment())
                .env("PATH", &path)
                .env("OUT", workspace.target.join("tmp")),
        )
        .with_context(|| format!("the shell code of {} failed", page.display()))?;
        pages += 1;
    }
    Ok(Outcome::done().with_note(format!("shell code of {pages} pages")))
}

fn pages_of(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut pages = workspace.files()?;
    pages.retain(|file| file.starts_with("docs/guide"));
    Ok(pages)
}

/// Joins the blocks of a page that are marked as `sh`. What is marked otherwise is only shown.
fn shell_code(page: &str) -> String {
    let mut script = String::new();
    let mut is_inside = false;
    for line in page.lines() {
        match line.trim() {
            "```sh" => is_inside = true,
            "```" => is_inside = false,
            _ if is_inside => writeln!(script, "{line}").expect("a string takes any text"),
            _ => {}
        }
    }
    script
}

#[cfg(test)]
mod tests {
    use super::shell_code;

    #[test]
    fn only_blocks_that_are_marked_are_run() {
        let page =
            "```sh\nfirst \\\n  line\n```\ntext\n```console\n$ shown\n```\n```sh\nsecond\n```\n";
        assert_eq!(shell_code(page), "first \\\n  line\nsecond\n");
    }
}
