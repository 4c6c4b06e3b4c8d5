//! The code of the guide is run as its reader would run it: against an emulator, with the key and
//! the server in the environment, in a folder with the files that the pages name.

use std::{
    env,
    ffi::{OsStr, OsString},
    fmt::Write as _,
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::{
    command::{cargo, clean, run as run_command, succeeds},
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
    let server = Server::start(&program, workspace)?;
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
        .envs(server.environment()),
    )?;
    run_shell(workspace, &program, &server)
}

/// Runs the shell code of each page, in the same folder as the Rust code.
fn run_shell(workspace: &Workspace, program: &Path, server: &Server) -> Result<Outcome> {
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
                .envs(server.environment())
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

/// An emulator in a process of its own, stopped at the end.
struct Server {
    process: Child,
    url: String,
    api_key: String,
    /// Where the programs of the pages remember their uploads, instead of where those of the user
    /// are.
    state: PathBuf,
}

impl Server {
    fn start(program: &Path, workspace: &Workspace) -> Result<Self> {
        let mut process = clean(program)
            .arg("emulator")
            .args(QUICK)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let output = process.stdout.take().context("the output is a pipe")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let told: Value = serde_json::from_str(&line).context("the emulator told no address")?;
        let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            url: text("url"),
            api_key: text("api_key"),
            state: workspace.target.join("tmp").join("state"),
            process,
        })
    }

    fn environment(&self) -> [(&'static str, &OsStr); 4] {
        [
            ("HEYGEN_API_BASE", self.url.as_ref()),
            ("HEYGEN_API_KEY", self.api_key.as_ref()),
            ("XDG_STATE_HOME", self.state.as_ref()),
            // Empty is unset: what the user has set is not for the pages.
            ("HEYGEN_JOURNAL", "".as_ref()),
        ]
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and there is nobody to tell.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Jobs end soon, so that nobody waits for the pages that wait.
const QUICK: [&str; 6] = [
    "--agent-thinking-time",
    "100ms",
    "--agent-generating-time",
    "100ms",
    "--job-time",
    "100ms",
];

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
